"""Comparisons: subjects, places, owners, kinds or ratings compared with each other."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk, mark_bound
from qa.question.compared_measure import compared_by
from qa.question.compared_sides import sides_of
from qa.question.query import Condition, Order, Query, conjunction
from qa.question.shape import (
    Shape,
    asks,
    next_of,
    scope_left,
    take,
    take_changes,
    take_whereabouts,
)
from qa.question.worth import puts_more_first, way_said
from qa.scale import Scale

_FOR_EACH = ("for each", "for every", "per", "to each", "to every")


def for_every(shape: Shape) -> Query | None:
    """ "For every home that is inadequate, how many are good?", "good ones per inadequate one": return the
    Query for a ratio."""
    for chunk in shape.chunks.of("by"):
        if chunk.text in _FOR_EACH and (made := _ratio(shape, chunk)) is not None:
            return made
    return None


def _ratio(shape: Shape, each: Chunk) -> Query | None:
    """The ratio of the places that meet one condition to those that meet the condition after ``each``."""
    conditions = shape.chunks.of("cond")
    behind = _telling_behind(shape, each)
    first = next((one for one in behind if one in conditions), None)
    if first is None or len(conditions) != 2 or not _noun(behind[:2]):
        return None
    second = next(one for one in conditions if one is not first)
    ones = [one for one in behind[:2] if one.text == "one"]
    for chunk in (each, first, second, *shape.chunks.saying("measure", "count"), *ones):
        chunk.use("against")
    base = scope_left(shape)
    scope, other = conjunction(base, second.value), conjunction(base, first.value)
    return Query(scope, q.Count(), against=(other,), relation="ratio")


def _telling_behind(shape: Shape, chunk: Chunk) -> list[Chunk]:
    """The chunks after a chunk, without function words."""
    return [one for one in shape.chunks[shape.chunks.index(chunk) + 1 :] if one.kind != "function"]


def _noun(chunks: list[Chunk]) -> bool:
    return any(chunk.kind == "kind" or chunk.text == "one" for chunk in chunks)


def like_one(shape: Shape) -> None:
    """Read "which homes are rated the same as Elm House?" and "better than Elm House" as a condition on all
    others."""
    found = _likened(shape)
    if found is None or not _asks_for_many(shape):
        return
    said, named = found
    if said.value != "same" or not _same_value(shape, said, named):
        _rated_against(shape, said, named)


_SIGNS = {"better": 1, "same": 0, "worse": -1}


def _likened(shape: Shape) -> tuple[Chunk, Chunk] | None:
    """The "better", "worse" or "same" and the subject after it, if there is one of each."""
    said = [one for one in shape.chunks.saying("versus", *_SIGNS) if one.text not in _APART]
    named = [one for one in shape.chunks.of("subject") if not one.out]
    if len(said) != 1 or len(named) != 1 or named[0].start < said[0].start:
        return None
    meant = named[0].value
    return (said[0], named[0]) if len(meant) == 1 and len(meant[0].subjects) == 1 else None


def _asks_for_many(shape: Shape) -> bool:
    """True if the question lists or counts places of a kind, or asks who."""
    listed = shape.chunks.of("kind") or any(one.text.startswith("who") for one in shape.chunks)
    return bool(listed) and asks(shape, "which", "count", "list", "share")


def _rated_against(shape: Shape, said: Chunk, named: Chunk) -> None:
    """Turn the words into a condition on the rating, now or before, compared with that of the subject."""
    aspects = [one for one in shape.chunks.of("aspect") if not one.out and len(one.value) == 1][:1]
    begun = any(one.says("time", "from") and one.text.startswith(("start", "beg")) for one in shape.chunks)
    before = take(shape, "time", "before", "start", part="rating") or begun
    aspect = aspects[0].value[0] if aspects else q.WHOLE
    (meant,) = named.value
    condition = q.RatedAgainst(
        meant.subjects[0], _SIGNS[said.value], aspect, before=before, label=meant.labels[0]
    )
    than = shape.chunks.saying("versus", "than")
    made = replace(said, kind="cond", value=condition, taken=[*said.taken, named, *aspects, *than])
    made.members = (condition,)
    mark_bound(made.taken)
    shape.chunks[shape.chunks.index(said)] = made


def _same_value(shape: Shape, same: Chunk, named: Chunk) -> bool:
    """True if "the same town as Elm House" was taken, as that town and as excluding Elm House."""
    between = shape.chunks[shape.chunks.index(same) + 1 : shape.chunks.index(named)]
    field = next((one for one in between if one.kind == "field" and len(one.value) == 1), None)
    if field is None:
        return False
    (number,) = named.value[0].subjects
    held = next((one for one in shape.vocabulary.fields if one.name == field.value[0]), None)
    value = None if held is None else shape.vocabulary.store.value_of(held, number)
    if value is None:
        return True  # a missing value is shared with none: the words stay unused
    others = q.Not(q.Named((number,), named.value[0].labels[:1]))
    made = replace(same, kind="cond", value=conjunction(q.Is(field.value[0], (value,)), others))
    made.taken, made.members = [same, *between, named], (made.value,)
    mark_bound(made.taken)
    shape.chunks[shape.chunks.index(same)] = made
    return True


_APART = frozenset(("differ", "different", "any difference", "in common", "no different from", "alike"))


def compared(shape: Shape) -> Query | None:
    """Return the Query that compares two or more subjects, places, providers or ratings; ``None`` for any
    other question."""
    relation = _relation(shape)
    sides = sides_of(shape, relation) if relation is not None else []
    if len(sides) < 2:
        return None
    for chunk, _ in sides:
        chunk.use("against")
    way = way_said([chunk for chunk in shape.chunks if not chunk.used])
    _take_fields(shape, sides)
    _take_comparators(shape)
    measure = compared_by(shape, [condition for _, condition in sides])
    if isinstance(measure, q.Ratings):
        take_changes(shape)
    if all(chunk.kind == "subject" for chunk, _ in sides):
        take_whereabouts(shape)
    base = scope_left(shape)
    scope, *others = (conjunction(base, condition) for _, condition in sides)
    made = Query(scope, measure, against=tuple(others), relation=relation)
    return _towards(made, way, shape.vocabulary.scale) if way else made


def _towards(made: Query, way: str, scale: Scale) -> Query:
    """A comparison with the order, or the claim, that a word such as "most" or "worse" stands for with its
    measure."""
    more_first = puts_more_first(scale, made.measure, made.scope, way)
    if made.relation == "compare":
        key = "rating" if isinstance(made.measure, q.Ratings) else "figure"
        return replace(made, order=Order(key, more_first))
    if made.relation in ("better", "worse"):
        return replace(made, relation="better" if more_first else "worse")
    return made


def _take_comparators(shape: Shape) -> None:
    take(shape, "versus")
    take(shape, "measure", "difference", "ratio", "which", "list", "provider")
    take(shape, "super", "most", "least", "best", "worst")
    take(shape, "or")
    if not shape.yes_no:  # "how many homes each?"
        take(shape, "quantifier", "each")
    if shape.yes_no and not shape.chunks.of("field"):  # in "every region" it is not part of the comparison
        take(shape, "quantifier", "both", "all")
    take(shape, "compare", "more", "fewer")
    _take_reverse(shape)
    for chunk in shape.chunks.of("by"):  # "what percentage in each" of the sides
        if chunk.text.endswith(("each", "both")) and next_of(shape, chunk, "field", "aspects") is None:
            chunk.use("against")


def _take_reverse(shape: Shape) -> None:
    """Take "… or was it the other way round?" after "than", which the comparison answers, too."""
    said = shape.chunks.saying("follow", "reversed")
    tail = shape.chunks[-4:]
    asked = shape.yes_no and shape.chunks.any("versus", "than") and any(one.kind == "or" for one in tail)
    for chunk in tail if asked and said[-1:] == tail[-1:] else ():
        if chunk.kind == "follow":
            chunk.use("against")


_AREAS = frozenset(("local_authority", "region", "town"))


def _take_fields(shape: Shape, sides: list[tuple[Chunk, Condition]]) -> None:
    """Take the word for the sides in "Which council has more, Kent or Essex?": it needs no other use."""
    fields = {one.field for _, one in sides if isinstance(one, q.Is)}
    if not fields:
        return
    for chunk in shape.chunks.of("field"):
        named = set(chunk.value)
        if fields & named or fields | named <= _AREAS:
            chunk.use("against")


def _relation(shape: Shape) -> q.Relation | None:
    """How the sides are compared, if at all."""
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
    """The relation named in the question: "better than", "the same as", "compare"."""
    said = {chunk.value for chunk in shape.chunks.of("versus")}
    if shape.yes_no and any(one.text in _REACHING for one in shape.chunks.of("versus")):
        return "compare"  # "as high" also holds for a higher figure
    relations: tuple[q.Relation, ...] = ("better", "worse", "same")
    for relation in relations:
        if relation in said:
            claims = shape.yes_no and not _asks_which(shape)
            return relation if claims or relation == "same" else "compare"
    return "compare" if said else None


_REACHING = frozenset(("as high", "as high as"))
_SIDES = ("where", "provider", "subject", "kind")  # what the sides of a choice may be


def _asks_which(shape: Shape) -> bool:
    """True for "is Kent or Essex worse?", which asks which of them is."""
    return not shape.chunks.saying("versus", "than") and any(
        chunk.either and len(chunk.value) > 1 for chunk in shape.chunks.included(*_SIDES)
    )


def _more_than(shape: Shape) -> bool:
    """True for "more homes in Kent than in Essex"."""
    return bool(shape.chunks.saying("versus", "than")) and bool(
        shape.chunks.saying("compare", "more", "fewer") or shape.chunks.saying("super", "most", "least")
    )


def _either(shape: Shape) -> bool:
    """True for "Kent or Essex, which has more homes?"."""
    way = shape.chunks.saying("super", "most", "least", "best", "worst") or shape.chunks.saying(
        "compare", "more", "fewer"
    )
    return bool(way) and (_gives_a_choice(shape) or bool(kinds_to_choose_from(shape)))


def _gives_a_choice(shape: Shape) -> bool:
    """True for "Kent or Essex", and for "Kent and Essex" if the question asks which of them."""
    lists = [chunk for chunk in shape.chunks.of(*_SIDES) if len(chunk.value) > 1]
    if any(chunk.either for chunk in lists):
        return True
    if shape.chunks.of("or") and any(len(shape.chunks.of(kind)) > 1 for kind in _SIDES):
        return True
    return _asks_whose(shape) and any(chunk.kind != "kind" for chunk in lists)


def _asks_whose(shape: Shape) -> bool:
    which = shape.chunks.saying("measure", "which")
    return not shape.chunks.of("field") and any(chunk.text in _WHOSE for chunk in which)


_WHOSE = frozenset(("which", "which of", "who", "whose"))


def kinds_to_choose_from(shape: Shape) -> list[Chunk]:
    """Return the kinds of "which of care homes and dentists …" and "of care homes and dentists, which …",
    which asks for a kind, not for a place."""
    kinds = [chunk for chunk in shape.chunks.of("kind") if len(chunk.value) > 1 and not chunk.out]
    which = [one for one in shape.chunks if one.says("measure", "which")]
    return [chunk for chunk in kinds if any(_chooses(shape, one, chunk) for one in which)]


def _chooses(shape: Shape, which: Chunk, kinds: Chunk) -> bool:
    if which.text == "which of":
        return which.end == kinds.start
    return kinds.end == which.start and _is_among(shape, kinds)


def _is_among(shape: Shape, chunk: Chunk) -> bool:
    ahead = shape.chunks.before(chunk)
    return ahead is not None and ahead.text in ("among", "amongst", "between", "of", "out of")
