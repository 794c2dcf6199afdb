"""What to ask next: narrower, wider, the other rating, the same elsewhere; never what was asked, nothing that
is not held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.facts.result import Result
from qa.language.tokens import key
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Condition,
    Count,
    Is,
    Moved,
    Named,
    Order,
    Query,
    Rated,
    Ratings,
    Values,
    conjunction,
    parts_of,
)
from qa.question.reading import Reading

MOST = 4
_PLACES = ("local_authority", "region", "town")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with: what it is an example of, and the Query that it is read as, if the tables
    answer it."""

    label: str
    question: str
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """What may be asked of this corpus.

    ``common`` are the commonest values by field, the commonest first; ``ratings`` the scale's words that are
    held, the best first; ``aspects`` the key questions held; ``historic`` is true if ratings before the
    present ones are held. ``say`` puts a Query into an English question, if it can; ``holds`` says whether
    the tables answer it with more than nothing. ``examples`` are questions that this corpus answers.
    """

    say: Callable[[Query], str | None]
    holds: Callable[[Query], bool]
    common: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ratings: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    historic: bool = False
    examples: tuple[Example, ...] = ()


def suggest(reading: Reading, results: Sequence[Result | None], stock: Stock) -> tuple[str, ...]:
    """Return at most four next questions: nearest names first, then what follows from the answer, then the
    examples."""
    asked = {key(reading.text), key(reading.standalone)}
    found: dict[str, str] = {}
    for question in _questions(reading, results, stock):
        folded = key(question) if question else ""
        if question and folded not in asked:
            found.setdefault(folded, question)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _questions(reading: Reading, results: Sequence[Result | None], stock: Stock) -> Iterator[str | None]:
    yield reading.alternative
    for one in reading.unknown:
        yield from (f"What is {name} rated?" for name in one.near[:3])
    if reading.ambiguous:
        yield from reading.ambiguous.instead
    if not reading.unknown and not reading.ambiguous:
        yield from _following(reading, results, stock)
    yield from (
        one.question for one in stock.examples if one.query is None or one.query not in reading.queries
    )


def _following(reading: Reading, results: Sequence[Result | None], stock: Stock) -> Iterator[str]:
    """What follows from the answers, as far as it is not asked already and there are words for it."""
    for query, result in zip(reading.queries, results, strict=False):
        for one in following(query, result, stock) if result and query.prose is None else ():
            if one not in reading.queries and (question := stock.say(one)) and stock.holds(one):
                yield question


def following(query: Query, result: Result, stock: Stock) -> Iterator[Query]:
    """Yield the Queries that follow from an answer, the nearest first; some of them may hold nothing."""
    named = [part for part in parts_of(query.scope) if isinstance(part, Named)]
    if named:
        yield from _of_subjects(query, named[0], result, stock)
        return
    if query.claim:
        yield Query(conjunction(query.scope, query.claim.condition))
        yield Query(query.scope, by=("rating",), measure=Count())
    if query.by:
        yield from _of_groups(query, result)
    yield from _of_scope(query, result, stock)


def _of_subjects(query: Query, named: Named, result: Result, stock: Stock) -> Iterator[Query]:
    """The overall rating, the key questions that were not told, the history, who runs it, and what else they
    run."""
    measure = query.measure if isinstance(query.measure, Ratings) and not query.claim else None
    told = {fact.aspect for fact in result.facts} if measure else set()
    if WHOLE not in told:
        yield Query(named)
    if len(named.subjects) == 1:
        yield from (Query(named, Ratings((aspect,))) for aspect in stock.aspects if aspect not in told)
    if stock.historic and not (measure and measure.before):
        yield Query(named, Ratings(before=True))
    yield from _of_providers(named, result)


def _of_providers(named: Named, result: Result) -> Iterator[Query]:
    providers = {provider for fact in result.facts if (provider := fact.attributes.get("provider"))}
    if providers:
        yield Query(named, Values(("provider",)))
    yield from (Query(Is("provider", (provider,))) for provider in sorted(providers))


def _of_groups(query: Query, result: Result) -> Iterator[Query]:
    """Who stands behind the first group."""
    if result.groups and query.by[0] not in ("aspect", "service", "rating", "year"):
        yield Query(conjunction(query.scope, Is(query.by[0], (result.groups[0].labels[0],))))


def _of_scope(query: Query, result: Result, stock: Stock) -> Iterator[Query]:
    """The list behind a figure, the other rating, the same elsewhere, narrower by place, wider without
    one."""
    if isinstance(query.measure, Count) and result.total and not query.by:
        yield Query(query.scope)
    plain, parts = _plain(query), parts_of(query.scope)
    yield from (_with(plain, parts, part, other) for part in parts for other in _others(part, stock))
    yield from _narrower(query.scope, parts, stock)
    wider = (part for part in parts if isinstance(part, Is) and part.field in stock.common)
    yield from (_with(plain, parts, part, EVERYTHING) for part in wider)


def _plain(query: Query) -> Query:
    """The Query as a list or a count, with nothing else asked of it."""
    counted = isinstance(query.measure, Count | Ratings) and not query.by
    return replace(query, claim=None) if counted else Query(query.scope)


def _narrower(scope: Condition, parts: Sequence[Condition], stock: Stock) -> Iterator[Query]:
    """By rating, and where most of them are, as far as the question does not say."""
    if not any(isinstance(part, Rated | Moved) for part in parts):
        yield Query(scope, Count(), by=("rating",))
    said = {part.field for part in parts if isinstance(part, Is)}
    several = (place for place in _PLACES if place not in said and len(stock.common.get(place, ())) > 1)
    for place in several:
        yield Query(scope, Count(), by=(place,), order=Order(), ranks=(1, 1))
        return


def _with(query: Query, parts: Sequence[Condition], part: Condition, other: Condition) -> Query:
    """The Query with one part of its scope in another's place."""
    return replace(
        query, scope=conjunction(*(other if one == part else one for one in parts)), against=(), relation=None
    )


def _others(part: Condition, stock: Stock) -> Iterator[Condition]:
    """The best or the worst rating in place of another; the commonest other place."""
    if isinstance(part, Rated) and stock.ratings:
        ends = (stock.ratings[-1], stock.ratings[0])
        yield from (replace(part, ratings=(rating,)) for rating in ends if rating not in part.ratings)
    elif isinstance(part, Is) and part.field in _PLACES:
        others = [
            value for value in stock.common.get(part.field, ()) if key(value) not in map(key, part.values)
        ]
        yield from (Is(part.field, (value,)) for value in others[:1])
