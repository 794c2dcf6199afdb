"""Lists of facts and names for people who browse the tables: every filter as published, in any case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.facts.columns import marks
from qa.language.tokens import key

NAMED = (
    "provider",
    "town",
    "local_authority",
    "region",
    "kind",
)  # fields of a subject whose values are also names in the store
Order = Literal["read", "subject", "aspect", "service", "rating", "published"]

# The SQL of each sort key; empty values go last in both directions.
_ORDERS: dict[str, str] = {
    "read": "f.id {way}",
    "subject": "(SELECT s.name FROM subjects s WHERE s.id = f.subject) COLLATE NOCASE {way}",
    "aspect": "f.aspect COLLATE NOCASE {way}",
    "service": "f.service COLLATE NOCASE {way}",
    "rating": "(SELECT rank FROM scale WHERE scale.rating = f.rating) {way} NULLS LAST",
    "published": "f.published {way} NULLS LAST",
}


@dataclass(frozen=True, slots=True)
class FactList:
    """Which facts, and in which order.

    A fact must have one of the values of each filter; an empty filter matches everything. ``current`` leaves
    out superseded ratings, repeated rows and contradictory ratings, so that only what counts is left.
    """

    subject: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    local_authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    care_home: tuple[str, ...] = ()
    rating: tuple[str, ...] = ()
    aspect: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    current: bool = True
    order: Order = "read"
    descending: bool = False


def listed(wanted: FactList) -> tuple[str, list[object]]:
    """Return the SQL condition for ``wanted`` over the table ``facts f``, and its parameters."""
    parts = list(_parts(wanted))
    return " AND ".join(part for part, _ in parts) or "TRUE", [
        value for _, values in parts for value in values
    ]


def ordering(wanted: FactList) -> str:
    """Return the SQL order for ``wanted``; ties stay in the order of reading."""
    return f"{_ORDERS[wanted.order].format(way='DESC' if wanted.descending else 'ASC')}, f.id"


def _parts(wanted: FactList) -> Iterator[tuple[str, Sequence[object]]]:
    if wanted.current:
        yield "f.state = 1", ()
    if wanted.subject:
        yield (
            f"f.subject IN (SELECT CAST(value AS INTEGER) {_names('subject', wanted.subject)})",
            _keys(wanted.subject),
        )
    for field in NAMED:
        if values := getattr(wanted, field):
            yield (
                (
                    f"f.subject IN (SELECT id FROM subjects WHERE {field} IN (SELECT value "
                    f"{_names(field, values)}))"
                ),
                _keys(values),
            )
    if wanted.care_home:
        yield (
            (
                "f.subject IN (SELECT id FROM subjects WHERE care_home COLLATE NOCASE IN "
                f"({marks(len(wanted.care_home))}))"
            ),
            wanted.care_home,
        )
    for field in ("rating", "aspect", "service"):
        if values := getattr(wanted, field):
            yield f"f.{field} COLLATE NOCASE IN ({marks(len(values))})", values
    if wanted.document:
        yield (
            f"f.place IN (SELECT id FROM tables WHERE document IN ({marks(len(wanted.document))}))",
            wanted.document,
        )


def _names(field: str, values: Sequence[str]) -> str:
    return f"FROM names WHERE field = '{field}' AND form = 'full' AND key IN ({marks(len(values))})"


def _keys(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(key, values))


def beginning(text: str) -> tuple[str, list[object]]:
    """Return the SQL condition over ``names n`` for subjects in whose name each word of ``text`` begins a
    word, and its parameters.
    """
    words = key(text).split()
    held = " AND ".join(
        ["n.field = 'subject' AND n.form = 'full'", *["instr(' ' || n.key, ?) > 0"] * len(words)]
    )
    return held, [f" {word}" for word in words]
