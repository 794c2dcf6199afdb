"""A place with the wider one that it lies in: "in Ripon, Harlow Dale" is Ripon."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("places", "homes"),
    [
        ("Ripon, Harlow Dale", 3),
        ("Ripon, North West", 3),
        ("Harlow Dale, North West", 5),
        ("Ripon, Thirsk", 6),
        ("Ripon or Harlow Dale", 5),
        ("Ripon, Thirsk and Eastmarch", 8),
    ],
)
def test_the_wider_place_behind_one_says_where_it_is(places: str, homes: int, county: Service) -> None:
    assert county.ask(f"How many care homes in {places}?").figures[0].value == homes


@pytest.mark.parametrize("places", ["Ripon, Overmoor", "Ripon in Overmoor", "Thirsk, North West"])
def test_what_lies_elsewhere_is_no_place_at_once(places: str, county: Service) -> None:
    answer = county.ask(f"Which care homes in {places} are good?")
    assert answer.status == "not_found"
    assert "at once" in answer.answer.text
