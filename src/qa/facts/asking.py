"""What a Query asks about: the aspects and services, fields and times that its parts name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from qa.facts.view import Spoken, View
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query
from qa.scale import Scale

OF_GROUPS = ("aspect", "service", "rating", "year")  # what groups that is no field of a subject
_OF_ROWS = ("figure", "date", "rating", "name")  # what sorts that is none
_Simple = q.Rated | q.RatedAgainst | q.Published | q.Moved | q.Unrated


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions within ``condition`` that hold no others."""
    if isinstance(condition, q.And | q.Or):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, q.Not):
        yield from leaves(condition.part)
    else:
        yield condition


def spoken(condition: Condition) -> tuple[Spoken, ...]:
    """Return each aspect and service that conditions on ratings and their dates name, once."""
    return tuple(dict.fromkeys(one for leaf in leaves(condition) for one in _of_leaf(leaf)))


def _of_leaf(leaf: Condition) -> tuple[Spoken, ...]:
    if isinstance(leaf, _Simple):
        return ((leaf.aspect, leaf.service),)
    if isinstance(leaf, q.RatedFor):
        return tuple((aspect, leaf.service) for aspect in leaf.aspects)
    if isinstance(leaf, q.AspectAgainst):
        return (leaf.aspect, leaf.service), (leaf.other, leaf.service)
    return ()


def rated(condition: Condition, scale: Scale) -> tuple[Spoken, ...]:
    """Return the aspects and services of which a share's whole must hold a rating: those of conditions on ratings of the scale."""
    found: list[Spoken] = []
    for leaf in leaves(condition):
        off_scale = isinstance(leaf, q.Rated | q.RatedFor) and any(scale.rank(rating) is None for rating in leaf.ratings)
        if not off_scale and not isinstance(leaf, q.Published | q.Unrated):
            found += _of_leaf(leaf)
    return tuple(dict.fromkeys(found))


def subject_of(query: Query) -> Condition:
    """Return the condition that a share or a claim is about; everything where the Query holds neither."""
    if query.claim is not None:
        return query.claim.condition
    return query.measure.of if isinstance(query.measure, q.Share) else q.EVERYTHING


def telling(having: tuple[q.Having, ...]) -> tuple[Condition, ...]:
    """Return what some of a group must fulfil: whoever does makes up what is told of it. Of "no …" nobody does."""
    some = (one for one in having if one.quantifier.low or one.quantifier.over is not None or one.quantifier.least is not None)
    return tuple(one.condition for one in some)


def named(scope: Condition) -> q.Named | None:
    """Return the subjects that a scope names."""
    return next((part for part in q.parts_of(scope) if isinstance(part, q.Named)), None)


def measured(query: Query, view: View) -> tuple[Spoken, ...]:
    """Return the aspects and services that the measure itself names; none where it speaks of the whole."""
    measure = query.measure
    if query.claim is None and isinstance(measure, q.Ratings):
        if (measure.aspects, measure.service) == ((WHOLE,), WHOLE):
            return ()
        return tuple((aspect, measure.service) for aspect in measure.aspects or view.aspects(measure.service))
    if query.claim is None and isinstance(measure, q.Dates) and (measure.aspect, measure.service) != (WHOLE, WHOLE):
        return ((measure.aspect, measure.service),)
    return ()


def focus(query: Query, view: View) -> tuple[Spoken, ...]:
    """Return whose facts tell the answer: the measure's own aspects, else the only one that is asked about, else the whole."""
    own = measured(query, view)
    if own:
        return own
    of_groups = q.And(tuple(having.condition for having in query.having))
    told = spoken(subject_of(query)) or spoken(query.scope) or spoken(of_groups)
    return told if len(told) == 1 else (view.home,)


def instead(condition: Condition, aspect: str | None, service: str | None) -> Condition:
    """Return ``condition`` with what it says of the whole said of ``aspect`` and ``service`` (``None``: leave as it is)."""
    if isinstance(condition, q.And | q.Or):
        return type(condition)(tuple(instead(part, aspect, service) for part in condition.parts))
    if isinstance(condition, q.Not):
        return q.Not(instead(condition.part, aspect, service))
    if isinstance(condition, _Simple):
        if aspect is not None and condition.aspect == WHOLE:
            condition = replace(condition, aspect=aspect)
        if service is not None and condition.service == WHOLE:
            condition = replace(condition, service=service)
    elif isinstance(condition, q.RatedFor | q.AspectAgainst) and service is not None and condition.service == WHOLE:
        condition = replace(condition, service=service)
    return condition


def conditions(query: Query) -> Iterator[Condition]:
    """Yield every condition of a Query."""
    yield query.scope
    yield subject_of(query)
    yield from (having.condition for having in query.having)
    yield from query.against


def fields(query: Query) -> Iterator[tuple[str, bool]]:
    """Yield each field that a Query names, and whether it must hold numbers."""
    for condition in conditions(query):
        for leaf in leaves(condition):
            if isinstance(leaf, q.Is | q.Measured):
                yield leaf.field, isinstance(leaf, q.Measured)
            elif isinstance(leaf, q.Postcode):
                yield "postcode", False
    yield from ((name, False) for name in query.by if name not in OF_GROUPS)
    if query.order and query.order.key not in (*_OF_ROWS, *OF_GROUPS):
        yield query.order.key, False
    measure = query.measure
    if isinstance(measure, q.Values):
        yield from ((name, False) for name in measure.fields)
    elif isinstance(measure, q.Total):
        yield measure.field, True
    elif isinstance(measure, q.Count) and measure.of:
        yield measure.of, False


def any_leaf(condition: Condition, fits: Callable[[Condition], bool]) -> bool:
    """Whether any of the simple conditions within ``condition`` fits."""
    return any(map(fits, leaves(condition)))


def of_history(leaf: Condition) -> bool:
    """Whether a simple condition asks for ratings before the current ones."""
    return isinstance(leaf, q.Moved) or (isinstance(leaf, q.Rated) and leaf.when != "now")
