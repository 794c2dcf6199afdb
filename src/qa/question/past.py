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
from qa.question.past_times import (
    EARLIEST,
    became_words,
    better_between,
    bounds_of_period,
    event_of,
    from_to,
    is_long,
    looks_up,
    one_period,
    take_lost,
    within,
)
from qa.question.query import Query
from qa.question.shape import Shape, asks, cut_of, scope_left, take, take_aspects

_OTHER_WAYS = ("down", "worse", "up", "better", "declined", "improved", "fallen", "risen")
_LATEST = ("last", "latest", "most recently", "most recent")


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
    for step in (_often, _either_way, _before_it, _over, _extreme, _some_of_them, _timeline, _when, _first):
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
    event = _event(shape)
    for chunk in often:
        chunk.use("measure")
    take(shape, "time", "ever", "before", part="measure")
    return Query(scope_left(shape), q.Times(event))


def _either_way(shape: Shape) -> Query | None:
    """The Query of "Has it gone up or down since 2015?" or "has it got better or worse?": all of its ratings
    answer it."""
    moved = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Moved)]
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    said = " ".join(chunk.text for chunk in shape.chunks)
    if not moved or not named or not any(f" or {word}" in f" {said} " for word in _OTHER_WAYS):
        return None
    if not any(chunk.says("past", "timeline") for chunk in shape.chunks) and one_period(shape) is None:
        return None
    for chunk in shape.chunks:
        if (
            chunk in moved
            or chunk.kind in ("past", "or", "compare", "versus", "change")
            or chunk.text in _OTHER_WAYS
        ):
            chunk.use("measure")
    since, until = bounds_of_period(shape)
    return Query(scope_left(shape), q.Events(q.Event(since=since, until=until)))


def _before_it(shape: Shape) -> Query | None:
    """The Query of "What was it before it was inadequate?": the rating before each time that it became so."""
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    rated = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated)]
    before = [chunk for chunk in shape.chunks if chunk.says("time", "before") and chunk.text == "before"]
    if not named or shape.yes_no or len(rated) != 1 or not before or rated[0].start < before[0].start:
        return None
    if not asks(shape, "which") or rated[0].value.when != "before":
        return None
    take(shape, "measure", "which")
    take(shape, "time", "before", "after", part="measure")
    return Query(scope_left_without(shape, rated[0]), q.Events(replace(event_of(rated[0].value), new=True)))


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
    event = _event(shape)
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
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if not count or not (named or one_period(shape) is not None):
        return []
    place = shape.chunks.index(count[0]) + 1
    behind = [chunk for chunk in shape.chunks[place : place + 3] if chunk.kind != "cond"][:1]
    return count if behind and behind[0].text in ("ratings", "inspections", "ratings of") else []


def _timeline(shape: Shape) -> Query | None:
    """The Query of "Its rating history", "how was it rated over the years" or "what ratings has it had"."""
    said = shape.chunks.saying("past", "timeline")
    several = [
        chunk for chunk in shape.chunks if chunk.kind == "rated" and chunk.text in ("ratings", "ratings of")
    ]
    words = {chunk.text for chunk in shape.chunks if chunk.kind == "function"}
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    every = shape.chunks.saying("quantifier", "all") and asks(shape, "list", "which")
    given = not words.isdisjoint(("had", "been", "given")) or shape.chunks.any("time", "ever")
    rated = several or (every and any(chunk.kind == "rated" for chunk in shape.chunks))
    had = named and rated and (given or every) and not shape.chunks.any("cond") and not shape.yes_no
    if not said and not had:
        return None
    if shape.yes_no and shape.chunks.of("cond"):
        _in_history(shape, said)
        return None
    for chunk in said:
        chunk.use("measure")
    take(shape, "measure", "which", "list", "when")
    take(shape, "time", "ever", "before", "after", part="measure")
    take(shape, "quantifier", "all", "each", part="small")
    for chunk in shape.chunks.saying("prose", "how"):
        chunk.use("measure")
    _take_changes(shape)
    event = _event(shape)
    return Query(scope_left(shape), q.Events(event))


def _in_history(shape: Shape, said: list[Chunk]) -> None:
    """Read "Does any home have an inadequate rating in its history?" as whether it ever had one."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Rated) and chunk.value.when == "now":
            chunk.value = replace(chunk.value, when="ever")
            chunk.members = (chunk.value,)
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
    event = _event(shape)
    return Query(scope_left(shape), q.Events(event))


def _extreme(shape: Shape) -> Query | None:
    """The Query of "The worst rating that it has ever had", whenever that was."""
    ways = shape.chunks.saying("super", "best", "worst")
    ever = shape.chunks.saying("time", "ever") or [one for one in shape.chunks if one.text == "had"]
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if not (ways and ever and named) or shape.chunks.any("cond") or shape.yes_no:
        return None
    for chunk in (*ways, *ever):
        chunk.use("order")
    take(shape, "measure", "which", "when")
    event = _event(shape)
    order = q.Order("rating", ways[0].value == "best")
    return Query(scope_left(shape), q.Events(event), order=order, ranks=(1, 1))


def _some_of_them(shape: Shape) -> Query | None:
    """The Query of "Its last three ratings" or "its second rating"."""
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if not named or shape.yes_no or asks(shape, "count", "share"):
        return None
    rated = [one for one in shape.chunks if one.kind == "rated"]
    several = any(one.text.startswith(("ratings", "inspections")) for one in rated)
    ordinals = [one for one in shape.chunks.of("ordinal") if one.value > 1 and rated]
    numbers = [
        one for one in shape.chunks.of("quantity") if one.value.plain and one.value.low > 1 and several
    ]
    first, last = _marked(shape, EARLIEST), _marked(shape, _LATEST)
    if not ordinals and not (numbers and (first or last)):
        return None
    number = ordinals[0].value if ordinals else int(numbers[0].value.low)
    for chunk in (*ordinals[:1], *([] if ordinals else numbers[:1]), *first, *last):
        chunk.use("order")
    take(shape, "measure", "which", "list", "when")
    order, ranks = q.Order("date", bool(last)), (number if ordinals else 1, number)
    event = _event(shape)
    return Query(scope_left(shape), q.Events(event), order=order, ranks=ranks)


def _take_changes(shape: Shape) -> None:
    """Read "How has its rating changed over the years" as a question for all of the ratings."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Moved) and len(chunk.value.signs) == 2:
            chunk.use("measure")
            for other in chunk.taken:  # "how has its rating for safe changed": all of those ratings
                other.used = "" if other.kind == "aspect" else other.used


def _when(shape: Shape) -> Query | None:
    """The Query of "When did it last improve?", "when was it first rated?" or "when did it become good?"."""
    for chunk in shape.chunks.saying("measure", "which"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.text == "year" and shape.chunks.any("subject"):
            behind.kind, behind.value = "measure", "when"  # "in what year", "which year"
    if asks(shape, "count", "share"):  # "how many were last rated before 2018?" asks for no date
        for chunk in shape.chunks.saying("measure", "when"):
            if chunk.text.startswith(_LATEST):
                chunk.use("small")
    if not asks(shape, "when"):
        return None
    first, last = _marked(shape, EARLIEST), _marked(shape, _LATEST)
    told = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated | q.Moved)]
    period = one_period(shape)
    if not told and not first and period is None:
        return None
    became = became_words(shape, told)
    long = any(
        chunk.text.startswith(("since when", "how long", "for how long"))
        for chunk in shape.chunks.saying("measure", "when")
    )
    changed = any(isinstance(chunk.value, q.Moved) for chunk in told)
    event = replace(_event(shape), new=bool(became) and not changed)
    take(shape, "measure", "when", "which")
    take(shape, "time", "after", "ever", part="measure")
    for chunk in (*first, *last):
        chunk.use("measure")
    if long and told and not changed:
        event = replace(event, new=True)
    which = "first" if first else "last" if last or ((became or long) and told) else "every"
    if (first or last) and not any(not chunk.out for chunk in shape.chunks.of("subject")):
        scope = scope_left(shape)  # "when was the latest outstanding rating in Leeds?" asks for one date
        return Query(scope, q.Events(event), order=q.Order("date", bool(last)), ranks=(1, 1))
    return Query(scope_left(shape), q.Events(event, which))  # type: ignore[arg-type]


def _first(shape: Shape) -> Query | None:
    """The Query of "What was its first rating?"."""
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    marks = _marked(shape, EARLIEST)
    if not marks or not named or shape.chunks.any("cond") or shape.yes_no or asks(shape, "count", "share"):
        return None
    if not any(chunk.kind in ("rated", "quality") for chunk in shape.chunks) and not _speaks_of_rating(marks):
        return None
    for chunk in marks:
        chunk.use("measure")
    take(shape, "measure", "which", "list")
    event = _event(shape)
    return Query(scope_left(shape), q.Events(event, "first"))


def _speaks_of_rating(marks: list[Chunk]) -> bool:
    return any(word in chunk.text.split() for chunk in marks for word in ("rating", "ratings", "rated"))


def _marked(shape: Shape, words: tuple[str, ...]) -> list[Chunk]:
    """The chunks that say "first" or "last" of an event, in whichever sense they were read."""
    kinds = ("ordinal", "super", "time", "past", "measure")
    beginnings = tuple([f"{word} " for word in words])
    return [
        chunk for chunk in shape.chunks if chunk.kind in kinds and f"{chunk.text} ".startswith(beginnings)
    ]


def _event(shape: Shape) -> q.Event:
    """Take the words that say which ratings are meant: a rating, a rise or fall, key questions, a period."""
    ratings: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    signs: tuple[int, ...] = ()
    aspect = service = q.WHOLE
    several = sum(isinstance(chunk.value, q.Rated | q.Moved) for chunk in shape.chunks.of("cond")) > 1
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Rated) and several and chunk.value.when == "before" and not before:
            before = chunk.value.ratings
            chunk.use("rating")
        elif isinstance(chunk.value, q.Rated) and not ratings:
            ratings, aspect, service = chunk.value.ratings, chunk.value.aspect, chunk.value.service
            chunk.use("rating")
        elif isinstance(chunk.value, q.Moved) and not signs:
            signs = chunk.value.signs
            if aspect == q.WHOLE:
                aspect, service = chunk.value.aspect, chunk.value.service
            chunk.use("rating")
    if aspect == q.WHOLE:
        aspects, asked_service = take_aspects(shape)
        aspect, service = (aspects or (q.WHOLE,))[0], asked_service if service == q.WHOLE else service
    signs = () if len(signs) == 2 and ratings else signs  # "went from good to inadequate" says more
    return q.Event(ratings, signs, False, aspect, service, *bounds_of_period(shape), before)
