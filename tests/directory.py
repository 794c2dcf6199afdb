"""A directory of ratings as the regulator prints it, invented from a seed: names, kinds and slips like those
of a real one.
"""

from __future__ import annotations

import csv
import datetime
import functools
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location Type", "Location Primary Inspection Category"),
    *("Location Street Address", "Location Address Line 2", "Location City", "Location Post Code"),
    *("Location Local Authority", "Location Region", "Location ONSPD CCG Code", "Location ONSPD CCG"),
    *(
        "Location Commissioning CCG Code",
        "Location Commissioning CCG Name",
        "Service / Population Group",
        "Domain",
    ),
    *("Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)", "URL"),
    *("Provider ID", "Provider Name", "Brand ID", "Brand Name", "long", "lat"),
)
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
UNRATED = "Insufficient evidence to rate"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
Row = dict[str, str]

_ODDS = (9, 58, 23, 9)  # of each rating, best first
_FIRST, _LAST = datetime.date(2015, 1, 5), datetime.date(2021, 6, 30)
_MATERIAL = Path(__file__).parent / "data" / "directory.toml"


def write(folder: Path, name: str, rows: Iterable[Row]) -> Path:
    """Write ``rows`` as the file ``name`` of ``folder``."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def directory(seed: int = 20210731) -> list[Row]:
    """All rows: the key questions and the services of some 460 locations, and a few slips such as the real
    directory has.
    """
    random = Random(seed)
    locations = [*_shared(random), *_named(random)]
    rows = [row for number, location in enumerate(locations, 1) for row in _rated(location, number, random)]
    return _with_slips(rows, random)


def of_a_country(regions: int = 45) -> Iterator[Row]:
    """Some 20,000 locations in 150,000 rows, as many as England's directory has; most names are shared by
    several.
    """
    for number in range(regions):
        for row in directory(20210731 + number):
            yield row | {"Location ID": f"{number + 2}-{row['Location ID'].partition('-')[2]}"}


def a_year_later(rows: Iterable[Row], seed: int = 20220731) -> list[Row]:
    """The next directory: two locations in five inspected anew, some rows as they were, one location in
    twenty gone.
    """
    random = Random(seed)
    rows = list(rows)
    identifiers = list(dict.fromkeys(row["Location ID"] for row in rows))
    gone = set(random.sample(identifiers, len(identifiers) // 20))
    anew = {
        identifier: _LAST + datetime.timedelta(random.randrange(10, 360))
        for identifier in random.sample(identifiers, 2 * len(identifiers) // 5)
    }
    kept = [row for row in rows if row["Location ID"] not in gone]
    return [
        _anew(row, anew[row["Location ID"]], random) if row["Location ID"] in anew else dict(row)
        for row in kept
    ]


def _anew(row: Row, date: datetime.date, random: Random) -> Row:
    rated = row["Latest Rating"] in RATINGS
    return row | {
        "Latest Rating": _rating(random) if rated else row["Latest Rating"],
        "Publication Date": _day_first(date),
    }


# Locations --------------------------------------------------------------------------------------------------


@functools.cache
def _material() -> dict[str, Any]:
    return tomllib.loads(_MATERIAL.read_text(encoding="utf-8"))


@functools.cache
def _towns() -> dict[str, list[tuple[str, str]]]:
    """Every town → its council and region; where two councils share a town, both."""
    found: dict[str, list[tuple[str, str]]] = {}
    for region, councils in _material()["regions"].items():
        for council, towns in councils.items():
            for town in towns:
                found.setdefault(town, []).append((council, region))
    return found


def _shared(random: Random) -> Iterator[Row]:
    kinds = {kind["category"]: kind for kind in _material()["kinds"]}
    for row in _material()["shared"]:
        for town in row["towns"]:
            yield _location(row["name"], kinds[row["category"]], town, random)


def _named(random: Random) -> Iterator[Row]:
    """Locations of names of their own: no pattern and word come together twice."""
    taken = set[str]()
    for kind in _material()["kinds"]:
        for _ in range(kind["number"]):
            town = random.choice(list(_towns()))
            name = next(
                name for name in _names(kind["patterns"], town, random) if name.casefold() not in taken
            )
            taken.add(name.casefold())
            yield _location(name, kind, town, random)


def _names(patterns: list[str], town: str, random: Random) -> Iterator[str]:
    names = _material()["names"]
    while True:
        yield random.choice(patterns).format(
            word=random.choice(random.choice((names["everyday"], names["invented"]))),
            saint=random.choice(names["saints"]),
            surname=random.choice(names["surnames"]),
            number=random.randrange(2, 99),
            town=town,
        )


def _location(name: str, kind: dict[str, Any], town: str, random: Random) -> Row:
    council, region = random.choice(_towns()[town])
    own = kind["providers"] == "own"
    provider = (
        random.choice((name, f"{name} Limited", f"Dr {random.choice(_material()['names']['surnames'])}"))
        if own
        else None
    )
    provider = provider or random.choice(_material()["providers"][kind["providers"]])
    return {
        "Location Name": name,
        "Care Home?": kind["care_home"],
        "Location Type": kind["type"],
        "Location Primary Inspection Category": kind["category"],
        "Location Street Address": f"{random.randrange(1, 200)} {random.choice(_material()['names']['invented'])} Street",
        "Location City": town,
        "Location Post Code": _postcode(town, random),
        "Location Local Authority": council,
        "Location Region": region,
        "Provider Name": provider,
        "Provider ID": f"2-{sum(map(ord, provider)) * 977}",
        "Report Type": "Location",
        "Brand ID": "-",
        "Brand Name": "-",
    }


def _postcode(town: str, random: Random) -> str:
    return (
        f"{town[:2].upper()}{random.randrange(1, 40)} "
        f"{random.randrange(1, 10)}{random.choice('ABDEFG')}{random.choice('HJLNP')}"
    )


# Ratings ----------------------------------------------------------------------------------------------------


def _rated(location: Row, number: int, random: Random) -> Iterator[Row]:
    """The location's rows: the whole and its key questions, then its services, none, some or all rated."""
    kind = next(
        kind
        for kind in _material()["kinds"]
        if kind["category"] == location["Location Primary Inspection Category"]
    )
    identifier = f"1-{100_000_000 + number * 7919}"
    place = location | {"Location ID": identifier, "URL": f"https://directory.example/location/{identifier}"}
    overall = kind.get("rating") or (UNRATED if random.random() < 0.03 else _rating(random))
    date = _FIRST + datetime.timedelta(random.randrange((_LAST - _FIRST).days))
    inherited = "Y" if random.random() < 0.08 else "N"
    for aspect in ("Overall", *QUESTIONS):
        if aspect == "Overall" or random.random() > 0.03:  # a key question is missing now and then
            older = datetime.timedelta(
                0 if aspect == "Overall" or random.random() < 0.8 else random.randrange(30, 700)
            )
            rating = overall if aspect == "Overall" else _near(overall, random)
            yield place | _cells("Overall", aspect, rating, date - older, inherited)
    for service in kind.get("services", ()):
        if random.random() < 0.9:
            yield place | _cells(service, "Overall", _near(overall, random), date, inherited)


def _cells(service: str, aspect: str, rating: str, date: datetime.date, inherited: str) -> Row:
    return {
        "Service / Population Group": service,
        "Domain": aspect,
        "Latest Rating": rating,
        "Publication Date": _day_first(date),
        "Inherited Rating (Y/N)": inherited,
    }


def _rating(random: Random) -> str:
    return random.choices(RATINGS, _ODDS)[0]


def _near(rating: str, random: Random) -> str:
    if rating not in RATINGS:
        return rating
    return rating if random.random() < 0.6 else _rating(random)


def _day_first(date: datetime.date) -> str:
    return f"{date:%d/%m/%Y}"


# Slips ------------------------------------------------------------------------------------------------------


def _with_slips(rows: list[Row], random: Random) -> list[Row]:
    """Three older ratings of the whole beside the newest, two locations without one, one with two of the same
    day; a row twice.
    """
    wholes = [
        row
        for row in rows
        if row["Domain"] == "Overall" == row["Service / Population Group"] and row["Latest Rating"] in RATINGS
    ]
    old1, old2, old3, without1, without2, twofold, twice = random.sample(wholes, 7)
    rows = [row for row in rows if row is not without1 and row is not without2]
    rows += [row | {"Publication Date": "03/02/2014", "Inherited Rating (Y/N)": "Y"} for row in (old1, old2)]
    rows.append(old3 | {"Publication Date": "11/12/2014", "Latest Rating": _other(old3, random)})
    rows.append(twofold | {"Latest Rating": _other(twofold, random)})
    rows.append(dict(twice))
    return rows


def _other(row: Row, random: Random) -> str:
    return random.choice([rating for rating in RATINGS if rating != row["Latest Rating"]])
