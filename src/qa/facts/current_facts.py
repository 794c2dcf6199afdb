"""Decides which of a subject's facts counts: the newest; what came before it; and where facts of one date
contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
NOTHING = -1  # the number for an empty cell
OLDER, CURRENT, CONTRADICTORY = 0, 1, 2  # the states of a fact; a repeated row counts as older
_LAST = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome for each row.

    ``state`` is one of the states above. ``older`` is, for a current row, the row of the newest date before
    it; :data:`NOTHING` if there is none or its date contradicts itself. ``counts`` is false for the rows of a
    date that contradicts itself.
    """

    state: NDArray[np.int8]
    older: Numbers
    counts: Flags


def settle(group: Numbers, published: Numbers, rating: Numbers) -> Settled:
    """Settle rows that are sorted by group, then the newest first, those without a date last, then as they
    were read.

    ``group`` numbers the subjects (or the combinations of subject, aspect and service), ``published`` are
    days, and ``rating`` numbers that are equal for the same rating; :data:`NOTHING` for an empty cell. An
    empty cell yields to a rating with the same date.
    """
    number = len(group)
    state, older = np.zeros(number, np.int8), np.full(number, NOTHING, np.int32)
    if not number:
        return Settled(state, older, np.ones(0, np.bool_))
    starts_group = _changes(group)
    starts_date = starts_group | _changes(published)
    first = np.flatnonzero(starts_date)
    given = rating != NOTHING
    low = np.minimum.reduceat(np.where(given, rating, _LAST), first)
    high = np.maximum.reduceat(rating, first)
    contradictory = (high > low) & (high != NOTHING)
    speaking = np.minimum.reduceat(np.where(given, np.arange(number), _LAST), first)
    speaking = np.where(speaking == _LAST, first, speaking)  # the row that represents its date
    newest = starts_group[first]
    state[speaking[newest & ~contradictory]] = CURRENT
    ends = np.append(first[1:], number)
    for run in np.flatnonzero(newest & contradictory):
        rows = np.arange(first[run], ends[run])
        _, once = np.unique(rating[rows], return_index=True)
        state[rows[once]] = CONTRADICTORY
        state[rows[rating[rows] == NOTHING]] = OLDER
    followed = np.append(~newest[1:] & (published[first[1:]] != NOTHING), False) & ~np.append(
        contradictory[1:], True
    )
    before = np.append(speaking[1:], NOTHING)
    older[speaking] = np.where(followed, before, NOTHING)
    return Settled(state, older, ~contradictory[np.cumsum(starts_date) - 1])


def speaking(group: Numbers, graded: Flags) -> Flags:
    """Return which rows represent their group: a visit without a rating does not supersede earlier ratings,
    so an unrated row counts only if its group has no rated one.

    ``group`` is sorted and counts from 0.
    """
    if graded.all() or not graded.any():
        return np.ones(len(group), np.bool_)
    rated = np.zeros(int(group[-1]) + 1, np.bool_)
    rated[group[graded]] = True
    return graded | ~rated[group]


def _changes(values: Numbers) -> Flags:
    return np.append(True, values[1:] != values[:-1])
