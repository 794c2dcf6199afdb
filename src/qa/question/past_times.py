"""Times of ratings and changes: as of when, since when, in which period, how often, or ever."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qa.language.dates import Period
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.query import Query
from qa.question.shape import Shape, asks

EARLIEST = (
    *(
        "first",
        "initially",
        "originally",
        "original",
        "at first",
        "earliest",
        "initial",
        "start out",
        "started out",
    ),
    *(
        "to begin with",
        "to start with",
        "at the start",
        "at the beginning",
        "at the outset",
        "in the first place",
    ),
)
_DAY = datetime.timedelta(days=1)
_MONTH = 31  # days
_LONG = 370  # days; a longer period is a stretch of time rather than a date at which ratings are in force
_BECAME = frozenset("became become becomes becoming turned turn".split())
_GIVEN = frozenset("achieved awarded earned get got obtained received secured given".split())
_REPORTED = frozenset("published reports report inspected inspection inspections".split())
_DATED = frozenset("came come dated new rating ratings since".split())
_NOW = frozenset("are is currently now".split())


def became_words(shape: Shape, told: list[Chunk]) -> list[Chunk]:
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


def within(shape: Shape) -> None:
    """Apply the period in the question to its ratings and changes, or ask for the ratings as of its end."""
    period = one_period(shape)
    if period is None or shape.chunks.any("super", "newest", "oldest"):
        return
    told = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated | q.Moved)]
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if not named and not shape.vocabulary.deep_history:
        return
    span: Period = period.value[0]
    if _never_then(shape, period, span):
        return
    if told:
        _bound(shape, told, period, span, named=named)
    elif named:
        _as_of(shape, period, span)
    elif _rated_then(shape, span):
        _happened(shape, period, q.Event(since=span.since, until=span.until))


def _never_then(shape: Shape, period: Chunk, span: Period) -> bool:
    """Apply the period in "Never been inadequate by 2018": to the ratings in force until then."""
    never = [
        chunk
        for chunk in shape.chunks.of("cond")
        if isinstance(chunk.value, q.Not)
        and isinstance(chunk.value.part, q.Rated)
        and chunk.value.part.when == "ever"
    ]
    for chunk in never:
        chunk.value = q.Not(replace(chunk.value.part, since=span.since, until=span.until))
        period.use("rating")
    return bool(never)


def _bound(shape: Shape, told: list[Chunk], period: Chunk, span: Period, *, named: bool) -> None:
    """Apply a period to the rating or change that it belongs to."""
    rated = [chunk for chunk in told if isinstance(chunk.value, q.Rated)]
    before = any(chunk.value.when == "before" for chunk in rated)
    if before:
        _from_to(told, period, span)
    elif len(rated) < len(told):
        for chunk in (chunk for chunk in told if isinstance(chunk.value, q.Moved)):
            chunk.value = replace(chunk.value, since=span.since, until=span.until)
            chunk.members = (chunk.value,)
            period.use("rating")
    elif len(told) > 1 and rated[0].value.when != "ever":
        _one_of_several(shape, told, period, span)
    else:
        _bound_ratings(shape, told, period, span, named=named)


def _bound_ratings(shape: Shape, told: list[Chunk], period: Chunk, span: Period, *, named: bool) -> None:
    """Apply the period in "became good in 2018", "been good since 2018" and "good at the end of 2018"."""
    words = {word for chunk in shape.chunks for word in chunk.text.split()}
    became, present = became_words(shape, told), not _NOW.isdisjoint(words)
    new = bool(became) or not _GIVEN.isdisjoint(words)
    ever = any(chunk.value.when == "ever" for chunk in told) or "been" in words or (shape.yes_no and named)
    if new or words & _REPORTED:
        if new or not present:
            _each_happened(told, period, new=bool(became))
    elif ever or (is_long(span) and span.since is not None and span.until is not None and not present):
        for chunk in told:
            chunk.value = replace(chunk.value, when="ever", since=span.since, until=span.until)
            chunk.members = (chunk.value,)
        period.use("rating")
    elif span.until is None and not present:
        _each_happened(told, period, new=False)
    elif span.until is not None and not present:
        shape.at = span.until - _DAY
        period.use("scope")


def _from_to(told: list[Chunk], period: Chunk | None, span: Period) -> None:
    """Apply the period in "went from good to inadequate since 2018"."""
    before = [chunk for chunk in told if isinstance(chunk.value, q.Rated) and chunk.value.when == "before"]
    after = [chunk for chunk in told if isinstance(chunk.value, q.Rated) and chunk.value.when == "now"]
    if len(before) != 1 or len(after) != 1:
        return
    event = replace(
        event_of(after[0].value), before=before[0].value.ratings, since=span.since, until=span.until
    )
    for chunk in (*told, *([period] if period is not None else [])):
        chunk.use("rating")
    after[0].value = q.Happened(event)
    after[0].members = (after[0].value,)
    after[0].used = ""


def from_to(shape: Shape) -> None:
    """Read "homes that have gone from inadequate to outstanding" as at any time."""
    told = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated | q.Moved)]
    rated = [chunk.value.when for chunk in told if isinstance(chunk.value, q.Rated)]
    moved = any(isinstance(chunk.value, q.Moved) for chunk in told) or any(
        chunk.text in ("went from", "gone from", "go from", "moved from") for chunk in shape.chunks
    )
    if (
        sorted(rated) == ["before", "now"]
        and moved
        and shape.vocabulary.deep_history
        and one_period(shape) is None
    ):
        _from_to(told, None, Period(None, None, 0, 0, ""))


def _one_of_several(shape: Shape, told: list[Chunk], period: Chunk, span: Period) -> None:
    """Apply the period in "outstanding in 2018 and good now" to the rating before it."""
    place = shape.chunks.index(period)
    beside = [one for one in shape.chunks[max(0, place - 2) : place] if one in told]
    if beside and isinstance(beside[-1].value, q.Rated) and beside[-1].value.when == "now":
        beside[-1].value = replace(beside[-1].value, when="ever", since=span.since, until=span.until)
        beside[-1].members = (beside[-1].value,)
        period.use("rating")


def in_windows(query: Query, shape: Shape) -> Query:
    """Return the Query with ratings in a past period looked for among all that were given in it."""
    words = {word for chunk in shape.chunks for word in chunk.text.split()}
    deep = shape.vocabulary.deep_history
    if (
        not deep
        or not _NOW.isdisjoint(words)
        or any(one.kind == "super" for one in shape.chunks if one.used == "order")
    ):
        return query
    return replace(query, scope=_in_window(query.scope), against=tuple(map(_in_window, query.against)))


def _in_window(scope: q.Condition) -> q.Condition:
    parts = q.parts_of(scope)
    published = [one for one in parts if isinstance(one, q.Published) and one.since and one.until]
    rated = [one for one in parts if isinstance(one, q.Rated) and one.when == "now"]
    if len(published) != 1 or len(rated) > 1:
        return scope
    since, until = published[0].since, published[0].until
    made: q.Condition = q.Happened(q.Event(since=since, until=until))
    if rated:
        made = replace(rated[0], when="ever", since=since, until=until)
    place = parts.index(rated[0] if rated else published[0])
    kept = [
        made if at == place else one for at, one in enumerate(parts) if one != published[0] or at == place
    ]
    return q.conjunction(*kept)


def is_long(span: Period) -> bool:
    """True for a stretch of time, rather than a day, month or year at the end of which ratings are in
    force."""
    return span.until is None or (span.since is not None and (span.until - span.since).days > _LONG)


def looks_up(shape: Shape, *, lists: bool = False) -> bool:
    """True if the rating of a named subject is asked for, or with ``lists`` also if all of its ratings are to
    be listed."""
    rated = any(chunk.kind in ("rated", "quality", "aspect", "aspects") for chunk in shape.chunks)
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    others = asks(
        shape, "count", "share", "provider", "address", "kind", *([] if lists else ["list"])
    ) or shape.chunks.of("field")
    compared = bool(shape.chunks.saying("versus", "compare"))
    return named and not others and not shape.yes_no and (rated or compared or asks(shape, "which"))


def days_of_several_years(shape: Shape) -> list[datetime.date]:
    """Take the years in "what was it rated in 2015 and in 2021" or "compare it in 2015 and 2021" and return
    the last day of each; empty for any other question."""
    if shape.yes_no or not shape.vocabulary.deep_history:
        return []
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    periods = [chunk for chunk in shape.chunks.of("period") if not chunk.out]
    spans = [span for chunk in periods for span in chunk.value]
    others = [chunk for chunk in shape.chunks if chunk.kind not in _OF_A_LOOK_UP and not chunk.used]
    asks_more = any(chunk.says("measure") and chunk.value != "which" for chunk in shape.chunks)
    if not named or others or asks_more or not 1 < len(spans) <= _MOST_YEARS:
        return []
    ends = [
        span.until for span in spans if span.until is not None and not is_long(span) and not span.impossible
    ]
    if len(ends) < len(spans):
        return []
    for chunk in (*periods, *shape.chunks.of("versus", "and", "or")):
        chunk.use("scope")
    return [until - _DAY for until in ends]


_MOST_YEARS = 4
_OF_A_LOOK_UP = frozenset("subject period function quality rated measure aspect versus and or".split())


def better_between(shape: Shape) -> None:
    """Read "better in 2018 than in 2015", "better now than in 2015" and "better in 2015 than now" as changes
    between the ratings at the end of each."""
    versus = shape.chunks.saying("versus", "better", "worse")
    periods = shape.chunks.of("period")
    spans = [span for chunk in periods for span in chunk.value]
    than = shape.chunks.saying("versus", "than")
    if (
        len(versus) != 1
        or len(spans) not in (1, 2)
        or not than
        or shape.chunks.any("cond")
        or shape.chunks.any("aspect")
    ):
        return
    start, end = spans[-1].until, spans[0].until if len(spans) == 2 else None
    if start is None or (len(spans) == 2 and (end is None or end <= start)):
        return
    for chunk in (*periods, *than):
        chunk.use("rating")
    since_then = len(spans) == 2 or shape.chunks.index(periods[0]) > shape.chunks.index(than[0])
    sign = 1 if (versus[0].value == "better") is since_then else -1
    moved = q.Moved((sign,), since=start, until=end)
    versus[0].kind, versus[0].value, versus[0].members = "cond", moved, (moved,)


def take_lost(shape: Shape) -> None:
    """Read "lost its good rating" as having had it before."""
    for place, chunk in enumerate(shape.chunks):
        moved = chunk.kind == "cond" and isinstance(chunk.value, q.Moved) and chunk.text.startswith("los")
        behind = [one for one in shape.chunks[place + 1 :] if one.kind == "cond"][:1] if moved else []
        if behind and isinstance(behind[0].value, q.Rated) and behind[0].value.when == "now":
            behind[0].value = replace(behind[0].value, when="before")
            behind[0].members = (behind[0].value,)


def _each_happened(told: list[Chunk], period: Chunk, *, new: bool) -> None:
    span: Period = period.value[0]
    for chunk in told:
        chunk.value = q.Happened(replace(event_of(chunk.value), new=new, since=span.since, until=span.until))
        chunk.members = (chunk.value,)
    period.use("rating")


def as_it_stands(shape: Shape) -> None:
    """Read "were inadequate in January 2021", if that is the month or day of the newest rating, and "as of
    2021", if that is its year, as the current ratings. What was published, given or became so in that month
    stays an event of that time."""
    period, newest = one_period(shape), shape.vocabulary.as_of
    if period is None or newest is None or not shape.chunks.of("cond"):
        return
    span: Period = period.value[0]
    words = {word for chunk in shape.chunks for word in chunk.text.split()}
    dated = any(chunk.kind == "rated" for chunk in shape.chunks) or words & (
        _REPORTED | _GIVEN | _BECAME | _DATED
    )
    if span.since is None or span.until is None:
        return
    if not span.standing and (dated or (span.until - span.since).days > _MONTH):
        return
    if span.since <= newest < span.until:
        shape.at = newest
        period.use("scope")


def _as_of(shape: Shape, period: Chunk, span: Period) -> None:
    """Read "what was it rated in 2019?" as of the end of that time."""
    if looks_up(shape) and not is_long(span) and span.until is not None:
        shape.at = span.until - _DAY
        period.use("scope")


def _rated_then(shape: Shape, span: Period) -> bool:
    """True for "how many homes were rated in 2018?"."""
    rated = [chunk for chunk in shape.chunks if chunk.kind == "rated"]
    last = any(chunk.text.startswith(("last", "latest", "current")) for chunk in shape.chunks)
    return bool(rated) and not last and span.since is not None and span.until is not None and not shape.by


def _happened(shape: Shape, period: Chunk, event: q.Event) -> None:
    period.use("scope")
    shape.extra.append(q.Happened(event))
