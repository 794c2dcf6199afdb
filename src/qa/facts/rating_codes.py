"""The ratings of a store by their codes: which words mean the same, and their places on the scales."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.scale import Scale, folded

if TYPE_CHECKING:
    from qa.facts.store import FactStore


class RatingCodes:
    """What each rating code of one store means on one scale."""

    def __init__(self, store: FactStore, scale: Scale) -> None:
        self.store, self.scale = store, scale

    @cached_property
    def _words(self) -> tuple[str | None, ...]:
        return (*self.store.rating_words, None)  # the last is for NOTHING

    def _same(self, word: str) -> str:
        return self.scale.canonical(word) or folded(word)

    @cached_property
    def _meant(self) -> tuple[str | None, ...]:
        return tuple(None if word is None else self._same(word) for word in self._words)

    @cached_property
    def alike(self) -> Numbers:
        """For each rating code, a number that is equal for words with the same meaning: the
        first of these codes.
        """
        first: dict[str, int] = {}
        told = enumerate(self._meant)
        return np.array(
            [NOTHING if word is None else first.setdefault(word, code) for code, word in told], np.int32
        )

    @cached_property
    def places(self) -> Numbers:
        """For each rating code, its position on each of the scales: part by code."""
        return self.scale.places(self._words)

    @cached_property
    def ranks(self) -> Numbers:
        """For each rating code, its position on the scale."""
        ranks = (None if word is None else self.scale.rank(word) for word in self._words)
        return np.array([NOTHING if rank is None else rank for rank in ranks], np.int32)

    def codes_of(self, ratings: Iterable[str]) -> Flags:
        """Return for each rating code whether it means one of ``ratings``."""
        wanted = {self._same(rating) for rating in ratings}
        return np.array([word is not None and word in wanted for word in self._meant])

    def word(self, code: int) -> str | None:
        """Return the word of a rating code as printed."""
        return self._words[code]
