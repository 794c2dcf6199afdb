"""Ranks sentences and passages by how well they answer: a linear score of each sentence's features, which
docs/ranking.md explains.

The score is added up for all sentences at once, concept by concept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.retrieval.imprint import units as units_of
from qa.retrieval.matching import Look, Mask, Values
from qa.retrieval.vectors import Near

#: The features for every question. If its kind looks for words with a flag, also "tells_" and that flag.
FEATURES = (
    "context",
    "covers",
    "first",
    "meaning",
    "names",
    "names_lacking",
    "often",
    "other_words",
    "pairs",
    "passage_meaning",
    "passage_other_words",
    "unmet",
    "words",
)
#: The features of a whole passage: a heading that matches the question, and the BM25 score of the title.
WHOLE = ("headed", "title")
#: For sentences about their document, if the question is not: see :mod:`qa.retrieval.imprint`.
IMPRINT = "imprint"
#: With an encoder, how near the passage and the sentence are to the question.
ENCODED = ("near_passage", "near_sentence")
_NONE = -1e9  # used in place of minus infinity


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The examined passages in order; passages are given by their places in the Look."""

    seen: Look
    scores: Sequence[
        Sequence[float]
    ]  # for each passage's units, the log-odds without the passage's constant; -inf for unit 0
    top: float  # the log-odds of the best sentence of all
    odds: Sequence[
        float
    ]  # for each passage, the odds of its sentences together, as a multiple of those of that sentence
    order: Sequence[int]  # best first
    wholes: Sequence[float]  # for each passage, that constant

    def total(self, place: int) -> float:
        """Return the log-odds of a passage's sentences together."""
        return self.top + math.log(self.odds[place]) if self.odds[place] else _NONE

    def best(self, place: int) -> int:
        """Return the unit of a passage that answers best; its headings if there is no sentence."""
        scores = self.scores[place]
        return scores.index(max(scores))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """The sums of the passages' features: for each unit, and for all units of a passage alike."""

    units: Sequence[list[float]]
    wholes: list[float]


def rank(seen: Look, coefficients: Mapping[str, float]) -> Ranking:
    """Order the examined passages; equally good ones stay in the order in which the engine found them."""
    sums = add_up(seen, coefficients)
    for scores in sums.units:
        scores[0] = -math.inf
    top = max(_NONE, *[whole + max(scores) for scores, whole in zip(sums.units, sums.wholes, strict=True)])
    odds = [_odds(scores, whole - top) for scores, whole in zip(sums.units, sums.wholes, strict=True)]
    return Ranking(
        seen, sums.units, top, odds, sorted(range(len(odds)), key=odds.__getitem__, reverse=True), sums.wholes
    )


def add_up(seen: Look, coefficients: Mapping[str, float]) -> Sums:
    """Return the score of each unit."""
    kind, held = seen.asked.kind, seen.layout
    units, wholes = _of_concepts(seen, coefficients)
    units += coefficients["pairs"] * seen.pairs()
    units += coefficients["meaning"] * held.meaning.units
    units[held.firsts[:-1][np.diff(held.firsts) > 1] + 1] += coefficients["first"]
    for flag, bit in kind.tells.items():
        units += coefficients[f"tells_{flag}"] * seen.told(bit)
    units += coefficients["unmet"] * ~seen.meeting
    sums = Sums(held.by_passage(units.tolist()), wholes.tolist())
    for place, fields in enumerate(seen.fields):
        sums.wholes[place] += math.fsum(coefficients[name] * fields[name] for name in WHOLE)
    if seen.near:
        _add_near(seen.near, coefficients, sums)
    for place, found in enumerate(seen.imprints):
        for unit in units_of(seen.sheets[place].spans, found) if found else ():
            sums.units[place][unit] += coefficients[IMPRINT]
    return sums


def _of_concepts(seen: Look, coefficients: Mapping[str, float]) -> tuple[Values, Values]:
    """Return what the question's words add to the score of each unit, and of each passage."""
    matches, concepts = seen.matches, seen.asked.concepts
    weights = np.array([concept.weight for concept in concepts])
    names = weights * np.array([concept.name for concept in concepts])
    parts = (
        (weights * coefficients["words"] + names * coefficients["names"], matches.own),
        (weights * coefficients["often"], matches.shares),
        (weights * coefficients["other_words"], matches.others),
        (weights * coefficients["context"], matches.after),
    )
    units = sum((_added(*part) for part in parts), np.zeros(len(seen.layout.owner)))
    nowhere = ~matches.anywhere
    wholes = (
        _added(weights * coefficients["passage_other_words"], matches.others_anywhere)
        + _added(names * coefficients["names_lacking"], nowhere)
        + coefficients["covers"] * _covered(seen, weights) ** 3
        + coefficients["passage_meaning"] * seen.layout.meaning.passages
    )
    return units, wholes


def _added(weights: Values, values: Values | Mask) -> Values:
    """Return the weighted sum of the rows, row by row, so that it is the same on every machine."""
    added: Values = np.add.reduce(weights[:, None] * values, axis=0)
    return added


def _add_near(near: Near, coefficients: Mapping[str, float], sums: Sums) -> None:
    whole, sentence = (coefficients[name] for name in ENCODED)
    for place, (of_passage, of_sentences) in enumerate(zip(near.passages, near.sentences, strict=True)):
        sums.wholes[place] += whole * of_passage
        for unit, value in enumerate(of_sentences, 1):
            sums.units[place][unit] += sentence * value


def _covered(seen: Look, weights: Values) -> Values:
    """Return the share of the information of the question's own words that each passage, or its
    headings, have.
    """
    telling = weights * np.array([not concept.aside for concept in seen.asked.concepts])
    return _added(telling, seen.matches.own_anywhere) / (math.fsum(telling.tolist()) or 1.0)


def _odds(scores: Sequence[float], more: float) -> float:
    """Return the odds of all sentences together, after adding ``more`` to each score."""
    exp = math.exp
    return sum([exp(score + more) for score in scores])
