"""A directory of ratings counted with nothing but ``csv`` and plain Python: what the answers of ``qa`` are
compared with.

Here is written, once more and without looking there, what ``qa`` does with a database: which rating of a
location counts, what came before it, and what a place or a kind of service stands for.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

Key = tuple[str, str]  # service and aspect

SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")
WHOLE = ("Overall", "Overall")  # service and aspect
FIELDS = {
    "identifier": "location_id",
    "name": "location_name",
    "care_home": "care_home",
    "kind": "location_primary_inspection_category",
    "provider": "provider_name",
    "town": "location_city",
    "local_authority": "location_local_authority",
    "region": "location_region",
    "postcode": "location_post_code",
}
PLACES = ("local_authority", "region", "town")  # the order in which the name of a place is read


@dataclass(frozen=True)
class Rated:
    """What a location is rated for one service and aspect, since when, and what it was rated before."""

    rating: str
    date: datetime.date | None
    before: str | None = None

    @property
    def change(self) -> int | None:
        """1 for better, -1 for worse, 0 for the same; ``None`` where it can't be told."""
        if self.before not in SCALE or self.rating not in SCALE:
            return None
        step = SCALE.index(self.before) - SCALE.index(self.rating)
        return (step > 0) - (step < 0)


@dataclass(frozen=True)
class Location:
    """One location: its columns under the names of :data:`FIELDS`, and its ratings by service and aspect."""

    columns: Mapping[str, str]
    ratings: Mapping[Key, Rated]

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The columns without case: it tells no two places or providers apart."""
        return {name: value.casefold() for name, value in self.columns.items()}

    @property
    def identifier(self) -> str:
        return self.columns["identifier"]

    @property
    def name(self) -> str:
        return self.columns["name"]

    @property
    def overall(self) -> Rated:
        return self.ratings[WHOLE]


@dataclass(frozen=True)
class Scope:
    """Which locations: every column holds one of its values."""

    values: Mapping[str, Collection[str]] = field(default_factory=dict)

    def holds(self, location: Location) -> bool:
        return all(location.folded[column] in values for column, values in self.folded.items())

    @cached_property
    def folded(self) -> Mapping[str, Collection[str]]:
        """The values without case."""
        return {column: {value.casefold() for value in values} for column, values in self.values.items()}

    def __and__(self, other: Scope) -> Scope:
        return Scope({**self.values, **other.values})


@dataclass(frozen=True, eq=False)
class PlainTable:
    """All locations. Those of :meth:`within` hold a rating of the whole: others are in no count."""

    locations: tuple[Location, ...]

    def within(self, scope: Scope, key: Key = WHOLE, ratings: Collection[str] = ()) -> list[Location]:
        """The locations of ``scope`` that are rated for ``key``, and rated one of ``ratings`` where any are
        given.
        """
        return [
            location
            for location in self._in(scope)
            if key in location.ratings and (not ratings or location.ratings[key].rating in ratings)
        ]

    def _in(self, scope: Scope) -> Sequence[Location]:
        """The locations of ``scope``, in their order, found without a look at all 20,000 of a country."""
        columns = [
            set[int]().union(*(self._holding[column].get(value, ()) for value in values))
            for column, values in scope.folded.items()
        ]
        found = sorted(set.intersection(*columns)) if columns else range(len(self.locations))
        return [self.locations[number] for number in found]

    @cached_property
    def _holding(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """For each column and value the numbers of the locations that hold it."""
        found: dict[str, dict[str, list[int]]] = {column: {} for column in FIELDS}
        for number, location in enumerate(self.locations):
            for column, value in location.folded.items():
                found[column].setdefault(value, []).append(number)
        return found

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The services and aspects that any location is rated for."""
        return frozenset(key for location in self.locations for key in location.ratings)

    def groups(self, locations: Iterable[Location], column: str) -> dict[str, list[Location]]:
        """``locations`` by the values of ``column``, which are spelt as where the table has them first."""
        groups: dict[str, list[Location]] = {}
        for location in locations:
            if location.columns[column] not in ("", "-"):
                groups.setdefault(self._spellings[column][location.folded[column]], []).append(location)
        return groups

    def values(self, column: str) -> list[str]:
        return self._values[column]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {
            column: sorted(set(spellings.values()) - {"", "-"})
            for column, spellings in self._spellings.items()
        }

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        spellings: dict[str, dict[str, str]] = {column: {} for column in FIELDS}
        for location in self.locations:
            for column, value in location.columns.items():
                spellings[column].setdefault(location.folded[column], value)
        return spellings

    def place(self, typed: str) -> Scope | None:
        """What the name of a place stands for: a council area before a region before a town.

        A council is found without its "City of", but for a region of that name: London, not the City of
        London.
        """
        return self._places.get(place_key(typed))

    @cached_property
    def _places(self) -> dict[str, Scope]:
        found: dict[str, Scope] = {}
        for column, shorten in (
            ("local_authority", False),
            ("region", False),
            ("local_authority", True),
            ("town", False),
        ):
            for value in self.values(column):
                found.setdefault(
                    place_key(short_council(value) if shorten else value), Scope({column: (value,)})
                )
        return found


def place_key(name: str) -> str:
    """``the Redcar-on-Sea`` → ``redcar on sea``."""
    return " ".join(name.casefold().replace("&", "and").replace("-", " ").removeprefix("the ").split())


def short_council(name: str) -> str:
    """``Bristol, City of`` → ``Bristol``."""
    return re.sub(r"^(?:City|County) of |, (?:City|County) of$", "", name)


def name_key(name: str) -> str:
    """``The Laurels Ltd`` → ``laurels``: how near two names must be to be taken for one another."""
    plain = " ".join(re.sub(r"[^\w\s]", "", name.casefold()).split())
    return re.sub(r"^the | (?:limited|ltd|plc|llp|cic)$", "", plain)


def read_table(*paths: Path) -> PlainTable:
    """Read directories, given oldest first: a location's columns are those of the last."""
    columns: dict[str, dict[str, str]] = {}
    dated: dict[str, dict[Key, dict[datetime.date | None, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for path in paths:
        for row in _rows(path):
            identifier = row["location_id"]
            columns[identifier] = {name: " ".join(row[heading].split()) for name, heading in FIELDS.items()}
            day, month, year = map(int, (row["publication_date"] or "0/0/0").split("/"))
            date = datetime.date(year, month, day) if year else None
            dated[identifier][row["service_population_group"], row["domain"]][date].add(row["latest_rating"])
    return PlainTable(
        tuple(
            Location(columns[identifier], dict(_counting(ratings))) for identifier, ratings in dated.items()
        )
    )


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        heads = [re.sub(r"\W+", "_", head).strip("_").lower() for head in next(reader)]
        yield from (dict(zip(heads, row, strict=True)) for row in reader)


def _counting(ratings: Mapping[Key, Mapping[datetime.date | None, set[str]]]) -> Iterable[tuple[Key, Rated]]:
    """The newest rating counts, unless two of that day contradict each other; the newest older one came
    before it.
    """
    for key, by_date in ratings.items():
        newest, *older = sorted(by_date, key=lambda date: date or datetime.date.min, reverse=True)
        if len(by_date[newest]) == 1:
            [rating] = by_date[newest]
            yield key, Rated(rating, newest, min(by_date[older[0]]) if older else None)
