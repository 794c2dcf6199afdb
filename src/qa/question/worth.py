"""Which end of an order is best and worst for what is counted: the worst share of inadequate homes is the
highest one."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.query import Condition
from qa.scale import Scale

BETTER = frozenset("best better inferior outperform outperforms poorer superior worse worst".split())
_WAYS = (
    ("compare", ("fewer",)),
    ("super", ("least",)),
    ("super", ("worst",)),
    ("versus", ("worse",)),
    ("super", ("most", "best")),
    ("versus", ("better",)),
)


def way_said(chunks: Sequence[Chunk]) -> str:
    """Return the word that says or asks which side comes first: "fewer", "worst", "better" …; empty if there
    is none."""
    for kind, values in _WAYS:
        said = next((chunk for chunk in chunks if chunk.says(kind, *values)), None)
        if said is not None and said.kind == "versus" and BETTER.isdisjoint(said.text.split()):
            return {"better": "more", "worse": "fewer"}[said.value]  # "the share is higher"
        if said is not None:
            return str(said.value)
    return ""


def puts_more_first(scale: Scale, measure: q.Measure, scope: Condition, way: str) -> bool:
    """Return whether the highest figure comes first in an order by ``way``: "most", "least", "best" ….

    "Best" and "worst" depend on what is counted: of places with poor ratings, the best has the fewest.
    """
    more = way in ("most", "top", "best", "better", "more")
    if way not in ("best", "worst", "better", "worse"):
        return more
    told = measure.of if isinstance(measure, q.Share) else scope
    return more != (isinstance(measure, q.Count | q.Share) and _is_poor(told, scale))


def _is_poor(condition: Condition, scale: Scale) -> bool:
    """True if a condition is about ratings, and all of them are poor ones or changes for the worse."""
    poor = {*scale.poor}
    said = [
        {*one.ratings} <= poor if isinstance(one, q.Rated | q.RatedFor) else one.signs == (-1,)
        for one in q.simple_conditions(condition)
        if isinstance(one, q.Rated | q.RatedFor | q.Moved)
    ]
    return bool(said) and all(said)
