"""Query → Result, computed twice: over columns of numbers and row by row.

Both agree on random Queries over random tables.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from made_facts import GOOD, RANKS, RI, fact, store

from qa.evaluation.making.queries import QueryMaker
from qa.evaluation.making.random_tables import random_table, words_of
from qa.evaluation.plain import Rows, evaluate_rows
from qa.facts import FactStore
from qa.facts.of_one import tells_of_one
from qa.facts.run import run
from qa.question import query as q
from qa.scale import CQC

TABLES = int(os.environ.get("QUERY_TABLES", "200"))
QUERIES = 50  # of each table


@pytest.mark.parametrize("seed", range(TABLES))
def test_both_programs_say_the_same_of_random_queries(seed: int) -> None:
    random = Random(seed)
    facts = random_table(random, CQC)
    held, rows = FactStore.in_memory(facts, RANKS), Rows(facts, CQC)
    maker = QueryMaker(words_of(held, CQC), random, grouped_claims=True)
    for _ in range(QUERIES):
        query = maker.query()
        documents = random.choice((("a.csv",), ("b.csv",))) if random.random() < 0.1 else None
        limit = random.choice((50, 3))
        assert run(query, held, CQC, documents, limit) == evaluate_rows(query, rows, documents, limit), query


@pytest.mark.parametrize("seed", range(TABLES // 10))
def test_what_is_told_of_one_subject_is_what_a_query_finds(seed: int) -> None:
    random = Random(seed)
    held = FactStore.in_memory(random_table(random, CQC), RANKS)
    aspects = (*held.values("aspect"), "Overall", "Gardens")
    services = (*held.values("service"), "Overall")
    for subject in held.subjects():
        named = q.Named((subject.id,), (subject.name,))
        ratings = [
            q.Ratings(asked, service, before)
            for asked in ((), *((aspect,) for aspect in aspects))
            for service in services
            for before in (False, True)
        ]
        fields = [q.Values((field,)) for field in ("provider", "constellation")]
        measures: list[q.Measure] = [q.Events(), *fields, *ratings]
        for measure in measures:
            query = q.Query(named, measure)
            found = run(query, held, CQC, limit=0)
            least = 2 if isinstance(measure, q.Events) else 1
            assert tells_of_one(query, held, CQC) == (found.total >= least and not found.missing), query


def test_what_is_told_is_looked_up_of_nothing_but_one_subject() -> None:
    held = store(fact("Oak House", identifier="1"), fact("Elm House", identifier="2"))
    both = q.Named((1, 2), ("Oak House", "Elm House"))
    for query in (
        q.Query(both),
        q.Query(),
        q.Query(q.Named((1,)), q.Count()),
        q.Query(q.Named((1,)), q.Events(which="last")),
        q.Query(q.Named((1,)), claim=q.Claim(q.ANY, q.Rated((GOOD,)))),
    ):
        assert tells_of_one(query, held, CQC) is None


# What quantifiers say, against counting one by one ----------------------------------------------------------

QUANTIFIERS: dict[str, tuple[q.Quantifier, Callable[[int, int], bool]]] = {
    "all": (q.ALL, lambda part, whole: whole > 0 and part == whole),
    "any": (q.ANY, lambda part, _: part > 0),
    "none": (q.NONE, lambda part, _: part == 0),
    "most": (q.MOST, lambda part, whole: part > whole - part),
    "half": (q.Quantifier(least=Fraction(1, 2)), lambda part, whole: whole > 0 and part >= whole - part),
    "not all": (q.Quantifier(under=Fraction(1)), lambda part, whole: whole > 0 and part < whole),
    "under half": (q.Quantifier(under=Fraction(1, 2)), lambda part, whole: part < whole - part),
    "at most a third": (
        q.Quantifier(most=Fraction(1, 3)),
        lambda part, whole: whole > 0 and 3 * part <= whole,
    ),
    "over two thirds": (q.Quantifier(over=Fraction(2, 3)), lambda part, whole: 3 * part > 2 * whole),
    "only one": (q.Quantifier(low=1, high=1), lambda part, _: part == 1),
    "at least two": (q.Quantifier(low=2), lambda part, _: part >= 2),
    "fewer than three": (q.Quantifier(high=2), lambda part, _: part < 3),
    "two to four": (q.Quantifier(low=2, high=4), lambda part, _: part in (2, 3, 4)),
    "more than one, and most": (
        q.Quantifier(low=2, over=Fraction(1, 2)),
        lambda part, whole: part > 1 and part > whole - part,
    ),
}
TIMES: dict[str, tuple[q.Quantifier, Callable[[int, int], bool]]] = {
    "more": (q.MORE, lambda one, other: one > other),
    "fewer": (q.FEWER, lambda one, other: one < other),
    "as many": (q.AS_MANY, lambda one, other: one == other),
    "at least as many": (q.Quantifier(least=Fraction(1)), lambda one, other: one >= other),
    "more than twice as many": (q.Quantifier(over=Fraction(2)), lambda one, other: one > 2 * other),
    "at most half as many": (q.Quantifier(most=Fraction(1, 2)), lambda one, other: 2 * one <= other),
}
MOST_HOMES = 6


@pytest.mark.parametrize("said", TIMES)
def test_two_numbers_of_a_group_compare_as_counting_says(said: str) -> None:
    quantifier, is_true = TIMES[said]
    counts = [(one, other) for one in range(5) for other in range(5) if one or other]
    held = store(
        *(
            fact("A home", rating, identifier=f"{rating} {town} {place}", town=f"{town}")
            for town, pair in enumerate(counts)
            for rating, number in zip((GOOD, RI), pair, strict=True)
            for place in range(number)
        )
    )
    having = q.Having(quantifier, q.Rated((GOOD,)), q.Rated((RI,)))
    groups = run(q.Query(measure=q.Count(), by=("town",), having=(having,)), held, CQC).groups
    assert sorted(group.compared or () for group in groups) == sorted(
        pair for pair in counts if is_true(*pair)
    )
    leads = [abs(group.compared[0] - group.compared[1]) for group in groups if group.compared]
    assert leads == sorted(leads, reverse=True)


@pytest.mark.parametrize("said", QUANTIFIERS)
def test_of_every_count_a_claim_and_a_group_say_what_counting_says(said: str) -> None:
    quantifier, is_true = QUANTIFIERS[said]
    for whole in range(MOST_HOMES + 1):
        for part in range(whole + 1):
            homes = [
                fact(f"Home {number}", GOOD if number < part else RI, identifier=str(number), town="Leeds")
                for number in range(whole)
            ]
            held = store(*homes, fact("A school", GOOD, identifier="school", town="York"))
            scope = q.Is("town", ("Leeds",)) if whole else q.NameHas(("home",))
            claimed = run(q.Query(scope, claim=q.Claim(quantifier, q.Rated((GOOD,)))), held, CQC)
            assert (claimed.verdict, claimed.matching, claimed.whole) == (is_true(part, whole), part, whole)
            grouped = run(
                q.Query(scope, q.Count(), by=("town",), having=(q.Having(quantifier, q.Rated((GOOD,))),)),
                held,
                CQC,
            )
            assert len(grouped.groups) == (1 if whole and is_true(part, whole) else 0)
