"""Overall questions about tables that rate only areas: report every area and make up no overall rating."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query, conjunction
from qa.scale import Scale


def by_areas(query: Query, areas: tuple[str, ...], scale: Scale) -> Query:
    """Return ``query`` with its overall ratings replaced by those of ``areas``.

    A place counts as having a rating if at least one of its areas has it. Where a single overall rating is
    needed (a rank, a verdict over all), the Query still asks for it, and the answer says that there is none.
    """
    if query.prose is not None or not areas:
        return query
    if query.claim is not None:
        return _claimed(query, areas)
    if "rating" in query.by or (query.order is not None and query.order.key in ("rating", "steps")):
        return _ranked(query, areas, scale)
    scope, measure = _in_any(query.scope, areas), query.measure
    if measure in (q.Ratings(), q.Dates()) and not areas_of(scope):
        measure = q.Ratings(())
    return replace(
        query,
        scope=scope,
        measure=measure,
        having=tuple(_having_in_any(one, areas) for one in query.having),
        against=tuple(_in_any(scope, areas) for scope in query.against),
    )


def _having_in_any(having: q.Having, areas: tuple[str, ...]) -> q.Having:
    than = None if having.than is None else _in_any(having.than, areas)
    return replace(having, condition=_in_any(having.condition, areas), than=than)


def areas_of(condition: Condition) -> frozenset[str]:
    """Return the areas that a condition names."""
    parts = q.parts_of(condition)
    return frozenset(
        one.aspect for one in parts if isinstance(one, q.Rated | q.Published | q.Moved | q.Unrated)
    ) - {WHOLE}


def _claimed(query: Query, areas: tuple[str, ...]) -> Query:
    """Turn "is it good?" about named subjects into a question for the ratings of all areas; "is any good?"
    into one for all that are."""
    assert query.claim is not None
    condition = _in_any(query.claim.condition, areas)
    if condition == query.claim.condition:
        return query
    if isinstance(query.scope, q.Named):
        return Query(query.scope, q.Ratings(()))
    if query.claim.quantifier in (q.ANY, q.NONE):
        return replace(query, scope=conjunction(query.scope, condition), claim=None, measure=q.Ratings(()))
    return query


def _ranked(query: Query, areas: tuple[str, ...], scale: Scale) -> Query:
    """Make groups by rating within each area; an order by rating needs the overall rating."""
    own = isinstance(query.measure, q.Ratings) and query.measure.aspects != (WHOLE,)
    if own or areas_of(query.scope):
        return query
    if query.by == ("rating",):
        return replace(query, by=("aspect", "rating"))
    if "aspect" in query.by:
        return query
    return replace(query, scope=conjunction(query.scope, q.Rated(scale.ratings)))


def _in_any(condition: Condition, areas: tuple[str, ...]) -> Condition:
    """Return ``condition`` with each overall rating condition changed to "in at least one area"."""

    def in_any(one: Condition) -> Condition:
        if isinstance(one, q.Rated) and one == q.Rated(one.ratings):
            return q.RatedFor(one.ratings, areas)
        return one

    return q.change_simple(condition, in_any)
