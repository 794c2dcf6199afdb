"""Ranks the key questions against each other: which one most places fail, which one they do best on."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.query import Order, Query, conjunction
from qa.question.shape import Shape, asks, scope_left, take
from qa.question.worth import puts_more_first

_MORE_OFTEN = frozenset(
    f"{how} {what}" for how in ("more", "less") for what in ("often", "common", "commonly", "frequently")
)


def aspects_ranked(shape: Shape) -> Query | None:
    """Return the Query of "Which key question is most often inadequate?" or "… do homes do worst on?", which
    ranks the aspects. ``None`` for any other question."""
    named, ways = _aspects_named(shape), shape.chunks.saying("super", "most", "least", "best", "worst")
    if named is None or not ways:
        return None
    conditions = shape.chunks.of("cond")
    rated = _rated(shape, conditions, ways[0].value)
    if rated is None:
        return _of_somebody(shape, named, ways)
    more_first = puts_more_first(shape.vocabulary.scale, q.Count(), rated, ways[0].value)
    listed = named.value if named.kind == "aspect" else ()
    five = listed or shape.vocabulary.key_questions
    if not five:
        return None
    for chunk in (named, *ways, *conditions, *shape.chunks.of("aspect")):
        chunk.use("measure")
    take(shape, "measure", "which", "list", "count")
    take(shape, "or", part="measure")
    base = scope_left(shape)
    sides = [conjunction(base, replace(rated, aspect=aspect)) for aspect in five]
    return Query(
        sides[0], q.Count(), against=tuple(sides[1:]), relation="compare", order=Order("figure", more_first)
    )


def _of_somebody(shape: Shape, named: Chunk, ways: list[Chunk]) -> Query | None:
    """ "Which key question is Elm House worst on?": return the Query for all its ratings."""
    five = shape.vocabulary.key_questions
    if not shape.chunks.of("subject") or shape.chunks.of("cond") or named.kind != "aspects" or not five:
        return None
    for chunk in (named, *ways):
        chunk.use("measure")
    take(shape, "measure", "which", "list")
    return Query(scope_left(shape), q.Ratings(five))


def _rated(shape: Shape, conditions: list[Chunk], way: str) -> q.Rated | q.Moved | None:
    """What is counted for each aspect: the rating or change in the question; if there is none and the
    question is about many subjects, the poor ratings of what they are best or worst at."""
    told = (q.Rated, q.Moved) if shape.vocabulary.historic else q.Rated
    parts = [part for chunk in conditions for part in q.parts_of(chunk.value)]
    said = next((part for part in parts if isinstance(part, told)), None)
    if said is None and not conditions and way in ("best", "worst") and not shape.chunks.of("subject"):
        return q.Rated(shape.vocabulary.scale.poor)
    return said


def _read_area(shape: Shape) -> None:
    """Read "which area" as key questions where more is asked of somebody than where they are: "which area is
    Elm House worst in?"."""
    subjects = [chunk for chunk in shape.chunks.of("subject") if not chunk.out]
    for chunk in shape.chunks.of("field") if len(subjects) == 1 else ():
        words = chunk.text.split()
        others = [one for one in shape.chunks if one not in (chunk, *subjects) and one.text not in _BEING]
        if words[0] in ("what", "which") and words[1:2] in (["area"], ["areas"]) and others:
            chunk.kind, chunk.value = "aspects", "name"


_BEING = frozenset("in is it at of the located based situated inside within".split())


def _aspects_named(shape: Shape) -> Chunk | None:
    """The words "key question", or a list of three or more of them; of two, if one is "more often" so."""
    _read_area(shape)
    for chunk in shape.chunks.saying("aspects", "name"):
        return chunk
    often = any(chunk.text in _MORE_OFTEN for chunk in shape.chunks.of("super"))
    listed = [chunk for chunk in shape.chunks.of("aspect") if len(chunk.value) > (1 if often else 2)]
    apart = [chunk for chunk in shape.chunks.of("aspect") if len(chunk.value) == 1] if often else []
    if not listed and len(apart) == 2:
        first, second = apart
        shape.chunks[shape.chunks.index(first)] = joined = replace(
            first, value=(*first.value, *second.value), taken=[*first.taken, second]
        )
        return joined
    return listed[0] if listed and (often or asks(shape, "which", "list")) else None
