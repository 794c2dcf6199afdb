"""Conditions on what happened to ratings in words: published when, moved how, how often."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from qa.answering.context import Context
from qa.answering.english import listed_or, period
from qa.answering.phrases import Phrase, be, bounds, have
from qa.answering.rating_phrases import for_what
from qa.phrasing import long_date
from qa.question.query import (
    Event,
    Happened,
    Moved,
    Published,
)

_MOVES: Mapping[tuple[int, ...], str] = {
    (1,): "a higher rating than before",
    (-1,): "a lower rating than before",
    (0,): "the same rating as before",
}
_DAY = datetime.timedelta(days=1)
_CHANGED: Mapping[tuple[int, ...], str] = {(1,): "higher", (-1,): "lower", (0,): "the same"}


def published(part: Published, holds: bool, context: Context) -> Phrase:
    """Return a condition on the date of a rating in words."""
    return have(
        f"a rating{for_what(part.aspect, part.service)} published {period(part.since, part.until)}", holds
    )


def moved(part: Moved, holds: bool, context: Context) -> Phrase:
    """Return a move of ratings in words."""
    what = for_what(part.aspect, part.service)
    if part.since is None and part.until is None:
        return be(f"given {_move(part.signs)}{what}", holds)
    ends = f"on {long_date(part.until - _DAY)}" if part.until is not None else "now"
    begins = f"on {long_date(part.since)}" if part.since is not None else "at first"
    than = "as" if part.signs == (0,) else "than"
    return be(f"rated {_CHANGED.get(part.signs, 'differently')}{what} {ends} {than} {begins}", holds)


def _move(signs: Sequence[int]) -> str:
    held = tuple(sorted(set(signs)))
    if held in _MOVES:
        return _MOVES[held]
    return "a different rating than before" if 0 not in held else listed_or([_MOVES[one,] for one in held])


def event_phrase(event: Event, context: Context) -> str:
    """Word a rating that was given, for use after "was": ``rated Good for Safe in 2019``, ``given a higher
    rating than before``.
    """
    what, when = for_what(event.aspect, event.service), ""
    if event.since is not None or event.until is not None:
        when = f" in ratings published {period(event.since, event.until)}"
    told = f"rated {listed_or(event.ratings)}{what}" if event.ratings else ""
    if event.before:
        told = f"{told or f'rated{what}'} after {listed_or(event.before)}"
    if event.new:
        told = f"newly {told}" if told else f"rated for the first time{what}"
    if event.signs:
        moved = f"given {_move(event.signs)}" + ("" if told else what)
        told = f"{told}, {moved}" if told else moved
    return f"{told or f'rated{what}'}{when}"


def happened(part: Happened, holds: bool, context: Context) -> Phrase:
    """Return how often something happened to ratings in words."""
    told = event_phrase(part.event, context)
    if (part.low, part.high) != (1, None):
        told = f"{told} {times_said(part.low, part.high)}"
    return be(told, holds)


def times_said(low: int, high: int | None) -> str:
    """``exactly 2 times``, ``at least once``, ``never``."""
    if high == 0:
        return "at no time"
    told = bounds(low or None, high)
    return told.removesuffix(" 1") + " once" if told.endswith(" 1") else f"{told} times"
