"""A place beside the average or the whole: its share is compared, as a part has always fewer."""

from __future__ import annotations

import pytest

from qa.service import Service

SELBY, ALL = "Selby 0% (0 of 2)", "all care homes 40% (4 of 10)"


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("Is {} above average for good care homes?", "No"),
        ("Is {} below average for good care homes?", "Yes"),
        ("Is {} above the average for good care homes?", "No"),
        ("Is {} below the national average for good care homes?", "Yes"),
        ("Does {} have a better than average share of good care homes?", "No"),
        ("Is the share of good care homes in {} higher than the overall average?", "No"),
        ("Is {} lower than the average for good care homes?", "Yes"),
    ],
)
def test_a_place_is_compared_with_the_average_by_its_share(asked: str, verdict: str, county: Service) -> None:
    answer = county.ask(asked.format("Selby"))
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert answer.answer.text.startswith(f"{verdict}. ")
    assert SELBY in answer.answer.text
    assert ALL in answer.answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "Are care homes in Ripon better than average?",
        "Do care homes in Ripon do better than average?",
        "Is Ripon above average for care homes?",
    ],
)
def test_without_a_rating_good_and_better_are_compared(asked: str, county: Service) -> None:
    text = county.ask(asked).answer.text
    assert "Ripon 100% (3 of 3)" in text
    assert "all care homes 60% (6 of 10)" in text


@pytest.mark.parametrize("asked", ["Which homes are above average?", "Is Saltersgate better than average?"])
def test_what_has_no_share_is_not_told(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.status == "not_found"
    assert any("average" in words for words in answer.understood.left_out)
