"""What a question tells beside what it asks is blanked out, and nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.preamble import asked_part


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("My brother was there for ten years. Who runs it now?", "Who runs it now?"),
        ("I am a governor of a trust nearby. Might I ask what was found?", "Might I ask what was found?"),
        ("Hi, I chair a committee. Does the report say why?", "Does the report say why?"),
        ("hello i am student nurse, i must do a talk on monday, what made them better?", "what made them better?"),
        ("As a carer I'd like to know what was learned about speaking up.", "what was learned about speaking up."),
        ("Can you tell me who was interviewed?", "who was interviewed?"),
        ("If I rang one of them up, would they say how?", "would they say how?"),
        ("we're deciding between Elm House and Oak House, which did better", "which did better"),
        ("Why did they improve? I need it for an essay.", "Why did they improve?"),
        ("All the ratings please, I'm putting together a paper", "All the ratings please"),
        ("The report came out in March. What does it say?", "The report came out in March. What does it say?"),  # nothing of the asker
        ("what was St. Bride's Hospice rated", "what was St. Bride's Hospice rated"),  # no sentence ends with "St."
        ("Who is Dr. Lelliott?", "Who is Dr. Lelliott?"),
        ("leadership", "leadership"),
        ("I want to know", "I want to know"),  # nothing else is asked
        ("", ""),
    ],
)
def test_what_is_asked(question: str, asked: str) -> None:
    assert asked_part(question).strip() == asked


@given(st.text(max_size=300))
def test_every_place_stays_where_it_is(question: str) -> None:
    kept = asked_part(question)
    assert len(kept) == len(question)
    assert all(left == right or left == " " for left, right in zip(kept, question, strict=True))
