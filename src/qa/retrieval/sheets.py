"""Passages as the closer look reads them: of each word the sentences that have it, so that only what was asked need be touched.

A question has a dozen terms and a passage few of them. Looking those up is quicker than array operations over all tokens, and a sheet is
quickly made from the index's arrays, so only those of passages that were asked for of late are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from qa.records import Span
from qa.retrieval.classes import FLAGS, STOP
from qa.retrieval.index import SentenceIndex

KEPT = 1024  # sheets of an index, of some 20 kB each
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
    """The sheets of an index, made when they are asked for; threads may share it."""

    def __init__(self, index: SentenceIndex) -> None:
        self.of = lru_cache(KEPT)(partial(_sheet, index))


def pair(left: int, right: int) -> int:
    """Two terms as one number."""
    return left << 32 | right


def _sheet(index: SentenceIndex, passage: int) -> Sheet:
    first, last = index.passage_units[passage : passage + 2].tolist()
    bounds = index.unit_tokens[first : last + 1].tolist()
    here = slice(bounds[0], bounds[-1])
    terms, flags, starts, ends = (array[here].tolist() for array in (index.numbers, index.flags, index.starts, index.ends))
    units = [slice(start - bounds[0], end - bounds[0]) for start, end in pairwise(bounds)]
    pairs: dict[int, tuple[int, ...]] = {}
    for unit, tokens in enumerate(units):
        for code in {pair(*neighbours) for neighbours in pairwise(terms[tokens])}:
            pairs[code] = (*pairs.get(code, ()), unit)
    words: dict[int, list[Span]] = {}
    for place in range(units[0].stop, len(terms)):
        if not flags[place] & STOP:
            words.setdefault(terms[place], []).append(Span(starts[place], ends[place]))
    return Sheet(
        [Span(start, end) for start, end in index.unit_spans[first:last].tolist()],
        _places([terms[tokens] for tokens in units], index.unit_rooms[first:last].tolist()),
        pairs,
        [
            (term, flag, unit)
            for unit, tokens in enumerate(units)
            for term, flag in zip(terms[tokens], flags[tokens], strict=True)
            if flag & _TELLING
        ],
        words,
    )


def _places(units: Sequence[Sequence[int]], rooms: Sequence[float]) -> dict[int, Places]:
    """Where each term is, of units with such terms and such rooms for repeated words."""
    found: dict[int, dict[int, float]] = {}
    for unit, (terms, room) in enumerate(zip(units, rooms, strict=True)):
        for term, count in Counter(terms).items():
            found.setdefault(term, {})[unit] = count / (count + room)
    later = [tuple(range(unit + 1, len(units))) for unit in range(len(units))]
    places = {}
    for term, there in found.items():
        after = later[next(iter(there))]
        lacking = after if len(there) == 1 else tuple([unit for unit in after if unit not in there])
        places[term] = Places(tuple(there), tuple(there.items()), lacking)
    return places
