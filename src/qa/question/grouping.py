"""Groups: by what, which of them, in which order."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import holds
from qa.question.chunks import Chunk, unique
from qa.question.groups_with import take_having
from qa.question.query import Claim, Condition, Having, Order, Quantifier, Query, conjunction
from qa.question.shape import (
    Shape,
    asks,
    cut_of,
    is_totalled,
    next_of,
    scope_left,
    take,
    take_all,
    take_aspects,
    telling,
    total_asked,
)

_OF_EACH = ("super", "cond", "quantity", "portion", "aspect", "aspects", "past", "spread")
_GRADES = ("rating", "ratings", "grade", "grades")
_OVER = {"all": q.ALL, "each": q.ALL, "both": q.ALL, "none": q.NONE, "any": q.ANY, "most": q.MOST}


def grouped(shape: Shape) -> Query | None:
    """Return the Query of a question about groups; ``None`` where it asks of none."""
    by = _fields_of_groups(shape)
    if not by:
        return None
    shape.by = by
    for chunk in shape.chunks.of("field", "by"):  # "town or city (postal town)", "how many in each"
        if chunk.kind == "by" or set(chunk.value) <= set(by):
            chunk.use("by")
    over = _over_groups(shape) if shape.yes_no else None
    _places_of_order(shape)
    take_having(shape)
    take(shape, "measure", "which", "list")
    total = _total_of_each(shape)
    one = None if total else _one_of_quality(shape, by)
    if one is not None:
        return one
    shape.across = None if total else _across(shape)
    measure = total or _group_measure(shape)
    scope = scope_left(shape)
    if _only_counts_groups(shape):
        different = any({"different", "distinct"} & {*chunk.text.split()} for chunk in shape.chunks)
        if shape.vocabulary.is_number(by[0]) and not different:  # "how many beds are there" adds them up
            return Query(scope, q.Total("sum", by[0]))
        return Query(scope, q.Count(of=by[0]))
    if shape.yes_no and shape.across is None and not shape.order:
        return _claim_of_groups(shape, scope, by, over)
    order = shape.order or (Order("figure", True) if shape.ranks else None)
    return Query(scope, measure, by, shape.having, order, shape.ranks, None, shape.across)  # type: ignore[arg-type]


def _total_of_each(shape: Shape) -> q.Total | None:
    """What groups are ranked by, where that is a column of numbers: "which council has the most beds"."""
    fields = [chunk for chunk in shape.chunks.of("field") if shape.vocabulary.is_number(chunk.value[0])]
    if not fields or shape.order is None:
        return None
    fields[0].use("measure")
    mean = take(shape, "measure", "mean")
    take(shape, "measure", "sum", "count")
    return q.Total("mean" if mean else "sum", fields[0].value[0])


def _one_of_quality(shape: Shape, by: tuple[str, ...]) -> Query | None:
    """ "Which town has the worst home?" asks of one place, which is told with where it is or whose."""
    ranked = [one for one in shape.chunks if one.says("super", "best", "worst") and one.used == "order"]
    noun = shape.chunks.after(ranked[0]) if ranked else None
    singular = noun is not None and noun.kind == "kind" and not noun.text.endswith("s")
    if not shape.by_quality or not singular or len(by) != 1 or shape.order is None or shape.having:
        return None
    if asks(shape, "count", "share", "mean", "sum") or by[0] not in shape.vocabulary.field_names:
        return None
    if shape.chunks.of("aspect", "service"):
        return None  # no value is told in the order of these
    order = Order("rating", shape.order.descending)
    return Query(scope_left(shape), q.Values(by), order=order, ranks=shape.ranks or (1, 1))


def _across(shape: Shape) -> str | None:
    """What is computed over all groups: their mean, or how many there are."""
    if any(_of_ratings(shape, chunk) for chunk in shape.chunks.saying("measure", "mean")):
        return None  # words of a scale have no mean: how many have each is told
    if take(shape, "measure", "mean"):
        take(shape, "measure", "count")
        return "mean"
    return "count" if _counts_groups(shape) else None


def _of_ratings(shape: Shape, mean: Chunk) -> bool:
    """True of "the average rating"."""
    behind = shape.chunks.after(mean)
    return behind is not None and behind.kind == "rated" and behind.text in _GRADES


def _only_counts_groups(shape: Shape) -> bool:
    """ "How many councils are there": without a condition on them."""
    of_field = len(shape.by) == 1 and shape.by[0] in shape.vocabulary.field_names
    return shape.across == "count" and not shape.having and of_field


def _over_groups(shape: Shape) -> Quantifier | None:
    """What a claim says of the groups themselves: "every region", "most councils", "at least two regions"."""
    for chunk in (one for one in shape.chunks if one.kind == "field" and one.used == "by"):
        ahead = _ahead_of(shape, chunk)
        if ahead is None or ahead.used not in ("", "by"):
            continue
        if ahead.kind in ("portion", "quantity"):
            ahead.use("claim")
            return ahead.value if isinstance(ahead.value, Quantifier) else holds(ahead.value)
        if ahead.kind == "by" and ahead.text.split()[-1] in ("every", "each", "all"):
            return q.ALL
        if ahead.kind == "quantifier" and ahead.value in _OVER:
            ahead.use("claim")
            return _not_all(shape, ahead) or _OVER[ahead.value]
    return None


def _ahead_of(shape: Shape, chunk: Chunk) -> Chunk | None:
    """What stands before a chunk, over "of the"."""
    ahead = shape.chunks.before(chunk)
    while ahead is not None and ahead.kind == "function" and ahead.text in ("of", "the"):
        ahead = shape.chunks.before(ahead)
    return ahead


def _not_all(shape: Shape, chunk: Chunk) -> Quantifier | None:
    """ "Not every region"."""
    ahead = shape.chunks.before(chunk)
    if ahead is None or ahead.kind != "not" or _OVER[chunk.value] != q.ALL:
        return None
    ahead.use("claim")
    return Quantifier(under=q.ALL.least)


def _claim_of_groups(shape: Shape, scope: Condition, by: tuple[str, ...], over: Quantifier | None) -> Query:
    """ "Does every region have an outstanding hospice?": all regions count, those without a hospice, too."""
    everyone = bool(shape.chunks.saying("quantifier", "all", "each", "both")) or shape.chunks.any("aspects")
    nobody = bool(shape.chunks.saying("quantifier", "none"))
    for chunk in (*shape.chunks.of("quantifier"), *shape.chunks.of("aspects")):
        chunk.use("claim")
    scope, having = of_all_groups(shape, scope, shape.having or (Having(q.ANY),))
    return Query(
        scope,
        q.Count(),
        by,
        having,
        claim=Claim(over or (q.ALL if everyone else q.NONE if nobody else q.ANY), q.EVERYTHING),
    )


def of_all_groups(
    shape: Shape, scope: Condition, having: tuple[Having, ...]
) -> tuple[Condition, tuple[Having, ...]]:
    """Return the scope that makes the groups, and what says who must be in each: empty ones count."""
    if not all(one.quantifier.low for one in having):
        return scope, having
    told = [part for part in q.parts_of(scope) if not _is_place(shape, part)]
    told.sort(key=lambda part: not isinstance(part, q.Is))  # what they are before how they are rated
    where = conjunction(*(part for part in q.parts_of(scope) if part not in told))
    return where, tuple(replace(one, condition=conjunction(*told, one.condition)) for one in having)


def _is_place(shape: Shape, part: Condition) -> bool:
    """True if a condition says where subjects are or whose they are, rather than what."""
    fields = {"provider", "brand", *(one.name for one in shape.vocabulary.fields if one.place)}
    return isinstance(part, q.Postcode) or (isinstance(part, q.Is) and part.field in fields)


def _fields_of_groups(shape: Shape) -> tuple[str, ...]:
    """The fields that make groups: behind "per" and the like, at the head, or a spread of ratings."""
    found: list[str] = []
    for chunk in shape.chunks.of("spread"):
        chunk.use("by")
        found.append("rating")
    for chunk in list(shape.chunks.of("by")) + shape.chunks.saying("quantifier", "each"):
        behind = next_of(shape, chunk, "field", "aspects")
        if behind is not None:
            chunk.use("by")
            found += _field_names(shape, behind)
    found += _joined_to(shape)
    if not found and (_which_rating(shape) or _commonest_rating(shape)):
        found.append("rating")
    head = _head(shape) if not found or shape.chunks.of("super") else None
    if head is None and not found and _owners_asked(shape):
        found.append("provider")
    if head is not None:
        found += _field_names(shape, head)
    if len(unique(found)) == 1 and _asks_ratings(shape):
        found.append("rating")
    return unique(found)[:2]


def _asks_ratings(shape: Shape) -> bool:
    """ "Ratings by region", and nothing else that is told of each: how many have each rating."""
    place = next((place for place, chunk in enumerate(shape.chunks) if chunk.kind == "by"), 0)
    asked = any(chunk.kind == "rated" and chunk.text in _GRADES for chunk in shape.chunks[:place])
    return asked and not shape.yes_no and not any(_tells_of_each(shape, chunk) for chunk in shape.chunks)


def _tells_of_each(shape: Shape, chunk: Chunk) -> bool:
    if chunk.kind == "measure":
        return chunk.value not in ("which", "list") and not _of_ratings(shape, chunk)
    return chunk.kind in _OF_EACH


def _joined_to(shape: Shape) -> list[str]:
    """What stands behind "and" beside what makes groups: "by region and rating", "by rating and region"."""
    for chunk in [one for one in shape.chunks if one.kind in ("field", "spread") and one.used == "by"]:
        joined = shape.chunks.after(chunk)
        behind = shape.chunks.after(joined) if joined is not None and joined.kind == "and" else None
        if behind is None or behind.used == "by":
            continue
        if behind.kind == "field":
            return _field_names(shape, behind)
        if behind.kind == "rated" and behind.text in _GRADES:
            behind.use("by")
            return ["rating"]
        if behind.text in ("provider", "providers") and "provider" in shape.vocabulary.field_names:
            behind.use("by")  # by itself the word may also say what is rated
            return ["provider"]
    return []


def _which_rating(shape: Shape) -> bool:
    """ "Which rating do most of them hold?"."""
    for chunk in shape.chunks.saying("measure", "which"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.kind == "rated" and behind.text in ("rating", "grade", "mark"):
            for most in (
                *shape.chunks.saying("quantifier", "most"),
                *shape.chunks.saying("super", "most", "least"),
            ):
                most.use("order")
                shape.order, shape.ranks = Order("figure", most.value != "least"), (1, 1)
                return True
    return False


def _commonest_rating(shape: Shape) -> bool:
    """ "The most common rating among homes in Leeds"."""
    for chunk in shape.chunks.saying("super", "most", "least"):
        behind = shape.chunks.after(chunk)
        common = _COMMON.intersection(chunk.text.split())
        if common and behind is not None and behind.kind == "rated" and behind.text.split()[0] in _GRADES:
            shape.order, shape.ranks = Order("figure", chunk.value == "most"), (1, 1)
            chunk.use("order")
            return True
    return False


_COMMON = frozenset("common commonest commonly frequent frequently often rarest".split())


def _owners_asked(shape: Shape) -> bool:
    """ "Who runs the most homes?" groups by provider, where nobody is named whose provider is asked for."""
    ranked = shape.chunks.saying("super", "most", "least") or any(
        not one.value.plain for one in shape.chunks.of("quantity")
    )
    named = any(not chunk.out for chunk in shape.chunks.of("subject"))
    if not ranked or named or "provider" not in shape.vocabulary.field_names:
        return False
    who = [chunk for chunk in shape.chunks.saying("measure", "which") if chunk.text in ("who", "whos")]
    for chunk in who if shape.chunks.saying("super", "most", "least") and shape.chunks.of("kind") else ():
        chunk.use("by")  # "who has the most homes?"
        return True
    return take(shape, "measure", "provider", part="by")


def _field_names(shape: Shape, chunk: Chunk) -> list[str]:
    chunk.use("by")
    if chunk.kind == "aspects":
        return ["aspect"]
    return list(chunk.value)


def _head(shape: Shape) -> Chunk | None:
    """The field at the head of a question: "which councils have", "top 5 towns by", "towns with two"."""
    if any(not chunk.out for chunk in shape.chunks.of("subject")):
        return None
    for chunk in shape.chunks.of("field"):
        if is_totalled(shape, chunk):
            continue
        place = shape.chunks.index(chunk)
        before = [one for one in shape.chunks[:place] if one.kind not in ("function", "follow", "where")]
        if (
            not before
            or before[-1].kind in ("super", "quantity", "portion", "measure", "versus")
            or before[-1].says("quantifier")
        ):
            return chunk
        if (shape.chunks.of("super") or asks(shape, "mean")) and not _value_asked(shape, chunk):
            return chunk
    return None


def _value_asked(shape: Shape, chunk: Chunk) -> bool:
    """ "… with their regions"."""
    before = shape.chunks.before(chunk)
    return before is not None and before.text in ("their", "its", "with", "and")


def _counts_groups(shape: Shape) -> bool:
    """ "How many councils …": the groups are counted, not what is in them."""
    for chunk in shape.chunks.saying("measure", "count"):
        place = shape.chunks.index(chunk)
        behind = next(
            (one for one in shape.chunks[place + 1 :] if one.kind not in ("function", "quantifier")), None
        )
        if behind is not None and behind.used == "by" and behind.kind == "field":
            chunk.use("measure")
            return True
    return False


def _places_of_order(shape: Shape) -> None:
    """Which places of the order are wanted: "the most", "top 5", "second most", "highest first"."""
    ways = [
        chunk
        for chunk in shape.chunks.of("super")
        if chunk.value in ("most", "least", "top", "bottom", "best", "worst")
    ]
    if not ways and shape.chunks.of("ordinal"):
        shape.order, shape.ranks = Order("figure", True), cut_of(shape, [])
    if ways:
        leading = next((chunk for chunk in ways if chunk.value in ("most", "least")), ways[0])
        shape.order = Order("figure", leading.value in ("most", "top", "best"))
        shape.ranks = cut_of(shape, ways) or (None if shape.chunks.any("order_way") else (1, 1))
        shape.by_quality = all(chunk.value in ("best", "worst") for chunk in ways) and not telling(shape)
    counted = any(chunk.value in ("most", "least") for chunk in ways)
    for chunk in (*ways, *shape.chunks.saying("order_way")):
        if counted and chunk.value in ("best", "worst") and not telling(shape):
            continue  # "the most and the best" is no one order
        chunk.use("order")
        if chunk.kind == "order_way":
            shape.order = Order("figure", chunk.value == "descending")


def _group_measure(shape: Shape) -> q.Measure:
    if take(shape, "measure", "share"):
        return q.Share(take_all(shape, telling(shape)))
    total = total_asked(shape)
    if total is not None:
        return total
    if shape.by_quality and not asks(shape, "count", "sum"):
        return quality_of(shape)
    take(shape, "measure", "count", "sum")
    return q.Count()


def quality_of(shape: Shape) -> q.Share:
    """Return what "the best council" is best in: the share of its places in the upper half of the scale."""
    best = shape.vocabulary.scale.ratings[: len(shape.vocabulary.scale.ratings) // 2]
    aspects, service = take_aspects(shape)
    return q.Share(q.Rated(best, aspects[0] if aspects else q.WHOLE, service))
