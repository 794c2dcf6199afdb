"""Places that are in no column, and the postcodes of the loaded tables."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property, lru_cache

from qa.facts import FactStore
from qa.question.gazetteer import gazetteer
from qa.question.parts import Meant


class KnownPlaces:
    """The gazetteer's places as far as one store has them, and the postcodes of its subjects."""

    def __init__(self, store: FactStore, postcodes: Container[str], areas: Container[str]) -> None:
        """``postcodes`` are in capitals, their ``areas``, districts and sectors in lower case."""
        self.store, self._postcodes, self._areas = store, postcodes, areas
        self.gazetteer = gazetteer()
        self.wider = lru_cache(1024)(self._wider)
        self.offered = lru_cache(1024)(self._offered)

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """First word → the number of words of the longest place name, not in any column, that begins with
        it."""
        found: dict[str, int] = {}
        for name in self.gazetteer.names:
            first, *others = name.split()
            found[first] = max(found.get(first, 1), len(others) + 1)
        return found

    def _wider(self, name: str) -> Meant | None:
        """Return what a place that is in no column consists of in these tables."""
        place = self.gazetteer.find(name, self.store.values)
        if place is None or not place.exact:
            return None
        note = "" if len(place.values) < 2 else f"{place.said[:1].upper()}{place.said[1:]}."
        return Meant(place.field, place.values, note=note)

    def _offered(self, name: str) -> tuple[str, ...]:
        """Return the places that a folded name may mean if none is certain: several have the name, or they
        are more or less than was asked for."""
        shared = self.gazetteer.shared(name, self.store.values)
        if shared:
            return tuple(place.said for place in shared)
        place = self.gazetteer.find(name, self.store.values)
        return place.values if place is not None and not place.exact else ()

    def has_area(self, area: str) -> bool:
        """True if any postcode of the tables is in this area, district or sector, given in lower case."""
        return area in self._areas

    def has_postcode(self, postcode: str) -> bool:
        """True if the tables have this whole postcode, given in capitals."""
        return postcode in self._postcodes
