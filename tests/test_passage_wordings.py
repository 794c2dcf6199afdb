"""Ways of asking about the text of the default corpus, and which of them it answers: other words, follow-ups,
and what is not in it.
"""

from __future__ import annotations

import re

import pytest

from qa.service import Service

NOT_YET = pytest.mark.xfail(reason="what is asked of two things finds another sentence", strict=True)


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.mark.parametrize(
    ("history", "asked", "told"),
    [
        # what became of a trust is told by the text, what it is rated by the table
        ([], "Who took over Calderstones?", "Mersey Care"),
        ([], "what did calderstones turn into", "Specialist Learning Disability Division"),
        (["Which trust became outstanding?"], "who took it over?", "Mersey Care"),
        ([], "What did inspectors find at Calderstones in 2014?", "concerns"),
        # what stands beside the question is not asked
        ([], "My cousin was a patient for years. Which people were interviewed?", "front-line staff"),
        ([], "I'm writing a paper on trusts, who were they interviewing?", "front-line staff"),
        # other words than the report's
        ([], "Can workers blow the whistle?", "speak up"),
        ([], "how did they pick these seven", "selected|re-inspection"),
        ([], "what's in the pipeline for GPs", "primary medical services"),
        ([], "what effect did getting a bad rating have on them?", "spurred on to improve"),
        ([], "What difference did a poor rating make to the trusts?", "spurred on to improve"),
        (
            [],
            (
                "Our chair says that all seven started out as requires improvement in the rating table. Is "
                "she right?"
            ),
            "No. 6 of 7",
        ),
        # several parts
        pytest.param(
            [],
            "Who spoke about the report, and in which year was the page updated?",
            "Lelliott.*2022",
            marks=NOT_YET,
        ),
        # lists of all, and of those that are not as supposed
        ([], "List the seven please", "Oxleas"),
        (["Did all the trusts start at requires improvement?"], "which one didn't?", "Calderstones"),
        (
            ["Which trusts are good now?"],
            "and what were they before?",
            "all rated Requires improvement before",
        ),
    ],
)
def test_what_is_told(history: list[str], asked: str, told: str, service: Service) -> None:
    answer = service.ask(asked, history)
    assert answer.status == "answered"
    assert re.search(told, answer.answer.text, re.IGNORECASE), answer.answer.text


@pytest.mark.parametrize(
    ("history", "asked"),
    [
        ([], "How do I park at Oxleas NHS Foundation Trust?"),  # nothing but the name is there
        ([], "What do people at Lincolnshire Partnership NHS Foundation Trust earn?"),
        ([], "Who is the chief executive of Calderstones?"),  # no such post is told
        ([], "How many people does Oxleas employ?"),  # no number of people is told
        ([], "How often are the trusts inspected?"),
        ([], "Which voluntary groups, by name, did they speak to?"),
        ([], "When was Zorlingthorpe taken over?"),  # a name that nothing knows
        ([], "What is the email of Dr Lelliott?"),
        ([], "What will Oxleas be rated next year?"),
        (["Who is the director of Mersey Care?"], "and of Oxleas?"),
        (["Did Oxleas listen to staff?"], "and Sheffield?"),
    ],
)
def test_what_is_not_there_is_not_answered(history: list[str], asked: str, service: Service) -> None:
    answer = service.ask(asked, history)
    assert (answer.status, answer.facts) == ("not_found", ())


def test_a_period_of_which_nothing_is_held_is_said_with_what_is_held(service: Service) -> None:
    answer = service.ask("Was Calderstones rated before 2015?")
    assert answer.status == "not_found"
    assert re.search(
        "The tables have no rating published up to 31 December 2014.*15 March 2018", answer.answer.text
    )


def test_what_the_text_says_of_one_is_not_told_of_another(service: Service) -> None:
    assert (
        service.ask("What was Sheffield Hospital rated in 2015?").status == "not_found"
    )  # that year is told of Calderstones


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("When was Oxleas last rated?", "published on 15 March 2018"),
        ("When did Oxleas become outstanding?", "No. Oxleas NHS Foundation Trust was rated Good"),
        ("Did any trust fall from good?", "No"),
        ("Which trusts did worst before?", "lowest rating before, Requires Improvement"),
        ("Which trust had the best rating before?", "Good"),
        ("Did they all end up good?", "No"),
        ("Did the whole lot become outstanding?", "No"),
        ("Which trusts were rated before?", "Before they were rated: 1 Good and 6 Requires Improvement."),
        ("Oxleas is outstanding, right?", "No"),
        ("In the table, was Oxleas good before?", "No"),
        ("Oxleas or Sheffield, any difference?", "the same"),
    ],
)
def test_what_the_table_tells(asked: str, told: str, service: Service) -> None:
    assert told in service.ask(asked).answer.text


@pytest.mark.parametrize(
    "name",
    ["Cambridge and Peterborough", "South Staffordshire and Shropshire Healthcare", "Humber and Tees Care"],
)
@pytest.mark.parametrize(
    "form", ["{}: from what to what?", "{}, what happened there?", "{} - from what to what"]
)
def test_no_passage_is_told_of_a_name_with_small_words_that_none_holds(
    service: Service, name: str, form: str
) -> None:
    answer = service.ask(form.format(name))
    assert answer.status == "not_found", answer.answer.text
