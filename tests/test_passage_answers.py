"""Questions that reports answer, or don't, asked of a small corpus of a report and a table of ratings."""

from __future__ import annotations

import re

import pytest

from qa.service import Service
from qa.settings import Settings

REPORT = """# How two homes changed

## The visits

Inspectors spoke to residents and nurses at both of the homes in March 2019. Hazel Court and Bramble Lodge had been inadequate before.

## Food

Meals are cooked in each home. Residents choose what they eat.

## What helped

Both homes improved because their managers listened to nurses. Training helped as well.

## Statement by Dr Ruth Amber

Dr Ruth Amber is the lead inspector for the north. She praised the gardens. She found the corridors too dark.
"""
RATINGS = (
    "Name,Rating,Previous rating,Publication date\nHazel Court,Good,Inadequate,2019-05-02\nBramble "
    "Lodge,Good,Inadequate,2019-05-02\n"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("homes")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "ratings.csv").write_text(RATINGS, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Who is Ruth Amber?", "lead inspector"),
        ("who is ruth amber", "lead inspector"),
        ("What does Dr Amber say?", "praised the gardens"),
        ("What does the report say about food?", "Meals.*Residents choose"),
        ("Sum up what Dr Amber said in her statement", "gardens.*corridors"),
        ("Why did the homes improve?", "managers listened"),
    ],
)
def test_what_the_report_tells_is_told(asked: str, told: str, service: Service) -> None:
    answer = service.ask(asked)
    assert answer.status == "answered"
    assert re.search(told, answer.answer.text, re.DOTALL)


@pytest.mark.parametrize(
    "asked",
    [
        "How many nurses did the inspectors speak to?",
        "How many meals are cooked?",
        "How many nurses does hazel court employ?",
        "What was the homes' spending on nurses in 2019?",
        "How much did the training cost?",
    ],
)
def test_a_figure_that_the_report_lacks_is_not_told(asked: str, service: Service) -> None:
    assert service.ask(asked).status == "not_found"


@pytest.mark.parametrize(
    "asked",
    [
        "Did Hazel Court cook meals?",
        "Did Bramble Lodge choose what residents eat?",
        "Did Amber listen to nurses?",
    ],
)
def test_what_is_said_of_others_is_not_told_of_whom_was_asked(asked: str, service: Service) -> None:
    answer = service.ask(asked)
    assert answer.status == "not_found"
    assert "do not know" not in answer.answer.text  # the name is known


@pytest.mark.parametrize(
    "asked", ["Did the nurses choose their managers?", "Did managers get fees from residents?"]
)
def test_a_topic_that_the_report_speaks_of_is_not_said_to_be_none_of_its(
    asked: str, service: Service
) -> None:
    assert "tell of staff" not in service.ask(asked).answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Who is Ruth Amber and what did she praise?", ["lead inspector", "praised the gardens"]),
        ("Who did the inspectors speak to, and when was that?", ["residents and nurses"]),
        ("What helped the homes to improve, and who listened?", ["managers listened"]),
        ("What did Dr Amber praise, and what did she find too dark?", ["gardens", "corridors"]),
    ],
)
def test_of_two_questions_side_by_side_the_second_leans_on_the_first(
    asked: str, told: list[str], service: Service
) -> None:
    answer = service.ask(asked)
    assert answer.status == "answered"
    assert [words for words in told if words not in answer.answer.text] == []
    assert "do not answer" not in answer.answer.text
    lines = re.split(r"\n|(?<=\.) ", answer.answer.text)
    assert len(lines) == len(set(lines))  # nothing twice


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        ("Who is Ruth Amber and how old is she?", "how old is she?"),
        ("What helped the homes to improve, and how much did it cost?", "how much did it cost?"),
    ],
)
def test_the_half_that_is_told_nowhere_is_said_to_be(asked: str, lacking: str, service: Service) -> None:
    assert f"On “{lacking}”: The loaded reports and ratings " in service.ask(asked).answer.text


@pytest.mark.parametrize("wanted", ["everything pls", "quick summary", "in brief, thanks"])
def test_how_an_answer_is_wanted_changes_nothing(wanted: str, service: Service) -> None:
    asked = "What does the report say about food?"
    assert service.ask(f"{asked} {wanted}").answer == service.ask(asked).answer


@pytest.mark.parametrize("name", ["Wexcombe Partnership", "Tarn, Esk and Wear Valleys", "Zanderley"])
@pytest.mark.parametrize(
    "asked",
    [
        "we're thinking of moving dad to {} - what did the inspectors say?",
        "My aunt is at {}. What did the inspectors say?",
        "What did the inspectors find at {}?",
        "What does the report say about {}?",
        "What do people think of {}?",
    ],
)
def test_of_an_unknown_name_no_passage_tells_that_does_not_hold_it(
    asked: str, name: str, service: Service
) -> None:
    answer = service.ask(asked.format(name))
    assert (answer.status, answer.answer.basis) == ("not_found", "none"), answer.answer.text


def test_a_name_is_looked_for_in_the_part_that_speaks_of_it(service: Service) -> None:
    answer = service.ask("What was Hazel Court rated before, and why did the homes improve?")
    assert answer.status == "answered"
    assert answer.facts
    assert "managers listened" in answer.answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "What part did prayer play?",
        "How important was the canteen?",
        "Who is the chief executive of Hazel Court?",
    ],
)
def test_what_has_no_part_in_the_report_is_not_told(asked: str, service: Service) -> None:
    assert service.ask(asked).status == "not_found"
