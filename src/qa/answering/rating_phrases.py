"""Conditions on ratings in words: "rated Good for Safe", "rated higher for Caring than for Safe"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.context import Context
from qa.answering.english import listed, listed_or, period
from qa.answering.phrases import Phrase, be, bounds, have
from qa.question.query import (
    WHOLE,
    AspectAgainst,
    Condition,
    Happened,
    Moved,
    Rated,
    RatedAgainst,
    RatedFor,
    Unrated,
)

_OF_RATING = (Rated, RatedFor, AspectAgainst, RatedAgainst, Moved, Happened, Unrated)
_HIGHER = {1: "higher", 0: "the same", -1: "lower"}


def of_rating(condition: Condition) -> bool:
    """True if a condition is about ratings, rather than about what a subject is."""
    return isinstance(condition, _OF_RATING)


def is_bare_rating(rated: Rated) -> bool:
    """True if a rating is the present overall one."""
    return (rated.aspect, rated.service, rated.when) == (WHOLE, WHOLE, "now")


def for_what(aspect: str, service: str, *, overall: bool = False) -> str:
    """`` for Safe``, `` for “Maternity”``, `` for Safe in “Maternity”``; `` overall`` for the overall rating
    beside others.
    """
    if aspect != WHOLE:
        return f" for {aspect} in “{service}”" if service != WHOLE else f" for {aspect}"
    if service != WHOLE:
        return f" for “{service}”"
    return " overall" if overall else ""


def rated_together(parts: Sequence[Rated]) -> Phrase:
    """Word several ratings of one subject: ``rated Outstanding for Caring and Good for Well-led``."""
    overall, times = any(part.aspect != WHOLE for part in parts), {part.when for part in parts}
    clauses: dict[str, str] = {}
    for part in parts:
        words, time = listed_or(part.ratings), _time(part, now=len(times) > 1)
        told = for_what(part.aspect, part.service, overall=overall)
        same = f"{words}|{part.service}|{time}"
        if same in clauses and part.service == WHOLE != part.aspect:
            clauses[same] = f"{clauses[same].removesuffix(time)} and {part.aspect}{time}"
        else:
            clauses[same if same not in clauses else f"{same}|{told}"] = f"{words}{told}{time}"
    return be(f"rated {listed(list(clauses.values()), len(clauses))}")


def _time(part: Rated, *, now: bool) -> str:
    if part.since is not None or part.until is not None:
        return f" at any time {period(part.since, part.until)}"
    return {"before": " before", "first": " at first", "ever": " at any time"}.get(
        part.when, " now" if now else ""
    )


def rated(part: Rated, holds: bool, context: Context) -> Phrase:
    """Return a rating in words."""
    if set(part.ratings) == set(context.scale.ratings):
        return have(f"a rating{for_what(part.aspect, part.service)}{_time(part, now=False)}", holds)
    if all(context.scale.rank(rating) is None for rating in part.ratings):
        words = listed_or([f"“{rating}”" for rating in part.ratings])
        return have(
            f"the published result {words}{for_what(part.aspect, part.service)}{_time(part, now=False)}",
            holds,
        )
    return be(
        f"rated {listed_or(part.ratings)}{for_what(part.aspect, part.service)}{_time(part, now=False)}", holds
    )


def rated_for(part: RatedFor, holds: bool, context: Context) -> Phrase:
    """Return a rating for some of the key questions in words."""
    told = _aspects(part, bool(context.aspects) and set(part.aspects) == set(context.aspects))
    return be(f"rated {listed_or(part.ratings)} for {told}{for_what(WHOLE, part.service)}", holds)


def _aspects(part: RatedFor, every: bool) -> str:
    """``all 5 key questions``, ``Safe or Caring``, ``at least 3 of the 5 key questions``, ``none of …``."""
    number = len(part.aspects)
    high = number if part.high is None else min(part.high, number)
    called = f"the {number} key questions" if every else listed(part.aspects, number)
    if high == 0:
        return f"none of {called}"
    if part.low >= number:
        return f"all {number} key questions" if every else called
    if (part.low, high) == (1, number):
        return "any key question" if every else listed_or(part.aspects)
    return f"{bounds(part.low or None, high if high < number else None)} of {called}"


def aspect_against(part: AspectAgainst, holds: bool, context: Context) -> Phrase:
    """Return one key question against another in words."""
    than = "as" if part.sign == 0 else "than"
    return be(
        f"rated {_HIGHER[part.sign]} for {part.aspect} {than} for {part.other}"
        f"{for_what(WHOLE, part.service)}",
        holds,
    )


def rated_against(part: RatedAgainst, holds: bool, context: Context) -> Phrase:
    """Return a rating compared with another subject's in words."""
    than = "as" if part.sign == 0 else "than"
    return be(
        f"rated {_HIGHER[part.sign]}{for_what(part.aspect, part.service)} {than} "
        f"{part.label or 'the one named'}{' before' if part.before else ''}",
        holds,
    )


def unrated(part: Unrated, holds: bool, context: Context) -> Phrase:
    """Return the lack of a rating in words."""
    told = f"a rating{for_what(part.aspect, part.service)}"
    return (
        have(told)
        if not holds
        else Phrase(
            f"without {told}",
            told.replace("a rating", "had no rating", 1),
            told.replace("a rating", "had no rating", 1),
        )
    )
