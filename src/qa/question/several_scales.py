"""The remark to add when the ratings asked for use different scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.question import query as q
from qa.question.query import Condition, Query
from qa.scale import Scale, folded


def several_scales(queries: Sequence[Query], scale: Scale) -> tuple[str, ...]:
    """Return a sentence if ratings counted together are of several scales; an empty tuple otherwise."""
    simple = [
        part for query in queries for one in conditions_asked(query) for part in q.simple_conditions(one)
    ]
    asked = [part.ratings for part in simple if isinstance(part, q.Rated | q.RatedFor)]
    parts = [
        part
        for part in scale.parts
        if len(scale.parts) > 1 and any(_holds(part, rating) for ratings in asked for rating in ratings)
    ]
    if len(parts) < 2:
        return ()
    named = [f"{part.ratings[0]} to {part.ratings[-1]}" for part in parts]
    listed = f"{', '.join(named[:-1])} and {named[-1]}"
    return (f"The ratings asked for stand on {len(parts)} scales, {listed}, which mean different things.",)


def _holds(part: Scale, rating: str) -> bool:
    return folded(rating) in map(folded, part.ratings)


def conditions_asked(query: Query) -> Iterator[Condition]:
    """Yield the conditions of a Query wherever it has them: its scope, sides, groups, claim and share."""
    yield query.scope
    yield from query.against
    yield from q.having_conditions(query)
    if query.claim is not None:
        yield query.claim.condition
    if isinstance(query.measure, q.Share):
        yield query.measure.of
