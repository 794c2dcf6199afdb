"""Which end of an order is best and worst for what is counted: the worst share of inadequate homes is the
highest one."""

from __future__ import annotations

from qa.question import query as q
from qa.question.query import Condition
from qa.question.shape import Shape


def puts_more_first(shape: Shape, measure: q.Measure, scope: Condition, way: str) -> bool:
    """Return whether the highest figure comes first in an order by ``way``: "most", "least", "best" ….

    "Best" and "worst" depend on what is counted: of places with poor ratings, the best has the fewest.
    """
    more = way in ("most", "top", "best", "better", "more")
    if way not in ("best", "worst", "better", "worse"):
        return more
    told = measure.of if isinstance(measure, q.Share) else scope
    return more != (isinstance(measure, q.Count | q.Share) and _is_poor(told, shape))


def _is_poor(condition: Condition, shape: Shape) -> bool:
    """True if a condition is about ratings, and all of them are poor ones or changes for the worse."""
    poor = {*shape.vocabulary.scale.poor}
    said = [
        {*one.ratings} <= poor if isinstance(one, q.Rated | q.RatedFor) else one.signs == (-1,)
        for one in q.simple_conditions(condition)
        if isinstance(one, q.Rated | q.RatedFor | q.Moved)
    ]
    return bool(said) and all(said)
