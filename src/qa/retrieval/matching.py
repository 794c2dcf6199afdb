"""The closer look: matches each sentence of the candidate passages against the question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.records import Span
from qa.retrieval.classes import FLAGS, NAME, STOP
from qa.retrieval.index import SentenceIndex
from qa.retrieval.query_terms import Asked, Concept
from qa.retrieval.sentence_layout import Layout, Sheet, Sheets, Tokens, Wanted, lay_out, pair
from qa.retrieval.vectors import Near

_NUMBER, _UNLIKELY = FLAGS["number"], FLAGS["year"] | FLAGS["vague"]
# Where a number counts something: characters from its start to the word, from the word's end to it, and from
# one that seldom does.
_AHEAD, _BEHIND, _BESIDE = 40, 3, 7
# Things that have a number rather than being counted: "section 47 enquiries", "Year 6 pupils".
_LABEL = re.compile(
    r"\b(?:(?:[Ss]ection|[Aa]rticle|[Cc]lause|[Ss]chedule|[Aa]ppendix|[Aa]nnex|[Cc]hapter|[Pp]aragraph|[Pp]age|"
    r"[Ss]tage|[Pp]hase|[Ss]tep|[Ll]evel|[Gg]rade|[Bb]and|[Tt]ier|[Rr]egulation|[Rr]ule|[Nn]umber|Year)\s+|"
    r"[Nn]o\.\s*)$"
)
_LABEL_LENGTH = 14  # characters of the longest, including the space
_MEASURES = FLAGS["unit"] | FLAGS["era"]  # may also be in the question: "how many days"
_UNKNOWN = -1  # the number of a term that no passage has


Option: TypeAlias = tuple[tuple[int, ...], float]  # terms that together match a concept, and their strength


class Sought(NamedTuple):
    """A concept in the numbers of an index."""

    term: int
    options: tuple[Option, ...]  # in order

    def meant(self, sheet: Sheet) -> dict[int, float]:
        """Return the units that match it, with the strength: 1 for the word itself."""
        found: dict[int, float] = {}
        for terms, strength in self.options:
            for unit in sheet.units_with(terms):
                if strength > found.get(unit, 0.0):
                    found[unit] = strength
        return found | dict.fromkeys(sheet.places.get(self.term, ()), 1.0)

    def words(self, sheet: Sheet, unit: int) -> list[Span]:
        """Return the positions in a unit of the words for it."""
        span, terms = sheet.spans[unit], {self.term, *(term for option, _ in self.options for term in option)}
        found = itertools.chain.from_iterable(sheet.words.get(term, ()) for term in terms)
        return [word for word in found if span.start <= word.start < span.end]


Values: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """How all examined passages match each concept. Each concept has a row; a column is a unit, or a passage
    in the last two."""

    own: Mask  # the unit has the word itself
    shares: Values  # n / (n + room) if it occurs n times
    others: Values  # the strength of other words for it, if the unit lacks the word itself
    after: Mask  # the unit has nothing for it, but one before it in its passage has
    own_anywhere: Mask
    others_anywhere: Values  # the strength of other words, if the passage lacks the word itself

    @property
    def anywhere(self) -> Mask:
        """Which passages have the word itself or another for it."""
        return self.own_anywhere | (self.others_anywhere > 0)

    @classmethod
    def of(cls, sought: Sequence[Sought], held: Layout) -> Matches:
        """Return how the concepts match the passages in a layout."""
        units, begins = len(held.owner), held.firsts[:-1]
        counts = np.zeros((len(sought), units))
        for row, one in enumerate(sought):
            if one.term in held.rows:
                counts[row] = held.counts[held.rows[one.term]]
        own, others = counts > 0, _strongest(sought, held)
        others[own] = 0.0  # other words don't count if the word itself is there
        matched = own | (others > 0)
        place = np.arange(units)
        first = np.minimum.reduceat(np.where(matched, place, units), begins, axis=1)
        own_anywhere = np.logical_or.reduceat(own, begins, axis=1)
        return cls(
            own,
            counts / (counts + held.rooms),
            others,
            (place > first[:, held.owner]) & ~matched,
            own_anywhere,
            np.where(own_anywhere, 0.0, np.maximum.reduceat(others, begins, axis=1)),
        )


def _strongest(sought: Sequence[Sought], held: Layout) -> Values:
    """Return for each concept and unit the strength of the strongest option that the unit has."""
    found = np.zeros((len(sought), len(held.owner)))
    there = [
        (row, [held.rows[term] for term in terms], strength)
        for row, one in enumerate(sought)
        for terms, strength in one.options
        if all(term in held.rows for term in terms)
    ]
    if there:
        rows = np.array([row for row, _, _ in there])
        having = held.counts[[terms[0] for _, terms, _ in there]] > 0
        for place, (_, terms, _) in enumerate(there):
            for term in terms[1:]:
                having[place] &= held.counts[term] > 0
        values = having * np.array([strength for _, _, strength in there])[:, None]
        begins = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
        found[rows[begins]] = np.maximum.reduceat(values, begins, axis=0)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A question, and the passages, by their numbers in the index, that are examined for it."""

    asked: Asked
    sought: tuple[Sought, ...]  # for each concept
    said: frozenset[int]  # the terms of the question's own words
    terms: frozenset[int]  # the terms of its words, without stop words, and those that can match them
    passages: Sequence[int]
    layout: Layout
    matches: Matches
    sheets: Sequence[Sheet]
    fields: Sequence[
        Mapping[str, float]
    ]  # for each passage: its features as a whole, see `qa.retrieval.ranking.WHOLE`,
    # and "rows", 1 if it is rows of a table
    meeting: Mask  # the units with what the question demands; all if it demands nothing
    near: Near | None = None  # with an encoder: how near the passages and their sentences are to the question
    whole: bool = True  # the engine searched all of its index
    imprints: Sequence[Sequence[int]] = ()  # for each passage: where it is about the document itself

    def told(self, flag: int) -> Mask:
        """Return the units with a word of this flag that the question lacks."""
        tokens = self.layout.telling
        new = ~np.isin(tokens.terms, list(self.said))
        return self.layout.mask(tokens.units[(tokens.flags & flag > 0) & (tokens.flags & STOP == 0) & new])

    def meets(self, place: int, unit: int) -> bool:
        """True if a unit of the passage at a place among those examined has what the question demands."""
        return bool(self.meeting[self.layout.firsts[place] + unit])

    def pairs(self) -> NDArray[np.int64]:
        """Return how many distinct pairs of neighbouring words each unit shares with the question."""
        found: NDArray[np.int64] = self.layout.paired.sum(axis=0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Demand:
    """What a question demands of a sentence, and what is needed to find it."""

    asked: Asked
    said: frozenset[int]
    sought: Sequence[Sought]
    held: Layout
    sheets: Sequence[Sheet]
    texts: Callable[[int], str]  # returns the text of a passage by its place
    rows: Sequence[bool]  # for each passage: whether it is rows of a table

    def met(self) -> Mask:
        """Return the units with a word that the question demands; all units if it demands none.

        A number that is demanded must count what "how many" asks about, and the holder of a post must be a
        name.
        """
        demanded, held = self.asked.kind.demands, self._holding()
        if self.asked.post is not None and demanded & NAME:
            demanded = NAME
        if not demanded:
            return held
        counted = self._counted if demanded & _NUMBER else None
        found = held & self.held.mask(self._having(demanded, counted is None).units)
        if counted is not None:
            for unit in np.flatnonzero(found).tolist():
                place = int(self.held.owner[unit])
                found[unit] = self._counts(place, unit - int(self.held.firsts[place]), counted)
        return found

    def _having(self, demanded: int, barring: bool) -> Tokens:
        tokens = self.held.telling
        chosen = (tokens.flags & demanded > 0) & (
            (tokens.flags & _MEASURES > 0)
            | ((tokens.flags & STOP == 0) & ~np.isin(tokens.terms, list(self.said)))
        )
        if barring:
            chosen &= tokens.flags & self.asked.kind.bars == 0
        return tokens.among(np.flatnonzero(chosen))

    def _holding(self) -> Mask:
        """Return the units that match the pattern of the question's kind; all if it has none."""
        found, pattern = np.ones(len(self.held.owner), dtype=bool), self.asked.kind.holds
        if pattern is not None:
            places = zip(self.held.owner.tolist(), self.held.spans.tolist(), strict=True)
            for unit, (place, (start, end)) in enumerate(places):
                found[unit] = pattern.search(self.texts(place), start, end) is not None
        return found

    @property
    def _counted(self) -> Sought | None:
        """The concept that "how many" asks about."""
        found = zip(self.sought, self.asked.concepts, strict=True)
        return next((sought for sought, concept in found if concept.term == self.asked.counted), None)

    def _counts(self, place: int, unit: int, thing: Sought) -> bool:
        """True if a number in a unit is beside a word for ``thing``: "12 beds", "beds: 12"; not "interviews
        at seven trusts", nor an identifying number: "section 47 enquiries". In a row of a table it counts
        what its column counts."""
        sheet = self.sheets[place]
        if self.rows[place] and 0 in thing.meant(sheet):
            return True
        words = thing.words(sheet, unit)
        return bool(words) and any(
            0 < word.start - start <= far or 0 < start - word.end <= _BEHIND
            for start, far in self._numbers(place, unit)
            for word in words
        )

    def _numbers(self, place: int, unit: int) -> Iterator[tuple[int, int]]:
        """Yield the positions of a unit's numbers that may count something and are not in the question, and
        how far after each the word for what it counts may be."""
        text = self.texts(place)
        for term, flags, own, start in self.sheets[place].telling:
            if own != unit or not flags & _NUMBER or term in self.said:
                continue
            if not _LABEL.search(text, max(0, start - _LABEL_LENGTH), start):
                yield start, _BESIDE if flags & _UNLIKELY else _AHEAD


def look(
    index: SentenceIndex,
    asked: Asked,
    found: Mapping[int, Mapping[str, float]],
    text: Callable[[int], str],
    near: Near | None = None,
) -> Look:
    """Examine the passages that were found, by their numbers, with their features; ``text`` returns the text
    of a passage by its number."""
    numbers = index.terms
    sought = tuple([_sought(index, concept) for concept in asked.concepts])
    sequence = [numbers.get(term, _UNKNOWN) for term in asked.sequence]
    neighbours = dict.fromkeys(
        [pair(left, right) for left, right in itertools.pairwise(sequence) if _UNKNOWN not in (left, right)]
    )
    said = frozenset([*sequence, *(one.term for one in sought)])
    terms = frozenset([*_terms(sought), *(numbers.get(term, _UNKNOWN) for term in asked.content)])
    passages = list(found)
    held = lay_out(
        index,
        passages,
        Wanted(terms, tuple(neighbours), sum(asked.kind.tells.values()) | asked.kind.demands, asked.content),
    )
    sheets, fields = Sheets(held), list(found.values())
    demand = _Demand(
        asked,
        said,
        sought,
        held,
        sheets,
        lambda place: text(passages[place]),
        [bool(of_one.get("rows")) for of_one in fields],
    )
    return Look(
        asked,
        sought,
        said,
        terms,
        passages,
        held,
        Matches.of(sought, held),
        sheets,
        fields,
        demand.met(),
        near,
    )


def _terms(sought: Iterable[Sought]) -> Iterator[int]:
    """Return the terms of these concepts, and those that can match them."""
    for one in sought:
        yield one.term
        for terms, _ in one.options:
            yield from terms


def _sought(index: SentenceIndex, concept: Concept) -> Sought:
    numbers = index.terms
    options = [
        (tuple([numbers.get(term, _UNKNOWN) for term in terms]), strength)
        for terms, strength, _ in concept.options
    ]
    return Sought(numbers.get(concept.term, _UNKNOWN), tuple(options))
