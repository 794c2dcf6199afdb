"""Questions about the past, if the tables have more than the current ratings: first and last, how often, over
the years; and about closing.

A step of the shape (:mod:`qa.question.shapes`): it answers a question about events with a Query of its own,
or adds the times to the conditions (:mod:`qa.question.past_times`) and leaves the rest to the other steps.
"""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.closing import close, prefer_open
from qa.question.comparisons import kinds_to_choose_from
from qa.question.how_often import ever, never, so_often
from qa.question.past_events import event_asked, extreme, first, some_of_them, when
from qa.question.past_periods import from_to, within
from qa.question.past_times import (
    better_between,
    bounds_of_period,
    conditions,
    event_of,
    is_long,
    looks_up,
    one_period,
    take_lost,
)
from qa.question.query import Query
from qa.question.shape import Shape, asks, cut_of, scope_left, take

_OTHER_WAYS = ("down", "worse", "up", "better", "declined", "improved", "fallen", "risen")
_OF_CHANGES = ("past", "or", "compare", "versus", "change")
_SEVERAL = ("ratings", "ratings of")


def of_the_past(shape: Shape) -> Query | None:
    """Return the Query of a question about events; otherwise add the times to the conditions and return
    ``None``."""
    if not shape.chunks.any("closing"):
        prefer_open(shape)
    close(shape)
    if not shape.vocabulary.history:
        never(shape)
        return None
    better_between(shape)
    take_lost(shape)
    for step in (_often, _either_way, _before_it, _over, extreme, some_of_them, _timeline, when, first):
        if (made := step(shape)) is not None:
            return made
    so_often(shape)
    from_to(shape)
    ever(shape)
    within(shape)
    return None


def _often(shape: Shape) -> Query | None:
    """The Query of "How often has it been inadequate?", "how many times did it improve?" or "how many ratings
    …"."""
    often = shape.chunks.saying("past", "often") or _ratings_counted(shape)
    if not often:
        return _most_often(shape)
    event = event_asked(shape)
    for chunk in often:
        chunk.use("measure")
    take(shape, "time", "ever", "before", part="measure")
    return Query(scope_left(shape), q.Times(event))


def _either_way(shape: Shape) -> Query | None:
    """The Query of "Has it gone up or down since 2015?" or "has it got better or worse?": all of its ratings
    answer it."""
    moved = conditions(shape, q.Moved)
    if not moved or not shape.chunks.included("subject") or not _says_or_otherwise(shape):
        return None
    if not shape.chunks.any("past", "timeline") and one_period(shape) is None:
        return None
    for chunk in shape.chunks:
        if chunk in moved or chunk.kind in _OF_CHANGES or chunk.text in _OTHER_WAYS:
            chunk.use("measure")
    since, until = bounds_of_period(shape)
    return Query(scope_left(shape), q.Events(q.Event(since=since, until=until)))


def _says_or_otherwise(shape: Shape) -> bool:
    """True for "or down" and the like."""
    said = f" {' '.join(chunk.text for chunk in shape.chunks)} "
    return any(f" or {word}" in said for word in _OTHER_WAYS)


def _before_it(shape: Shape) -> Query | None:
    """The Query of "What was it before it was inadequate?": the rating before each time that it became so."""
    rated = conditions(shape, q.Rated)
    if len(rated) != 1 or rated[0].value.when != "before" or not _says_before(shape, rated[0]):
        return None
    if shape.yes_no or not asks(shape, "which") or not shape.chunks.included("subject"):
        return None
    take(shape, "measure", "which")
    take(shape, "time", "before", "after", part="measure")
    return Query(scope_left_without(shape, rated[0]), q.Events(replace(event_of(rated[0].value), new=True)))


def _says_before(shape: Shape, rated: Chunk) -> bool:
    """True if the first "before" comes ahead of a rating."""
    said = (chunk for chunk in shape.chunks if chunk.says("time", "before") and chunk.text == "before")
    first = next(said, None)
    return first is not None and first.start <= rated.start


def scope_left_without(shape: Shape, chunk: Chunk) -> q.Condition:
    """Use one chunk as a rating and return the scope of the rest."""
    chunk.use("rating")
    return scope_left(shape)


def _most_often(shape: Shape) -> Query | None:
    """The Query of "Which home has been inadequate most often?"."""
    most = [one for one in shape.chunks.of("super") if one.text.endswith((" often", " times", "frequently"))]
    happened = any(isinstance(chunk.value, q.Rated | q.Moved) for chunk in shape.chunks.of("cond"))
    if not most or not happened or not _of_places(shape):
        return None
    event = event_asked(shape)
    take(shape, "measure", "which", "list")
    take(shape, "time", "ever", part="measure")
    order, ranks = q.Order("figure", most[0].value != "least"), cut_of(shape, most) or (1, 1)
    most[0].use("order")
    return Query(scope_left(shape), q.Times(event), order=order, ranks=ranks)


def _of_places(shape: Shape) -> bool:
    """True if places are asked for, neither groups nor kinds of them."""
    grouped = ("subject", "field", "aspects", "aspect", "by", "spread")
    return bool(shape.chunks.of("kind")) and not (shape.chunks.of(*grouped) or kinds_to_choose_from(shape))


def _ratings_counted(shape: Shape) -> list[Chunk]:
    """The counting words of "How many inadequate ratings has it had?" and "how many ratings were published in
    2018?"."""
    count = [one for one in shape.chunks.saying("measure", "count") if "different" not in one.text]
    named = bool(shape.chunks.included("subject"))
    if not count or not (named or one_period(shape) is not None):
        return []
    place = shape.chunks.index(count[0]) + 1
    behind = [chunk for chunk in shape.chunks[place : place + 3] if chunk.kind != "cond"][:1]
    return count if behind and behind[0].text in ("ratings", "inspections", "ratings of") else []


def _timeline(shape: Shape) -> Query | None:
    """The Query of "Its rating history", "how was it rated over the years" or "what ratings has it had"."""
    said = shape.chunks.saying("past", "timeline")
    if not said and not _asks_what_it_had(shape):
        return None
    if shape.yes_no and shape.chunks.of("cond"):
        _in_history(shape, said)
        return None
    for chunk in (*said, *shape.chunks.saying("prose", "how")):
        chunk.use("measure")
    take(shape, "measure", "which", "list", "when")
    take(shape, "time", "ever", "before", "after", part="measure")
    take(shape, "quantifier", "all", "each", part="small")
    _take_changes(shape)
    event = event_asked(shape)
    return Query(scope_left(shape), q.Events(event))


def _asks_what_it_had(shape: Shape) -> bool:
    """True for "what ratings has it had?" and "list all of its ratings"."""
    if shape.yes_no or shape.chunks.any("cond") or not shape.chunks.included("subject"):
        return False
    if shape.chunks.saying("quantifier", "all") and asks(shape, "list", "which"):
        return shape.chunks.any("rated")
    words = {chunk.text for chunk in shape.chunks if chunk.kind == "function"}
    given = not words.isdisjoint(("had", "been", "given")) or shape.chunks.any("time", "ever")
    return given and any(one.kind == "rated" and one.text in _SEVERAL for one in shape.chunks)


def _in_history(shape: Shape, said: list[Chunk]) -> None:
    """Read "Does any home have an inadequate rating in its history?" as whether it ever had one."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Rated) and chunk.value.when == "now":
            chunk.mean(replace(chunk.value, when="ever"))
    for chunk in said:
        chunk.use("claim")


def _over(shape: Shape) -> Query | None:
    """The Query of "What has it been rated since 2015?": every rating given in that time."""
    period = one_period(shape)
    if period is None or shape.chunks.any("cond") or not looks_up(shape, lists=True):
        return None
    if not is_long(period.value[0]) or period.value[0].since is None:
        return None
    take(shape, "measure", "which", "list", "when")
    take(shape, "time", "after", "ever", part="measure")
    event = event_asked(shape)
    return Query(scope_left(shape), q.Events(event))


def _take_changes(shape: Shape) -> None:
    """Read "How has its rating changed over the years" as a question for all of the ratings."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Moved) and len(chunk.value.signs) == 2:
            chunk.use("measure")
            for other in chunk.taken:  # "how has its rating for safe changed": all of those ratings
                other.used = "" if other.kind == "aspect" else other.used
