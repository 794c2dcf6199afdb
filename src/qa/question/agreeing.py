"""Which entries have every typed word, somewhere: only they can be meant by a name without any slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qa.question.aligned import is_free, may_be_county
from qa.question.name_index import Entries, Positions
from qa.question.name_weights import Typed

_MOST = 24  # entries that are worth trying first


class Agreeing:
    """Finds the entries that have every word of a span in their names, addresses or owners."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def with_all(self, typed: Sequence[Typed]) -> list[int]:
        """Return the entries that have every word that says anything, in their order; none if there are
        many."""
        groups = sorted(self._groups(typed), key=lambda group: sum(map(len, group)))
        if not groups:
            return []
        left = np.concatenate(groups[0]) if groups[0] else np.empty(0, np.intp)
        for group in groups[1:]:
            if not len(left):
                return []
            left = left[np.logical_or.reduce([_are_in(left, held) for held in group])] if group else left[:0]
        return sorted(set(left.tolist())) if len(left) <= _MOST else []

    def _groups(self, typed: Sequence[Typed]) -> Iterator[list[Positions]]:
        """For each word that says anything, the entries with it: in the form typed, and at the end of a name
        also as the base of a possessive; or with the county that it may abbreviate."""
        for at, one in enumerate(typed):
            said = one.forms[0]
            if is_free(self._entries, said):
                continue
            held = [self._with(form) for form in (one.forms if at == len(typed) - 1 else (said,))]
            found = [each for two in held for each in two if each is not None]
            if may_be_county(said):
                found += [each for word, each in self._counties.items() if word.startswith(said[:-1])]
            yield found

    def _with(self, word: str) -> tuple[Positions | None, Positions | None]:
        return self._entries.holders.get(word), self._entries.near_holders.get(word)

    @cached_property
    def _counties(self) -> dict[str, Positions]:
        """The words of names that end as counties do, and the entries with them."""
        held = self._entries.holders
        return {word: held[word] for word in held if word.endswith("shire")}


def _are_in(some: Positions, held: Positions) -> NDArray[np.bool_]:
    """For each of ``some``, whether it is in the sorted ``held``, which is not empty."""
    at = held.searchsorted(some)
    at[at == len(held)] = 0
    return np.equal(held[at], some)
