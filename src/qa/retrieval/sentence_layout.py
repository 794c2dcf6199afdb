"""Passages as the closer look reads them: of each word the sentences that have it, so that only what was
asked need be touched.

Of few passages, whole sheets are kept: looking up a question's dozen terms is quicker than array operations
over all tokens. Of many, sheets are made for each question, with no more on them than it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.records import Span
from qa.retrieval.classes import ANY, STOP
from qa.retrieval.gathering import Offsets
from qa.retrieval.index import SentenceIndex

# Passages of which sheets are kept: some 70 bytes for each character of their text, and as much again once
# they were shown.
FEW = 300
_START = attrgetter("start")


class Places(NamedTuple):
    """Where a passage has a term."""

    units: tuple[int, ...]  # the units that have it, in order
    shares: tuple[tuple[int, float], ...]  # for each n / (n + room), if it occurs n times
    after: tuple[int, ...]  # those after the first of them that lack it


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A passage, unit by unit; unit 0 is the headings above it. Terms are given by their
    numbers in the index.
    """

    spans: Sequence[Span]  # for each unit; 0 to 0 for the headings above
    places: Mapping[int, Places]  # of each term
    pairs: Mapping[int, Sequence[int]]  # neighbouring terms, see `pair` → units that have them
    telling: Sequence[tuple[int, ...]]  # term, flags, unit and start of each token that may give an answer
    words: Mapping[int, Sequence[Span]]  # term → its positions in the sentences, except as a stop word

    def has(self, terms: Iterable[int]) -> bool:
        """Whether each of these terms is somewhere."""
        return all(map(self.places.__contains__, terms))

    def units_with(self, terms: Sequence[int]) -> Sequence[int]:
        """The units that have all of these terms, in order."""
        units: Sequence[int] = there.units if (there := self.places.get(terms[0])) else ()
        for term in terms[1:]:
            also = self.places.get(term)
            units = [unit for unit in units if unit in also.units] if also else ()
        return units

    def marks(self, terms: Set[int]) -> tuple[Span, ...]:
        """Where its sentences have any of these terms, in order."""
        return tuple(
            sorted([span for term in terms & self.words.keys() for span in self.words[term]], key=_START)
        )


class Sheets:
    """The sheets of an index, cached if it has only ``few`` passages; threads may share it."""

    def __init__(self, index: SentenceIndex, few: int = FEW) -> None:
        self._index = index
        self._whole = cache(partial(_whole, index)) if index.size <= few else None

    def of(self, passages: Sequence[int], wanted: Wanted) -> list[Sheet]:
        """Return the sheets of these passages, with at least the terms in ``wanted``."""
        return list(map(self._whole, passages)) if self._whole else _sheets(self._index, passages, wanted)


class Wanted(NamedTuple):
    """What sheets must have: these terms, the pairs of neighbours of these ``spoken`` ones, and the tokens
    with any of these flags.
    """

    terms: Iterable[int]
    spoken: Iterable[int]
    flags: int


def pair(left: int, right: int) -> int:
    """Two terms as one number."""
    return left << 32 | right


def _whole(index: SentenceIndex, passage: int) -> Sheet:
    everything = range(len(index.terms))
    return _sheets(index, [passage], Wanted(everything, everything, ANY ^ STOP))[0]


def _sheets(index: SentenceIndex, passages: Sequence[int], wanted: Wanted) -> list[Sheet]:
    rows = index.rows
    units, owner, firsts = _ranges(rows.passage_units, np.asarray(passages, dtype=np.int64))
    tokens, unit, _ = _ranges(rows.unit_tokens, units)
    numbers, flags = rows.term_of[rows.tokens[tokens]], index.flags[tokens]
    starts = rows.starts[tokens].astype(np.int64)
    rooms, spans = index.unit_rooms[units].tolist(), rows.unit_spans[units].tolist()
    growing = [
        _Gathering(rooms[first:last], spans[first:last])
        for first, last in pairwise([*firsts.tolist(), len(units)])
    ]
    places, own = owner[unit], unit - firsts[owner[unit]]
    found = np.flatnonzero(_among(index, wanted.terms)[numbers])
    columns = (places, own, numbers, flags, starts, starts + rows.lengths[tokens])
    for place, *token in zip(*(column[found].tolist() for column in columns), strict=True):
        growing[place].add(*token)
    telling = np.flatnonzero(flags & wanted.flags)
    for place, *told in zip(
        *(column[telling].tolist() for column in (places, numbers, flags, own, starts)), strict=True
    ):
        growing[place].telling.append(tuple(told))
    spoken = _among(index, wanted.spoken)[numbers]
    left = np.flatnonzero(spoken[:-1] & spoken[1:] & (unit[:-1] == unit[1:]))
    beside = places[left].tolist(), own[left].tolist(), numbers[left].tolist(), numbers[left + 1].tolist()
    for place, *neighbours in zip(*beside, strict=True):
        growing[place].add_pair(*neighbours)
    return [one.sheet() for one in growing]


def _among(index: SentenceIndex, terms: Iterable[int]) -> NDArray[np.bool_]:
    """Of each term of the index, whether it is one of these; what has no number there is negative."""
    among = np.zeros(len(index.terms) + 1, dtype=bool)
    among[list(terms)] = True
    return among


def _ranges(offsets: Offsets, chosen: Offsets) -> tuple[Offsets, Offsets, Offsets]:
    """All numbers from ``offsets[i]`` to ``offsets[i + 1]`` for each i chosen; the place of its i for each;
    where each i begins.
    """
    begins = offsets[chosen]
    lengths = offsets[chosen + 1] - begins
    ends = lengths.cumsum()
    firsts = ends - lengths
    owner = np.arange(len(chosen)).repeat(lengths)
    return np.arange(len(owner)) + (begins - firsts)[owner], owner, firsts


class _Gathering:
    """What is gathered of a passage, token by token in their order."""

    def __init__(self, rooms: Sequence[float], spans: Sequence[Sequence[int]]) -> None:
        self._rooms, self._spans = rooms, spans
        self._counts: dict[int, dict[int, int]] = {}
        self._pairs: dict[int, dict[int, None]] = {}
        self.telling: list[tuple[int, ...]] = []
        self._words: dict[int, list[Span]] = {}

    def add(self, unit: int, term: int, flags: int, start: int, end: int) -> None:
        there = self._counts.setdefault(term, {})
        there[unit] = there.get(unit, 0) + 1
        if unit and not flags & STOP:
            self._words.setdefault(term, []).append(Span(start, end))

    def add_pair(self, unit: int, left: int, right: int) -> None:
        self._pairs.setdefault(pair(left, right), {})[unit] = None

    def sheet(self) -> Sheet:
        pairs = {code: tuple(units) for code, units in self._pairs.items()}
        return Sheet(
            [Span(start, end) for start, end in self._spans], self._places(), pairs, self.telling, self._words
        )

    def _places(self) -> dict[int, Places]:
        """Return the positions of each term; terms that occur once in the same unit share
        theirs, to save memory.
        """
        rooms, units = self._rooms, range(len(self._rooms))
        once, places = dict[int, Places](), dict[int, Places]()
        for term, there in self._counts.items():
            first = next(iter(there))
            alone = len(there) == there[first] == 1
            if alone and first in once:
                places[term] = once[first]
                continue
            shares = tuple([(unit, count / (count + rooms[unit])) for unit, count in there.items()])
            places[term] = Places(
                tuple(there), shares, tuple([unit for unit in units[first + 1 :] if unit not in there])
            )
            if alone:
                once[first] = places[term]
        return places
