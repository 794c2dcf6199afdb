"""The words of a question, with every possible meaning of each stretch of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias

from qa.language.tokens import Word, as_typed
from qa.question.parts import Sense, Span
from qa.records import Change

_GROWTH = 1.35  # a phrase of n words counts for n to this power, so that the longer phrase wins

Reading: TypeAlias = tuple[int, int, Sense, float]  # first word, the one after the last, meaning, weight

_start = attrgetter("start")


@dataclass
class Annotated:
    """The words of a question and every possible meaning of each stretch of them."""

    text: str
    words: tuple[Word, ...]
    gaps: tuple[str, ...]  # the punctuation before each word
    candidates: dict[int, list[Span]] = field(default_factory=dict)  # by first word
    corrections: dict[int, Change] = field(default_factory=dict)
    unread: int = 0  # words beyond those that are read

    @cached_property
    def exact(self) -> frozenset[int]:
        """The offsets of words that are not to be corrected."""
        return as_typed(self.text)

    def words_within(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of word indexes between two offsets of the text."""
        return bisect_left(self.words, start, key=_start), bisect_left(self.words, end, key=_start)

    def typed(self, start: int, end: int) -> str:
        """Return the words ``start`` to ``end`` as typed."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def weight_of(words: int) -> float:
    """Return the weight of a phrase of this many words."""
    return float(words**_GROWTH)
