"""Intervals (Wilson, bootstrap) and significance (randomisation): seeded, so that the same results always
give the same figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from qa.matrices import product

Array = NDArray[np.float64]
Estimator = Callable[
    [Array], Array
]  # weights of shape (draws, questions) → one estimate per draw, NaN if undefined

DRAWS = 1_000
SHUFFLES = 10_000
_NORMAL = 1.959964  # standard deviations that contain 95 % of a normal distribution
_SEED = 20180315
_AT_ONCE = 4_000_000  # weights in memory
_EXACT_UP_TO = 12  # up to this many differing questions, 4,096 sign patterns, are counted exactly


def point(estimate: Estimator, questions: int) -> float | None:
    """Return the estimate over all questions; ``None`` if it is undefined."""
    value = float(estimate(np.ones((1, questions)))[0])
    return None if np.isnan(value) else value


def wilson(share: float, trials: float) -> tuple[float, float]:
    """Return the 95 % interval of Wilson (1927) for a share of ``trials``; from 0 to 1 if there are none.

    It is valid for few trials and for shares of 0 and 1 as well, where a bootstrap says nothing: 1 of 1 is
    from 0.207 to 1.
    """
    if not trials:
        return 0.0, 1.0
    spread = _NORMAL**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    reach = _NORMAL / (1 + spread) * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def intervals(estimates: dict[str, Estimator], questions: int) -> dict[str, tuple[float, float] | None]:
    """Return 95 % percentile bootstrap intervals (Efron, 1979): questions drawn with replacement, the same
    draws for every estimate.
    """
    drawn = [
        {name: estimate(weights) for name, estimate in estimates.items()} for weights in _resamples(questions)
    ]
    return {name: _middle(np.concatenate([part[name] for part in drawn])) for name in estimates}


def _resamples(questions: int) -> Iterator[Array]:
    """Yield how often each question is drawn, some draws at a time."""
    random = np.random.default_rng(_SEED)
    left, most = DRAWS, max(1, _AT_ONCE // questions)
    while left > 0:
        draws = min(left, most)
        chosen = random.integers(0, questions, (draws, questions)) + questions * np.arange(draws)[:, None]
        yield (
            np.bincount(chosen.ravel(), minlength=draws * questions)
            .reshape(draws, questions)
            .astype(np.float64)
        )
        left -= draws


def _middle(values: Array) -> tuple[float, float] | None:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, [0.025, 0.975])
    return float(low), float(high)


def randomisation_p(before: Array, after: Array) -> float:
    """Return the two-sided p-value of a paired randomisation test (Fisher, 1935; Smucker et al., 2007) of the
    mean difference.

    Under the null hypothesis each question's two results are interchangeable. All exchanges are counted if
    few questions differ, otherwise 10,000 random ones. ``before`` and ``after`` have one value per question;
    equal runs give 1.
    """
    differences = (after - before)[after != before]
    if len(differences) <= _EXACT_UP_TO:
        signs = 1 - 2 * ((np.arange(2 ** len(differences))[:, None] >> np.arange(len(differences))) & 1)
        return float(np.mean(_as_extreme(signs.astype(np.float64), differences)))
    random = np.random.default_rng(_SEED)
    extreme, left = 0, SHUFFLES
    while left > 0:
        draws = min(left, max(1, _AT_ONCE // len(differences)))
        signs = 2 * random.integers(0, 2, (draws, len(differences))) - 1
        extreme += int(_as_extreme(signs.astype(np.float64), differences).sum())
        left -= draws
    return (extreme + 1) / (SHUFFLES + 1)


def _as_extreme(signs: Array, differences: Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(product(signs, differences)) >= abs(differences.sum()) - 1e-9)
