"""The features that sentences are ranked by: what was seen of each unit, in numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qa.retrieval.index import Offsets
from qa.retrieval.look import Look, Matrix, Present

SATURATION = 1.2  # of repeated words, as BM25's k1 …
LENGTH = 0.75  # … and its b
USUAL = 14.0  # words of a sentence, its stop words left out


def features(seen: Look) -> Mapping[str, Matrix]:
    """One number a unit for each feature's name. Words count by the information that they carry.

    A feature that begins with "tells_" is there only where the question's kind looks for such a word.
    """
    weights, held, meant = seen.weights, seen.held, seen.meant
    firsts, owner = seen.window.firsts, seen.window.owner
    room = SATURATION * (1 - LENGTH + LENGTH * seen.sizes / USUAL)
    often = seen.counts * ((SATURATION + 1) / (seen.counts + room[:, None]))
    anywhere, exactly = np.maximum.reduceat(meant, firsts), np.maximum.reduceat(held, firsts)
    names = weights * [concept.name for concept in seen.asked.concepts]
    return {
        "words": held @ weights,
        "often": often @ weights,
        "square": held @ weights**2,
        "other_words": (meant - held) @ weights,
        "context": (_before(meant > 0, firsts, owner) & (meant == 0)) @ weights,
        "passage_other_words": ((anywhere - exactly) @ weights)[owner],
        "pairs": seen.pairs,
        "names": held @ names,
        "names_lacking": ((anywhere == 0) @ names)[owner],
        "first": (np.arange(len(owner)) == firsts[owner] + 1).astype(np.float64),
        **{f"tells_{flag}": units.astype(np.float64) for flag, units in seen.told.items()},
    }


def _before(there: Present, firsts: Offsets, owner: Offsets) -> Present:
    """Of each unit and concept: whether a unit before it in its passage has it."""
    ahead = np.cumsum(there, axis=0) - there
    earlier: Present = ahead > ahead[firsts][owner]
    return earlier
