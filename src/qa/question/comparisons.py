"""Comparisons: subjects, places, owners, kinds or ratings compared with each other."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.binding import NOW
from qa.question.chunks import Chunk
from qa.question.compared_sides import sides_of
from qa.question.grouping import quality_condition, quality_of, quality_said
from qa.question.query import Condition, Order, Query, conjunction
from qa.question.shape import (
    Shape,
    asks,
    next_of,
    scope_left,
    take,
    take_all,
    take_aspects,
    take_changes,
    take_whereabouts,
    telling,
)
from qa.question.worth import BETTER, puts_more_first, way_said

_FOR_EACH = ("for each", "for every", "per", "to each", "to every")


def for_every(shape: Shape) -> Query | None:
    """ "For every home that is inadequate, how many are good?", "good ones per inadequate one": return the
    Query for a ratio."""
    for chunk in shape.chunks.of("by"):
        conditions = shape.chunks.of("cond")
        behind = [one for one in shape.chunks[shape.chunks.index(chunk) + 1 :] if one.kind != "function"]
        first = next((one for one in behind if one in conditions), None)
        if chunk.text in _FOR_EACH and first is not None and len(conditions) == 2 and _noun(behind[:2]):
            second = next(one for one in conditions if one is not first)
            for one in (chunk, first, second, *shape.chunks.saying("measure", "count")):
                one.use("against")
            for one in behind[:2]:
                if one.text == "one":
                    one.use("against")
            base = scope_left(shape)
            sides = [conjunction(base, second.value), conjunction(base, first.value)]
            return Query(sides[0], q.Count(), against=(sides[1],), relation="ratio")
    return None


def _noun(chunks: list[Chunk]) -> bool:
    return any(chunk.kind == "kind" or chunk.text == "one" for chunk in chunks)


def like_one(shape: Shape) -> None:
    """Read "which homes are rated the same as Elm House?" and "better than Elm House" as a condition on all
    others."""
    said = [one for one in shape.chunks.saying("versus", "better", "worse", "same") if one.text not in _APART]
    named = [one for one in shape.chunks.of("subject") if not one.out]
    if len(said) != 1 or len(named) != 1 or not asks(shape, "which", "count", "list", "share"):
        return
    meant = named[0].value
    listed = shape.chunks.of("kind") or any(one.text.startswith("who") for one in shape.chunks)
    if len(meant) != 1 or len(meant[0].subjects) != 1 or not listed or named[0].start < said[0].start:
        return
    if said[0].value == "same" and _same_value(shape, said[0], named[0]):
        return
    aspects = [one for one in shape.chunks.of("aspect") if not one.out and len(one.value) == 1]
    sign = {"better": 1, "same": 0, "worse": -1}[said[0].value]
    begun = any(one.says("time", "from") and one.text.startswith(("start", "beg")) for one in shape.chunks)
    before = take(shape, "time", "before", "start", part="rating") or begun
    aspect = aspects[0].value[0] if aspects else q.WHOLE
    condition = q.RatedAgainst(meant[0].subjects[0], sign, aspect, before=before, label=meant[0].labels[0])
    than = shape.chunks.saying("versus", "than")
    made = replace(said[0], kind="cond", value=condition, taken=[*said[0].taken, *named, *aspects[:1], *than])
    made.members = (condition,)
    for one in made.taken:
        one.used = "bound"
    shape.chunks[shape.chunks.index(said[0])] = made


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
    for one in made.taken:
        one.used = "bound"
    shape.chunks[shape.chunks.index(same)] = made
    return True


_APART = frozenset(("differ", "different", "any difference", "in common", "no different from", "alike"))


def compared(shape: Shape) -> Query | None:
    """Return the Query that compares two or more subjects, places, providers or ratings; ``None`` for any
    other question."""
    relation = _relation(shape)
    if relation is None:
        return None
    sides = sides_of(shape, relation)
    if len(sides) < 2:
        return None
    chunks = [chunk for chunk, _ in sides]
    for chunk in chunks:
        chunk.use("against")
    way = way_said([chunk for chunk in shape.chunks if not chunk.used])
    order = Order("figure") if relation == "compare" and way else None
    _take_fields(shape, sides)
    _take_comparators(shape)
    measure = _compare_measure(shape, [condition for _, condition in sides])
    if isinstance(measure, q.Ratings):
        take_changes(shape)
        order = None if order is None else replace(order, key="rating")
    if all(chunk.kind == "subject" for chunk in chunks):
        take_whereabouts(shape)
    base = scope_left(shape)
    scopes = [conjunction(base, condition) for _, condition in sides]
    if order is not None:
        order = replace(order, descending=puts_more_first(shape.vocabulary.scale, measure, scopes[0], way))
    if relation in ("better", "worse") and way:
        relation = "better" if puts_more_first(shape.vocabulary.scale, measure, scopes[0], way) else "worse"
    return Query(scopes[0], measure, against=tuple(scopes[1:]), relation=relation, order=order)


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


def _take_fields(shape: Shape, sides: list[tuple[Chunk, Condition]]) -> None:
    """Take the word for the sides in "Which council has more, Kent or Essex?": it needs no other use."""
    fields = {one.field for _, one in sides if isinstance(one, q.Is)}
    for chunk in shape.chunks.of("field"):
        if fields & {*chunk.value} or (
            fields
            and fields <= {"local_authority", "region", "town"}
            and set(chunk.value) <= {"local_authority", "region", "town"}
        ):
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
    relations: tuple[q.Relation, ...] = ("better", "worse", "same")
    for relation in relations:
        if relation in said:
            claims = shape.yes_no and not _asks_which(shape)
            return relation if claims or relation == "same" else "compare"
    return "compare" if said else None


def _asks_which(shape: Shape) -> bool:
    """True for "is Kent or Essex worse?", which asks which of them is."""
    listed = [chunk for chunk in shape.chunks.of("where", "provider", "subject", "kind") if not chunk.out]
    return not shape.chunks.saying("versus", "than") and any(
        chunk.either and len(chunk.value) > 1 for chunk in listed
    )


def _more_than(shape: Shape) -> bool:
    """True for "more homes in Kent than in Essex"."""
    return bool(shape.chunks.saying("versus", "than")) and bool(
        shape.chunks.saying("compare", "more", "fewer") or shape.chunks.saying("super", "most", "least")
    )


def _either(shape: Shape) -> bool:
    """True for "Kent or Essex, which has more homes?"."""
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
    listed = listed or apart or among or bool(kinds_to_choose_from(shape))
    way = shape.chunks.saying("super", "most", "least", "best", "worst") or shape.chunks.saying(
        "compare", "more", "fewer"
    )
    return listed and bool(way)


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


def _says_often(shape: Shape) -> bool:
    """True for "most often", which is about a share, for one side may have many more than the other."""
    ways = [chunk for chunk in shape.chunks if chunk.kind == "super"]
    return any(way.text.endswith(("often", "frequently")) for way in ways)


def _of_quality(shape: Shape) -> bool:
    """True for "how do they compare" and "are they better", which ask for no number."""
    said = [
        one
        for one in shape.chunks
        if one.says("versus", "better", "worse") or one.says("super", "best", "worst")
    ]
    better = any(BETTER.intersection(chunk.text.split()) for chunk in said)
    more = any(chunk.says("compare", "more", "fewer") for chunk in shape.chunks)
    plain = any(chunk.text in _COMPARE for chunk in _said_to_compare(shape)) and not _numbered(shape)
    return shape.chunks.any("quality", "compare") or (better and not more) or plain


def _said_to_compare(shape: Shape) -> list[Chunk]:
    """Return the words that only say that sides are compared: "compare", "versus"."""
    return [chunk for chunk in shape.chunks if chunk.says("versus", "compare")]


def _numbered(shape: Shape) -> bool:
    """True if a question asks for the number of each side, or which has the most."""
    counts = ("count", "sum", "mean", "share", "difference", "ratio")
    return any(
        chunk.says("measure", *counts)
        or chunk.says("compare", "more", "fewer")
        or chunk.kind in ("super", "quantity", "portion", "field", "period", "by", "spread")
        for chunk in shape.chunks
    )


def with_ratings_beside(shape: Shape, made: Query) -> list[Query]:
    """Return a comparison and, if it is about quality and its sides are values of one field, a second Query
    for how many of each side have each rating: "compare Kent with Essex"."""
    own = [part for scope in (made.scope, *made.against) for part in q.parts_of(scope)]
    shared = q.shared_parts((made.scope, *made.against))
    sides = [part for part in own if part not in shared]
    fields = {part.field for part in sides if isinstance(part, q.Is)}
    alone = len(sides) == 1 + len(made.against) and all(isinstance(part, q.Is) for part in sides)
    whole = isinstance(made.measure, q.Share) and made.measure == q.Share(quality_condition(shape))
    plain = _said_to_compare(shape) and not _numbered(shape)  # a share that is asked for is told by itself
    if made.relation != "compare" or not alone or len(fields) != 1 or not whole or not plain:
        return [made, *_in_numbers_too(shape, made)]
    values = tuple(value for part in sides if isinstance(part, q.Is) for value in part.values)
    (field,) = fields
    return [made, Query(conjunction(*shared, q.Is(field, values)), q.Count(), by=(field, "rating"))]


def _in_numbers_too(shape: Shape, made: Query) -> list[Query]:
    """The same comparison by number for "in percentage terms and in plain numbers"; otherwise none."""
    said = [one for one in shape.chunks.saying("measure", "count") if one.text.split()[0] in ("as", "in")]
    if not said or not isinstance(made.measure, q.Share):
        return []
    for chunk in said:
        chunk.use("measure")
    scope, *against = (conjunction(one, made.measure.of) for one in (made.scope, *made.against))
    return [replace(made, measure=q.Count(), scope=scope, against=tuple(against))]


_COMPARE = frozenset("against compare compared comparing comparison v versus vs".split()) | {
    "compare with",
    "compared to",
    "compared with",
    "compares with",
    "side by side",
}


def _compare_measure(shape: Shape, sides: list[Condition]) -> q.Measure:
    if (asks(shape, "share") or _says_often(shape)) and (told := telling(shape)):
        take(shape, "measure", "share")
        return q.Share(take_all(shape, told))
    if q.EVERYTHING in sides and not asks(shape, "count"):  # a part has always fewer than the whole
        told = telling(shape)
        return q.Share(take_all(shape, told)) if told else quality_of(shape)
    if all(isinstance(one, q.Named) for one in sides) and not asks(shape, "count"):
        aspects, service = take_aspects(shape)
        if not aspects and shape.vocabulary.key_questions and take(shape, "aspects"):
            aspects = shape.vocabulary.key_questions  # "differ on which key question?"
            take(shape, "by")  # "for every key question"
        now = any(one.says("time", "after") and one.text in NOW for one in shape.chunks)
        before = not now and take(
            shape, "time", "before", "start"
        )  # for one now and one before: stays unused
        return q.Ratings(aspects or (q.WHOLE,), service, before)
    asked = take(shape, "measure", "count", "sum")
    whole = not asked and not any(
        isinstance(part, q.Rated | q.Moved) for one in sides for part in q.parts_of(one)
    )
    if whole and _of_quality(shape) and not telling(shape):
        return quality_of(shape)
    return q.Count() if asked else quality_said(shape) or q.Count()
