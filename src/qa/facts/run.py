"""Query → Result: computes what the tables say.

Whole columns of numbers are compared at once; the database stores them, and provides the facts to show. How
subjects are counted is described in :mod:`qa.question.query`; what that leaves open is decided here and in
the plain evaluator alike:

* A Query asks about some aspects and services (:func:`qa.facts.query_parts.spoken`), else the whole.
  Subjects without a current fact for any of them are not counted, unless :class:`~qa.question.query.Unrated`
  asks for them.
* The facts shown are those of the measure's aspects; otherwise of the only aspect and service asked about;
  otherwise of the whole, which also stands in if a subject has no fact for what is asked about.
* If aspects or services are dimensions of groups, conditions on the whole apply to each of them, unless
  ratings are a dimension as well.
* An order that asks for the fewest includes groups with none: for an ascending order of counts, groups are
  made without the scope's conditions on ratings and their dates.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from qa.facts import query_parts
from qa.facts.current_facts import NOTHING, Flags
from qa.facts.distances import middle
from qa.facts.figures import total
from qa.facts.grouped import Grouped
from qa.facts.missing import first_missing, of_absence, of_nothing, of_subjects
from qa.facts.result import Result, Side, share
from qa.facts.shown_facts import ShownFacts, Teller
from qa.facts.store import FactStore
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Query
from qa.scale import Scale, on_one_scale, scales_of


def run(
    query: Query, store: FactStore, scale: Scale, documents: Sequence[str] | None = None, limit: int = 50
) -> Result:
    """Return what the tables say to a Query, with at most ``limit`` facts, groups and subjects' values each.

    ``documents`` are the paths of the tables to use, as if there were no others; ``None`` is all.
    """
    if query.prose is not None:
        return Result()
    view = store.view(scale, None if documents is None else frozenset(documents), query.at)
    return first_missing(query, view) or _Run(view, query, limit).result()


def told(query: Query, view: View) -> tuple[Teller, ShownFacts] | None:
    """Return all facts of the subjects that a Query lists, and the object that reads them.

    ``None`` if it lists no subjects: groups, claims, comparisons, passages, or something that is in no table.
    """
    if query.prose is not None or query.by or query.claim or query.against or first_missing(query, view):
        return None
    one = _Run(view, query, 0)
    return one.teller, one.teller.tell(one.telling())


class _Run(Grouped):
    """One Query over one view."""

    def result(self) -> Result:
        """Return what the Query asks for, and how much history it is based on."""
        result = of_absence(self.query, self.view, self.conditions, self._result())
        spoken = query_parts.history(self.query)
        result = result if spoken is None else replace(result, history=self.chronicle.held(spoken))
        return self._with_distances(result)

    def _with_distances(self, result: Result) -> Result:
        """Return ``result`` with the distances of its subjects, if the scope says near what; in a comparison
        each side has its own.
        """
        parts = [
            *q.nears(self.query),
            *(near for scope in self.query.against for near in q.near_parts(scope)),
        ]
        if not parts:
            return result
        told = [middle(near, self.view, self.conditions.holds) for near in parts]
        result = replace(result, middles=tuple(one.places for one in told if one is not None))
        if self.query.against:
            return result
        far = self.teller.miles
        subjects = self.view.store.subjects_of([fact.id for fact in (*result.facts, *result.exceptions)])
        return replace(
            result,
            distances=tuple(
                None if far is None or np.isnan(far[one]) else float(far[one]) for one in subjects
            ),
        )

    def _result(self) -> Result:
        if self.query.by:
            return self._grouped()
        if self.query.claim is not None:
            return self._claimed(self.query.claim)
        return self._against() if self.query.against else self._measured()

    def _measured(self) -> Result:
        measure = self.query.measure
        figure, telling = self._figure()
        if isinstance(measure, q.Events | q.Times):
            result = self.chronicle.told(measure, telling, figure)
            result = of_subjects(self.query, self.view, self.focus, result, self.teller.facts)
            return result if result.total else self._without_history(result)
        if self.query.order is not None and self.query.order.key in ("rating", "steps"):
            places = self.view.standing(self.focus[0] if self.focus else self.view.home).rank[telling]
            if (
                several := _of_one_scale(np.unique(places[places != NOTHING]).tolist(), self.view.scale)
            ) is not None:
                return several
        told = self.teller.tell(telling)
        result = self.teller.with_facts(told, figure)
        if isinstance(measure, q.Values):
            result = replace(
                result, values=self.teller.values(told, measure.fields), total=len(told.subjects)
            )
        if isinstance(measure, q.Ratings | q.Dates):
            result = of_subjects(self.query, self.view, self.focus, result, self.teller.facts)
        return (
            result
            if telling.any() and len(told.subjects)
            else of_nothing(self.query, self.view, self.conditions, result)
        )

    def telling(self) -> Flags:
        """Return the subjects whose facts are shown for the measure."""
        return self._figure()[1]

    def _without_history(self, result: Result) -> Result:
        """Return an empty ``result`` with the reason; if the named subjects have no history, with what is
        known about them.
        """
        result = of_nothing(self.query, self.view, self.conditions, result)
        if result.missing != "history" or query_parts.named(self.query.scope) is None:
            return result
        return self.teller.with_facts(self.teller.tell(self._counted()), result)

    def _figure(self) -> tuple[Result, Flags]:
        """Return the figure over the counted subjects, and the subjects whose facts are shown for it."""
        measure = self.query.measure
        if isinstance(measure, q.Share):
            matching, whole = self._parts(measure.of)
            part, of = int(matching.sum()), int(whole.sum())
            return Result(figure=share(part, of) if of else None, matching=part, whole=of), matching
        counted = self._counted()
        if isinstance(measure, q.Times):
            number = self.chronicle.counts(measure.event) * counted
            return Result(
                figure=float(number.sum()), matching=int((number > 0).sum()), whole=int(counted.sum())
            ), number > 0
        if isinstance(measure, q.Count):
            return Result(
                figure=float(self._different(counted, measure.of) if measure.of else counted.sum())
            ), counted
        if isinstance(measure, q.Total):
            numbers = self.view.field(measure.field)
            known = counted & ~np.isnan(numbers)
            figure = total(measure.function, numbers[known].tolist()) if known.any() else None
            telling = (
                known & (numbers == figure)
                if measure.function in ("least", "most") and figure is not None
                else known
            )
            return Result(figure=figure, matching=int(known.sum()), whole=int(counted.sum())), telling
        return Result(), counted

    def _different(self, counted: Flags, field: str) -> int:
        values = self.view.field(field)[counted]
        if values.dtype.kind == "f":
            return len(np.unique(values[~np.isnan(values)]))
        return int((np.bincount(values[values != NOTHING]) > 0).sum())

    def _claimed(self, claim: q.Claim) -> Result:
        matching, whole = self._parts(claim.condition)
        part, of = int(matching.sum()), int(whole.sum())
        result = Result(matching=part, whole=of, verdict=claim.quantifier.holds(part, of))
        result = self.teller.with_facts(self.teller.tell(matching), result)
        if evidence := self.chronicle.evidence(claim.condition):
            result = replace(result, facts=evidence, total=len(evidence))
        against = matching if claim.quantifier.high == 0 else whole & ~matching
        exceptions = self.teller.facts(self.teller.tell(against).rows[: self.limit].tolist())
        result = of_subjects(
            self.query, self.view, self.focus, replace(result, exceptions=exceptions), self.teller.facts
        )
        return result if part else of_nothing(self.query, self.view, self.conditions, result)

    def _against(self) -> Result:
        query, rated = self.query, isinstance(self.query.measure, q.Ratings)
        runs = [
            _Run(self.view, replace(query, scope=scope, against=()), self.limit)
            for scope in (query.scope, *query.against)
        ]
        told, sides = zip(*(one._side() for one in runs), strict=True)
        levels = [self._level(side) if rated else side.figure for side in sides]
        known = [level for level in levels if level is not None]
        if rated and (several := _of_one_scale(known, self.view.scale)) is not None:
            return replace(self.teller.with_facts(ShownFacts.joined(told).once(), several), sides=sides)
        winners = _winners(told, levels, query.order)
        result = _related(query.relation, levels, figures=not rated)
        if rated:
            result = _with_missing(runs, result)
        return self.teller.with_facts(ShownFacts.joined(winners).once(), replace(result, sides=sides))

    def _side(self) -> tuple[ShownFacts, Side]:
        """Return the facts shown for one side of a comparison, and its figure or rating."""
        figure, telling = self._figure()
        told = self.teller.tell(telling)
        one = self.teller.with_facts(told, figure)
        return told, Side(one.figure, one.matching, one.whole, one.facts, one.total)

    def lacking(self) -> Result:
        """Return an empty Result, with the reason if a named subject is missing."""
        return of_subjects(self.query, self.view, self.focus, Result(), self.teller.facts)

    def _level(self, side: Side) -> float | None:
        """Return the position of a side's one rating on the scale; ``None`` if there is not one, or if
        registrations differ.
        """
        places = {
            self.view.scale.place(fact.rating, fact.source.document, fact.aspect) for fact in side.facts
        }
        place = places.pop() if len(places) == 1 and len(side.facts) == side.total else None
        return None if place is None else -float(place)


def _of_one_scale(places: Sequence[float], scale: Scale) -> Result | None:
    """Return why ratings can't be compared: they use several scales; ``None`` if they use one."""
    whole = [abs(int(place)) for place in places]
    return None if on_one_scale(whole) else Result(missing="scale", detail="; ".join(scales_of(whole, scale)))


def _with_missing(runs: Sequence[_Run], result: Result) -> Result:
    """Return the Result of a comparison with the first reason why a side has no rating."""
    lacking = next((one for one in map(_Run.lacking, runs) if one.missing), None)
    return result if lacking is None else replace(result, missing=lacking.missing, detail=lacking.detail)


def _winners(
    told: Sequence[ShownFacts], levels: Sequence[float | None], order: q.Order | None
) -> list[ShownFacts]:
    """Return what is shown for the sides with the highest level, or with the lowest if the order begins with
    that."""
    known = [level for level in levels if level is not None]
    lowest = order is not None and not order.descending
    best = min(known, default=None) if lowest else max(known, default=None)
    return [one for one, level in zip(told, levels, strict=True) if level is not None and level == best]


def _related(relation: q.Relation | None, levels: Sequence[float | None], *, figures: bool) -> Result:
    """Compare the first level with the others; ``None`` if any is unknown."""
    known = [level for level in levels if level is not None]
    if len(known) < len(levels) or relation is None or relation == "compare":
        return Result()
    first, others = known[0], known[1:]
    if (holds := _VERDICTS.get(relation)) is not None:
        return Result(verdict=all(holds(first, other) for other in others))
    if not figures:
        return Result()
    if relation == "difference":
        return Result(figure=round(abs(first - others[0]), 6))
    return Result(figure=round(first / others[0], 6) if others[0] else None)


_VERDICTS: Mapping[q.Relation, Callable[[float, float], bool]] = {
    "better": operator.gt,
    "worse": operator.lt,
    "same": operator.eq,
}
