"""Spans → chunks: lists joined, comparators and negations bound to what they apply to, one meaning for each
stretch of words.

Glossary, with example values for "Which homes in Kent or Devon are not good for safe and have more than 20
beds?":

* a *chunk* is one or more spans with one meaning: ``Chunk("place", (Mention("Kent"), Mention("Devon")), …)``;
* *ratings* chunks hold the ratings meant, with any negation applied: not good → ``("Outstanding", "Requires
  improvement", "Inadequate")``;
* a *quantity* chunk holds bounds on a number (``Bounds(21, None)``) or, as "part", a quantifier over a part
  of a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from qa.question.parts import Span
from qa.question.query import Quantifier

LISTED = (
    "place",
    "provider",
    "subject",
    "kind",
    "aspect",
    "area",
    "value",
    "wider",
    "field",
    "service",
    "period",
)  # may be joined by "and"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number in a question: from ``low`` to ``high``. ``plain`` is true if no comparator applies to it
    ("top 5"), ``beyond`` if the typed number is just outside the bounds ("more than 2" is 3 or more),
    ``left_out`` if it counts what a claim leaves out ("all but one")."""

    low: float
    high: float | None
    plain: bool = False
    beyond: bool = False
    left_out: bool = False


@dataclass(eq=False, slots=True)
class Chunk:
    """A stretch of a question with one meaning. ``used`` names the part of the Query that took it."""

    kind: str
    value: Any
    spans: tuple[Span, ...]
    out: bool = False  # left out of the scope: "except", "not in"
    either: bool = False  # a list joined by "or"
    used: str = ""
    taken: list[Chunk] = field(
        default_factory=list
    )  # chunks without a meaning of their own that belong to it: "not", "for"
    members: tuple[
        Any, ...
    ] = ()  # for a condition on ratings: one for each rating named, as sides of a comparison
    start: int = field(init=False)  # the first word
    end: int = field(init=False)  # the word after the last
    text: str = field(init=False)  # the folded words

    def __post_init__(self) -> None:
        self.start, self.end = self.spans[0].start, self.spans[-1].end
        self.text = " ".join([span.text for span in self.spans])

    def use(self, part: str) -> None:
        """Record that ``part`` of the Query used this chunk and the chunks bound to it."""
        self.used = part
        for other in self.taken:
            other.use(part)

    def mean(self, condition: Any) -> None:
        """Make ``condition`` what the chunk means, and drop its other sides."""
        self.value, self.members = condition, (condition,)

    def says(self, kind: str, *values: str) -> bool:
        """True if the chunk is of this kind and, if values are given, has one of them."""
        return self.kind == kind and (not values or self.value in values)


class Chunks(list[Chunk]):
    """The chunks of a question, in order."""

    def of(self, *kinds: str) -> list[Chunk]:
        """Return the unused chunks of these kinds."""
        return [chunk for chunk in self if chunk.kind in kinds and not chunk.used]

    def included(self, *kinds: str) -> list[Chunk]:
        """Return the unused chunks of these kinds that the question does not exclude."""
        return [chunk for chunk in self if chunk.kind in kinds and not chunk.used and not chunk.out]

    def saying(self, kind: str, *values: str) -> list[Chunk]:
        """Return the unused chunks of a kind with one of these values."""
        alike = [chunk for chunk in self if chunk.kind == kind and not chunk.used]
        return [chunk for chunk in alike if chunk.value in values] if values and alike else alike

    def any(self, kind: str, *values: str) -> bool:
        """True if there is any chunk of a kind with one of these values, used or not."""
        alike = [chunk.value for chunk in self if chunk.kind == kind]
        return bool(alike) and (not values or any(value in values for value in alike))

    def before(self, chunk: Chunk, steps: int = 1) -> Chunk | None:
        """Return the chunk this many places before ``chunk``, or ``None``."""
        place = self.index(chunk) - steps
        return self[place] if place >= 0 else None

    def ahead_of(self, chunk: Chunk, small: Callable[[Chunk], bool]) -> Chunk | None:
        """Return the last chunk before ``chunk`` that is not ``small``, or ``None``."""
        return next((one for one in reversed(self[: self.index(chunk)]) if not small(one)), None)

    def after(self, chunk: Chunk, steps: int = 1) -> Chunk | None:
        """Return the chunk this many places after ``chunk``, or ``None``."""
        place = self.index(chunk) + steps
        return self[place] if place < len(self) else None


def share_of(kind: str, part: Fraction) -> Quantifier:
    """Return the quantifier for a comparator and a part: "more than half" is over ½."""
    if kind == "more":
        return Quantifier(over=part)
    if kind == "fewer":
        return Quantifier(under=part)
    return Quantifier(most=part) if kind == "at_most" else Quantifier(least=part)


def bounds_of(kind: str, number: float) -> Bounds:
    """Return the bounds for a comparator and a whole number: "more than 2" is 3 or more."""
    if kind in ("more", "above"):
        return Bounds(number + 1, None, beyond=True)
    if kind in ("fewer", "below"):
        return Bounds(0, number - 1, beyond=True)
    if kind in ("at_least", "or_above"):
        return Bounds(number, None)
    if kind in ("at_most", "or_below"):
        return Bounds(0, number)
    return Bounds(number, number)


def mark_bound(chunks: Iterable[Chunk]) -> None:
    """Mark chunks as belonging to another one."""
    for chunk in chunks:
        chunk.used = "bound"


def unique(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return the items without repeats, in order."""
    return tuple(dict.fromkeys(items))


def texts(chunks: Sequence[Chunk]) -> str:
    """Return the words of chunks, for messages."""
    return " ".join(chunk.text for chunk in chunks)
