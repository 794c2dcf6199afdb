"""Two topics asked about in one question to the reports: each is answered, or said to have no answer."""

from __future__ import annotations

import pytest

from qa.language.clauses import parts
from qa.service import Service


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say about {one}, and about {other}?",
        "What does the report say about {one} and about {other}?",
        "What did CQC find out about {one}, and also about {other}?",
        "Does the report say anything about {one} and also about {other}?",
        "Tell me about {one}, and about {other}",
        "what did they learn about {one} and about {other}",
    ],
)
def test_each_topic_is_a_question(question: str) -> None:
    head = question.split(" {")[0]
    asked = parts(question.format(one="culture", other="working with the voluntary sector"))
    assert asked == (f"{head} culture?", f"{head} working with the voluntary sector?")


def test_both_topics_are_answered(trusts: Service) -> None:
    answer = trusts.ask(
        "What does the report say about culture, and about working with the voluntary sector?"
    )
    found = [part.text for part in answer.parts]
    assert len(found) == 2
    assert "culture" in found[0]
    assert "voluntary" in found[1]


@pytest.mark.parametrize(
    "question", ["What does it say about staff and patients?", "What is it about and who wrote it?"]
)
def test_one_topic_of_two_words_stays_one(question: str) -> None:
    assert not any("about staff?" in part or "about who" in part for part in parts(question))
