"""Sentences and passages by how well they answer: a linear score of each sentence's features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qa.retrieval.features import features
from qa.retrieval.index import Offsets
from qa.retrieval.look import Look, Matrix

_NONE = -1e9  # stands for minus infinity where it would be in the way


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What was seen, in order. ``order`` holds the places of the passages in the window, best first."""

    seen: Look
    scores: Matrix  # of each unit, the logarithm of its odds but for a constant; minus infinity of what stands above a passage
    totals: Matrix  # of each passage, the logarithm of its sentences' odds together
    order: Offsets

    def units(self, rank: int) -> tuple[int, int]:
        """The first unit of the passage of a rank, 0 for the best, which is what stands above it, and the unit after its last."""
        return self.seen.window.units_of(int(self.order[rank]))

    def best(self, first: int, last: int) -> int:
        """The unit, of those from ``first`` to before ``last``, that answers best; what stands above where there is no sentence."""
        return first + int(self.scores[first:last].argmax())


def rank(seen: Look, coefficients: Mapping[str, float]) -> Ranking:
    """Put the passages that were looked at in order; equally good ones stay in the order in which the engine found them."""
    found = features(seen)
    scores = np.array([coefficients[name] for name in found]) @ np.array(list(found.values()))
    scores[seen.window.firsts] = -np.inf
    totals = _totals(scores, seen.window.firsts, seen.window.owner)
    return Ranking(seen, scores, totals, np.argsort(-totals, kind="stable"))


def _totals(scores: Matrix, firsts: Offsets, owner: Offsets) -> Matrix:
    highest = np.maximum(np.maximum.reduceat(scores, firsts), _NONE)
    together: Matrix = highest + np.log(np.maximum(np.add.reduceat(np.exp(scores - highest[owner]), firsts), 1.0))
    return together
