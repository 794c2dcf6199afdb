"""Words dates in answers: each rating's own date, or for many the latest publication date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from qa.answering.context import Context
from qa.answering.english import number, sentence
from qa.facts.result import Held, Result
from qa.phrasing import long_date
from qa.question.query import (
    Condition,
    Dated,
    Event,
    Events,
    Happened,
    Moved,
    Published,
    Query,
    Rated,
    Share,
    Times,
    having_conditions,
    simple_conditions,
)
from qa.reading.written_dates import read_date
from qa.records import Figure, RatingFact

_DAY = datetime.timedelta(days=1)


def one_date(facts: Sequence[RatingFact]) -> datetime.date | None:
    """Return the date that all of the facts share, if they do."""
    dates = {fact.published for fact in facts}
    return dates.pop() if len(dates) == 1 else None


def up_to(result: Result, context: Context) -> str:
    """``Ratings published up to 9 June 2021.``; if all facts were published on one day, that day."""
    if result.history is not None:
        return f"{sentence(over(result.history))}"
    newest = context.as_of or result.newest
    if result.newest and result.newest == result.oldest and result.total:
        return f"Published {long_date(result.newest)}."
    return f"Ratings published up to {long_date(newest)}." if newest else "Their dates were not published."


def over(history: Held) -> str:
    """``the 8 known ratings were published from 5 May 2012 to 9 June 2021``."""
    if history.ratings == 1:
        return f"the only known rating was published on {long_date(history.newest)}"
    if history.oldest == history.newest:
        return (
            f"the {number(history.ratings)} known ratings were all published on {long_date(history.newest)}"
        )
    span = f"from {long_date(history.oldest)} to {long_date(history.newest)}"
    return f"the {number(history.ratings)} known ratings were published {span}"


def history_figures(text: str, result: Result) -> tuple[Figure, ...]:
    """Return a figure for the number of known ratings, if ``text`` states it."""
    history = result.history
    if history is None or over(history) not in text[:1].lower() + text[1:].replace(". The ", ". the "):
        return ()
    return (Figure("known ratings", history.ratings, "count"),)


def date_figures(text: str, query: Query, results: Sequence[Result], context: Context) -> tuple[Figure, ...]:
    """Return a figure for every date in ``text``, in order."""
    dates = {date for result in results for date in _dates(result)} | set(_asked(query)) | {context.as_of}
    told = [(text.find(long_date(date)), date) for date in dates if date]
    return tuple(Figure("published", date.isoformat(), "date") for place, date in sorted(told) if place >= 0)


def _dates(result: Result) -> Iterator[datetime.date | None]:
    yield from (result.oldest, result.newest)
    if result.history is not None:
        yield from (result.history.oldest, result.history.newest)
    if result.missing == "period":
        yield from (datetime.date.fromisoformat(part) for part in result.detail.split(" to ") if part)
    facts = [*result.facts, *result.exceptions, *(fact for side in result.sides for fact in side.facts)]
    yield from (fact.published for fact in facts)
    told = [fact.attributes.get("closed") for fact in facts] + [value.value for value in result.values]
    yield from (read_date(one) for one in told if one)


def _asked(query: Query) -> Iterator[datetime.date]:
    """Return the days that the question itself names."""
    conditions: Iterable[Condition] = (query.scope, *query.against, *having_conditions(query))
    if isinstance(query.measure, Share):
        conditions = (*conditions, query.measure.of)
    if query.claim:
        conditions = (*conditions, query.claim.condition)
    for condition in conditions:
        yield from _bounds(condition)
    if isinstance(query.measure, Events | Times):
        yield from _bounds(query.measure.event)
    if query.at:
        yield query.at


def _bounds(condition: Condition | Event) -> Iterator[datetime.date]:
    for part in (condition,) if isinstance(condition, Event) else simple_conditions(condition):
        dated = part.event if isinstance(part, Happened) else part
        if isinstance(dated, Published | Rated | Moved | Dated | Event):
            yield from (date for date in (dated.since, dated.until and dated.until - _DAY) if date)
