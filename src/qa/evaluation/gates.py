"""``--fail-under METRIC=X``: the figures below which a run fails."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.errors import UsageError
from qa.evaluation.metrics import BY_NAME, Metric
from qa.evaluation.results import Estimate


@dataclass(frozen=True)
class Gate:
    """A bound for a metric over the whole set: a minimum, or a maximum if lower is better."""

    metric: Metric
    bound: float

    def breach(self, estimates: Mapping[str, Estimate]) -> str | None:
        """Return how the bound is missed, or ``None`` if it is met. A metric that no question has a gold for
        counts as missed."""
        estimate = estimates.get(self.metric.name)
        if estimate is None or estimate.value is None:
            return f"{self.metric.name} can't be measured on this question set"
        if self.metric.higher_is_better and estimate.value < self.bound:
            return f"{self.metric.name} {estimate.value:.4g} is below {self.bound:g}"
        if not self.metric.higher_is_better and estimate.value > self.bound:
            return f"{self.metric.name} {estimate.value:.4g} is above {self.bound:g}"
        return None


def read_gates(texts: Iterable[str]) -> tuple[Gate, ...]:
    """Read bounds like ``right=0.8``.

    Raises:
        UsageError: one is not of this form, or names no metric; the message names those there are.
    """
    return tuple(_gate(text) for text in texts)


def breaches(gates: Iterable[Gate], estimates: Mapping[str, Estimate]) -> Iterator[str]:
    """Yield a message for each bound that is missed."""
    return (breach for gate in gates if (breach := gate.breach(estimates)))


def _gate(text: str) -> Gate:
    name, _, bound = (part.strip() for part in text.partition("="))
    if name not in BY_NAME:
        near = difflib.get_close_matches(name, BY_NAME, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"--fail-under knows no metric {name!r}.{hint} It knows {', '.join(BY_NAME)}.")
    metric, number = BY_NAME[name], _number(bound)
    if math.isnan(number):
        raise UsageError(f"--fail-under {text!r} is not of the form METRIC=X, e.g. {name}=0.8.")
    if metric.unit == "share" and not 0 <= number <= 1:
        raise UsageError(f"--fail-under {text!r} can't be: {name} lies from 0 to 1, so 90 % is 0.9.")
    return Gate(metric, number)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
