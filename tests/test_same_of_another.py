"""“Is the same true of Kent?” asks the claim before again; “who comes next?” asks for the next rank."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.service import Service

SAME = (
    "Is the same true of {other}?",
    "Is that also true for {other}?",
    "Does that hold for {other}?",
    "Does the same go for {other}?",
    "Can {other} say the same?",
)


@pytest.mark.parametrize("said", SAME)
@pytest.mark.parametrize(
    ("before", "other", "holds"),
    [
        ("Are all the homes in Ripon good or better?", "Thirsk", False),
        ("Are all the homes in Ripon good or better?", "Malton", True),
        ("Is any home in Ripon inadequate?", "Thirsk", True),
        ("Do most homes in Selby require improvement?", "Malton", False),
        ("Is Ashgrove good?", "Pinfold Rest", True),
    ],
)
def test_the_claim_before_is_asked_again(
    said: str, before: str, other: str, holds: bool, county: Service
) -> None:
    *_, asked = county.converse([before, said.format(other=other)])
    assert verdict(asked.answer) is holds


@pytest.mark.parametrize("said", SAME)
def test_with_nothing_before_it_is_asked_back(said: str, county: Service) -> None:
    assert county.ask(said.format(other="Ripon")).status != "answered"


def test_kinds_are_replaced_as_well(county: Service) -> None:
    *_, asked = county.converse(["Are all surgeries good or better?", "Is that also true of care homes?"])
    assert verdict(asked.answer) is False
    assert "6 of 10" in asked.answer.answer.text


@pytest.mark.parametrize(
    "question", ["Who comes next?", "And the next?", "Which town is next?", "Who is next in line?"]
)
def test_next_is_the_next_rank(question: str, county: Service) -> None:
    *_, asked = county.converse(["Which town has the most good homes?", question])
    assert "Ripon" not in asked.answer.answer.text
    assert "Malton" in asked.answer.answer.text


def test_several_next_are_told_with_the_first(county: Service) -> None:
    *_, asked = county.converse(["Which town has the most homes?", "and the next two?"])
    assert {"Ripon", "Thirsk"} <= {figure.label for figure in asked.answer.figures}


def test_both_kinds_have_ratings_of_their_own(county: Service) -> None:
    text = county.ask("Which towns have both an outstanding surgery and an inadequate care home?").answer.text
    assert text.startswith(
        "1 town has both a GP practice rated Outstanding and a care home rated Inadequate: Thirsk."
    )
