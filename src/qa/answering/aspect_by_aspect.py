"""Words for whom each of several ratings is higher: two or more subjects, key question by key question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from qa.answering.context import Context
from qa.answering.english import listed
from qa.facts.result import Result, Side
from qa.question.query import Query, Ratings
from qa.records import RatingFact
from qa.scale import on_one_scale

_Row: TypeAlias = Sequence[int | None]  # the places of one aspect's ratings, side by side


def aspect_by_aspect(query: Query, result: Result, context: Context) -> str:
    """``Oak House is rated higher for Safe, Elm House for Caring. They are rated the same for Well-led.``

    Empty unless several ratings are compared, and each side has one of each.
    """
    measure = query.measure
    if not isinstance(measure, Ratings) or measure.before or len(measure.aspects) < 2:
        return ""
    names = [side.facts[0].subject if side.facts else "" for side in result.sides]
    places = _places(measure.aspects, result.sides, context)
    if len({*names}) < len(names) or not _are_comparable(places, result.sides):
        return ""
    same = [aspect for aspect, row in places.items() if len({*row}) == 1]
    apart = [aspect for aspect in places if aspect not in same]
    return " ".join(filter(None, (_apart(names, apart, places), _same(same, bool(apart))))) + " "


def _places(aspects: Sequence[str], sides: Sequence[Side], context: Context) -> Mapping[str, _Row]:
    """Return the place on the scale of each side's rating, for every aspect that all sides are rated for."""
    held = [_by_aspect(side.facts) for side in sides]
    common = [aspect for aspect in aspects if all(aspect in side for side in held)]
    return {aspect: [_place(side[aspect], context) for side in held] for aspect in common}


def _are_comparable(places: Mapping[str, _Row], sides: Sequence[Side]) -> bool:
    """True if every rating of the sides has a place on one and the same scale."""
    known = [place for row in places.values() for place in row if place is not None]
    rated = sum(len(side.facts) for side in sides)
    return len(known) >= rated and bool(known) and on_one_scale(known)


def _by_aspect(facts: Sequence[RatingFact]) -> Mapping[str, RatingFact]:
    return {fact.aspect: fact for fact in facts}


def _place(fact: RatingFact, context: Context) -> int | None:
    return context.place(fact, fact.rating)


def _apart(names: Sequence[str], apart: Sequence[str], places: Mapping[str, _Row]) -> str:
    if not apart:
        return ""
    if len(names) > 2:
        return f"They differ for {listed(apart)}."
    higher = [[aspect for aspect in apart if _is_first(places[aspect], side)] for side in range(2)]
    told = [(name, for_what) for name, for_what in zip(names, higher, strict=True) if for_what]
    first, *others = [f"{name} is rated higher for {listed(for_what)}" for name, for_what in told]
    return f"{first}, {others[0].replace(' is rated higher for ', ' for ', 1)}." if others else f"{first}."


def _is_first(row: _Row, side: int) -> bool:
    return row[side] == min(place for place in row if place is not None)  # the best has the lowest place


def _same(same: Sequence[str], some_differ: bool) -> str:
    also = "" if some_differ else "They do not differ: "
    they = "They" if some_differ else "they"
    return f"{also}{they} are rated the same for {listed(same)}." if same else ""
