"""One contract for all engines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pytest
from engines_made import DOCUMENTS, Made, document, entries_of, number_of

from qa.engines import ENGINES, Engine, Entry, Hits, Options
from qa.errors import UsageError

FIXED = {"tantivy"}  # whose k1 and b nothing can change
LISTS = [
    list(terms)
    for terms in (
        "ab",
        "bcc",
        "c",
        "",
        "aab",
        "defg",
        "gg",
        "ba",
        "abcdefg",
        "c",
        "e",
        "ed",
        "aaaa",
        "fb",
        "c",
    )
]


@pytest.fixture(scope="module", params=ENGINES)
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    """Each engine of the registry in turn."""
    addresses = request.getfixturevalue("opensearch") if request.param == "opensearch" else ()
    made = Made(request.param, addresses)
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(made: Made) -> Engine:
    """An engine that nothing changes."""
    return made.holding(LISTS)


def numbers(hits: Hits) -> list[int]:
    return [number_of(hit.passage) for hit in hits]


# Searching --------------------------------------------------------------------------------------------------

QUERIES: list[Sequence[str] | Mapping[str, float]] = [
    ["a"],
    ["c"],
    ["a", "b"],
    ["g", "g", "unknown"],
    list("abcdefg"),
    {"a": 0.5, "e": 2.0},
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_hits_are_the_entries_that_share_a_term_best_first_and_equal_ones_by_id(
    engine: Engine, query: Sequence[str] | Mapping[str, float]
) -> None:
    hits = engine.search(query, 50)
    assert hits.whole
    assert set(numbers(hits)) == {number for number, terms in enumerate(LISTS) if set(terms) & set(query)}
    assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.passage))
    assert all(hit.score > 0 for hit in hits)


@pytest.mark.parametrize("k", [0, 1, 2, 3, 4, 50])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_fewer_hits_are_the_first_of_more(engine: Engine, query: Sequence[str], k: int) -> None:
    assert engine.search(query, k).found == engine.search(query, 50).found[:k]


def test_equal_scores_are_cut_off_by_id_however_entries_came(made: Made) -> None:
    engine = made.empty()
    shuffled = np.random.default_rng(3).permutation(500).tolist()
    for some in (shuffled[:200], shuffled[200:]):
        engine.add([Entry(f"p{number:06}", document(number), ["same"]) for number in some])
        engine.commit()
    assert numbers(engine.search(["same"], 20)) == list(range(20))


@pytest.mark.parametrize(
    "lists", [[], [[]], [[], []]], ids=["nothing indexed", "one empty entry", "two empty entries"]
)
def test_an_empty_index_gives_no_hits(made: Made, lists: list[list[str]]) -> None:
    assert len(made.holding(lists).search(["a"], 5)) == 0


@pytest.mark.parametrize("query", [[], ["unknown"], {}, {"unknown": 2.0}], ids=str)
def test_a_query_without_a_known_term_gives_no_hits(
    engine: Engine, query: Sequence[str] | Mapping[str, float]
) -> None:
    assert len(engine.search(query, 5)) == 0


def test_scores_are_those_of_lucenes_formula(made: Made) -> None:
    (hit,) = made.holding([["a", "a", "b"], ["b"], ["c", "d"]], Options(k1=1.2, b=0.75)).search(["a"], 5)
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert hit.passage == "p000000"
    assert hit.score == pytest.approx(idf * 2 * 2.2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / 2)))


def test_a_term_that_most_entries_hold_still_counts(made: Made) -> None:
    assert numbers(made.holding([["a"], ["a", "a"], ["b"]]).search(["a"], 5)) == [1, 0]


def test_a_repeated_term_weighs_as_often_as_it_stands_there(made: Made) -> None:
    engine = made.holding([["a", "c"], ["b", "c"], ["c", "b"]])
    repeated, weighed = engine.search(["a", "a", "b"], 5), engine.search({"a": 2.0, "b": 1.0}, 5)
    assert numbers(repeated) == numbers(weighed)
    assert [hit.score for hit in repeated] == pytest.approx([hit.score for hit in weighed])


def test_weights_turn_the_order(made: Made) -> None:
    engine = made.holding([["a"], ["b"]])
    assert numbers(engine.search({"a": 0.5, "b": 1.0}, 5)) == [1, 0]
    assert numbers(engine.search({"a": 1.0, "b": 0.5}, 5)) == [0, 1]


TERMS = ["ünïcödé", "日本", "don't", "24/7", "a-b", "+x", "AND", "x" * 300, "\ufeff", "a\\b", "“q”", "£5"]


@pytest.mark.parametrize("term", TERMS, ids=ascii)
def test_a_term_is_found_whatever_it_is_made_of(made: Made, term: str) -> None:
    assert numbers(made.holding([["other"], [term, "x"], [f"{term}s"]]).search([term], 5)) == [1]


def test_the_order_is_that_of_the_memory_engine_up_to_ties_of_2_percent(made: Made) -> None:
    """Lucene keeps lengths in one byte, so that those above 40 are rounded, and with them scores."""
    random = np.random.default_rng(11)
    lists = [
        [f"t{number}" for number in random.zipf(1.3, random.integers(5, 90)) if 3 < number < 3000]
        for _ in range(3000)
    ]
    engine, memory = made.holding(lists), Made("memory").holding(lists)
    firsts, shared = [], []
    for _ in range(100):
        query = list(dict.fromkeys(random.permutation(lists[random.integers(len(lists))])))[:7]
        best = {hit.passage: hit.score for hit in memory.search(query, len(lists))}
        scores = [best[hit.passage] for hit in engine.search(query, 10)]
        assert len(scores) == min(10, len(best))
        firsts.append(scores[0] >= 0.98 * max(best.values()))
        shared.append(
            sum(score >= 0.98 * list(best.values())[len(scores) - 1] for score in scores) / len(scores)
        )
    assert sum(firsts) == len(firsts)
    assert sum(shared) / len(shared) >= 0.98


# Which documents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [[0], [1, 2], [0, 1, 2], []], ids=str)
@pytest.mark.parametrize("k", [1, 2, 50])
def test_only_the_documents_asked_for_are_searched_and_their_scores_stay(
    engine: Engine, wanted: list[int], k: int
) -> None:
    every = engine.search(list("abc"), 50)
    found = engine.search(list("abc"), k, {document(number) for number in wanted})
    expected = [hit for hit in every if number_of(hit.passage) % DOCUMENTS in wanted][:k]
    assert [hit.passage for hit in found] == [hit.passage for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])


def test_a_document_that_is_not_held_gives_no_hits(engine: Engine) -> None:
    assert len(engine.search(["a"], 5, ["reports/0"])) == 0


def test_many_documents_may_be_asked_for(engine: Engine) -> None:
    wanted = [f"reports/other {number}.md" for number in range(3000)]
    assert numbers(engine.search(["c"], 50, [*wanted, document(1)])) == [1]


# Changing ---------------------------------------------------------------------------------------------------


def alike(one: Hits, other: Hits) -> bool:
    """Whether the same was found, with the same scores but for what floats lose."""
    return [hit.passage for hit in one] == [hit.passage for hit in other] and [
        hit.score for hit in one
    ] == pytest.approx([hit.score for hit in other])


def test_nothing_is_found_before_it_is_committed(made: Made) -> None:
    engine = made.empty()
    engine.add(entries_of([["a"]]))
    assert len(engine.search(["a"], 5)) == 0
    engine.commit()
    assert len(engine.search(["a"], 5)) == 1


def test_entries_added_in_parts_are_found_as_if_they_came_at_once(made: Made, engine: Engine) -> None:
    parts = made.empty()
    for first in (9, 0, 5):
        last = {9: 15, 0: 5, 5: 9}[first]
        parts.add(entries_of(LISTS[first:last], first))
        parts.commit()
    for query in QUERIES:
        assert alike(parts.search(query, 50), engine.search(query, 50))
    assert parts.statistics(list("abcdefg")) == engine.statistics(list("abcdefg"))


def test_an_entry_that_is_added_again_takes_the_place_of_the_older(made: Made) -> None:
    engine = made.holding([["old", "x"], ["x"]])
    engine.add(entries_of([["never"]]))
    engine.add(entries_of([["new", "x"]]))
    engine.commit()
    assert [numbers(engine.search([term], 5)) for term in ("old", "never", "new", "x")] == [
        [],
        [],
        [0],
        [1, 0],
    ]
    assert engine.statistics(["x"]).entries == 2


def test_a_removed_document_is_found_no_more_and_counts_no_more(made: Made) -> None:
    engine = made.holding(LISTS)
    engine.remove([document(0)])
    engine.commit()
    left = made.empty()
    left.add([entry for entry in entries_of(LISTS) if entry.document != document(0)])
    left.commit()
    for query in QUERIES:
        assert set(numbers(engine.search(query, 50))) == set(numbers(left.search(query, 50)))
    assert engine.statistics(list("abc")) == left.statistics(list("abc"))
    assert engine.statistics().entries == 10


def test_a_document_may_be_removed_and_added_anew_at_once(made: Made) -> None:
    engine = made.holding(LISTS)
    engine.add(entries_of([["soon", "gone"]], first=21))
    engine.remove([document(0), "reports/never was.md"])
    engine.add([Entry("p000000", document(0), ["anew"])])
    engine.remove([document(1)])
    engine.commit()
    assert numbers(engine.search(["anew"], 50)) == [0]
    assert len(engine.search(["soon"], 50)) == 0
    assert engine.statistics().entries == 6


def test_every_generation_has_a_greater_number(made: Made) -> None:
    engine = made.holding(LISTS)
    first = engine.commit()
    engine.add(entries_of([["z"]], first=70))
    second = engine.commit()
    engine.remove([document(70)])
    assert first < second < engine.commit()


# Counting ---------------------------------------------------------------------------------------------------


def test_statistics_are_counted_over_all_entries(engine: Engine) -> None:
    told = engine.statistics(["a", "c", "unknown"])
    assert told.entries == len(LISTS)
    assert told.mean_length == pytest.approx(sum(map(len, LISTS)) / len(LISTS))
    assert told.held_by == {"a": 5, "c": 5, "unknown": 0}


@pytest.mark.parametrize(("k1", "b", "first"), [(1.2, 0.0, 1), (1.2, 1.0, 0)])
def test_k1_and_b_are_used_or_refused(made: Made, k1: float, b: float, first: int) -> None:
    lists, options = [["a"], ["a", "a", *"qrstuvwxyz"], ["n"]], Options(k1=k1, b=b)
    if made.name in FIXED:
        with pytest.raises(UsageError, match=rf"{made.name} always uses k1 = 1\.2 and b = 0\.75"):
            made.holding(lists, options)
    else:
        assert numbers(made.holding(lists, options).search(["a"], 1)) == [first]


def test_statistics_of_nothing(made: Made) -> None:
    told = made.empty().statistics(["a"])
    assert (told.entries, told.mean_length, told.held_by) == (0, 0.0, {"a": 0})
