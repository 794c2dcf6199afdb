"""The features that sentences are ranked by: what was seen of each unit, in numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.index import Offsets
from qa.retrieval.look import Look, Matrix, Present


def features(seen: Look) -> Mapping[str, Matrix]:
    """One number a unit for each feature's name. Words count by the information that they carry.

    A feature that begins with "tells_" is there only where the question's kind looks for such a word.
    """
    held, meant, weights = seen.held, seen.meant, seen.weights
    firsts, owner = seen.window.firsts, seen.window.owner
    names = weights * [concept.name for concept in seen.asked.concepts]
    words, held_names = (held @ np.array([weights, names]).T).T
    anywhere = np.maximum.reduceat(meant, firsts)
    exactly = np.maximum.reduceat(held, firsts)
    often = seen.counts / (seen.counts + seen.room[:, None])
    first = np.zeros(len(owner))
    first[firsts[firsts + 1 < len(owner)] + 1] = 1  # where a passage has no sentence, this marks what stands above the next, never ranked
    return {
        "words": words,
        "often": often @ weights,
        "other_words": meant @ weights - words,
        "context": (_before(meant > 0, firsts, owner) & (meant == 0)) @ weights,
        "passage_other_words": ((anywhere - exactly) @ weights)[owner],
        "pairs": seen.pairs,
        "names": held_names,
        "names_lacking": ((anywhere == 0) @ names)[owner],
        "first": first,
        "unmet": (~seen.met).astype(np.float64),
        **{f"tells_{flag}": units for flag, units in seen.told.items()},
    }


def _before(there: Present, firsts: Offsets, owner: Offsets) -> Present:
    """Of each unit and concept: whether a unit before it in its passage has it."""
    ahead: NDArray[np.intp] = np.cumsum(there, axis=0) - there
    earlier: Present = ahead > ahead[firsts][owner]
    return earlier
