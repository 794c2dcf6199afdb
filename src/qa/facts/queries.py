"""Typed queries over rating facts, and the SQL they stand for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

# Columns of a subject by which facts can be filtered and grouped.
FIELDS = (
    "identifier",
    "kind",
    "type",
    "care_home",
    "provider",
    "provider_identifier",
    "street",
    "address",
    "town",
    "postcode",
    "local_authority",
    "region",
)
NOUN = "noun"  # what a subject without a kind is called: the last word of its name, e.g. "trust"
WHOLE = "Overall"  # the aspect and the service that stand for the subject as a whole


@dataclass(frozen=True, slots=True)
class Condition:
    """A subject's ``field`` (one of :data:`FIELDS`) holds one of ``values``."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AspectRatings:
    """The subject's current rating for ``aspect``, as a whole, is one of ``ratings``."""

    aspect: str
    ratings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts: all conditions hold at once; an empty tuple or ``None`` asks for nothing in particular.

    ``since`` and ``until`` are a half-open range of publication dates; ``changes`` are signs: 1 better, 0 the same, -1 worse.
    """

    subjects: tuple[int, ...] = ()
    conditions: tuple[Condition, ...] = ()
    aspect: str = WHOLE
    service: str = WHOLE
    ratings: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    changes: tuple[int, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    inherited: bool | None = None
    also: tuple[AspectRatings, ...] = ()


def where(query: FactQuery) -> tuple[str, list[object]]:
    """Return the SQL condition of ``query`` over ``facts f JOIN subjects s``, and its parameters."""
    parts, parameters = ["f.state = 1 AND f.aspect = ? AND f.service = ?"], list[object]([query.aspect, query.service])

    def among(column: str, values: tuple[object, ...]) -> None:
        if values:
            parts.append(f"{column} IN ({marks(len(values))})")
            parameters.extend(values)

    among("f.subject", query.subjects)
    for condition in query.conditions:
        if condition.field not in (*FIELDS, NOUN):
            raise ValueError(f"no such field: {condition.field}")
        among(f"s.{condition.field}", condition.values)
    among("f.rating", query.ratings)
    among("f.previous_rating", query.previous)
    among("f.change", query.changes)
    for bound, sign in ((query.since, ">="), (query.until, "<")):
        if bound is not None:
            parts.append(f"f.published {sign} ?")
            parameters.append(bound.isoformat())
    if query.inherited is not None:
        parts.append("f.inherited = ?")
        parameters.append("Y" if query.inherited else "N")
    for other in query.also:
        parts.append(f"f.subject IN (SELECT subject FROM facts WHERE state = 1 AND aspect = ? AND service = ? AND rating IN ({marks(len(other.ratings))}))")
        parameters.extend([other.aspect, WHOLE, *other.ratings])
    return " AND ".join(parts), parameters


def marks(number: int) -> str:
    """Return ``number`` SQL parameter marks."""
    return ", ".join("?" * number)
