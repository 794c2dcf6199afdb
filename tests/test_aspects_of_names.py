"""“What is Elm House inadequate for?”: its ratings for all key questions, not whether it is inadequate."""

from __future__ import annotations

import pytest

from qa.service import Service

ALL = "Caring Good, Safe Requires improvement, Well-led Inadequate"


@pytest.mark.parametrize(
    "question",
    [
        "What is Olwen Manor inadequate for?",
        "What is Olwen Manor not good at?",
        "Which key questions is Olwen Manor inadequate for?",
        "Which key questions does Olwen Manor require improvement on?",
        "On which key questions is Olwen Manor inadequate?",
        "In which areas is Olwen Manor inadequate?",
        "What are Olwen Manor's inadequate ratings?",
        "How many key questions is Olwen Manor inadequate for?",
        "What lets Olwen Manor down?",
        "what's holding Olwen Manor back?",
    ],
)
def test_which_key_questions_is_no_yes_or_no(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith(f"Olwen Manor in Selby: {ALL}")


@pytest.mark.parametrize(
    "question",
    [
        "Which home is inadequate, and what lets it down?",
        "what's the only inadequate home, and what is it inadequate for?",
    ],
)
def test_it_is_whoever_was_told(question: str, county: Service) -> None:
    first, second = county.ask(question).parts
    assert "Wilfreda House" in first.text
    assert "Caring Requires improvement, Safe Inadequate, Well-led Inadequate" in second.text


def test_it_alone_is_asked_back(county: Service) -> None:
    assert "“it”" in county.ask("Which key questions is it good for?").answer.text


def test_a_claim_stays_one(county: Service) -> None:
    assert county.ask("Is Olwen Manor inadequate for well-led?").answer.text.startswith("Yes.")
