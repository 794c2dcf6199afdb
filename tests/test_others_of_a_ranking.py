"""“What about the others?” after a ranking with one winner: the rest of those that were ranked."""

from __future__ import annotations

import pytest

from qa.service import Service

FIRST = "Which care home in Ripon is the best?"
OTHERS = {"Dunmere Lodge", "Kestrane Court"}


@pytest.mark.parametrize(
    "question",
    ["What about the others?", "And the others?", "How are the others rated?", "Which others are there?"],
)
def test_the_others_are_the_rest_of_those_ranked(question: str, county: Service) -> None:
    *_, asked = county.converse([FIRST, question])
    assert {fact.subject for fact in asked.answer.facts} == OTHERS


@pytest.mark.parametrize(
    "question", ["Are the others all good?", "What about the others, are they all good?"]
)
def test_what_is_asked_of_all_the_others_is_of_them(question: str, county: Service) -> None:
    *_, asked = county.converse([FIRST, question])
    assert {fact.subject for fact in asked.answer.facts} == OTHERS
    assert "any kind" not in asked.answer.answer.text
