"""Who a name means when it is all that a question has: the same as when the whole question is read."""

from __future__ import annotations

import pytest
from made_facts import fact, vocabulary_of
from made_names import vocabulary

from qa.question.one_name import as_named, one_name
from qa.question.query import Named
from qa.question.read import read
from qa.question.vocabulary import Vocabulary

ODD = [  # names with words that have other meanings, that end a sentence, or that others nearly have
    *("Dental Hospital", "Home Care Service", "We are With You - Cornwall", "Kolve House. And more"),
    *("Headlands", "The Headland Medical Centre", "Good Companions", "Four Acres", "Fouracres Care Home"),
    *("Kind & Safe Care", "A and B Care", "Is it Home?", "Brackley", "Brackley Care Home", "Elmos", "Elmo"),
    *("Overall Care", "Tarnwick House", "Tarnwick House Surgery", "Samaritans", "All Saints"),
]


def read_whole(question: str, held: Vocabulary) -> Named | None:
    reading = read(question, None, held)
    scopes = [query.scope for query in reading.queries]
    certain = len(scopes) == 1 and not (reading.ambiguous or reading.unknown or reading.left_out)
    return scopes[0] if certain and isinstance(scopes[0], Named) else None


def odd() -> Vocabulary:
    return vocabulary_of(
        *(
            fact(
                name, identifier=str(number), kind="Residential social care", town=f"Bram{'abc'[number % 3]}"
            )
            for number, name in enumerate(ODD, 1)
        )
    )


@pytest.mark.parametrize("held", [vocabulary(), odd()], ids=["made", "odd"])
def test_a_name_is_told_at_once_as_it_is_read_in_a_question(held: Vocabulary) -> None:
    wrong, alone, asked = list[str](), 0, 0
    for one in held.store.subjects():
        for behind in ("rated?", f"in {one.attributes['town']} rated?"):
            asked += 1
            choice = one_name("What is", one.name, behind, held)
            if choice is not None:
                alone += 1
                question = f"What is {one.name} {behind}"
                if read_whole(question, held) != as_named(choice, held):
                    wrong.append(question)
    assert wrong == []
    assert alone >= asked / 3  # others have words of several readings


def test_a_name_is_told_as_it_was_published() -> None:
    held = odd()
    choice = one_name("What is", "tarnwick house surgery", "rated?", held)
    named = as_named(choice, held) if choice is not None else None
    assert named is not None
    assert named.labels == ("Tarnwick House Surgery",)
