"""A key question rated above or below the overall rating that is told before it."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        (
            "Which care homes are good overall though safe came out lower?",
            {"Dunmere Lodge", "Yarrowby"},
            {"Pinfold"},
        ),
        ("Care homes that are good overall but caring is better", {"Pinfold Rest"}, {"Yarrowby"}),
        (
            "Which care homes are good overall although well-led was rated lower?",
            {"Dunmere Lodge"},
            {"Yarrowby"},
        ),
        (
            "Which care homes are outstanding overall, though well-led is worse?",
            {"Brackwater House"},
            {"Saltersgate"},
        ),
        (
            "Care homes that are good overall though safe came out lower: which are they, and how many are in Malton?",
            {"Dunmere Lodge", "Yarrowby", "1 care home in Malton"},
            {"Pinfold"},
        ),
    ],
)
def test_a_key_question_is_set_against_the_overall_rating(
    question: str, told: set[str], others: set[str], county: Service
) -> None:
    asked = county.ask(question)
    assert all(name in asked.answer.text for name in told)
    assert not any(name in asked.answer.text for name in others)
    assert not asked.understood.left_out


@pytest.mark.parametrize(
    "question",
    [
        "Is Pinfold Rest good overall or is safe worse?",
        "Which care homes are good overall and is safe worse in Malton?",
    ],
)
def test_what_goes_on_is_no_such_comparison(question: str, county: Service) -> None:
    assert county.ask(question).understood.left_out
