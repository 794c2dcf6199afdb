"""Which names are offered for one that nobody has, in which order, and which name a longer one is."""

from pathlib import Path

import pytest
from county import HEADS, rows
from made_corpus import serve

from qa.question.name_words import Spellings
from qa.service import Service

# name, town, council, provider of further care homes
FURTHER = (
    ("Ashgrove Meadow Lodge", "Selby", "Harlow Dale", "Harrow Homes"),
    ("Ashgrove Meadow Lodge Annexe at Quarry Mill", "Selby", "Harlow Dale", "Harrow Homes"),
    ("Gablefold Lodge", "Thirsk", "Overmoor", "Overmoor Borough Council"),
    ("Tolwick", "Thirsk", "Overmoor", "Overmoor Borough Council"),
    ("Stablefold Barn", "Malton", "Eastmarch", "Harrow Homes"),
    ("Humsley and Warcombe Rest", "Malton", "Eastmarch", "Harrow Homes"),
)


@pytest.fixture(scope="module")
def county_and_more(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The county with further homes, some of them run by a council."""
    home = next(row for row in rows() if row[1] == "Yarrowby")
    more = [
        [f"6{number}", name, *home[2:4], town, council, *home[6:11], provider]
        for number, (name, town, council, provider) in enumerate(FURTHER)
    ]
    folder: Path = tmp_path_factory.mktemp("more")
    return serve(folder, [*rows(), *more], HEADS)


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("arrow", ["yarrow"], ["yarrow"]),
        ("aspire", ["spire"], ["spire"]),
        ("sable", ["gable", "table", "sables"], ["gable", "table"]),
        ("iilttle", ["little"], []),
        ("iyrrow", ["yirrow"], ["yirrow"]),
        ("wood", ["hood"], []),  # too short: any word may be meant
        ("mill1", ["hill1"], []),
    ],
)
def test_a_word_may_have_another_first_letter(typed: str, known: list[str], found: list[str]) -> None:
    assert Spellings.of(known).with_other_beginning(typed) == found


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ashgrove Meadow House", "Ashgrove Meadow Lodge"),  # rather than the Annexe, or Ashgrove alone
        ("Tablefold Lodge", "Gablefold Lodge"),  # another first letter
    ],
)
def test_the_name_with_the_fewest_words_of_its_own_comes_first(
    name: str, first: str, county_and_more: Service
) -> None:
    answer = county_and_more.ask(f"What is {name} rated?")
    assert answer.status in ("not_found", "ambiguous")
    assert f"Did you mean {first}" in answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Is Overmoor Borough Council in Malton good?",
        "What is Overmoor Borough Council, Malton rated?",
        "cqc rating Overmoor Borough Council Malton",
    ],
)
def test_a_council_asked_for_elsewhere_is_the_owner(question: str, county_and_more: Service) -> None:
    answer = county_and_more.ask(question)
    assert "run by Overmoor Borough Council" in answer.answer.text
    assert not answer.facts
    assert any("Gablefold Lodge" in offer for offer in answer.suggestions)


@pytest.mark.parametrize("question", ["Is Overmoor good?", "Which homes in Overmoor are good?"])
def test_a_council_that_is_the_only_place_stays_a_place(question: str, county_and_more: Service) -> None:
    assert "run by" not in county_and_more.ask(question).answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is Humsley and Warcombe rated?", True),
        ("What is Humsley and Warcombe, Ripon rated?", False),
        ("Is Humsley and Warcombe Truro any good?", False),
    ],
)
def test_a_name_with_and_is_not_told_by_its_first_word(
    question: str, told: bool, county_and_more: Service
) -> None:
    answer = county_and_more.ask(question)
    assert (answer.status == "answered") is told
    assert "Humsley and Warcombe Rest" in answer.answer.text
    assert "did not understand" not in answer.answer.text
