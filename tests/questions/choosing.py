"""Questions made from a table, each with the answer that it must get: the choosing of names, places and
words.

A *wording* is "how many {rating} {kind} in {place}"; its slots are filled with values that people type, each
of which stands for something of the table. What the answer must then be is counted in :mod:`expected`.
"""

from __future__ import annotations

import string
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from questions.plain_table import (
    PLACES,
    SCALE,
    WHOLE,
    Location,
    PlainTable,
    Scope,
    name_key,
    place_key,
    short_council,
)

WORDINGS = Path(__file__).parents[1] / "data" / "wordings"
UNKNOWN_NAMES = (
    "Zanderley Court Care Home",
    "Mippleton Grange",
    "Pobblewick Surgery",
    "Glimmerstone Nursing Home",
    "Dr Squirrington's practice",
    "Vexhampton Hospital",
    "Tribblethwaite Homecare",
    "Osgodry Lodge",
)
NOWHERE = (
    "Wibbleton-on-Sea",
    "Zanderley",
    "Mippleton",
    "Plymouth",
    "Glasgow",
    "Carlisle",
    "Great Pobblewick",
    "Swansea",
)


@dataclass(frozen=True)
class Wordings:
    """One file of wordings: conversations by kind of question, and what may stand in their slots."""

    conversations: dict[str, list[list[str]]]
    forms: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, name: str) -> Wordings:
        data = tomllib.loads((WORDINGS / f"{name}.toml").read_text(encoding="utf-8"))
        conversations = {
            kind: [[one] if isinstance(one, str) else one for one in told]
            for kind, told in data["wordings"].items()
        }
        return cls(conversations, data["forms"])


def slots(conversation: Sequence[str]) -> set[str]:
    """The names of a conversation's slots."""
    return {name for wording in conversation for _, name, _, _ in string.Formatter().parse(wording) if name}


@dataclass(frozen=True)
class Chosen:
    """What a person types, and the locations that it stands for."""

    typed: str
    scope: Scope


_GENERAL = frozenset(
    "agency at care centre clinic domiciliary group health home homecare limited ltd medical nursing "
    "practice residential surgery the".split()
)


def _brief(name: str) -> str:
    """A name without general words; of nothing else, the name."""
    return " ".join(word for word in name_key(name).split() if word not in _GENERAL) or name_key(name)


class Names:
    """What the names of a table tell, worked out once for all who choose from it."""

    def __init__(self, table: PlainTable) -> None:
        self.table = table

    @cached_property
    def _bearers(self) -> Counter[str]:
        return Counter(name_key(location.name) for location in self.table.locations)

    @cached_property
    def told_by_name(self) -> list[Location]:
        """The locations that nothing else shares its name with: no location, and no place."""
        places = {place_key(value) for column in PLACES for value in self.table.values(column)}
        alone = [
            one
            for one in self.table.locations
            if self._bearers[name_key(one.name)] == 1 and place_key(one.name) not in places
        ]
        return [one for one in alone if not self._is_short(one.name)]

    @cached_property
    def _briefly(self) -> Counter[str]:
        """How many are called so, general words left out: "Elm Court" is Elm Court Care Home, too."""
        return Counter(_brief(one.name) for one in self.table.locations)

    def _is_short(self, name: str) -> bool:
        """True of a name without general words that others have with such words."""
        return _brief(name) == name_key(name) and self._briefly[_brief(name)] > self._bearers[name_key(name)]

    @cached_property
    def shared(self) -> list[list[Location]]:
        """The locations of each name that several bear."""
        groups: dict[str, list[Location]] = {}
        for location in self.table.locations:
            if self._bearers[name_key(location.name)] > 1 and WHOLE in location.ratings:
                groups.setdefault(name_key(location.name), []).append(location)
        return [group for group in groups.values() if len(group) > 1 and not self._is_short(group[0].name)]

    @cached_property
    def words(self) -> set[str]:
        """Every word of the table."""
        return {
            word
            for location in self.table.locations
            for value in location.columns.values()
            for word in value.split()
        }

    @cached_property
    def providers(self) -> list[str]:
        """The providers of several locations that no location and no council is called after."""
        counts = Counter(location.columns["provider"] for location in self.table.within(Scope()))
        return sorted(
            name for name, number in counts.items() if number > 1 and name != "-" and not self._is_other(name)
        )

    def _is_other(self, provider: str) -> bool:
        """Whether a provider's name may stand for a location, or for the area of a council."""
        return (
            self._bearers[name_key(provider)] > 0
            or self.table.place(provider.casefold().removesuffix(" council")) is not None
        )


class Chooser:
    """Chooses what stands in the slots; what is typed and what it means come together."""

    def __init__(self, names: Names, forms: dict[str, dict[str, Any]], random: Random) -> None:
        self.names, self.forms, self.random = names, forms, random
        self.table, self.shared = names.table, names.shared

    def case(self, text: str) -> str:
        """As published or, as often, in lower case."""
        return self.random.choice((text, text.casefold()))

    # Names --------------------------------------------------------------------------------------------------

    def location(
        self, fits: Callable[[Location], bool] = lambda _: True, but: Location | None = None
    ) -> Location | None:
        """A location that its name alone tells."""
        found = [one for one in self.names.told_by_name if fits(one) and one is not but]
        return self.random.choice(found) if found else None

    def provider(self, but: str = "") -> tuple[str, str] | None:
        """A provider of several locations that no location is called after: as typed, and as published."""
        found = [name for name in self.names.providers if name != but]
        name = self.random.choice(found) if found else None
        return (self.case(name), name) if name else None

    # Words --------------------------------------------------------------------------------------------------

    def word(self, form: str, fits: Callable[[Any], bool] = lambda _: True) -> tuple[str, Any] | None:
        """What people type for one of the forms' values, and the value."""
        found = [(typed, value) for typed, value in self.forms[form].items() if fits(value)]
        return self.random.choice(found) if found else None

    def rating(
        self, wanted: Collection[str], form: str, *, near: str | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """A rating as typed, and its words; three times in four one that includes ``near``."""
        name = (
            form if form in self.forms and form in wanted else "that_is" if "that_is" in wanted else "rating"
        )
        fits = (
            (lambda value: near in value)
            if near in SCALE and self.random.random() < 0.75
            else (lambda _: True)
        )
        typed, words = self.word(name, fits) or self.word(name) or ("", ())
        return typed, tuple(words)

    def kind(self) -> Chosen:
        """A kind of service that the table holds."""
        while True:
            typed, values = self.word("kind") or ("", {})
            scope = Scope(
                {column: (value,) if isinstance(value, str) else value for column, value in values.items()}
            )
            if self.table.within(scope):
                return Chosen(typed, scope)

    def place_of(self, location: Location) -> Chosen:
        """A place in which a location lies, by its council, region or town."""
        return self.place(
            self.random.choice(
                [location.columns[field] for field in PLACES if location.columns[field] not in ("", "-")]
            )
        )

    def place(self, value: str) -> Chosen:
        """A place as people type it."""
        typed = self.random.choice(self.forms["region"].get(value) or [self.case(short_council(value))])
        return Chosen(typed, self.table.place(short_council(value)) or Scope())

    def other_place(self, place: Chosen) -> Chosen | None:
        """Another place of the same level."""
        [(column, values)] = place.scope.values.items()
        scopes = {
            value: self.table.place(short_council(value)) or Scope() for value in self.table.values(column)
        }
        found = [
            value
            for value, scope in scopes.items()
            if scope.values == {column: (value,)} and value not in values
        ]
        return self.place(self.random.choice(found)) if found else None

    def absent(self, names: Sequence[str]) -> str | None:
        """One of ``names`` that the table does not hold anywhere."""
        found = [
            name
            for name in names
            if not any(word in self.names.words for word in name.split() if word in NOWHERE)
        ]
        return self.random.choice(found) if found else None


def made(
    wordings: Wordings, kind: str, number: int, fill: Callable[[set[str]], tuple[dict[str, str], Any] | None]
) -> Iterator[tuple[list[str], Any]]:
    """Yield up to ``number`` different conversations of a kind, the wordings taken in turn, each with what is
    expected.
    """
    conversations, seen = wordings.conversations[kind], set[tuple[str, ...]]()
    for attempt in range(number * 4):
        conversation = conversations[attempt % len(conversations)]
        filled = fill(slots(conversation))
        asked = [wording.format_map(filled[0]) for wording in conversation] if filled else []
        if filled and tuple(asked) not in seen:
            seen.add(tuple(asked))
            yield asked, filled[1]
        if len(seen) == number:
            return
