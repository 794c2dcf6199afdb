"""A table that rates nobody for key questions: what is asked about them is refused, never left out in silence."""

import county
import pytest
from made_corpus import serve

from qa.service import Service


@pytest.fixture(scope="module")
def overall(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The county with its overall ratings alone."""
    rows = [row for row in county.rows() if "Overall" in row]
    return serve(tmp_path_factory.mktemp("overall"), rows, county.HEADS)


@pytest.mark.parametrize(
    "question",
    [
        "which homes are outstanding on all five?",
        "is Saltersgate outstanding for all five key questions?",
        "which key question do homes do worst on?",
        "which key question is most often inadequate?",
        "how many homes are good for all five?",
        "what share of homes is good on all five?",
        "Which provider has most homes, and is there any that's outstanding on all five?",
    ],
)
def test_key_questions_that_are_not_held_are_refused(question: str, overall: Service) -> None:
    answer = overall.ask(question)
    assert (answer.status, answer.facts) == ("not_found", ())


def test_what_is_held_is_told(overall: Service) -> None:
    text = overall.ask("which homes are outstanding?").answer.text
    assert text.startswith("2 care homes were rated Outstanding")
