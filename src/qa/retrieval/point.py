"""One point of an answer: a verbatim slice of a passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from qa.records import Passage, Span


class Point(NamedTuple):
    """One point: ``start`` and ``end`` are positions in the passage's text."""

    text: str
    passage: Passage
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage, span: Span) -> Point:
        """Return a slice of a passage as a point."""
        return cls(passage.text[span.start : span.end], passage, span.start, span.end)


class Weigher(NamedTuple):
    """The passages of an index, and the information of a term in it."""

    passages: Sequence[Passage]
    weight: Callable[[str], float]
