"""What a sentence needs to know of the corpus besides the Query and its Result."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from qa.answering.english import lowered
from qa.fields import FIELDS, Field, by_name, own_field
from qa.question.query import Query, Share
from qa.records import Figure
from qa.scale import Scale

Labels: TypeAlias = Callable[[str, tuple[str, ...]], str | None]


def care_homes_only(field: str, values: tuple[str, ...]) -> str | None:
    """The one kind that every table with its column has."""
    return "care homes" if field == "care_home" and values == ("Y",) else None


@dataclass(frozen=True, slots=True)
class Context:
    """What is loaded.

    ``noun`` is what all subjects are called ("trusts"), ``fields`` are those of the loaded tables,
    ``aspects`` the key questions that they rate. ``label`` says what people call a field's values together,
    in the plural for a kind: ("care_home", ("Y",)) → "care homes", ("local_authority", (…ten councils…)) →
    "Greater Manchester"; ``None`` where there is no such word.
    """

    scale: Scale
    as_of: datetime.date | None = None
    noun: str = "places"
    fields: tuple[Field, ...] = FIELDS
    aspects: tuple[str, ...] = ()
    label: Labels = care_homes_only

    def field(self, name: str) -> Field:
        """Return the field of this name; one that no table has is called by its name."""
        try:
            field = by_name(self.fields, name)
        except KeyError:
            return own_field(name, name)
        return (
            replace(field, label=lowered(field.label), plural=lowered(field.plural)) if field.own else field
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer's sentences and every number told in them."""

    text: str
    figures: tuple[Figure, ...] = ()


def count_figure(label: str, value: float, group: str | None = None) -> Figure:
    """Return a count as a figure."""
    return Figure(label, whole(value), "count", group)


def unit_of(query: Query) -> Literal["count", "percent"]:
    """Return the unit of a Query's figures."""
    return "percent" if isinstance(query.measure, Share) else "count"


def whole(value: float) -> float | int:
    """Return a whole number as one: 5.0 → 5."""
    return int(value) if value == int(value) else value
