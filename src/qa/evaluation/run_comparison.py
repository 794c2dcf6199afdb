"""Two runs side by side: what got better, what got worse, and whether chance explains it; pure.

Questions are paired by id. Left out of the pairs and counted separately are those that only one run asked,
those whose question or gold differs between the runs, and those whose gold no longer matches the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.metrics import METRICS, Metric, scores
from qa.evaluation.results import Result, Run, marked
from qa.evaluation.statistics import point, randomisation_p

SIGNIFICANT = 0.05
Pair = tuple[Result, Result]  # from the baseline, from this run


@dataclass(frozen=True)
class Shift:
    """A question whose scores changed: ``marks`` are those that differ, as (metric, before, now)."""

    before: Result
    now: Result
    marks: tuple[tuple[Metric, float, float], ...]

    @property
    def size(self) -> tuple[float, float]:
        """How much better (negative: worse) the question scores: fully right first, then all metrics
        together."""
        return float(self.now.right) - float(self.before.right), sum(
            metric.gain(before, now) for metric, before, now in self.marks
        )


@dataclass(frozen=True)
class Difference:
    """A metric over the paired questions. ``p`` and the counts are ``None`` for metrics that are not a mean
    over questions."""

    metric: Metric
    before: float
    after: float
    better: int | None = None
    worse: int | None = None
    p: float | None = None

    @property
    def significant(self) -> bool:
        """True if chance alone explains the difference in fewer than 1 of 20 cases."""
        return self.p is not None and self.p < SIGNIFICANT


@dataclass(frozen=True)
class Comparison:
    """What changed from the baseline to this run; ``better`` and ``worse`` begin with the largest shifts."""

    paired: int
    differences: tuple[Difference, ...]
    better: tuple[Shift, ...]
    worse: tuple[Shift, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    relabelled: tuple[str, ...]
    drifted: tuple[str, ...]


def compare(baseline: Run, run: Run) -> Comparison:
    """Compare a run with the baseline, applying this run's confidence threshold to both."""
    before = {result.id: marked(result, run.told_from) for result in baseline.results}
    after = {result.id: result for result in run.results}
    shared = [(before[name], after[name]) for name in after if name in before]
    relabelled = [now for then, now in shared if _label(then) != _label(now)]
    drifted = [now for then, now in shared if then.drift or now.drift]
    left_out = {result.id for result in (*relabelled, *drifted)}
    pairs = [(then, now) for then, now in shared if now.id not in left_out]
    shifts = [_shift(then, now) for then, now in pairs]
    return Comparison(
        paired=len(pairs),
        differences=tuple(_differences(pairs)) if pairs else (),
        better=tuple(
            sorted(
                (shift for shift in shifts if shift.size > (0, 0)), key=lambda shift: shift.size, reverse=True
            )
        ),
        worse=tuple(sorted((shift for shift in shifts if shift.size < (0, 0)), key=lambda shift: shift.size)),
        only_before=tuple(name for name in before if name not in after),
        only_now=tuple(name for name in after if name not in before),
        relabelled=tuple(result.id for result in relabelled),
        drifted=tuple(result.id for result in drifted),
    )


def _label(result: Result) -> object:
    return result.question, result.history, result.kind, result.gold


def _shift(before: Result, now: Result) -> Shift:
    both = [metric for metric in METRICS if metric.name in before.marks and metric.name in now.marks]
    scored = [(metric, before.marks[metric.name], now.marks[metric.name]) for metric in both]
    return Shift(before, now, tuple(mark for mark in scored if mark[1] != mark[2]))


def _differences(pairs: Sequence[Pair]) -> list[Difference]:
    found = (
        _difference(metric, [then for then, _ in pairs], [now for _, now in pairs]) for metric in METRICS
    )
    return [difference for difference in found if difference is not None]


def _difference(metric: Metric, before: Sequence[Result], after: Sequence[Result]) -> Difference | None:
    values = [point(metric.prepare(results).estimate, len(results)) for results in (before, after)]
    if values[0] is None or values[1] is None:
        return None
    if not metric.by_question:
        return Difference(metric, values[0], values[1])
    then, now = scores(before, metric.name), scores(after, metric.name)
    both = ~np.isnan(then) & ~np.isnan(now)
    then, now = then[both], now[both]
    gains = metric.gain(0, 1) * (now - then)
    return Difference(
        metric,
        values[0],
        values[1],
        int((gains > 0).sum()),
        int((gains < 0).sum()),
        randomisation_p(then, now),
    )
