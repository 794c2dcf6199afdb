"""Figures for each of several that are named, and what does not have all that was asked."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    "question",
    [
        "Harlow Dale and Overmoor: how many care homes has each?",
        "Harlow Dale and Overmoor: how many care homes in each?",
        "How many care homes in Harlow Dale and Overmoor each?",
        "Mum's choosing between Harlow Dale and Overmoor: how many care homes has each?",
    ],
)
def test_each_place_that_is_named_has_its_figure(question: str, county: Service) -> None:
    figures = {figure.label: figure.value for figure in county.ask(question).figures}
    assert (figures["Harlow Dale"], figures["Overmoor"]) == (5, 3)


@pytest.mark.parametrize(
    ("question", "shares"),
    [
        ("Care homes: percentages good, requires improvement, inadequate", [40, 30, 10]),
        ("What share of care homes is good and inadequate?", [40, 10]),
        ("What percentages of care homes are outstanding and good?", [20, 40]),
        ("What percentage of care homes is outstanding and good?", [60]),
        ("What percentages of care homes are inadequate or require improvement?", [40]),
    ],
)
def test_ratings_that_nobody_adds_up_have_a_share_each(
    question: str, shares: list[int], county: Service
) -> None:
    figures = county.ask(question).figures
    assert [figure.value for figure in figures if figure.unit == "percent"] == shares


def test_the_rest_lacks_one_of_what_was_asked(county: Service, trusts: Service) -> None:
    _, rest = county.converse(["Which care homes are good for safe and for caring?", "How many aren't?"])
    assert rest.answer.answer.text.startswith("8 care homes were not at once rated Good for Safe and Caring")
    text = trusts.ask("How many went up from requires improvement to good, and which one didn't?").answer.text
    assert "Calderstones Partnership NHS Foundation Trust was rated Outstanding, up from Good before" in text


def test_another_rating_is_compared_after_a_count(county: Service) -> None:
    *_, last = county.converse(
        [
            "How many care homes in Harlow Dale are good?",
            "What about Overmoor? And compare how many require improvement in the two.",
        ]
    )
    figures = {figure.label: figure.value for figure in last.answer.figures}
    assert (figures["Harlow Dale"], figures["Overmoor"]) == (2, 1)


@pytest.mark.parametrize(
    "question", ["what was Selby's care home safe rating", "what is Selby's care home rating"]
)
def test_a_rating_that_is_asked_for_is_no_condition(question: str, county: Service) -> None:
    assert "2 care homes" in county.ask(question).answer.text


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        (
            "Which care homes in Ripon are good?",
            "What about the others?",
            "1 care home in Ripon (postal town) was not",
        ),
        ("Which care homes in Ripon are good?", "how are the others rated?", "Brackwater House (Outstanding"),
        ("Is Dunmere Lodge good?", "what about others?", "places other than Dunmere Lodge"),
    ],
)
def test_the_others_are_those_that_were_not_told(
    before: str, question: str, told: str, county: Service
) -> None:
    *_, last = county.converse([before, question])
    assert told in last.answer.answer.text
