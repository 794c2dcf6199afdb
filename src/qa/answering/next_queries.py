"""Suggested Queries after an answer: narrower or wider, for another rating, for another place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.answering.stock import Stock
from qa.answering.wording import subjects_of
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

_RADII = (5.0, 10.0, 20.0)  # miles, suggested after a question about the nearest
_PLACES = ("local_authority", "region", "town")


def instead(query: Query, stock: Stock) -> Iterator[Query]:
    """Suggest alternatives when a question can't be answered: for a named subject, its ratings; for a group,
    its list, its split by rating, its best and worst, and other groups."""
    if query.prose is not None or query.scope == EVERYTHING:
        return
    named = subjects_of(query.scope)
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
    """Replace a rating for a key question that the tables lack by the current overall rating."""
    return part if part.aspect in stock.aspects and part.when == "now" else Rated(part.ratings)


def following(query: Query, result: Result, stock: Stock) -> Iterator[Query]:
    """Yield the Queries that may follow an answer, the most closely related first. Some may have no
    answer."""
    if result.missing in ("coordinates", "middle"):  # without distances, list the places there
        yield Query(
            conjunction(*(part.of if isinstance(part, Near) else part for part in parts_of(query.scope)))
        )
        return
    if result.missing:
        yield from instead(query, stock)
        return
    named = subjects_of(query.scope)
    if named is not None:
        yield from _of_subjects(query, named, result, stock)
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
    """Suggest the overall rating, the key questions not shown, the history, the owner, and the owner's other
    places."""
    told = {fact.aspect for fact in result.facts} if _shows_ratings(query) else set()
    aspects = [aspect for aspect in stock.aspects if aspect not in told] if len(named.subjects) == 1 else []
    if WHOLE not in told:
        yield Query(named)
    yield from (Query(named, Ratings((aspect,))) for aspect in aspects[:1])
    yield from _of_the_past(query, named, stock)
    yield from _of_providers(named, result)
    yield from (Query(named, Ratings((aspect,))) for aspect in aspects[1:])


def _shows_ratings(query: Query) -> bool:
    """True if an answer shows the ratings of its subjects, either as asked or as evidence."""
    if query.claim is None:
        return isinstance(query.measure, Ratings)
    return all(isinstance(one, Rated) for one in parts_of(query.claim.condition))


def _of_the_past(query: Query, named: Named, stock: Stock) -> Iterator[Query]:
    """Suggest the history and the previous ratings of subjects, unless the question asked for them."""
    measure = query.measure
    if stock.history and not isinstance(measure, Events):
        yield Query(named, Events())
    if stock.historic and not (isinstance(measure, Ratings) and measure.before and query.claim is None):
        yield Query(named, Ratings(before=True))


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
    """Suggest the list behind a figure, another rating, the same elsewhere, and a narrower place, or a wider
    one."""
    if isinstance(query.measure, Count) and result.total and not query.by:
        yield Query(query.scope)
    plain, parts = _plain(query), parts_of(query.scope)
    of_all = _of_all(parts)
    if not result.total:
        yield from of_all
    yield from (_with(plain, parts, part, other) for part in parts for other in _others(part, stock))
    split = Query(query.scope, Count(), by=("rating",)) if _is_split_already(query) else None
    yield from _except(split, _narrower(query.scope, parts, stock))
    wider = [part for part in parts if isinstance(part, Is) and part.field in stock.common]
    yield from (_with(plain, parts, part, EVERYTHING) for part in wider)
    yield from of_all
    yield from _except(split, instead(query, stock))


def _except(skipped: Query | None, queries: Iterable[Query]) -> Iterator[Query]:
    return (one for one in queries if one != skipped)


def _of_all(parts: Sequence[Condition]) -> list[Query]:
    """Suggest the split by rating of the same scope, without its rating condition."""
    rest = [part for part in parts if not isinstance(part, Rated)]
    return [Query(conjunction(*rest), Count(), by=("rating",))] if 0 < len(rest) < len(parts) else []


def _plain(query: Query) -> Query:
    """Return the Query as a list or a count, without its other parts."""
    counted = isinstance(query.measure, Count | Ratings) and not query.by
    return replace(query, claim=None) if counted else Query(query.scope)


def _is_split_already(query: Query) -> bool:
    """True if an answer already says how many have each rating, as a list or a count of a whole scope
    does."""
    listed = query.measure in (Ratings(), Count()) and query.order is None and not query.claim
    return listed and not (query.by or query.against)


def _narrower(scope: Condition, parts: Sequence[Condition], stock: Stock) -> Iterator[Query]:
    """Suggest a split by rating and the place with the most, unless the question fixes these."""
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
    """Suggest the best or the worst rating in place of another, and the commonest other place."""
    if isinstance(part, Rated) and stock.ratings:
        ends = (stock.ratings[-1], stock.ratings[0])
        yield from (replace(part, ratings=(rating,)) for rating in ends if rating not in part.ratings)
    elif isinstance(part, Is) and part.field in _PLACES:
        yield from _commonest_other(part, stock)
    elif isinstance(part, Near) and part.distance is not None:
        yield from (replace(part, distance=part.distance * times) for times in (2, 0.5))


def _commonest_other(place: Is, stock: Stock) -> Iterator[Is]:
    """Suggest the commonest value of a field other than the one asked about."""
    asked = {key(value) for value in place.values}
    for value in stock.common.get(place.field, ()):
        if key(value) not in asked:
            yield Is(place.field, (value,))
            return
