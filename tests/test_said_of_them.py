"""What is said of all that a number counts, and what somebody was and still is."""

from __future__ import annotations

import pytest

from qa.service import Service

OWNERS = {"Larkmoor Care Ltd", "Wrenfield Trust", "Tolland Homes", "Harrow Homes"}


@pytest.mark.parametrize(
    ("question", "owners"),
    [
        ("Which providers have only one care home and it is good?", {"Harrow Homes"}),
        ("Which providers have exactly one care home and it requires improvement?", set[str]()),
        ("Which providers have exactly two care homes and both are good?", set[str]()),
        ("Which providers have exactly two care homes, and both are below outstanding?", {"Wrenfield Trust"}),
        ("Which towns have two or more care homes and they are all good or better?", {"Ripon", "Malton"}),
    ],
)
def test_what_is_said_of_them_holds_for_all(question: str, owners: set[str], county: Service) -> None:
    text = county.ask(question).answer.text
    assert {name for name in {*OWNERS, "Ripon", "Malton", "Selby", "Thirsk"} if name in text} == owners


@pytest.mark.parametrize(
    "question",
    [
        "Which trusts were good before and still are?",
        "Which trusts were requires improvement before and still are?",
        "Was Calderstones good before and still is?",
    ],
)
def test_still_is_both_times(question: str, trusts: Service) -> None:
    assert trusts.ask(question).answer.text.startswith(("None: no trust was rated", "No. Calderstones"))
