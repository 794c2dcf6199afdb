"""What people call places, beside the names that tables give them."""

import csv
import gzip
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from qa.language.tokens import key
from qa.question.gazetteer import COUNCIL, REGION, TOWN, WiderPlace, council_key, gazetteer
from qa.question.query import Is, conjunction

DATA = tomllib.loads(files("qa.question").joinpath("gazetteer.toml").read_text(encoding="utf-8"))
ENGLAND = Path(__file__).parents[2] / "shared" / "data" / "ratings" / "england-2021.csv.gz"
TABLE = {
    REGION: ("North West", "West Midlands", "London"),
    COUNCIL: (
        "Bolton", "Wigan", "St. Helens", "Bristol, City of", "Kingston upon Hull, City of", "Newcastle upon Tyne", "Staffordshire",
        "Cumbria", "City of London", "Camden", "County Durham", "Richmond upon Thames",
    ),
    TOWN: ("Wigan", "Newcastle", "Hull", "Berkshire", "Merseyside"),
}  # fmt: skip


def values(field: str) -> Sequence[str]:
    return TABLE[field]


def find(name: str) -> WiderPlace | None:
    return gazetteer().find(key(name), values)


@pytest.mark.parametrize(
    ("name", "field", "found"),
    [
        ("Greater Manchester", COUNCIL, ("Bolton", "Wigan")),
        ("Merseyside", COUNCIL, ("St. Helens",)),  # the town of that name is a slip
        ("the North", REGION, ("North West",)),
        ("the Midlands", REGION, ("West Midlands",)),
        ("west mids", REGION, ("West Midlands",)),
        ("Greater London", REGION, ("London",)),
        ("inner London", COUNCIL, ("Camden", "City of London")),
        ("Avon", COUNCIL, ("Bristol, City of",)),
        ("East Yorkshire", COUNCIL, ("Kingston upon Hull, City of",)),
    ],
)
def test_a_wider_place_is_what_the_table_holds_of_it(name: str, field: str, found: tuple[str, ...]) -> None:
    place = find(name)
    assert place is not None
    assert (place.field, place.values, place.exact) == (field, found, True)
    assert place.condition == Is(field, found)


@pytest.mark.parametrize(
    "name",
    [
        "Cumbria",
        "Staffordshire",
        "London",
        "Hull",
        "Wigan",
        "Bristol",
        "Berkshire",
        "Norfolk",
        "the moon",
        "",
    ],
)
def test_other_names_are_left_to_the_table(name: str) -> None:
    assert find(name) is None


def test_what_is_lacking_is_told() -> None:
    place = find("the Midlands")
    assert place is not None
    assert place.lacking == ("East Midlands",)
    assert place.said == "the Midlands, read as the regions East Midlands and West Midlands"


def test_a_newer_council_is_only_offered_in_an_older_table() -> None:
    place = find("Cumberland")
    assert place is not None
    assert (place.values, place.exact) == (("Cumbria",), False)


def test_an_older_county_is_read_in_a_newer_table() -> None:
    councils = {COUNCIL: ("Cumberland", "Westmorland and Furness"), REGION: (), TOWN: ("Hull",)}
    place = gazetteer().find("cumbria", lambda field: councils[field])
    assert place is not None
    assert (place.values, place.exact) == (councils[COUNCIL], True)
    assert gazetteer().find("cumberland", lambda field: councils[field]) is None


def test_a_name_that_several_places_have_is_asked_back() -> None:
    assert [(place.said, place.condition) for place in gazetteer().shared("newcastle", values)] == [
        ("Newcastle upon Tyne", Is(COUNCIL, ("Newcastle upon Tyne",))),
        ("Newcastle-under-Lyme", conjunction(Is(TOWN, ("Newcastle",)), Is(COUNCIL, ("Staffordshire",)))),
    ]


@pytest.mark.parametrize("name", ["richmond", "whitchurch", "leeds"])
def test_a_name_of_which_one_place_is_held_is_not_asked_back(name: str) -> None:
    assert gazetteer().shared(name, values) == ()


def test_the_names_that_may_be_asked_back_are_these() -> None:
    assert [row["name"] for row in DATA["shared"]] == [
        "ashford", "burnham", "cheadle", "gillingham", "kingston", "newcastle", "newport", "rainham", "richmond", "st ives",
        "wellington", "whitchurch",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Bristol, City of", "bristol"),
        ("Herefordshire, County of", "herefordshire"),
        ("City of York", "york"),
        ("City of London", "city of london"),
        ("County Durham", "county durham"),
    ],
)
def test_councils_are_known_without_their_rank(name: str, folded: str) -> None:
    assert council_key(name) == folded


def test_every_name_is_said_of_one_place_and_parts_are_sorted() -> None:
    names = [key(name) for row in DATA["wider"] for name in row["names"]]
    assert len(names) == len(set(names))
    assert not set(names) & (set(DATA["also"]) | {row["name"] for row in DATA["shared"]})
    for row in DATA["wider"]:
        assert len({"councils", "regions"} & set(row)) == 1
        assert len(set(row.get("councils", row.get("regions")))) == len(
            row.get("councils", row.get("regions"))
        )
    for table in ("also", "short", "initials"):
        assert list(DATA[table]) == sorted(DATA[table])


# England ----------------------------------------------------------------------------------------------------

needs_england = pytest.mark.skipif(not ENGLAND.exists(), reason="the table of England is not here")


@cache
def england() -> dict[str, dict[str, str]]:
    """Every care home of England by its identifier, as rated overall."""
    with gzip.open(ENGLAND, "rt", encoding="utf-8-sig") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["Service / Population Group"] == row["Domain"] == "Overall"
        ]
    return {
        row["Location ID"]: row
        for row in sorted(rows, key=lambda row: row["Publication Date"].split("/")[::-1])
    }


@cache
def held() -> dict[str, tuple[str, ...]]:
    found = defaultdict[str, dict[str, None]](dict)
    for row in england().values():
        for field, column in ((REGION, "Region"), (COUNCIL, "Local Authority"), (TOWN, "City")):
            found[field][row[f"Location {column}"].strip()] = None
    return {field: tuple(values) for field, values in found.items()}


@needs_england
def test_every_part_is_a_council_or_region_of_england_or_newer() -> None:
    councils, regions = set(map(council_key, held()[COUNCIL])), set(map(key, held()[REGION]))
    listed = {name for row in DATA["wider"] for name in row.get("councils", ())}
    listed |= {
        name for row in DATA["shared"] for place in row["places"] for name in place.get("councils", ())
    }
    assert {name for name in listed if council_key(name) not in councils} == set(DATA["newer"])
    assert {
        name for row in DATA["wider"] for name in row.get("regions", ()) if key(name) not in regions
    } == set()
    assert set(DATA["also"].values()) <= regions


@needs_england
def test_every_shared_name_is_shared_in_england() -> None:
    for row in DATA["shared"]:
        assert len(gazetteer().shared(row["name"], held().__getitem__)) > 1, row["name"]


@needs_england
@pytest.mark.parametrize(
    ("name", "rating", "number"), [("greater manchester", "Outstanding", 18), ("the north", "Inadequate", 50)]
)
def test_care_homes_are_counted_in_wider_places(name: str, rating: str, number: int) -> None:
    place = gazetteer().find(name, held().__getitem__)
    assert place is not None
    column = "Location Region" if place.field == REGION else "Location Local Authority"
    homes = [row for row in england().values() if row["Care Home?"] == "Y" and row["Latest Rating"] == rating]
    assert sum(row[column] in place.values for row in homes) == number
