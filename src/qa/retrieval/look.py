"""The closer look: what each sentence of some passages has of what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from qa.retrieval.asked import Asked, Concept
from qa.retrieval.classes import FLAGS, STOP
from qa.retrieval.index import SentenceIndex
from qa.retrieval.sheets import Sheet, Sheets, Wanted, pair
from qa.retrieval.vectors import Near

_MEASURES = FLAGS["unit"] | FLAGS["era"]  # a question may have them, too: "how many days"
_UNKNOWN = -1  # the number of a term that no passage has


Option: TypeAlias = tuple[tuple[int, ...], float]  # terms that, standing together, may stand for a concept, and their strength


class Sought(NamedTuple):
    """A concept in the numbers of an index."""

    term: int
    options: tuple[Option, ...]  # in their order

    def meant(self, sheet: Sheet) -> dict[int, float]:
        """The units that have it or what may stand for it, with the strength: 1 for the very word."""
        there = sheet.places.get(self.term)
        return strongest(sheet, self.options) | (dict.fromkeys(there.units, 1.0) if there else {})


def strongest(sheet: Sheet, options: Sequence[Option]) -> dict[int, float]:
    """The units that have any of these options, with the strength of the strongest that they have."""
    found: dict[int, float] = {}
    for terms, strength in options:
        for unit in sheet.units_with(terms):
            if strength > found.get(unit, 0.0):
                found[unit] = strength
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was asked and the passages, by their numbers in the index, that are looked at for it."""

    asked: Asked
    sought: tuple[Sought, ...]  # of each concept
    said: frozenset[int]  # the terms of the question's own words
    terms: frozenset[int]  # those of its words, stop words left out, and of what may stand for them
    neighbours: tuple[int, ...]  # its different pairs of neighbouring words, stop words too, see :func:`qa.retrieval.sheets.pair`
    passages: Sequence[int]
    sheets: Sequence[Sheet]
    fields: Sequence[Mapping[str, float]]  # of each passage: its features that belong to no sentence, see `qa.retrieval.ranking.WHOLE`
    near: Near | None = None  # with an encoder: how near the passages and their sentences are to the question

    def told(self, sheet: Sheet, flag: int) -> set[int]:
        """The units with a word of this flag that the question lacks."""
        return {unit for term, flags, unit in sheet.telling if flags & flag and not flags & STOP and term not in self.said}

    def met(self, sheet: Sheet) -> set[int]:
        """The units with a word that the question demands; all of them where it demands none."""
        demanded, said = self.asked.kind.demands, self.said
        if not demanded:
            return set(range(len(sheet.spans)))
        return {
            unit for term, flags, unit in sheet.telling if flags & demanded and (flags & _MEASURES or not (flags & STOP or term in said))
        }

    def pairs(self, sheet: Sheet, unit: int) -> int:
        """How many different pairs of neighbouring words a unit has as the question has."""
        return sum(unit in sheet.pairs.get(code, ()) for code in self.neighbours)


def look(index: SentenceIndex, sheets: Sheets, asked: Asked, found: Mapping[int, Mapping[str, float]], near: Near | None) -> Look:
    """Look for what was asked at the passages that were found, by their numbers, with their fields; ``sheets`` are those of the index."""
    numbers = index.terms
    sought = tuple([_sought(index, concept) for concept in asked.concepts])
    sequence = [numbers.get(term, _UNKNOWN) for term in asked.sequence]
    neighbours = dict.fromkeys([pair(left, right) for left, right in pairwise(sequence) if _UNKNOWN not in (left, right)])
    said = frozenset([*sequence, *(one.term for one in sought)])
    terms = frozenset([*_terms(sought), *(numbers.get(term, _UNKNOWN) for term in asked.content)])
    wanted = Wanted(terms, sequence, sum(asked.kind.tells.values()) | asked.kind.demands)
    passages = list(found)
    return Look(asked, sought, said, terms, tuple(neighbours), passages, sheets.of(passages, wanted), list(found.values()), near)


def _terms(sought: Iterable[Sought]) -> Iterator[int]:
    """The terms of these concepts, and those that may stand for them."""
    for one in sought:
        yield one.term
        for terms, _ in one.options:
            yield from terms


def _sought(index: SentenceIndex, concept: Concept) -> Sought:
    numbers = index.terms
    options = [(tuple([numbers.get(term, _UNKNOWN) for term in terms]), strength) for terms, strength, _ in concept.options]
    return Sought(numbers.get(concept.term, _UNKNOWN), tuple(options))
