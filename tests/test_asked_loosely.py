"""Ways of asking that people take for granted: each is answered in full over the made county, or says plainly
what it did not use; a table for each way."""

from __future__ import annotations

import pytest

from qa.records import Answer
from qa.service import Service


def _ask(asked: str, county: Service) -> Answer:
    """The answer to the last of the questions that " >> " parts."""
    *before, last = asked.split(" >> ")
    return county.ask(last, before)


def _is_told(asked: str, told: str, county: Service) -> None:
    """Assert that every part of ``told`` that " … " parts is in the answer, and that every word is used."""
    answer = _ask(asked, county)
    assert answer.status == "answered", (asked, answer.answer.text)
    for part in told.split(" … "):
        assert part in answer.answer.text, asked
    assert answer.understood.left_out == (), asked


RANKED = "Which town has the most care homes?"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"{RANKED} And which comes second?", "Ripon and Thirsk (3 each) … Malton and Selby (2 each)"),
        ("Which town has the most care homes, and who's the runner-up?", "Malton and Selby (2 each)"),
        (
            "Who runs the most places, and who is second, and how many has each got?",
            "Larkmoor Care Ltd (4) … Tolland Homes (3) has the second most",
        ),
        (f"{RANKED} And the runners-up?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which come joint second?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> second place?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which towns are second equal?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which town has the second fewest?", "Ripon and Thirsk (3 each)"),
        ("How many care homes are there in each town? >> which is second?", "Malton and Selby (2 each)"),
        ("Which care home has the oldest rating, and which comes third?", "Dunmere Lodge"),
        ("Which provider runs the most places? >> and the third?", "Wrenfield Trust"),
    ],
)
def test_a_place_of_a_ranking_is_told_beside_it_and_after_it(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    "asked",
    ["How is Ashgrove rated? >> who's second?", f"{RANKED} >> who runs the second?"],
)
def test_a_place_of_no_ranking_is_not_told(asked: str, county: Service) -> None:
    assert "second" in " ".join(_ask(asked, county).understood.left_out)
