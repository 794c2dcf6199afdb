"""Measures, claims and comparisons over rows, one subject at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qa.evaluation.plain.events import Chronicled
from qa.evaluation.plain.history import happened
from qa.evaluation.plain.missing import of_nothing, of_subjects
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Result, Side, Value, share
from qa.question import query as q
from qa.records import RatingFact
from qa.scale import on_one_scale, scales_of


@dataclass(frozen=True)
class Compared:
    """One side of a comparison, with all its facts, and why there are none of its subjects.

    ``level`` is what is compared: a figure, or a rating, the better the higher; ``None`` if it is unknown.
    """

    told: Side
    facts: Sequence[RatingFact]
    level: float | None
    lacking: Result = field(default_factory=Result)


class Measured(Chronicled):
    """One Query over rows: which subjects count, whose facts are shown, and the figures."""

    def figure(self) -> tuple[Result, list[Subject]]:
        """Return the figure over the counted subjects, and the subjects whose facts are shown for it."""
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
            return Result(figure=float(self.count(counted, measure))), counted
        if isinstance(measure, q.Total):
            return self.totalled(measure, counted)
        return Result(), counted

    def count(self, subjects: Sequence[Subject], measure: q.Count) -> int:
        """Return how many subjects there are, or how many different values of the field to count."""
        if measure.of is None:
            return len(subjects)
        return len({value for one in subjects if (value := self.rows.key_of(one, measure.of)) is not None})

    def totalled(self, measure: q.Total, counted: Sequence[Subject]) -> tuple[Result, list[Subject]]:
        """Return a total and the subjects with a number in it; for the least and the most, those that have
        that number."""
        numbers = {one.number: self.rows.number(one, measure.field) for one in counted}
        known = [one for one in counted if numbers[one.number] is not None]
        figure = total(measure.function, [number for number in numbers.values() if number is not None])
        result = Result(figure=figure, matching=len(known), whole=len(counted))
        if measure.function in ("least", "most"):
            return result, [one for one in known if numbers[one.number] == figure]
        return result, known

    def measured(self) -> Result:
        """Return the value of the measure for the scope."""
        query = self.query
        figure, subjects = self.figure()
        if isinstance(query.measure, q.Events | q.Times):
            result = of_subjects(
                query, self.rows, self.telling, self.chronicled(query.measure, subjects, figure)
            )
            return result if result.total else self.without_history(of_nothing(query, self.rows, result))
        if query.order is not None and query.order.key in ("rating", "steps"):
            pair = self.telling[0] if self.telling else self.rows.home()
            places = [place for one in subjects if (place := self.rows.rank(one, *pair)) is not None]
            if (several := self.several_scales(places)) is not None:
                return several
        told = self.ordered(subjects)
        result = self.with_facts(self.all_facts(told), figure)
        if isinstance(query.measure, q.Values):
            result = replace(result, values=self.values(query.measure, told), total=len(told))
        if isinstance(query.measure, q.Ratings | q.Dates):
            result = of_subjects(query, self.rows, self.telling, result)
        return result if told else of_nothing(self.query, self.rows, result)

    def values(self, measure: q.Values, subjects: Sequence[Subject]) -> tuple[Value, ...]:
        """Return the values of fields for some subjects, as many as are shown."""
        return tuple(
            Value(one.number, one.name, field, self.rows.value(one, field))
            for one in subjects[: self.shown]
            for field in measure.fields
        )

    def without_history(self, result: Result) -> Result:
        """Return a result; if the named subjects have no history, with what is known about them."""
        named = any(isinstance(part, q.Named) for part in q.parts_of(self.query.scope))
        return (
            self.with_facts(self.all_facts(self.ordered(self.counted())), result)
            if named and result.missing == "history"
            else result
        )

    def claimed(self, claim: q.Claim) -> Result:
        """Return whether a claim is true, for how many, and the exceptions."""
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
        """Return the measure of each scope, and how they compare."""
        sides = [self.side(scope) for scope in (self.query.scope, *self.query.against)]
        levels = [one.level for one in sides]
        known = [level for level in levels if level is not None]
        told = tuple(one.told for one in sides)
        if isinstance(self.query.measure, q.Ratings) and (several := self.several_scales(known)) is not None:
            return replace(self.with_facts(_once(sides), several), sides=told)
        result = self.related(levels) if len(known) == len(levels) else Result()
        lacking = next((one.lacking for one in sides if one.lacking.missing), Result())
        return self.with_facts(
            _once(self.winning(sides, known)),
            replace(result, sides=told, missing=lacking.missing, detail=lacking.detail),
        )

    def side(self, scope: q.Condition) -> Compared:
        """Return one of the scopes that are compared."""
        one = Measured(replace(self.query, scope=scope, against=()), self.rows, self.limit)
        figure, subjects = one.figure()
        facts = one.all_facts(one.ordered(subjects))
        result = one.with_facts(facts, figure)
        told = Side(result.figure, result.matching, result.whole, result.facts, result.total)
        if not isinstance(self.query.measure, q.Ratings):
            return Compared(told, facts, told.figure)
        lacking = of_subjects(one.query, one.rows, one.telling, Result())
        return Compared(told, facts, self.level_of_rating(told), lacking)

    def level_of_rating(self, side: Side) -> float | None:
        """Return the level of the one rating that all facts of a side share; a better rating has a higher
        level."""
        places = {
            self.rows.scale.place(fact.rating, fact.source.document, fact.aspect) for fact in side.facts
        }
        place = places.pop() if len(places) == 1 and len(side.facts) == side.total else None
        return None if place is None else -float(place)

    def winning(self, sides: Sequence[Compared], known: Sequence[float]) -> list[Compared]:
        """Return the sides with the highest level, or the lowest if that is asked for."""
        if not known:
            return []
        order = self.query.order
        best = min(known) if order is not None and not order.descending else max(known)
        return [one for one in sides if one.level == best]

    def several_scales(self, levels: Iterable[float]) -> Result | None:
        """Return why ratings can't be compared: they are on several scales; ``None`` if they are on one."""
        places = [abs(int(level)) for level in levels]
        return (
            None
            if on_one_scale(places)
            else Result(missing="scale", detail="; ".join(scales_of(places, self.rows.scale)))
        )

    def related(self, levels: Sequence[Any]) -> Result:
        """Return the relation between the first level and the others."""
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


def _once(sides: Sequence[Compared]) -> list[RatingFact]:
    """Return the facts of some sides; a subject in two scopes is shown once."""
    return list({fact.id: fact for side in sides for fact in side.facts}.values())


def total(function: str, numbers: Sequence[float]) -> float | None:
    """Return the sum, mean, minimum or maximum; ``None`` if there are no numbers."""
    if not numbers:
        return None
    if function in ("sum", "mean"):
        return math.fsum(numbers) / (len(numbers) if function == "mean" else 1)
    return min(numbers) if function == "least" else max(numbers)
