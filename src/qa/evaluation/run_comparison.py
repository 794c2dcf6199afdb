"""Two runs side by side: what got better, what got worse, and whether chance explains it; pure.

Questions are paired by id. Left out of the pairs and counted separately are those that only one run asked,
those whose question or gold differs between the runs, and those whose gold no longer matches the corpus.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
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
    relabelled = tuple(now.id for then, now in shared if _label(then) != _label(now))
    drifted = tuple(now.id for then, now in shared if then.drift or now.drift)
    left_out = {*relabelled, *drifted}
    pairs = [pair for pair in shared if pair[1].id not in left_out]
    better, worse = _shifts(pairs)
    return Comparison(
        paired=len(pairs),
        differences=tuple(_differences(pairs)),
        better=better,
        worse=worse,
        only_before=_not_in(after, before),
        only_now=_not_in(before, after),
        relabelled=relabelled,
        drifted=drifted,
    )


def _not_in(other: Container[str], ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that are not in the other run, in order."""
    return tuple(name for name in ids if name not in other)


def _label(result: Result) -> object:
    return result.question, result.history, result.kind, result.gold


def _shifts(pairs: Iterable[Pair]) -> tuple[tuple[Shift, ...], tuple[Shift, ...]]:
    """Return the questions that score better and those that score worse, the largest differences first."""
    shifts = [_shift(then, now) for then, now in pairs]
    better = [shift for shift in shifts if shift.size > (0, 0)]
    worse = [shift for shift in shifts if shift.size < (0, 0)]
    better.sort(key=lambda shift: shift.size, reverse=True)
    worse.sort(key=lambda shift: shift.size)
    return tuple(better), tuple(worse)


def _shift(before: Result, now: Result) -> Shift:
    both = [metric for metric in METRICS if metric.name in before.marks and metric.name in now.marks]
    scored = [(metric, before.marks[metric.name], now.marks[metric.name]) for metric in both]
    return Shift(before, now, tuple(mark for mark in scored if mark[1] != mark[2]))


def _differences(pairs: Sequence[Pair]) -> list[Difference]:
    """Return every metric that both runs have; none without pairs."""
    if not pairs:
        return []
    before, after = [then for then, _ in pairs], [now for _, now in pairs]
    found = (_difference(metric, before, after) for metric in METRICS)
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
