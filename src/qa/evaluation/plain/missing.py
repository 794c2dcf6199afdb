"""Why rows can't answer what a Query asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from qa.evaluation.plain.asked import asks_before, fields, is_past, own_pairs, pairs, said_of
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.distances import asked as asked_distances
from qa.evaluation.plain.distances import columns, middle
from qa.evaluation.plain.rows import Pair, Rows
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Missing, Result
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Query, simple_conditions
from qa.records import RatingFact

_OF_ONE = q.Ratings | q.Dates | q.Events | q.Times
_PARTS_OF_A_PAIR: tuple[tuple[Missing, int], ...] = (("aspect", 0), ("service", 1))


def missing(query: Query, rows: Rows) -> Result | None:
    """Return what the tables lack altogether: a field, a day, a position, an aspect, a service."""
    told = (query.scope, said_of(query), *q.having_conditions(query), *query.against)
    return (
        _no_field(query, rows)
        or _no_row(query, rows)
        or _no_position(asked_distances(*told), rows)
        or _no_aspect_or_service(_asked_pairs(query, told, rows), rows)
    )


def _no_field(query: Query, rows: Rows) -> Result | None:
    for name, numeric in fields(query):
        if not rows.holds_field(name) or (numeric and rows.type_of(name) != "number"):
            return Result(missing="field", detail=name)
    return None


def _no_row(query: Query, rows: Rows) -> Result | None:
    if rows.facts:
        return None
    return Result(missing="period", detail=query.at.isoformat()) if query.at else Result(missing="row")


def _no_position(distances: Sequence[q.Near], rows: Rows) -> Result | None:
    if distances and columns(rows) is None:
        return Result(missing="coordinates")
    if any(middle(near, rows, holds) is None for near in distances):
        return Result(missing="middle")
    return None


def _no_aspect_or_service(asked: Sequence[Pair], rows: Rows) -> Result | None:
    for part, at in _PARTS_OF_A_PAIR:
        held = {key(pair[at]) for pair in rows.pairs()}
        for pair in asked:
            if key(pair[at]) not in held:
                return Result(missing=part, detail=pair[at])
    return None


def _asked_pairs(query: Query, told: Sequence[q.Condition], rows: Rows) -> list[Pair]:
    """Return every aspect and service that a Query asks about, and the overall rating if it looks up named
    subjects; a question for dates alone asks about none."""
    own = own_pairs(query, rows)
    leaves = [leaf for one in told for leaf in simple_conditions(one) if leaf != q.Published(*_period(leaf))]
    if _looks_up(query) and not pairs(query.scope) and not own:
        return [*pairs(*leaves), (WHOLE, WHOLE)]
    return pairs(*leaves) + own


def _looks_up(query: Query) -> bool:
    """True if a Query asks for the ratings of named subjects, or about their past."""
    return _names_subjects(query) and isinstance(query.measure, _OF_ONE) and not (query.claim or query.by)


def _names_subjects(query: Query) -> bool:
    return any(isinstance(part, q.Named) for part in q.parts_of(query.scope))


def _period(leaf: q.Condition) -> tuple[datetime.date | None, datetime.date | None]:
    return (leaf.since, leaf.until) if isinstance(leaf, q.Published) else (None, None)


def of_subjects(query: Query, rows: Rows, telling: Sequence[Pair], result: Result) -> Result:
    """Return why named subjects are missing."""
    scope = query.scope
    if not isinstance(scope, q.Named):
        return result
    lacking: list[tuple[Missing, str]] = []
    contradicting: list[RatingFact] = []
    for place, number in enumerate(scope.subjects):
        subject = rows.by_number(number)
        reason = _lacks(query, rows, telling, subject)
        if reason is not None:
            name = scope.labels[place] if scope.labels else subject.name if subject else ""
            lacking.append((reason, name))
        if subject is not None and reason == "contradiction":
            contradicting += _contradictions(rows, telling, subject)
    if not lacking:
        return result
    if query.claim is None:
        told = tuple(map(rows.told, contradicting))
        result = replace(result, facts=(*result.facts, *told), total=result.total + len(told))
    reason = lacking[0][0]
    return replace(result, missing=reason, detail="; ".join(name for why, name in lacking if why == reason))


def _lacks(query: Query, rows: Rows, telling: Sequence[Pair], subject: Subject | None) -> Missing | None:
    """Return why there is nothing to show for a subject; ``None`` if there is."""
    if subject is None:
        return "row"
    if not any(rows.current(subject, *pair) for pair in telling):
        return "contradiction" if _contradictions(rows, telling, subject) else "row"
    if asks_before(query) and not any(rows.before(subject, *pair) for pair in telling):
        return "before"
    return None


def _contradictions(rows: Rows, telling: Sequence[Pair], subject: Subject) -> list[RatingFact]:
    return [fact for pair in telling for fact in rows.contradictions(subject, *pair)]


def of_nothing(query: Query, rows: Rows, result: Result) -> Result:
    """Return why nothing was found, if it is because of the requested time."""
    if result.missing is not None:
        return result
    if asks_before(query):
        return replace(result, missing="before")
    asked = [one for condition in (query.scope, said_of(query)) for one in simple_conditions(condition)]
    if query.claim is None and isinstance(query.measure, q.Events | q.Times):
        asked.append(q.Happened(query.measure.event))
    denied = _denied(query)
    past = [one for one in asked if is_past(one) and one not in denied]
    if past and not _has_history(query, rows, past):
        return replace(result, missing="history")
    return _outside_all_dates(asked, rows, result)


def _outside_all_dates(asked: Sequence[q.Condition], rows: Rows, result: Result) -> Result:
    """Return a result with the period of all dates if a requested one is before or after it."""
    dates = [fact.published for fact in rows.facts if fact.published is not None]
    if not dates:
        return result
    oldest, newest = min(dates), max(dates)
    for leaf in asked:
        one = leaf.event if isinstance(leaf, q.Happened) else leaf
        if isinstance(one, q.Published | q.Event) and _is_outside(one, oldest, newest):
            detail = f"{oldest.isoformat()} to {newest.isoformat()}"
            return replace(result, missing="period", detail=detail)
    return result


def _is_outside(one: q.Published | q.Event, oldest: datetime.date, newest: datetime.date) -> bool:
    if one.since is not None and one.since > newest:
        return True
    return one.until is not None and one.until <= oldest


def of_absence(query: Query, rows: Rows, result: Result) -> Result:
    """Return a result that rests on there being no earlier ratings, "never inadequate", as one without
    history."""
    denied = _denied(query)
    if not denied or not _is_found(query, result) or _has_history(query, rows, denied):
        return result
    return Result(exceptions=result.facts if _names_subjects(query) else (), missing="history")


def _is_found(query: Query, result: Result) -> bool:
    """True if one number, rows or a claim were found, not groups or sides."""
    found = result.verdict if query.claim is not None else result.total or result.matching or result.figure
    return bool(found) and result.missing is None and not (query.by or query.against)


def _denied(query: Query) -> list[q.Condition]:
    """Return the conditions on all known ratings that a Query negates."""
    return [leaf for one in (query.scope, said_of(query)) for leaf in _denied_past(one)]


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
