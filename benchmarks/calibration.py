"""Confidence against truth: a table of ten bins, the expected calibration error and the area under the ROC
curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

BINS = 10
DRAWS = 300  # by which the error of as many answers is guessed whose confidence is the truth


class Told(NamedTuple):
    """One answer: how sure it was told to be, and whether it was right."""

    confidence: float
    right: bool


def error(told: Sequence[Told]) -> float:
    """The expected calibration error (Guo et al., 2017): the mean over all answers of how far their bin is
    from the truth.
    """
    return sum(abs(sum(one.right - one.confidence for one in held)) for held in _binned(told)) / len(told)


def least_error(told: Sequence[Told]) -> float:
    """The error to expect of so many answers if their confidence is the truth: with few in a bin it is far
    from 0.
    """
    random = np.random.default_rng(7)
    chances = [one.confidence for one in told]
    draws = random.random((DRAWS, len(told))) < chances
    return float(np.mean([error(list(map(Told, chances, map(bool, draw)))) for draw in draws]))


def auroc(told: Sequence[Told]) -> float:
    """The probability that a right answer is told with more confidence than a wrong one, ties counted half;
    nan without both.
    """
    confidence, right = np.array([one.confidence for one in told]), np.array([one.right for one in told])
    if right.all() or not right.any():
        return float("nan")
    above = confidence[right][:, None] - confidence[~right]
    return float(((above > 0) + (above == 0) / 2).mean())


def table(title: str, told: Sequence[Told]) -> str:
    """The bins that hold answers, and both figures."""
    lines = [f"{title}: {len(told)} answers, {100 * np.mean([one.right for one in told]):.1f} % right"]
    lines.append(f"{'confidence':>14}{'told':>8}{'right':>8}{'answers':>9}")
    for place, held in enumerate(_binned(told)):
        if held:
            bounds = f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}"
            means = [
                float(np.mean([one.confidence for one in held])),
                float(np.mean([one.right for one in held])),
            ]
            lines.append(f"{bounds:>14}{means[0]:8.3f}{means[1]:8.3f}{len(held):9d}")
    lines.append(
        f"  expected calibration error {error(told):.3f} (of true confidence: {least_error(told):.3f}) "
        f"· AUROC {auroc(told):.3f}"
    )
    return "\n".join(lines)


def _binned(told: Sequence[Told]) -> list[list[Told]]:
    bins: list[list[Told]] = [[] for _ in range(BINS)]
    for one in told:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return bins
