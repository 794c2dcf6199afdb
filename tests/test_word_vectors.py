"""The vectors of words: what is near to what, and that passages are found that share no word with a question."""

from __future__ import annotations

import numpy as np
import pytest
from test_points import document

from qa.language.stems import terms
from qa.passages import passages_of
from qa.retrieval import Retriever, Thesaurus, index
from qa.retrieval.retriever import BY_WORDS
from qa.retrieval.word_vectors import (
    NOTHING,
    STEPS,
    Tokens,
    nearest,
    nearness,
    rows_of,
    vector_of,
    vectors_of,
)

TEXTS = ["The cook bakes bread.", "A train left the station.", "Nurses care for patients.", "Oxleas 2017"]


def told(texts: list[str]) -> Tokens:
    """The tokens of texts, each text a unit."""
    held = [(term, unit) for unit, text in enumerate(texts) for term in terms(text)]
    return Tokens(rows_of(term for term, _ in held), np.array([unit for _, unit in held], dtype=np.int64))


@pytest.mark.parametrize(
    ("question", "first"),
    [("Who makes the dough?", 0), ("railway platform", 1), ("hospital ward and doctors", 2)],
)
def test_the_nearest_text_has_words_of_like_meaning(question: str, first: int) -> None:
    vectors = vectors_of(told(TEXTS), len(TEXTS))
    assert nearest(vectors, vector_of(terms(question)), 1) == [first]
    near = nearness(terms(question), told(TEXTS), len(TEXTS), range(len(TEXTS)))
    assert int(near.units.argmax()) == first
    assert near.passages.tolist() == near.units.tolist()


def test_a_text_without_known_words_is_near_to_nothing() -> None:
    assert rows_of(["oxlea", "qqq"]).tolist() == [NOTHING, NOTHING]
    assert not vector_of(["oxlea"]).any()
    assert nearness(terms(TEXTS[0]), told(TEXTS), 4, [0, 3]).units[3] == 0.0
    assert nearness(["oxlea"], told(TEXTS), 4, [0, 3]).passages.tolist() == [0.0, 0.0]
    assert nearness([], told([]), 0, []).units.tolist() == []


def test_a_text_is_as_near_to_itself_as_can_be_and_its_words_in_any_order() -> None:
    near = nearness(terms("bread bakes"), told(["bakes bread", "bread"]), 2, [0])
    assert near.units[0] == pytest.approx(1.0)
    assert near.passages[0] <= 1.0
    vector = vector_of(terms("bread bakes"))
    assert np.linalg.norm(vector) == pytest.approx(STEPS, rel=0.01)
    assert (vector == vector_of(terms("bakes bread"))).all()
    assert (vector == np.round(vector)).all()


def test_the_nearest_are_in_order_and_equal_ones_in_that_of_their_numbers() -> None:
    vectors = vectors_of(told(["bread", "train", "bread", "nurse", "bread"]), 5)
    question = vector_of(["bread"])
    assert nearest(vectors, question, 2) == [0, 2]
    assert nearest(vectors, question, 9)[:3] == [0, 2, 4]


def passages(count: int) -> list[str]:
    """Sentences with a word of the question "Where is the railway?" that don't answer it, and one without."""
    return [*(f"Where number {n} hangs is the wall." for n in range(count)), "Trains leave from the south."]


def test_a_passage_without_any_word_of_the_question_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = {str(n): [text] for n, text in enumerate(passages(3 * BY_WORDS))}
    held = passages_of(document(sections))
    question = "On which wall is the locomotive?"

    def seen() -> bool:
        retriever = Retriever(held, thesaurus=Thesaurus.of())
        found = retriever.look(question).passages
        return any("Trains" in retriever.passages[number].text for number in found)

    assert seen()
    monkeypatch.setattr(index, "MEANINGS", 10)  # with more passages none is found by its vector
    monkeypatch.setattr("qa.retrieval.query_terms.neighbours", lambda term: ())
    assert not seen()
