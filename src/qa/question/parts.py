"""What stretches of a question may mean: senses, and the spans that have them.

Glossary, with example values for "Which care homes in Leeds are not good?":

* a *sense* is one thing that words may mean: ``Sense("rating", "Good")``, ``Sense("kind", Kind(…))``,
  ``Sense("not")``;
* a *span* is a stretch of words with all its senses: ``Span(6, 7, "good", (Sense("rating", "Good"),))``;
* a *segmentation* is a sequence of spans that cover the question without overlaps; a word that means nothing
  is a span without senses.

Kinds of senses, with their values:

========== =============================================================================================
rating     a rating of the scale, or another published result
range      "fine" (second best or better), "bad" (below the second best)
unrated    no rating yet
aspect     a key question, or Overall
aspects    "five" (all of them), "name" (the words "key question")
service    a part of a place that is rated by itself
kind       a :class:`~qa.question.kinds.Kind` of place
field      a field of the table by its label: "town", "constituency"
is         a condition on a field by itself: "inherited=Y"
place      a :class:`Meant` of a place; ``wider`` one that no column holds; ``area`` a postcode area
measured   a (column of numbers, Bounds): "the most deprived decile"
provider   a company or brand by name; ``value`` another column's value
subject    a rated subject by name, or by what stands for it
number     a whole number; ``ordinal``, ``part`` (a fraction)
period     a stretch of time
compare    below, above, or_above, or_below, at_least, at_most, more, fewer, exactly
not except and or
quantifier all, each, both, any, none, most, few, half, only
measure    count, share, list, which, when, provider, address, kind, mean, sum, difference, ratio
by spread order order_way super versus change time rated quality called postcode run_by
past       often (how often), timeline (all ratings one after the other)
near       near, nearest, furthest, radius; ``length`` is a (number, "miles" or "km")
closing    closed, open (of somebody's registration)
chance     more, fewer, most, least (likely): a share, compared or ranked
follow prose unheld
emphasis   adds nothing: "at all", "whatsoever"
========== =============================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qa.language.words import is_function


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a stretch of words: ``kind`` as in the table above."""

    kind: str
    value: Any = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The meaning of a name: values of a field, or subjects by their numbers with their published names.

    ``others`` are further fields that have the same name as a value (a town with the name of its council);
    ``note`` is an assumption that the answer must state.
    """

    field: str
    values: tuple[str, ...] = ()
    subjects: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    note: str = ""
    short: bool = False  # by a shorter form of the name
    decided: bool = False  # by all words of the name as typed


@dataclass(frozen=True, slots=True)
class Span:
    """The words ``start`` to ``end`` of a question and what they may mean; ``gap`` is the punctuation before
    them."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...] = ()
    weight: float = 0.0
    gap: str = ""
    capital: bool = False  # a small word written as part of a name: "English Care"
    kinds: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(sense.kind for sense in self.senses))

    @property
    def small(self) -> bool:
        """True for a word that carries no meaning by itself: "the", "please"."""
        return not self.senses and not self.capital and is_function(self.text)

    @property
    def strange(self) -> bool:
        """True for an unknown word."""
        return not self.senses and not self.small

    def of(self, kind: str) -> tuple[Any, ...]:
        """Return the values of the senses of this kind."""
        return tuple(sense.value for sense in self.senses if sense.kind == kind) if kind in self.kinds else ()

    def first(self, kind: str) -> Any:
        """Return the first value of this kind, ``None`` where there is none."""
        return next(iter(self.of(kind)), None)

    def says(self, kind: str, *values: str) -> bool:
        """True if one of the senses is of this kind and, if values are given, has one of them."""
        return kind in self.kinds and (not values or any(value in values for value in self.of(kind)))
