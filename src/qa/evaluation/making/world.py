"""What made questions choose from: subjects, groups of subjects, places, invented and misspelt names."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from qa.evaluation.making.plain_tables import Entry, Tables
from qa.evaluation.received import plain

_WORDINGS = Path(__file__).with_name("wordings.toml")
_ANYTHING = "places"  # the noun for rated subjects if their names share none
_NO_VALUES = {"", "-", "Unspecified", "Unknown"}  # how tables write a missing value


@functools.cache
def wordings() -> Mapping[str, Any]:
    """Return the file of wordings."""
    return tomllib.loads(_WORDINGS.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Group:
    """Some of the entries, and what people call them: "care homes", "care homes in Kent"."""

    what: str
    entries: tuple[Entry, ...]

    def rated(self, rating: str) -> list[Entry]:
        """Return the entries with this overall rating."""
        return [entry for entry in self.entries if entry.rating == rating]


@dataclass(frozen=True)
class Place:
    """A place by the name that people use, and its column."""

    name: str
    field: str


class World:
    """The loaded tables as material for questions; every choice is made by ``random``, which the caller
    seeds.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.random = Random(0)

    @cached_property
    def _by_name(self) -> Mapping[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.tables.entries:
            found[_bare(entry.name)].append(entry)
        return found

    @cached_property
    def _names(self) -> str:
        return "\n".join(f" {name} " for name in self._by_name)

    @cached_property
    def _single(self) -> Sequence[Entry]:
        """The rated entries with a unique name that is not also a place or a provider."""
        values = {_bare(value) for entry in self.tables.entries for value in entry.attributes.values()}
        return [
            entries[0]
            for name, entries in self._by_name.items()
            if len(entries) == 1 and entries[0].rating and name not in values
        ]

    @cached_property
    def _several(self) -> Sequence[list[Entry]]:
        """Groups of entries with exactly the same name. "The Elms" and "Elms" may or may not be different, so
        no question asks about them."""
        return [
            entries
            for entries in self._by_name.values()
            if len(entries) > 1 and len({plain(entry.name) for entry in entries}) == 1
        ]

    def entry(self) -> Entry | None:
        """Return an entry that a question can name unambiguously; ``None`` if the choice fell on a part of
        another name."""
        chosen = self.random.choice(self._single) if self._single else None
        return chosen if chosen and self._stands_alone(chosen) else None

    def namesakes(self) -> list[Entry]:
        """Return the entries with a name that several share; empty if there are none, or the choice fell on a
        part of another name."""
        chosen = self.random.choice(self._several) if self._several else []
        return chosen if chosen and self._stands_alone(chosen[0]) else []

    def _stands_alone(self, entry: Entry) -> bool:
        return self._names.count(f" {_bare(entry.name)} ") == 1

    @cached_property
    def ratings(self) -> Sequence[str]:
        """The ratings of the scale that occur, the best first."""
        used = {entry.rating: entry.scale.rank(entry.rating) for entry in self.tables.entries if entry.rating}
        return sorted((rating for rating in used if rating), key=lambda rating: used[rating] or 0)

    @cached_property
    def scale(self) -> Sequence[str]:
        """Every rating of the scale, the best first."""
        return self.tables.entries[0].scale.ratings

    def several_values(self, entries: Sequence[Entry], field: str) -> bool:
        """True if the entries differ in a column."""
        return len({entry.attributes.get(field, "") for entry in entries} - _NO_VALUES) > 1

    @cached_property
    def groups(self) -> Sequence[Group]:
        """All entries under a general word, then each kind that people have a word for."""
        everything = Group(self._common_word(), self.tables.entries)
        kinds = (self._of_kind(what, field, value) for what, (field, value) in wordings()["groups"].items())
        return [everything, *(kind for kind in kinds if kind.entries)]

    @cached_property
    def places(self) -> Sequence[Place]:
        """Every place by the first of its readings: a council, otherwise a region, otherwise a town with a
        name that no council has.

        Towns that the table spells in two ways ("Leigh-on-Sea", "Leigh On Sea") may count as one or as two,
        so no question asks about them.
        """
        councils, regions, towns = (self._values(field) for field in ("local_authority", "region", "town"))
        regions -= councils
        towns -= councils | regions
        areas = [_spelt(area) for area in (*councils, *regions)]
        spellings = Counter(map(_spelt, towns))
        lone = (
            town
            for town in towns
            if spellings[_spelt(town)] == 1 and not any(_spelt(town) in area for area in areas)
        )
        named = [(councils, "local_authority"), (regions, "region"), (lone, "town")]
        return [Place(name, field) for names, field in named for name in sorted(names)]

    def chosen(self) -> Group:
        """Return a group, in half of all cases within a place."""
        group = self.random.choice(self.groups)
        return (
            self.within(group, self.random.choice(self.places))
            if self.places and self.random.random() < 0.5
            else group
        )

    def within(self, group: Group, place: Place) -> Group:
        """Return the part of a group in a place."""
        return Group(
            f"{group.what} in {place.name}",
            tuple(entry for entry in group.entries if entry.attributes.get(place.field) == place.name),
        )

    def leaders(self, entries: Sequence[Entry], field: str) -> tuple[list[str], int]:
        """Return the values of a column that most of the entries have, and how many have each."""
        counts = Counter(
            value for entry in entries if (value := entry.attributes.get(field)) and value not in _NO_VALUES
        )
        most = max(counts.values(), default=0)
        return sorted(value for value, count in counts.items() if count == most), most

    def other_rating(self, *ratings: str | None) -> str:
        """Return a rating of the scale other than these."""
        taken = {plain(rating) for rating in ratings}
        return self.random.choice([other for other in self.scale if plain(other) not in taken])

    def invented(self, *, with_tail: bool) -> str | None:
        """Return a name that is not in the tables; ``None`` if it happens to be there."""
        parts = wordings()["invented"]
        place = "".join(self.random.choice(parts[part]) for part in ("starts", "middles", "ends"))
        tail = f" {self.random.choice(parts['tails'])}" if with_tail else ""
        return None if plain(place) in self.tables.words else place + tail

    def misspelt(self, name: str) -> str | None:
        """Return the name with two letters of a long word swapped; ``None`` if no word is long or the result
        is a word in the tables."""
        long = [word for word in name.split() if len(word) >= 6 and word.isalpha()]
        if not long:
            return None
        word = self.random.choice(long)
        at = self.random.randrange(1, len(word) - 2)
        typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return (
            name.replace(word, typed, 1) if typed != word and plain(typed) not in self.tables.words else None
        )

    def _values(self, field: str) -> set[str]:
        return {entry.attributes.get(field, "") for entry in self.tables.entries} - _NO_VALUES

    def _of_kind(self, what: str, field: str, value: str) -> Group:
        return Group(
            what, tuple(entry for entry in self.tables.entries if entry.attributes.get(field) == value)
        )

    def _common_word(self) -> str:
        """Return the last word of every name in the plural, e.g. "trusts", if they share one."""
        last = {plain(entry.name).split()[-1] for entry in self.tables.entries}
        return f"{last.pop()}s" if len(last) == 1 else _ANYTHING


def _spelt(place: str) -> str:
    """Return a place's name in lower case, with single spaces between words however they are joined."""
    return re.sub(r"[\W_]+", " ", plain(place))


def _bare(name: str) -> str:
    """Return a name as people may type it: in lower case, without a leading "The"."""
    return plain(name).removeprefix("the ")
