"""A Query part by part: random Queries of all kinds, each part taken away or changed."""

from __future__ import annotations

from fractions import Fraction
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
from qa.question.query import (
    ALL,
    ANY,
    EVERYTHING,
    MOST,
    NONE,
    WHOLE,
    Claim,
    Condition,
    Count,
    Dates,
    Having,
    Is,
    Measure,
    Order,
    Quantifier,
    Query,
    Rated,
    Ratings,
    Share,
    Values,
)
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


HOMES, BAD = Is("care_home", ("Y",)), Rated(("Inadequate",))


def words_of_query(query: Query) -> str:
    _, vocabulary, _ = world(0)
    return in_few_words([query], context_of(vocabulary))


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Ratings(), "listed"),
        (Ratings(("Safe",)), "rating for Safe"),
        (Ratings(("Safe", "Caring")), "rating for Safe and Caring"),
        (Ratings(()), "every key question"),
        (Ratings((), before=True), "rating before for every key question"),
        (Ratings(before=True), "rating before"),
        (Ratings(("Safe",), "Surgery", before=True), "rating before for Safe in “Surgery”"),
        (Ratings(service="Surgery"), "rating for “Surgery”"),
        (Values(("town", "provider")), "town and provider"),
        (Dates(), "date of the rating"),
        (Dates("Safe"), "date of the rating for Safe"),
        (Count(), "counted"),
        (Count(of="town"), "different towns counted"),
        (Share(BAD), "Inadequate · as a share"),
    ],
)
def test_a_chip_says_what_is_asked_for(measure: Measure, words: str) -> None:
    assert words_of_query(Query(HOMES, measure)) == f"Care homes · {words}"


@pytest.mark.parametrize(
    ("quantifier", "condition", "words"),
    [
        (Quantifier(low=8), EVERYTHING, "where at least 8"),
        (NONE, BAD, "where none of them rated Inadequate"),
        (Quantifier(high=3), BAD, "where at most 3 of them rated Inadequate"),
        (Quantifier(low=2, high=2), BAD, "where exactly 2 of them rated Inadequate"),
        (Quantifier(low=2, high=4), BAD, "where 2 to 4 of them rated Inadequate"),
        (Quantifier(under=Fraction(1, 4)), BAD, "where fewer than 25% of them rated Inadequate"),
        (MOST, BAD, "where most of them rated Inadequate"),
        (Quantifier(over=Fraction(1, 3)), BAD, "where more than 33.3% of them rated Inadequate"),
        (Quantifier(least=Fraction(1, 2)), BAD, "where at least half of them rated Inadequate"),
    ],
)
def test_a_chip_says_how_many_a_group_must_have(
    quantifier: Quantifier, condition: Condition, words: str
) -> None:
    query = Query(HOMES, Count(), by=("town",), having=(Having(quantifier, condition),))
    assert words_of_query(query) == f"Care homes · counted · by town · {words}"


@pytest.mark.parametrize(
    ("key", "descending", "ranks", "words"),
    [
        ("date", True, None, "newest first"),
        ("date", False, (1, 3), "the 3 oldest"),
        ("date", True, (1, 1), "the newest"),
        ("date", True, (2, 2), "second newest"),
        ("date", True, (4, 6), "places 4 to 6, newest first"),
        ("town", False, None, "sorted by town"),
        ("town", True, None, "sorted by town, reversed"),
    ],
)
def test_a_chip_says_the_order(key: str, descending: bool, ranks: tuple[int, int] | None, words: str) -> None:
    query = Query(HOMES, order=Order(key, descending), ranks=ranks)
    assert words_of_query(query) == f"Care homes · listed · {words}"


@pytest.mark.parametrize(
    ("descending", "ranks", "words"),
    [
        (True, (1, 1), "the most"),
        (False, (2, 2), "second fewest"),
        (True, (1, 5), "top 5"),
        (False, (2, 4), "bottom 2 to 4"),
    ],
)
def test_a_chip_says_which_groups_are_told(descending: bool, ranks: tuple[int, int], words: str) -> None:
    query = Query(HOMES, Count(), by=("town",), order=Order("figure", descending), ranks=ranks)
    assert words_of_query(query) == f"Care homes · counted · by town · {words}"


@pytest.mark.parametrize(
    ("quantifier", "words"), [(ALL, "all"), (MOST, "most"), (ANY, "any"), (NONE, "none")]
)
def test_a_chip_says_of_how_many_a_claim_is(quantifier: Quantifier, words: str) -> None:
    query = Query(HOMES, claim=Claim(quantifier, BAD))
    assert words_of_query(query) == f"Care homes · {words} of them · Inadequate"


def test_what_several_queries_ask_is_set_apart_by_a_semicolon() -> None:
    _, vocabulary, _ = world(0)
    queries = [Query(HOMES, Count()), Query(measure=Ratings((WHOLE,)))]
    assert in_few_words(queries, context_of(vocabulary)) == "Care homes · counted; Places · listed"
