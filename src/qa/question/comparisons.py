"""Comparisons: subjects, places, owners, kinds or ratings beside each other."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.conditions import members
from qa.question.query import Condition, Order, Query, conjunction
from qa.question.shape import Shape, asks, scope_left, take, take_all, take_aspects, take_changes, telling


def against_all_aspects(shape: Shape) -> Query | None:
    """ "Which key question is most often inadequate?": the aspects against each other."""
    named, ways = _aspects_named(shape), shape.chunks.saying("super", "most", "least", "best", "worst")
    conditions = shape.chunks.of("cond")
    parts = [part for chunk in conditions for part in q.parts_of(chunk.value)]
    rated = next((part for part in parts if isinstance(part, q.Rated)), None)
    if named is None or not ways or rated is None:
        return None
    descending = ways[0].value in ("most", "best")
    listed = named.value if named.kind == "aspect" else ()
    for chunk in (named, *ways, *conditions, *shape.chunks.of("aspect")):
        chunk.use("measure")
    take(shape, "measure", "which", "list", "count")
    base = scope_left(shape)
    five = listed or tuple(aspect for aspect in shape.vocabulary.aspects if aspect != q.WHOLE)
    sides = [conjunction(base, replace(rated, aspect=aspect)) for aspect in five]
    return Query(
        sides[0], q.Count(), against=tuple(sides[1:]), relation="compare", order=Order("figure", descending)
    )


def _aspects_named(shape: Shape) -> Chunk | None:
    """The words "key question", or a list of three or more of them."""
    for chunk in shape.chunks.saying("aspects", "name"):
        return chunk
    listed = [chunk for chunk in shape.chunks.of("aspect") if len(chunk.value) > 2]
    return listed[0] if listed and asks(shape, "which", "list") else None


def for_every(shape: Shape) -> Query | None:
    """ "For every home that is inadequate, how many are good?" is a ratio."""
    for chunk in shape.chunks.of("by"):
        behind = shape.chunks.after(chunk)
        conditions = shape.chunks.of("cond")
        if (
            chunk.text.startswith("for e")
            and behind is not None
            and behind.kind == "kind"
            and len(conditions) == 2
        ):
            first, second = conditions
            for one in (chunk, first, second, *shape.chunks.saying("measure", "count")):
                one.use("against")
            base = scope_left(shape)
            sides = [conjunction(base, second.value), conjunction(base, first.value)]
            return Query(sides[0], q.Count(), against=(sides[1],), relation="ratio")
    return None


def compared(shape: Shape) -> Query | None:
    """Two or more subjects, places, providers or ratings beside each other."""
    relation = _relation(shape)
    if relation is None:
        return None
    sides = _sides(shape, relation)
    if len(sides) < 2:
        return None
    chunks = [chunk for chunk, _ in sides]
    for chunk in chunks:
        chunk.use("against")
    order = _order_of_sides(shape) if relation == "compare" else None
    _take_fields(shape, sides)
    _take_comparators(shape)
    measure = _compare_measure(shape, [condition for _, condition in sides])
    if isinstance(measure, q.Ratings):
        take_changes(shape)
        order = None if order is None else replace(order, key="rating")
    base = scope_left(shape)
    scopes = [conjunction(base, condition) for _, condition in sides]
    return Query(scopes[0], measure, against=tuple(scopes[1:]), relation=relation, order=order)


def _order_of_sides(shape: Shape) -> Order | None:
    """Whether the higher or the lower side goes first, if that is asked."""
    ways = shape.chunks.saying("super", "most", "least", "best", "worst")
    lower = bool(shape.chunks.saying("versus", "worse") or shape.chunks.saying("compare", "fewer"))
    least = lower or any(chunk.value in ("least", "worst") for chunk in ways)
    return Order("figure", not least) if ways or least else None


def _take_comparators(shape: Shape) -> None:
    take(shape, "versus")
    take(shape, "measure", "difference", "ratio", "which", "list", "provider")
    take(shape, "super", "most", "least", "best", "worst")
    take(shape, "or")
    if shape.yes_no and not shape.chunks.of("field"):  # of "every region" it is no part of the comparison
        take(shape, "quantifier", "both", "all")
    take(shape, "compare", "more", "fewer")


def _take_fields(shape: Shape, sides: list[tuple[Chunk, Condition]]) -> None:
    """ "Which council has more, Kent or Essex?": what the sides are needs no other use."""
    fields = {one.field for _, one in sides if isinstance(one, q.Is)}
    for chunk in shape.chunks.of("field"):
        if fields & {*chunk.value} or (
            fields
            and fields <= {"local_authority", "region", "town"}
            and set(chunk.value) <= {"local_authority", "region", "town"}
        ):
            chunk.use("against")


def _relation(shape: Shape) -> q.Relation | None:
    """How sides are compared, if at all."""
    more = _more_than(shape)
    if asks(shape, "difference") or (asks(shape, "count") and more):
        return "difference"
    if asks(shape, "ratio"):
        return "ratio"
    if shape.yes_no and more:
        fewer = shape.chunks.saying("compare", "fewer") or shape.chunks.saying("super", "least")
        return "worse" if fewer else "better"
    return _relation_said(shape) or ("compare" if more or _either(shape) else None)


def _relation_said(shape: Shape) -> q.Relation | None:
    """ "Better than", "the same as", "compare"."""
    said = {chunk.value for chunk in shape.chunks.of("versus")}
    relations: tuple[q.Relation, ...] = ("better", "worse", "same")
    for relation in relations:
        if relation in said:
            return relation if shape.yes_no or relation == "same" else "compare"
    return "compare" if said else None


def _more_than(shape: Shape) -> bool:
    """ "More homes in Kent than in Essex"."""
    return bool(shape.chunks.saying("versus", "than")) and bool(
        shape.chunks.saying("compare", "more", "fewer") or shape.chunks.saying("super", "most", "least")
    )


def _either(shape: Shape) -> bool:
    """ "Kent or Essex, which has more homes?"."""
    listed = any(
        chunk.either and len(chunk.value) > 1
        for chunk in shape.chunks.of("where", "provider", "subject", "kind")
    )
    apart = bool(shape.chunks.of("or")) and any(
        len(shape.chunks.of(kind)) > 1 for kind in ("where", "provider", "subject", "kind")
    )
    whose = any(
        chunk.text in ("which", "which of", "who", "whose")
        for chunk in shape.chunks.saying("measure", "which")
    ) and not shape.chunks.of("field")
    among = whose and any(len(chunk.value) > 1 for chunk in shape.chunks.of("where", "provider", "subject"))
    listed = listed or apart or among
    way = shape.chunks.saying("super", "most", "least", "best", "worst") or shape.chunks.saying(
        "compare", "more", "fewer"
    )
    return listed and bool(way)


def _sides(shape: Shape, relation: q.Relation) -> list[tuple[Chunk, Condition]]:
    """The things compared: a list of one kind, or two of a kind on both sides of "than"."""
    kinds = ("subject", "where", "provider", "cond", "kind", "value", "period")
    for kind in kinds[:3] if relation == "same" else kinds:
        chunks = [chunk for chunk in shape.chunks.of(kind) if not chunk.out]
        found = [(chunk, one) for chunk in chunks for one in members(chunk, shape.vocabulary)]
        if len(found) > 1:
            return found
    return _than_sides(shape)


def _than_sides(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """ "More are good now than before", "below good for well-led than for safe": one rating, twice."""
    than = shape.chunks.saying("versus", "than")
    rated = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated)]
    if not than or len(rated) != 1:
        return []
    told: q.Rated = rated[0].value
    behind = [
        chunk
        for chunk in shape.chunks[shape.chunks.index(than[0]) :]
        if not chunk.used or chunk.used == "bound"
    ]
    aspect = next((chunk for chunk in behind if chunk.kind == "aspect" and not chunk.used), None)
    if aspect is not None:
        return [(rated[0], told), (aspect, replace(told, aspect=aspect.value[0]))]
    time = next((chunk for chunk in behind if chunk.says("time", "before", "start")), None)
    if time is not None:
        return [(rated[0], replace(told, when="now")), (time, replace(told, when="before"))]
    return []


def _compare_measure(shape: Shape, sides: list[Condition]) -> q.Measure:
    if take(shape, "measure", "share"):
        told = telling(shape)
        return q.Share(take_all(shape, told))
    if all(isinstance(one, q.Named) for one in sides) and not asks(shape, "count"):
        aspects, service = take_aspects(shape)
        before = take(shape, "time", "before", "start")
        return q.Ratings(aspects or (q.WHOLE,), service, before)
    take(shape, "measure", "count", "sum")
    return q.Count()
