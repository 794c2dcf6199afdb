"""One contract for all engines; the memory engine's scores against rank-bm25's own loop."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from qa.engines import ENGINES, Builder
from qa.engines.memory import MemoryEngine
from qa.engines.postings import BLOCK, best
from qa.errors import EngineError
from qa.records import Hit

TERM = st.sampled_from("abcdefg")
ENTRIES = st.lists(st.lists(TERM, max_size=12), max_size=30)
QUERY = st.lists(TERM | st.just("unknown"), max_size=8)
K = st.integers(1, 40)


class Loop(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25 as published but for Lucene's idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


@pytest.fixture(params=ENGINES)
def build(request: pytest.FixtureRequest) -> Builder:
    """Each engine of the registry in turn."""
    return ENGINES[request.param]


# The contract of every engine -----------------------------------------------------------------------------------------


@given(entries=ENTRIES, query=QUERY, k=K)
def test_hits_are_best_first_and_equal_ones_in_order_of_indexing(entries: list[list[str]], query: list[str], k: int) -> None:
    for builder in ENGINES.values():
        hits = builder(entries).search(query, k)
        assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.entry))


@given(entries=ENTRIES, query=QUERY, k=K)
def test_hits_are_the_entries_that_share_a_term_and_at_most_k(entries: list[list[str]], query: list[str], k: int) -> None:
    sharing = {index for index, entry in enumerate(entries) if set(entry) & set(query)}
    for builder in ENGINES.values():
        hits = builder(entries).search(query, k)
        assert len(hits) == min(k, len(sharing))
        assert {hit.entry for hit in hits} <= sharing
        assert all(hit.score > 0 for hit in hits)


@given(entries=ENTRIES, query=QUERY, k=K)
def test_fewer_hits_are_the_first_of_more(entries: list[list[str]], query: list[str], k: int) -> None:
    for builder in ENGINES.values():
        engine = builder(entries)
        assert engine.search(query, k) == engine.search(query, len(entries) + 1)[:k]


@pytest.mark.parametrize("entries", [[], [[]], [[], []]], ids=["nothing indexed", "one empty entry", "two empty entries"])
def test_an_empty_index_gives_no_hits(build: Builder, entries: list[list[str]]) -> None:
    assert build(entries).search(["a"], 5) == []


@pytest.mark.parametrize("query", [[], ["unknown"], {}, {"unknown": 2.0}])
def test_a_query_without_a_known_term_gives_no_hits(build: Builder, query: Sequence[str] | Mapping[str, float]) -> None:
    assert build([["a"], ["b"]]).search(query, 5) == []


def test_scores_are_those_of_lucenes_formula(build: Builder) -> None:
    (hit,) = build([["a", "a", "b"], ["b"], ["c", "d"]], k1=1.2, b=0.75).search(["a"], 5)
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert hit.entry == 0
    assert hit.score == pytest.approx(idf * 2 * 2.2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / 2)))


def test_a_term_that_most_entries_hold_still_counts(build: Builder) -> None:
    assert [hit.entry for hit in build([["a"], ["a", "a"], ["b"]]).search(["a"], 5)] == [1, 0]


def test_a_repeated_term_weighs_as_often_as_it_stands_there(build: Builder) -> None:
    engine = build([["a", "c"], ["b", "c"], ["c", "b"]])
    assert engine.search(["a", "a", "b"], 5) == engine.search({"a": 2.0, "b": 1.0}, 5)


def test_weights_turn_the_order(build: Builder) -> None:
    engine = build([["a"], ["b"]])
    assert [hit.entry for hit in engine.search({"a": 0.5, "b": 1.0}, 5)] == [1, 0]
    assert [hit.entry for hit in engine.search({"a": 1.0, "b": 0.5}, 5)] == [0, 1]


@pytest.mark.parametrize(("k1", "b", "first"), [(1.2, 0.0, 1), (1.2, 1.0, 0)])
def test_b_says_how_far_long_entries_are_held_back(build: Builder, k1: float, b: float, first: int) -> None:
    entries = [["a"], ["a", "a", *"qrstuvwxyz"], ["n"]]
    assert build(entries, k1=k1, b=b).search(["a"], 1)[0].entry == first


# The memory engine ----------------------------------------------------------------------------------------------------


@given(entries=st.lists(st.lists(TERM, min_size=1, max_size=12), min_size=1, max_size=30), query=QUERY)
def test_memory_scores_equal_those_of_rank_bm25s_loop_to_the_last_bit(entries: list[list[str]], query: list[str]) -> None:
    assert MemoryEngine(entries).scores(query).tolist() == Loop(entries, k1=1.2, b=0.75).get_scores(query).tolist()


def test_memory_scores_equal_the_loops_on_a_large_index_of_a_skewed_vocabulary() -> None:
    random = np.random.default_rng(7)
    entries = [[f"t{number}" for number in random.zipf(1.2, random.integers(1, 80)) if number < 5000] for _ in range(3000)]
    engine, loop = MemoryEngine(entries, k1=0.9, b=0.4), Loop(entries, k1=0.9, b=0.4)
    for query in (["t1", "t2", "t2", "t30"], ["t4999", "t1"], entries[17][:9]):
        scores = engine.scores(query)
        assert (scores == loop.get_scores(query)).all()
        order = sorted(range(len(entries)), key=lambda index: (-scores[index], index))[:50]
        assert engine.search(query, 50) == [Hit(index, float(scores[index])) for index in order if scores[index] > 0]


@given(entries=st.lists(st.lists(TERM, max_size=12), max_size=30), query=st.dictionaries(TERM | st.just("unknown"), st.floats(0.1, 3)), k=K)
def test_few_entries_are_found_as_the_scores_of_all_say(entries: list[list[str]], query: dict[str, float], k: int) -> None:
    engine = MemoryEngine(entries)
    assert len(entries) <= BLOCK
    assert engine.search(query, k) == best(engine.scores(query), k)


@given(
    scores=st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=6),
    length=st.integers(1, 3 * BLOCK + 5),
    k=st.integers(-1, 2 * BLOCK),
)
def test_the_best_are_those_of_a_full_sort_whatever_the_blocks(scores: list[float], length: int, k: int) -> None:
    spread = np.resize(np.array(scores), length) * (np.arange(length) % 7 != 3)
    full = sorted((index for index in range(length) if spread[index] > 0), key=lambda index: (-spread[index], index))
    assert best(spread, k) == [Hit(index, float(spread[index])) for index in full[: max(k, 0)]]


def test_a_saved_index_gives_the_same_hits_when_loaded(tmp_path: Path) -> None:
    engine = MemoryEngine([["a", "b"], ["b", "b"], ["ß", "c"]])
    engine.save(tmp_path / "index")
    loaded = MemoryEngine.load(tmp_path / "index")
    assert loaded.search(["b", "ß"], 5) == engine.search(["b", "ß"], 5)


@pytest.mark.parametrize("broken", ["terms.json", "offsets.npy", "entries.npy", "weights.npy"])
def test_a_broken_or_missing_index_raises_engine_error(tmp_path: Path, broken: str) -> None:
    MemoryEngine([["a", "b"], ["b"]]).save(tmp_path)
    whole = (tmp_path / broken).read_bytes()
    for rest in (whole[: len(whole) // 2], b""):
        (tmp_path / broken).write_bytes(rest)
        with pytest.raises(EngineError, match="Build it again"):
            MemoryEngine.load(tmp_path)
    (tmp_path / broken).unlink()
    with pytest.raises(EngineError, match="Build it again"):
        MemoryEngine.load(tmp_path)
