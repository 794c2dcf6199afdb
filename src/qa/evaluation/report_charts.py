"""The numbers behind the report's charts: each chart draws the rows of its table; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from qa.evaluation.metrics import BINS, calibration_bins, risk_groups
from qa.evaluation.results import Result
from qa.matrices import product

T = TypeVar("T")
_POINTS = 200  # points of a curve; more are not visible
_COLUMNS = 12  # columns of the latency chart


@dataclass(frozen=True)
class CalibrationBin:
    """Answers with a confidence above ``low``, up to ``high``: their number, mean confidence and share that
    is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True)
class RiskPoint:
    """The effect of answering only with at least this confidence: the share of all questions answered, and
    the share of those that is wrong."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True)
class LatencyColumn:
    """The number of questions that took from ``low`` to below ``high`` milliseconds."""

    low: float
    high: float
    n: int


def calibration(results: Sequence[Result]) -> list[CalibrationBin]:
    """Return the bins of confidence that contain answers."""
    members, confidence, right = calibration_bins(results)
    counts = members.sum(axis=1)
    return [
        CalibrationBin(number / BINS, (number + 1) / BINS, int(n), float(certain / n), float(rightly / n))
        for number, (n, certain, rightly) in enumerate(
            zip(counts, product(members, confidence), product(members, right), strict=True)
        )
        if n
    ]


def risk_curve(results: Sequence[Result]) -> list[RiskPoint]:
    """Return the risk-coverage curve of the answers given, from the surest; [] if none was given."""
    groups = risk_groups(results)
    ends = np.r_[groups.starts[1:], len(results)][: groups.answered]
    wrong = np.cumsum(groups.errors)
    return [
        RiskPoint(
            results[groups.order[end - 1]].confidence, float(end / len(results)), float(wrong[end - 1] / end)
        )
        for end in thinned(list(ends), _POINTS)
    ]


def latencies(results: Sequence[Result]) -> list[LatencyColumn]:
    """Return the times in columns of equal ratio, so that both fast and slow answers show."""
    times = [max(result.ms, 0.001) for result in results]
    edges = np.geomspace(min(times), max(times) * 1.0001, _COLUMNS + 1)
    counts, _ = np.histogram(times, edges)
    return [
        LatencyColumn(float(left), float(right), int(n))
        for left, right, n in zip(edges[:-1], edges[1:], counts, strict=True)
    ]


def thinned(values: Sequence[T], most: int) -> list[T]:
    """Return at most ``most`` of the values, evenly spaced, including the first and the last."""
    if len(values) <= most:
        return list(values)
    return [values[round(number * (len(values) - 1) / (most - 1))] for number in range(most)]
