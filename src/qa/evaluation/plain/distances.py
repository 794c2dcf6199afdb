"""The distance of a subject from the middle of some others, row by row."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from qa.evaluation.plain.rows import Rows
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Result
from qa.question import query as q
from qa.question.query import Condition, Query, simple_conditions

_EARTH = 3958.8  # miles, the mean radius
_HEADINGS = (("latitude", "lat"), ("longitude", "long", "lng", "lon"))
Degrees = tuple[float, float]
Holds = Callable[[Condition, Subject, Rows], bool]


def columns(rows: Rows) -> tuple[str, str] | None:
    """Return the names of the columns of latitude and longitude; ``None`` if one is missing."""
    found = [
        [name for name in names if rows.holds_field(name) and rows.type_of(name) == "number"][:1]
        for names in _HEADINGS
    ]
    return (found[0][0], found[1][0]) if all(found) else None


def degrees(subject: Subject, rows: Rows) -> Degrees | None:
    """Return the position of a subject; ``None`` if it is unknown, or not on the globe."""
    names = columns(rows)
    told = [rows.number(subject, name) for name in names] if names else []
    if len(told) != 2 or told[0] is None or told[1] is None or abs(told[0]) > 90 or abs(told[1]) > 180:
        return None
    return told[0], told[1]


def middle(near: q.Near, rows: Rows, holds: Holds) -> tuple[Degrees, int] | None:
    """Return the mean position of the subjects that a condition measures from, and their number."""
    places = [
        place
        for one in rows.subjects
        if holds(near.of, one, rows) and (place := degrees(one, rows)) is not None
    ]
    if not places:
        return None
    return (
        math.fsum(north for north, _ in places) / len(places),
        math.fsum(east for _, east in places) / len(places),
    ), len(places)


def miles(near: q.Near, subject: Subject, rows: Rows, holds: Holds) -> float | None:
    """Return the distance of a subject from a condition's middle; ``None`` if it is unknown, or the subject
    is named itself.
    """
    named = [
        part for part in q.parts_of(near.of) if isinstance(part, q.Named) and subject.number in part.subjects
    ]
    begin, end = middle(near, rows, holds), degrees(subject, rows)
    if named or begin is None or end is None:
        return None
    (north, east), (other_north, other_east) = begin[0], end
    half = math.sin(math.radians(other_north - north) / 2) ** 2
    half += (
        math.cos(math.radians(north))
        * math.cos(math.radians(other_north))
        * math.sin(math.radians(other_east - east) / 2) ** 2
    )
    return round(2 * _EARTH * math.asin(math.sqrt(min(1.0, half))), 3)


def is_near(near: q.Near, subject: Subject, rows: Rows, holds: Holds) -> bool:
    """True if a subject is as near as a condition requires."""
    distance = miles(near, subject, rows, holds)
    if distance is None or near.distance is None:
        return distance is not None
    return distance <= round(near.distance / (1.609344 if near.unit == "km" else 1), 3)


def nearest(query: Query, subject: Subject, rows: Rows, holds: Holds) -> float | None:
    """Return the distance of a subject from the nearest of a Query's middles; ``None`` if it
    has none, or if it is unknown.
    """
    found = (miles(near, subject, rows, holds) for near in q.nears(query))
    return min((distance for distance in found if distance is not None), default=None)


def asked(*conditions: Condition) -> list[q.Near]:
    """Return every condition on distance."""
    return [
        one for condition in conditions for one in simple_conditions(condition) if isinstance(one, q.Near)
    ]


def with_distances(query: Query, rows: Rows, result: Result, holds: Holds) -> Result:
    """Return a result with the distances of its subjects, if the scope has a distance."""
    parts = [*q.nears(query), *(near for scope in query.against for near in q.near_parts(scope))]
    middles = (middle(near, rows, holds) for near in parts)
    result = replace(result, middles=tuple(one[1] for one in middles if one is not None))
    if not parts or query.against:
        return result
    whose = {fact.id: one for one in rows.everybody for fact in one.facts}
    facts = (*result.facts, *result.exceptions)
    return replace(result, distances=tuple(nearest(query, whose[fact.id], rows, holds) for fact in facts))
