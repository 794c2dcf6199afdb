"""Groups sorted "worst first": by the share that is bounded, "where more than a quarter are below good",
and without one by how good they are."""

from __future__ import annotations

from qa.question import query as q
from qa.question.query import Condition
from qa.question.shape import Shape, asks, telling
from qa.question.worth import BETTER


def share_sorted_by(shape: Shape, measure: q.Measure, quality: q.Share) -> q.Measure:
    """Return the share that the only bound on a part of each group is about, if the groups are sorted by
    "worst first" or "best first" and nothing is counted; ``quality`` if there is no bound on ratings,
    otherwise ``measure``."""
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
