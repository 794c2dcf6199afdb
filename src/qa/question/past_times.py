"""Times of ratings and changes: the words for them, and the day, the period or the years that they mean."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from qa.language.dates import Period
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.query import Query
from qa.question.shape import Shape, asks

EARLIEST = (
    "first",
    "initially",
    "originally",
    "original",
    "at first",
    "earliest",
    "initial",
    "start out",
    "started out",
    "to begin with",
    "to start with",
    "at the start",
    "at the beginning",
    "at the outset",
    "in the first place",
)
DAY = datetime.timedelta(days=1)
_MONTH = 31  # days
_LONG = 370  # days; a longer period is a stretch of time rather than a date at which ratings are in force
_BECAME = frozenset("became become becomes becoming turned turn".split())
GIVEN = frozenset("achieved awarded earned get got obtained received secured given".split())
REPORTED = frozenset("published reports report inspected inspection inspections".split())
NOW = frozenset("are is currently now".split())


def became_words(shape: Shape, told: Sequence[Chunk]) -> list[Chunk]:
    """The words that say that a rating was new."""
    beside = {id(other) for chunk in told for other in chunk.taken}
    return [
        chunk
        for chunk in shape.chunks
        if chunk.kind == "time" and (id(chunk) in beside or not chunk.used or chunk.used == "small")
        if not _BECAME.isdisjoint(chunk.text.split())
    ]


def one_period(shape: Shape) -> Chunk | None:
    """The only period in the question, if it has bounds; ``None`` for "not since 2019"."""
    found = [chunk for chunk in shape.chunks.of("period") if not chunk.out]
    if len(found) != 1 or len(found[0].value) != 1:
        return None
    period: Period = found[0].value[0]
    if period.impossible or found[0].text.startswith(("not ", "never ", "no ")):
        return None
    return found[0]


def conditions(shape: Shape, *types: type[q.Rated] | type[q.Moved]) -> list[Chunk]:
    """Return the unused conditions of these types."""
    return [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, types)]


def words_said(shape: Shape) -> set[str]:
    """Return the words of the question."""
    return {word for chunk in shape.chunks for word in chunk.text.split()}


def event_of(condition: q.Rated | q.Moved) -> q.Event:
    """Return a condition on a rating or a change as an event."""
    if isinstance(condition, q.Rated):
        return q.Event(condition.ratings, aspect=condition.aspect, service=condition.service)
    return q.Event(signs=condition.signs, aspect=condition.aspect, service=condition.service)


def bounds_of_period(shape: Shape) -> tuple[datetime.date | None, datetime.date | None]:
    """Take the period in the question; return its bounds."""
    period = one_period(shape)
    if period is None:
        return None, None
    period.use("rating")
    return period.value[0].since, period.value[0].until


def in_windows(query: Query, shape: Shape) -> Query:
    """Return the Query with ratings in a past period looked for among all that were given in it."""
    now = not NOW.isdisjoint(words_said(shape))
    ordered = any(one.kind == "super" for one in shape.chunks if one.used == "order")
    if now or ordered or not shape.vocabulary.deep_history:
        return query
    return replace(query, scope=_in_window(query.scope), against=tuple(map(_in_window, query.against)))


def _in_window(scope: q.Condition) -> q.Condition:
    parts = list(q.parts_of(scope))
    published = [one for one in parts if _is_window(one)]
    rated = [one for one in parts if isinstance(one, q.Rated) and one.when == "now"]
    if len(published) != 1 or len(rated) > 1:
        return scope
    since, until = published[0].since, published[0].until
    if rated:
        parts[parts.index(rated[0])] = replace(rated[0], when="ever", since=since, until=until)
        parts.remove(published[0])
    else:
        parts[parts.index(published[0])] = q.Happened(q.Event(since=since, until=until))
    return q.conjunction(*parts)


def _is_window(condition: q.Condition) -> TypeGuard[q.Published]:
    """True for a period with both a beginning and an end."""
    return isinstance(condition, q.Published) and bool(condition.since and condition.until)


def is_long(span: Period) -> bool:
    """True for a stretch of time, rather than a day, month or year at the end of which ratings are in
    force."""
    return span.until is None or (span.since is not None and (span.until - span.since).days > _LONG)


def looks_up(shape: Shape, *, lists: bool = False) -> bool:
    """True if the rating of a named subject is asked for, or with ``lists`` also if all of its ratings are to
    be listed."""
    rated = any(chunk.kind in ("rated", "quality", "aspect", "aspects") for chunk in shape.chunks)
    others = asks(
        shape, "count", "share", "provider", "address", "kind", *([] if lists else ["list"])
    ) or shape.chunks.of("field")
    compared = bool(shape.chunks.saying("versus", "compare"))
    named = bool(shape.chunks.included("subject"))
    return named and not others and not shape.yes_no and (rated or compared or asks(shape, "which"))


def days_of_several_years(shape: Shape) -> list[datetime.date]:
    """Take the years in "what was it rated in 2015 and in 2021" or "compare it in 2015 and 2021" and return
    the last day of each; empty for any other question."""
    named = shape.chunks.included("subject")
    if shape.yes_no or not named or not shape.vocabulary.deep_history or _asks_for_more(shape):
        return []
    periods = shape.chunks.included("period")
    spans = [span for chunk in periods for span in chunk.value]
    ends = [span.until - DAY for span in spans if _has_an_end(span)]
    if not 1 < len(spans) <= _MOST_YEARS or len(ends) < len(spans):
        return []
    for chunk in (*periods, *shape.chunks.of("versus", "and", "or")):
        chunk.use("scope")
    return ends


def _has_an_end(span: Period) -> bool:
    """True for a day, month or year, at the end of which ratings are in force."""
    return not is_long(span) and not span.impossible


def _asks_for_more(shape: Shape) -> bool:
    """True for a question that asks for more than somebody's rating and its times."""
    return any(
        chunk.value != "which"
        if chunk.kind == "measure"
        else chunk.kind not in _OF_A_LOOK_UP and not chunk.used
        for chunk in shape.chunks
    )


_MOST_YEARS = 4
_OF_A_LOOK_UP = frozenset("subject period function quality rated aspect versus and or".split())


def better_between(shape: Shape) -> None:
    """Read "better in 2018 than in 2015", "better now than in 2015" and "better in 2015 than now" as changes
    between the ratings at the end of each."""
    versus = shape.chunks.saying("versus", "better", "worse")
    periods, than = shape.chunks.of("period"), shape.chunks.saying("versus", "than")
    if len(versus) != 1 or not than or shape.chunks.any("cond") or shape.chunks.any("aspect"):
        return
    ends = _ends_compared([span for chunk in periods for span in chunk.value])
    if ends is None:
        return
    start, end = ends
    for chunk in (*periods, *than):
        chunk.use("rating")
    since_then = end is not None or shape.chunks.index(periods[0]) > shape.chunks.index(than[0])
    sign = 1 if (versus[0].value == "better") is since_then else -1
    versus[0].kind = "cond"
    versus[0].mean(q.Moved((sign,), since=start, until=end))


def _ends_compared(spans: list[Period]) -> tuple[datetime.date, datetime.date | None] | None:
    """The ends of the earlier and the later of two periods, if the later is named first; for a single period,
    its end and ``None``. ``None`` for anything else."""
    start = spans[-1].until if spans else None
    if start is None or len(spans) > 2:
        return None
    if len(spans) == 1:
        return start, None
    end = spans[0].until
    return (start, end) if end is not None and end > start else None


def take_lost(shape: Shape) -> None:
    """Read "lost its good rating" as having had it before."""
    for place, chunk in enumerate(shape.chunks):
        moved = chunk.kind == "cond" and isinstance(chunk.value, q.Moved) and chunk.text.startswith("los")
        behind = [one for one in shape.chunks[place + 1 :] if one.kind == "cond"][:1] if moved else []
        if behind and isinstance(behind[0].value, q.Rated) and behind[0].value.when == "now":
            behind[0].mean(replace(behind[0].value, when="before"))


def as_it_stands(shape: Shape) -> None:
    """Read "were inadequate in January 2021", if that is the month or day of the newest rating, and "as of
    2021", if that is its year, as the current ratings. What was published, given or became so in that month
    stays an event of that time."""
    period, newest = one_period(shape), shape.vocabulary.as_of
    if period is None or newest is None:
        return
    span: Period = period.value[0]
    if span.until is None:
        return
    if not shape.vocabulary.deep_history and span.until <= newest:
        period.value = (_up_to(span),)
    if span.since is None or not span.since <= newest < span.until or not shape.chunks.of("cond"):
        return
    if span.standing or ((span.until - span.since).days <= _MONTH and not _is_of_a_date(shape)):
        shape.at = newest
        period.use("scope")


def _up_to(span: Period) -> Period:
    """Read "as at 31 March 2019" as those published by then, where only the newest ratings are known."""
    return replace(span, since=None) if span.standing else span


def _is_of_a_date(shape: Shape) -> bool:
    """True if the words are about what happened to ratings rather than how they stand."""
    return shape.chunks.any("rated") or not _HAPPENED.isdisjoint(words_said(shape))


_HAPPENED = REPORTED | GIVEN | _BECAME | frozenset("came come dated new rating ratings since".split())
