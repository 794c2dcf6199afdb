"""Selects the past ratings to show: which ratings, when, and how often."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from qa.facts import query_parts
from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.facts.history import History, ends_of, events
from qa.facts.result import Group, Held, Result
from qa.facts.shown_facts import Teller, within
from qa.facts.standing import Spoken
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Query
from qa.records import RatingFact


class Chronicle:
    """Looks up the past ratings of the subjects of a Query."""

    def __init__(self, view: View, query: Query, teller: Teller) -> None:
        self.view = view
        self.query = query
        self.teller = teller

    def counts(self, event: q.Event) -> Numbers:
        """Return for every subject the number of its ratings that match the event."""
        history = self._history(event)
        return history.count(events(self.view, history, event))

    def told(self, measure: q.Events | q.Times, subjects: Flags, figure: Result) -> Result:
        """Return ``figure`` with the facts of these subjects' events, subject by subject from the oldest, or
        in the Query's order."""
        event = measure.event
        history = self._history(event)
        marked = events(self.view, history, event) & subjects[history.subject]
        if isinstance(measure, q.Events):
            marked &= history.told & (history.published != NOTHING)
            if measure.which != "every":
                ends = history.latest(marked) if measure.which == "last" else history.earliest(marked)
                marked = np.isin(np.arange(len(marked)), ends)
        if isinstance(measure, q.Times) and self.query.order is not None and self.query.order.key == "figure":
            groups, total, places = self._ranked(history.count(marked), subjects)
            figure = replace(figure, groups=groups, groups_total=total)
            marked &= places[history.subject] != NOTHING
            entries = np.flatnonzero(marked).astype(np.int32)
            entries = entries[np.argsort(places[history.subject[entries]], kind="stable")]
        else:
            entries = self._ordered(history, np.flatnonzero(marked).astype(np.int32))
        _, first = np.unique(history.row[entries], return_index=True)
        entries = entries[np.sort(first)]
        days = history.published[entries]
        days = days[days != NOTHING]
        return replace(
            figure,
            facts=self._facts(history, entries[: self.teller.limit]),
            total=len(entries),
            oldest=_day(days.min()) if len(days) else None,
            newest=_day(days.max()) if len(days) else None,
        )

    def evidence(self, condition: q.Condition) -> tuple[RatingFact, ...]:
        """Return the facts that decide whether the named subjects meet a condition on their past; none for
        any other condition."""
        leaf, named = query_parts.past_leaf(condition), query_parts.named(self.query.scope)
        if leaf is None or named is None:
            return ()
        history = self.view.history(query_parts.spoken(leaf)[0])
        if isinstance(leaf, q.Happened):
            marked = events(self.view, history, leaf.event)
        elif isinstance(leaf, q.Rated):
            marked = self.view.ratings.codes_of(leaf.ratings)[history.code]
            if leaf.since is not None or leaf.until is not None:
                marked &= history.stood(leaf.since, leaf.until)
        else:
            marked = np.isin(np.arange(len(history.row)), ends_of(history, leaf))
        marked &= (
            self.view.subjects(named.subjects)[history.subject]
            & history.told
            & (history.published != NOTHING)
        )
        return self._facts(
            history, self._ordered(history, np.flatnonzero(marked).astype(np.int32))[: self.teller.limit]
        )

    def held(self, spoken: Spoken) -> Held | None:
        """Return how much history there is for the subjects that the Query names, otherwise for all; ``None``
        if there is none.
        """
        history, named = self.view.history(spoken), query_parts.named(self.query.scope)
        dated = history.told & (history.published != NOTHING)
        if named is not None:
            dated &= self.view.subjects(named.subjects)[history.subject]
        if not dated.any():
            return None
        days = history.published[dated]
        return Held(int(dated.sum()), _day(days.min()), _day(days.max()))

    def _ranked(self, counts: Numbers, subjects: Flags) -> tuple[tuple[Group, ...], int, Numbers]:
        """Return the subjects ordered by how often, at the requested places; their number, and
        the place of each.
        """
        assert self.query.order is not None
        chosen = np.flatnonzero(subjects)
        keys = counts[chosen].astype(np.float64)
        keys = -keys if self.query.order.descending else keys
        sorting = np.argsort(keys, kind="stable")
        chosen = chosen[sorting][within(keys[sorting], self.query.ranks)]
        places = np.full(self.view.size, NOTHING, np.int32)
        places[chosen] = np.arange(len(chosen))
        shown = chosen[: self.teller.limit].tolist()
        names = {one.id: one.name for one in self.view.store.subjects([place + 1 for place in shown])}
        groups = tuple(Group((names[place + 1],), float(counts[place])) for place in shown)
        return groups, len(chosen), places

    def _history(self, event: q.Event) -> History:
        return self.view.history((event.aspect, event.service))

    def _ordered(self, history: History, entries: Numbers) -> Numbers:
        named, order = query_parts.named(self.query.scope), self.query.order
        places = np.arange(self.view.size)
        for place, number in reversed(list(enumerate(named.subjects if named is not None else ()))):
            places[number - 1] = place
        entries = entries[np.argsort(places[history.subject[entries]], kind="stable")]
        if order is None or order.key not in ("date", "rating"):
            return entries
        told = (
            history.published[entries]
            if order.key == "date"
            else self.view.ratings.ranks[history.code[entries]]
        )
        falling = order.descending != (order.key == "rating")  # the best has the lowest rank
        keys = (-told if falling else told).astype(np.float64)
        sorting = np.argsort(keys, kind="stable")
        return entries[sorting][within(keys[sorting], self.query.ranks)]

    def _facts(self, history: History, entries: Numbers) -> tuple[RatingFact, ...]:
        """Return the facts of these ratings, each with the rating that preceded it at the time."""
        store, words = self.view.store, self.view.ratings.word
        facts = store.facts(store.column("fact.fact")[history.row[entries]].tolist()) if len(entries) else []
        before = np.where(history.told, history.before, history.code)[entries].tolist()
        return tuple(
            replace(fact, previous_rating=words(code)) for fact, code in zip(facts, before, strict=True)
        )


def _day(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(int(ordinal))
