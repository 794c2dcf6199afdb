"""Groups sorted "worst first": by the share in a bound, as in "where more than a quarter are below good", and
otherwise by how good they are."""

from __future__ import annotations

from qa.question import query as q
from qa.question.query import Condition
from qa.question.shape import Shape, asks, telling
from qa.question.worth import BETTER


def share_sorted_by(shape: Shape, measure: q.Measure, quality: q.Share) -> q.Measure:
    """Return what groups are sorted by for "worst first" or "best first" if nothing is counted: the share in
    the only bound on ratings, ``quality`` without such a bound, otherwise ``measure``."""
    if (
        measure != q.Count()
        or not _says_first(shape)
        or asks(shape, "count", "sum", "mean")
        or telling(shape)
    ):
        return measure
    rated = [one for one in shape.having if any(map(_is_rated, one.conditions))]
    if not rated:
        return quality
    only = rated[0]
    bounded = len(rated) == 1 and only.quantifier.is_share and only.than is None
    return q.Share(only.condition) if bounded else measure


def _says_first(shape: Shape) -> bool:
    said = [one.text.split() for one in shape.chunks if one.kind == "order_way"]
    return any(not BETTER.isdisjoint(words) for words in said)


def _is_rated(condition: Condition) -> bool:
    leaves = q.simple_conditions(condition)
    return any(isinstance(one, q.Rated | q.RatedFor | q.Moved) for one in leaves)
