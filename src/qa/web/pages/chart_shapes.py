"""Charts as shapes with numbers, for templates to draw as inline SVG: a split by rating, ratings over time,
places on a map.

None has text of its own: a table, or the figures in words, is beside each.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from qa.facts.whole_list import UNRATED
from qa.records import RatingFact
from qa.scale import Scale
from qa.web.pages.badges import Badge, badge

WIDTH = 1000  # of a split and a timeline, in their own units
GAP = 4  # between the parts of a split
LEVEL = 40  # between two levels of a timeline
MOST_DOTS = 2_000
_GRID = 200  # places along a map's longer side at which dots may be
_MILES_OF_A_DEGREE = 69.09  # of latitude
_ROUND_MILES = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
_LONGEST_SCALE = _GRID / 4
_BELOW = 14  # between the lowest dots and the bar of a scale, with its ticks


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One rating of a split: where its part begins, its width, and its count."""

    badge: Badge
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Step:
    """One rating of a timeline."""

    day: datetime.date
    badge: Badge
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """``levels`` are the ratings of the scale, the best on top; ``line`` is an SVG path through the steps;
    ``steps`` are also its table.
    """

    levels: tuple[str, ...]
    steps: tuple[Step, ...]
    line: str
    height: int
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Dots:
    """The dots of one rating, as one SVG path of points."""

    badge: Badge
    path: str


@dataclass(frozen=True, slots=True)
class MapScale:
    """How far it is on a map: a bar as an SVG path, and its length in words, ``5 miles``."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class DotMap:
    """``layers`` are drawn one over the other, the best rating first; ``shown`` places are on it,
    ``unplaced`` have no coordinates. ``scale`` is ``None`` for places on one spot.
    """

    width: int
    height: int
    scale: MapScale | None
    layers: tuple[Dots, ...]
    shown: int
    unplaced: int


def split(ratings: Iterable[tuple[str, int]]) -> tuple[SplitPart, ...]:
    """Return the parts of a stacked bar, as wide as their counts; none if all counts are zero."""
    told = [(rating_badge(words), count) for words, count in ratings if count]
    total = sum(count for _, count in told)
    room = WIDTH - GAP * (len(told) - 1)
    parts, start = [], 0.0
    for shown, count in told:
        width = room * count / total
        parts.append(SplitPart(shown, count, round(start, 1), round(width, 1)))
        start += width + GAP
    return tuple(parts)


def rating_badge(words: str) -> Badge:
    """Return the badge of a rating as lists call it."""
    return Badge("No rating", "none") if words == UNRATED else badge(words)


def timeline(history: Sequence[RatingFact], scale: Scale, until: datetime.date | None) -> Timeline | None:
    """Draw the dated ratings of one subject as a stepped line; ``None`` if fewer than two are
    on the scale.
    """
    dated = [
        (fact.published, fact.rating, scale.rank(fact.rating))
        for fact in history
        if fact.published and fact.rating
    ]
    known = [(day, rating, rank) for day, rating, rank in dated if rank is not None]
    if len(known) < 2:
        return None
    first, newest = known[0][0], known[-1][0]
    last = max(newest, until or newest)
    span = max((last - first).days, 1)
    steps = tuple(
        Step(
            day, badge(rating), round(10 + (WIDTH - 20) * (day - first).days / span, 1), LEVEL * (rank + 0.5)
        )
        for day, rating, rank in known
    )
    line = (
        f"M{steps[0].x:g} {steps[0].y:g}"
        + "".join(f"H{step.x:g}V{step.y:g}" for step in steps[1:])
        + f"H{WIDTH}"
    )
    return Timeline(scale.ratings, steps, line, LEVEL * len(scale.ratings), first, last)


def dot_map(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    ratings: Sequence[str],
    order: Sequence[str],
) -> DotMap | None:
    """Put places on a map by degrees north and east; ``None`` if fewer than two have both.

    Dots on the same spot are drawn once for each rating. ``order`` lists the ratings, best first.
    """
    known = np.flatnonzero(~np.isnan(latitude) & ~np.isnan(longitude))
    if len(known) < 2:
        return None
    north, east = latitude[known], longitude[known] * cos(radians(float(latitude[known].mean())))
    size = max(float(np.ptp(north)), float(np.ptp(east))) or 1.0
    x = np.rint(_GRID * (east - east.min()) / size).astype(int)
    y = np.rint(_GRID * (north.max() - north) / size).astype(int)
    layers = []
    for rating in order:
        spots = {
            (int(x[place]), int(y[place]))
            for place in np.flatnonzero([ratings[one] == rating for one in known.tolist()])
        }
        if spots:
            layers.append(
                Dots(
                    rating_badge(rating),
                    "".join(f"M{left} {top}h0" for left, top in sorted(spots)[:MOST_DOTS]),
                )
            )
    width, height = int(x.max()), int(y.max())
    scale = _map_scale(size * _MILES_OF_A_DEGREE / _GRID, height) if width or height else None
    height += _BELOW if scale else 0
    return DotMap(width, height, scale, tuple(layers), len(known), len(latitude) - len(known))


def _map_scale(miles: float, height: int) -> MapScale | None:
    """Draw the longest bar of round miles, below the dots on the left; ``miles`` are what one place of the
    grid stands for. ``None`` if none is short enough.
    """
    fitting = [length for length in _ROUND_MILES if length / miles <= _LONGEST_SCALE]
    if not fitting:
        return None
    long, foot = round(fitting[-1] / miles, 1), height + _BELOW
    words = "1 mile" if fitting[-1] == 1 else f"{fitting[-1]:g} miles"
    return MapScale(f"M0 {foot - 4}v4h{long:g}v-4", words)
