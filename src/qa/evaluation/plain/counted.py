"""Which subjects a Query over rows counts, which facts show it, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from qa.evaluation.plain.asked import (
    asks_before,
    asks_closed,
    asks_dates,
    asks_unrated,
    own_pairs,
    pairs,
    said_of,
    telling,
)
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.distances import nearest
from qa.evaluation.plain.rows import Rows
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Result
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import Condition, Query, simple_conditions
from qa.records import RatingFact


class Counted:
    """One Query over rows: which subjects it counts, and the facts that show it."""

    def __init__(self, query: Query, rows: Rows, limit: int) -> None:
        self.query = query
        self.rows = rows
        self.limit = limit
        self.shown = min(limit, query.most) if query.most is not None else limit
        self.telling = telling(query, rows)

    def can_count(self, subject: Subject, scope: Condition, about: Condition) -> bool:
        """True if a subject can count in a scope."""
        if self.rows.is_closed(subject) and not asks_closed(self.query):
            return False
        if asks_unrated(scope, about):
            return True
        asked = pairs(scope, about) or own_pairs(self.query, self.rows)
        if not asked and self.asks_values():
            return True
        if (not asked or asks_dates(scope, about)) and self.rows.counting(subject) is not None:
            return True
        return any(self.rows.current(subject, *pair) for pair in asked)

    def asks_values(self) -> bool:
        """True if the Query asks for fields of subjects, rated or not."""
        return isinstance(self.query.measure, q.Values) and self.query.claim is None

    def counted(self) -> list[Subject]:
        """Return the subjects of the scope that count."""
        scope, about = self.query.scope, said_of(self.query)
        return [
            one
            for one in self.rows.subjects
            if holds(scope, one, self.rows) and self.can_count(one, scope, about)
        ]

    def in_whole(self, subject: Subject, condition: Condition) -> bool:
        """True if a subject belongs to the whole that a condition is a part of: it has every rating that the
        condition is about, unless the condition also allows it to be missing."""
        scale = self.rows.scale
        lacking = pairs(*(one for one in simple_conditions(condition) if isinstance(one, q.Unrated)))
        for one in simple_conditions(condition):
            if isinstance(one, q.Rated | q.RatedFor) and any(
                scale.rank(rating) is None for rating in one.ratings
            ):
                continue
            if isinstance(one, q.Published | q.Unrated):
                continue
            if any(self.rows.rank(subject, *pair) is None for pair in pairs(one) if pair not in lacking):
                return False
        return True

    def parts(self, subjects: Iterable[Subject], condition: Condition) -> tuple[list[Subject], list[Subject]]:
        """Return which subjects meet a condition, and the whole that they are a part of."""
        whole = [one for one in subjects if self.in_whole(one, condition)]
        return [one for one in whole if holds(condition, one, self.rows)], whole

    def facts_of(self, subject: Subject) -> list[RatingFact]:
        """Return the facts shown for a subject."""
        found, before = [], asks_before(self.query)
        for pair in self.telling:
            fact = self.rows.current(subject, *pair)
            if before and fact is not None and self.rows.before(subject, *pair) is None:
                fact = None
            if fact is None and not before and not own_pairs(self.query, self.rows):
                fact = self.rows.counting(subject)
            if fact is not None:
                found.append(fact)
        return found

    def all_facts(self, subjects: Iterable[Subject]) -> list[RatingFact]:
        """Return the facts shown for some subjects."""
        return [fact for one in subjects for fact in self.facts_of(one)]

    def ordered(self, subjects: Iterable[Subject]) -> list[Subject]:
        """Return subjects in display order, cut to the requested places."""
        found = self.as_read(subjects)
        order = self.query.order
        keys: list[Any] = list(range(len(found)))
        if order is not None and order.key != "figure":
            known, unknown = self.sorted_by(order, found)
            keys = [self.sorts_by(one, order.key) for one in known]
            found = known if self.query.ranks is not None else known + unknown
        if not self.query.ranks:
            return found
        return [one for one, place in zip(found, self.places(keys), strict=True) if self.is_within(place)]

    def as_read(self, subjects: Iterable[Subject]) -> list[Subject]:
        """Return subjects in reading order, named ones in the order in which the Query names them, and the
        nearest first. Subjects without a fact to show are dropped unless their fields are asked for."""
        found = list(subjects)
        if not self.asks_values():
            found = [one for one in found if self.facts_of(one)]
        found.sort(key=lambda one: (self.first_place(one), one.number))
        for part in q.parts_of(self.query.scope):
            if isinstance(part, q.Named):
                found.sort(key=lambda one: part.subjects.index(one.number))
                break
        if q.nears(self.query):
            far = {one.number: nearest(self.query, one, self.rows, holds) for one in found}
            found.sort(key=lambda one: math.inf if (distance := far[one.number]) is None else distance)
        return found

    def first_place(self, subject: Subject) -> float:
        """Return the position of the first fact shown for a subject, in the order of reading."""
        return min((self.rows.place(fact) for fact in self.facts_of(subject)), default=math.inf)

    def sorted_by(self, order: q.Order, found: Sequence[Subject]) -> tuple[list[Subject], list[Subject]]:
        """Return subjects in the requested order, and separately those whose sort value is unknown."""

        def sorts_by(one: Subject) -> Any:
            return self.sorts_by(one, order.key)

        known = [one for one in found if sorts_by(one) is not None]
        unknown = [one for one in found if sorts_by(one) is None]
        best_first = order.key == "rating"  # the best rank is the lowest
        return sorted(known, key=sorts_by, reverse=order.descending != best_first), unknown

    def sorts_by(self, subject: Subject, name: str) -> Any:
        """Return the sort key of a subject; ``None`` if it is unknown."""
        pair = self.telling[0] if self.telling else self.rows.home()
        if name == "rating":
            before = isinstance(self.query.measure, q.Ratings) and self.query.measure.before
            return self.rows.rank_before(subject, *pair) if before else self.rows.rank(subject, *pair)
        if name == "steps":
            now, then = self.rows.rank(subject, *pair), self.rows.rank_before(subject, *pair)
            return None if now is None or then is None else then - now
        if name == "date":
            fact = self.rows.current(subject, *pair)
            return fact.published if fact is not None else None
        if name == "name":
            return key(subject.name)
        if name == "distance":
            return nearest(self.query, subject, self.rows, holds)
        return self.rows.sort_key(subject, name)

    def places(self, keys: Sequence[Any]) -> list[int]:
        """Return the rank of each of sorted keys: 1 + the number before; for an ordinal, the number of
        distinct ones."""
        assert self.query.ranks is not None
        ordinal = self.query.ranks[0] == self.query.ranks[1]
        return [1 + (len(distinct(keys[: keys.index(one)])) if ordinal else keys.index(one)) for one in keys]

    def is_within(self, place: int) -> bool:
        """True if a rank is one of those asked for."""
        return self.query.ranks is None or self.query.ranks[0] <= place <= self.query.ranks[1]

    def with_facts(self, facts: Sequence[RatingFact], result: Result) -> Result:
        """Return a result with the facts that are shown, their number, and their dates."""
        dates = [fact.published for fact in facts if fact.published is not None]
        return replace(
            result,
            facts=tuple(map(self.rows.told, facts[: self.shown])),
            total=len(facts),
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
        )


def distinct(values: Iterable[Any]) -> list[Any]:
    """Return each value once."""
    return list(dict.fromkeys(values))
