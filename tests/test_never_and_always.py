"""What was never or always so is told from all known ratings, and not at all from one rating each."""

from __future__ import annotations

import pytest
from made_corpus import serve

from qa.service import Service

NO_HISTORY = "only one rating of"
HEADS = ("Name", "Town", "Rating", "Previous Rating", "Published")
CHANGED = [
    ["Oak House", "Ripon", "Good", "Inadequate", "2020-01-01"],
    ["Elm House", "Ripon", "Good", "Good", "2020-01-02"],
    ["Ash House", "Selby", "Outstanding", "Good", "2020-01-03"],
]


@pytest.mark.parametrize(
    "asked",
    [
        "Which care homes have never been outstanding?",
        "How many care homes were never inadequate?",
        "Has Yarrowby never been outstanding?",
        "Has any care home in Malton never been good?",
        "Have all care homes in Ripon never been inadequate?",
        "Which care homes have always been good?",
        "How many surgeries have always been good?",
        "Has Yarrowby always been good?",
        "What share of care homes has never been inadequate?",
    ],
)
def test_one_rating_of_each_does_not_tell(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.status == "not_found"
    assert NO_HISTORY in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Has Saltersgate never been outstanding?", "No. Saltersgate"),
        ("Has Yarrowby always been outstanding?", "No. Yarrowby"),
        ("Which care homes have ever been inadequate?", "Wilfreda House"),
    ],
)
def test_what_the_one_rating_contradicts_is_told(asked: str, told: str, county: Service) -> None:
    assert told in county.ask(asked).answer.text


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(tmp_path_factory.mktemp("changed"), CHANGED, HEADS)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which have never been inadequate?", "2 houses were not rated Inadequate at any time"),
        ("Has Oak House never been inadequate?", "No. Oak House"),
        ("Has Elm House never been inadequate?", "Yes. Elm House"),
        ("Has Elm House always been good?", "Yes. Elm House"),
        ("Has Ash House always been good?", "No. Ash House"),
        ("Which have always been good?", "Elm House"),
    ],
)
def test_ratings_before_are_counted(asked: str, told: str, changed: Service) -> None:
    assert told in changed.ask(asked).answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "When was the last care home in Thirsk rated?",
        "When did the last care home in Thirsk get rated?",
        "Which was the last care home in Thirsk to be rated?",
        "What was the last home in Thirsk to be inspected?",
    ],
)
def test_the_last_to_be_rated_is_the_newest(asked: str, county: Service) -> None:
    text = county.ask(asked).answer.text
    assert "Pinfold Rest" in text
    assert "Ashgrove" not in text


def test_two_ratings_beside_each_other_stay_two(county: Service) -> None:
    answer = county.ask("What is the gap between the number of good and requires improvement care homes?")
    assert "Good 4 against Requires improvement 3" in answer.answer.text
