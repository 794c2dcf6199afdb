"""Whether a subject meets a condition."""

from __future__ import annotations

import datetime
import re
from typing import Any

from qa.evaluation.plain.distances import is_near
from qa.evaluation.plain.history import given, happened, moved, stood
from qa.evaluation.plain.rows import Rows
from qa.evaluation.plain.subjects import Subject
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import Condition
from qa.scale import on_one_scale


def holds(condition: Condition, subject: Subject, rows: Rows) -> bool:
    """True if a subject meets a condition."""
    if isinstance(condition, q.And):
        return all(holds(part, subject, rows) for part in condition.parts)
    if isinstance(condition, q.Or):
        return any(holds(part, subject, rows) for part in condition.parts)
    if isinstance(condition, q.Not):
        return not holds(condition.part, subject, rows)
    found: bool = _HOLDS[type(condition)](condition, subject, rows)
    return found


def _is(condition: q.Is, subject: Subject, rows: Rows) -> bool:
    value = rows.key_of(subject, condition.field)
    return value is not None and value in {
        rows.value_key(condition.field, wanted) for wanted in condition.values
    }


def _postcode(condition: q.Postcode, subject: Subject, rows: Rows) -> bool:
    outward, _, inward = subject.columns.get("postcode", "").casefold().partition(" ")
    for area in condition.areas:
        first, _, rest = area.casefold().partition(" ")
        if rest:
            fits = outward == first and inward.startswith(rest)
        elif first.isalpha():
            fits = re.split(r"\d", outward)[0] == first
        else:
            fits = re.fullmatch(f"{re.escape(first)}[a-z]?", outward) is not None
        if fits:
            return True
    return False


def _near(condition: q.Near, subject: Subject, rows: Rows) -> bool:
    return is_near(condition, subject, rows, holds)


def _name_has(condition: q.NameHas, subject: Subject, _: Rows) -> bool:
    return set(condition.words) <= set(key(subject.name).split())


def _measured(condition: q.Measured, subject: Subject, rows: Rows) -> bool:
    number = rows.number(subject, condition.field)
    if number is None:
        return False
    return (condition.low is None or number >= condition.low) and (
        condition.high is None or number <= condition.high
    )


def _rated(condition: q.Rated, subject: Subject, rows: Rows) -> bool:
    pair, wanted = (condition.aspect, condition.service), {rows.same(rating) for rating in condition.ratings}
    if condition.when == "ever":
        period = condition.since is not None or condition.until is not None
        held = (
            {rows.same(one.rating) for one in stood(subject, condition, rows)}
            if period
            else rows.ever(subject, *pair)
        )
        return bool(held & wanted)
    if condition.when == "first":
        return any(rows.same(one.rating) in wanted for one in given(subject, *pair, rows)[:1])
    fact = rows.current(subject, *pair)
    word = (
        rows.before(subject, *pair)
        if condition.when == "before"
        else fact.rating
        if fact is not None
        else None
    )
    return word is not None and rows.same(word) in wanted


def _rated_for(condition: q.RatedFor, subject: Subject, rows: Rows) -> bool:
    facts = [rows.current(subject, aspect, condition.service) for aspect in condition.aspects]
    words = [fact.rating for fact in facts if fact is not None and fact.rating is not None]
    fitting = sum(rows.same(word) in {rows.same(rating) for rating in condition.ratings} for word in words)
    return bool(words) and condition.low <= fitting and (condition.high is None or fitting <= condition.high)


def _compared(one: int | None, other: int | None) -> int | None:
    """Return 1 if the first rank is better, 0 if both are the same, -1 if it is worse."""
    if one is None or other is None or not on_one_scale((one, other)):
        return None
    return (other > one) - (other < one)


def _aspect_against(condition: q.AspectAgainst, subject: Subject, rows: Rows) -> bool:
    one, other = (
        rows.rank(subject, aspect, condition.service) for aspect in (condition.aspect, condition.other)
    )
    return _compared(one, other) == condition.sign


def _rated_against(condition: q.RatedAgainst, subject: Subject, rows: Rows) -> bool:
    mark = rows.by_number(condition.subject)
    if mark is None or mark.number == subject.number:
        return False
    pair = condition.aspect, condition.service
    rank = rows.rank_before if condition.before else rows.rank
    return _compared(rank(subject, *pair), rank(mark, *pair)) == condition.sign


def _published(condition: q.Published, subject: Subject, rows: Rows) -> bool:
    fact = rows.telling_date(subject, condition.aspect, condition.service)
    if fact is None or fact.published is None:
        return False
    early = condition.since is not None and fact.published < condition.since
    return not early and (condition.until is None or fact.published < condition.until)


def _moved(condition: q.Moved, subject: Subject, rows: Rows) -> bool:
    if condition.since is not None or condition.until is not None:
        return moved(subject, condition, rows) in condition.signs
    pair = condition.aspect, condition.service
    return _compared(rows.rank(subject, *pair), rows.rank_before(subject, *pair)) in condition.signs


def _happened(condition: q.Happened, subject: Subject, rows: Rows) -> bool:
    number = len(happened(subject, condition.event, rows))
    return condition.low <= number and (condition.high is None or number <= condition.high)


def _dated(condition: q.Dated, subject: Subject, rows: Rows) -> bool:
    date = rows.key_of(subject, condition.field)
    if not isinstance(date, datetime.date):
        return False
    return (condition.since is None or date >= condition.since) and (
        condition.until is None or date < condition.until
    )


def _unrated(condition: q.Unrated, subject: Subject, rows: Rows) -> bool:
    pair = condition.aspect, condition.service
    return rows.rank(subject, *pair) is None and not rows.contradictions(subject, *pair)


_HOLDS: dict[type, Any] = {
    q.Named: lambda condition, subject, _: subject.number in condition.subjects,
    q.Is: _is,
    q.Postcode: _postcode,
    q.Near: _near,
    q.NameHas: _name_has,
    q.Measured: _measured,
    q.Rated: _rated,
    q.RatedFor: _rated_for,
    q.AspectAgainst: _aspect_against,
    q.RatedAgainst: _rated_against,
    q.Published: _published,
    q.Moved: _moved,
    q.Happened: _happened,
    q.Dated: _dated,
    q.Closed: lambda _, subject, rows: rows.is_closed(subject),
    q.Unrated: _unrated,
}
