"""Words of a follow-up that stand for what the question before asked: "like that", "the two", "in each"."""

from __future__ import annotations

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (
            "Which care homes require improvement for well-led?",
            "is there any surgery like that?",
            "Yes. 1 of 3",
        ),
        ("Which care homes are inadequate?", "And is there a surgery like that?", "No. None of the 3"),
        (
            "How many care homes in Thirsk are inadequate?",
            "is any home in Ripon like that?",
            "No. None of the 3",
        ),
        ("Which surgeries are outstanding?", "Are any care homes in the same position?", "Yes. 2 of 10"),
        (
            "Which care homes are outstanding for caring?",
            "How many like that are in Malton?",
            "1 care home in",
        ),
    ],
)
def test_like_that_keeps_the_condition_before(before: str, asked: str, told: str, county: Service) -> None:
    for answer in (county.ask(asked, [before]), county.ask(f"{before} {asked}")):
        assert answer.status == "answered", answer.answer.text
        assert told in answer.answer.text


def test_like_that_with_nothing_before_is_not_told(county: Service) -> None:
    answer = county.ask("Are there any surgeries like that?")
    assert (answer.status, answer.understood.left_out) == ("not_found", ("like that",))
