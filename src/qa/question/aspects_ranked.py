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
    if (against := _one_against_another(shape)) is not None:
        return against
    named, ways = _ranked_and_ways(shape)
    if named is None or not ways:
        return None
    conditions = shape.chunks.of("cond")
    way = _END_OF.get(ways[0].value, ways[0].value)
    rated = _rated(shape, conditions, way)
    if rated is None:
        return _of_somebody(shape, named, ways)
    more_first = puts_more_first(shape.vocabulary.scale, q.Count(), rated, way)
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


def _ranked_and_ways(shape: Shape) -> tuple[Chunk | None, list[Chunk]]:
    """The aspects that are ranked, if any, and the words that rank them."""
    if choice := _choice(shape):
        take(shape, "follow", "pronoun", part="small")  # "…, counting those below good"
        return choice[0], choice[1:]
    ways = shape.chunks.saying("super", "most", "least", "best", "worst")
    return _aspects_named(shape), ways


_END_OF = {"better": "best", "worse": "worst"}


def _one_against_another(shape: Shape) -> Query | None:
    """Return the Query of "Do care homes do worse on safe than on caring?": whether more of them are poor at
    the one than at the other. ``None`` if it asks whether some or a number of them are."""
    told = shape.chunks.of("cond")  # of inadequate homes, which are poor anyway, each is compared
    value = told[0].value if len(told) == 1 else None
    if not isinstance(value, q.AspectAgainst) or not value.sign or told[0].out or not _of_all(shape):
        return None
    told[0].use("against")
    poor = q.Rated(shape.vocabulary.scale.poor, value.aspect, value.service)
    base = scope_left(shape)
    sides = [conjunction(base, replace(poor, aspect=one)) for one in (value.aspect, value.other)]
    relation: q.Relation = "better" if value.sign < 0 else "worse"  # how the numbers compare
    return Query(sides[0], q.Count(), against=(sides[1],), relation=relation)


def _of_all(shape: Shape) -> bool:
    """True for a yes/no question about places in general: "are care homes worse for …?"."""
    counted = any(one.kind in ("quantity", "portion", "quantifier", "field", "by") for one in shape.chunks)
    there = shape.chunks.any("follow", "there") or any(one.text in _WHICH for one in shape.chunks)
    plural = any(one.text.endswith("s") for one in shape.chunks.of("kind") if not one.out)
    return shape.yes_no and plural and not counted and not there and not asks(shape, "count", "share", "list")


_WHICH = frozenset("that which who whose with".split())


def _choice(shape: Shape) -> list[Chunk]:
    """The two key questions and the word that ranks them, of "Do homes do worse on safe or on caring?"."""
    said = shape.chunks.saying("versus", "better", "worse")
    if len(said) != 1 or shape.chunks.any("versus", "than") or _lists_places(shape):
        return []
    named = None if shape.chunks.of("subject", "field", "by") else _one_of_two(shape)
    return [] if named is None else [named, said[0]]


def _one_of_two(shape: Shape) -> Chunk | None:
    """The two key questions that a question joins by "or", as one chunk; ``None`` if it has no such two."""
    listed = shape.chunks.included("aspect")
    if len(listed) == 1:
        return listed[0] if listed[0].either and len(listed[0].value) == 2 else None
    if [len(chunk.value) for chunk in listed] != [1, 1]:
        return None
    between = shape.chunks[shape.chunks.index(listed[0]) + 1 : shape.chunks.index(listed[1])]
    return _as_one(shape, *listed) if any(one.kind == "or" for one in between) else None


def _lists_places(shape: Shape) -> bool:
    """True for "which care homes are better for …", which asks for the places."""
    asked = (shape.chunks.after(chunk) for chunk in shape.chunks.saying("measure", "which", "list"))
    return any(behind is not None and behind.kind == "kind" for behind in asked)


def _as_one(shape: Shape, first: Chunk, second: Chunk) -> Chunk:
    """Put two key questions that stand apart into one chunk, in the place of the first."""
    joined = replace(first, value=(*first.value, *second.value), taken=[*first.taken, second])
    shape.chunks[shape.chunks.index(first)] = joined
    return joined


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
    subjects = shape.chunks.included("subject")
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
    if any(chunk.text in _MORE_OFTEN for chunk in shape.chunks.of("super")):
        return _listed(shape, 2) or _two_as_one(shape)
    return _listed(shape, 3) if asks(shape, "which", "list") else None


def _listed(shape: Shape, least: int) -> Chunk | None:
    """The first list with this number of key questions."""
    return next((chunk for chunk in shape.chunks.of("aspect") if len(chunk.value) >= least), None)


def _two_as_one(shape: Shape) -> Chunk | None:
    """The two key questions of a question that names no others, as one list."""
    named = [chunk for chunk in shape.chunks.of("aspect") if len(chunk.value) == 1]
    return _as_one(shape, *named) if len(named) == 2 else None
