"""A directory of ratings counted with nothing but ``csv`` and plain Python: what the answers of ``qa`` are compared with.

Here is written, once more and without looking there, what ``qa`` does with a database: which rating of a location counts, what came
before it, and what a place or a kind of service stands for.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
    date: datetime.date
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
    ratings: Mapping[tuple[str, str], Rated]

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
        return all(location.columns[column] in values for column, values in self.values.items())

    def __and__(self, other: Scope) -> Scope:
        return Scope({**self.values, **other.values})


@dataclass(frozen=True)
class PlainTable:
    """All locations. Those of :meth:`within` hold a rating of the whole: others are in no count."""

    locations: tuple[Location, ...]

    def within(self, scope: Scope, key: tuple[str, str] = WHOLE, ratings: Collection[str] = ()) -> list[Location]:
        """The locations of ``scope`` that are rated for ``key``, and rated one of ``ratings`` where any are given."""
        return [
            location
            for location in self.locations
            if scope.holds(location) and key in location.ratings and (not ratings or location.ratings[key].rating in ratings)
        ]

    def values(self, column: str) -> list[str]:
        return sorted({location.columns[column] for location in self.locations} - {"", "-"})

    def place(self, typed: str) -> Scope | None:
        """What the name of a place stands for: a council area before a region before a town."""
        wanted = place_key(typed)
        for column in PLACES:
            values = [value for value in self.values(column) if place_key(value) == wanted]
            if values:
                return Scope({column: values})
        return None


def place_key(name: str) -> str:
    """``Bristol, City of`` → ``bristol``."""
    plain = name.casefold().replace("&", "and").replace("-", " ")
    plain = re.sub(r"^the |^(?:city|county) of |, (?:city|county) of$", "", plain)
    return " ".join(plain.split())


def name_key(name: str) -> str:
    """``The Laurels`` → ``laurels``: how near two names must be to be taken for one another."""
    return " ".join(re.sub(r"[^\w\s]", "", name.casefold()).removeprefix("the ").split())


def read_table(*paths: Path) -> PlainTable:
    """Read directories, given oldest first: a location's columns are those of the last."""
    columns: dict[str, dict[str, str]] = {}
    dated: dict[str, dict[tuple[str, str], dict[datetime.date, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for path in paths:
        for row in _rows(path):
            identifier = row["location_id"]
            columns[identifier] = {name: row[heading].strip() for name, heading in FIELDS.items()}
            date = datetime.datetime.strptime(row["publication_date"], "%d/%m/%Y").date()
            dated[identifier][row["service_population_group"], row["domain"]][date].add(row["latest_rating"])
    return PlainTable(tuple(Location(columns[identifier], dict(_counting(ratings))) for identifier, ratings in dated.items()))


def _rows(path: Path) -> Iterable[Mapping[str, str]]:
    opened = gzip.open(path, "rt", encoding="utf-8-sig", newline="") if path.suffix == ".gz" else path.open(encoding="utf-8-sig", newline="")
    with opened as file:
        reader = csv.reader(file)
        heads = [re.sub(r"\W+", "_", head).strip("_").lower() for head in next(reader)]
        yield from (dict(zip(heads, row, strict=True)) for row in reader)


def _counting(ratings: Mapping[tuple[str, str], Mapping[datetime.date, set[str]]]) -> Iterable[tuple[tuple[str, str], Rated]]:
    """The newest rating counts, unless two of that day contradict each other; the newest older one came before it."""
    for key, by_date in ratings.items():
        newest, *older = sorted(by_date, reverse=True)
        if len(by_date[newest]) == 1:
            [rating] = by_date[newest]
            yield key, Rated(rating, newest, min(by_date[older[0]]) if older else None)
