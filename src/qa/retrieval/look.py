"""The closer look: what each sentence of some passages has of what was asked."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.asked import Asked
from qa.retrieval.classes import FLAGS, STOP, Flags
from qa.retrieval.index import Offsets, SentenceIndex

Matrix: TypeAlias = NDArray[np.float64]
Present: TypeAlias = NDArray[np.bool_]


_MEASURES = FLAGS["unit"] | FLAGS["era"]  # a question may have them, too: "how many days"


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The units and tokens of some passages, one after another; "here" counts within the window."""

    passages: Offsets  # their numbers in the index
    units: Offsets  # their numbers in the index
    firsts: Offsets  # of each passage: its first unit here, which is what stands above it
    owner: Offsets  # of each unit: its passage here
    tokens: Offsets  # their numbers in the index
    first_tokens: Offsets  # of each unit: its first token here
    unit: Offsets  # of each token: its unit here

    def units_of(self, place: int) -> tuple[int, int]:
        """The first unit here of a passage, and the one after its last."""
        return int(self.firsts[place]), int(self.firsts[place + 1]) if place + 1 < len(self.firsts) else len(self.units)

    def tokens_of(self, first: int, last: int) -> slice:
        """The tokens here of the units from ``first`` to before ``last``."""
        return slice(int(self.first_tokens[first]), int(self.first_tokens[last]) if last < len(self.units) else len(self.tokens))


def window(index: SentenceIndex, passages: Sequence[int]) -> Window:
    """The window onto some passages of an index."""
    chosen = np.asarray(passages, dtype=np.int64)
    units, owner, firsts = _ranges(index.passage_units, chosen)
    tokens, unit, first_tokens = _ranges(index.unit_tokens, units)
    return Window(chosen, units, firsts, owner, tokens, first_tokens, unit)


def _ranges(offsets: Offsets, chosen: Offsets) -> tuple[Offsets, Offsets, Offsets]:
    """All numbers from ``offsets[i]`` to ``offsets[i + 1]`` for each i chosen; the place of its i for each; where each i begins."""
    begins = offsets[chosen]
    lengths = offsets[chosen + 1] - begins
    ends = lengths.cumsum()
    firsts = ends - lengths
    owner = np.arange(len(chosen)).repeat(lengths)
    return np.arange(len(owner)) + (begins - firsts)[owner], owner, firsts


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen in a window.

    Of each unit and concept: ``counts`` says how often the very word stands there, ``held`` (0 or 1) whether it does, ``meant`` (0 to 1)
    how far the word or anything that may stand for it does.
    """

    asked: Asked
    window: Window
    weights: Matrix  # of each concept
    counts: Matrix
    held: Matrix
    meant: Matrix
    room: Matrix  # of each unit: how late repeated words stop adding, see SentenceIndex.unit_rooms
    pairs: Matrix  # of each unit: different pairs of neighbouring words, stop words too, that the question has as well
    told: Mapping[str, Present]  # of each flag that tells an answer: the units with such a word that the question lacks
    met: Present  # the units with a word that the question demands; all of them where it demands none
    marks: Present  # of each token: whether it is a word that was looked for, and no stop word
    columns: Mapping[str, int]
    present: Present  # of each unit and column: whether the unit has its term


def look(index: SentenceIndex, asked: Asked, passages: Sequence[int]) -> Look:
    """Look at these passages for what was asked."""
    seen = window(index, passages)
    columns = _columns(asked)
    lookup = np.zeros(len(index.terms), dtype=np.int64)
    for term, column in columns.items():
        number = index.terms.get(term)
        if number is not None:
            lookup[number] = column
    found = lookup[index.numbers[seen.tokens]]
    units, width = len(seen.units), len(columns) + 1
    counted = np.bincount(seen.unit * width + found, minlength=units * width).reshape(units, width)
    flags = index.flags[seen.tokens]
    content = flags & STOP == 0
    own = [columns[concept.term] for concept in asked.concepts]
    counts = counted[:, own].astype(np.float64)
    present = counted > 0
    return Look(
        asked,
        seen,
        np.array([concept.weight for concept in asked.concepts]),
        counts,
        present[:, own].astype(np.float64),
        _meant(asked, columns, present),
        index.unit_rooms[seen.units],
        _pairs(asked, columns, found, seen.unit, units),
        *_told(asked, flags, content & ((found == 0) | (found > len(set(_said(asked))))), seen.unit, units),
        content & (found > 0),
        columns,
        present,
    )


def _columns(asked: Asked) -> dict[str, int]:
    """A number from 1 for each term that is looked for, those that may stand for another last."""
    terms = dict.fromkeys(_said(asked))
    terms.update(dict.fromkeys(term for concept in asked.concepts for option in concept.options for term in option.terms))
    return {term: column for column, term in enumerate(terms, 1)}


def _said(asked: Asked) -> list[str]:
    return [*asked.sequence, *(concept.term for concept in asked.concepts)]


def _meant(asked: Asked, columns: Mapping[str, int], present: Present) -> Matrix:
    """Of each unit and concept, the strength of the strongest option that the unit has; 1 for the very word."""
    of_options, strengths, begins, more = list[int](), list[float](), list[int](), list[tuple[int, int]]()
    for concept in asked.concepts:
        begins.append(len(of_options))
        of_options.append(columns[concept.term])
        strengths.append(1.0)
        for terms, strength, _ in concept.options:
            more.extend([(len(of_options), columns[term]) for term in terms[1:]])
            of_options.append(columns[terms[0]])
            strengths.append(strength)
    there = present[:, of_options]
    for option, column in more:
        there[:, option] &= present[:, column]
    return np.maximum.reduceat(there * np.array(strengths), begins, axis=1) if begins else np.zeros((*present.shape[:1], 0))


def _pairs(asked: Asked, columns: Mapping[str, int], found: Offsets, unit: Offsets, units: int) -> Matrix:
    width = len(columns) + 1
    sequence = [columns[term] for term in asked.sequence]
    wanted = np.zeros(width * width, dtype=bool)
    wanted[[left * width + right for left, right in itertools.pairwise(sequence)]] = True
    codes = found[:-1] * width + found[1:]
    at = (wanted[codes] & (unit[:-1] == unit[1:])).nonzero()[0]
    pairs = np.zeros(units)
    for there, _ in set(zip(unit[at].tolist(), codes[at].tolist(), strict=True)):
        pairs[there] += 1
    return pairs


def _told(asked: Asked, flags: Flags, new: Present, unit: Offsets, units: int) -> tuple[dict[str, Present], Present]:
    told = {name: np.bincount(unit[new & (flags & flag > 0)], minlength=units) > 0 for name, flag in asked.kind.tells.items()}
    demanded = asked.kind.demands
    if not demanded:
        return told, np.ones(units, dtype=bool)
    met = np.bincount(unit[(flags & demanded > 0) & (new | (flags & _MEASURES > 0))], minlength=units) > 0
    return told, met
