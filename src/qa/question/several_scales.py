"""The remark to add when the ratings asked for use different scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.question import query as q
from qa.question.query import Condition, Query
from qa.scale import Scale, folded


def several_scales(queries: Sequence[Query], scale: Scale) -> tuple[str, ...]:
    """Return a sentence if ratings counted together are of several scales; an empty tuple otherwise."""
    if len(scale.parts) < 2:
        return ()
    asked = _ratings_asked(queries)
    parts = [part for part in scale.parts if not asked.isdisjoint(map(folded, part.ratings))]
    if len(parts) < 2:
        return ()
    named = [f"{part.ratings[0]} to {part.ratings[-1]}" for part in parts]
    listed = f"{', '.join(named[:-1])} and {named[-1]}"
    return (f"The ratings asked for stand on {len(parts)} scales, {listed}, which mean different things.",)


def _ratings_asked(queries: Sequence[Query]) -> set[str]:
    """The ratings in the conditions of Queries, folded."""
    conditions = [one for query in queries for one in conditions_asked(query)]
    simple = [part for one in conditions for part in q.simple_conditions(one)]
    return {
        folded(rating) for part in simple if isinstance(part, q.Rated | q.RatedFor) for rating in part.ratings
    }


def conditions_asked(query: Query) -> Iterator[Condition]:
    """Yield the conditions of a Query wherever it has them: its scope, sides, groups, claim and share."""
    yield query.scope
    yield from query.against
    yield from q.having_conditions(query)
    if query.claim is not None:
        yield query.claim.condition
    if isinstance(query.measure, q.Share):
        yield query.measure.of
