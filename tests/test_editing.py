"""A Query part by part: random Queries of all kinds, each part taken away or changed."""

from __future__ import annotations

from random import Random

import pytest
from made_facts import RANKS

from qa.answering.context import Context
from qa.answering.editing import Offers, in_few_words, parts_shown
from qa.evaluation.making.queries import QueryMaker
from qa.evaluation.making.random_tables import random_table, words_of
from qa.facts import FactStore
from qa.facts.run import run
from qa.question.canonical import read_canonical, read_canonical_all
from qa.question.query import Is
from qa.question.say import say, say_all
from qa.question.vocabulary import Vocabulary
from qa.scale import CQC

QUERIES = 60  # of each table


def world(seed: int) -> tuple[QueryMaker, Vocabulary, FactStore]:
    random = Random(f"edited {seed}")
    held = FactStore.in_memory(random_table(random, CQC), RANKS)
    return QueryMaker(words_of(held, CQC), random), Vocabulary(held, None, CQC), held


def context_of(vocabulary: Vocabulary) -> Context:
    labels = vocabulary.kinds.labels
    return Context(
        CQC,
        None,
        vocabulary.kinds.noun,
        vocabulary.fields,
        vocabulary.aspects,
        lambda field, values: labels.get((field, values)),
    )


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_part_offers_can_be_said_read_back_and_computed(seed: int) -> None:
    maker, vocabulary, held = world(seed)
    places = {field.name: held.values(field.name)[:3] for field in vocabulary.fields if field.place}
    kinds = [one for one in vocabulary.kinds.labelled.values() if isinstance(one, Is)]
    offers, context = Offers(places, kinds, CQC.ratings, vocabulary.aspects), context_of(vocabulary)
    for _ in range(QUERIES):
        query = maker.query()
        parts = parts_shown(query, context, offers)
        assert all(part.words.strip() == part.words != "" for part in parts)
        for changed in [part.without for part in parts if part.without] + [
            other.query for part in parts for other in part.others
        ]:
            assert changed != query
            assert read_canonical(said := say(changed, vocabulary), vocabulary) == changed, said
            run(changed, held, CQC)


def test_several_queries_are_said_and_read_back_together() -> None:
    maker, vocabulary, _ = world(0)
    for _ in range(QUERIES):
        queries = tuple(maker.query() for _ in range(3))
        assert read_canonical_all(say_all(queries, vocabulary), vocabulary) == queries
        assert in_few_words(queries, context_of(vocabulary)).count("; ") >= 2
