"""How sure it is that the marked sentence of the first passage answers the question, and whether it is told as an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa import text
from qa.records import Change
from qa.retrieval.asked import Concept
from qa.retrieval.look import Look, Matrix
from qa.retrieval.model import Model

# A word that is read as another one, and is there, is as good as covered.
READ = 1.7
TELLING = 2.0  # information of a name that tells one passage from the others


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of the best passage."""

    confidence: float
    answered: bool
    expanded: tuple[Change, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best passage of a look: its ``units`` here, of which ``best`` marks the answer, and all passages' ``totals``, best first."""

    seen: Look
    units: NDArray[np.int64]
    best: int
    scores: Matrix
    totals: Matrix


def verdict(found: Found, required: Sequence[str], model: Model) -> Verdict:
    """Judge the best passage. ``required`` are words of names, of which it must have one that tells it from others."""
    concepts, meant = found.seen.asked.concepts, found.seen.meant[found.units].max(axis=0)
    lacking = [concept for concept, strength in zip(concepts, meant, strict=True) if not strength and not concept.aside]
    signs = signals(found)
    supported = _probability(signs, model.support) >= model.threshold
    whole = not any(concept.number for concept in lacking) and _names_there(concepts, meant, required)
    return Verdict(
        _probability(signs, model.confidence),
        supported and whole and _demand_met(found),
        _expanded(found),
        tuple(concept.word for concept in lacking),
    )


def signals(found: Found) -> Mapping[str, float]:
    """What the probability that the marked sentence answers is worked out from."""
    seen = found.seen
    sure = np.array([not concept.aside for concept in seen.asked.concepts], dtype=bool)
    weights = seen.weights * sure
    whole = float(weights.sum()) or 1.0
    names = weights * [concept.name for concept in seen.asked.concepts]
    passage = np.minimum(1.0, READ * seen.meant[found.units].max(axis=0))
    near = np.maximum(seen.meant[found.best], seen.meant[found.units[0]])
    sentence = np.minimum(1.0, READ * near)
    others = np.sort(found.scores[found.units[1:]])
    return {
        "passage_covers": float(passage @ weights) / whole,
        "sentence_covers": float(sentence @ weights) / whole,
        "heaviest_lacking": float(((1 - sentence) * weights).max(initial=0.0)),
        "names_lacking": float((near == 0) @ names) / whole,
        "share_of_odds": float(1 / np.exp(found.totals - found.totals[0]).sum()),
        "above_other_sentences": float(others[-1] - others[-2]) if len(others) > 1 else 5.0,
        "pairs": float(seen.pairs[found.best]) / max(1, len(seen.asked.sequence) - 1),
    }


def _probability(signs: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    odds = coefficients["constant"] + sum(coefficients[name] * value for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _demand_met(found: Found) -> bool:
    """Whether the marked sentence holds the kind of word that is demanded, and what "how many" asks to be counted."""
    counted = next((place for place, concept in enumerate(found.seen.asked.concepts) if concept.term == found.seen.asked.counted), None)
    there = counted is None or found.seen.meant[[found.best, found.units[0]], counted].any()
    return bool(found.seen.met[found.best] and there)


def _names_there(concepts: Sequence[Concept], meant: Matrix, required: Sequence[str]) -> bool:
    terms = {term for words in required for term in text.terms(words)}
    named = [place for place, concept in enumerate(concepts) if concept.term in terms and concept.weight >= TELLING]
    return not named or bool(meant[named].any())


def _expanded(found: Found) -> tuple[Change, ...]:
    """The other words that the best passage has for words that it lacks, the strongest of each."""
    seen, changes = found.seen, dict[str, Change]()
    held = seen.held[found.units].any(axis=0)
    for place, concept in enumerate(seen.asked.concepts):
        there = [option for option in concept.options if option.shown and seen.there(option, found.units)]
        if there and not held[place]:
            changes.setdefault(concept.phrase, Change(concept.phrase, max(there, key=lambda option: option.strength).shown))
    return tuple(changes.values())
