"""Measures, claims and comparisons over rows, one subject at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from qa.evaluation.plain.asked import (
    asks_closed,
    asks_unrated,
    is_long_ago,
    own_pairs,
    pairs,
    said_of,
    simple,
    telling,
)
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.distances import nearest
from qa.evaluation.plain.history import Given, happened, speaking_for
from qa.evaluation.plain.missing import of_nothing, of_subjects
from qa.evaluation.plain.rows import Rows
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Group, Result, Side, Value, share
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import Condition, Query
from qa.records import RatingFact
from qa.scale import on_one_scale, scales_of


class Measured:
    """One Query over rows: who counts, whose facts tell, and the figures."""

    def __init__(self, query: Query, rows: Rows, limit: int) -> None:
        self.query = query
        self.rows = rows
        self.limit = limit
        self.shown = min(limit, query.most) if query.most is not None else limit
        self.telling = telling(query, rows)

    # Who counts ---------------------------------------------------------------------------------------------

    def can_count(self, subject: Subject, scope: Condition, about: Condition) -> bool:
        """Whether a subject can count in a scope."""
        if self.rows.is_closed(subject) and not asks_closed(self.query):
            return False
        if asks_unrated(scope, about):
            return True
        asked = pairs(scope, about) or own_pairs(self.query, self.rows)
        if not asked and isinstance(self.query.measure, q.Values) and self.query.claim is None:
            return True
        if not asked:
            return self.rows.counting(subject) is not None
        dated = any(
            isinstance(one, q.Published) and one == q.Published(one.since, one.until)
            for one in (*simple(scope), *simple(about))
        )
        return (dated and self.rows.counting(subject) is not None) or any(
            self.rows.current(subject, *pair) for pair in asked
        )

    def counted(self) -> list[Subject]:
        """Return the subjects of the scope that count."""
        scope, about = self.query.scope, said_of(self.query)
        return [
            one
            for one in self.rows.subjects
            if holds(scope, one, self.rows) and self.can_count(one, scope, about)
        ]

    def in_whole(self, subject: Subject, condition: Condition) -> bool:
        """Whether a subject is of those that a condition is true of in part: rated for all that it asks of
        ratings.
        """
        scale = self.rows.scale
        for one in simple(condition):
            if isinstance(one, q.Rated | q.RatedFor) and any(
                scale.rank(rating) is None for rating in one.ratings
            ):
                continue
            if isinstance(one, q.Published | q.Unrated):
                continue
            if any(self.rows.rank(subject, *pair) is None for pair in pairs(one)):
                return False
        return True

    def parts(self, subjects: Iterable[Subject], condition: Condition) -> tuple[list[Subject], list[Subject]]:
        """Return who fulfils a condition, and of whom these are a part."""
        whole = [one for one in subjects if self.in_whole(one, condition)]
        return [one for one in whole if holds(condition, one, self.rows)], whole

    # Facts --------------------------------------------------------------------------------------------------

    def facts_of(self, subject: Subject) -> list[RatingFact]:
        """The facts that tell of a subject."""
        measure, found = self.query.measure, []
        before = isinstance(measure, q.Ratings) and measure.before and self.query.claim is None
        for pair in self.telling:
            fact = self.rows.current(subject, *pair)
            if before and fact is not None and self.rows.before(subject, *pair) is None:
                fact = None
            if fact is None and not before and not own_pairs(self.query, self.rows):
                fact = self.rows.counting(subject)
            if fact is not None:
                found.append(fact)
        return found

    def ordered(self, subjects: Iterable[Subject]) -> list[Subject]:
        """Subjects in the order in which they are told, cut to the places asked for."""
        found = list(subjects)
        if not isinstance(self.query.measure, q.Values) or self.query.claim is not None:
            found = [one for one in found if self.facts_of(one)]
        found.sort(
            key=lambda one: (
                min((self.rows.place(fact) for fact in self.facts_of(one)), default=math.inf),
                one.number,
            )
        )
        for part in q.parts_of(self.query.scope):
            if isinstance(part, q.Named):
                found.sort(key=lambda one: part.subjects.index(one.number))
                break
        if q.nears(self.query):
            far = {one.number: nearest(self.query, one, self.rows, holds) for one in found}
            found.sort(key=lambda one: math.inf if (distance := far[one.number]) is None else distance)
        order = self.query.order
        keys: list[Any] = list(range(len(found)))
        if order is not None and order.key != "figure":
            known = [one for one in found if self.sorts_by(one, order.key) is not None]
            unknown = [one for one in found if self.sorts_by(one, order.key) is None]
            best_first = order.key == "rating"  # the best rank is the lowest
            known.sort(key=lambda one: self.sorts_by(one, order.key), reverse=order.descending != best_first)
            if order.descending != best_first:
                known = stable_reversed(known, lambda one: self.sorts_by(one, order.key), found)
            found = known + unknown
            keys = [self.sorts_by(one, order.key) for one in known]
            if self.query.ranks is not None:
                found = known
        return (
            [one for one, place in zip(found, self.places(keys), strict=False) if self.is_within(place)]
            if self.query.ranks
            else found
        )

    def sorts_by(self, subject: Subject, name: str) -> Any:
        """Return what a subject is sorted by; ``None`` where it is unknown."""
        pair = self.telling[0] if self.telling else self.rows.home()
        if name == "rating":
            before = isinstance(self.query.measure, q.Ratings) and self.query.measure.before
            return self.rows.rank_before(subject, *pair) if before else self.rows.rank(subject, *pair)
        if name == "date":
            fact = self.rows.current(subject, *pair)
            return fact.published if fact is not None else None
        if name == "name":
            return key(subject.name)
        if name == "distance":
            return nearest(self.query, subject, self.rows, holds)
        return self.rows.sort_key(subject, name)

    def places(self, keys: Sequence[Any]) -> list[int]:
        """The place of each of sorted keys: 1 + how many stand before; for an ordinal, how many different
        ones do.
        """
        assert self.query.ranks is not None
        ordinal = self.query.ranks[0] == self.query.ranks[1]
        return [1 + (len(distinct(keys[: keys.index(one)])) if ordinal else keys.index(one)) for one in keys]

    def is_within(self, place: int) -> bool:
        """Whether a place is one of those asked for."""
        return self.query.ranks is None or self.query.ranks[0] <= place <= self.query.ranks[1]

    def with_facts(self, facts: Sequence[RatingFact], result: Result) -> Result:
        """Return a result with the facts that are shown, how many there are, and their dates."""
        dates = [fact.published for fact in facts if fact.published is not None]
        return replace(
            result,
            facts=tuple(map(self.rows.told, facts[: self.shown])),
            total=len(facts),
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
        )

    def all_facts(self, subjects: Iterable[Subject]) -> list[RatingFact]:
        """Return the facts that tell of subjects."""
        return [fact for one in subjects for fact in self.facts_of(one)]

    # Measures -----------------------------------------------------------------------------------------------

    def figure(self) -> tuple[Result, list[Subject]]:
        """Return the figure over those counted, and whose facts tell it."""
        measure, counted = self.query.measure, self.counted()
        if isinstance(measure, q.Share):
            matching, whole = self.parts(counted, measure.of)
            figure = share(len(matching), len(whole)) if whole else None
            return Result(figure=figure, matching=len(matching), whole=len(whole)), matching
        if isinstance(measure, q.Times):
            times = {one.number: len(happened(one, measure.event, self.rows)) for one in counted}
            having = [one for one in counted if times[one.number]]
            return Result(figure=float(sum(times.values())), matching=len(having), whole=len(counted)), having
        if isinstance(measure, q.Count):
            number = len(counted) if measure.of is None else len(self.different(counted, measure.of))
            return Result(figure=float(number)), counted
        if isinstance(measure, q.Total):
            numbers = {one.number: self.rows.number(one, measure.field) for one in counted}
            known = [one for one in counted if numbers[one.number] is not None]
            figure = total(measure.function, [number for number in numbers.values() if number is not None])
            result = Result(figure=figure, matching=len(known), whole=len(counted))
            extremes = measure.function in ("least", "most")
            return result, [one for one in known if numbers[one.number] == figure] if extremes else known
        return Result(), counted

    def different(self, subjects: Iterable[Subject], field: str) -> set[str]:
        """Return the different values of a field."""
        return {value for one in subjects if (value := self.rows.key_of(one, field)) is not None}

    def measured(self) -> Result:
        """Return what the measure says of the scope."""
        query = self.query
        figure, subjects = self.figure()
        if isinstance(query.measure, q.Events | q.Times):
            result = of_subjects(
                query, self.rows, self.telling, self.chronicled(query.measure, subjects, figure)
            )
            return result if result.total else self.without_history(of_nothing(query, self.rows, result))
        if query.order is not None and query.order.key == "rating":
            pair = self.telling[0] if self.telling else self.rows.home()
            places = [place for one in subjects if (place := self.rows.rank(one, *pair)) is not None]
            if (several := self.several_scales(places)) is not None:
                return several
        told = self.ordered(subjects)
        result = self.with_facts(self.all_facts(told), figure)
        if isinstance(query.measure, q.Values):
            values = (
                Value(one.number, one.name, field, self.rows.value(one, field))
                for one in told[: self.shown]
                for field in query.measure.fields
            )
            result = replace(result, values=tuple(values), total=len(told))
        if isinstance(query.measure, q.Ratings | q.Dates):
            result = of_subjects(query, self.rows, self.telling, result)
        return result if told else of_nothing(self.query, self.rows, result)

    def evidence(self, condition: Condition) -> list[RatingFact]:
        """Return the facts by which those whom the Query names fulfil a condition on their past, or would."""
        about = [
            one
            for one in simple(condition)
            if isinstance(one, q.Rated | q.Moved | q.Happened) and is_long_ago(one)
        ]
        named = [part.subjects for part in q.parts_of(self.query.scope) if isinstance(part, q.Named)][:1]
        if len(about) != 1 or not named:
            return []
        found: list[Given] = []
        for subject in sorted(
            (one for one in self.rows.subjects if one.number in named[0]), key=self.place_told
        ):
            found += [
                one
                for one in speaking_for(subject, about[0], self.rows)
                if one.told and one.published is not None
            ]
        return [replace(self.rows.told(one.fact), previous_rating=one.before) for one in found[: self.shown]]

    def chronicled(self, measure: q.Events | q.Times, subjects: Sequence[Subject], figure: Result) -> Result:
        """Return a figure with the facts of the events of some subjects, each with the rating that was before
        it then.
        """
        found: list[Given] = []
        for one in sorted(subjects, key=self.place_told):
            its = happened(one, measure.event, self.rows)
            if isinstance(measure, q.Events):
                its = [rating for rating in its if rating.told and rating.published is not None]
                its = {"first": its[:1], "last": its[-1:], "every": its}[measure.which]
            found += its
        order = self.query.order
        if isinstance(measure, q.Times) and order is not None and order.key == "figure":
            figure, found = self.most_often(measure, subjects, figure)
        elif order is not None and order.key in ("date", "rating"):
            found = self.ranked_ratings(found, order)
        once = list({rating.fact.id: rating for rating in reversed(found)}.values())[::-1]
        dates = [rating.published for rating in once if rating.published is not None]
        told = tuple(
            replace(
                self.rows.told(rating.fact), previous_rating=rating.before if rating.told else rating.rating
            )
            for rating in once[: self.shown]
        )
        return replace(
            figure,
            facts=told,
            total=len(once),
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
        )

    def ranked_ratings(self, found: Sequence[Given], order: q.Order) -> list[Given]:
        """Return ratings by date or from the best, those at the places asked for."""
        days = [rating.published.toordinal() if rating.published else -1 for rating in found]
        keys: list[int] = (
            days if order.key == "date" else [-(self.rows.scale.rank(rating.rating) or 0) for rating in found]
        )
        pairs = sorted((-one if order.descending else one, place) for place, one in enumerate(keys))
        places = self.places([one for one, _ in pairs]) if self.query.ranks is not None else [1] * len(pairs)
        return [found[at] for (_, at), place in zip(pairs, places, strict=True) if self.is_within(place)]

    def most_often(
        self, measure: q.Times, subjects: Sequence[Subject], figure: Result
    ) -> tuple[Result, list[Given]]:
        """Return the subjects by how often, those at the places asked for, and the ratings of these."""
        assert self.query.order is not None
        its = {one.number: happened(one, measure.event, self.rows) for one in subjects}
        sign = -1 if self.query.order.descending else 1
        ordered = sorted(subjects, key=lambda one: (sign * len(its[one.number]), one.number))
        keys = [len(its[one.number]) for one in ordered]
        places = self.places(keys) if self.query.ranks is not None else [1] * len(keys)
        chosen = [one for one, place in zip(ordered, places, strict=True) if self.is_within(place)]
        groups = tuple(Group((one.name,), float(len(its[one.number]))) for one in chosen[: self.shown])
        figure = replace(figure, groups=groups, groups_total=len(chosen))
        return figure, [rating for one in chosen for rating in its[one.number]]

    def place_told(self, subject: Subject) -> int:
        """Where a subject stands among those told of: as asked by name, else as read."""
        for part in q.parts_of(self.query.scope):
            if isinstance(part, q.Named):
                return part.subjects.index(subject.number)
        return subject.number

    def without_history(self, result: Result) -> Result:
        """Return a result; where those named have no history, with what is held of them."""
        named = any(isinstance(part, q.Named) for part in q.parts_of(self.query.scope))
        return (
            self.with_facts(self.all_facts(self.ordered(self.counted())), result)
            if named and result.missing == "history"
            else result
        )

    def claimed(self, claim: q.Claim) -> Result:
        """Return whether a claim holds, of how many, and who speaks against it."""
        matching, whole = self.parts(self.counted(), claim.condition)
        verdict = claim.quantifier.holds(len(matching), len(whole))
        result = Result(matching=len(matching), whole=len(whole), verdict=verdict)
        result = self.with_facts(self.all_facts(self.ordered(matching)), result)
        if evidence := self.evidence(claim.condition):
            result = replace(result, facts=tuple(evidence), total=len(evidence))
        failing = matching if claim.quantifier.high == 0 else [one for one in whole if one not in matching]
        exceptions = self.all_facts(self.ordered(failing))[: self.limit]
        result = of_subjects(
            self.query,
            self.rows,
            self.telling,
            replace(result, exceptions=tuple(map(self.rows.told, exceptions))),
        )
        return result if matching else of_nothing(self.query, self.rows, result)

    def compared(self) -> Result:
        """Return the measure of each scope, and how they stand to each other."""
        query = self.query
        sides, facts, levels, missing = list[Side](), list[list[RatingFact]](), list[float | None](), Result()
        for scope in (query.scope, *query.against):
            one = Measured(replace(query, scope=scope, against=()), self.rows, self.limit)
            figure, subjects = one.figure()
            facts.append(one.all_facts(one.ordered(subjects)))
            told = one.with_facts(facts[-1], figure)
            sides.append(Side(told.figure, told.matching, told.whole, told.facts, told.total))
            if isinstance(query.measure, q.Ratings):
                places = {
                    self.rows.scale.place(fact.rating, fact.source.document, fact.aspect)
                    for fact in told.facts
                }
                place = places.pop() if len(places) == 1 and len(told.facts) == told.total else None
                levels.append(None if place is None else -float(place))
                if not missing.missing:
                    missing = of_subjects(one.query, one.rows, one.telling, Result())
            else:
                levels.append(told.figure)
        known = [level for level in levels if level is not None]
        if isinstance(query.measure, q.Ratings) and (several := self.several_scales(known)) is not None:
            every = list({fact.id: fact for side in facts for fact in side}.values())
            return replace(self.with_facts(every, several), sides=tuple(sides))
        pick: Callable[..., float] = min if query.order is not None and not query.order.descending else max
        winning = [
            fact
            for level, those in zip(levels, facts, strict=True)
            if known and level == pick(known)
            for fact in those
        ]
        winning = list({fact.id: fact for fact in winning}.values())  # who is in two scopes is told once
        result = self.related(levels) if len(known) == len(levels) else Result()
        return self.with_facts(
            winning, replace(result, sides=tuple(sides), missing=missing.missing, detail=missing.detail)
        )

    def several_scales(self, levels: Iterable[float]) -> Result | None:
        """Return the reason why ratings can't be compared: that they are on several scales; ``None`` if they
        are on one.
        """
        places = [abs(int(level)) for level in levels]
        return (
            None
            if on_one_scale(places)
            else Result(missing="scale", detail="; ".join(scales_of(places, self.rows.scale)))
        )

    def related(self, levels: Sequence[Any]) -> Result:
        """Return what the relation says of the first level and the others."""
        first, others, relation = levels[0], levels[1:], self.query.relation
        if relation == "better":
            return Result(verdict=first > max(others))
        if relation == "worse":
            return Result(verdict=first < min(others))
        if relation == "same":
            return Result(verdict=len(set(levels)) == 1)
        if isinstance(self.query.measure, q.Ratings) or relation not in ("difference", "ratio"):
            return Result()
        if relation == "difference":
            return Result(figure=round(abs(first - others[0]), 6))
        return Result(figure=None if others[0] == 0 else round(first / others[0], 6))


def stable_reversed(
    ordered: Sequence[Any], sorts_by: Callable[[Any], Any], before: Sequence[Any]
) -> list[Any]:
    """Sort from the highest to the lowest; equal ones stay as they stood ``before``."""
    keys = distinct([sorts_by(one) for one in ordered])
    keys.sort(reverse=True)
    return [one for value in keys for one in before if one in ordered and sorts_by(one) == value]


def distinct(values: Iterable[Any]) -> list[Any]:
    """Return each value once."""
    return list(dict.fromkeys(values))


def total(function: str, numbers: Sequence[float]) -> float | None:
    """Return the sum, mean, least or most; ``None`` of nothing."""
    if not numbers:
        return None
    if function in ("sum", "mean"):
        return math.fsum(numbers) / (len(numbers) if function == "mean" else 1)
    return min(numbers) if function == "least" else max(numbers)
