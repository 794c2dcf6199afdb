"""What places do, in small verbs, is no question about their ratings: the reports answer it, or it is said
that it was not understood."""

from __future__ import annotations

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("asked", "verb"),
    [
        ("Do good care homes keep themselves to themselves?", "keep"),
        ("Good care homes keep to themselves - true or false?", "keep"),
        ("How many care homes in Ripon work together?", "work"),
        ("Good homes in Ripon look after people, right?", "look"),
        ("Which homes in Ripon give to others?", "give"),
        ("Did Ashgrove keep it?", "keep"),
    ],
)
def test_what_places_do_is_not_answered_with_their_ratings(county: Service, asked: str, verb: str) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.facts, answer.figures) == ("not_found", (), ())
    assert verb in answer.understood.left_out


@pytest.mark.parametrize(
    "asked",
    [
        "Good trusts keep themselves to themselves - true or false?",
        "Is it true that good trusts keep to themselves?",
        "Do the seven trusts work together?",
        "Do outstanding trusts work with others?",
    ],
)
def test_the_reports_are_asked_what_trusts_do(trusts: Service, asked: str) -> None:
    answer = trusts.ask(asked)
    assert answer.answer.basis in ("passage", "none")
    assert not answer.figures


@pytest.mark.parametrize(
    "asked",
    [
        "Good homes make up most of Ripon, right?",
        "Which homes kept the same rating?",
        "Are there good homes in Ripon?",
        "Which homes in Ripon look good?",
    ],
)
def test_what_is_said_of_ratings_with_such_verbs_is_still_read(county: Service, asked: str) -> None:
    assert not {"keep", "kept", "look", "work"}.intersection(county.ask(asked).understood.left_out)
