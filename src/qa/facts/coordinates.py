"""Positions of subjects on the globe, from the columns of latitude and longitude that a table may have."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from qa.facts.current_facts import Flags
from qa.facts.store import FactStore

_LATITUDES, _LONGITUDES = ("latitude", "lat"), ("longitude", "long", "lng", "lon")
_RADIUS = 3958.8  # miles, the mean radius of the Earth
_A_DEGREE = 69.0  # miles at least from one degree of latitude to the next
_BANDS = (0.05, 0.5)  # degrees of latitude in which the nearest are looked for before everywhere


@dataclass(frozen=True)
class Coordinates:
    """Degrees north and east for every subject, NaN if unknown."""

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]

    @classmethod
    def of(cls, store: FactStore) -> Coordinates | None:
        """Return the coordinates of a store; ``None`` if no table has both columns."""
        latitude, longitude = (_column(store, names) for names in (_LATITUDES, _LONGITUDES))
        return None if latitude is None or longitude is None else cls(latitude, longitude)

    @property
    def known(self) -> Flags:
        """Which subjects have both, in valid degrees."""
        with np.errstate(invalid="ignore"):
            known: Flags = (np.abs(self.latitude) <= 90) & (np.abs(self.longitude) <= 180)
        return known

    def miles(self, latitude: float, longitude: float) -> NDArray[np.float64]:
        """Return the distance of every subject from a point, along the great circle
        (haversine); NaN if unknown.
        """
        north, other_north = np.radians(self.latitude), np.radians(latitude)
        half = np.sin((north - other_north) / 2) ** 2
        half += np.cos(north) * np.cos(other_north) * np.sin(np.radians(self.longitude - longitude) / 2) ** 2
        distance: NDArray[np.float64] = 2 * _RADIUS * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        return np.where(self.known, distance, np.nan)


@dataclass(frozen=True, slots=True)
class Middle:
    """The mean position of ``places`` subjects."""

    latitude: float
    longitude: float
    places: int


def middle_of(found: Coordinates, subjects: Flags) -> Middle | None:
    """Return the mean position of the subjects with a known one; ``None`` if there are none."""
    known = subjects & found.known
    if not known.any():
        return None
    latitude, longitude = found.latitude[known], found.longitude[known]
    return Middle(fsum(latitude) / len(latitude), fsum(longitude) / len(longitude), len(latitude))


def nearest(store: FactStore, place: int, alike: Flags, most: int) -> list[tuple[int, float]]:
    """Return the nearest of the ``alike`` subjects to the one at ``place``, with their miles; subjects are
    numbers less one.
    """
    found = Coordinates.of(store)
    known = None if found is None else found.known
    if found is None or known is None or not known[place]:
        return []
    others = np.flatnonzero(alike & known)
    others = others[others != place]
    others, miles = _closest(found, place, others, most)
    if len(others) > most:
        within = np.flatnonzero(
            miles <= np.partition(miles, most - 1)[most - 1]
        )  # including all that share the last place
        others, miles = others[within], miles[within]
    order = np.argsort(miles, kind="stable")[:most]
    return [(int(others[one]), float(miles[one])) for one in order]


def _closest(
    found: Coordinates, place: int, others: NDArray[np.intp], most: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return those of ``others`` among which the nearest ``most`` are, with their miles from the one at
    ``place``.

    A band of latitudes is enough if so many in it are nearer than its edge.
    """
    latitude, longitude = float(found.latitude[place]), float(found.longitude[place])
    north = np.abs(found.latitude[others] - latitude)
    for degrees in (*_BANDS, 180.0):
        within = others[north <= degrees]
        miles = Coordinates(found.latitude[within], found.longitude[within]).miles(latitude, longitude)
        if np.count_nonzero(miles < degrees * _A_DEGREE) >= most:
            break
    return within, miles


def _column(store: FactStore, names: tuple[str, ...]) -> NDArray[np.float64] | None:
    held = (store.field(name) for name in names)
    field = next((one for one in held if one is not None and one.type == "number"), None)
    return None if field is None else store.column(f"subject.{field.name}")
