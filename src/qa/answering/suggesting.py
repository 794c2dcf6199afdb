"""Suggests what to ask next: narrower or wider questions, another rating, another place.

Never repeats the question, and never suggests one without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from qa.facts.result import Result
from qa.language.tokens import key
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Condition,
    Count,
    Events,
    Is,
    Moved,
    Named,
    Near,
    Order,
    Postcode,
    Query,
    Rated,
    Ratings,
    Values,
    conjunction,
    parts_of,
)
from qa.question.reading import Reading

MOST = 4
_RELATED = 2  # sections of the reports to suggest that were found beside those quoted
_RADII = (5.0, 10.0, 20.0)  # the distances to suggest after a question about the nearest
_PLACES = ("local_authority", "region", "town")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with: its kind, and the Query that it is read as, if the tables answer it, or the
    ``section`` of the reports that does.
    """

    label: str
    question: str
    query: Query | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of the reports that an answer quotes, and those ``beside`` them that were found, the best
    first.
    """

    quoted: Collection[str] = ()
    beside: Sequence[str] = ()


NONE_READ = Sections()


@dataclass(frozen=True, slots=True)
class Stock:
    """What may be asked of this corpus.

    ``common`` are the commonest values by field, most frequent first; ``ratings`` the scale's words in the
    tables, best first; ``aspects`` the key questions in the tables; ``historic`` is true if there are
    previous ratings, ``history`` if there are older ones with dates. ``say`` puts a Query into an English
    question, if it can; ``holds`` says whether the tables have an answer to it other than nothing.
    ``examples`` are questions that this corpus answers, ``sections`` those about sections of its reports.
    """

    say: Callable[[Query], str | None]
    holds: Callable[[Query], bool]
    common: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ratings: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    historic: bool = False
    history: bool = False
    examples: tuple[Example, ...] = ()
    sections: tuple[Example, ...] = ()
    first: Callable[[Query], Sequence[str]] = lambda query: ()  # the names of the first places of a list
    told: Callable[[str], str | None] = lambda name: (
        None
    )  # makes a question about a subject that the reports answer
    named: Callable[[str], Named | None] = lambda typed: (
        None
    )  # the subject that a name means, if that is certain


def suggest(
    reading: Reading,
    results: Sequence[Result | None],
    stock: Stock,
    partly: Sequence[Query] = (),
    read: Sections = NONE_READ,
) -> tuple[str, ...]:
    """Return at most four next questions: nearest names first, then what follows from the answer, then the
    examples.

    ``partly`` are the Queries for the understood part of a question that is not answered: something else can
    be asked about their subjects. ``read`` are the sections of the reports that were found: after a question
    to the reports, sections other than the quoted ones are suggested.
    """
    asked = {key(reading.text), key(reading.standalone)}
    found: dict[str, str] = {}
    for question in _questions(reading, results, stock, partly, read):
        folded = key(question) if question else ""
        if question and folded not in asked:
            found.setdefault(folded, question)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _questions(
    reading: Reading,
    results: Sequence[Result | None],
    stock: Stock,
    partly: Sequence[Query],
    read: Sections,
) -> Iterator[str | None]:
    yield reading.alternative
    for one in reading.unknown:
        yield from (f"What is {name} rated?" for name in one.near[:3])
    if reading.ambiguous:
        yield from reading.ambiguous.instead
    if not reading.unknown and not reading.ambiguous:
        yield from _following(reading, results, stock)
    for query in partly:
        yield from _said(_instead(query, stock), stock)
    if not any(results):
        yield from _named_in_prose(reading, stock)
    if reading.prose:
        yield from _of_sections(read, stock)
    yield from (
        one.question for one in stock.examples if one.query is None or one.query not in reading.queries
    )


def _following(reading: Reading, results: Sequence[Result | None], stock: Stock) -> Iterator[str]:
    """Yield questions that follow from the answers, if they were not asked already and can be
    put into words.
    """
    for query, result in zip(reading.queries, results, strict=False):
        if result and (run_by := _owner_of_nothing(query, result)) is not None:
            yield from (f"What is {name} rated?" for name in stock.first(Query(run_by)))
        asked = following(query, result, stock) if result and query.prose is None else iter(())
        found = (
            question
            for one in asked
            if one not in reading.queries and (question := stock.say(one)) and stock.holds(one)
        )
        yield from islice(found, 1)
        if (about := _text_about(query, stock)) is not None:
            yield about
        yield from found


def _said(queries: Iterator[Query], stock: Stock) -> Iterator[str]:
    return (question for one in queries if (question := stock.say(one)) and stock.holds(one))


def _named_in_prose(reading: Reading, stock: Stock) -> Iterator[str]:
    """Suggest the ratings of the subjects named in a question about the reports, in case the reports do not
    answer it."""
    if reading.prose:
        named = (stock.named(typed) for typed in reading.names[:MOST])
        yield from _said((Query(one) for one in named if one is not None), stock)


def _of_sections(read: Sections, stock: Stock) -> Iterator[str]:
    """Suggest sections of the reports that were found beside those quoted, and then the most descriptive."""
    questions = {one.section: one.question for one in stock.sections if one.section not in read.quoted}
    yield from islice((questions[one] for one in read.beside if one in questions), _RELATED)
    yield from islice((questions[one] for one in questions if one not in read.beside), 1)


def _instead(query: Query, stock: Stock) -> Iterator[Query]:
    """Suggest alternatives when the question can't be answered: the ratings of a named subject; for a group,
    its list, its split by rating, its best and worst, and the others.
    """
    if query.prose is not None or query.scope == EVERYTHING:
        return
    named = next((part for part in parts_of(query.scope) if isinstance(part, Named)), None)
    if named is not None:
        yield from (Query(named), Query(named, Values(("provider",))))
        yield from _of_subjects(Query(named, Count()), named, Result(), stock)
        return
    scope = _within(query.scope, _RADII[0], only_open=True)
    who = conjunction(*(part for part in parts_of(scope) if isinstance(part, Is | Near | Postcode)))
    rated = (_for_whole(part, stock) for part in parts_of(scope) if isinstance(part, Rated))
    yield Query(conjunction(who, *rated))
    if who == EVERYTHING:
        return
    yield Query(who, Count(), by=("rating",))
    yield Query(who)
    ends = stock.ratings[:: len(stock.ratings) - 1 or 1]
    for rating in dict.fromkeys((*ends, *stock.ratings)):
        yield Query(conjunction(who, Rated((rating,))))


def _for_whole(part: Rated, stock: Stock) -> Rated:
    """Turn a rating for a key question that is not in the tables into the present overall one."""
    return part if part.aspect in stock.aspects and part.when == "now" else Rated(part.ratings)


def _text_about(query: Query, stock: Stock) -> str | None:
    """Suggest what the reports say about the named subject, if they say anything."""
    named = query.scope if query.prose is None and isinstance(query.scope, Named) else None
    return stock.told(named.labels[0]) if named is not None and len(named.labels) == 1 else None


def _owner_of_nothing(query: Query, result: Result) -> Condition | None:
    """Suggest who runs the places of an empty scope: the owner has some elsewhere, or of another kind."""
    parts = parts_of(query.scope)
    owner = [part for part in parts if isinstance(part, Is) and part.field in ("provider", "brand")]
    held = result.facts or result.groups or result.total or result.whole or result.figure
    return owner[0] if owner and len(parts) > 1 and not held else None


def following(query: Query, result: Result, stock: Stock) -> Iterator[Query]:
    """Yield the Queries that follow from an answer, the nearest first; some of them may have no answer."""
    if result.missing in ("coordinates", "middle"):  # list the places there, if nearness is unknown
        yield Query(
            conjunction(*(part.of if isinstance(part, Near) else part for part in parts_of(query.scope)))
        )
        return
    if result.missing:
        yield from _instead(query, stock)
        return
    named = [part for part in parts_of(query.scope) if isinstance(part, Named)]
    if named:
        yield from _of_subjects(query, named[0], result, stock)
        return
    if query.claim:
        yield Query(conjunction(query.scope, query.claim.condition))
        yield Query(query.scope, by=("rating",), measure=Count())
    if query.by:
        yield from _of_groups(query, result)
    if query.order is not None and query.order.key == "distance":
        yield from (Query(_within(query.scope, radius)) for radius in _RADII)
    yield from _of_scope(query, result, stock)


def _within(scope: Condition, radius: float, *, only_open: bool = False) -> Condition:
    """Return a scope with a radius instead of "nearest"."""
    parts = (
        replace(one, distance=radius)
        if isinstance(one, Near) and not (only_open and one.distance is not None)
        else one
        for one in parts_of(scope)
    )
    return conjunction(*parts)


def _of_subjects(query: Query, named: Named, result: Result, stock: Stock) -> Iterator[Query]:
    """Suggest the overall rating, the key questions that were not shown, the history, the owner, and its
    other places.
    """
    measure = query.measure if isinstance(query.measure, Ratings) and not query.claim else None
    verdict = query.claim is not None and all(
        isinstance(one, Rated) for one in parts_of(query.claim.condition)
    )
    told = {fact.aspect for fact in result.facts} if measure or verdict else set()
    aspects = [aspect for aspect in stock.aspects if aspect not in told] if len(named.subjects) == 1 else []
    if WHOLE not in told:
        yield Query(named)
    yield from (Query(named, Ratings((aspect,))) for aspect in aspects[:1])
    if stock.history and not isinstance(query.measure, Events):
        yield Query(named, Events())
    if stock.historic and not (measure and measure.before):
        yield Query(named, Ratings(before=True))
    yield from _of_providers(named, result)
    yield from (Query(named, Ratings((aspect,))) for aspect in aspects[1:])


def _of_providers(named: Named, result: Result) -> Iterator[Query]:
    providers = {provider for fact in result.facts if (provider := fact.attributes.get("provider"))}
    if providers:
        yield Query(named, Values(("provider",)))
    yield from (Query(Is("provider", (provider,))) for provider in sorted(providers))


def _of_groups(query: Query, result: Result) -> Iterator[Query]:
    """Suggest the list of the first group."""
    if result.groups and query.by[0] not in ("aspect", "service", "rating", "year"):
        yield Query(conjunction(query.scope, Is(query.by[0], (result.groups[0].labels[0],))))


def _of_scope(query: Query, result: Result, stock: Stock) -> Iterator[Query]:
    """Suggest the list behind a figure, the other rating, the same elsewhere, narrower by place, wider
    without one.
    """
    if isinstance(query.measure, Count) and result.total and not query.by:
        yield Query(query.scope)
    plain, parts = _plain(query), parts_of(query.scope)
    of_all = _of_all(parts)
    if not result.total:
        yield from of_all
    yield from (_with(plain, parts, part, other) for part in parts for other in _others(part, stock))
    split = Query(query.scope, Count(), by=("rating",)) if _is_split_already(query) else None
    yield from (one for one in _narrower(query.scope, parts, stock) if one != split)
    wider = (part for part in parts if isinstance(part, Is) and part.field in stock.common)
    yield from (_with(plain, parts, part, EVERYTHING) for part in wider)
    yield from of_all
    yield from (one for one in _instead(query, stock) if one != split)


def _of_all(parts: Sequence[Condition]) -> list[Query]:
    """Suggest the split by rating of the same scope without its rating condition."""
    rest = [part for part in parts if not isinstance(part, Rated)]
    return [Query(conjunction(*rest), Count(), by=("rating",))] if 0 < len(rest) < len(parts) else []


def _plain(query: Query) -> Query:
    """Return the Query as a list or a count, without its other parts."""
    counted = isinstance(query.measure, Count | Ratings) and not query.by
    return replace(query, claim=None) if counted else Query(query.scope)


def _is_split_already(query: Query) -> bool:
    """True if an answer states how many have each rating, as a list or a count of all in a scope does."""
    listed = query.measure in (Ratings(), Count()) and query.order is None and not query.claim
    return listed and not (query.by or query.against)


def _narrower(scope: Condition, parts: Sequence[Condition], stock: Stock) -> Iterator[Query]:
    """Suggest a split by rating, and the place with the most, if the question does not fix these."""
    if not any(isinstance(part, Rated | Moved) for part in parts):
        yield Query(scope, Count(), by=("rating",))
    said = {part.field for part in parts if isinstance(part, Is)}
    several = (place for place in _PLACES if place not in said and len(stock.common.get(place, ())) > 1)
    for place in several:
        yield Query(scope, Count(), by=(place,), order=Order(), ranks=(1, 1))
        return


def _with(query: Query, parts: Sequence[Condition], part: Condition, other: Condition) -> Query:
    """Return the Query with one part of its scope replaced."""
    return replace(
        query, scope=conjunction(*(other if one == part else one for one in parts)), against=(), relation=None
    )


def _others(part: Condition, stock: Stock) -> Iterator[Condition]:
    """Suggest the best or the worst rating instead of another; the commonest other place."""
    if isinstance(part, Rated) and stock.ratings:
        ends = (stock.ratings[-1], stock.ratings[0])
        yield from (replace(part, ratings=(rating,)) for rating in ends if rating not in part.ratings)
    elif isinstance(part, Is) and part.field in _PLACES:
        others = [
            value for value in stock.common.get(part.field, ()) if key(value) not in map(key, part.values)
        ]
        yield from (Is(part.field, (value,)) for value in others[:1])
    elif isinstance(part, Near) and part.distance is not None:
        yield from (replace(part, distance=part.distance * times) for times in (2, 0.5))
