"""Sides put together, a column of each, of all groups, and the same for another place."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.service import Service


@pytest.mark.parametrize("together", ["put together", "combined", "taken together", "together"])
def test_sides_put_together_are_one(together: str, county: Service) -> None:
    answer = county.ask(
        f"Does Harlow Dale have more inadequate care homes than Overmoor and Eastmarch {together}?"
    )
    assert verdict(answer) is False
    assert "Overmoor or Eastmarch 1 and Harlow Dale 0" in answer.answer.text
    answer = county.ask(f"Does Ripon have more good homes than Selby and Malton {together}?")
    assert verdict(answer) is True
    assert "Ripon 2 and Selby or Malton 1" in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which care homes in Ripon are good, and which council is each in?",
        "Which care homes in Ripon are good? Give the council of each.",
        "Which care homes in Ripon are good, and say which council each is in",
    ],
)
def test_a_column_of_each_is_told(question: str, county: Service) -> None:
    text = county.ask(question).answer.text
    assert "Dunmere Lodge (Harlow Dale) and Kestrane Court (Harlow Dale)" in text


@pytest.mark.parametrize(
    "of_all", ["Of all towns,", "Of all the towns,", "Out of all towns,", "Among all towns,"]
)
def test_of_all_groups_is_no_condition(of_all: str, county: Service) -> None:
    answer = county.ask(f"{of_all} which has the most good care homes?")
    assert answer.answer.text.startswith("Ripon (2) has the most")


def test_a_share_and_the_same_for_another_place_are_two(county: Service) -> None:
    *_, asked = county.converse(
        ["How many good care homes are there in Ripon?", "As a percentage, please, and the same for Thirsk."]
    )
    first, second = asked.answer.parts
    assert first.text.startswith("66.7%: 2 of 3")
    assert second.text.startswith("33.3%: 1 of 3")


@pytest.mark.parametrize(
    "question",
    [
        "Which towns with at least 3 care homes have the most that are good for well-led?",
        "Of towns with at least 3 care homes, which has the most good ones?",
        "Which town with 3 or more care homes has the fewest inadequate ones?",
    ],
)
def test_a_bound_on_all_is_not_put_on_those_counted(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status != "answered"
    assert "3" in " ".join(answer.understood.left_out)


def test_a_bound_on_what_is_counted_stays(county: Service) -> None:
    figures = county.ask("Which towns have at least 2 care homes that are good?").figures
    assert "Ripon" in {figure.label for figure in figures}


@pytest.mark.parametrize(
    "question",
    [
        "What percentage in Ripon?",
        "What share are care homes?",
        "How are homes in Ripon rated, as percentages?",
    ],
)
def test_a_share_of_all_is_asked_back(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status != "answered"
    assert "100%" not in answer.answer.text
