"""Claims in two halves, each with how many and a rating of its own; and the frames around a claim."""

from __future__ import annotations

import pytest

from qa.language.yes_no import without_frame
from qa.service import Service


# Of 10 care homes 2 are outstanding, 4 good, 3 require improvement, 1 is inadequate; Ripon's 3 are outstanding or good.
@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("'No care home in Ripon is inadequate and just one is outstanding' – is that right?", "Yes. None", "Yes. 1 of 3"),
        ("Is it right that no care home in Ripon is inadequate and two are outstanding?", "Yes. None", "No. 1 of 3"),
        ("Is it true that most care homes in Ripon are good and none is inadequate?", "Yes. 2 of 3", "Yes. None"),
        ("True or false: no care home is inadequate and at least 2 are outstanding.", "No. 1 of 10", "Yes. 2 of 10"),
        ("At least three care homes are outstanding and none is inadequate, correct?", "No. 2 of 10", "No. 1 of 10"),
        ("Are all care homes in Ripon good and none inadequate?", "No. 2 of 3", "Yes. None"),
        ("Am I right that only one care home is inadequate but more than five are good?", "Yes. 1 of 10", "No. 4 of 10"),
        ("Are most care homes good overall and all of them good for caring?", "No. 4 of 10", "No. "),
        ("Is it true that no care home is inadequate and most surgeries are good?", "No. 1 of 10", "No. 1 of 3"),
        ("No care home in Thirsk is outstanding and at least one in Ripon is outstanding, right?", "Yes. None", "Yes. 1 of 3"),
        ("Are any homes in Ripon inadequate, or are they all just good?", "No. None", "No. 2 of 3"),
        ("Does Tolland Homes run at least three care homes and are at least half of them good?", "Yes. There are 3", "No. 1 of 3"),
        ("Does Tolland Homes run more than five care homes, and are over 30% of them good?", "No. There are 3", "Yes. 1 of 3"),
    ],
)  # fmt: skip
def test_each_half_of_a_claim_is_checked(question: str, first: str, second: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert [part.text[: len(told)] for part, told in zip(answer.parts, (first, second), strict=True)] == [
        first,
        second,
    ], answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Are at least 2 care homes good for safe and outstanding for caring?",
        "Which towns have at least 2 care homes and are at least 20 miles from Leeds?",
        "Is one care home inadequate and are the rest good?",
    ],
)
def test_two_ratings_at_once_are_one_claim(question: str, county: Service) -> None:
    assert len(county.ask(question).parts) < 2


@pytest.mark.parametrize(
    "claim",
    [
        "Fact-check please: {}.",
        "Please fact check this: {}",
        "Please check this claim: {}.",
        "Can you verify: {}?",
        "Verify that {}",
        "Confirm or deny: {}.",
        "Is this accurate? {}.",
        "I'm told {}. Am I being told right?",
        "They say {} - have I been told right?",
        "Somebody said {}. Have I got that right?",
    ],
)
@pytest.mark.parametrize(
    ("said", "told"),
    [("two care homes are outstanding", "Yes. 2 of 10"), ("most care homes are good", "No. 4 of 10")],
)
def test_what_frames_a_claim_is_set_aside(claim: str, said: str, told: str, county: Service) -> None:
    answer = county.ask(claim.format(said))
    assert answer.answer.text.startswith(told), answer.answer.text


@pytest.mark.parametrize("text", ["Is this right for Leeds?", "Can you check the rating of Elm House?"])
def test_what_only_begins_like_a_frame_stays(text: str) -> None:
    assert without_frame(text) == text


# "just" and "only" say how good, not how many: one place with both ratings is asked for
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Are there any care homes that are outstanding for caring but just good for safety?", "Yes. 3 of 10"),
        ("Are any care homes good for caring but only inadequate for being well-led?", "Yes. 1 of 10"),
        ("Is any care home good overall but merely requires improvement for safety?", "Yes. 2 of 10"),
        ("Is any care home outstanding for safety but just good for caring?", "No. None of the 10"),
        ("Are there no care homes that are good overall but only require improvement for safety?", "No. 2 of 10"),
        ("Are any care homes outstanding but just one inadequate?", "Yes. 2 of 10"),  # says how many: two claims
    ],
)  # fmt: skip
def test_just_how_good(question: str, told: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert answer.parts[0].text.startswith(told) if answer.parts else answer.answer.text.startswith(told)
