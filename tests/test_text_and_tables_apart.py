"""A question whose one half only the reports answer and whose other half only the tables do: each half is
answered from its own source, or it is said which one has no answer."""

from __future__ import annotations

import pytest

from qa.question.only_passages import asks_the_text
from qa.question.parse import parse
from qa.service import Service

CALDERSTONES = "Calderstones Partnership NHS Foundation Trust"


@pytest.mark.parametrize(
    ("asked", "of_text", "of_tables"),
    [
        ("whos calderstones now and whats it rated", "became", "was rated Outstanding"),
        ("Who is Calderstones today, and how is it rated?", "became", "was rated Outstanding"),
        ("Who took over Calderstones, and was it rated outstanding?", "Mersey Care", "Yes. "),
        ("What became of Calderstones and is it inadequate?", "became", "No. "),
    ],
)
def test_it_is_rated_as_the_tables_say(trusts: Service, asked: str, of_text: str, of_tables: str) -> None:
    answer = trusts.ask(asked)
    text, tables = answer.parts
    assert answer.status == "answered"
    assert of_text in text.text
    assert tables.text.startswith(of_tables) or f"{CALDERSTONES} {of_tables}" in tables.text


def test_the_half_without_an_answer_is_named(trusts: Service) -> None:
    answer = trusts.ask("Which trusts improved, and to whom do they report?")
    assert len(answer.facts) == 7
    assert "On “to whom do they report?”: " in answer.answer.text


@pytest.mark.parametrize(
    ("question", "of_text"),
    [
        ("Who is Calderstones now?", True),
        ("whos calderstones these days", True),
        ("Who is Calderstones?", False),
        ("Who is best now?", False),
        ("What had inspectors found at Calderstones before it was ever rated?", True),
        ("What was wrong at Calderstones before it had a rating?", True),
        ("What was Calderstones rated before it was rated outstanding?", False),
        ("Before the change, which was rated better, Oxleas or Calderstones?", False),
    ],
)
def test_no_rating_says_who_it_is_now_or_what_was_before_any(
    trusts: Service, question: str, of_text: bool
) -> None:
    assert asks_the_text(parse(question, trusts.vocabulary), trusts.vocabulary) == of_text


@pytest.mark.parametrize(
    "asked",
    [
        "To whom do the good homes in Ripon report?",
        "With whom do good care homes work?",
        "Whom do the homes in Thirsk belong to?",
    ],
)
def test_whom_is_not_forgotten(county: Service, asked: str) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.facts) == ("not_found", ())
    assert "whom" in " ".join(answer.understood.left_out).casefold()


def test_by_how_much_is_a_question_beside_another(county: Service) -> None:
    answer = county.ask("In how many towns are there good homes? And in how many are there inadequate ones?")
    assert len(answer.parts) == 2


def test_a_name_in_the_possessive_is_one_that_the_reports_know(trusts: Service) -> None:
    answer = trusts.ask(
        "What is Paul Lelliott's job, and which two pressures does he say the sector is under?"
    )
    post, pressures = [part.text for part in answer.parts]
    assert "Deputy Chief Inspector" in post
    assert "shortage of staff" in pressures
    assert not answer.understood.unknown


def test_a_post_of_nobody_is_no_sentence_about_posting(trusts: Service) -> None:
    assert trusts.ask("What is his post?").status == "not_found"


@pytest.mark.parametrize(
    "asked",
    [
        "Which trust's medical director complained about the weather, and what did he want instead?",
        "Which trust's chief executive said that the rating had come as a shock, and what did she do next?",
    ],
)
def test_what_somebody_did_has_no_answer_if_nobody_is_found(trusts: Service, asked: str) -> None:
    assert trusts.ask(asked).status == "not_found"
