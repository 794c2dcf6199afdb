"""JSON: locations of the regulator's API with ratings now and before, and any other list of records by its
paths.
"""

from __future__ import annotations

import copy
import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from qa.passages import passages_of
from qa.reading import read
from qa.records import FileContents, RatingFact, Report

HOME: dict[str, Any] = {
    "locationId": "1-101",
    "providerId": "1-900",
    "name": "Elm House",
    "brandName": "BRAND Elms",
    "type": "Social Care Org",
    "careHome": "Y",
    "registrationStatus": "Registered",
    "registrationDate": "2011-01-20",
    "postalAddressLine1": "1 High Street",
    "postalAddressTownCity": "Leeds",
    "postalCode": "LS1 1AA",
    "localAuthority": "Leeds",
    "region": "Yorkshire and The Humber",
    "constituency": "Leeds Central",
    "onspdIcbName": "NHS West Yorkshire Integrated Care Board",
    "onspdLatitude": 53.8,
    "onspdLongitude": -1.55,
    "numberOfBeds": 32,
    "mainPhoneNumber": "0113 496 0000",
    "inspectionCategories": [
        {"code": "S1", "name": "Residential social care", "primary": "true"},
        {"code": "S2", "name": "Other"},
    ],
    "gacServiceTypes": [{"name": "Residential homes", "description": "Care home service without nursing"}],
    "specialisms": [{"name": "Dementia"}, {"name": "Physical disabilities"}],
    "regulatedActivities": [
        {"name": "Personal care", "contacts": [{"personGivenName": "Ada", "personFamilyName": "Manager"}]}
    ],
    "relationships": [
        {"type": "HSCA Predecessor", "relatedLocationId": "1-50", "relatedLocationName": "The Elms"}
    ],
    "currentRatings": {
        "reportDate": "2022-11-17",
        "overall": {
            "rating": "Good",
            "reportDate": "2022-11-17",
            "keyQuestionRatings": [
                {"name": "Safe", "rating": "Requires improvement", "reportDate": "2022-11-17"},
                {"name": "Caring", "rating": "Good", "reportDate": "2018-07-10"},
            ],
        },
        "serviceRatings": [
            {"name": "Surgery", "rating": "Outstanding", "reportDate": "2022-11-17", "keyQuestionRatings": []}
        ],
    },
    "historicRatings": [
        {
            "reportDate": "2016-07-13",
            "overall": {
                "rating": "Inadequate",
                "keyQuestionRatings": [{"name": "Safe", "rating": "Inadequate"}],
            },
            "serviceRatings": [{"name": "old", "rating": "Good"}],
        }
    ],
}
ASSESSED: dict[str, Any] = {
    "locationId": "1-102",
    "name": "Oak Lodge",
    "numberOfBeds": 0,
    "assessment": [
        {
            "assessmentPlanPublishedDateTime": "2024-05-01 09:30:00",
            "ratings": {
                "overall": [],
                "asgRatings": [
                    {
                        "name": "Care homes",
                        "rating": "Requires Improvement",
                        "commentary": "<p>People told us that they felt safe &amp; well.</p>",
                        "keyQuestionRatings": [
                            {
                                "name": "Safe",
                                "rating": "Good",
                                "topicareas": [
                                    {
                                        "name": "Safeguarding",
                                        "evidenceCategory": [
                                            {
                                                "commentary": (
                                                    "Staff knew how to report concerns.\n\nThey did so in "
                                                    "time."
                                                )
                                            }
                                        ],
                                    }
                                ],
                            }
                        ],
                    }
                ],
            },
        }
    ],
}
CLOSED = {
    "locationId": "1-103",
    "name": "Ash Court",
    "registrationStatus": "Deregistered",
    "deregistrationDate": "2019-03-01",
}


def read_json(
    folder: Path, value: Any, name: str = "elm.json", sidecar: str = ""
) -> tuple[FileContents, list[RatingFact], Report]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (folder / name).write_bytes(data)
    if sidecar:
        (folder / f"{name}.toml").write_text(sidecar, encoding="utf-8")
    report = Report()
    contents = read(folder / name, name, report)
    return contents, list(contents.facts), report


def told(facts: list[RatingFact]) -> list[tuple[str, str | None, str, str | None, str | None]]:
    return [
        (
            fact.subject,
            fact.service,
            fact.aspect,
            fact.rating,
            fact.published.isoformat() if fact.published else None,
        )
        for fact in facts
    ]


def test_a_location_gives_its_ratings_now_and_before_each_with_its_date(tmp_path: Path) -> None:
    _, facts, report = read_json(tmp_path, HOME)
    assert told(facts) == [
        ("Elm House", None, "Overall", "Good", "2022-11-17"),
        ("Elm House", None, "Safe", "Requires improvement", "2022-11-17"),
        ("Elm House", None, "Caring", "Good", "2018-07-10"),
        ("Elm House", "Surgery", "Overall", "Outstanding", "2022-11-17"),
        ("Elm House", None, "Overall", "Inadequate", "2016-07-13"),
        ("Elm House", None, "Safe", "Inadequate", "2016-07-13"),
        ("Elm House", "Older people", "Overall", "Good", "2016-07-13"),
    ]
    assert len({fact.id for fact in facts}) == len(facts)
    assert {fact.source.url for fact in facts} == {"https://www.cqc.org.uk/location/1-101"}
    assert (report.problems, report.rows) == ([], {"elm.json": 1})


def test_a_location_gives_its_attributes_but_no_names_of_people_and_no_telephone_numbers(
    tmp_path: Path,
) -> None:
    _, facts, _ = read_json(tmp_path, HOME)
    assert facts[0].attributes == {
        "identifier": "1-101",
        "kind": "Residential social care",
        "type": "Social Care Org",
        "care_home": "Y",
        "provider_identifier": "1-900",
        "brand": "BRAND Elms",
        "street": "1 High Street",
        "town": "Leeds",
        "postcode": "LS1 1AA",
        "local_authority": "Leeds",
        "region": "Yorkshire and The Humber",
        "status": "Registered",
        "opened": "2011-01-20",
        "predecessor": "The Elms",
        "Constituency": "Leeds Central",
        "ICB": "NHS West Yorkshire Integrated Care Board",
        "Beds": "32",
        "Latitude": "53.8",
        "Longitude": "-1.55",
        "Service types": "Residential homes",
        "Specialisms": "Dementia; Physical disabilities",
        "Regulated activities": "Personal care",
    }


def test_an_assessment_of_one_service_is_the_rating_of_the_place_and_its_commentary_is_quoted(
    tmp_path: Path,
) -> None:
    contents, facts, _ = read_json(tmp_path, ASSESSED)
    assert told(facts) == [
        ("Oak Lodge", None, "Overall", "Requires Improvement", "2024-05-01"),
        ("Oak Lodge", None, "Safe", "Good", "2024-05-01"),
    ]
    (document,) = contents.documents
    assert (document.path, document.title, document.published) == (
        "elm.json",
        "Oak Lodge",
        datetime.date(2024, 5, 1),
    )
    assert (document.publisher, document.url) == (
        "Care Quality Commission",
        "https://www.cqc.org.uk/location/1-102",
    )
    assert [(passage.headings, passage.text) for passage in passages_of(document)] == [
        (("Care homes",), "People told us that they felt safe & well."),
        (
            ("Care homes", "Safe", "Safeguarding"),
            "Staff knew how to report concerns.\n\nThey did so in time.",
        ),
    ]


def test_an_assessment_of_several_services_rates_each(tmp_path: Path) -> None:
    place = copy.deepcopy(ASSESSED)
    ratings = place["assessment"][0]["ratings"]
    ratings["asgRatings"].append({"name": "Homecare", "rating": "Good"})
    _, facts, _ = read_json(tmp_path, place)
    assert [(fact.service, fact.aspect) for fact in facts] == [
        ("Care homes", "Overall"),
        ("Care homes", "Safe"),
        ("Homecare", "Overall"),
    ]
    ratings["overall"] = [{"rating": "Good"}]
    _, facts, _ = read_json(tmp_path, place)
    assert (facts[0].service, facts[0].rating, facts[1].service) == (None, "Good", "Care homes")


def test_a_place_that_is_not_rated_is_known_with_what_became_of_it(tmp_path: Path) -> None:
    _, facts, report = read_json(tmp_path, CLOSED)
    assert told(facts) == [("Ash Court", None, "Overall", None, None)]
    assert (facts[0].attributes["status"], facts[0].attributes["closed"]) == ("Deregistered", "2019-03-01")
    assert "no rating is given" in str(report.problems[0])


@pytest.mark.parametrize("wrapped", [lambda places: places, lambda places: {"total": 3, "locations": places}])
def test_a_list_of_locations_is_read_whole(tmp_path: Path, wrapped: Any) -> None:
    contents, facts, _ = read_json(tmp_path, wrapped([HOME, ASSESSED, CLOSED]), "all-homes.json")
    assert [document.path for document in contents.documents] == ["all-homes.json/1-102"]
    assert {fact.subject: (fact.source.row, fact.source.title) for fact in facts} == {
        "Elm House": (1, "All homes"),
        "Oak Lodge": (2, "All homes"),
        "Ash Court": (3, "All homes"),
    }


def test_a_location_to_a_line_is_read_and_a_broken_line_is_told(tmp_path: Path) -> None:
    lines = [json.dumps(HOME), "", json.dumps(ASSESSED)[:-1], json.dumps({"other": 1}), json.dumps(ASSESSED)]
    contents, facts, report = read_json(tmp_path, "\n".join(lines).encode(), "homes.ndjson")
    assert {(fact.subject, fact.source.row) for fact in facts} == {("Elm House", 1), ("Oak Lodge", 5)}
    assert len(contents.documents) == 1
    assert [(problem.line, problem.message.partition(":")[0]) for problem in report.errors] == [
        (3, "line 3"),
        (4, "line 4"),
    ]


def test_a_list_of_names_is_told_with_how_to_get_the_places(tmp_path: Path) -> None:
    names = {"locations": [{"locationId": "1-101", "locationName": "Elm House", "postalCode": "LS1 1AA"}]}
    contents, facts, report = read_json(tmp_path, names)
    assert (contents.documents, facts) == ((), [])
    assert "only names places" in str(report.errors[0])


@pytest.mark.parametrize(
    ("given", "rating", "message"),
    [
        ("Splendid", None, "not on the rating scale"),
        ("No published rating", "No published rating", ""),
        ("good", "good", ""),
    ],
)
def test_a_word_that_is_not_on_the_scale_is_told(
    tmp_path: Path, given: str, rating: str | None, message: str
) -> None:
    place = {**CLOSED, "currentRatings": {"overall": {"rating": given, "reportDate": "2018-03-15"}}}
    _, facts, report = read_json(tmp_path, place)
    assert facts[0].rating == rating
    assert message in " ".join(map(str, report.problems))


@pytest.mark.parametrize(
    ("path", "name", "other", "message"),
    [
        ((), "currentRatings", "currentRatinks", "names that nothing is read from, but for a letter: “currentRatinks (for currentRat"),
        (("currentRatings", "overall"), "rating", "riting", "names that nothing is read from, but for a letter: “riting (for rating)”."),
        (("currentRatings",), "serviceRatings", "ServiceRatings", "names that nothing is read from, but for a letter: “ServiceRatings"),
        (("historicRatings", 0), "reportDate", "Date", "a rating without the date of its report."),
    ],
)  # fmt: skip
def test_a_name_that_was_damaged_is_told(
    tmp_path: Path, path: tuple[Any, ...], name: str, other: str, message: str
) -> None:
    place = copy.deepcopy(HOME)
    holder = place
    for step in path:
        holder = holder[step]
    holder[other] = holder.pop(name)
    (problem,) = read_json(tmp_path, place)[2].problems
    assert problem.message.startswith(f"record 1: {message}")


def test_names_that_are_like_none_that_is_read_are_passed_over(tmp_path: Path) -> None:
    others = {
        "locationIds": [],
        "odsCode": "A",
        "onspdIcbCode": "B",
        "uprn": "1",
        "lastReport": {"publicationDate": "2022-11-17"},
        "newName": 1,
    }
    assert read_json(tmp_path, HOME | others)[2].problems == []


def test_a_date_in_the_future_is_told(tmp_path: Path) -> None:
    place = copy.deepcopy(HOME)
    place["historicRatings"][0]["reportDate"] = "2099-07-13"
    (problem,) = read_json(tmp_path, place)[2].problems
    assert problem.message == "record 1: a date in the future: “2099-07-13”."


def test_values_of_a_wrong_type_are_passed_over(tmp_path: Path) -> None:
    values: list[Any] = [None, 7, "x", [], {}, [[]], [None], {"overall": 3}]
    for key in sorted(HOME.keys() - {"locationId", "name"}):
        for wrong in values:
            _, facts, _ = read_json(tmp_path, {**HOME, key: wrong})
            assert facts


# Other records ----------------------------------------------------------------------------------------------

SCHOOLS = {
    "meta": {"count": 2},
    "data": [
        {
            "school": {"name": "Hill School", "lea": "Leeds"},
            "inspections": [{"date": "2024-09-10", "grade": 1}],
            "tags": ["a", "b"],
        },
        {
            "school": {"name": "Dale School", "lea": "York"},
            "inspections": [{"date": "2024-10-08", "grade": 3}],
        },
    ],
}
DESCRIBED = """
title = "School inspections"
[columns]
subject = "school.name"
local_authority = "school.lea"
rating = "inspections.1.grade"
published = "inspections.1.date"
[scale]
ratings = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
synonyms = { "1" = "Outstanding", "2" = "Good", "3" = "Requires improvement", "4" = "Inadequate" }
"""


@pytest.mark.parametrize(
    ("value", "more"),
    [(SCHOOLS, ""), (SCHOOLS["data"], ""), ({"a": [1], "b": {"c": SCHOOLS["data"]}}, 'rows = "b.c"\n')],
)
def test_any_list_of_records_is_a_table_whose_columns_are_paths(
    tmp_path: Path, value: Any, more: str
) -> None:
    _, facts, report = read_json(tmp_path, value, "schools.json", more + DESCRIBED)
    assert told(facts) == [
        ("Hill School", None, "Overall", "Outstanding", "2024-09-10"),
        ("Dale School", None, "Overall", "Requires improvement", "2024-10-08"),
    ]
    assert facts[0].attributes == {"local_authority": "Leeds", "tags": "a; b", "rating_as_printed": "1"}
    assert [fact.source.row for fact in facts] == [1, 2]
    assert report.errors == []


def test_records_one_a_line_are_a_table_too(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps(record).encode() for record in SCHOOLS["data"])
    _, facts, _ = read_json(tmp_path, lines, "schools.ndjson", DESCRIBED)
    assert [fact.subject for fact in facts] == ["Hill School", "Dale School"]


@pytest.mark.parametrize(
    ("value", "sidecar", "message"),
    [
        (b'{"a": [', "", "not JSON"),
        ({"a": 1}, "", "no list of records"),
        ({"a": [{"b": 1}], "c": [{"b": 1}]}, "", "several lists of records"),
        ([{"a": 1}], 'rows = "b"', "There is no list “b”"),
        ([{"name": "Elm House", "beds": 3}], "", "no column of ratings"),
        ([{f"c{n}": n for n in range(600)}], "", "600 values"),
        (b"[" * 5000 + b"]" * 5000, "", "not JSON"),
    ],
)
def test_what_can_not_be_read_is_told(tmp_path: Path, value: Any, sidecar: str, message: str) -> None:
    contents, facts, report = read_json(tmp_path, value, sidecar=sidecar)
    assert (contents.documents, facts) == ((), [])
    assert message in str(report.errors[0])
