"""Greetings, thanks, goodbyes and calls for help are known by their words; with a question beside them they
are none.
"""

import pytest
from small_directory import asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hi", "greeting"),
        ("Good morning!", "greeting"),
        ("thanks a lot", "thanks"),
        ("ta very much", "thanks"),
        ("bye for now", "goodbye"),
        ("what can you do?", "help"),
        ("hello, can you help me", "help"),
        ("can you say where that comes from", "source"),
        ("whats your source?", "source"),
        ("thanks, and how do you know that?", "thanks"),
        ("export that please", "keep"),
        ("show them on a map", "keep"),
        ("can i have it in excel?", "keep"),
    ],
)
def test_small_talk_is_known_by_its_words(text: str, said: str) -> None:
    reading = asked("oak tree house rating", text)
    assert (reading.spoken, reading.queries) == (said, ())


def test_thanks_and_goodbye_are_either() -> None:
    assert asked("ok thanks, bye").spoken in ("thanks", "goodbye")


@pytest.mark.parametrize(
    "text",
    [
        "hi, is oak tree house good",
        "thanks, and is it safe",
        "good care homes in leeds",
        "help me find good homes",
        "share of homes that are good",
        "ok",
    ],
)
def test_a_question_with_a_greeting_is_a_question(text: str) -> None:
    reading = asked("quillbrook rating", text)
    assert reading.spoken is None
    assert reading.queries
