"""Several services asked of at once: none is left out, whatever is asked and however they are joined."""

from __future__ import annotations

from functools import cache

import pytest
from made_facts import fact, vocabulary_of
from small_directory import asked, every

from qa.question.query import And, Dates, Is, Or, Rated, Ratings
from qa.question.vocabulary import Vocabulary

NHS = "Acute hospital - NHS non-specialist"
SERVICES = ("Surgery", "Critical care", "Maternity")


@cache
def hospitals() -> Vocabulary:
    places = {"kind": NHS, "type": "NHS Healthcare Organisation"}
    rows = [fact("Larkmoor Hospital", "Good", "2020-05-01", service=one, **places) for one in SERVICES]
    rows += [fact(name, "Good", "2020-05-01", **places) for name in ("Larkmoor Hospital", "Elmside Hospital")]
    other = {"kind": "GP Practices", "type": "Primary Medical Services"}
    rows.append(fact("Thrushcombe Surgery", "Good", "2020-05-01", **other))
    return vocabulary_of(*rows)


@pytest.mark.parametrize("joined", ["and", "and for", "and also", "&"])
@pytest.mark.parametrize(("first", "second"), [("surgery", "critical care"), ("maternity", "surgery")])
@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("How is Larkmoor Hospital rated for {}?", Ratings),
        ("What did Larkmoor Hospital get for {}?", Ratings),
        ("When was Larkmoor Hospital rated for {}?", Dates),
    ],
)
def test_each_of_several_services_is_asked_of_somebody(
    text: str, measure: type[Ratings | Dates], first: str, second: str, joined: str
) -> None:
    reading = asked(text.format(f"{first} {joined} {second}"), vocabulary=hospitals())
    asked_of = [one.service.casefold() for query in reading.queries for one in every(measure, query.measure)]
    assert asked_of == [first, second]
    assert not reading.left_out


@pytest.mark.parametrize(("joined", "kind"), [("and", And), ("and for", And), ("or", Or), ("or for", Or)])
@pytest.mark.parametrize(
    "text",
    [
        "Which hospitals are good for {}?",
        "How many hospitals are good for {}?",
        "Is Larkmoor Hospital good for {}?",
        "What share of hospitals is good for {}?",
    ],
)
def test_a_condition_on_several_services_is_one_on_each(text: str, joined: str, kind: type[And | Or]) -> None:
    reading = asked(text.format(f"surgery {joined} maternity"), vocabulary=hospitals())
    assert [one.service for one in every(Rated, reading.queries)] == ["Surgery", "Maternity"]
    rated = [[part for part in one.parts if isinstance(part, Rated)] for one in every(kind, reading.queries)]
    assert 2 in map(len, rated)
    assert not reading.left_out
    assert not reading.blocked


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("Is Larkmoor Hospital good for maternity, and when was that rating published?", ["Maternity"]),
        (
            "Is Larkmoor Hospital inadequate for maternity and for surgery, and when were those ratings published?",
            ["Maternity", "Surgery"],
        ),
        ("What is Larkmoor Hospital rated for surgery, and when was that?", ["Surgery"]),
        ("Is Larkmoor Hospital good for surgery, and when was it last inspected?", ["Overall"]),
        ("Is Larkmoor Hospital good, and when was that published?", ["Overall"]),
    ],
)
def test_the_dates_of_those_ratings_are_of_the_services_before(text: str, services: list[str]) -> None:
    reading = asked(text, vocabulary=hospitals())
    dated = [one.service for query in reading.queries for one in every(Dates, query.measure)]
    assert dated == services


def test_a_surgery_beside_a_home_is_a_place() -> None:
    reading = asked("good hospitals and surgeries", vocabulary=hospitals())
    assert [one.service for one in every(Rated, reading.queries)] == ["Overall"] * len(reading.queries)


@pytest.mark.parametrize("name", ["Larkmoor", "Larkmoor Hospital"])
@pytest.mark.parametrize("service", ["maternity", "critical care"])  # "Larkmoor Surgery" would be a name
def test_a_service_behind_a_name_is_what_it_is_rated_for(name: str, service: str) -> None:
    reading = asked(f"{name} {service}", vocabulary=hospitals())
    assert [one.service.casefold() for one in every(Ratings, reading.queries)] == [service]
    assert reading.ambiguous is None
    assert not reading.unknown


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Which NHS hospitals are good?", []),
        ("Which NHS services are good?", ["NHS Healthcare Organisation"]),
        ("How many NHS GP practices are good?", []),
        ("Which NHS trusts run good hospitals?", ["NHS Healthcare Organisation"]),
    ],
)
def test_nhs_is_a_type_of_place_where_the_tables_tell_it(text: str, types: list[str]) -> None:
    reading = asked(text, vocabulary=hospitals())
    assert [
        value for one in every(Is, reading.queries) if one.field == "type" for value in one.values
    ] == types


def test_another_rating_asked_next_is_of_the_same_service() -> None:
    reading = asked(
        "How many hospitals are good for maternity? Which are outstanding?", vocabulary=hospitals()
    )
    assert [one.service for one in every(Rated, reading.queries)] == ["Maternity", "Maternity"]


def test_a_service_said_alone_takes_the_place_of_the_one_in_the_rating_before() -> None:
    reading = asked("which hospitals are good for maternity", "and critical care?", vocabulary=hospitals())
    (query,) = reading.queries
    assert [(one.ratings, one.service) for one in every(Rated, reading.queries)] == [
        (("Good",), "Critical care")
    ]
    assert query.measure == Ratings()


@cache
def family() -> Vocabulary:
    places = {"kind": NHS, "type": "NHS Healthcare Organisation"}
    told = ("Maternity", "Maternity and gynaecology", "Maternity (inpatient services)", "Surgery")
    return vocabulary_of(
        *(fact("Larkmoor Hospital", "Good", "2020-05-01", service=one, **places) for one in told)
    )


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Which hospitals are good for maternity?", 2),
        ("How many hospitals are good for maternity?", 2),
        ("What share of hospitals is good for maternity?", 2),
        ("Which hospitals are good for maternity but not for surgery?", 2),
        ("Which towns have most hospitals good for maternity?", 2),
        ("Are all hospitals good for maternity?", 2),
        ("Which hospitals are good for maternity and gynaecology?", 0),
        ("Which hospitals are good for surgery?", 0),
        ("Is Larkmoor Hospital good for maternity?", 0),
    ],
)
def test_services_of_the_same_family_are_named_if_they_are_not_counted(text: str, others: int) -> None:
    notes = " ".join(asked(text, vocabulary=family()).notes)
    assert notes.count("“Maternity ") == others
    assert ("rated apart" in notes) == bool(others)
