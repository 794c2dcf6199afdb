"""Groups: which field makes them, which of them are wanted, in which order."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.bounded_share import share_sorted_by
from qa.question.chunks import Chunk
from qa.question.group_claims import claim_of_groups, over_groups
from qa.question.group_fields import fields_of_groups, is_of_ratings, leave_out_nameless
from qa.question.groups_with import take_having
from qa.question.query import Condition, Order, Query
from qa.question.shape import (
    OTHER_END,
    Shape,
    asks,
    cut_of,
    scope_left,
    take,
    take_all,
    take_aspects,
    telling,
    total_asked,
)
from qa.question.worth import BETTER, puts_more_first


def grouped(shape: Shape) -> Query | None:
    """Return the Query of a question about groups; ``None`` if it is not about groups."""
    by = fields_of_groups(shape)
    if not by:
        return None
    _take_fields(shape, by)
    leave_out_nameless(shape)
    over = over_groups(shape) if shape.yes_no else None
    _places_of_order(shape)
    take_having(shape)
    take(shape, "measure", "which", "list")
    total = _total_of_each(shape)
    if total is None:
        if (one := _one_of_quality(shape, by)) is not None:
            return one
        shape.across = _across(shape)
    measure = total or share_sorted_by(shape, _group_measure(shape), q.Share(quality_condition(shape)))
    scope = scope_left(shape)
    if _only_counts_groups(shape):
        return Query(scope, _number_of_values(shape, by[0]))
    if shape.yes_no and shape.across is None and not shape.order:
        return claim_of_groups(shape, scope, by, over)
    order = _order_of_groups(shape, measure, scope)
    return Query(scope, measure, by, shape.having, order, shape.ranks, None, shape.across)  # type: ignore[arg-type]


def _take_fields(shape: Shape, by: tuple[str, ...]) -> None:
    """Take the words for the groups: "town or city (postal town)", "how many in each"."""
    shape.by = by
    for chunk in shape.chunks.of("field", "by"):
        if chunk.kind == "by" or set(chunk.value) <= set(by):
            chunk.use("by")


def _number_of_values(shape: Shape, field: str) -> q.Measure:
    """How many values a field has. "How many beds are there" asks for their sum instead."""
    different = any({"different", "distinct"} & {*chunk.text.split()} for chunk in shape.chunks)
    if shape.vocabulary.is_number(field) and not different:
        return q.Total("sum", field)
    return q.Count(of=field)


def _order_of_groups(shape: Shape, measure: q.Measure, scope: Condition) -> Order | None:
    order = shape.order or (Order("figure", True) if shape.ranks else None)
    if order is None or not shape.way:
        return order
    return replace(order, descending=puts_more_first(shape.vocabulary.scale, measure, scope, shape.way))


def _total_of_each(shape: Shape) -> q.Total | None:
    """The column of numbers that groups are ranked by: "which council has the most beds"."""
    fields = [chunk for chunk in shape.chunks.of("field") if shape.vocabulary.is_number(chunk.value[0])]
    if not fields or shape.order is None:
        return None
    fields[0].use("measure")
    mean = take(shape, "measure", "mean")
    take(shape, "measure", "sum", "count")
    return q.Total("mean" if mean else "sum", fields[0].value[0])


def _one_of_quality(shape: Shape, by: tuple[str, ...]) -> Query | None:
    """ "Which town has the worst home?": return the Query for one place, shown with its town or owner."""
    if not shape.by_quality or not _ranks_one_place(shape) or shape.order is None or shape.having:
        return None
    if asks(shape, "count", "share", "mean", "sum") or len(by) != 1:
        return None
    if by[0] not in shape.vocabulary.field_names or shape.chunks.of("aspect", "service"):
        return None  # key questions and services do not order the values
    order = Order("rating", shape.order.descending)
    return Query(scope_left(shape), q.Values(by), order=order, ranks=shape.ranks or (1, 1))


def _ranks_one_place(shape: Shape) -> bool:
    """True for "the worst home", which is one place."""
    ranked = [one for one in shape.chunks if one.says("super", "best", "worst") and one.used == "order"]
    noun = shape.chunks.after(ranked[0]) if ranked else None
    return noun is not None and noun.kind == "kind" and not noun.text.endswith("s")


def _across(shape: Shape) -> str | None:
    """What is computed over all groups: the mean of their figures, or their number."""
    if any(is_of_ratings(shape, chunk) for chunk in shape.chunks.saying("measure", "mean")):
        return None  # ratings have no mean: the answer counts each
    if take(shape, "measure", "mean"):
        take(shape, "measure", "count")
        return "mean"
    return "count" if _counts_groups(shape) else None


def _only_counts_groups(shape: Shape) -> bool:
    """True for "how many councils are there" without a condition on them."""
    of_field = len(shape.by) == 1 and shape.by[0] in shape.vocabulary.field_names
    return shape.across == "count" and not shape.having and of_field


def _counts_groups(shape: Shape) -> bool:
    """True for "how many councils …", which counts the groups, not what is in them."""
    for chunk in shape.chunks.saying("measure", "count"):
        place = shape.chunks.index(chunk)
        behind = next(
            (one for one in shape.chunks[place + 1 :] if one.kind not in ("function", "quantifier")), None
        )
        if behind is not None and behind.used == "by" and behind.kind == "field":
            chunk.use("measure")
            return True
    return False


def from_both_ends(shape: Shape, made: Query) -> list[Query]:
    """Return the ranking, and for "the most and the fewest" also the ranking from its other end."""
    for chunk in shape.chunks.of("super"):
        if made.order is not None and chunk.value == OTHER_END:
            chunk.use("order")
            return [made, replace(made, order=replace(made.order, descending=not made.order.descending))]
        other = shape.chunks.ahead_of(
            chunk, lambda one: one.kind in ("and", "function") or one.text.split()[-1] in _ONE
        )
        if made.order is not None and other is not None and _are_ends(other.value, chunk.value, made.order):
            chunk.use("order")
            order = replace(made.order, descending=not made.order.descending)
            return [made, replace(made, order=order)]
    return [made]


def with_the_places(shape: Shape, made: Query) -> list[Query]:
    """Return the number in each group, and before it the places if the question asks which they are: "which
    homes are inadequate, split by council?"."""
    plain = made == Query(made.scope, q.Count(), made.by)
    rated = any(isinstance(part, q.Rated) for part in q.parts_of(made.scope))
    of_column = len(made.by) == 1 and made.by[0] in shape.vocabulary.field_names
    if plain and rated and of_column and _asks_which_places(shape):
        return [Query(made.scope, q.Ratings()), made]
    return [made]


def _asks_which_places(shape: Shape) -> bool:
    """True for "which homes …" and "list the homes …", and not for "which towns" or a number of homes."""
    heads = [chunk for chunk in shape.chunks if chunk.kind in ("kind", "field", "by")]
    listed = shape.chunks.any("measure", "which", "list") and not shape.chunks.any(
        "measure", "count", "share"
    )
    return listed and bool(heads) and heads[0].kind == "kind"


_ONE = frozenset(("one", "ones"))


def _are_ends(first: str, second: str, order: Order) -> bool:
    """True for the words for both ends of an order: "the most and the fewest", for ratings also "the best …
    and the lowest"."""
    ends = {_END.get(first), _END.get(second)} == {True, False}
    return _OPPOSITE.get(first) == second or (ends and order.key == "rating")


_END = {"most": True, "top": True, "best": True, "least": False, "bottom": False, "worst": False}
_ENDS = (("most", "least"), ("top", "bottom"), ("best", "worst"), ("newest", "oldest"))
_OPPOSITE = dict((*_ENDS, *((low, high) for high, low in _ENDS)))


def _places_of_order(shape: Shape) -> None:
    """Set which places of the order are wanted: "the most", "top 5", "second most", "highest first"."""
    ways = shape.chunks.saying("super", *_END)
    leading = next((chunk for chunk in ways if chunk.value in ("most", "least")), None)
    leading = leading or next(iter(ways), None)
    if leading is not None:
        _order_by(shape, leading, ways)
    elif shape.chunks.of("ordinal"):
        shape.order, shape.ranks = Order("figure", True), cut_of(shape, [])
    for chunk in (*ways, *shape.chunks.saying("order_way")):
        if leading is not None and _makes_another_order(shape, chunk, leading):
            continue
        chunk.use("order")
        if chunk.kind == "order_way":
            quality = next((way for way in ("best", "worst") if chunk.text == f"{way} first"), "")
            shape.order, shape.way = Order("figure", chunk.value == "descending"), quality


def _order_by(shape: Shape, leading: Chunk, ways: list[Chunk]) -> None:
    """Set the order that ``leading`` stands for, one of the ``ways`` to order, and the ranks wanted."""
    shape.order = Order("figure", _END[leading.value])
    said = {"best", "worst"} & {*leading.text.split()}  # "worst 10"
    shape.way = said.pop() if said else leading.value
    shape.ranks = cut_of(shape, ways) or (None if shape.chunks.any("order_way") else (1, 1))
    shape.by_quality = all(chunk.value in ("best", "worst") for chunk in ways) and not telling(shape)


def _makes_another_order(shape: Shape, chunk: Chunk, leading: Chunk) -> bool:
    """True for a word that asks for another order than the leading one: "the most and the best", "the most
    and the fewest", "which have the most? bottom three"."""
    if leading.value in ("most", "least") and chunk.value in ("best", "worst"):
        return not telling(shape)
    way: str = chunk.value
    return _OPPOSITE.get(way) == leading.value or (way == "bottom" and leading.value == "most")


def _group_measure(shape: Shape) -> q.Measure:
    if asks(shape, "share") and (told := telling(shape)):
        take(shape, "measure", "share")
        return q.Share(take_all(shape, told))
    if "rating" in shape.by and take(shape, "measure", "share"):
        return q.Share(q.EVERYTHING)  # of each rating
    total = total_asked(shape)
    if total is not None:
        return total
    if shape.by_quality and not asks(shape, "count", "sum"):
        return quality_of(shape)
    if take(shape, "measure", "count", "sum"):
        return q.Count()
    return quality_said(shape) or q.Count()


def quality_said(shape: Shape) -> q.Share | None:
    """Return the share that "which region is best for good or outstanding homes?" asks for: being good or
    better is what is best, so it is no number of homes; ``None`` for any other ratings and words."""
    told = telling(shape)
    if len(told) != 1 or told[0].out or not _says_best(shape) or not _is_quality(told[0], shape):
        return None
    return q.Share(take_all(shape, told))


def _says_best(shape: Shape) -> bool:
    """True for "best" and "worse", but not for "most" or "higher"."""
    said = {word for one in shape.chunks if one.kind in ("super", "versus") for word in one.text.split()}
    return not BETTER.isdisjoint(said) and not shape.chunks.any("super", "most", "least")


def _is_quality(chunk: Chunk, shape: Shape) -> bool:
    """True for all the ratings in the upper half of the scale, told as alternatives."""
    whole = quality_condition(shape)
    rated = chunk.value
    return isinstance(rated, q.Rated) and len(rated.ratings) > 1 and {*rated.ratings} == {*whole.ratings}


def quality_of(shape: Shape) -> q.Share:
    """Return what "the best council" is measured by: the share of its places in the upper half of the
    scale, for each of the aspects that are said; "safe or caring", one of two, stays unused."""
    if any(one.either and len(one.value) > 1 for one in shape.chunks.of("aspect")):
        return q.Share(quality_condition(shape))
    aspects, service = take_aspects(shape)
    good = replace(quality_condition(shape), service=service)
    return q.Share(q.conjunction(*(replace(good, aspect=one) for one in aspects or (q.WHOLE,))))


def quality_condition(shape: Shape) -> q.Rated:
    """Return the condition of a rating in the upper half of the scale."""
    return q.Rated(shape.vocabulary.scale.ratings[: len(shape.vocabulary.scale.ratings) // 2])
