"""Questions about single events: a first, last, worst or second rating, and when something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.past_times import EARLIEST, became_words, bounds_of_period, conditions, one_period
from qa.question.query import Query
from qa.question.shape import Shape, asks, scope_left, take, take_aspects

_LATEST = ("last", "latest", "most recently", "most recent")


def event_asked(shape: Shape) -> q.Event:
    """Take the words that say which ratings are meant: a rating, a rise or fall, key questions, a period."""
    before = _take_before(shape)
    rated, moved = conditions(shape, q.Rated)[:1], conditions(shape, q.Moved)[:1]
    aspect, service = _rated_for(shape, sorted((*rated, *moved), key=lambda one: one.start))
    for chunk in (*rated, *moved):
        chunk.use("rating")
    ratings = rated[0].value.ratings if rated else ()
    signs = moved[0].value.signs if moved else ()
    if len(signs) == 2 and ratings:
        signs = ()  # "went from good to inadequate" says more
    return q.Event(ratings, signs, False, aspect, service, *bounds_of_period(shape), before)


def _take_before(shape: Shape) -> tuple[str, ...]:
    """Take the rating that was left in "went from good to inadequate"; none if only one rating is named."""
    if len(conditions(shape, q.Rated, q.Moved)) < 2:
        return ()
    before = next((one for one in conditions(shape, q.Rated) if one.value.when == "before"), None)
    if before is None:
        return ()
    before.use("rating")
    ratings: tuple[str, ...] = before.value.ratings
    return ratings


def _rated_for(shape: Shape, told: Sequence[Chunk]) -> tuple[str, str]:
    """The aspect and service of a rating or a change. Those of a change count only if the rating before it
    names none; without either, those that the question asks about."""
    aspect = service = q.WHOLE
    for chunk in told:
        if aspect == q.WHOLE or isinstance(chunk.value, q.Rated):
            aspect, service = chunk.value.aspect, chunk.value.service
    if aspect != q.WHOLE:
        return aspect, service
    aspects, asked_service = take_aspects(shape)
    return (aspects or (q.WHOLE,))[0], asked_service if service == q.WHOLE else service


def extreme(shape: Shape) -> Query | None:
    """The Query of "the worst rating that it has ever had", whenever that was."""
    ways = shape.chunks.saying("super", "best", "worst")
    ever = shape.chunks.saying("time", "ever") or [one for one in shape.chunks if one.text == "had"]
    named = bool(shape.chunks.included("subject"))
    if not (ways and ever and named) or shape.chunks.any("cond") or shape.yes_no:
        return None
    for chunk in (*ways, *ever):
        chunk.use("order")
    take(shape, "measure", "which", "when")
    event = event_asked(shape)
    order = q.Order("rating", ways[0].value == "best")
    return Query(scope_left(shape), q.Events(event), order=order, ranks=(1, 1))


def some_of_them(shape: Shape) -> Query | None:
    """The Query of "Its last three ratings" or "its second rating"."""
    if shape.yes_no or asks(shape, "count", "share") or not shape.chunks.included("subject"):
        return None
    first, last = _marked(shape, EARLIEST), _marked(shape, _LATEST)
    said = _ordinal(shape) or (_number_of_ratings(shape) if first or last else None)
    if said is None:
        return None
    for chunk in (said, *first, *last):
        chunk.use("order")
    take(shape, "measure", "which", "list", "when")
    event = event_asked(shape)
    ranks = (said.value, said.value) if said.kind == "ordinal" else (1, int(said.value.low))
    return Query(scope_left(shape), q.Events(event), order=q.Order("date", bool(last)), ranks=ranks)


def _ordinal(shape: Shape) -> Chunk | None:
    """The ordinal of "its second rating"."""
    said = [one for one in shape.chunks.of("ordinal") if one.value > 1]
    return said[0] if said and shape.chunks.any("rated") else None


def _number_of_ratings(shape: Shape) -> Chunk | None:
    """The number of "its last three ratings"."""
    ratings = ("ratings", "inspections")
    if not any(one.kind == "rated" and one.text.startswith(ratings) for one in shape.chunks):
        return None
    numbers = (one for one in shape.chunks.of("quantity") if one.value.plain and one.value.low > 1)
    return next(numbers, None)


def when(shape: Shape) -> Query | None:
    """The Query of "When did it last improve?", "when was it first rated?" or "when did it become good?"."""
    _read_year(shape)
    if asks(shape, "count", "share"):
        _leave_latest(shape)
    if not asks(shape, "when"):
        return None
    first, last = _marked(shape, EARLIEST), _marked(shape, _LATEST)
    told = conditions(shape, q.Rated, q.Moved)
    if not told and not first and one_period(shape) is None:
        return None
    return _dated(shape, told, first, last)


def _dated(shape: Shape, told: Sequence[Chunk], first: Sequence[Chunk], last: Sequence[Chunk]) -> Query:
    """The Query for the dates of an event: of each time, or of the ``first`` or ``last``."""
    became = bool(became_words(shape, told))
    newest = bool(told) and (became or _asks_since_when(shape))
    new = (became or newest) and not conditions(shape, q.Moved)
    event = replace(event_asked(shape), new=new)
    take(shape, "measure", "when", "which")
    take(shape, "time", "after", "ever", part="measure")
    for chunk in (*first, *last):
        chunk.use("measure")
    if (first or last) and not shape.chunks.included("subject"):
        scope = scope_left(shape)  # "when was the latest outstanding rating in Leeds?" asks for one date
        return Query(scope, q.Events(event), order=q.Order("date", bool(last)), ranks=(1, 1))
    if first:
        return Query(scope_left(shape), q.Events(event, "first"))
    return Query(scope_left(shape), q.Events(event, "last" if last or newest else "every"))


def _read_year(shape: Shape) -> None:
    """Read "in what year" and "which year", asked about somebody, as "when"."""
    for chunk in shape.chunks.saying("measure", "which"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.text == "year" and shape.chunks.any("subject"):
            behind.kind, behind.value = "measure", "when"


def _leave_latest(shape: Shape) -> None:
    """Read "last" in "how many were last rated before 2018?" as asking for no date."""
    for chunk in shape.chunks.saying("measure", "when"):
        if chunk.text.startswith(_LATEST):
            chunk.use("small")


def _asks_since_when(shape: Shape) -> bool:
    """True for "since when" and "how long"."""
    said = shape.chunks.saying("measure", "when")
    return any(chunk.text.startswith(("since when", "how long", "for how long")) for chunk in said)


def first(shape: Shape) -> Query | None:
    """The Query of "What was its first rating?"."""
    named = bool(shape.chunks.included("subject"))
    marks = _marked(shape, EARLIEST)
    if not marks or not named or shape.chunks.any("cond") or shape.yes_no or asks(shape, "count", "share"):
        return None
    if not (shape.chunks.any("rated") or shape.chunks.any("quality") or _speaks_of_rating(marks)):
        return None
    for chunk in marks:
        chunk.use("measure")
    take(shape, "measure", "which", "list")
    event = event_asked(shape)
    return Query(scope_left(shape), q.Events(event, "first"))


def _speaks_of_rating(marks: list[Chunk]) -> bool:
    return any(word in chunk.text.split() for chunk in marks for word in ("rating", "ratings", "rated"))


def _marked(shape: Shape, words: tuple[str, ...]) -> list[Chunk]:
    """The chunks that mean the "first" or "last" of an event, whichever sense they were read in."""
    kinds = ("ordinal", "super", "time", "past", "measure")
    beginnings = tuple([f"{word} " for word in words])
    return [
        chunk for chunk in shape.chunks if chunk.kind in kinds and f"{chunk.text} ".startswith(beginnings)
    ]
