"""The metrics: a table of names, meanings, and how each is estimated from results.

An estimate takes weights (how often each question counts), so that the value and its bootstrap interval come
from the same code. A share of yes and no has Wilson's interval, which is also valid for few questions. An
unanswered question counts as zero, never as absent; a metric is undefined (``None``) only if no gold asks for
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.results import Estimate, Result
from qa.evaluation.statistics import Array, Estimator, intervals, point, wilson
from qa.matrices import product

BINS = 10  # bins for the calibration error
FEW = 30  # questions; with fewer, too few bootstrap samples differ
Unit = Literal["share", "ms"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Prepared:
    """A metric over some results: which questions count, the estimator over all of them, and for a share the
    number of trials."""

    counted: Mask
    estimate: Estimator
    trials: float | None = None


@dataclass(frozen=True)
class Metric:
    """One row of the table."""

    name: str
    title: str
    prepare: Callable[[Sequence[Result]], Prepared]
    higher_is_better: bool = True
    unit: Unit = "share"
    by_question: bool = (
        False  # true for a mean of scores per question, so that two runs can be compared by question
    )

    def gain(self, before: float, after: float) -> float:
        """Return how much better ``after`` is than ``before``; negative if it is worse."""
        return after - before if self.higher_is_better else before - after


def estimate_all(results: Sequence[Result]) -> dict[str, Estimate]:
    """Return every metric that is defined for these results, in the table's order."""
    prepared = {metric.name: metric.prepare(results) for metric in METRICS}
    values = {
        name: value
        for name, one in prepared.items()
        if (value := point(one.estimate, len(results))) is not None
    }
    spread = intervals(
        {name: prepared[name].estimate for name in values if prepared[name].trials is None}, len(results)
    )
    shares = {
        name: wilson(value, trials)
        for name, value in values.items()
        if (trials := prepared[name].trials) is not None
    }
    bounds = {**spread, **shares}
    return {
        name: Estimate(int(prepared[name].counted.sum()), value, *(bounds[name] or (None, None)))
        for name, value in values.items()
    }


def scores(results: Sequence[Result], name: str) -> Array:
    """Return the score of each question by a metric that is scored per question; NaN if its gold does not ask
    for it."""
    return np.array([result.marks.get(name, np.nan) for result in results], dtype=np.float64)


def _ratio(above: Array, below: Array) -> Estimator:
    """Return the weighted sum of ``above`` divided by that of ``below``; undefined if the latter is zero."""

    def estimate(weights: Array) -> Array:
        total = product(weights, below)
        return _divided(product(weights, above), total)

    return estimate


def _divided(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))


def _mean(name: str) -> Callable[[Sequence[Result]], Prepared]:
    def prepare(results: Sequence[Result]) -> Prepared:
        values = scores(results, name)
        counted = ~np.isnan(values)
        told = np.where(counted, values, 0.0)
        # Wilson's interval is exact enough for a share; for a mean of other scores up to 1 it is too wide,
        # never too narrow.
        is_share = counted.sum() < FEW or bool(np.isin(told, (0.0, 1.0)).all())
        return Prepared(
            counted, _ratio(told, counted.astype(np.float64)), float(counted.sum()) if is_share else None
        )

    return prepare


def _refusal_precision(results: Sequence[Result]) -> Prepared:
    """Return the share of refusals that were right; 0 if nothing that should be refused was."""
    refused, unanswerable = _refusals(results)
    ratio = _ratio(refused * unanswerable, refused)

    def estimate(weights: Array) -> Array:
        return np.where(
            (product(weights, refused) == 0) & (product(weights, unanswerable) > 0), 0.0, ratio(weights)
        )

    return Prepared((refused + unanswerable) > 0, estimate, float(refused.sum()))


def _refusal_recall(results: Sequence[Result]) -> Prepared:
    """Return the share of the questions without an answer that were refused."""
    refused, unanswerable = _refusals(results)
    return Prepared(unanswerable > 0, _ratio(refused * unanswerable, unanswerable), float(unanswerable.sum()))


def _refusals(results: Sequence[Result]) -> tuple[Array, Array]:
    refused = np.array([result.refused for result in results], dtype=np.float64)
    return refused, np.array([not result.answerable for result in results], dtype=np.float64)


@dataclass(frozen=True)
class RiskGroups:
    """Questions from the most to the least confident answer, those with equal confidence together, then those
    not answered.

    ``order`` sorts questions into that order; ``starts`` is where each group begins; ``errors`` is 1 for a
    wrong answer and for a refusal of what has an answer, by question in that order; ``answered`` is how many
    of the groups were answered.
    """

    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    errors: Array
    answered: int


def risk_groups(results: Sequence[Result]) -> RiskGroups:
    """Group the results for the risk-coverage curve."""
    confidence = np.array([result.confidence if result.answered else -1.0 for result in results])
    right = [
        result.right_as_told if result.answered else result.refused and not result.answerable
        for result in results
    ]
    order = np.argsort(-confidence, kind="stable")
    falling = confidence[order]
    starts = np.flatnonzero(np.r_[True, falling[1:] != falling[:-1]])
    return RiskGroups(
        order, starts, 1.0 - np.array(right, dtype=np.float64)[order], int((falling[starts] >= 0).sum())
    )


def _aurc(results: Sequence[Result]) -> Prepared:
    """Return the area under the risk-coverage curve (Geifman and El-Yaniv, 2017) over all questions, 0 being
    the best.

    Questions of equal confidence have no order, so each group adds its average over all orders: the sum over
    j = 1…m of (E + e j/m) / (N + j), with N questions and E errors before it, and m questions and e errors in
    it.
    """
    groups = risk_groups(results)

    def estimate(weights: Array) -> Array:
        ordered = weights[:, groups.order]
        sizes = np.add.reduceat(ordered, groups.starts, axis=1)
        wrong = np.add.reduceat(ordered * groups.errors, groups.starts, axis=1)
        before, wrong_before = np.cumsum(sizes, axis=1) - sizes, np.cumsum(wrong, axis=1) - wrong
        harmonic = np.r_[0.0, np.cumsum(1.0 / np.arange(1, len(groups.order) + 1))]
        span = harmonic[(before + sizes).astype(np.int64)] - harmonic[before.astype(np.int64)]
        share = np.divide(wrong, sizes, out=np.zeros_like(wrong), where=sizes > 0)
        return np.asarray(
            (wrong_before * span + share * (sizes - before * span)).sum(axis=1) / len(groups.order)
        )

    return Prepared(np.ones(len(results), dtype=np.bool_), estimate)


def calibration_bins(results: Sequence[Result]) -> tuple[Array, Array, Array]:
    """Return for the answered questions: membership of ten equal bins of confidence (10, n), confidence (n,),
    rightness (n,).
    """
    confidence = np.array([result.confidence for result in results])
    answered = np.array([result.answered for result in results])
    right = np.array([result.right_as_told for result in results], dtype=np.float64)
    bins = np.clip(np.ceil(np.round(confidence * BINS, 9)).astype(np.int64) - 1, 0, BINS - 1)
    return ((bins == np.arange(BINS)[:, None]) & answered).astype(np.float64), confidence, right


def _calibration_error(results: Sequence[Result]) -> Prepared:
    """Return the expected calibration error (Guo et al., 2017) of the answers given, in ten equal bins;
    undefined if none was given.
    """
    members, confidence, right = calibration_bins(results)

    def estimate(weights: Array) -> Array:
        total = product(weights, members.T).sum(axis=1)
        gaps = np.abs(product(weights, (members * (right - confidence)).T)).sum(axis=1)
        return _divided(gaps, total)

    return Prepared(np.asarray(members.any(axis=0)), estimate)


def _latency(share: float) -> Callable[[Sequence[Result]], Prepared]:
    """Return the metric for the lowest time that this share of the questions does not exceed (nearest rank),
    in milliseconds."""

    def prepare(results: Sequence[Result]) -> Prepared:
        times = np.array([result.ms for result in results])
        order = np.argsort(times, kind="stable")

        def estimate(weights: Array) -> Array:
            reached = np.cumsum(weights[:, order], axis=1) >= share * len(times) - 1e-9
            return np.asarray(times[order][reached.argmax(axis=1)])

        return Prepared(np.ones(len(times), dtype=np.bool_), estimate)

    return prepare


def _by_question(name: str, title: str) -> Metric:
    return Metric(name, title, _mean(name), by_question=True)


METRICS = (
    _by_question("right", "Fully right"),
    replace(_by_question("wrong_told", "Wrong, but stated as sure"), higher_is_better=False),
    _by_question("facts_precision", "Facts returned that belong"),
    _by_question("facts_recall", "Facts that belong and were returned"),
    _by_question("facts_exact", "Exactly the right facts"),
    _by_question("figures", "Every figure given"),
    _by_question("direct", "Answered directly in the text"),
    _by_question("points", "Points given of those of a full answer"),
    _by_question("success@1", "Right passage first"),
    _by_question("success@3", "Right passage in the first 3"),
    _by_question("success@5", "Right passage in the first 5"),
    _by_question("rr", "Reciprocal rank of the right passage"),
    _by_question("ndcg@10", "nDCG of the first 10 passages"),
    _by_question("r@10", "Recall in the first 10 passages"),
    _by_question("sentence", "Marked sentence has the answer"),
    _by_question("exact_match", "Marked sentence equals the answer"),
    _by_question("f1", "Marked sentence's overlap with the answer (F1)"),
    Metric("refusal_precision", "Refusals that were right", _refusal_precision),
    Metric("refusal_recall", "Unanswerable questions refused", _refusal_recall),
    Metric("aurc", "Area under the risk-coverage curve", _aurc, higher_is_better=False),
    Metric("ece", "Calibration error", _calibration_error, higher_is_better=False),
    Metric("p50_ms", "Latency, median", _latency(0.50), higher_is_better=False, unit="ms"),
    Metric("p95_ms", "Latency, 95th percentile", _latency(0.95), higher_is_better=False, unit="ms"),
    Metric("p99_ms", "Latency, 99th percentile", _latency(0.99), higher_is_better=False, unit="ms"),
)
BY_NAME = {metric.name: metric for metric in METRICS}
