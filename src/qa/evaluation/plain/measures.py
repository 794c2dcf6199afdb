"""Measures, claims and comparisons over rows, one subject at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from qa.evaluation.plain.events import Chronicled
from qa.evaluation.plain.history import happened
from qa.evaluation.plain.missing import of_nothing, of_subjects
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Result, Side, Value, share
from qa.question import query as q
from qa.records import RatingFact
from qa.scale import on_one_scale, scales_of


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
            values = (
                Value(one.number, one.name, field, self.rows.value(one, field))
                for one in told[: self.shown]
                for field in query.measure.fields
            )
            result = replace(result, values=tuple(values), total=len(told))
        if isinstance(query.measure, q.Ratings | q.Dates):
            result = of_subjects(query, self.rows, self.telling, result)
        return result if told else of_nothing(self.query, self.rows, result)

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
        winning = list({fact.id: fact for fact in winning}.values())  # a subject in two scopes is shown once
        result = self.related(levels) if len(known) == len(levels) else Result()
        return self.with_facts(
            winning, replace(result, sides=tuple(sides), missing=missing.missing, detail=missing.detail)
        )

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


def total(function: str, numbers: Sequence[float]) -> float | None:
    """Return the sum, mean, minimum or maximum; ``None`` if there are no numbers."""
    if not numbers:
        return None
    if function in ("sum", "mean"):
        return math.fsum(numbers) / (len(numbers) if function == "mean" else 1)
    return min(numbers) if function == "least" else max(numbers)
