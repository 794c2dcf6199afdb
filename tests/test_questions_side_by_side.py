"""Several questions in one: each gets its answer, and what can't be answered is said beside the rest."""

from __future__ import annotations

import pytest

from qa.service import Service

FEES = "The loaded reports and ratings say nothing about fees or prices."
NARNIA = "The loaded reports and ratings do not know “Narnia”."
BEDS = "The loaded reports and ratings say nothing about beds, places or waiting times."


@pytest.mark.parametrize(
    ("question", "refused", "told"),
    [
        (
            "What does a week cost at Kestrane Court and is it good for safe?",
            FEES,
            "Yes. Kestrane Court in Ripon was rated Good for Safe (published 3 February 2021).",
        ),
        (
            "Who runs Kestrane Court and how much does a week cost there?",
            FEES,
            "Kestrane Court is run by Wrenfield Trust. As published 3 February 2021.",
        ),
        (
            "How many care homes in Narnia are good, and how many in Thirsk?",
            NARNIA,
            "1 care home in Thirsk (postal town) was rated Good: Pinfold Rest (published 6 July 2021).",
        ),
        (
            "How many care homes in Thirsk are good, and how many in Narnia?",
            NARNIA,
            "1 care home in Thirsk (postal town) was rated Good: Pinfold Rest (published 6 July 2021).",
        ),
        (
            "What is Zanderby Hall rated and what is Kestrane Court rated?",
            "The loaded reports and ratings do not know “Zanderby Hall”.",
            "Kestrane Court in Ripon was rated Good (published 3 February 2021).",
        ),
        (
            "Is Zanderby Hall any good and how does it compare with Kestrane Court?",
            "The loaded reports and ratings do not know “Zanderby Hall”.",
            "Kestrane Court in Ripon was rated Good (published 3 February 2021).",
        ),
    ],
)
def test_what_can_be_answered_is_told_beside_what_cant(
    county: Service, question: str, refused: str, told: str
) -> None:
    answer = county.ask(question)
    first, second = (refused, told) if answer.parts[0].text.startswith(refused) else (told, refused)
    assert [part.text for part in answer.parts] == [first, second]
    assert (answer.status, answer.answer.text) == ("answered", f"{first} {second}")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "what about Dorset Mental Health? and Lincolnshire?",
            "Lincolnshire Partnership NHS Foundation Trust",
        ),
        ("how many beds does Oxleas have and what is it rated", "Oxleas NHS Foundation Trust"),
        ("What is Oxleas rated and how many beds does it have?", "Oxleas NHS Foundation Trust"),
    ],
)
def test_so_it_is_where_there_are_reports(trusts: Service, question: str, text: str) -> None:
    answer = trusts.ask(question)
    assert answer.status == "answered"
    assert {fact.subject for fact in answer.facts} == {text}
    assert "do not know “Dorset Mental Health”" in answer.answer.text or BEDS in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What is Zanderby Hall rated and who runs it?",
        "Who runs Zanderby Hall, and is it good?",
        "How many care homes in Narnia are good and how many are inadequate?",
        "How many care homes in Narnia are good and how many care homes are inadequate?",
        "How many care homes and how many surgeries are there in Narnia?",
        "How many care homes in Thirsk have a garden and how many are good?",
        "Is Zanderby Hall in Thirsk good, and how many care homes in Thirsk are good?",
    ],
)
def test_what_may_be_meant_of_whom_nothing_is_known_is_not_told(county: Service, question: str) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.facts, answer.figures) == ("not_found", (), ())


def test_a_name_that_nothing_here_knows_is_said_once(county: Service) -> None:
    text = county.ask("What is Zanderby Hall rated and who runs it?").answer.text
    assert text.count("Zanderby Hall") == 1


@pytest.mark.parametrize(
    ("history", "question", "subjects"),
    [
        ("What is Kestrane Court rated and what is Zanderby Hall rated?", "who runs it?", set()),
        (
            "What is Zanderby Hall rated and what is Kestrane Court rated?",
            "who runs it?",
            {"Kestrane Court"},
        ),
        ("Who runs Kestrane Court and what does it cost?", "is it good?", {"Kestrane Court"}),
    ],
)
def test_it_is_who_was_asked_about_last(
    county: Service, history: str, question: str, subjects: set[str]
) -> None:
    assert {fact.subject for fact in county.ask(question, [history]).facts} == subjects


def test_the_reading_says_what_was_not_known_or_left_out(county: Service) -> None:
    understood = county.ask("What is Zanderby Hall rated and what is Kestrane Court rated?").understood
    assert understood.unknown == ("Zanderby Hall",)
    assert understood.standalone == "Ratings of places, namely “Kestrane Court”"
    assert county.ask("Who runs Kestrane Court and does it have wifi?").understood.left_out == ("wifi",)
