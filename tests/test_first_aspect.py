"""The key question that came first in a ranking, as "it" in the next question."""

import pytest

from qa.service import Service

MOST = "Which key question has the most inadequate ratings among care homes"


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        # of ten care homes two are inadequate for Well-led, one for Safe
        ([f"{MOST}, and how many are outstanding on it?"], "1 care home was rated Outstanding for Well-led"),
        (
            [f"{MOST}?", "Which homes in Thirsk are inadequate for it?"],
            "Inadequate for Well-led: Wilfreda House",
        ),
        ([f"{MOST}?", "How many surgeries are good for that one?"], "Good for Well-led: Thrushcombe"),
        ([f"{MOST}?", "And what is Olwen Manor rated for it?"], "Inadequate for Well-led"),
        (
            ["Which key question are care homes best at?", "How many are below good for it?"],
            "1 care home was rated Requires improvement or Inadequate for Caring",
        ),
    ],
)
def test_it_is_the_key_question_that_came_first(questions: list[str], told: str, county: Service) -> None:
    *_, last = county.converse(questions)
    assert told in last.answer.answer.text


def test_of_two_that_came_first_none_is_meant(county: Service) -> None:
    *_, last = county.converse(  # five care homes are below good for Safe, and five for Well-led
        ["Which key question are care homes worst at?", "How many are inadequate for it?"]
    )
    assert last.answer.status == "not_found"
