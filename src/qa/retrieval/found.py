"""The results of a search of the passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from qa.records import Change, Passage, Span
from qa.retrieval.point import Point


class Ranked(NamedTuple):
    """A passage found; ``answer`` is its sentence that answers best, ``highlights`` the words that matched,
    all as positions in its text."""

    passage: Passage
    score: float
    answer: Span | None
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The results for one question."""

    ranked: tuple[Ranked, ...]  # best first
    confidence: float  # 0 to 1: the probability that the chosen sentences answer the question
    answered: bool  # the confidence is above the threshold, and the kind of answer asked for is there
    expanded: tuple[Change, ...] = ()  # words added by the thesaurus
    corrections: tuple[Change, ...] = ()  # words in no passage, read as words in some passage
    points: tuple[Point, ...] = ()  # the points of the answer, best first
    missing: tuple[str, ...] = ()  # names, numbers and words asked for that the best passage lacks
    whole: bool = True  # all passages were searched; false if a part of the index was unavailable
    # The marked sentence of the first passage has the kind of answer asked for, and half of what is asked.
    nearly: bool = False
