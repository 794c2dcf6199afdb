"""“All but two are good”: how many are left out is counted, and the verdict is that of brute force."""

from __future__ import annotations

import pytest
from county import HOME, PLACES
from made_corpus import verdict

from qa.service import Service

NUMBERS = "one two three four five six seven eight nine".split()
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
HOMES = [place for place in PLACES if place[1] == HOME]
SAID = (
    "All but {number} of the care homes are rated {rating}, right?",
    "Are all but {number} of the care homes rated {rating}?",
    "Are all the care homes except {number} rated {rating}?",
    "Is it true that all care homes but {number} are rated {rating}?",
    "Are all care homes rated {rating} except {number}?",
    "Is every care home bar {number} rated {rating}?",
)


@pytest.mark.parametrize("rating", RATINGS)
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("said", SAID)
def test_the_verdict_is_that_of_counting_those_left_out(
    said: str, number: str, rating: str, county: Service
) -> None:
    others = sum(place[8] != rating for place in HOMES)
    answer = county.ask(said.format(number=number, rating=rating))
    assert verdict(answer) is (others == 1 + NUMBERS.index(number))
    assert f"{others} of 10" in answer.answer.text


@pytest.mark.parametrize(
    ("question", "holds", "counted"),
    [
        ("Are all but one of the homes in Ripon good?", True, "1 of 3"),
        ("Are all but two of the homes in Ripon good?", False, "1 of 3"),
        ("Are all the homes in Ripon bar one good for safe?", True, "1 of 3"),
        ("Are all but one of the surgeries good or outstanding?", True, "1 of 3"),
        ("Are all but one of the homes in Thirsk not good?", True, "1 of 3"),
        ("are all homes but one in Malton outstanding?", True, "1 of 2"),
    ],
)
def test_it_is_counted_within_what_is_asked_about(
    question: str, holds: bool, counted: str, county: Service
) -> None:
    answer = county.ask(question)
    assert verdict(answer) is holds
    assert counted in answer.answer.text


def test_groups_that_have_all_but_one_are_told(county: Service) -> None:
    answer = county.ask("Which towns have all but one of their care homes rated good?")
    assert [figure.label for figure in answer.figures if figure.unit == "count"][1:] == ["Malton", "Ripon"]


def test_what_is_left_out_of_no_rating_is_asked_back(county: Service) -> None:
    assert county.ask("Are all but two of the care homes in Ripon?").status != "answered"


def test_a_name_left_out_is_no_number(county: Service) -> None:
    answer = county.ask("Are all homes in Ripon but Brackwater House good?")
    assert verdict(answer) is True
    assert "other than Brackwater House" in answer.answer.text
