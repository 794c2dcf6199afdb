"""What the wording needs to know about the corpus besides the Query and its Result."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from qa.answering.english import lowered, number
from qa.fields import FIELDS, Field, by_name, own_field
from qa.question.query import Query, Share
from qa.records import Figure, RatingFact
from qa.scale import Scale

Labels: TypeAlias = Callable[[str, tuple[str, ...]], str | None]


def care_homes_only(field: str, values: tuple[str, ...]) -> str | None:
    """Return the one kind that every table with the column "Care home?" has."""
    return "care homes" if field == "care_home" and values == ("Y",) else None


@dataclass(frozen=True, slots=True)
class Context:
    """What is loaded.

    ``noun`` is the word for all subjects ("trusts"), ``fields`` are the fields of the loaded tables,
    ``aspects`` the key questions that they rate. ``label`` gives the common name of several values of a
    field, in the plural for a kind: ("care_home", ("Y",)) → "care homes", ("local_authority", (…ten
    councils…)) → "Greater Manchester"; ``None`` if there is no such name.
    """

    scale: Scale
    as_of: datetime.date | None = None
    noun: str = "places"
    fields: tuple[Field, ...] = FIELDS
    aspects: tuple[str, ...] = ()
    label: Labels = care_homes_only
    rates_whole: bool = True  # false if a table rates only areas of a subject, each separately

    def place(self, fact: RatingFact, rating: str | None) -> int | None:
        """Return the position of a rating on the scale of its fact's table; ``None`` if it is not on the
        scale.
        """
        return self.scale.place(rating, fact.source.document, fact.aspect)

    def field(self, name: str) -> Field:
        """Return the field of this name; a field that is in no table is labelled by its name."""
        try:
            field = by_name(self.fields, name)
        except KeyError:
            return own_field(name, name)
        return (
            replace(field, label=lowered(field.label), plural=lowered(field.plural)) if field.own else field
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """The sentences of an answer and every number in them."""

    text: str
    figures: tuple[Figure, ...] = ()


def count_figure(label: str, value: float, group: str | None = None) -> Figure:
    """Return a count as a figure."""
    return Figure(label, int_if_whole(value), "count", group)


def part_figures(label: str, matching: int | None, whole: int | None) -> list[Figure]:
    """Return the numerator and denominator of a share as figures, if they are known."""
    counts = (("matching", matching), ("of", whole))
    return [count_figure(f"{label}: {word}", count) for word, count in counts if count is not None]


def part_said(matching: int | None, whole: int | None) -> str:
    """``13 of 392``; empty if that is not known."""
    return "" if matching is None or whole is None else f"{number(matching)} of {number(whole)}"


def unit_of(query: Query) -> Literal["count", "percent"]:
    """Return the unit of a Query's figures."""
    return "percent" if isinstance(query.measure, Share) else "count"


def int_if_whole(value: float) -> float | int:
    """Return a whole number as an int: 5.0 → 5."""
    return int(value) if value == int(value) else value
