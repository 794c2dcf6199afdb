"""Numbers of a table's own column: their mean, sum, least and most are told, and make no groups."""

from __future__ import annotations

import pytest
from made_facts import GOOD, fact, vocabulary_of

from qa.question import query as q
from qa.question.query import Query
from qa.question.read import read
from qa.question.vocabulary import Vocabulary

HOMES = q.Is("care_home", ("Y",))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    named = (("Oak House", "Y", "12"), ("Elm House", "Y", "30"), ("Ash Surgery", "N", "5"))
    rows = [
        fact(name, GOOD, identifier=name, care_home=home, Beds=beds, region="North")
        for name, home, beds in named
    ]
    return vocabulary_of(*rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the average number of beds of care homes?", Query(HOMES, q.Total("mean", "beds"))),
        ("mean beds of the care homes", Query(HOMES, q.Total("mean", "beds"))),
        ("What are the total beds of care homes?", Query(HOMES, q.Total("sum", "beds"))),
        ("largest number of beds among care homes", Query(HOMES, q.Total("most", "beds"))),
        ("What are the lowest beds of care homes?", Query(HOMES, q.Total("least", "beds"))),
        ("Which care homes have the highest beds?", Query(HOMES, q.Total("most", "beds"))),
        ("How many care homes are there by beds?", Query(HOMES, q.Count(), by=("beds",))),
    ],
)
def test_a_number_is_totalled_where_a_total_is_asked(
    text: str, expected: Query, vocabulary: Vocabulary
) -> None:
    assert read(text, None, vocabulary).queries == (expected,)
