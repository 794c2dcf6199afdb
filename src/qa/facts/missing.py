"""Why the tables can't answer a Query."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from qa.facts import query_parts
from qa.facts.conditions import Conditions
from qa.facts.coordinates import Coordinates
from qa.facts.current_facts import NOTHING
from qa.facts.distances import middle
from qa.facts.result import Missing, Result
from qa.facts.standing import Spoken
from qa.facts.view import View
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Query, simple_conditions
from qa.records import RatingFact

_OF_ONE = q.Ratings | q.Dates | q.Events | q.Times  # measures that treat subjects one by one


def first_missing(query: Query, view: View) -> Result | None:
    """Return why nothing can be computed: a field, a day, an aspect or a service that is not in the tables;
    ``None`` if it can.
    """
    return (
        _no_field(query, view)
        or _no_row(view)
        or _no_distance(query, view)
        or _nothing_spoken_of(query, view)
    )


def _no_field(query: Query, view: View) -> Result | None:
    """Report a field that the tables lack, or hold no numbers for."""
    for name, numeric in query_parts.fields(query):
        field = view.store.field(name)
        if field is None or (numeric and field.type != "number"):
            return Result(missing="field", detail=name)
    return None


def _no_row(view: View) -> Result | None:
    """Report that the tables have no rating, or none on the day asked about."""
    if view.pairs:
        return None
    return Result(missing="period", detail=view.at.isoformat()) if view.at else Result(missing="row")


def _no_distance(query: Query, view: View) -> Result | None:
    """Return why a requested distance is unknown."""
    asked = tuple(query_parts.distances(query))
    if asked and Coordinates.of(view.store) is None:
        return Result(missing="coordinates")
    holds = Conditions(view).holds
    return Result(missing="middle") if any(middle(near, view, holds) is None for near in asked) else None


def _nothing_spoken_of(query: Query, view: View) -> Result | None:
    """Report an aspect or service mentioned in the Query that has no rating in the tables."""
    spoken = dict.fromkeys(_spoken(query, view))
    for part, place in _PARTS:
        known = view.known[place]
        lacking = next((one[place] for one in spoken if key(one[place]) not in known), None)
        if lacking is not None:
            return Result(missing=part, detail=lacking)
    return None


_PARTS: tuple[tuple[Missing, int], ...] = (("aspect", 0), ("service", 1))  # index in a pair


def _spoken(query: Query, view: View) -> Iterator[Spoken]:
    for condition in query_parts.conditions(query):
        for leaf in simple_conditions(condition):
            yield from () if query_parts.dates_the_whole(leaf) else query_parts.spoken(leaf)
    yield from query_parts.measured(query, view)
    if (
        query_parts.named(query.scope)
        and isinstance(query.measure, _OF_ONE)
        and query.claim is None
        and not query.by
    ):
        yield from (
            [(WHOLE, WHOLE)]
            if not query_parts.spoken(query.scope) and not query_parts.measured(query, view)
            else []
        )


def of_subjects(
    query: Query,
    view: View,
    focus: Sequence[Spoken],
    result: Result,
    facts: Callable[[Sequence[int]], tuple[RatingFact, ...]],
) -> Result:
    """Return ``result`` with the reason why named subjects are missing in it; contradictory
    facts are added.
    """
    if not isinstance(query.scope, q.Named):
        return result
    lacking: dict[Missing, list[str]] = {}
    contradictory: list[int] = []
    for place, number in enumerate(query.scope.subjects):
        reason, rows = lack(query, view, focus, number - 1)
        if reason is not None:
            names = query.scope.labels or [subject.name for subject in view.store.subjects([number])]
            lacking.setdefault(reason, []).append(names[place] if query.scope.labels else "".join(names))
            contradictory += rows
    if not lacking:
        return result
    first = next(iter(lacking))
    told = facts(contradictory)
    result = (
        replace(result, facts=(*result.facts, *told), total=result.total + len(told))
        if query.claim is None
        else result
    )
    return replace(result, missing=first, detail="; ".join(lacking[first]))


def lack(query: Query, view: View, focus: Sequence[Spoken], subject: int) -> tuple[Missing | None, list[int]]:
    """Return why a subject has no fact of those in focus, if it has none, and the rows that contradict each
    other."""
    if not 0 <= subject < view.size:
        return "row", []
    standings = [view.standing(spoken) for spoken in focus]
    if any(standing.row[subject] != NOTHING for standing in standings):
        known = not _asks_before(query) or any(one.before[subject] != NOTHING for one in standings)
        return (None if known else "before"), []
    rows = [row for spoken in focus for row in view.contradictions(spoken, subject)]
    return ("contradiction" if rows else "row"), rows


def _asks_before(query: Query) -> bool:
    """True if earlier ratings are asked for."""
    return isinstance(query.measure, q.Ratings) and query.measure.before and query.claim is None


def of_nothing(query: Query, view: View, conditions: Conditions, result: Result) -> Result:
    """Return an empty ``result`` with the reason, if it is that there are no earlier ratings,
    or none in the period.
    """
    if result.missing is not None:
        return result
    if _asks_before(query):
        return replace(result, missing="before")
    leaves = list(_simple_parts(query))
    denied = query_parts.denied_past(query)  # of which nobody fits if a known rating contradicts it
    past = [leaf for leaf in leaves if query_parts.of_history(leaf) and leaf not in denied]
    if past and not _has_history(query, view, conditions, past):
        return replace(result, missing="history")
    oldest, newest = view.span
    if oldest and newest and any(_outside(window, oldest, newest) for window in _windows(leaves)):
        return replace(result, missing="period", detail=f"{oldest.isoformat()} to {newest.isoformat()}")
    return result


def _simple_parts(query: Query) -> Iterator[q.Condition]:
    """Yield the simple conditions of a Query without groups, with the event that its measure is about."""
    yield from simple_conditions(query.scope)
    yield from simple_conditions(query_parts.subject_of(query))
    if query.claim is None and isinstance(query.measure, q.Events | q.Times):
        yield q.Happened(query.measure.event)


def _windows(leaves: Sequence[q.Condition]) -> Iterator[q.Published | q.Event]:
    """Yield the periods of conditions that have one."""
    for leaf in leaves:
        if isinstance(leaf, q.Happened):
            yield leaf.event
        elif isinstance(leaf, q.Published):
            yield leaf


def of_absence(query: Query, view: View, conditions: Conditions, result: Result) -> Result:
    """Return a ``result`` that rests on what the tables lack as one without history: that places with one
    known rating each were "never inadequate" is not known.
    """
    denied = [] if query.by or query.against else query_parts.denied_past(query)
    if not denied or not rests_on_absence(query, result) or _has_history(query, view, conditions, denied):
        return result
    named = query_parts.named(query.scope) is not None
    return Result(exceptions=result.facts if named else (), missing="history")


def rests_on_absence(query: Query, result: Result) -> bool:
    """True if something was found, or a claim holds, for what a Query denies."""
    return result.missing is None and (
        bool(result.total or result.matching or result.figure)
        if query.claim is None
        else bool(result.verdict)
    )


def _has_history(query: Query, view: View, conditions: Conditions, past: Sequence[q.Condition]) -> bool:
    """True if any subject in the scope, whatever its rating, has a rating before the current one."""
    parts = (part for part in q.parts_of(query.scope) if not query_parts.any_leaf(part, _of_ratings))
    people = conditions.holds(q.And(tuple(parts)))
    return any(
        bool(np.any(view.standing(one).before[people] != NOTHING))
        for leaf in past
        for one in query_parts.spoken(leaf)
    )


def _of_ratings(leaf: q.Condition) -> bool:
    told = q.Rated | q.RatedFor | q.RatedAgainst | q.AspectAgainst | q.Published | q.Happened
    return isinstance(leaf, told) or query_parts.of_history(leaf)


def _outside(window: q.Published | q.Event, oldest: datetime.date, newest: datetime.date) -> bool:
    return (window.since is not None and window.since > newest) or (
        window.until is not None and window.until <= oldest
    )
