"""Sentences and passages by how well they answer: a linear score of each sentence's features."""

from __future__ import annotations

import numpy as np

from qa.retrieval.features import features
from qa.retrieval.index import Offsets
from qa.retrieval.look import Look, Matrix
from qa.retrieval.model import Model

_NONE = -1e9  # stands for minus infinity where it would be in the way


def scores(seen: Look, model: Model) -> Matrix:
    """Of each unit, the logarithm of its odds, but for a constant; minus infinity of what stands above a passage."""
    found = np.zeros(len(seen.window.units))
    for name, values in features(seen).items():
        found += model.ranking[name] * values
    found[seen.window.firsts] = -np.inf
    return found


def totals(found: Matrix, firsts: Offsets) -> Matrix:
    """Of each passage, the logarithm of its sentences' odds together."""
    highest = np.maximum(np.maximum.reduceat(found, firsts), _NONE)
    owner = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(found))))
    together: Matrix = highest + np.log(np.maximum(np.add.reduceat(np.exp(found - highest[owner]), firsts), 1.0))
    return together
