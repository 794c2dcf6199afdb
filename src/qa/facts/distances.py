"""Distances of subjects from the mean position of some: conditions on distance over a view, and the distances
that sort a scope and are shown.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qa.facts.coordinates import Coordinates, Middle, middle_of
from qa.facts.current_facts import Flags
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Condition, Query

Miles = NDArray[np.float64]
_DIGITS = 3  # of a mile: finer than any postcode, and coarse enough for two programs to agree
Holds = Callable[[Condition], Flags]


def middle(near: q.Near, view: View, holds: Holds) -> Middle | None:
    """Return the mean position that a condition measures from; ``None`` if no subject there has
    a known one.
    """
    found = Coordinates.of(view.store)
    return None if found is None else middle_of(found, holds(near.of) & view.present)


def miles(near: q.Near, view: View, holds: Holds) -> Miles:
    """Return the distance in miles of every subject from the middle of a condition; NaN if unknown, or if the
    condition is not about distance.
    """
    found, begin = Coordinates.of(view.store), middle(near, view, holds)
    if found is None or begin is None:
        return np.full(view.size, np.nan)
    distance = np.round(found.miles(begin.latitude, begin.longitude), _DIGITS)
    for leaf in _named(near.of):
        distance[view.subjects(leaf.subjects)] = np.nan
    return distance


def within(near: q.Near, view: View, holds: Holds) -> Flags:
    """Return which subjects are as near as a condition requires."""
    distance = miles(near, view, holds)
    if near.distance is None:
        return ~np.isnan(distance)
    most = near.distance if near.unit == "miles" else near.distance / q.KM
    with np.errstate(invalid="ignore"):
        found: Flags = distance <= round(most, _DIGITS)
    return found


def nearest_middle(query: Query, view: View, holds: Holds) -> Miles | None:
    """Return the distance of every subject from the nearest of a Query's middles; ``None`` if it has no
    condition on distance.
    """
    parts = q.nears(query)
    if not parts:
        return None
    found = np.full(view.size, np.nan)
    for near in parts:
        found = np.fmin(found, miles(near, view, holds))
    return found


def _named(condition: Condition) -> tuple[q.Named, ...]:
    return tuple(part for part in q.parts_of(condition) if isinstance(part, q.Named))
