"""Passages as the closer look reads them: all their sentences in a row, and how often each has the words of
the question.

The ranking is computed over all of them at once. Where a passage has each word is laid out, as a sheet, only
for passages that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.records import Span
from qa.retrieval.classes import STOP, Flags
from qa.retrieval.gathering import Numbers, Offsets
from qa.retrieval.index import SentenceIndex
from qa.retrieval.token_rows import EMPTY
from qa.retrieval.word_vectors import Nearness, nearness
from qa.retrieval.word_vectors import Tokens as Vectored


@dataclass(frozen=True, slots=True)
class Sheet:
    """A passage, unit by unit; unit 0 is the headings above it. Terms are given by their numbers in the
    index."""

    spans: Sequence[Span]  # for each unit; 0 to 0 for the headings above
    places: Mapping[int, Sequence[int]]  # for each term: the units with it, in order
    telling: Sequence[tuple[int, ...]]  # term, flags, unit and start of each token that may give an answer
    words: Mapping[int, Sequence[Span]]  # term → its positions in the sentences, except as a stop word

    def has(self, terms: Iterable[int]) -> bool:
        """True if the passage has each of these terms."""
        return all(map(self.places.__contains__, terms))

    def units_with(self, terms: Sequence[int]) -> Sequence[int]:
        """Return the units with all of these terms, in order."""
        units: Sequence[int] = self.places.get(terms[0], ())
        for term in terms[1:]:
            also = self.places.get(term, ())
            units = [unit for unit in units if unit in also]
        return units


class Wanted(NamedTuple):
    """What to look for: these terms, these pairs of neighbours (see :func:`pair`), and the tokens with any of
    these flags."""

    terms: Iterable[int]
    pairs: Sequence[int]
    flags: int
    question: Iterable[str]  # the terms of its words, to compare meanings with


class Tokens(NamedTuple):
    """Some tokens of the examined passages, in their order."""

    terms: Numbers
    flags: Flags
    units: Offsets  # for each token: its unit, counted over all passages
    starts: Offsets
    ends: Offsets

    def among(self, chosen: NDArray[np.intp]) -> Tokens:
        """Return the tokens at these places."""
        terms, flags, units, starts, ends = self
        return Tokens(terms[chosen], flags[chosen], units[chosen], starts[chosen], ends[chosen])


def pair(left: int, right: int) -> int:
    """Return two terms as one number."""
    return left << 32 | right


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The units of all examined passages, in a row. A *mask* has one entry per unit."""

    firsts: Offsets  # for each passage its first unit; at the end, the number of units
    owner: Offsets  # for each unit: the place of its passage among those examined
    rooms: NDArray[np.float64]  # for each unit, see `qa.retrieval.index.Weighed`
    spans: Numbers  # for each unit: its start and end
    rows: Mapping[int, int]  # wanted term that is there → its row in `counts`
    counts: NDArray[np.int64]  # how often each unit has it
    paired: NDArray[np.bool_]  # for each wanted pair: the units that have it
    held: Tokens  # tokens with a wanted term
    telling: Tokens  # tokens with a wanted flag
    meaning: Nearness  # how near the question is to all units and passages

    @property
    def passages(self) -> int:
        """The number of passages."""
        return len(self.firsts) - 1

    def mask(self, units: Offsets) -> NDArray[np.bool_]:
        """Return the mask of these units."""
        found = np.zeros(len(self.owner), dtype=bool)
        found[units] = True
        return found

    def span(self, place: int, unit: int) -> Span:
        """Return the position of a unit in its passage."""
        return Span(*self.spans[self.firsts[place] + unit].tolist())

    def marks(self, place: int) -> tuple[Span, ...]:
        """Return where the sentences of a passage have any of the wanted terms, except as a stop word, in
        order."""
        first, end = self.firsts[place : place + 2]
        held = slice(*np.searchsorted(self.held.units, (first + 1, end)))
        said = self.held.flags[held] & STOP == 0
        starts, ends = self.held.starts[held][said], self.held.ends[held][said]
        return tuple(map(Span, starts.tolist(), ends.tolist()))

    def by_passage(self, values: Sequence[float]) -> list[list[float]]:
        """Split values for each unit into a list for each passage."""
        return [list(values[first:end]) for first, end in pairwise(self.firsts.tolist())]


class Sheets(Sequence[Sheet]):
    """The sheets of the examined passages, each made when it is first needed."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._made = layout, dict[int, Sheet]()

    def __len__(self) -> int:
        return self._layout.passages

    def __getitem__(self, place: int) -> Sheet:  # type: ignore[override]
        if not 0 <= place < len(self):
            raise IndexError(place)
        if place not in self._made:
            self._made[place] = self._lay_out(place)
        return self._made[place]

    def _lay_out(self, place: int) -> Sheet:
        first, end = self._layout.firsts[place : place + 2].tolist()
        places, words = dict[int, list[int]](), dict[int, list[Span]]()
        for term, flags, unit, start, finish in _of(self._layout.held, first, end):
            there = places.setdefault(term, [])
            if not there or there[-1] != unit - first:
                there.append(unit - first)
            if unit > first and not flags & STOP:
                words.setdefault(term, []).append(Span(start, finish))
        telling = [
            (term, flags, unit - first, start)
            for term, flags, unit, start, _ in _of(self._layout.telling, first, end)
        ]
        spans = [Span(*span) for span in self._layout.spans[first:end].tolist()]
        return Sheet(spans, places, telling, words)


def _of(tokens: Tokens, first: int, end: int) -> Iterable[tuple[int, ...]]:
    """Return the tokens of these units."""
    held = slice(*np.searchsorted(tokens.units, (first, end)))
    return zip(*(column[held].tolist() for column in tokens), strict=True)


def lay_out(index: SentenceIndex, passages: Sequence[int], wanted: Wanted) -> Layout:
    """Lay out these passages of an index."""
    rows = [index.rows.row(number) for number in passages]
    units = [len(row.sizes) for row in rows]
    firsts = np.cumsum([0, *units])
    words, starts, lengths, flags, sizes, spans, rooms = map(
        np.concatenate, zip(*rows or (EMPTY,), strict=True)
    )
    unit, starts = np.arange(firsts[-1]).repeat(sizes), starts.astype(np.int64)
    tokens = Tokens(index.lexicon.term_of[words], flags, unit, starts, starts + lengths.astype(np.int64))
    held = tokens.among(np.flatnonzero(_among(index, wanted.terms)[tokens.terms]))
    there, row = np.unique(held.terms, return_inverse=True)
    size = int(firsts[-1])
    counts = np.bincount(row * size + held.units, minlength=len(there) * size)
    return Layout(
        firsts,
        np.arange(len(units)).repeat(np.diff(firsts)),
        rooms,
        spans,
        {term: place for place, term in enumerate(there.tolist())},
        counts.reshape(len(there), size),
        _paired(index, tokens, wanted.pairs, size),
        held,
        tokens.among(np.flatnonzero(flags & wanted.flags)),
        _meaning(index, tokens, wanted.question, firsts),
    )


def _meaning(index: SentenceIndex, tokens: Tokens, question: Iterable[str], firsts: Offsets) -> Nearness:
    """Return how near the question is to all units and passages."""
    said = np.flatnonzero(tokens.flags & STOP == 0)
    rows = index.vector_rows[tokens.terms[said]]
    return nearness(question, Vectored(rows, tokens.units[said]), int(firsts[-1]), firsts[:-1].tolist())


def _paired(index: SentenceIndex, tokens: Tokens, pairs: Sequence[int], units: int) -> NDArray[np.bool_]:
    """Return for each pair of neighbours which units have it."""
    found = np.zeros((len(pairs), units), dtype=bool)
    spoken = _among(index, [term for code in pairs for term in (code >> 32, code & 0xFFFFFFFF)])[tokens.terms]
    left = np.flatnonzero(spoken[:-1] & spoken[1:] & (tokens.units[:-1] == tokens.units[1:]))
    codes = tokens.terms[left].astype(np.int64) << 32 | tokens.terms[left + 1]
    row, place = np.nonzero(np.array(pairs, dtype=np.int64)[:, None] == codes)
    found[row, tokens.units[left[place]]] = True
    return found


def _among(index: SentenceIndex, terms: Iterable[int]) -> NDArray[np.bool_]:
    """Return for each term of the index whether it is one of these; a term without a number there is
    negative."""
    among = np.zeros(len(index.terms) + 1, dtype=bool)
    among[list(terms)] = True
    return among
