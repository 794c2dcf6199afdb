"""The ratings of a subject over time, and which of them match an event."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
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


def told_with_date(ratings: Iterable[Given]) -> list[Given]:
    """Return the ratings that a fact with a date gives."""
    return [one for one in ratings if one.told and one.published is not None]


def happened(subject: Subject, event: q.Event, rows: Rows) -> list[Given]:
    """Return the ratings of a subject that match an event."""
    return [one for one in given(subject, event.aspect, event.service, rows) if _is(one, event, rows)]


def _is(one: Given, event: q.Event, rows: Rows) -> bool:
    if not _in_period(one.published, event.since, event.until):
        return False
    if event.ratings and not _is_one_of(one.rating, event.ratings, rows):
        return False
    if event.before and not _is_one_of(one.before, event.before, rows):
        return False
    if (
        event.new
        and one.before is not None
        and (not event.ratings or _is_one_of(one.before, event.ratings, rows))
    ):
        return False
    return not event.signs or step(one.before, one.rating, rows) in event.signs


def _is_one_of(rating: str | None, ratings: Sequence[str], rows: Rows) -> bool:
    return rating is not None and rows.same(rating) in {rows.same(one) for one in ratings}


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
    return [
        one
        for one, following in zip_longest(ratings, ratings[1:])
        if _stood_in(condition, one.published, following)
    ]


def _stood_in(condition: q.Rated, begun: datetime.date | None, following: Given | None) -> bool:
    """True if a rating, in force from the day ``begun`` until the ``following`` one, was in force in the
    condition's period. One without a date counts as in force on the day before the following one."""
    end = following.published if following is not None else None
    if following is not None and end is None:
        return False
    if begun is None and end is not None:
        begun = end - _DAY
    if begun is None or (condition.until is not None and begun >= condition.until):
        return False
    return condition.since is None or end is None or end > condition.since


def ends(subject: Subject, condition: q.Moved, rows: Rows) -> tuple[Given | None, Given | None, Given | None]:
    """Return the rating in force before the condition's period, the first in it, and the one in force at its
    end; ``None`` if there is none."""
    since, until = condition.since, condition.until
    ratings = given(subject, condition.aspect, condition.service, rows)
    ended = _dated(ratings, None, until)
    last = ended[-1] if ended else None
    if since is not None and (before := _dated(ratings, None, since)):
        return before[-1], None, last
    inside = _dated(ratings, since, until)
    return None, inside[0] if inside else None, last


def _dated(ratings: Iterable[Given], since: datetime.date | None, until: datetime.date | None) -> list[Given]:
    """Return the ratings given in a period; without bounds, those with a date."""
    return [one for one in ratings if one.published is not None and _in_period(one.published, since, until)]


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
        for one in told_with_date(given(subject, *pair, rows))
        if one.published is not None
    ]
    return replace(result, history=Held(len(dates), min(dates), max(dates)) if dates else None)
