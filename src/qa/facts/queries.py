"""Typed queries over rating facts, and the SQL they stand for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
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
CODED = ("kind", "type", "care_home", "provider", "town", "local_authority", "region", NOUN)  # by which whole tables are counted
WHOLE = "Overall"  # the aspect and the service that stand for the subject as a whole


@dataclass(frozen=True, slots=True)
class Condition:
    """A subject's ``field`` (one of :data:`FIELDS`) holds one of ``values``; where it is ``negated``, none of them."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


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
    documents: tuple[str, ...] | None = None  # the tables to use, by path; ``None`` for all


def where(query: FactQuery) -> tuple[str, list[object]]:
    """Return the SQL condition of ``query`` over the table ``rated r``, and its parameters."""
    parts = list(_parts(query))
    return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]


def _parts(query: FactQuery) -> Iterator[tuple[str, Sequence[object]]]:
    yield "r.aspect = (SELECT code FROM codes WHERE field = 'aspect' AND value = ?)", (query.aspect,)
    yield "r.service = (SELECT code FROM codes WHERE field = 'service' AND value = ?)", (query.service,)
    if query.subjects:
        yield f"r.subject IN ({marks(len(query.subjects))})", query.subjects
    for condition in query.conditions:
        yield _condition(condition), condition.values
    for column, ratings in (("rating", query.ratings), ("previous_rating", query.previous)):
        if ratings:
            yield f"r.{column} IN ({_codes('rating', len(ratings))})", ratings
    if query.changes:
        yield f"r.change IN ({marks(len(query.changes))})", query.changes
    if query.inherited is not None:
        yield "r.inherited = ?", ("Y" if query.inherited else "N",)
    if query.documents is not None:
        yield f"r.place IN (SELECT id FROM tables WHERE document IN ({marks(len(query.documents))}))", query.documents
    yield from _bounds(query)
    for other in query.also:
        inner, values = where(FactQuery(aspect=other.aspect, ratings=other.ratings))
        yield f"r.subject IN (SELECT r.subject FROM rated r WHERE {inner})", values


def _bounds(query: FactQuery) -> Iterator[tuple[str, Sequence[object]]]:
    if query.since is not None:
        yield "r.published >= ?", (query.since.isoformat(),)
    if query.until is not None:
        yield "r.published < ?", (query.until.isoformat(),)


def _condition(condition: Condition) -> str:
    number, held = len(condition.values), "NOT IN" if condition.negated else "IN"
    if condition.field in CODED:
        return f"r.{condition.field} {held} ({_codes(condition.field, number)})"
    if condition.field in FIELDS:
        return f"r.subject {held} (SELECT id FROM subjects WHERE {condition.field} IN ({marks(number)}))"
    raise ValueError(f"no such field: {condition.field}")


def _codes(field: str, number: int) -> str:
    return f"SELECT code FROM codes WHERE field = '{field}' AND value IN ({marks(number)})"


def marks(number: int) -> str:
    """Return ``number`` SQL parameter marks."""
    return ", ".join("?" * number)
