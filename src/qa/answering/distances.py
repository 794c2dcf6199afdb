"""Words distances in answers: how far each listed place is, and what it is measured from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from qa.answering.context import Context, Telling, count_figure
from qa.answering.english import listed, listed_or, number, ordinal, singular
from qa.answering.wording import condition_phrase, scope_phrase
from qa.answering.wording_parts import length, place_label
from qa.facts.result import Result
from qa.question.query import (
    KM,
    Condition,
    Named,
    Near,
    Not,
    Query,
    Ratings,
    conjunction,
    near_parts,
    nears,
    parts_of,
)
from qa.records import Distance, RatingFact

Unit: TypeAlias = Literal["miles", "km"]
MEASURED = "Distances are in a straight line from"


def distances_of(query: Query, result: Result) -> tuple[Distance, ...]:
    """Return the distance of each of a Result's facts, in the unit of the question, to a tenth; none if the
    question asks for no distance.
    """
    unit = next((near.unit for near in nears(query)), None)
    told = zip((*result.facts, *result.exceptions), result.distances, strict=False)
    return (
        tuple(Distance(fact.id, in_unit(miles, unit), unit) for fact, miles in told if miles is not None)
        if unit
        else ()
    )


def in_unit(miles: float, unit: str) -> float:
    """Convert miles into miles or kilometres, to a tenth."""
    return round(miles * KM if unit == "km" else miles, 1)


def away(query: Query, result: Result) -> Mapping[str, str]:
    """Return the distance of each fact's subject, by the fact's id: ``1.2 miles``."""
    told = distances_of(query, result)
    return {
        one.fact: length(one.value, one.unit) if one.value else f"under {length(0.1, one.unit)}"
        for one in told
    }


def with_distance(name: str, fact: RatingFact, far: Mapping[str, str]) -> str:
    """``Elm House (1.2 miles)``; only the name if the question asks for no distance."""
    return f"{name} ({far[fact.id]})" if fact.id in far else name


def measured_from(query: Query, result: Result, context: Context) -> Telling:
    """State what distances are measured from: ``the middle of the 12 places held in Wem``; empty if the
    question asks for no distance."""
    parts = [*nears(query), *(near for scope in query.against for near in near_parts(scope))]
    if not result.middles or len(parts) != len(result.middles):
        return Telling("")
    told = [_middle(near, places, context) for near, places in zip(parts, result.middles, strict=True)]
    unique = list(dict.fromkeys(one.text for one in told))
    each = _each(query, result) if query.claim is not None else ""
    text = f"{each}{MEASURED} {listed(unique, len(unique))}."
    return Telling(text, tuple(dict.fromkeys(figure for one in told for figure in one.figures)))


def how_far(query: Query, result: Result, context: Context) -> Telling:
    """``Elm House is 1.2 miles from Wem.``, ``The nearest of the 12 places in Prees is …``: word a scope
    whose only condition on distances is that they are known, if nothing is ordered by them.
    """
    ends = [near for near in near_parts(query.scope) if near.distance is None]
    told = distances_of(query, result)
    if not ends or not told or not _is_plain_list(query):
        return Telling("")
    far, begin = away(query, result), place_label(ends[0].of, context)
    facts = {fact.id: fact for fact in result.facts}
    if any(isinstance(part, Named) for part in parts_of(query.scope)):
        each = dict.fromkeys(f"{facts[one.fact].subject} is {far[one.fact]}" for one in told)
        return Telling(f"{listed(list(each), len(each))} from {begin}.")
    label = scope_phrase(without_ends(query.scope), result.total, context)
    lead = f"The nearest of the {number(result.total)} {label}" if result.total > 1 else f"The one {label}"
    lead = f"{lead} to {begin}, {facts[told[0].fact].subject}, is {far[told[0].fact]} away."
    return Telling(lead, (count_figure(label, result.total),))


def _is_plain_list(query: Query) -> bool:
    """True for ratings without an order, groups, sides or a claim, and with nothing denied."""
    if not isinstance(query.measure, Ratings) or query.order or query.claim or query.against or query.by:
        return False
    return not any(isinstance(part, Not) for part in parts_of(query.scope))


def _each(query: Query, result: Result) -> str:
    """``Elm House is 1.2 miles off. ``, if the question assumes a distance, or that it is unknown."""
    far = away(query, result)
    told = dict.fromkeys(
        f"{fact.subject} is {far[fact.id]} off. "
        if fact.id in far
        else f"The tables do not say where {fact.subject} is, so its distance is not known. "
        for fact in (*result.facts, *result.exceptions)
    )
    return "".join(told) if any(isinstance(part, Named) for part in parts_of(query.scope)) else ""


def _middle(near: Near, places: int, context: Context) -> Telling:
    if isinstance(near.of, Named) and places == 1:
        return Telling(place_label(near.of, context))
    noun = singular(context.noun) if places == 1 else context.noun
    held = f"{noun} held {condition_phrase(near.of, context)}"
    told = f"the one {held}" if places == 1 else f"the middle of the {number(places)} {held}"
    return Telling(told, (count_figure(held, places),))


def nearest(query: Query, count: int, context: Context) -> str:
    """``care home rated Good nearest to Wem``: what comes first in an order by distance,
    ``count`` of them.
    """
    assert query.order
    assert query.ranks
    begin = listed_or(list(dict.fromkeys(place_label(near.of, context) for near in near_parts(query.scope))))
    first, last = query.ranks
    place = f"{ordinal(first)} " if first == last > 1 else ""
    end = "furthest from" if query.order.descending else "nearest to"
    return f"{scope_phrase(without_ends(query.scope), count, context)} {place}{end} {begin}"


def without_ends(scope: Condition) -> Condition:
    """Return a scope without conditions that only require a known distance."""
    return conjunction(
        *(part for part in parts_of(scope) if not (isinstance(part, Near) and part.distance is None))
    )
