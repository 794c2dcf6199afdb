"""A claim that somebody heard, and another question behind it: the claim is checked, and the question is
answered beside it."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.language.yes_no import is_tag
from qa.service import Service


@pytest.mark.parametrize(
    ("asked", "holds", "first", "second"),
    [
        (
            "I was told that Ashgrove is outstanding – is that so, and who runs it?",
            False,
            "No. Ashgrove",
            "run by",
        ),
        ("I heard every home in Ripon is good - is that right, and which are not?", False, "2 of 3", "Ripon"),
        (
            "We were told most surgeries are good – am I right, and how many are outstanding?",
            False,
            "1 of 3",
            "Park View Surgery",
        ),
        (
            "I read that most homes in Ripon are good: is this true, and which is the worst?",
            True,
            "2 of 3",
            "lowest",
        ),
        (
            "someone told me no home in Malton is inadequate - true, and how many are good?",
            True,
            "None of the 2",
            "Malton",
        ),
    ],
)
def test_the_claim_is_checked_and_the_question_answered(
    county: Service, asked: str, holds: bool, first: str, second: str
) -> None:
    answer = county.ask(asked)
    assert (answer.status, verdict(answer)) == ("answered", holds), answer.answer.text
    claimed, *rest = [part.text for part in answer.parts]
    assert first in claimed
    assert second in " ".join(rest)
    assert not answer.understood.left_out


@pytest.mark.parametrize(
    "asked",
    [
        "I was told that Ashgrove was outstanding in 2014 – is that so?",
        "I heard Ashgrove was good in 2014 - is that true?",
        "Somebody says Ashgrove was inadequate in 2014 — is that right?",
    ],
)
def test_what_was_claimed_is_not_forgotten_before_a_dash(county: Service, asked: str) -> None:
    answer = county.ask(asked)
    assert "2014" in answer.understood.standalone
    assert not answer.answer.text.startswith("Ashgrove")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("is that so, and who runs it?", True),
        ("true – but which is best?", True),
        ("is it safe, and who runs it?", False),
        ("is that right for her, and how many are good there?", False),
    ],
)
def test_a_tag_may_have_a_question_behind_it(text: str, tag: bool) -> None:
    assert is_tag(text) == tag
