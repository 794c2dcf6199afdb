"""What makers share: a kind and place that some location fits, an aspect that is rated, a
location that is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questions.choosing import Chooser, Chosen
from questions.expected import Expected
from questions.plain_table import WHOLE, Key, Location, Scope

Filled = tuple[dict[str, str], Expected] | None  # the values of a wording's slots, and the answer to it
Maker = Callable[
    [Chooser, set[str]], Filled
]  # chooses for a wording of these slots; None where the table has nothing to ask about


def an_aspect(choose: Chooser, wanted: set[str]) -> tuple[dict[str, str], Key]:
    typed, aspect = choose.word(
        "quality" if "quality" in wanted else "aspect",
        lambda aspect: ("Overall", aspect) in choose.table.keys,
    ) or ("", "")
    return {"aspect": typed, "quality": typed}, ("Overall", aspect)


def a_rated(choose: Chooser, but: Location | None = None) -> Location | None:
    return choose.location(lambda one: WHOLE in one.ratings, but)


@dataclass(frozen=True)
class Asked:
    """A kind and a place that some location fits, and a rating."""

    values: dict[str, str]
    place: Chosen
    kind: Chosen
    ratings: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        return self.place.scope & self.kind.scope


def filters(choose: Chooser, wanted: set[str], key: Key = WHOLE, rating: str = "rating") -> Asked | None:
    kind = choose.kind()
    held = choose.table.within(kind.scope, key)
    if not held:
        return None
    location = choose.random.choice(held)
    place = choose.place_of(location)
    if not choose.table.within(place.scope & kind.scope):  # the place's name stands for another one
        return None
    typed, ratings = choose.rating(wanted, rating, near=location.ratings[key].rating)
    values = {
        "kind": kind.typed,
        "place": place.typed,
        "rating": typed,
        "that_is": typed,
        "single_rating": typed,
    }
    return Asked(values, place, kind, ratings)
