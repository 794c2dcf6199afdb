"""Chooses the facts that an answer shows, and their order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.facts import query_parts
from qa.facts.columns import number_label
from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.facts.distances import Holds, Miles, nearest_middle
from qa.facts.result import Result, Value
from qa.facts.standing import Spoken, Standing
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Query
from qa.records import RatingFact

_LAST = np.iinfo(np.int32).max


@dataclass(frozen=True)
class ShownFacts:
    """The rows of facts to show, in display order; ``subjects`` are all the subjects they belong to."""

    rows: Numbers
    subjects: Numbers

    @classmethod
    def joined(cls, several: Sequence[ShownFacts]) -> ShownFacts:
        """Join several, one after the other."""
        nothing = np.empty(0, np.int32)
        return cls(
            np.concatenate([nothing, *(one.rows for one in several)]),
            np.concatenate([nothing, *(one.subjects for one in several)]),
        )

    def once(self) -> ShownFacts:
        """Return the same without repeated rows and subjects."""
        rows, subjects = (
            found[np.sort(np.unique(found, return_index=True)[1])] for found in (self.rows, self.subjects)
        )
        return ShownFacts(rows, subjects)


class Teller:
    """Selects the facts to show for some subjects: those of the aspects and services in ``focus``."""

    def __init__(self, view: View, query: Query, focus: Sequence[Spoken], limit: int, holds: Holds) -> None:
        self.view = view
        self.holds = holds
        self.query = query
        self.focus = focus
        self.limit = limit if query.most is None else min(limit, query.most)

    def tell(self, subjects: Flags) -> ShownFacts:
        """Return the facts to show for some subjects, in the Query's order and within its places."""
        people = np.flatnonzero(subjects).astype(np.int32)
        grid = self._grid(people)
        if not isinstance(self.query.measure, q.Values) or self.query.claim is not None:
            having = (grid != NOTHING).any(axis=1)
            people, grid = people[having], grid[having]
        numbers = self.view.store.column("fact.fact")[grid] if grid.size else grid
        read = np.where(grid == NOTHING, _LAST, numbers).min(axis=1, initial=_LAST)
        order = self._order(people, read)
        rows = grid[order].reshape(-1)
        return ShownFacts(rows[rows != NOTHING], people[order])

    def _grid(self, people: Numbers) -> Numbers:
        """Return rows of facts, subjects × aspects in focus; if these are not the measure's own, the overall
        fact fills gaps.
        """
        measure = self.query.measure
        before = isinstance(measure, q.Ratings) and measure.before and self.query.claim is None
        grid = np.empty((len(people), len(self.focus)), np.int32)
        for place, spoken in enumerate(self.focus):
            standing = self.view.standing(spoken)
            held = standing.row[people]
            grid[:, place] = np.where(standing.before[people] != NOTHING, held, NOTHING) if before else held
        if not before and not query_parts.measured(self.query, self.view):
            grid = np.where(grid == NOTHING, self.view.counting[people][:, None], grid)
        return grid

    def _order(self, people: Numbers, read: Numbers) -> NDArray[np.intp]:
        """Return the subjects in order: the nearest first, as named in the question, otherwise as read;
        sorted by the Query's key and cut to its places.
        """
        named = query_parts.named(self.query.scope)
        order = np.argsort(read, kind="stable")
        if named:
            places = {number - 1: place for place, number in reversed(list(enumerate(named.subjects)))}
            order = order[np.argsort([places[subject] for subject in people[order].tolist()], kind="stable")]
        if self.miles is not None:
            order = order[np.argsort(self.miles[people][order], kind="stable")]  # NaN comes last
        key = np.arange(len(order), dtype=np.float64)
        if self.query.order is not None and self.query.order.key != "figure":
            key = self._key(self.query.order)[people[order]]
            known = ~np.isnan(key)
            sorting = np.lexsort((np.where(known, key, 0), ~known))[
                : int(known.sum()) if self.query.ranks else None
            ]
            order, key = order[sorting], key[sorting]
        return order[within(key, self.query.ranks)]

    def _key(self, order: q.Order) -> NDArray[np.float64]:
        """Return the sort key of every subject, the lowest first; NaN if unknown."""
        key = self._sort_values(order.key)
        return -key if order.descending != (order.key == "rating") else key  # the best has the lowest rank

    def _sort_values(self, key: str) -> NDArray[np.float64]:
        """Return the value of every subject that a key sorts by; NaN if unknown."""
        if key == "distance":
            return np.full(self.view.size, np.nan) if self.miles is None else self.miles
        if key == "steps":
            standing = self._standing()
            known = (standing.rank != NOTHING) & (standing.before_rank != NOTHING)
            return np.where(known, standing.before_rank - standing.rank, np.nan)
        held = self._sort_column(key)
        values = held.astype(np.float64)
        if held.dtype.kind != "f":
            values[held == NOTHING] = np.nan
        return values

    def _sort_column(self, key: str) -> NDArray[Any]:
        """Return the column that a key sorts by."""
        if key == "rating":
            before = isinstance(self.query.measure, q.Ratings) and self.query.measure.before
            return self._standing().before_rank if before else self._standing().rank
        if key == "date":
            return self._standing().published
        return self.view.store.column("name.order") if key == "name" else self.view.field(key)

    def _standing(self) -> Standing:
        """Return the ratings that subjects are sorted by: the first ones asked about."""
        return self.view.standing(self.focus[0] if self.focus else self.view.home)

    @cached_property
    def miles(self) -> Miles | None:
        """Return the distance of every subject from what the Query says is near; ``None`` if it has no
        condition on distance.
        """
        return nearest_middle(self.query, self.view, self.holds)

    # What is shown ------------------------------------------------------------------------------------------

    def with_facts(self, told: ShownFacts, result: Result) -> Result:
        """Return ``result`` with the first of the facts to show, their number, and their dates."""
        oldest, newest = self._span(told.rows)
        return replace(
            result,
            facts=self.facts(told.rows[: self.limit].tolist()),
            total=len(told.rows),
            oldest=oldest,
            newest=newest,
        )

    def facts(self, rows: Sequence[int]) -> tuple[RatingFact, ...]:
        """Return the facts of these rows."""
        store = self.view.store
        facts = store.facts(store.column("fact.fact")[list(rows)].tolist()) if rows else []
        return tuple(facts) if self.view.whole else tuple(map(self._as_then, facts, rows))

    def _as_then(self, fact: RatingFact, row: int) -> RatingFact:
        """Return a fact with the rating that preceded it in this view."""
        standing = self.view.standing((fact.aspect, fact.service or q.WHOLE))
        subject = int(self.view.store.column("fact.subject")[row])
        code = (
            int(standing.before[subject])
            if standing.row[subject] == row
            else int(self.view.store.column("fact.given")[row])
        )
        return replace(fact, previous_rating=self.view.ratings.word(code))

    def _span(self, rows: Numbers) -> tuple[datetime.date | None, datetime.date | None]:
        published = self.view.store.column("fact.published")[rows]
        known = published[published != NOTHING]
        if not len(known):
            return None, None
        return datetime.date.fromordinal(int(known.min())), datetime.date.fromordinal(int(known.max()))

    def values(self, told: ShownFacts, fields: Sequence[str]) -> tuple[Value, ...]:
        """Return the values of these fields for the first of the subjects shown."""
        subjects = told.subjects[: self.limit].tolist()
        held = {
            subject.id: subject for subject in self.view.store.subjects([place + 1 for place in subjects])
        }
        columns: dict[str, Callable[[int], str | None]] = {
            field: self._values(field, subjects) for field in fields
        }
        return tuple(
            Value(place + 1, held[place + 1].name, field, columns[field](place))
            for place in subjects
            for field in fields
        )

    def _values(self, field: str, subjects: Sequence[int]) -> Callable[[int], str | None]:
        codes = self.view.field(field)
        if self.view.held(field).type == "number":
            return lambda place: None if np.isnan(codes[place]) else number_label(float(codes[place]))
        if field in self.view.store.attributes:  # as the newest row prints it
            told = {
                one.id - 1: one.attributes.get(field)
                for one in self.view.store.subjects([place + 1 for place in subjects])
            }
            return told.get
        labels = self.view.store.labels(field, sorted({int(codes[place]) for place in subjects}))
        return lambda place: labels.get(int(codes[place]))


def within(key: NDArray[np.float64], ranks: tuple[int, int] | None) -> Flags:
    """Return which of sorted keys have a place within ``ranks``; all of them for ``None``.

    A place is 1 + the number of keys before all equal ones; for an ordinal such as (2, 2), 1 +
    the number of different ones.
    """
    if ranks is None or not len(key):
        return np.ones(len(key), np.bool_)
    new = np.append(True, key[1:] != key[:-1])
    place = np.cumsum(new)
    if ranks[0] != ranks[1]:
        place = np.flatnonzero(new)[place - 1] + 1
    return (place >= ranks[0]) & (place <= ranks[1])
