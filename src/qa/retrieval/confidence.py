"""How sure it is that the marked sentence of the first passage answers the question, and whether it is told as an answer.

Two small logistic models over the same signals: ``support`` says how probable it is that the passages are about what was asked, and
``confidence`` how probable it is that the sentence answers it. Besides, a sentence only answers that holds what the question demands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa import text
from qa.records import Change
from qa.retrieval.asked import Concept
from qa.retrieval.look import Matrix
from qa.retrieval.model import Model
from qa.retrieval.ranking import Ranking

READ = 1.7  # times its strength, what a word read as another one covers: nearly all
TELLING = 2.0  # information of a word that tells one subject's name from others
FAR = 5.0  # how far a sentence stands above the others where there are none


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of the best passage."""

    confidence: float
    answered: bool
    expanded: tuple[Change, ...]
    missing: tuple[str, ...]


def verdict(ranking: Ranking, required: Sequence[str], model: Model) -> Verdict:
    """Judge the best passage. ``required`` are words of names, of which it must have one that tells it from others."""
    concepts, meant = ranking.seen.asked.concepts, ranking.seen.meant[ranking.units(0)].max(axis=0)
    signs = signals(ranking)
    supported = probability(signs, model.support) >= model.threshold
    return Verdict(
        probability(signs, model.confidence),
        supported and holds_demanded(ranking) and _names_there(concepts, meant, required),
        _expanded(ranking),
        tuple(concept.word for concept, strength in zip(concepts, meant, strict=True) if not strength and not concept.aside),
    )


def signals(ranking: Ranking) -> Mapping[str, float]:
    """What the probabilities are worked out from; shares are of the information that the question's words carry."""
    seen, units = ranking.seen, ranking.units(0)
    best = ranking.best(units)
    weights = seen.weights * _asked(seen.asked.concepts)
    whole = float(weights.sum()) or 1.0
    near = np.maximum(seen.meant[best], seen.meant[units[0]])  # in the sentence or above the passage
    sentence = np.minimum(1.0, READ * near)
    passage = np.minimum(1.0, READ * seen.meant[units].max(axis=0))
    names = weights * [concept.name for concept in seen.asked.concepts]
    runners_up = np.sort(ranking.scores[units[1:]])
    return {
        "passage_covers": float(passage @ weights) / whole,
        "sentence_covers": float(sentence @ weights) / whole,
        "heaviest_lacking": float(((1 - sentence) * weights).max(initial=0.0)),
        "names_lacking": float((near == 0) @ names) / whole,
        "share_of_odds": float(1 / np.exp(ranking.totals - ranking.totals[ranking.order[0]]).sum()),
        "above_other_sentences": float(runners_up[-1] - runners_up[-2]) if len(runners_up) > 1 else FAR,
        "pairs": float(seen.pairs[best]) / max(1, len(seen.asked.sequence) - 1),
    }


def _asked(concepts: Sequence[Concept]) -> Matrix:
    """1 for each concept that may be lacking; "when was that" asks of nothing but what was asked before."""
    asked = np.array([not concept.aside for concept in concepts], dtype=np.float64)
    return asked if asked.any() else np.ones(len(concepts))


def probability(signs: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """The logistic function of the signals' weighted sum."""
    odds = coefficients["constant"] + sum(coefficients[name] * value for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def holds_demanded(ranking: Ranking) -> bool:
    """Whether the marked sentence has the kind of word that is demanded and what is to be counted, and the passage the year asked of."""
    seen, units = ranking.seen, ranking.units(0)
    best = ranking.best(units)
    there, near = seen.meant[units].any(axis=0), seen.meant[[units[0], best]].any(axis=0)
    for place, concept in enumerate(seen.asked.concepts):
        if (concept.year and not there[place]) or (concept.term == seen.asked.counted and not near[place]):
            return False
    return bool(seen.met[best])


def _names_there(concepts: Sequence[Concept], meant: Matrix, required: Sequence[str]) -> bool:
    terms = {term for words in required for term in text.terms(words)}
    named = [place for place, concept in enumerate(concepts) if concept.term in terms and concept.weight >= TELLING]
    return not named or bool(meant[named].any())


def _expanded(ranking: Ranking) -> tuple[Change, ...]:
    """The other words that the best passage has for words that it lacks, the strongest of each."""
    seen, units, changes = ranking.seen, ranking.units(0), dict[str, Change]()
    held = seen.held[units].any(axis=0)
    for place, concept in enumerate(seen.asked.concepts):
        there = [option for option in concept.options if option.shown and seen.there(option, units)]
        if there and not held[place]:
            changes.setdefault(concept.phrase, Change(concept.phrase, max(there, key=lambda option: option.strength).shown))
    return tuple(changes.values())
