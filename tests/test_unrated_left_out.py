"""Questions that leave out the places without a rating: a share of a rating is of those rated anyway, and only
they can be good; otherwise it is a condition."""

from __future__ import annotations

import pytest
from made_corpus import row, serve

from qa.service import Service

NOT_RATED = "Not Rated"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    ratings = ("Outstanding", "Good", "Good", "Requires improvement", NOT_RATED, NOT_RATED)
    rows = [
        row(number, f"House {number}", rating, "01/02/2020", town="Leeds" if number % 2 else "York")
        for number, rating in enumerate(ratings, 1)
    ]
    return serve(tmp_path_factory.mktemp("corpus"), rows)


@pytest.mark.parametrize(
    "question",
    [
        "What share of care homes is good, not counting those without a rating?",
        "What percentage of care homes are good, ignoring any that haven't got a rating?",
        "What share of care homes is good, leaving out unrated ones?",
        "What percentage of care homes are good (ignore the unrated)?",
        "Percentage of care homes that are good, disregarding those not yet rated",
        "Proportion of care homes rated good, setting aside any not rated",
        "What share of care homes is good if you leave out the unrated ones?",
        "Percent of care homes rated good, with unrated homes excluded",
        "What share of care homes is good, excluding any which lack a rating?",
        "What share of care homes is good, skipping those that have not got a rating?",
    ],
)
def test_a_share_of_a_rating_leaves_them_out_anyway(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert answer.understood.left_out == ()
    assert answer.answer.text.startswith("50%: 2 of 4 care homes with a rating were rated Good.")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("How many care homes are good, excluding unrated ones?", "2 care homes were rated Good"),
        ("How many care homes are there, ignoring unrated ones?", "4 care homes had a rating"),
        (
            "How many care homes other than good ones are there, leaving out unrated ones?",
            "2 care homes were",
        ),
        (
            "What share of care homes is in Leeds, ignoring unrated ones?",
            "50%: 2 of 4 care homes with a rating were in Leeds",
        ),
        ("What share of care homes is unrated?", "33.3%: 2 of 6 care homes had no rating"),
        ("What share of care homes is not unrated?", "66.7%: 4 of 6 care homes had a rating"),
        ("How many care homes are there, with good homes left out?", "4 care homes were not rated Good"),
        (
            "Which town has the highest share of good care homes, ignoring unrated homes?",
            "It is a tie",
        ),
    ],
)
def test_elsewhere_they_are_a_condition(service: Service, question: str, begins: str) -> None:
    assert service.ask(question).answer.text.startswith(begins)
