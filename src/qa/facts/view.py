"""The facts as one Query sees them: limited to some tables and a day, one value per subject for
each aspect and service.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.facts.current_facts import CONTRADICTORY, CURRENT, NOTHING, Flags, Numbers, settle, speaking
from qa.facts.history import History, history_of
from qa.facts.rating_codes import RatingCodes
from qa.fields import Field, says_closed
from qa.language.tokens import key
from qa.question.query import WHOLE, Condition
from qa.scale import Scale

if TYPE_CHECKING:
    from qa.facts.store import FactStore
    from qa.facts.stored_columns import Pair

from qa.facts.standing import Spoken, Standing

_KEPT = 96  # the most standings in memory per view
_KEPT_HISTORIES = 12  # the most histories in memory per view
_KEPT_FLAGS = 64  # the most conditions in memory per view: an answer asks for the same ones again and again


class View:
    """The facts of ``documents`` (``None``: all) published up to ``at`` (``None``: at any time)."""

    def __init__(
        self,
        store: FactStore,
        scale: Scale,
        documents: frozenset[str] | None = None,
        at: datetime.date | None = None,
    ) -> None:
        self.store = store
        self.scale = scale
        self.at = at
        self.whole = documents is None and at is None
        self.ratings = RatingCodes(store, scale)
        self._documents = documents
        self._standings: dict[Spoken, Standing] = {}
        self._histories: dict[Spoken, History] = {}
        self._flags: dict[Condition, Flags] = {}

    @property
    def size(self) -> int:
        """The number of subjects."""
        return self.store.size[1]

    @cached_property
    def seen(self) -> Flags:
        """Which rows of facts are in the view."""
        seen = np.ones(len(self.store.column("fact.fact")), np.bool_)
        if self._documents is not None:
            numbers = [number for path, number in self.store.documents.items() if path in self._documents]
            seen &= np.isin(self.store.column("fact.place"), numbers)
        if self.at is not None:
            published = self.store.column("fact.published")
            seen &= (published != NOTHING) & (published <= self.at.toordinal())
        return seen

    @cached_property
    def span(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The oldest and the newest date of publication."""
        published = self.store.column("fact.published")[self.seen]
        known = published[published != NOTHING]
        if not len(known):
            return None, None
        return datetime.date.fromordinal(int(known.min())), datetime.date.fromordinal(int(known.max()))

    @cached_property
    def present(self) -> Flags:
        """Which subjects have any fact in the view."""
        present = np.zeros(self.size, np.bool_)
        present[self.store.column("fact.subject")[self.seen]] = True
        return present

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The aspects and services of the facts in the view, in the order of reading."""
        return (
            self.store.pairs
            if self.whole
            else tuple(pair for pair in self.store.pairs if self.seen[pair.first : pair.last].any())
        )

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Pair]:
        return {(pair.aspect_key, pair.service_key): pair for pair in self.pairs}

    @cached_property
    def known(self) -> tuple[frozenset[str], frozenset[str]]:
        """The folded names of the aspects and of the services in the tables."""
        return frozenset(pair.aspect_key for pair in self.pairs), frozenset(
            pair.service_key for pair in self.pairs
        )

    @cached_property
    def home(self) -> Spoken:
        """The aspect and service by which subjects count by default: the whole, or the first in tables
        without overall ratings.
        """
        if (key(WHOLE), key(WHOLE)) in self._by_key or not self.pairs:
            return WHOLE, WHOLE
        return self.pairs[0].aspect, self.pairs[0].service

    @cached_property
    def counting(self) -> Numbers:
        """The row by which every subject counts by default; :data:`NOTHING` if there is none.

        It is the overall row; in a table without overall ratings, the first of its areas that
        the subject is rated for.
        """
        row = self.standing(self.home).row
        apart = self.in_areas_only & (row == NOTHING)
        for pair in self.pairs if apart.any() else ():
            other = self.standing((pair.aspect, pair.service)).row
            row = np.where(apart & (row == NOTHING), other, row)
        return row

    def published(self, spoken: Spoken) -> Numbers:
        """Return the days on which the rows that subjects count by were published, for the
        whole, or for ``spoken``.
        """
        if spoken != (WHOLE, WHOLE):
            return self.standing(spoken).published
        days: Numbers = np.append(self.store.column("fact.published"), np.int32(NOTHING))[self.counting]
        return days

    @cached_property
    def in_areas_only(self) -> Flags:
        """Which subjects are in a table without overall ratings."""
        place, found = self.store.column("fact.place"), np.zeros(self.size, np.bool_)
        whole = [
            pair
            for pair in self.store.pairs
            if (pair.aspect_key, pair.service_key) == (key(WHOLE), key(WHOLE))
        ]
        rated = (
            np.unique(np.concatenate([place[pair.first : pair.last] for pair in whole]))
            if whole
            else np.empty(0, np.int32)
        )
        found[self.store.column("fact.subject")[self.seen & ~np.isin(place, rated)]] = True
        return found

    def aspects(self, service: str) -> tuple[str, ...]:
        """Return the aspects in the tables for a service, in the order of reading."""
        return tuple(pair.aspect for pair in self.pairs if pair.service_key == key(service))

    def services(self, aspect: str) -> tuple[str, ...]:
        """Return the services in the tables for an aspect, in the order of reading."""
        return tuple(pair.service for pair in self.pairs if pair.aspect_key == key(aspect))

    def pair(self, spoken: Spoken) -> Pair | None:
        """Return the aspect and service that a Query names; ``None`` if the view has no fact for them."""
        return self._by_key.get((key(spoken[0]), key(spoken[1])))

    def standing(self, spoken: Spoken) -> Standing:
        """Return the standing of all subjects for an aspect and service."""
        found = self._standings.get(spoken)
        if found is None:
            pair = self.pair(spoken)
            if pair is None:
                return self._unheld
            if len(self._standings) >= _KEPT:
                self._standings = {}
            found = self._standings[spoken] = self._stand(pair)
        return found

    def rows(self, pair: Pair) -> Numbers:
        """Return the rows of an aspect and service in the view."""
        rows = np.arange(pair.first, pair.last, dtype=np.int32)
        return rows if self.whole else rows[self.seen[pair.first : pair.last]]

    def _speaking(self, rows: Numbers) -> Numbers:
        """Return those of the rows, all of one aspect and service, that represent their subject's rating."""
        column = self.store.column
        return rows[
            speaking(column("fact.subject")[rows], self.ratings.ranks[column("fact.rating")[rows]] != NOTHING)
        ]

    def _stand(self, pair: Pair) -> Standing:
        column = self.store.column
        rows = self._speaking(self.rows(pair))
        subject, rating = column("fact.subject")[rows], column("fact.rating")[rows]
        settled = settle(subject, column("fact.published")[rows], self.ratings.alike[rating])
        current = np.flatnonzero(settled.state == CURRENT)
        older = settled.older[current]
        given = column("fact.given")[rows[current]]
        before = np.where((self.ratings.ranks[given] == NOTHING) & (older != NOTHING), rating[older], given)
        rising = np.flatnonzero(before != NOTHING)
        contradictory = subject[settled.state == CONTRADICTORY]
        return Standing(
            self,
            pair.aspect,
            row=self._spread(subject[current], rows[current]),
            before=self._spread(subject[current][rising], before[rising])
            if len(rising)
            else self._unheld.before,
            contradictory=self._spread(contradictory, np.int32(1)) == 1
            if len(contradictory)
            else self._unheld.contradictory,
        )

    @cached_property
    def _unheld(self) -> Standing:
        """Return the standing of subjects for an aspect and service without facts."""
        nobody = np.full(self.size, NOTHING, np.int32)
        return Standing(self, WHOLE, nobody, nobody, np.zeros(self.size, np.bool_))

    def _spread(self, subject: Numbers, values: Numbers | np.int32) -> Numbers:
        spread = np.full(self.size, NOTHING, np.int32)
        spread[subject] = values
        return spread

    def history(self, spoken: Spoken) -> History:
        """Return every rating of every subject for an aspect and service."""
        found = self._histories.get(spoken)
        if found is None:
            if len(self._histories) >= _KEPT_HISTORIES:
                self._histories = {}
            found = self._histories[spoken] = history_of(self, spoken)
        return found

    def ever(self, spoken: Spoken, wanted: Flags) -> Flags:
        """Return which subjects have, or had, one of the ratings with the codes ``wanted``, on any date that
        does not contradict itself.
        """
        found = np.zeros(self.size, np.bool_)
        pair = self.pair(spoken)
        if pair is not None:
            column, every = self.store.column, self.rows(pair)
            rows = self._speaking(every)
            subject, rating = column("fact.subject")[rows], column("fact.rating")[rows]
            settled = settle(subject, column("fact.published")[rows], self.ratings.alike[rating])
            contradictory = np.zeros(len(column("fact.subject")), np.bool_)
            contradictory[rows[~settled.counts]] = True
            every = every[~contradictory[every]]
            having = wanted[column("fact.rating")[every]] | wanted[column("fact.given")[every]]
            found[column("fact.subject")[every[having]]] = True
        return found

    def contradictions(self, spoken: Spoken, subject: int) -> list[int]:
        """Return the rows of a subject's newest facts if they contradict each other."""
        pair = self.pair(spoken)
        if pair is None or not self.standing(spoken).contradictory[subject]:
            return []
        column, rows = self.store.column, self.rows(pair)
        rows = self._speaking(rows[column("fact.subject")[rows] == subject])
        settled = settle(
            column("fact.subject")[rows],
            column("fact.published")[rows],
            self.ratings.alike[column("fact.rating")[rows]],
        )
        return [int(row) for row in rows[settled.state == CONTRADICTORY]]

    def remember(self, condition: Condition, compute: Callable[[Condition], Flags]) -> Flags:
        """Return which subjects meet a condition, computed once while it is cached; don't write to it."""
        found = self._flags.get(condition)
        if found is None:
            found = compute(condition)
            found.flags.writeable = False
            if len(self._flags) >= _KEPT_FLAGS:
                self._flags = {}
            self._flags[condition] = found
        return found

    # Fields -------------------------------------------------------------------------------------------------

    def held(self, name: str) -> Field:
        """Return a field of the tables. Raises KeyError if no table has it."""
        found = self.store.field(name)
        if found is None:
            raise KeyError(name)
        return found

    def field(self, name: str) -> NDArray[Any]:
        """Return the codes of a field's values, or the numbers of a number column (NaN for none), subject by
        subject.
        """
        if name != "inherited":
            return self.store.column(f"subject.{name}")
        row = self.standing(self.home).row
        return np.append(self.store.column("fact.inherited"), np.int32(NOTHING))[row]

    @cached_property
    def closed(self) -> Flags:
        """Return which subjects have closed by the day of the view: by a closing date,
        otherwise by a status that says so.
        """
        found, undated = np.zeros(self.size, np.bool_), np.ones(self.size, np.bool_)
        if self.store.field("closed") is not None:
            days = self.days("closed")
            undated = self.field("closed") == NOTHING
            found |= ~undated
            if self.at is not None:
                found &= (days == NOTHING) | (days <= self.at.toordinal())
        if self.store.field("status") is not None:
            codes = [code for status, code in self.store.codes_beginning("status", "") if says_closed(status)]
            found |= undated & np.isin(self.field("status"), codes)
        return found

    def days(self, name: str) -> Numbers:
        """Return the days in a column of dates, subject by subject; :data:`NOTHING` if there is none."""
        if self.held(name).type != "date":
            return np.full(self.size, NOTHING, np.int32)
        told = {
            code: day.toordinal()
            for key, code in self.store.codes_beginning(name, "")
            if (day := _day(key)) is not None
        }
        ordinals = np.full(max(told, default=0) + 2, NOTHING, np.int32)
        ordinals[list(told)] = list(told.values())
        codes = self.field(name)
        days: Numbers = ordinals[np.where(codes < len(ordinals) - 1, codes, NOTHING)]
        return days

    def subjects(self, numbers: Sequence[int]) -> Flags:
        """Mark the subjects with these numbers."""
        marked = np.zeros(self.size, np.bool_)
        marked[[number - 1 for number in numbers if 0 < number <= self.size]] = True
        return marked


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
