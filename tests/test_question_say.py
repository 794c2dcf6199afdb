"""A Query said in English is read back as the same Query: thousands of random ones over random tables."""

from __future__ import annotations

import os
from random import Random

import pytest
from made_facts import RANKS

from qa.evaluation.making.queries import QueryMaker
from qa.evaluation.making.random_tables import random_table, words_of
from qa.facts import FactStore
from qa.question.canonical import read_canonical
from qa.question.query import Query
from qa.question.read import read
from qa.question.say import say
from qa.question.vocabulary import Vocabulary
from qa.scale import CQC

TABLES = int(os.environ.get("QUERY_TABLES", "100"))
QUERIES = 100  # of each table


def world(seed: int) -> tuple[QueryMaker, Vocabulary]:
    random = Random(f"said {seed}")
    held = FactStore.in_memory(random_table(random, CQC), RANKS)
    return QueryMaker(words_of(held, CQC), random), Vocabulary(held, None, CQC)


@pytest.mark.parametrize("seed", range(TABLES))
def test_a_query_that_is_said_is_read_back_as_it_was(seed: int) -> None:
    maker, vocabulary = world(seed)
    for _ in range(QUERIES):
        query = maker.query()
        assert read_canonical(said := say(query, vocabulary), vocabulary) == query, said


def test_a_reading_that_is_shown_can_be_asked() -> None:
    maker, vocabulary = world(0)
    for _ in range(QUERIES):
        query = maker.query()
        reading = read(say(query, vocabulary), None, vocabulary)
        assert (reading.queries, reading.left_out, reading.confidence) == ((query,), (), 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "Number of",
        "Number of places; by",
        "Number of places, rated",
        "Number of places, rated Good, and more",
        "Number of places, whose shoe size is “9”",
        "Number of places; places 1 to",
        "Whether all of places",
        "Share (rated Good of places",
        "Ratings of places, either rated Good or else",
        "Ratings of places, as at 31 February 2020",
        "The moon of places",
    ],
)
def test_what_is_not_of_the_controlled_language_is_no_query(text: str) -> None:
    assert read_canonical(text, world(0)[1]) is None


def test_prose_is_said_as_it_was_asked() -> None:
    assert say(Query(prose="Why did they improve?"), world(0)[1]) == "Why did they improve?"
