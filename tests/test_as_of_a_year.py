"""In tables without a history, "as of" the year of the newest rating means the ratings as they are, and "as at"
an earlier day those of them that were published by then."""

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


# By the end of 2020 five of the ten care homes had the rating that they still have; two of them are good.
@pytest.mark.parametrize("when", ["at the end of 2020", "as at 31 December 2020", "as of the end of 2020"])
@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many care homes were good {when}?", 2),
        ("How many care homes were rated {when}?", 5),
        ("{when} how many care homes were outstanding?", 2),
        ("How many care homes were rated good {when}?", 2),
    ],
)
def test_an_earlier_day_leaves_out_what_was_published_later(
    question: str, when: str, count: int, county: Service
) -> None:
    answer = county.ask(question.format(when=when))
    assert answer.figures[0].value == count
    assert "up to 31 December 2020" in answer.answer.text
    assert "only the newest rating of each" in answer.answer.text


@pytest.mark.parametrize("when", ["by 2020", "before 2021", "by the end of 2020", "as at the close of 2020"])
@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many care homes had been rated good {when}?", 2),
        ("How many care homes had been rated {when}?", 5),
    ],
)
def test_had_been_by_then_is_no_earlier_rating(question: str, when: str, count: int, county: Service) -> None:
    assert county.ask(question.format(when=when)).figures[0].value == count
