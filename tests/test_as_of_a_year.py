"""In tables without a history, "as of" the year of the newest rating means the ratings as they are."""

from __future__ import annotations

import pytest

from qa.service import Service


# The newest rating is of 3 February 2022; Wilfreda House is the one that is inadequate, rated in 2021.
@pytest.mark.parametrize(
    "question",
    [
        "How many care homes were inadequate as of 2022?",
        "How many care homes were inadequate as at 2022?",
        "As of 2022, how many care homes are inadequate?",
        "How many care homes were rated inadequate as of 2022?",
        "Which care homes were inadequate as of 2022?",
        "As at 2022, which care homes are rated inadequate?",
        "Was any care home inadequate as of 2022?",
    ],
)
def test_as_of_the_newest_year_is_as_it_stands(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert "as at 3 February 2022" in answer.understood.standalone
    assert "Wilfreda House" in answer.answer.text or "1 of 10" in answer.answer.text
    assert "s it stood on 3 February 2022" in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many care homes were rated inadequate in 2022?",
        "How many inadequate ratings of care homes were published in 2022?",
    ],
)
def test_what_was_published_in_a_year_stays_an_event(question: str, county: Service) -> None:
    assert "as at" not in county.ask(question).understood.standalone
