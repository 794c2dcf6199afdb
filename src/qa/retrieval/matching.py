"""The closer look: matches each sentence of the candidate passages against the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from qa.retrieval.classes import FLAGS, NAME, STOP
from qa.retrieval.index import SentenceIndex
from qa.retrieval.query_terms import Asked, Concept
from qa.retrieval.sentence_layout import Sheet, Sheets, Wanted, pair
from qa.retrieval.vectors import Near

_NUMBER, _UNLIKELY = FLAGS["number"], FLAGS["year"] | FLAGS["vague"]
# Where a number counts something: characters from its start to the word, from the word's end to it, and from
# one that seldom does.
_AHEAD, _BEHIND, _BESIDE = 40, 3, 7
# What has a number instead of being counted by it: "section 47 enquiries", "Year 6 pupils".
_LABEL = re.compile(
    r"\b(?:(?:[Ss]ection|[Aa]rticle|[Cc]lause|[Ss]chedule|[Aa]ppendix|[Aa]nnex|[Cc]hapter|[Pp]aragraph|[Pp]age|"
    r"[Ss]tage|[Pp]hase|[Ss]tep|[Ll]evel|[Gg]rade|[Bb]and|[Tt]ier|[Rr]egulation|[Rr]ule|[Nn]umber|Year)\s+|"
    r"[Nn]o\.\s*)$"
)
_LABEL_LENGTH = 14  # characters of the longest, with what stands between
_MEASURES = FLAGS["unit"] | FLAGS["era"]  # a question may have them, too: "how many days"
_UNKNOWN = -1  # the number of a term that no passage has


Option: TypeAlias = tuple[tuple[int, ...], float]  # terms that together match a concept, and their strength


class Sought(NamedTuple):
    """A concept in the numbers of an index."""

    term: int
    options: tuple[Option, ...]  # in their order

    def meant(self, sheet: Sheet) -> dict[int, float]:
        """The units that match it, with the strength: 1 for the word itself."""
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
    terms: frozenset[int]  # the terms of its words, without stop words, and of what can match them
    # Its different pairs of neighbouring words, stop words too: :func:`qa.retrieval.sentence_layout.pair`.
    neighbours: tuple[int, ...]
    passages: Sequence[int]
    sheets: Sequence[Sheet]
    fields: Sequence[
        Mapping[str, float]
    ]  # of each passage: its features that belong to no sentence, see `qa.retrieval.ranking.WHOLE`,
    # and "rows", 1 where it is rows of a table
    text: Callable[[int], str]  # of a passage, by its number
    near: Near | None = None  # with an encoder: how near the passages and their sentences are to the question
    whole: bool = True  # the engine searched all of its index
    imprints: Sequence[Sequence[int]] = ()  # of each passage: where it speaks of the document itself

    def told(self, sheet: Sheet, flag: int) -> set[int]:
        """Return the units with a word of this flag that the question lacks."""
        return {
            unit
            for term, flags, unit, _ in sheet.telling
            if flags & flag and not flags & STOP and term not in self.said
        }

    def met(self, place: int) -> set[int]:
        """The units with a word that the question demands of the passage at a place among those looked at;
        all where it demands none.

        A number that is demanded has to count what "how many" asks to be counted, and who has a post has a
        name.
        """
        sheet, demanded, said = self.sheets[place], self.asked.kind.demands, self.said
        if self.asked.post is not None and demanded & NAME:
            demanded = NAME
        held = self._holding(place)
        if not demanded:
            return held
        counted = self._counted if demanded & _NUMBER else None
        barred = self.asked.kind.bars if counted is None else 0
        found = {
            unit
            for term, flags, unit, _ in sheet.telling
            if flags & demanded
            and not flags & barred
            and (flags & _MEASURES or not (flags & STOP or term in said))
        } & held
        if counted is None or (
            self.fields[place].get("rows") and 0 in counted.meant(sheet)
        ):  # what its column counts
            return found
        return {unit for unit in found if self._counts(place, unit, counted)}

    def _holding(self, place: int) -> set[int]:
        """Return the units with what the question's kind looks for in the text; all if it looks
        for nothing.
        """
        spans, pattern = self.sheets[place].spans, self.asked.kind.holds
        if pattern is None:
            return set(range(len(spans)))
        text = self.text(self.passages[place])
        return {unit for unit, span in enumerate(spans) if pattern.search(text, span.start, span.end)}

    @property
    def _counted(self) -> Sought | None:
        """What "how many" asks to be counted."""
        found = zip(self.sought, self.asked.concepts, strict=True)
        return next((sought for sought, concept in found if concept.term == self.asked.counted), None)

    def _counts(self, place: int, unit: int, thing: Sought) -> bool:
        """Whether a number in a unit is beside a word for ``thing``: "12 beds", "beds: 12", not "interviews
        at seven trusts", nor the number of something: "section 47 enquiries".
        """
        sheet, text = self.sheets[place], self.text(self.passages[place])
        span = sheet.spans[unit]
        terms = {thing.term, *(term for option, _ in thing.options for term in option)}
        words = [
            word
            for term in terms
            for word in sheet.words.get(term, ())
            if span.start <= word.start < span.end
        ]
        numbers = [
            (start, _BESIDE if flags & _UNLIKELY else _AHEAD)
            for term, flags, own, start in sheet.telling
            if own == unit and flags & _NUMBER and term not in self.said
            if not _LABEL.search(text, max(0, start - _LABEL_LENGTH), start)
        ]
        return any(
            0 < word.start - start <= far or 0 < start - word.end <= _BEHIND
            for word in words
            for start, far in numbers
        )

    def pairs(self, sheet: Sheet, unit: int) -> int:
        """How many different pairs of neighbouring words a unit has as the question has."""
        return sum(unit in sheet.pairs.get(code, ()) for code in self.neighbours)


def look(
    index: SentenceIndex,
    sheets: Sheets,
    asked: Asked,
    found: Mapping[int, Mapping[str, float]],
    text: Callable[[int], str],
    near: Near | None = None,
) -> Look:
    """Look for what was asked at the passages that were found, by their numbers, with their fields;
    ``sheets`` are those of the index, ``text`` gives that of a passage.
    """
    numbers = index.terms
    sought = tuple([_sought(index, concept) for concept in asked.concepts])
    sequence = [numbers.get(term, _UNKNOWN) for term in asked.sequence]
    neighbours = dict.fromkeys(
        [pair(left, right) for left, right in pairwise(sequence) if _UNKNOWN not in (left, right)]
    )
    said = frozenset([*sequence, *(one.term for one in sought)])
    terms = frozenset([*_terms(sought), *(numbers.get(term, _UNKNOWN) for term in asked.content)])
    wanted = Wanted(terms, sequence, sum(asked.kind.tells.values()) | asked.kind.demands)
    passages = list(found)
    return Look(
        asked,
        sought,
        said,
        terms,
        tuple(neighbours),
        passages,
        sheets.of(passages, wanted),
        list(found.values()),
        text,
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
