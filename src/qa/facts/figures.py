"""Figures for many groups at once: quantifiers over counts, percentages, totals, and the
numbering of labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.facts.current_facts import Flags, Numbers
from qa.question import query as q

_DENSE = 2_000_000  # up to this many combinations of labels are counted in an array


def holding(quantifier: q.Quantifier, matching: NDArray[np.int64], whole: NDArray[np.int64]) -> Flags:
    """Return :meth:`Quantifier.holds` for many at once."""
    held = matching >= quantifier.low
    if quantifier.high is not None:
        held &= matching <= quantifier.high
    if quantifier.is_share:
        held &= whole > 0
    return held & comparing(quantifier, matching, whole)


def comparing(quantifier: q.Quantifier, number: NDArray[np.int64], other: NDArray[np.int64]) -> Flags:
    """Return :meth:`Quantifier.compares` for many at once."""
    held = np.ones(len(number), np.bool_)
    bounds = (quantifier.over, quantifier.least, quantifier.under, quantifier.most)
    for part, compare in zip(bounds, (np.greater, np.greater_equal, np.less, np.less_equal), strict=True):
        if part is not None:
            held &= compare(number * part.denominator, other * part.numerator)
    return held


def shares(matching: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return :func:`qa.facts.result.share` for many at once."""
    return np.divide(100 * matching, whole, out=np.zeros(len(whole)), where=whole > 0)


def total(function: str, values: Sequence[float]) -> float:
    """Return the sum, mean, minimum or maximum of some numbers."""
    if function == "least":
        return min(values)
    if function == "most":
        return max(values)
    return math.fsum(values) / (len(values) if function == "mean" else 1)


def counts(groups: Iterator[Numbers], number: int) -> NDArray[np.int64]:
    """Return the number of members of each of ``number`` groups."""
    found = np.zeros(number, np.int64)
    for of_unit in groups:
        found += np.bincount(of_unit, minlength=number)
    return found


def numbered(parts: Sequence[NDArray[np.int64]], width: int) -> tuple[NDArray[np.int64], Numbers]:
    """Number the different rows of codes: return them, in their order, and for each row its number."""
    codes = np.concatenate(parts) if parts else np.empty((0, width), np.int64)
    if not len(codes):
        return np.empty((0, width), np.int64), np.empty(0, np.int32)
    sizes = codes.max(axis=0) + 1
    joined = np.zeros(len(codes), np.int64)
    for place in range(width):
        joined = joined * sizes[place] + codes[:, place]
    space = math.prod(sizes.tolist())
    if space <= _DENSE:
        found = np.flatnonzero(np.bincount(joined, minlength=space))
        numbers = np.empty(space, np.int32)
        numbers[found] = np.arange(len(found))
        back = numbers[joined]
    else:
        found, back = np.unique(joined, return_inverse=True)
    labels = np.empty((len(found), width), np.int64)
    left = found
    for place in reversed(range(width)):
        labels[:, place] = left % sizes[place]
        left = left // sizes[place]
    return labels, back.astype(np.int32)
