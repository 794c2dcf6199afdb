"""The dates of what is told: of each rating its own, of many up to when they were published."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from qa.answering.context import Context
from qa.answering.english import day
from qa.facts.result import Result
from qa.question.query import And, Condition, Not, Or, Published, Query, Share
from qa.records import Figure, RatingFact

_DAY = datetime.timedelta(days=1)


def one_date(facts: Sequence[RatingFact]) -> datetime.date | None:
    """Return the date that all of the facts share, if they do."""
    dates = {fact.published for fact in facts}
    return dates.pop() if len(dates) == 1 else None


def up_to(result: Result, context: Context) -> str:
    """``Ratings published up to 9 June 2021.``; of facts that were all published on one day, that day."""
    newest = context.as_of or result.newest
    if result.newest and result.newest == result.oldest and result.total:
        return f"Published {day(result.newest)}."
    return f"Ratings published up to {day(newest)}." if newest else "Their dates were not published."


def date_figures(text: str, query: Query, results: Sequence[Result], context: Context) -> tuple[Figure, ...]:
    """Return a figure for every date that ``text`` tells, in the order told."""
    dates = {date for result in results for date in _dates(result)} | set(_asked(query)) | {context.as_of}
    told = [(text.find(day(date)), date) for date in dates if date]
    return tuple(Figure("published", date.isoformat(), "date") for place, date in sorted(told) if place >= 0)


def _dates(result: Result) -> Iterator[datetime.date | None]:
    yield from (result.oldest, result.newest)
    if result.missing == "period":
        yield from (datetime.date.fromisoformat(part) for part in result.detail.split(" to ") if part)
    sides = (fact for side in result.sides for fact in side.facts)
    yield from (fact.published for fact in (*result.facts, *result.exceptions, *sides))


def _asked(query: Query) -> Iterator[datetime.date]:
    """The days that the question itself names."""
    conditions: Iterable[Condition] = (query.scope, *query.against, *(one.condition for one in query.having))
    if isinstance(query.measure, Share):
        conditions = (*conditions, query.measure.of)
    if query.claim:
        conditions = (*conditions, query.claim.condition)
    for condition in conditions:
        yield from _bounds(condition)
    if query.at:
        yield query.at


def _bounds(condition: Condition) -> Iterator[datetime.date]:
    if isinstance(condition, Published):
        yield from (date for date in (condition.since, condition.until and condition.until - _DAY) if date)
    for part in (
        condition.parts
        if isinstance(condition, And | Or)
        else (condition.part,)
        if isinstance(condition, Not)
        else ()
    ):
        yield from _bounds(part)
