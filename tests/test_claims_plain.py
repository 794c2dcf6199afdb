"""Claims and limits in plain words: "more good than not", "been rated yet", "not counting …", and a tag
before a question.
"""

from __future__ import annotations

import pytest
from made_corpus import row, serve

from qa.service import Service

PLACES = (
    ("Ivy House", "Good", "Ely"),
    ("Fern House", "Good", "Ely"),
    ("Reed House", "Outstanding", "Ely"),
    ("Moss House", "Inadequate", "Ely"),
    ("Sedge House", "Not Rated", "Soham"),
    ("Rush House", "Good", "Soham"),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        row(number, name, rating, "01/02/2021", town=town)
        for number, (name, rating, town) in enumerate(PLACES, 1)
    ]
    return serve(tmp_path_factory.mktemp("claims"), rows)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Are more of the care homes rated good than not?",
            "Yes. 3 of 5 rated care homes (60%) were rated Good",
        ),
        ("are more care homes in Ely good than not", "No. 2 of 4 rated care homes in Ely"),
        ("Are there more good homes than not in Ely?", "No. 2 of 4"),
        ("do more homes hold a good rating than don't?", "Yes. 3 of 5"),
        ("more homes are good than not, right?", "Yes. 3 of 5"),
        ("Are fewer homes outstanding than not?", "Yes. 1 of 5"),
        ("Has Sedge House been rated yet?", "No. Sedge House in Soham has the published result “Not Rated”"),
        ("has Ivy House been rated yet", "Yes. Ivy House in Ely was rated Good"),
        ("is there a rating for Sedge House yet?", "No. Sedge House"),
        ("Does Sedge House have a rating?", "No. Sedge House"),
        ("Have all the homes in Soham been rated?", "No. 1 of 2"),
        (
            "What percentage of care homes in Ely are good? not counting outstanding ones",
            "50%: 2 of 4 care homes in Ely",
        ),
        (
            "How many homes in Ely are good or better, excluding outstanding ones?",
            "2 care homes in Ely (council area) were rated Good",
        ),
        (
            "there are two homes in Soham arent there, how is each one rated",
            "Yes. There are 2 care homes in Soham (council area): Sedge House and Rush House. Published 1 "
            "February 2021. 2 care homes in Soham (council area): Sedge House (Not Rated",
        ),
        (
            "Are there any homes in Soham? How are they rated?",
            "Yes. There are 2 care homes in Soham (council area): Sedge House and Rush",
        ),
    ],
)
def test_what_is_claimed_is_answered(service: Service, question: str, text: str) -> None:
    answer = service.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()


def test_a_comparison_with_what_is_outside_is_no_claim_of_most(service: Service) -> None:
    assert service.ask("Are there more homes in Ely than not in Ely?").status == "not_found"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Is Ivy House in Ely a care home?",
            "Yes. Ivy House in Ely is a care home. Ivy House in Ely was rated",
        ),
        ("is Ivy House in Ely?", "Yes. Ivy House in Ely is in Ely"),
    ],
)
def test_what_a_place_is_said_before_how_it_is_rated(service: Service, question: str, text: str) -> None:
    assert service.ask(question).answer.text.startswith(text)


@pytest.mark.parametrize(
    "question",
    [
        "Was Ivy House rated good in 2015?",
        "what was ivy house rated in 2015",
        "How was Ivy House rated in 2015?",
    ],
)
def test_a_time_without_a_known_rating_gets_no_verdict(service: Service, question: str) -> None:
    assert service.ask(question).answer.text.startswith("The tables have no rating ")


@pytest.mark.parametrize(
    "question",
    [
        "how much is it a week to stay at Ivy House",
        "how far ahead must I book at Ivy House",
        "how soon could mum move into Ivy House in Ely",
        "why did they paint Ivy House blue",
    ],
)
def test_what_is_asked_is_never_left_out(service: Service, question: str) -> None:
    assert service.ask(question).status == "not_found"
