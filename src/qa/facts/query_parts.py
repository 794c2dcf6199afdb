"""What a Query asks about: the aspects and services, fields and times that its parts name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from qa.facts.standing import Spoken
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Query, simple_conditions
from qa.scale import Scale

OF_GROUPS = ("aspect", "service", "rating", "year")  # labels of groups that are not fields of a subject
_OF_ROWS = ("figure", "date", "rating", "name", "distance", "steps")  # sort keys that are not fields
_Simple = q.Rated | q.RatedAgainst | q.Published | q.Moved | q.Unrated
_OfRatings = TypeVar("_OfRatings", bound=_Simple | q.Event)
_OF_CLOSING = frozenset(("closed", "status"))


def spoken(condition: Condition) -> tuple[Spoken, ...]:
    """Return each aspect and service named by conditions on ratings and their dates, once."""
    return tuple(dict.fromkeys(one for leaf in simple_conditions(condition) for one in _of_leaf(leaf)))


def dates_the_whole(leaf: Condition) -> bool:
    """True if a simple condition is about the date of a subject's rating, whatever it is for."""
    return isinstance(leaf, q.Published) and (leaf.aspect, leaf.service) == (WHOLE, WHOLE)


def _of_leaf(leaf: Condition) -> tuple[Spoken, ...]:
    if isinstance(leaf, _Simple):
        return ((leaf.aspect, leaf.service),)
    if isinstance(leaf, q.Happened):
        return ((leaf.event.aspect, leaf.event.service),)
    if isinstance(leaf, q.RatedFor):
        return tuple((aspect, leaf.service) for aspect in leaf.aspects)
    if isinstance(leaf, q.AspectAgainst):
        return (leaf.aspect, leaf.service), (leaf.other, leaf.service)
    return ()


def rated(condition: Condition, scale: Scale) -> tuple[Spoken, ...]:
    """Return the aspects and services for which the whole of a share must have a rating: those of conditions
    on ratings of the scale, except where a condition also allows there to be none ("inadequate or not
    rated")."""
    found: list[Spoken] = []
    lacking = {
        (leaf.aspect, leaf.service) for leaf in simple_conditions(condition) if isinstance(leaf, q.Unrated)
    }
    for leaf in simple_conditions(condition):
        off_scale = isinstance(leaf, q.Rated | q.RatedFor) and any(
            scale.rank(rating) is None for rating in leaf.ratings
        )
        if not off_scale and not isinstance(leaf, q.Published | q.Unrated):
            found += _of_leaf(leaf)
    return tuple(one for one in dict.fromkeys(found) if one not in lacking)


def subject_of(query: Query) -> Condition:
    """Return the condition that a share or a claim is about; everything if the Query has neither."""
    if query.claim is not None:
        return query.claim.condition
    return query.measure.of if isinstance(query.measure, q.Share) else q.EVERYTHING


def telling(having: tuple[q.Having, ...]) -> tuple[Condition, ...]:
    """Return the condition that picks out the members of a group whose facts are shown; for "no
    …" there are none.
    """
    some = (
        one
        for one in having
        if one.quantifier.low or one.quantifier.over is not None or one.quantifier.least is not None
    )
    return tuple(one.condition for one in some)


def named(scope: Condition) -> q.Named | None:
    """Return the subjects that a scope names."""
    return next((part for part in q.parts_of(scope) if isinstance(part, q.Named)), None)


def measured(query: Query, view: View) -> tuple[Spoken, ...]:
    """Return the aspects and services that the measure itself names; none if it is about the whole."""
    measure = query.measure
    if query.claim is None and isinstance(measure, q.Ratings):
        if (measure.aspects, measure.service) == ((WHOLE,), WHOLE):
            return ()
        return tuple((aspect, measure.service) for aspect in measure.aspects or view.aspects(measure.service))
    if query.claim is None and isinstance(measure, q.Events | q.Times):
        pair = measure.event.aspect, measure.event.service
        return () if pair == (WHOLE, WHOLE) else (pair,)
    if (
        query.claim is None
        and isinstance(measure, q.Dates)
        and (measure.aspect, measure.service) != (WHOLE, WHOLE)
    ):
        return ((measure.aspect, measure.service),)
    return ()


def focus(query: Query, view: View) -> tuple[Spoken, ...]:
    """Return the aspects whose facts are shown: the measure's own, otherwise the only one that is asked
    about, otherwise the whole. For a claim about a named subject, all that the claim mentions.
    """
    own = measured(query, view)
    if own:
        return own
    of_groups = q.And(q.having_conditions(query))
    told = spoken(subject_of(query)) or spoken(query.scope) or spoken(of_groups)
    whom = named(query.scope) if query.claim is not None else None
    of_one = whom is not None and len(whom.subjects) == 1 and bool(told)
    return told if of_one or len(told) == 1 else (view.home,)


def replace_whole(condition: Condition, aspect: str | None, service: str | None) -> Condition:
    """Return ``condition`` with "Overall" replaced by ``aspect`` and ``service``; ``None``
    leaves that part unchanged.
    """
    return q.change_simple(condition, lambda one: _replace_whole(one, aspect, service))


def _replace_whole(condition: Condition, aspect: str | None, service: str | None) -> Condition:
    if isinstance(condition, _Simple):
        return _for_the_whole(condition, aspect, service)
    if isinstance(condition, q.Happened):
        return replace(condition, event=_for_the_whole(condition.event, aspect, service))
    if isinstance(condition, q.RatedFor | q.AspectAgainst):
        whole = condition.service == WHOLE
        return replace(condition, service=service) if whole and service is not None else condition
    return condition


def _for_the_whole(one: _OfRatings, aspect: str | None, service: str | None) -> _OfRatings:
    if aspect is not None and one.aspect == WHOLE:
        one = replace(one, aspect=aspect)
    if service is not None and one.service == WHOLE:
        one = replace(one, service=service)
    return one


def conditions(query: Query) -> Iterator[Condition]:
    """Yield every condition of a Query."""
    yield query.scope
    yield subject_of(query)
    yield from q.having_conditions(query)
    yield from query.against


def fields(query: Query) -> Iterator[tuple[str, bool]]:
    """Yield each field that a Query names, and whether it must have numbers."""
    for condition in conditions(query):
        yield from _fields_of(condition)
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


def _fields_of(condition: Condition) -> Iterator[tuple[str, bool]]:
    for leaf in simple_conditions(condition):
        if isinstance(leaf, q.Is | q.Measured):
            yield leaf.field, isinstance(leaf, q.Measured)
        elif isinstance(leaf, q.Dated):
            yield leaf.field, False
        elif isinstance(leaf, q.Postcode):
            yield "postcode", False
        elif isinstance(leaf, q.Near):
            yield from _fields_of(leaf.of)


def distances(query: Query) -> Iterator[q.Near]:
    """Yield every condition on distance in a Query."""
    for condition in conditions(query):
        yield from (leaf for leaf in simple_conditions(condition) if isinstance(leaf, q.Near))


def any_leaf(condition: Condition, fits: Callable[[Condition], bool]) -> bool:
    """True if the test is true for any of the simple conditions within ``condition``."""
    return any(map(fits, simple_conditions(condition)))


def of_history(leaf: Condition) -> bool:
    """True if a simple condition asks for ratings before the current ones."""
    if isinstance(leaf, q.Happened):
        return bool(leaf.event.ratings or leaf.event.signs or leaf.event.before)
    return isinstance(leaf, q.Moved) or (isinstance(leaf, q.Rated) and leaf.when != "now")


def history(query: Query) -> Spoken | None:
    """Return the first aspect and service whose past a Query asks about; ``None`` if it asks for no more than
    the previous rating.
    """
    if query.claim is None and isinstance(query.measure, q.Events | q.Times):
        return query.measure.event.aspect, query.measure.event.service
    told = (leaf for condition in conditions(query) for leaf in simple_conditions(condition))
    return next((one for leaf in told if _of_long_ago(leaf) for one in _of_leaf(leaf)), None)


def _of_long_ago(leaf: Condition) -> bool:
    """True if a simple condition asks for more than the present and the previous rating."""
    if isinstance(leaf, q.Rated):
        return leaf.when in ("first", "ever")
    return isinstance(leaf, q.Happened) or (
        isinstance(leaf, q.Moved) and (leaf.since or leaf.until) is not None
    )


def denied_past(query: Query) -> list[Condition]:
    """Return the simple conditions on all known ratings that a Query denies: "never inadequate"."""
    return [
        leaf
        for condition in conditions(query)
        for part in _denied(condition)
        for leaf in simple_conditions(part)
        if isinstance(leaf, q.Happened) or (isinstance(leaf, q.Rated) and leaf.when == "ever")
    ]


def _denied(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, q.Not):
        yield condition.part
    elif isinstance(condition, q.And | q.Or):
        for part in condition.parts:
            yield from _denied(part)


def past_leaf(condition: Condition) -> q.Rated | q.Moved | q.Happened | None:
    """Return the one simple condition on the past, beyond the previous rating, that a condition or its
    opposite reduces to.
    """
    found = [
        leaf
        for leaf in simple_conditions(condition)
        if _of_long_ago(leaf) and not (isinstance(leaf, q.Rated) and leaf.when == "first")
    ]
    leaf = found[0] if len(found) == 1 else None
    return leaf if isinstance(leaf, q.Rated | q.Moved | q.Happened) else None


def asks_closed(query: Query) -> bool:
    """True if a Query names subjects or asks about closing, so that closed ones count as well."""
    for leaf in (leaf for condition in conditions(query) for leaf in simple_conditions(condition)):
        if isinstance(leaf, q.Named | q.Closed) or (
            isinstance(leaf, q.Is | q.Dated) and leaf.field in _OF_CLOSING
        ):
            return True
    fields_told = query.measure.fields if isinstance(query.measure, q.Values) else ()
    order = (query.order.key,) if query.order is not None else ()
    return not _OF_CLOSING.isdisjoint((*fields_told, *query.by, *order))
