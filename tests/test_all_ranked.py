"""After a ranking with one winner, "them" is all that were ranked and "it" the winner; "the home" is the one
told before."""

from __future__ import annotations

import pytest

from qa.service import Service

ONE = "What rating has Dunmere Lodge got?"


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("Which care home in Ripon has the oldest rating?", "Is any of them outstanding?", "1 of 3 rated"),
        ("Which care home in Ripon has the newest rating?", "Are any of them outstanding?", "1 of 3 rated"),
        ("Which care home in Ripon has the newest rating?", "Are any outstanding?", "1 of 3 rated"),
        ("Which care home in Ripon has the newest rating?", "Are they all good?", "No. 2 of 3 rated"),
        ("Which care home in Ripon has the newest rating?", "How many of them are good?", "2 care homes"),
        ("Which care home in Ripon has the newest rating?", "How many are outstanding?", "1 care home"),
        ("Which care home in Ripon has the newest rating?", "What share of them is good?", "2 of 3"),
        ("Which care home in Ripon has the newest rating?", "Which of them is outstanding?", "Brackwater"),
        ("Which care home in Thirsk is worst rated?", "Is any of them good?", "1 of 3 rated"),
        # the winner, and those that share the first rank
        ("Which care home in Ripon has the newest rating?", "Is it good?", "Yes. Kestrane Court in Ripon"),
        ("Which care home in Ripon has the newest rating?", "Who runs it?", "Kestrane Court is run by"),
        ("Which care homes are best rated?", "Are any of them good for safety?", "Brackwater House in Ripon"),
        # the place before
        (ONE, "On which of the key questions did the home fall short?", "Safe Requires improvement"),
        (ONE, "Which key questions is the home good for?", "Dunmere Lodge in Ripon"),
        ("How is Millrace Surgery rated?", "Which questions is the surgery not good at?", "Millrace Surgery"),
        (ONE, "Which of the homes in Malton is outstanding?", "Saltersgate"),
    ],
)
def test_who_is_meant(before: str, asked: str, told: str, county: Service) -> None:
    *_, last = county.converse([before, asked])
    assert told in last.answer.answer.text


@pytest.mark.parametrize("asked", ["On which of the key questions did the home fall short?"])
def test_a_home_that_nobody_named_is_asked_back_about(asked: str, county: Service) -> None:
    told = county.ask(asked)
    assert told.status == "not_found"
    assert "“the home”" in told.answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "How is Wilfreda House rated, and is anywhere else in the council inadequate?",
        "How is Wilfreda House rated, and is anywhere else in the council or Ripon inadequate?",
        "Is anywhere in the council inadequate?",
    ],
)
def test_the_one_that_nobody_named_is_no_group(asked: str, county: Service) -> None:
    told = county.ask(asked)
    assert "the only council" not in told.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Is Olwen Manor inadequate for how well it is led?", "Yes. Olwen Manor in Selby"),
        ("Which care homes are inadequate for how well they are run?", "2 care homes"),
    ],
)
def test_how_well_it_is_led(asked: str, told: str, county: Service) -> None:
    assert county.ask(asked).answer.text.startswith(told)


@pytest.mark.parametrize(
    "asked",
    [
        "List the outstanding care homes and where they're based.",
        "List the outstanding care homes, and say where they're located.",
        "Which care homes are outstanding and where are they?",
        "Name the outstanding care homes, please, and say where they are.",
    ],
)
def test_where_they_are_is_told_beside_their_names(asked: str, county: Service) -> None:
    text = county.ask(asked).answer.text
    assert all(one in text for one in ("Saltersgate", "RP1 1AA", "ML1 3AB"))
