"""Postcode areas, districts and sectors; a district that letters divide ("SW1A") is one ("SW1")."""

from __future__ import annotations

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = ("Location Name", "Care Home?", "Location Post Code", "Latest Rating", "Publication Date")
NAMES = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse")
CODES = ("SW1A 1AA", "SW1V 3EB", "SW1V 4DX", "SW11 2AA", "SW7 1AA", "EC1V 2AB", "W1 1AA")


@pytest.fixture(scope="module")
def london(tmp_path_factory: pytest.TempPathFactory) -> Service:
    named = zip(NAMES, CODES, strict=True)
    rows = [[f"{name} House", "Y", code, "Good", "02/01/2019"] for name, code in named]
    return serve(tmp_path_factory.mktemp("london"), rows, HEADS)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("How many care homes are in SW1?", 3),
        ("How many care homes have an SW1 postcode?", 3),
        ("How many care homes are in SW1A?", 1),
        ("How many care homes are in SW1V?", 2),
        ("How many care homes are in SW1V 3?", 1),
        ("How many care homes are in SW11?", 1),
        ("How many care homes are in EC1?", 1),
        ("How many care homes are in W1?", 1),
        ("How many care homes are in SW1 or SW7?", 4),
        ("How many care homes are not in SW1?", 4),
        ("How many care homes have an SW postcode?", 5),
    ],
)
def test_a_district_holds_those_that_letters_divide(asked: str, number: int, london: Service) -> None:
    answer = london.ask(asked)
    assert answer.status == "answered"
    assert answer.figures[0].value == number


@pytest.mark.parametrize("area", ["SW2", "EC2", "SW1B"])
def test_a_district_without_places_is_not_known(area: str, london: Service) -> None:
    answer = london.ask(f"How many care homes are in {area}?")
    assert answer.status == "not_found"
    assert area in answer.answer.text
