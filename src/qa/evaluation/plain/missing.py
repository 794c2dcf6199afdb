"""Why rows can't answer what a Query asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from qa.evaluation.plain.asked import fields, is_past, own_pairs, pairs, said_of
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.distances import asked as asked_distances
from qa.evaluation.plain.distances import columns, middle
from qa.evaluation.plain.rows import Pair, Rows
from qa.facts.result import Missing, Result
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Query, simple_conditions
from qa.records import RatingFact

_OF_ONE = q.Ratings | q.Dates | q.Events | q.Times


def missing(query: Query, rows: Rows) -> Result | None:
    """Return what is not in the tables at all: a field, a day, an aspect, a service."""
    for name, numeric in fields(query):
        if not rows.holds_field(name) or (numeric and rows.type_of(name) != "number"):
            return Result(missing="field", detail=name)
    if not rows.facts:
        return Result(missing="period", detail=query.at.isoformat()) if query.at else Result(missing="row")
    told = (query.scope, said_of(query), *q.having_conditions(query), *query.against)
    distances = asked_distances(*told)
    if distances and columns(rows) is None:
        return Result(missing="coordinates")
    if any(middle(near, rows, holds) is None for near in distances):
        return Result(missing="middle")
    leaves = [leaf for one in told for leaf in simple_conditions(one) if leaf != q.Published(*_period(leaf))]
    asked = pairs(*leaves) + own_pairs(query, rows)
    looks_up = any(isinstance(part, q.Named) for part in q.parts_of(query.scope)) and isinstance(
        query.measure, _OF_ONE
    )
    if (
        looks_up
        and query.claim is None
        and not query.by
        and not pairs(query.scope)
        and not own_pairs(query, rows)
    ):
        asked.append((WHOLE, WHOLE))
    for part, words in (
        ("aspect", [aspect for aspect, _ in asked]),
        ("service", [service for _, service in asked]),
    ):
        held = {key(pair[0] if part == "aspect" else pair[1]) for pair in rows.pairs()}
        for word in words:
            if key(word) not in held:
                return Result(missing="aspect" if part == "aspect" else "service", detail=word)
    return None


def _period(leaf: q.Condition) -> tuple[datetime.date | None, datetime.date | None]:
    return (leaf.since, leaf.until) if isinstance(leaf, q.Published) else (None, None)


def of_subjects(query: Query, rows: Rows, telling: Sequence[Pair], result: Result) -> Result:
    """Return why named subjects are missing."""
    scope, measure = query.scope, query.measure
    if not isinstance(scope, q.Named):
        return result
    before = isinstance(measure, q.Ratings) and measure.before and query.claim is None
    lacking: list[tuple[Missing, str]] = []
    contradicting: list[RatingFact] = []
    for place, number in enumerate(scope.subjects):
        subject = rows.by_number(number)
        name = scope.labels[place] if scope.labels else subject.name if subject else ""
        if subject is None:
            lacking.append(("row", name))
            continue
        contrary = [fact for pair in telling for fact in rows.contradictions(subject, *pair)]
        if any(rows.current(subject, *pair) for pair in telling):
            if before and not any(rows.before(subject, *pair) for pair in telling):
                lacking.append(("before", name))
        else:
            lacking.append(("contradiction" if contrary else "row", name))
            contradicting += contrary
    if not lacking:
        return result
    if query.claim is None:
        told = tuple(map(rows.told, contradicting))
        result = replace(result, facts=(*result.facts, *told), total=result.total + len(told))
    reason = lacking[0][0]
    return replace(result, missing=reason, detail="; ".join(name for why, name in lacking if why == reason))


def of_nothing(query: Query, rows: Rows, result: Result) -> Result:
    """Return why nothing was found, if it is because of the requested time."""
    if result.missing is not None:
        return result
    if isinstance(query.measure, q.Ratings) and query.measure.before and query.claim is None:
        return replace(result, missing="before")
    asked = [one for condition in (query.scope, said_of(query)) for one in simple_conditions(condition)]
    if query.claim is None and isinstance(query.measure, q.Events | q.Times):
        asked.append(q.Happened(query.measure.event))
    denied = [leaf for condition in (query.scope, said_of(query)) for leaf in _denied_past(condition)]
    past = [one for one in asked if is_past(one) and one not in denied]
    if past and not _has_history(query, rows, past):
        return replace(result, missing="history")
    dates = [fact.published for fact in rows.facts if fact.published is not None]
    for leaf in asked:
        one = leaf.event if isinstance(leaf, q.Happened) else leaf
        if isinstance(one, q.Published | q.Event) and dates:
            late = one.since is not None and one.since > max(dates)
            if late or (one.until is not None and one.until <= min(dates)):
                return replace(
                    result, missing="period", detail=f"{min(dates).isoformat()} to {max(dates).isoformat()}"
                )
    return result


def of_absence(query: Query, rows: Rows, result: Result) -> Result:
    """Return a result that rests on there being no earlier ratings, "never inadequate", as one without
    history."""
    denied = [leaf for one in (query.scope, said_of(query)) for leaf in _denied_past(one)]
    if not denied or not _is_found(query, result) or _has_history(query, rows, denied):
        return result
    named = any(isinstance(part, q.Named) for part in q.parts_of(query.scope))
    return Result(exceptions=result.facts if named else (), missing="history")


def _is_found(query: Query, result: Result) -> bool:
    """True if one number, rows or a claim were found, not groups or sides."""
    found = result.verdict if query.claim is not None else result.total or result.matching or result.figure
    return bool(found) and result.missing is None and not (query.by or query.against)


def _denied_past(condition: q.Condition) -> list[q.Condition]:
    """Return the conditions on all known ratings that a condition denies."""
    if isinstance(condition, q.Not):
        return [leaf for leaf in simple_conditions(condition.part) if _of_all_times(leaf)]
    parts = condition.parts if isinstance(condition, q.And | q.Or) else ()
    return [leaf for part in parts for leaf in _denied_past(part)]


def _of_all_times(leaf: q.Condition) -> bool:
    return isinstance(leaf, q.Happened) or (isinstance(leaf, q.Rated) and leaf.when == "ever")


def _has_history(query: Query, rows: Rows, past: Sequence[q.Condition]) -> bool:
    """True if any subject in the scope, whatever its rating, has an earlier rating for what is asked."""
    rated = (q.Rated, q.RatedFor, q.RatedAgainst, q.AspectAgainst, q.Published, q.Happened)
    parts = [
        part
        for part in q.parts_of(query.scope)
        if not any(is_past(one) or isinstance(one, rated) for one in simple_conditions(part))
    ]
    people = [one for one in rows.subjects if all(holds(part, one, rows) for part in parts)]
    return any(rows.before(one, *pair) for one in people for pair in pairs(*past))
