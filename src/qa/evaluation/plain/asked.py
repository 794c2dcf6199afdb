"""What a Query speaks of: aspects and services, fields, the past."""

from __future__ import annotations

from collections.abc import Iterator

from qa.evaluation.plain.rows import Pair, Rows
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query

ON_RATINGS = (q.Rated, q.RatedFor, q.AspectAgainst, q.RatedAgainst, q.Published, q.Moved, q.Unrated)


def simple(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions within one that hold no others."""
    if isinstance(condition, q.And | q.Or):
        for part in condition.parts:
            yield from simple(part)
    elif isinstance(condition, q.Not):
        yield from simple(condition.part)
    else:
        yield condition


def pairs(*conditions: Condition) -> list[Pair]:
    """Every aspect and service that conditions on ratings and dates name."""
    found: list[Pair] = []
    for condition in conditions:
        for one in simple(condition):
            if isinstance(one, q.RatedFor):
                found += [(aspect, one.service) for aspect in one.aspects]
            elif isinstance(one, q.AspectAgainst):
                found += [(one.aspect, one.service), (one.other, one.service)]
            elif isinstance(one, q.Rated | q.RatedAgainst | q.Published | q.Moved | q.Unrated):
                found.append((one.aspect, one.service))
    return list(dict.fromkeys(found))


def said_of(query: Query) -> Condition:
    """What a claim or a share is about."""
    if query.claim is not None:
        return query.claim.condition
    return query.measure.of if isinstance(query.measure, q.Share) else q.EVERYTHING


def asks_unrated(*conditions: Condition) -> bool:
    """Whether any of the conditions asks for those without a rating."""
    return any(isinstance(one, q.Unrated) for condition in conditions for one in simple(condition))


def own_pairs(query: Query, rows: Rows) -> list[Pair]:
    """The aspects that the measure itself asks for, where it is more than just "the rating"."""
    measure = query.measure
    if query.claim is not None or not isinstance(measure, q.Ratings | q.Dates):
        return []
    aspects = measure.aspects if isinstance(measure, q.Ratings) else (measure.aspect,)
    if (aspects, measure.service) == ((WHOLE,), WHOLE):
        return []
    return [(aspect, measure.service) for aspect in aspects or rows.aspects(measure.service)]


def telling(query: Query, rows: Rows) -> list[Pair]:
    """The aspects and services whose facts are told."""
    own = own_pairs(query, rows)
    if own:
        return own
    asked = pairs(said_of(query)) or pairs(query.scope) or pairs(*(having.condition for having in query.having))
    return asked if len(asked) == 1 else [rows.home()]


def is_past(condition: Condition) -> bool:
    """Whether a condition asks for ratings before the current ones."""
    return isinstance(condition, q.Moved) or (isinstance(condition, q.Rated) and condition.when != "now")


def fields(query: Query) -> Iterator[tuple[str, bool]]:
    """Yield each field that a Query names, and whether it must hold numbers."""
    conditions = [query.scope, said_of(query), *(having.condition for having in query.having), *query.against]
    for one in (one for condition in conditions for one in simple(condition)):
        if isinstance(one, q.Is):
            yield one.field, False
        elif isinstance(one, q.Measured):
            yield one.field, True
        elif isinstance(one, q.Postcode):
            yield "postcode", False
    others = ("aspect", "service", "rating", "year")
    yield from ((name, False) for name in query.by if name not in others)
    if query.order is not None and query.order.key not in (*others, "figure", "date", "name"):
        yield query.order.key, False
    if isinstance(query.measure, q.Values):
        yield from ((name, False) for name in query.measure.fields)
    elif isinstance(query.measure, q.Total):
        yield query.measure.field, True
    elif isinstance(query.measure, q.Count) and query.measure.of:
        yield query.measure.of, False
