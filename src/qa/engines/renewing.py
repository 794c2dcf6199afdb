"""An index in memory made from the one before and the entries that are new: the same as one made from all
entries, but nothing that stays is counted or sorted again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.engines.arrays import ascending, looked_up, sums
from qa.engines.okapi import Counted, Okapi
from qa.engines.postings import Postings

Numbers = NDArray[np.int32]


class Pairs(NamedTuple):
    """Which entries have which terms, ascending by term and entry, and how often."""

    terms: Numbers
    entries: Numbers
    counts: NDArray[np.integer]

    def packed(self) -> NDArray[np.int64]:
        """One number for each pair, ascending as the pairs do."""
        return self.terms.astype(np.int64) << 32 | self.entries


@dataclass(frozen=True, slots=True, eq=False)
class Renewal:
    """What becomes of the entries of the postings ``before``: ``moved`` has of each its new number, -1 of one
    that goes; those that stay keep their order. ``counted`` are the terms of the new entries, whose numbers
    are ``places``; all terms that are left are listed there, and in the order of the postings before.
    """

    before: Postings
    moved: Numbers
    counted: Counted
    places: Numbers

    def postings(self, k1: float, b: float) -> Postings:
        """The postings of what stays and what is new."""
        listed = self.counted.listed
        stays, new = self._staying(), self._new()
        at = np.searchsorted(stays.packed(), new.packed()) + np.arange(len(new.terms))
        terms, entries, counts = (_woven(old, added, at) for old, added in zip(stays, new, strict=True))
        held_by = np.bincount(terms, minlength=len(listed))
        used = np.flatnonzero(held_by)
        numbers = {listed[term]: number for number, term in enumerate(used.tolist())}
        return Okapi({}, k1, b).weighed(numbers, held_by[used], entries, counts, self._lengths())

    def _staying(self) -> Pairs:
        before, numbers = self.before, {term: number for number, term in enumerate(self.counted.listed)}
        of_term = np.array([numbers.get(term, 0) for term in before.numbers], dtype=np.int32)
        terms = np.repeat(of_term, np.diff(before.offsets))
        found = Pairs(terms, looked_up([(self.moved, before.entries)], np.int32), before.counts)
        if (self.moved >= 0).all():
            return found
        stays = found.entries >= 0
        return Pairs(found.terms[stays], found.entries[stays], found.counts[stays])

    def _new(self) -> Pairs:
        counted, stays = self.counted, self.counted.counts > 0
        entries = np.repeat(self.places, np.diff(counted.offsets))
        return Pairs(*ascending(counted.terms[stays], entries[stays], counted.counts[stays]))

    def _lengths(self) -> Numbers:
        stays = self.moved >= 0
        lengths = np.zeros(int(stays.sum()) + len(self.places), dtype=np.int32)
        lengths[self.moved[stays]] = self.before.lengths[stays]
        lengths[self.places] = sums(self.counted.counts, self.counted.offsets)
        return lengths


def _woven(old: NDArray[Any], new: NDArray[Any], at: NDArray[np.int64]) -> NDArray[Any]:
    """``old`` with ``new`` numbers, which stand ``at`` these places of the whole."""
    whole = np.empty(len(old) + len(new), dtype=np.promote_types(old.dtype, new.dtype))
    stays = np.ones(len(whole), dtype=bool)
    stays[at] = False
    whole[at], whole[stays] = new, old
    return whole
