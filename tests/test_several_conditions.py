"""Two conditions on the same homes: joined by a word of contrast, or on a number of key questions."""

from __future__ import annotations

import county
import pytest
from made_corpus import serve

from qa.service import Service


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(tmp_path_factory.mktemp("county"), county.rows(), county.HEADS)


def _names(service: Service, question: str) -> set[str]:
    answer = service.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), question
    return {fact.subject for fact in answer.facts}


@pytest.mark.parametrize(
    "question",
    [
        "Of the care homes that require improvement overall, which are nevertheless good for safe?",
        "Which care homes require improvement overall and even so are good for safe?",
        "Which care homes require improvement overall but all the same are good for safe?",
        "Which care homes that require improvement overall are nonetheless good for safe?",
        "Which care homes require improvement overall yet are good for safe?",
        "Which care homes are good for safe despite requiring improvement overall?",
        "Which care homes are good for safe in spite of being requires improvement overall?",
        "Which care homes are good for safe notwithstanding requires improvement overall?",
        "Despite requiring improvement overall, which care homes are good for safe?",
        "Which care homes require improvement overall, but are still good for safe?",
    ],
)
def test_words_of_contrast_join_two_conditions(homes: Service, question: str) -> None:
    assert _names(homes, question) == {"Quennell Grange"}


@pytest.mark.parametrize(
    "question",
    [
        "Any care homes outstanding in two or more of the three questions? Give me their names.",
        "Which care homes are outstanding in two or more of the key questions?",
        "Which care homes are outstanding in 2 or more areas?",
        "Which care homes are outstanding for at least two domains?",
        "Which care homes are outstanding in more than one of the domains?",
        "Which care homes are rated outstanding for at least 2 questions?",
        "Care homes scoring outstanding across two or more categories",
        "Care homes with two or more key questions rated outstanding",
    ],
)
def test_a_number_of_key_questions_is_read_in_many_words(homes: Service, question: str) -> None:
    assert _names(homes, question) == {"Saltersgate"}


def test_areas_that_are_places_stay_places(homes: Service) -> None:
    reading = homes.ask("Which councils have good care homes in two or more areas?").understood.standalone
    assert "at least 2 of Caring" not in reading
