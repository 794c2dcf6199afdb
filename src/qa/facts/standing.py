"""How every subject stands for one aspect and service: its current rating, and the one before."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qa.facts.current_facts import NOTHING, Flags, Numbers

if TYPE_CHECKING:
    from qa.facts.view import View

Spoken = tuple[str, str]  # an aspect and a service as a Query names them


class Standing:
    """The current fact of every subject for one aspect and service; each array has one entry per subject,
    :data:`NOTHING` if there is none.

    ``row`` is the current fact's row among the columns of facts, ``before`` the code of the previous rating
    as printed. ``contradictory`` marks subjects whose newest facts contradict each other.
    """

    def __init__(self, view: View, aspect: str, row: Numbers, before: Numbers, contradictory: Flags) -> None:
        self.aspect = aspect
        self.row = row
        self.before = before
        self.contradictory = contradictory
        self._view = view

    def _of_row(self, name: str) -> Numbers:
        told: Numbers = np.append(self._view.store.column(name), np.int32(NOTHING))[self.row]
        return told

    @cached_property
    def held(self) -> Flags:
        """Which subjects have a current fact."""
        return np.not_equal(self.row, NOTHING)

    @cached_property
    def rating(self) -> Numbers:
        """The codes of the current ratings as printed."""
        return self._of_row("fact.rating")

    @cached_property
    def rank(self) -> Numbers:
        """The positions of the current ratings on their scales, as :meth:`qa.scale.Scale.place`
        gives them.
        """
        return self._places(self.rating)

    @cached_property
    def before_rank(self) -> Numbers:
        """The positions of the previous ratings, on the scales of the current ones."""
        return self._places(self.before)

    def _places(self, rating: Numbers) -> Numbers:
        view = self._view
        if len(view.ratings.places) == 1:
            return np.asarray(view.ratings.places[0][rating], np.int32)
        parts = np.zeros(
            len(view.store.documents) + 2, np.intp
        )  # by number of the table; the last is for NOTHING
        for path, number in view.store.documents.items():
            parts[number] = view.scale.part(path, self.aspect)
        return np.asarray(view.ratings.places[parts[self._of_row("fact.place")], rating], np.int32)

    @cached_property
    def published(self) -> Numbers:
        """The days on which the current facts were published."""
        return self._of_row("fact.published")
