"""The ratings of a subject over time, and which of them match an event."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from itertools import zip_longest

from qa.evaluation.plain.asked import history
from qa.evaluation.plain.rows import Rows
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Held, Result
from qa.question import query as q
from qa.records import RatingFact

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """A rating that was given: by which fact, the previous rating, and when.

    ``told`` is false if the fact mentions it as the previous one.
    """

    fact: RatingFact
    rating: str
    before: str | None
    published: datetime.date | None
    told: bool = True


def given(subject: Subject, aspect: str, service: str, rows: Rows) -> list[Given]:
    """Return the ratings of the scale that a subject was given, the oldest first; none for a date that
    contradicts itself."""
    found: list[Given] = []
    for facts in reversed(
        rows.dated([fact for fact in rows.speaking(subject, aspect, service) if rows.is_graded(fact.rating)])
    ):
        if rows.contradict(facts):
            continue
        fact = facts[0]
        assert fact.rating is not None
        known = fact.previous_rating if rows.is_graded(fact.previous_rating) else None
        if not found and known is not None:
            found.append(Given(fact, known, None, None, told=False))
        earlier = found[-1].rating if found and found[-1].published is not None else None
        found.append(Given(fact, fact.rating, known or earlier, fact.published))
    return found


def happened(subject: Subject, event: q.Event, rows: Rows) -> list[Given]:
    """Return the ratings of a subject that match an event."""
    return [one for one in given(subject, event.aspect, event.service, rows) if _is(one, event, rows)]


def _is(one: Given, event: q.Event, rows: Rows) -> bool:
    wanted = {rows.same(rating) for rating in event.ratings}
    if not _in_period(one.published, event.since, event.until):
        return False
    if event.ratings and rows.same(one.rating) not in wanted:
        return False
    if event.before and (
        one.before is None or rows.same(one.before) not in {rows.same(rating) for rating in event.before}
    ):
        return False
    if event.new and one.before is not None and (not event.ratings or rows.same(one.before) in wanted):
        return False
    return not event.signs or step(one.before, one.rating, rows) in event.signs


def step(before: str | None, after: str | None, rows: Rows) -> int | None:
    """Return 1 if a rating rose from one to the other, 0 if it stayed, -1 if it fell; ``None``
    if one of them is unknown.
    """
    if before is None or after is None:
        return None
    first, second = rows.scale.rank(before), rows.scale.rank(after)
    if first is None or second is None:
        return None
    return (first > second) - (first < second)


def _in_period(date: datetime.date | None, since: datetime.date | None, until: datetime.date | None) -> bool:
    if date is None:
        return since is None and until is None
    return (since is None or date >= since) and (until is None or date < until)


def stood(subject: Subject, condition: q.Rated, rows: Rows) -> list[Given]:
    """Return the ratings in force at some time in the condition's period."""
    ratings = given(subject, condition.aspect, condition.service, rows)
    found = []
    for one, following in zip_longest(ratings, ratings[1:]):
        end = following.published if following is not None else None
        begun = one.published or (end - _DAY if end is not None else None)
        if begun is None or (following is not None and end is None):
            continue
        early = condition.since is not None and end is not None and end <= condition.since
        if not early and (condition.until is None or begun < condition.until):
            found.append(one)
    return found


def ends(subject: Subject, condition: q.Moved, rows: Rows) -> tuple[Given | None, Given | None, Given | None]:
    """Return the rating in force before the condition's period, the first in it, and the one in force at its
    end; ``None`` if there is none."""
    dated = [
        one for one in given(subject, condition.aspect, condition.service, rows) if one.published is not None
    ]
    inside = [one for one in dated if _in_period(one.published, condition.since, condition.until)]
    ended = [one for one in dated if _in_period(one.published, None, condition.until)]
    before = [
        one
        for one in dated
        if condition.since is not None and _in_period(one.published, None, condition.since)
    ]
    standing = before[-1] if before else None
    return standing, inside[0] if inside and standing is None else None, ended[-1] if ended else None


def moved(subject: Subject, condition: q.Moved, rows: Rows) -> int | None:
    """Return how a subject's rating moved over the condition's period."""
    standing, first, last = ends(subject, condition, rows)
    if last is None:
        return None
    if standing is not None:
        return step(standing.rating, last.rating, rows)
    assert first is not None
    return step(first.before or (first.rating if first is not last else None), last.rating, rows)


def speaking_for(subject: Subject, condition: q.Rated | q.Moved | q.Happened, rows: Rows) -> list[Given]:
    """Return the ratings by which a subject meets a condition on its past, or would."""
    if isinstance(condition, q.Happened):
        return happened(subject, condition.event, rows)
    period = condition.since is not None or condition.until is not None
    if isinstance(condition, q.Moved):
        told = ends(subject, condition, rows) if period else ()
        return list({one.published: one for one in told if one is not None}.values())
    if condition.when != "ever":
        return []
    ratings = (
        stood(subject, condition, rows)
        if period
        else given(subject, condition.aspect, condition.service, rows)
    )
    return [
        one for one in ratings if rows.same(one.rating) in {rows.same(rating) for rating in condition.ratings}
    ]


def with_history(query: q.Query, rows: Rows, result: Result) -> Result:
    """Return a result with how much history there is, if the Query asks about the past: for the subjects that
    it names, otherwise for all."""
    pair = history(query)
    if pair is None:
        return result
    named = next((part.subjects for part in q.parts_of(query.scope) if isinstance(part, q.Named)), None)
    people = [one for one in rows.subjects if named is None or one.number in named]
    dates = [
        one.published
        for subject in people
        for one in given(subject, *pair, rows)
        if one.told and one.published is not None
    ]
    return replace(result, history=Held(len(dates), min(dates), max(dates)) if dates else None)
