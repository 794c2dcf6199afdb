"""Composed questions that `qa questions make` draws: of every part of the algebra, in words that ask it, with
a gold that holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from directory import directory, write
from made_facts import BAD, GOOD, RI, TOP, fact
from small_directory import small_directory

from qa.errors import UsageError
from qa.evaluation.asking import in_process
from qa.evaluation.cases import Case
from qa.evaluation.judging import faults
from qa.evaluation.making import KINDS, Loaded, load, make
from qa.evaluation.making.composed import composed
from qa.evaluation.making.everyday import EverydayMaker
from qa.evaluation.making.gold import gold
from qa.evaluation.making.loose_words import wordings
from qa.evaluation.making.loosely import Loosely
from qa.evaluation.making.queries import SHAPES
from qa.evaluation.making.slips import shortened, slipped
from qa.evaluation.plain import evaluate
from qa.question import query as q
from qa.question.query import Query
from qa.scale import CQC
from qa.service import Service
from qa.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write(folder, "directory.csv", directory())
    return folder


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Loaded:
    return load(folder)


@pytest.fixture(scope="module")
def lines(loaded: Loaded) -> list[dict[str, Any]]:
    return [json.loads(line) for line in make(loaded, seed=3, per_kind=4, kinds=("composed", "canonical"))]


def test_every_kind_of_query_is_asked_in_both_ways_and_every_line_is_of_the_schema(
    lines: list[dict[str, Any]],
) -> None:
    kinds = [one["kind"] for one in lines]
    assert set(kinds) == set(KINDS)
    assert {kinds.count(kind) for kind in KINDS if "total" not in kind} == {4}
    for one in lines:
        Case.model_validate_json(json.dumps(one), strict=True)


def test_the_same_seed_makes_the_same_questions_and_another_seed_others(loaded: Loaded) -> None:
    one, again, other = (
        [made.question for made in composed(loaded.material, "composed_count", 6, Random(seed))]
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_questions_in_canonical_english_are_answered_as_the_rows_say(
    folder: Path, lines: list[dict[str, Any]]
) -> None:
    ask = in_process(
        Service.open(Settings.load({"corpus": folder, "cache": os.environ["ASKWELL_TEST_CACHE"]}, {}))
    )
    wrong = []
    for one in lines:
        if one["kind"].startswith("canonical"):
            case = Case.model_validate(one)
            told, _ = ask(case)
            wrong += [f"{case.question}: {found}: {told.text}" for found in faults(case, told)]
    assert not wrong, "\n".join(wrong)


def test_kinds_are_chosen_by_how_they_begin(loaded: Loaded) -> None:
    made = [json.loads(line) for line in make(loaded, seed=1, per_kind=1, kinds=("composed_cl", "when"))]
    assert [one["kind"] for one in made] == ["when", "composed_claim"]
    with pytest.raises(UsageError, match="No kind of question begins with 'compose_'"):
        list(make(loaded, seed=1, per_kind=1, kinds=("compose_",)))


# Words ------------------------------------------------------------------------------------------------------

HOMES, LEEDS, ARE_GOOD = q.Is("care_home", ("Y",)), q.Is("local_authority", ("Leeds",)), q.Rated((GOOD,))
SAID: dict[str, tuple[Query, str]] = {
    "count": (Query(q.And((HOMES, LEEDS, ARE_GOOD)), q.Count()), "How many good homes in Leeds are there?"),
    "not in": (Query(q.And((HOMES, q.Not(LEEDS))), q.Count()), "How many homes outside Leeds are there?"),
    "share": (Query(HOMES, q.Share(q.Rated((RI, BAD)))), "What percentage of homes are rated below good?"),
    "groups": (
        Query(q.And((HOMES, ARE_GOOD)), q.Count(), by=("region",)),
        "How many good homes are there by region?",
    ),
    "having": (
        Query(HOMES, q.Count(), by=("region",), having=(q.Having(q.Quantifier(low=3)),)),
        "Which regions have at least 3 homes?",
    ),
    "most": (
        Query(q.And((HOMES, ARE_GOOD)), q.Count(), by=("region",), order=q.Order(), ranks=(1, 1)),
        "Which region has the most good homes?",
    ),
    "claim": (
        Query(HOMES, claim=q.Claim(q.MOST, q.Rated((TOP, GOOD)))),
        "Are most homes rated good or better?",
    ),
    "number": (
        Query(HOMES, claim=q.Claim(q.Quantifier(low=2), ARE_GOOD)),
        "Are there at least 2 homes that are rated good?",
    ),
    "against": (
        Query(
            q.And((LEEDS, HOMES)),
            q.Count(),
            against=(q.And((q.Is("local_authority", ("Devon",)), HOMES)),),
            relation="difference",
        ),
        "How many more homes are there in Leeds than in Devon?",
    ),
    "newest": (
        Query(HOMES, order=q.Order("date"), ranks=(1, 3)),
        "Which are the 3 most recently rated homes?",
    ),
    "lookup": (Query(q.Named((1,), ("Oak Tree House",))), "How is Oak Tree House rated?"),
    "better": (
        Query(
            q.Named((1,), ("Oak Tree House",)), against=(q.Named((4,), ("Elm Court",)),), relation="better"
        ),
        "Is Oak Tree House rated better than Elm Court?",
    ),
}


class First(Random):
    """Chance that always takes the first of what is offered, and never the rarer way."""

    def random(self) -> float:
        return 0.45

    def choice(self, seq: Any) -> Any:
        return (
            "below"
            if seq == ("below", "down")
            else seq[1]
            if list(seq) == wordings()["word"]["noun"]["care homes"]
            else seq[0]
        )

    def choices(self, population: Any, *_: Any, **__: Any) -> list[Any]:
        return [population[0]]


@pytest.mark.parametrize("said", SAID)
def test_a_query_is_put_into_words_that_ask_it(said: str) -> None:
    query, expected = SAID[said]
    asked = Loosely(small_directory(), First(), lambda _: False).question(query)
    assert asked == expected


UNSAID = [
    Query(HOMES, q.Count(), at=None, by=("aspect",)),
    Query(q.And((HOMES, q.Or((LEEDS, ARE_GOOD, q.Unrated())))), q.Count()),
    Query(HOMES, order=q.Order("rating")),
    Query(prose="why"),
]


@pytest.mark.parametrize("query", UNSAID, ids=str)
def test_what_has_no_looser_words_is_not_asked(query: Query) -> None:
    assert Loosely(small_directory(), Random(1), lambda _: False).question(query) is None


def test_every_wording_can_be_filled_in(loaded: Loaded) -> None:
    """Braces that nothing fills would raise KeyError; all sections of questions are reached."""
    random = Random(5)
    maker, loosely = (
        EverydayMaker(loaded.material, random),
        Loosely(loaded.material.vocabulary, random, loaded.material.is_clear),
    )
    reached: set[str] = set()

    def ask(section: str, **told: str) -> str:
        reached.add(section)
        for wording in wordings()["question"][section]:
            assert "{" not in wording.format_map(told)
        return section

    loosely._ask = ask  # type: ignore[method-assign]
    for shape in SHAPES:
        for _ in range(400):
            loosely.question(maker.query(shape))
    numbers = {"mean", "sum", "least", "most"}  # of columns that this directory has not
    assert set(wordings()["question"]) - reached <= numbers | {"having_none"}


# Gold -------------------------------------------------------------------------------------------------------

FACTS = [
    fact(
        "Oak House",
        GOOD,
        "2020-03-02",
        identifier="1",
        care_home="Y",
        town="Leeds",
        local_authority="Leeds",
        region="North",
    ),
    fact(
        "Elm House",
        RI,
        "2019-03-02",
        identifier="2",
        care_home="Y",
        town="Leeds",
        local_authority="Leeds",
        region="North",
    ),
    fact(
        "Ash House",
        GOOD,
        "2018-03-02",
        identifier="3",
        care_home="Y",
        town="York",
        local_authority="York",
        region="North",
    ),
    fact(
        "Fir House",
        None,
        "2018-03-02",
        identifier="4",
        care_home="Y",
        town="York",
        local_authority="York",
        region="North",
    ),
]
OAK, ELM = q.Named((1,), ("Oak House",)), q.Named((2,), ("Elm House",))
GOLDS: dict[str, tuple[Query, Mapping[str, Any] | None]] = {
    "a count": (Query(ARE_GOOD, q.Count()), {"value": 2}),
    "none": (Query(q.Rated((BAD,)), q.Count()), {"value": 0}),
    "a share of the rated": (Query(HOMES, q.Share(ARE_GOOD)), {"value": 66.7}),
    "a list": (Query(ARE_GOOD), {"total": 2, "names": ["Ash House", "Oak House"]}),
    "one": (Query(OAK), {"values": {"Oak House": GOOD}}),
    "a date": (Query(ELM, q.Dates()), {"date": "2019-03-02"}),
    "a column": (Query(ELM, q.Values(("town",))), {"names": ["Leeds"]}),
    "groups": (
        Query(ARE_GOOD, q.Count(), by=("town",)),
        {"names": ["Leeds", "York"], "values": {"Leeds": 1, "York": 1}},
    ),
    "a claim": (Query(HOMES, claim=q.Claim(q.MOST, ARE_GOOD)), {"direct": ["^yes\\b"], "value": 2}),
    "a claim that fails": (Query(HOMES, claim=q.Claim(q.ALL, ARE_GOOD)), {"direct": ["^no\\b"], "value": 2}),
    "a comparison": (
        Query(OAK, against=(ELM,), relation="compare"),
        {
            "names": ["Oak House", "Elm House"],
            "values": {"Oak House": GOOD, "Elm House": RI},
            "winner": ["Oak House"],
        },
    ),
    "better": (
        Query(ELM, against=(OAK,), relation="better"),
        {
            "names": ["Elm House", "Oak House"],
            "values": {"Elm House": RI, "Oak House": GOOD},
            "direct": ["^no\\b"],
        },
    ),
    "a difference": (
        Query(q.Is("town", ("Leeds",)), q.Count(), against=(q.Is("town", ("York",)),), relation="difference"),
        {"value": 0},
    ),
    "what is not held": (Query(OAK, q.Ratings(before=True)), None),
    "nothing to compare": (Query(OAK, against=(q.Named((4,), ("Fir House",)),), relation="compare"), None),
    "is it safe": (Query(OAK, claim=q.Claim(q.ALL, q.Rated((TOP, GOOD), "Safe"))), None),
}


@pytest.mark.parametrize("what", GOLDS)
def test_the_gold_is_what_the_rows_say(what: str) -> None:
    query, expected = GOLDS[what]
    assert gold(query, evaluate(query, FACTS, CQC), CQC) == expected


# How people type --------------------------------------------------------------------------------------------


def test_a_slip_changes_one_longer_word_and_no_slip_none() -> None:
    asked = "How many homes are rated inadequate?"
    assert slipped(asked, Random(1), 0) == asked
    for seed in range(50):
        typed = slipped(asked, Random(seed), 1)
        changed = [pair for pair in zip(asked.split(), typed.split(), strict=True) if pair[0] != pair[1]]
        assert len(changed) <= 1
        assert all(len(word) >= 5 and abs(len(word) - len(other)) <= 1 for word, other in changed)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Oak Tree Care Home", "Oak Tree"),
        ("Larkmoor Care Limited", "Larkmoor Care"),
        ("Quillbrook Residential Care Home", "Quillbrook"),
        ("Oxleas NHS Foundation Trust", "Oxleas"),
        ("The Laurels", "The Laurels"),
        ("Elm Surgery", "Elm Surgery"),  # three letters tell nobody
    ],
)
def test_a_name_is_shortened_where_the_rest_is_clear(name: str, short: str) -> None:
    assert shortened(name, lambda _: True) == short
    assert shortened(name, lambda _: False) == name
