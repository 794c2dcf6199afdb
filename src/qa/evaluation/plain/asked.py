"""What a Query is about: aspects and services, fields, the past."""

from __future__ import annotations

from collections.abc import Iterator

from qa.evaluation.plain.rows import Pair, Rows
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query, simple_conditions

ON_RATINGS = (q.Rated, q.RatedFor, q.AspectAgainst, q.RatedAgainst, q.Published, q.Moved, q.Unrated)


def pairs(*conditions: Condition) -> list[Pair]:
    """Return every aspect and service that conditions on ratings and dates name."""
    found: list[Pair] = []
    for condition in conditions:
        for one in simple_conditions(condition):
            if isinstance(one, q.RatedFor):
                found += [(aspect, one.service) for aspect in one.aspects]
            elif isinstance(one, q.AspectAgainst):
                found += [(one.aspect, one.service), (one.other, one.service)]
            elif isinstance(one, q.Happened):
                found.append((one.event.aspect, one.event.service))
            elif isinstance(one, q.Rated | q.RatedAgainst | q.Published | q.Moved | q.Unrated):
                found.append((one.aspect, one.service))
    return list(dict.fromkeys(found))


def said_of(query: Query) -> Condition:
    """Return the condition that a claim or a share is about."""
    if query.claim is not None:
        return query.claim.condition
    return query.measure.of if isinstance(query.measure, q.Share) else q.EVERYTHING


def asks_unrated(*conditions: Condition) -> bool:
    """True if any of the conditions asks for subjects without a rating."""
    return any(isinstance(one, q.Unrated) for condition in conditions for one in simple_conditions(condition))


def asks_dates(*conditions: Condition) -> bool:
    """True if any condition is on the date of the overall rating."""
    return any(
        isinstance(one, q.Published) and one == q.Published(one.since, one.until)
        for condition in conditions
        for one in simple_conditions(condition)
    )


def asks_closed(query: Query) -> bool:
    """True if a Query names subjects or asks about closing, so that closed ones count as well."""
    for condition in (
        query.scope,
        said_of(query),
        *q.having_conditions(query),
        *query.against,
    ):
        for one in simple_conditions(condition):
            if isinstance(one, q.Named | q.Closed) or (
                isinstance(one, q.Is | q.Dated) and one.field in ("closed", "status")
            ):
                return True
    told = query.measure.fields if isinstance(query.measure, q.Values) else ()
    ordered = (query.order.key,) if query.order is not None else ()
    return bool({"closed", "status"} & {*told, *query.by, *ordered})


def own_pairs(query: Query, rows: Rows) -> list[Pair]:
    """Return the aspects that the measure itself asks for, if it is more than just "the rating"."""
    measure = query.measure
    if query.claim is None and isinstance(measure, q.Events | q.Times):
        pair = (measure.event.aspect, measure.event.service)
        return [] if pair == (WHOLE, WHOLE) else [pair]
    if query.claim is not None or not isinstance(measure, q.Ratings | q.Dates):
        return []
    aspects = measure.aspects if isinstance(measure, q.Ratings) else (measure.aspect,)
    if (aspects, measure.service) == ((WHOLE,), WHOLE):
        return []
    return [(aspect, measure.service) for aspect in aspects or rows.aspects(measure.service)]


def asks_before(query: Query) -> bool:
    """True if a Query asks for the ratings before the current ones."""
    return query.claim is None and isinstance(query.measure, q.Ratings) and query.measure.before


def telling(query: Query, rows: Rows) -> list[Pair]:
    """Return the aspects and services whose facts are shown."""
    own = own_pairs(query, rows)
    if own:
        return own
    asked = pairs(said_of(query)) or pairs(query.scope) or pairs(*q.having_conditions(query))
    named = (
        [part for part in q.parts_of(query.scope) if isinstance(part, q.Named)]
        if query.claim is not None
        else []
    )
    of_one = bool(named and asked) and len(named[0].subjects) == 1
    return asked if of_one or len(asked) == 1 else [rows.home()]


def is_past(condition: Condition) -> bool:
    """True if a condition asks for ratings before the current ones."""
    if isinstance(condition, q.Happened):
        return bool(condition.event.ratings or condition.event.signs or condition.event.before)
    return isinstance(condition, q.Moved) or (isinstance(condition, q.Rated) and condition.when != "now")


def fields(query: Query) -> Iterator[tuple[str, bool]]:
    """Yield each field that a Query names, and whether it must have numbers."""
    for condition in (
        query.scope,
        said_of(query),
        *q.having_conditions(query),
        *query.against,
    ):
        yield from _fields_of(condition)
    others = ("aspect", "service", "rating", "year")
    yield from ((name, False) for name in query.by if name not in others)
    if query.order is not None and query.order.key not in (
        *others,
        "figure",
        "date",
        "name",
        "distance",
        "steps",
    ):
        yield query.order.key, False
    if isinstance(query.measure, q.Values):
        yield from ((name, False) for name in query.measure.fields)
    elif isinstance(query.measure, q.Total):
        yield query.measure.field, True
    elif isinstance(query.measure, q.Count) and query.measure.of:
        yield query.measure.of, False


def _fields_of(condition: Condition) -> Iterator[tuple[str, bool]]:
    for one in simple_conditions(condition):
        if isinstance(one, q.Is):
            yield one.field, False
        elif isinstance(one, q.Measured):
            yield one.field, True
        elif isinstance(one, q.Dated):
            yield one.field, False
        elif isinstance(one, q.Postcode):
            yield "postcode", False
        elif isinstance(one, q.Near):
            yield from _fields_of(one.of)


def is_long_ago(one: q.Rated | q.Moved | q.Happened) -> bool:
    """True if a condition asks for more than the present rating, the one before, or the first."""
    if isinstance(one, q.Rated):
        return one.when == "ever"
    return isinstance(one, q.Happened) or one.since is not None or one.until is not None


def history(query: Query) -> Pair | None:
    """Return the first aspect and service whose past a Query asks about; ``None`` if there is none."""
    if query.claim is None and isinstance(query.measure, q.Events | q.Times):
        return query.measure.event.aspect, query.measure.event.service
    for condition in (
        query.scope,
        said_of(query),
        *q.having_conditions(query),
        *query.against,
    ):
        for one in simple_conditions(condition):
            moved = isinstance(one, q.Moved) and (one.since is not None or one.until is not None)
            if (
                moved
                or isinstance(one, q.Happened)
                or (isinstance(one, q.Rated) and one.when in ("first", "ever"))
            ):
                return pairs(one)[0]
    return None
