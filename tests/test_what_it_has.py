"""Follow-ups about the owner or the town of the place before: "the same people", "in that town", "anything
else there"."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        # Larkmoor Care Ltd runs four homes: Outstanding, Good, Requires improvement and Inadequate
        ("Dunmere Lodge", "Do the same people run any other home that's outstanding?", "Yes. 1 of 3"),
        ("Dunmere Lodge", "Does the same lot run another home that's good?", "No. None of the 3"),
        ("Dunmere Lodge", "Does its owner have any other inadequate homes?", "Yes. 1 of 3"),
        ("Dunmere Lodge", "Do they run any other outstanding homes?", "Yes. 1 of 3"),
        ("Dunmere Lodge", "Do the people who run it have any inadequate homes?", "Yes. 1 of 4"),
        ("Dunmere Lodge", "How many homes does that same company run?", "4 care homes run by Larkmoor"),
        ("Dunmere Lodge", "Is Kestrane Court run by the same people?", "No"),
        ("Yarrowby", "Do the same people run any other home?", "No"),
        ("Olwen Manor", "Is anything else in that town below good?", "Yes. 1 of 1"),
        ("Olwen Manor", "Is anywhere else in the same town inadequate?", "No. None of the one"),
        ("Kestrane Court", "Which other care homes are there in that town?", "2 care homes in Ripon"),
        (
            "Kestrane Court",
            "How many care homes in that council area are good?",
            "2 care homes in Harlow Dale",
        ),
        ("Kestrane Court", "Is anything else in Thirsk inadequate?", "Yes. 1 of 4"),
        ("Kestrane Court", "When was that, and is anything else in that town outstanding?", "Yes. 1 of 3"),
    ],
)
def test_the_owner_and_the_town_of_the_place_before(
    before: str, question: str, told: str, county: Service
) -> None:
    _, last = county.converse([f"What is {before} rated?", question])
    assert told in last.answer.answer.text


def test_that_town_is_the_one_that_was_asked_about(county: Service) -> None:
    _, last = county.converse(
        ["How many care homes in Thirsk are good?", "Is any surgery in that town good?"]
    )
    assert "in Thirsk" in last.answer.answer.text


@pytest.mark.parametrize(
    "questions",
    [
        ["Which care homes are inadequate?", "Does the same lot run any other outstanding homes?"],
        ["Do the same people run any other home that's outstanding?"],
        ["How many care homes in Thirsk are good?", "Is anything else in that town inadequate?"],
    ],
)
def test_the_same_as_nobody_is_not_everybody(questions: list[str], county: Service) -> None:
    *_, last = county.converse(questions)
    assert last.answer.status == "not_found"
