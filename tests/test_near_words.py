"""Words of like meaning: what the table holds, and that a question asked with one finds the other."""

from __future__ import annotations

import pytest
from test_points import document, told

from qa.passages import passages_of
from qa.retrieval import Retriever, Thesaurus
from qa.retrieval.near_words import Neighbour, is_common, neighbours

BODY = {
    "Garden": ["The shed was destroyed by a storm in the spring.", "Tomatoes grow along the wall."],
    "Kitchen": ["The cook bakes bread each morning.", "A new oven came in May."],
    "Hall": ["The piano was tuned before the concert.", "Chairs stand in rows."],
}


@pytest.mark.parametrize("term", ["kid", "lone", "wreck", "inexpens"])
def test_neighbours_are_other_stems_the_nearest_first(term: str) -> None:
    found = neighbours(term)
    nearness = [one.nearness for one in found]
    assert is_common(term)
    assert nearness == sorted(nearness, reverse=True)
    assert all(0.0 < near <= 1.0 for near in nearness)
    assert len({term, *(one.term for one in found)}) == len(found) + 1


def test_a_word_that_is_not_common_has_no_neighbours() -> None:
    assert not is_common("oxlea")
    assert neighbours("oxlea") == ()


def test_a_neighbour_has_its_stem_and_how_near_it_is() -> None:
    assert neighbours("wreck")[0] == Neighbour("wreckag", 0.65)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Who prepares loaves?", "The cook bakes bread each morning."),
        ("Where are the seats?", "Chairs stand in rows."),
    ],
)
def test_words_of_like_meaning_are_found_without_a_thesaurus(asked: str, answer: str) -> None:
    found = Retriever(passages_of(document(BODY)), thesaurus=Thesaurus.of()).search(asked)
    marked = found.ranked[0].answer
    assert marked is not None
    assert found.ranked[0].passage.text[marked.start : marked.end] == answer


def test_a_word_that_the_passages_have_is_not_replaced() -> None:
    sections = {"A": ["The children sang."], "B": ["The kids swam."], "C": ["Lunch is at noon."]}
    assert (
        told(Retriever(passages_of(document(sections))).search("Where did the kids swim?"))[0]
        == "The kids swam."
    )
