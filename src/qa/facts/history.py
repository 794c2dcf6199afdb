"""Every rating of a subject for one aspect and service, in order, as
:class:`~qa.question.query.Event` refers to them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qa.facts.current_facts import NOTHING, Flags, Numbers, settle
from qa.question import query as q

if TYPE_CHECKING:
    from qa.facts.standing import Spoken
    from qa.facts.view import View

_EVER = np.iinfo(np.int32).max


def in_period(days: Numbers, since: datetime.date | None, until: datetime.date | None) -> Flags:
    """Return which days are known and in a period, ``until`` exclusive."""
    found: Flags = days != NOTHING
    if since is not None:
        found &= days >= since.toordinal()
    if until is not None:
        found &= days < until.toordinal()
    return found


@dataclass(frozen=True)
class History:
    """The ratings of the scale that subjects were given, by subject, then from the oldest; one entry each.

    ``row`` is the row among the columns of facts, ``subject`` the place of the subject, ``code`` the rating
    as printed, ``before`` that of the previous rating, ``published`` the day; :data:`NOTHING` if unknown. A
    rating known only as the previous one comes first, with the row that mentions it, and is not ``told``: it
    has no row of its own. ``size`` is the number of subjects.
    """

    row: Numbers
    subject: Numbers
    code: Numbers
    before: Numbers
    published: Numbers
    told: Flags
    size: int

    @cached_property
    def last(self) -> Flags:
        """Which entries are the last of their subject."""
        return (
            np.append(self.subject[1:] != self.subject[:-1], True)
            if len(self.subject)
            else np.empty(0, np.bool_)
        )

    @cached_property
    def first(self) -> Flags:
        """Which entries are the first of their subject."""
        return np.append(True, self.last[:-1]) if len(self.subject) else np.empty(0, np.bool_)

    @cached_property
    def until(self) -> Numbers:
        """The day on which the next rating was published; a day in the far future for the last."""
        following = np.append(self.published[1:], NOTHING)
        return np.where(self.last, _EVER, following).astype(np.int32)

    @cached_property
    def begun(self) -> Numbers:
        """The first day on which a rating is known to have been in force: its own, or the one before the
        next; a day in the far future if neither is known.
        """
        known = np.where((self.until != _EVER) & (self.until != NOTHING), self.until - 1, _EVER)
        return np.where(self.published != NOTHING, self.published, known).astype(np.int32)

    def within(self, since: datetime.date | None, until: datetime.date | None) -> Flags:
        """Return which ratings were published in a period; all of them for one without bounds."""
        return (
            np.ones(len(self.row), np.bool_)
            if since is None and until is None
            else in_period(self.published, since, until)
        )

    def stood(self, since: datetime.date | None, until: datetime.date | None) -> Flags:
        """Return which ratings were in force at some time of a period."""
        found = self.begun < (_EVER if until is None else until.toordinal())
        return found if since is None else found & (self.until > since.toordinal())

    def count(self, events: Flags) -> Numbers:
        """Return for each subject the number of its marked ratings."""
        return np.bincount(self.subject[events], minlength=self.size).astype(np.int32)

    def latest(self, events: Flags) -> Numbers:
        """Return for each subject the entry of its last marked rating."""
        places = np.full(self.size, NOTHING, np.int32)
        marked = np.flatnonzero(events)
        places[self.subject[marked]] = marked
        return places

    def earliest(self, events: Flags) -> Numbers:
        """Return for each subject the entry of its first marked rating."""
        places = np.full(self.size, NOTHING, np.int32)
        marked = np.flatnonzero(events)[::-1]
        places[self.subject[marked]] = marked
        return places


def history_of(view: View, spoken: Spoken) -> History:
    """Return the history of every subject for an aspect and service, as far as the view goes."""
    pair, column = view.pair(spoken), view.store.column
    nothing = np.empty(0, np.int32)
    if pair is None:
        return History(nothing, nothing, nothing, nothing, nothing, np.empty(0, np.bool_), view.size)
    rows = view.rows(pair)
    rows = rows[view.ratings.ranks[column("fact.rating")[rows]] != NOTHING]
    subject, published, code = (column(f"fact.{name}")[rows] for name in ("subject", "published", "rating"))
    counts = settle(subject, published, view.ratings.alike[code]).counts
    once = (
        np.append(True, (subject[1:] != subject[:-1]) | (published[1:] != published[:-1]))
        if len(rows)
        else np.empty(0, np.bool_)
    )
    rows = rows[counts & once][::-1]  # the newest come first
    rows = rows[np.argsort(column("fact.subject")[rows], kind="stable")]
    subject, published, code, given = (
        column(f"fact.{name}")[rows] for name in ("subject", "published", "rating", "given")
    )
    given = np.where(view.ratings.ranks[given] == NOTHING, NOTHING, given)
    follows = np.append(False, subject[1:] == subject[:-1]) if len(rows) else np.empty(0, np.bool_)
    dated = np.append(False, published[:-1] != NOTHING) if len(rows) else np.empty(0, np.bool_)
    before = np.where(
        given != NOTHING,
        given,
        np.where(follows & dated, np.append(NOTHING, code[:-1])[: len(rows)], NOTHING),
    )
    known_before = np.flatnonzero(~follows & (given != NOTHING))
    told = np.insert(np.ones(len(rows), np.bool_), known_before, False)
    return History(
        np.insert(rows, known_before, rows[known_before]).astype(np.int32),
        np.insert(subject, known_before, subject[known_before]).astype(np.int32),
        np.insert(code, known_before, given[known_before]).astype(np.int32),
        np.insert(before, known_before, NOTHING).astype(np.int32),
        np.insert(published, known_before, NOTHING).astype(np.int32),
        told,
        view.size,
    )


def events(view: View, history: History, event: q.Event) -> Flags:
    """Return which ratings of a history match the event."""
    found = history.within(event.since, event.until)
    wanted = view.ratings.codes_of(event.ratings)
    if event.ratings:
        found &= wanted[history.code]
    if event.before:
        found &= view.ratings.codes_of(event.before)[history.before]
    if event.new:
        found &= ~wanted[history.before] if event.ratings else history.before == NOTHING
    if event.signs:
        rank, before = view.ratings.ranks[history.code], view.ratings.ranks[history.before]
        found &= (rank != NOTHING) & (before != NOTHING) & np.isin(np.sign(before - rank), event.signs)
    return found


def ends_of(history: History, condition: q.Moved) -> tuple[Numbers, Numbers, Numbers]:
    """Return for each subject the entries in force before the period of a condition, first in
    it, and at its end.
    """
    dated = history.published != NOTHING
    nothing = np.full(history.size, NOTHING, np.int32)
    standing = history.latest(dated & history.within(None, condition.since)) if condition.since else nothing
    begun = history.earliest(dated & history.within(condition.since, condition.until))
    return (
        standing,
        np.where(standing == NOTHING, begun, NOTHING),
        history.latest(dated & history.within(None, condition.until)),
    )


def moved(view: View, history: History, condition: q.Moved) -> Flags:
    """Return which subjects rose, fell or stayed over the period of a condition."""
    standing, begun, ends = ends_of(history, condition)
    ranks = np.append(view.ratings.ranks[history.code], np.int32(NOTHING))
    given = np.append(view.ratings.ranks[history.before], np.int32(NOTHING))
    own = np.where((given[begun] == NOTHING) & (begun != ends), ranks[begun], given[begun])
    start = np.where(standing != NOTHING, ranks[standing], own)
    end = ranks[ends]
    found: Flags = (start != NOTHING) & (end != NOTHING) & np.isin(np.sign(start - end), condition.signs)
    return found
