"""Applies the one period in a question to its ratings and changes: "became good in 2018", "good since 2018",
"good at the end of 2018"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from qa.language.dates import Period
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.past_times import (
    DAY,
    GIVEN,
    NOW,
    REPORTED,
    became_words,
    conditions,
    event_of,
    is_long,
    looks_up,
    one_period,
    words_said,
)
from qa.question.shape import Shape


def within(shape: Shape) -> None:
    """Apply the period in the question to its ratings and changes, or ask for the ratings at its end."""
    period = one_period(shape)
    if period is None or shape.chunks.any("super", "newest", "oldest"):
        return
    named = bool(shape.chunks.included("subject"))
    if not named and not shape.vocabulary.deep_history:
        return
    told = conditions(shape, q.Rated, q.Moved)
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
    """Apply the period in "never been inadequate by 2018" to the ratings in force until then."""
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
            chunk.mean(replace(chunk.value, since=span.since, until=span.until))
            period.use("rating")
    elif len(told) > 1 and rated[0].value.when != "ever":
        _one_of_several(shape, told, period, span)
    else:
        _bound_ratings(shape, told, period, span, named=named)


def _bound_ratings(shape: Shape, told: list[Chunk], period: Chunk, span: Period, *, named: bool) -> None:
    """Apply the period in "became good in 2018", "been good since 2018" and "good at the end of 2018"."""
    words = words_said(shape)
    became, present = bool(became_words(shape, told)), not NOW.isdisjoint(words)
    new = became or not GIVEN.isdisjoint(words)
    if new or words & REPORTED:
        if new or not present:
            _each_happened(told, period, new=became)
    elif _is_of_any_time(told, span, words, yes_no=shape.yes_no and named):
        for chunk in told:
            chunk.mean(replace(chunk.value, when="ever", since=span.since, until=span.until))
        period.use("rating")
    elif present:
        return
    elif span.until is None:
        _each_happened(told, period, new=False)
    else:
        shape.at = span.until - DAY
        period.use("scope")


def _is_of_any_time(told: list[Chunk], span: Period, words: Set[str], *, yes_no: bool) -> bool:
    """True for "been good since 2018" and for questions whether somebody was. Also for a period with a
    beginning and an end, unless the question says "now"."""
    if "been" in words or yes_no or any(chunk.value.when == "ever" for chunk in told):
        return True
    stretch = is_long(span) and span.since is not None and span.until is not None
    return stretch and NOW.isdisjoint(words)


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
    after[0].mean(q.Happened(event))
    after[0].used = ""


def from_to(shape: Shape) -> None:
    """Read "homes that have gone from inadequate to outstanding" as at any time."""
    told = conditions(shape, q.Rated, q.Moved)
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
        beside[-1].mean(replace(beside[-1].value, when="ever", since=span.since, until=span.until))
        period.use("rating")


def _each_happened(told: list[Chunk], period: Chunk, *, new: bool) -> None:
    span: Period = period.value[0]
    for chunk in told:
        chunk.mean(q.Happened(replace(event_of(chunk.value), new=new, since=span.since, until=span.until)))
    period.use("rating")


def _as_of(shape: Shape, period: Chunk, span: Period) -> None:
    """Read "what was it rated in 2019?" as the rating at the end of 2019."""
    if looks_up(shape) and not is_long(span) and span.until is not None:
        shape.at = span.until - DAY
        period.use("scope")


def _rated_then(shape: Shape, span: Period) -> bool:
    """True for "how many homes were rated in 2018?"."""
    last = any(chunk.text.startswith(("last", "latest", "current")) for chunk in shape.chunks)
    bounded = span.since is not None and span.until is not None
    return shape.chunks.any("rated") and not last and bounded and not shape.by


def _happened(shape: Shape, period: Chunk, event: q.Event) -> None:
    period.use("scope")
    shape.extra.append(q.Happened(event))
