"""Questions within a wish, in shorthand and with signs: nothing that was asked in them is dropped."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.service import Service

LEADS = (
    "I should like to know",
    "I should be most grateful to learn",
    "I'd be glad if you could tell me",
    "Would you be so good as to tell me",
    "Might you tell us",
    "I wanted to ask",
    "Could you let me know",
    "I wonder",
)


@pytest.mark.parametrize("lead", LEADS)
def test_both_questions_of_a_wish_are_answered(lead: str, county: Service) -> None:
    asked = f"{lead} how many care homes in Ripon are good, and which of them was rated most recently."
    first, second = county.ask(asked).parts
    assert first.text.startswith("2 care homes in Ripon")
    assert second.text.startswith("Kestrane Court")


@pytest.mark.parametrize("lead", LEADS)
def test_whether_is_answered_by_yes_or_no(lead: str, county: Service) -> None:
    assert verdict(county.ask(f"{lead} whether any care home in Ripon is outstanding")) is True
    first, second = county.ask(
        f"{lead} how many homes in Ripon are good, and whether any of those was rated in 2021."
    ).parts
    assert first.text.startswith("2 care homes in Ripon")
    assert second.text.startswith("Yes.")


@pytest.mark.parametrize("seam", ["n", "+", "&", "and"])
def test_shorthand_for_and_joins_two_questions(seam: str, county: Service) -> None:
    first, second = county.ask(f"how many homes in Ripon are good {seam} how many in Thirsk").parts
    assert first.text.startswith("2 care homes in Ripon")
    assert second.text.startswith("1 care home in Thirsk")


def test_shorthand_for_and_joins_names_and_kinds(county: Service) -> None:
    assert {fact.subject for fact in county.ask("how are Ashgrove n Yarrowby rated?").facts} == {
        "Ashgrove",
        "Yarrowby",
    }
    figures = county.ask("how many homes n surgeries are there?").figures
    assert {"care homes": 10, "GP practices": 3}.items() <= {one.label: one.value for one in figures}.items()


@pytest.mark.parametrize(
    "question",
    [
        "As a percentage, how many care homes are good?",
        "How many care homes are good, as a percentage?",
        "In percentage terms, how many care homes are good?",
        "As a share, how many care homes are good?",
    ],
)
def test_a_share_is_told_in_whatever_place_it_is_asked_for(question: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith("40%: 4 of 10")


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Care homes in Ripon: number, and of those how many are good?", "3 care homes", "2 care homes"),
        ("Good care homes: count, and how many of those are in Ripon?", "4 care homes", "2 care homes"),
        ("Of the homes in Ripon, how many are good and of those how many are good for safe?", "2", "1"),
    ],
)
def test_how_many_of_those_is_a_second_question(
    question: str, first: str, second: str, county: Service
) -> None:
    parts = county.ask(question).parts
    assert [part.text.startswith(begin) for part, begin in zip(parts, (first, second), strict=True)]


@pytest.mark.parametrize(
    ("question", "holds", "counted"),
    [
        ("Are most care homes whose rating is from 2021 good?", False, "2 of 4"),
        ("Is it true that most of the care homes whose rating dates from 2020 are good?", True, "2 of 3"),
        ("Are all homes whose provider is Tolland Homes good?", False, "1 of 3"),
    ],
)
def test_whose_says_which_ones_are_meant(question: str, holds: bool, counted: str, county: Service) -> None:
    answer = county.ask(question)
    assert verdict(answer) is holds
    assert counted in answer.answer.text


def test_whose_at_the_beginning_asks(county: Service) -> None:
    text = county.ask(
        "Of Larkmoor Care Ltd and Tolland Homes, whose care homes have the biggest share good?"
    ).answer.text
    assert text.startswith("Tolland Homes")


@pytest.mark.parametrize(
    ("said", "towns"),
    [
        ("3+ care homes", {"Ripon", "Thirsk"}),
        ("≥3 care homes", {"Ripon", "Thirsk"}),
        ("≥ 3 care homes", {"Ripon", "Thirsk"}),
        (">=3 care homes", {"Ripon", "Thirsk"}),
        (">2 care homes", {"Ripon", "Thirsk"}),
        ("<3 care homes", {"Selby", "Malton"}),
        ("<= 2 care homes", {"Selby", "Malton"}),
        ("3 care homes or more", {"Ripon", "Thirsk"}),
    ],
)
def test_signs_are_comparators(said: str, towns: set[str], county: Service) -> None:
    figures = county.ask(f"Which towns have {said}?").figures
    assert {figure.label for figure in figures} & {"Ripon", "Thirsk", "Selby", "Malton"} == towns


@pytest.mark.parametrize(
    "question",
    [
        "Rank Harlow Dale, Overmoor and Eastmarch by the number of good care homes.",
        "Harlow Dale, Overmoor and Eastmarch: rank them by number of good care homes.",
        "Order Harlow Dale, Overmoor and Eastmarch by how many good care homes they have",
        "Put Harlow Dale, Overmoor and Eastmarch in order of how many good care homes they have",
    ],
)
def test_named_places_are_ranked(question: str, county: Service) -> None:
    text = county.ask(question).answer.text
    assert "Harlow Dale 2, Eastmarch 1 and Overmoor 1" in text or "Harlow Dale 2" in text.split(":")[1]


def test_groups_of_the_others_stay_groups(county: Service) -> None:
    *_, asked = county.converse(
        ["How is Ashgrove rated?", "Which towns have other homes that require improvement?"]
    )
    assert "by town" in asked.answer.understood.standalone
    assert "requires improvement" in asked.answer.understood.standalone.lower()


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Did any trust go up by two grades or more?", "No. None of the 7"),
        ("Which trusts rose one grade or more?", "7 trusts"),
        ("Did any trust drop a grade or more?", "No. None of the 7"),
    ],
)
def test_or_more_behind_the_grades_bounds_them(question: str, begins: str, trusts: Service) -> None:
    assert trusts.ask(question).answer.text.startswith(begins)
