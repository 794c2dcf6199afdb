"""How often something happened, or whether it ever did: "inadequate at least twice", "never improved"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Bounds, Chunk
from qa.question.past_times import EARLIEST, bounds_of_period, conditions, event_of
from qa.question.shape import AS_MANY, Shape, take


def so_often(shape: Shape) -> None:
    """Make conditions of "inadequate at least twice" and "improved three or more times"."""
    happened = conditions(shape, q.Rated, q.Moved)
    bounds = _times(shape) if happened else None
    if bounds is None:
        return
    since, until = bounds_of_period(shape)
    event = replace(event_of(happened[0].value), since=since, until=until)
    high = None if bounds.high is None else int(bounds.high)
    happened[0].mean(q.Happened(event, int(bounds.low), high))
    take(shape, "time", "ever", part="rating")


def _times(shape: Shape) -> Bounds | None:
    """Take the words for how often: "twice", "at least three times", "more than once", "5 or more times"."""
    for place, chunk in enumerate(shape.chunks):
        ahead = shape.chunks[place - 1] if place else None
        behind = shape.chunks[place + 1] if place + 1 < len(shape.chunks) else None
        if not _as_many(shape, place + 1) and (bounds := _take_times(chunk, ahead, behind)):
            return bounds
    return None


def _take_times(chunk: Chunk, ahead: Chunk | None, behind: Chunk | None) -> Bounds | None:
    """Take one chunk, with those beside it, as how often; ``None`` if it says nothing of the kind."""
    if _is_once(chunk, ahead):  # "once" may have been read as a time before
        chunk.use("rating")
        return _compared(1.0, ahead)
    if chunk.used not in ("", "small"):
        return None
    if chunk.kind == "times":
        chunk.use("rating")
        return _compared(float(chunk.value), ahead)
    if chunk.kind != "quantity" or behind is None or behind.text not in _TIMES:
        return None
    chunk.use("rating")
    behind.use("rating")
    bounds: Bounds = chunk.value
    return Bounds(bounds.low, None) if bounds.plain else bounds


_TIMES = ("times", "time", "occasions")


def _is_once(chunk: Chunk, ahead: Chunk | None) -> bool:
    """True for "once" after a comparator: "more than once", "only once"."""
    return chunk.text == "once" and ahead is not None and ahead.kind in ("compare", "quantifier")


def _as_many(shape: Shape, place: int) -> bool:
    """True of "twice as many" and "three times as many", which compare two numbers."""
    behind = [one for one in shape.chunks[place : place + 2] if one.text not in ("times", "time")]
    return bool(behind) and behind[0].says("versus", "same") and behind[0].text in AS_MANY


def _compared(number: float, ahead: Chunk | None) -> Bounds:
    """The bounds of "more than once", "at least twice", "only once"; "twice" alone is at least twice."""
    if ahead is None or ahead.kind not in ("compare", "quantifier") or ahead.used not in ("", "small"):
        return Bounds(number, None)
    ahead.use("rating")
    if ahead.says("quantifier", "only") or ahead.says("compare", "exactly"):
        return Bounds(number, number)
    made = {
        "more": Bounds(number + 1, None),
        "above": Bounds(number + 1, None),
        "fewer": Bounds(0, number - 1),
        "below": Bounds(0, number - 1),
        "at_most": Bounds(0, number),
    }
    return made.get(ahead.value, Bounds(number, None))


def ever(shape: Shape) -> None:
    """Make conditions on all known ratings of "never been inadequate", "ever improved" and "never got
    worse"."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Rated):
            _ever_rated(shape, chunk)
        elif isinstance(chunk.value, q.Moved):
            _ever_moved(shape, chunk)


def never(shape: Shape) -> None:
    """Ask for all known ratings with "never been inadequate" and "always been good" where the tables have no
    history: the answer says so."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Rated) and (made := _at_all_times(shape, chunk, chunk.value)):
            chunk.mean(made)


def _at_all_times(shape: Shape, chunk: Chunk, condition: q.Rated) -> q.Condition | None:
    """Return the condition of "never been inadequate" or "always been good" on all known ratings; ``None`` if
    neither is said. Claims read "always" as a quantifier."""
    if condition.when != "now":
        return None
    others = shape.vocabulary.scale.others(condition.ratings)
    never_others = q.Not(replace(condition, ratings=others, when="ever"))
    if any(other.text.startswith(("never", "has never", "have never")) for other in chunk.taken):
        return never_others  # the ratings are denied already
    said = () if shape.yes_no else shape.chunks.saying("quantifier", "all")
    always = next((one for one in said if one.text == "always"), None)
    if always is None:
        return None
    always.use("rating")
    return q.conjunction(condition, never_others)


def _ever_rated(shape: Shape, chunk: Chunk) -> None:
    """Apply "never been good", "always been good", "first rated good" and "did it ever get a good
    rating?"."""
    condition: q.Rated = chunk.value
    made: q.Condition | None = None
    if condition.when == "before":
        made = _once_before(shape, chunk, condition)
    elif condition.when == "ever" and _denied_first(chunk):
        made = q.Not(replace(condition, ratings=shape.vocabulary.scale.others(condition.ratings)))
    elif condition.when == "ever" and _is_attribute(shape, chunk):
        made = replace(condition, when="now")
    elif condition.when == "now":
        made = _at_all_times(shape, chunk, condition)
        if made is None and _alone_with_ever(shape, chunk):
            made = replace(condition, when="ever")
    if made is not None:
        chunk.mean(made)


def _once_before(shape: Shape, chunk: Chunk, condition: q.Rated) -> q.Condition | None:
    """The condition of "first rated good" and "used to be good"; ``None`` for only "before"."""
    taken = [other.text for other in chunk.taken]
    if any(f"{text} ".startswith(f"{word} ") for text in taken for word in EARLIEST):
        return replace(condition, when="first")
    if _used_to_be(shape, taken):
        return q.conjunction(replace(condition, when="ever"), q.Not(replace(condition, when="now")))
    return None


def _denied_first(chunk: Chunk) -> bool:
    """True for "haven't ever been good", where the denial comes before the "ever"."""
    denials = [one.start for one in chunk.taken if one.kind == "not" and not one.text.startswith("never")]
    ever = [one.start for one in chunk.taken if one.says("time", "ever")]
    return len(denials) == 1 and bool(ever) and denials[0] < ever[0]


def _used_to_be(shape: Shape, taken: list[str]) -> bool:
    """True for "which homes used to be outstanding?": asks about many, at any time before."""
    named = bool(shape.chunks.included("subject"))
    said = any(text in ("used to be", "used to have", "once", "formerly") for text in taken)
    return said and not named and sum(one.kind == "cond" for one in shape.chunks) == 1


def _is_attribute(shape: Shape, chunk: Chunk) -> bool:
    """True for "good" in "which good homes have ever been inadequate?"."""
    behind = shape.chunks.after(chunk)
    others = [one for one in shape.chunks.of("cond") if one is not chunk and isinstance(one.value, q.Rated)]
    return behind is not None and behind.kind == "kind" and any(one.value.when == "ever" for one in others)


def _alone_with_ever(shape: Shape, chunk: Chunk) -> bool:
    """True for the only rating in a question that says "ever"."""
    ever = [one for one in shape.chunks if one.says("time", "ever")]
    alone = sum(isinstance(one.value, q.Rated) for one in shape.chunks.of("cond")) == 1
    for one in ever if alone else ():
        one.use("rating")
    return bool(ever) and alone


def _ever_moved(shape: Shape, chunk: Chunk) -> None:
    words = chunk.text.split()
    ever = shape.chunks.saying("time", "ever")
    never = "never" in words or any(other.text.startswith("never") for other in chunk.taken)
    if not ever and not never:
        return
    signs = chunk.value.signs
    if never and signs == (0,):
        signs = (1, -1) if "changed" in words else (1,)
    for one in ever:
        one.use("rating")
    event = q.Event((), signs, False, chunk.value.aspect, chunk.value.service, *bounds_of_period(shape))
    chunk.value = q.Not(q.Happened(event)) if never else q.Happened(event)
    chunk.out = False
    chunk.members = ()
