"""Passages as the closer look reads them: of each word the sentences that have it, so that only what was asked need be touched.

Of few passages, whole sheets are kept: looking up a question's dozen terms is quicker than array operations over all tokens. Of many,
sheets are made for each question, with no more on them than it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from qa.records import Span
from qa.retrieval.classes import FLAGS, STOP
from qa.retrieval.index import Offsets, SentenceIndex

FEW = 500  # passages of which sheets are kept, of up to 40 kB each
_TELLING = sum(FLAGS.values()) & ~(STOP | FLAGS["title"] | FLAGS["preposition"])
_START = attrgetter("start")


class Places(NamedTuple):
    """Where a passage has a term."""

    units: tuple[int, ...]  # those that have it, in order …
    shares: tuple[tuple[int, float], ...]  # … each with n / (n + room) where it stands n times
    after: tuple[int, ...]  # those after the first of them that lack it


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A passage, unit by unit; unit 0 is what stands above it. Terms go by their numbers in the index."""

    spans: Sequence[Span]  # of each unit; 0 to 0 of what stands above
    places: Mapping[int, Places]  # of each term
    pairs: Mapping[int, Sequence[int]]  # neighbouring terms, see `pair` → units that have them
    telling: Sequence[tuple[int, int, int]]  # term, flags and unit of each token that may tell an answer
    words: Mapping[int, Sequence[Span]]  # term → where it stands in the sentences as no stop word

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
        return tuple(sorted([span for term in terms & self.words.keys() for span in self.words[term]], key=_START))


class Sheets:
    """The sheets of an index, kept where it has but ``few`` passages; threads may share it."""

    def __init__(self, index: SentenceIndex, few: int = FEW) -> None:
        self._index = index
        self._whole = cache(partial(_whole, index)) if index.size <= few else None

    def of(self, passages: Sequence[int], terms: Set[int], flags: int) -> list[Sheet]:
        """The sheets of these passages, with at least these terms and the tokens that have any of these ``flags``."""
        return list(map(self._whole, passages)) if self._whole else _asked(self._index, passages, terms, flags)


def pair(left: int, right: int) -> int:
    """Two terms as one number."""
    return left << 32 | right


class _Token(NamedTuple):
    passage: int  # its place among those that are looked at
    place: int  # in the index
    unit: int
    term: int
    flags: int
    start: int
    end: int


def _whole(index: SentenceIndex, passage: int) -> Sheet:
    return _asked(index, [passage], range(len(index.terms)), _TELLING)[0]


def _asked(index: SentenceIndex, passages: Sequence[int], terms: Iterable[int], flags: int) -> list[Sheet]:
    """The sheets of these passages, with these terms and the tokens that have any of these ``flags``."""
    units, owner, firsts = _ranges(index.passage_units, np.asarray(passages, dtype=np.int64))
    tokens, unit, _ = _ranges(index.unit_tokens, units)
    wanted = np.zeros(len(index.terms) + 1, dtype=bool)
    wanted[list(terms)] = True  # the last place is for what has no number
    wanted[-1] = False
    asked = np.flatnonzero(wanted[index.numbers[tokens]] | (index.flags[tokens] & flags > 0))
    tokens, unit = tokens[asked], unit[asked]
    passage = owner[unit]
    columns = (
        passage,
        tokens,
        unit - firsts[passage],
        *(array[tokens] for array in (index.numbers, index.flags, index.starts, index.ends)),
    )
    found = map(_Token, *(column.tolist() for column in columns))
    held = {place: list(group) for place, group in groupby(found, itemgetter(0))}
    bounds = pairwise([*firsts.tolist(), len(units)])
    rooms, spans = index.unit_rooms[units].tolist(), index.unit_spans[units].tolist()
    return [_sheet(held.get(place, []), rooms[first:last], spans[first:last]) for place, (first, last) in enumerate(bounds)]


def _ranges(offsets: Offsets, chosen: Offsets) -> tuple[Offsets, Offsets, Offsets]:
    """All numbers from ``offsets[i]`` to ``offsets[i + 1]`` for each i chosen; the place of its i for each; where each i begins."""
    begins = offsets[chosen]
    lengths = offsets[chosen + 1] - begins
    ends = lengths.cumsum()
    firsts = ends - lengths
    owner = np.arange(len(chosen)).repeat(lengths)
    return np.arange(len(owner)) + (begins - firsts)[owner], owner, firsts


def _sheet(tokens: Sequence[_Token], rooms: Sequence[float], spans: Sequence[Sequence[int]]) -> Sheet:
    """The sheet of a passage, of which some tokens and all units are given."""
    counts: dict[int, dict[int, int]] = {}
    words: dict[int, list[Span]] = {}
    for token in tokens:
        there = counts.setdefault(token.term, {})
        there[token.unit] = there.get(token.unit, 0) + 1
        if token.unit and not token.flags & STOP:
            words.setdefault(token.term, []).append(Span(token.start, token.end))
    return Sheet(
        [Span(start, end) for start, end in spans],
        _places(counts, rooms),
        _pairs(tokens),
        [(token.term, token.flags, token.unit) for token in tokens if token.flags & _TELLING],
        words,
    )


def _places(counts: Mapping[int, Mapping[int, int]], rooms: Sequence[float]) -> dict[int, Places]:
    """Where each term is, of how often each unit has it; terms that stand once share their places, to save memory."""
    units = range(len(rooms))
    once = [Places((unit,), ((unit, 1 / (1 + rooms[unit])),), tuple(units[unit + 1 :])) for unit in units]
    places = {}
    for term, there in counts.items():
        first = next(iter(there))
        if len(there) == there[first] == 1:
            places[term] = once[first]
        else:
            shares = tuple([(unit, count / (count + rooms[unit])) for unit, count in there.items()])
            places[term] = Places(tuple(there), shares, tuple([unit for unit in units[first + 1 :] if unit not in there]))
    return places


def _pairs(tokens: Sequence[_Token]) -> dict[int, tuple[int, ...]]:
    """The units, in order, that have each pair of neighbours."""
    found: dict[int, dict[int, None]] = {}
    for left, right in pairwise(tokens):
        if right.place == left.place + 1 and right.unit == left.unit:
            found.setdefault(pair(left.term, right.term), {})[left.unit] = None
    return {code: tuple(units) for code, units in found.items()}
