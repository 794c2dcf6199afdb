"""Sentences and passages by how well they answer: a linear score of each sentence's features, which
docs/ranking.md explains.

The score is added up from what of the question the passages have, and never made of features first: most are
nought for most sentences.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.retrieval.imprint import units as units_of
from qa.retrieval.matching import Look, Option, Sought, strongest
from qa.retrieval.sentence_layout import Places, Sheet
from qa.retrieval.vectors import Near

#: The features of every question. If its kind looks for words of a flag, also "tells_" and that flag.
FEATURES = (
    "context",
    "covers",
    "first",
    "names",
    "names_lacking",
    "often",
    "other_words",
    "pairs",
    "passage_other_words",
    "unmet",
    "words",
)
#: The features of a whole passage: a heading that matches the question, and the BM25 score of the title.
WHOLE = ("headed", "title")
#: For what speaks of its document, where a question does not: see :mod:`qa.retrieval.imprint`.
IMPRINT = "imprint"
#: With an encoder, how near the passage and the sentence are to the question.
ENCODED = ("near_passage", "near_sentence")
_NONE = -1e9  # used instead of minus infinity where that would be in the way


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What was seen, in order; passages go by their places in what was looked at."""

    seen: Look
    scores: Sequence[
        Sequence[float]
    ]  # of each passage's units, the logarithm of the odds but for the passage's constant; -inf of unit 0
    top: float  # the logarithm of the odds of the best sentence of all
    odds: Sequence[
        float
    ]  # of each passage, of its sentences together, as a multiple of those of that sentence
    order: Sequence[int]  # best first
    wholes: Sequence[float]  # of each passage, that constant

    def total(self, place: int) -> float:
        """The logarithm of the odds of a passage's sentences together."""
        return self.top + math.log(self.odds[place]) if self.odds[place] else _NONE

    def best(self, place: int) -> int:
        """Return the unit of a passage that answers best; the headings above if there is no sentence."""
        scores = self.scores[place]
        return scores.index(max(scores))


class _Gain(NamedTuple):
    """What a concept is worth. Words count by the information that they carry."""

    sought: Sought
    held: float  # added to a sentence that has the word itself
    often: float  # factor for how much it counts there, see `Places.shares`
    meant: float  # times its strength, to a sentence that has another word for it
    context: float  # to a sentence after one that has it
    elsewhere: float  # times its strength, to all of a passage that has nothing but other words for it
    lacking: float  # to all of a passage that has nothing for it


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the passages' features add up to: of each unit, and besides of all units of a passage alike."""

    sheets: Sequence[Sheet]
    units: Sequence[list[float]]
    wholes: list[float]

    def add(self, gain: _Gain) -> None:
        """Add what a concept is worth to each passage."""
        term, options = gain.sought
        found = self._having(options) if options else {}
        for place, sheet in enumerate(self.sheets):
            there = sheet.places.get(term)
            if place in found:
                self._add_others(place, gain, there, found[place])
            elif there:
                scores = self.units[place]
                for unit, share in there.shares:
                    scores[unit] += gain.held + gain.often * share
                for unit in there.after:
                    scores[unit] += gain.context
            else:
                self.wholes[place] += gain.lacking

    def _having(self, options: Iterable[Option]) -> Mapping[int, list[Option]]:
        """The passages that have some of these options, and which they have."""
        found: dict[int, list[Option]] = {}
        for option in options:
            first, *more = option[0]
            for place, sheet in enumerate(self.sheets):
                if first in sheet.places and (not more or sheet.has(more)):
                    found.setdefault(place, []).append(option)
        return found

    def _add_others(self, place: int, gain: _Gain, there: Places | None, options: Sequence[Option]) -> None:
        """Add the value of a concept to a passage with some of its other words."""
        scores, others = self.units[place], strongest(self.sheets[place], options)
        for unit, share in there.shares if there else ():
            scores[unit] += gain.held + gain.often * share
            others[unit] = 0.0  # other words don't count if the word itself is there
        for unit in range(min(others, default=len(scores)), len(scores)):
            scores[unit] += gain.meant * others[unit] if unit in others else gain.context
        if not there:
            self.wholes[place] += gain.elsewhere * max(others.values()) if others else gain.lacking

    def add_pairs(self, neighbours: Iterable[int], each: float) -> None:
        """Add what each pair of neighbouring words is worth to the units that have it."""
        for pair in neighbours:
            for place, sheet in enumerate(self.sheets):
                if pair in sheet.pairs:
                    for unit in sheet.pairs[pair]:
                        self.units[place][unit] += each


def rank(seen: Look, coefficients: Mapping[str, float]) -> Ranking:
    """Put the passages that were looked at in order; equally good ones stay in the order in which the engine
    found them.
    """
    sums = add_up(seen, coefficients)
    for scores in sums.units:
        scores[0] = -math.inf
    top = max(_NONE, *[whole + max(scores) for scores, whole in zip(sums.units, sums.wholes, strict=True)])
    odds = [_odds(scores, whole - top) for scores, whole in zip(sums.units, sums.wholes, strict=True)]
    return Ranking(
        seen, sums.units, top, odds, sorted(range(len(odds)), key=odds.__getitem__, reverse=True), sums.wholes
    )


def add_up(seen: Look, coefficients: Mapping[str, float]) -> Sums:
    """What each unit scores."""
    kind = seen.asked.kind
    units = [[0.0] * len(sheet.spans) for sheet in seen.sheets]
    wholes = [math.fsum(coefficients[name] * fields[name] for name in WHOLE) for fields in seen.fields]
    for place, share in enumerate(_covered(seen)):
        wholes[place] += coefficients["covers"] * share**3
    sums = Sums(seen.sheets, units, wholes)
    if seen.near:
        _add_near(seen.near, coefficients, sums)
    for gain in _gains(seen, coefficients):
        sums.add(gain)
    sums.add_pairs(seen.neighbours, coefficients["pairs"])
    for sheet, scores, found in zip(seen.sheets, units, seen.imprints, strict=False):
        for unit in units_of(sheet.spans, found) if found else ():
            scores[unit] += coefficients[IMPRINT]
    for place, (sheet, scores) in enumerate(zip(seen.sheets, units, strict=True)):
        if len(scores) > 1:
            scores[1] += coefficients["first"]
        for flag, bit in kind.tells.items():
            for unit in seen.told(sheet, bit):
                scores[unit] += coefficients[f"tells_{flag}"]
        if kind.demanding:
            for unit in set(range(len(scores))) - seen.met(place):
                scores[unit] += coefficients["unmet"]
    return sums


def _add_near(near: Near, coefficients: Mapping[str, float], sums: Sums) -> None:
    whole, sentence = (coefficients[name] for name in ENCODED)
    for place, (of_passage, of_sentences) in enumerate(zip(near.passages, near.sentences, strict=True)):
        sums.wholes[place] += whole * of_passage
        for unit, value in enumerate(of_sentences, 1):
            sums.units[place][unit] += sentence * value


def _covered(seen: Look) -> list[float]:
    """Return the share of the information of the question's own words that each passage, or its
    headings, have.
    """
    telling = [
        (sought.term, concept.weight)
        for sought, concept in zip(seen.sought, seen.asked.concepts, strict=True)
        if not concept.aside
    ]
    whole = sum(weight for _, weight in telling) or 1.0
    return [sum(weight for term, weight in telling if term in sheet.places) / whole for sheet in seen.sheets]


def _gains(seen: Look, coefficients: Mapping[str, float]) -> list[_Gain]:
    context, names, names_lacking, often, other_words, passage_other_words, words = (
        coefficients[name]
        for name in (
            "context",
            "names",
            "names_lacking",
            "often",
            "other_words",
            "passage_other_words",
            "words",
        )
    )
    return [
        _Gain(
            sought,
            weight * (words + names if concept.name else words),
            weight * often,
            weight * other_words,
            weight * context,
            weight * passage_other_words,
            weight * names_lacking if concept.name else 0.0,
        )
        for sought, concept in zip(seen.sought, seen.asked.concepts, strict=True)
        for weight in (concept.weight,)
    ]


def _odds(scores: Sequence[float], more: float) -> float:
    """The odds of all sentences together, each with so much ``more``."""
    exp = math.exp
    return sum([exp(score + more) for score in scores])
