"""Conditions that nothing can meet: "Good and Requires improvement for well-led" was misread.

An And is contradictory if two of its parts are: two sets of ratings with none in common for one key question,
service and time; two sets of values of one column; a rating and no rating; a condition and its negation. Such
a reading gets no answer, because "None" would be an answer to words that mean something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from qa.facts.run import run
from qa.fields import PLACE_FIELDS
from qa.language.tokens import key
from qa.phrasing import joined
from qa.question.query import (
    WHOLE,
    And,
    Condition,
    Count,
    Is,
    Named,
    Not,
    Or,
    Query,
    Rated,
    Unrated,
    parts_of,
)
from qa.question.vocabulary import Vocabulary


def contradictions(query: Query) -> list[tuple[Condition, Condition]]:
    """Return the pairs of conditions of a Query that can't both be true for one place."""
    claimed = () if query.claim is None else (query.claim.condition,)
    return [pair for one in (query.scope, *query.against, *claimed) for pair in _pairs(one)]


def say_contradiction(pair: tuple[Condition, Condition]) -> str:
    """Return the words for what a pair asks for: "places rated both Good and Inadequate for Safe"."""
    first, second = pair
    if isinstance(first, Rated) and isinstance(second, Rated):
        ratings = " and ".join(" or ".join(one.ratings) for one in (first, second))
        return f"places rated both {ratings}{' overall' if first.aspect == WHOLE else f' for {first.aspect}'}"
    return "places for which all of that is true at once"


def places_apart(query: Query, vocabulary: Vocabulary) -> list[str]:
    """Return the words for places that have no subject in common but are asked for together: "Shropshire
    Telford"."""
    placed = [
        part
        for part in parts_of(query.scope)
        if isinstance(part, Is) and part.field in PLACE_FIELDS and part.field in vocabulary.field_names
    ]
    if len({part.field for part in placed}) < 2:
        return []
    held = run(Query(And(tuple(placed)), Count()), vocabulary.store, vocabulary.scale).figure
    named = " and in ".join(joined(part.values, "or") for part in placed)
    return [] if held else [f"places that are in {named} at once"]


def _pairs(condition: Condition) -> Iterator[tuple[Condition, Condition]]:
    if isinstance(condition, And):
        yield from (pair for pair in combinations(parts_of(condition), 2) if exclude(*pair))
    elif isinstance(condition, Or):
        found = [list(_pairs(part)) for part in condition.parts]
        if all(found):
            yield from found[0]


def exclude(one: Condition, other: Condition) -> bool:
    """True if no place can meet both conditions."""
    if isinstance(one, Not) or isinstance(other, Not):
        return one == Not(other) or other == Not(one)
    test = _EXCLUDING.get(type(one)) if type(one) is type(other) else None
    return _lacks(one, other) or _lacks(other, one) if test is None else test(one, other)


def _are_other_ratings(one: Rated, other: Rated) -> bool:
    alike = one.when != "ever" and replace(one, ratings=other.ratings) == other
    return alike and {*one.ratings}.isdisjoint(other.ratings)


def _are_other_values(one: Is, other: Is) -> bool:
    return one.field == other.field and {*map(key, one.values)}.isdisjoint(map(key, other.values))


def _are_other_subjects(one: Named, other: Named) -> bool:
    return {*one.subjects}.isdisjoint(other.subjects)


# Whether two conditions of one type exclude each other.
_EXCLUDING: dict[type, Callable[[Any, Any], bool]] = {
    Rated: _are_other_ratings,
    Is: _are_other_values,
    Named: _are_other_subjects,
}


def _lacks(one: Condition, other: Condition) -> bool:
    """True for a condition on having a rating beside one on having none."""
    if not isinstance(one, Rated) or not isinstance(other, Unrated) or one.when != "now":
        return False
    return (one.aspect, one.service) == (other.aspect, other.service)
