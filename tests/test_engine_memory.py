"""The memory engine: its scores against rank-bm25's own loop, its files, and that searches see one generation
whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from engines_made import document, entries_of, number_of
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from qa.engines import Options
from qa.engines.memory import MemoryEngine
from qa.engines.okapi import Counted
from qa.engines.postings import BLOCK, Scored, best
from qa.engines.protocol import Query
from qa.errors import EngineError

TERM = st.sampled_from("abcdefg")
QUERY = st.lists(TERM | st.just("unknown"), max_size=8)
K = st.integers(1, 40)


class Loop(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25 as published but for Lucene's idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def memory(lists: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> MemoryEngine:
    engine = MemoryEngine(Options(k1, b))
    engine.add(entries_of(lists))
    engine.commit()
    return engine


def found(engine: MemoryEngine, query: Query, k: int) -> list[Scored]:
    """The hits by the numbers of the entries."""
    return [Scored(number_of(passage), score) for passage, score in engine.search(query, k)]


@given(entries=st.lists(st.lists(TERM, min_size=1, max_size=12), min_size=1, max_size=30), query=QUERY)
def test_memory_scores_equal_those_of_rank_bm25s_loop_to_the_last_bit(
    entries: list[list[str]], query: list[str]
) -> None:
    assert memory(entries).scores(query).tolist() == Loop(entries, k1=1.2, b=0.75).get_scores(query).tolist()


@given(
    entries=st.lists(st.lists(TERM, max_size=12), max_size=30),
    more=st.lists(st.lists(TERM, max_size=5), max_size=5),
    query=QUERY,
)
def test_entries_that_were_counted_before_score_as_those_that_are_counted_here(
    entries: list[list[str]], more: list[list[str]], query: list[str]
) -> None:
    """Some of the pairs say that the entry has the term 0 times, as a passage has a stop word."""
    pairs = [sorted({*entry, "g"}) for entry in entries]
    counted = Counted(
        list("abcdefg"),
        np.array(["abcdefg".index(term) for held in pairs for term in held], dtype=np.int32),
        np.array(
            [entry.count(term) for entry, held in zip(entries, pairs, strict=True) for term in held],
            dtype=np.uint8,
        ),
        np.cumsum([0, *map(len, pairs)]),
    )
    engine = MemoryEngine(Options(1.2, 0.75))
    engine.add_counted([(one.passage, one.document) for one in entries_of(entries)], counted)
    engine.commit()
    assert engine.scores(query).tolist() == memory(entries).scores(query).tolist()
    assert engine.statistics("abcdefg") == memory(entries).statistics("abcdefg")
    behind = [one for number, one in enumerate(entries_of([*entries, *more])) if number >= len(entries)]
    engine.add(behind)
    engine.commit()
    assert found(engine, query, 9) == found(memory([*entries, *more]), query, 9)


PASSAGES = st.lists(st.lists(TERM, max_size=6), max_size=13)  # of a document: more than 10, so that ids …
CORPUS = st.dictionaries(st.integers(0, 5), PASSAGES, max_size=5)  # … stand in another order than passages


def counted_of(passages: Sequence[Sequence[str]]) -> Counted:
    """The terms of passages as an index counts them: those that are common also where they stand 0 times."""
    listed = sorted({term for terms in passages for term in terms} | {"g"})
    pairs = [sorted({*terms, "g"}) for terms in passages]
    counts = [terms.count(term) for terms, held in zip(passages, pairs, strict=True) for term in held]
    return Counted(
        listed,
        np.array([listed.index(term) for held in pairs for term in held], dtype=np.int32),
        np.array(counts, dtype=np.uint8),
        np.cumsum([0, *map(len, pairs)]),
    )


def names_of(corpus: Mapping[int, Sequence[object]]) -> list[tuple[str, str]]:
    return [
        (f"d{number}-{place}", f"d{number}")
        for number in sorted(corpus)
        for place in range(len(corpus[number]))
    ]


def passages_of(corpus: Mapping[int, Sequence[Sequence[str]]]) -> list[Sequence[str]]:
    return [terms for number in sorted(corpus) for terms in corpus[number]]


def filled(corpus: Mapping[int, Sequence[Sequence[str]]]) -> MemoryEngine:
    engine = MemoryEngine(Options(1.2, 0.75))
    engine.add_counted(names_of(corpus), counted_of(passages_of(corpus)))
    engine.commit()
    return engine


def saved(engine: MemoryEngine, folder: Path) -> dict[str, bytes]:
    engine.save(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(
    before=CORPUS,
    change=st.dictionaries(st.integers(0, 6), PASSAGES, max_size=3),
    gone=st.sets(st.integers(0, 5), max_size=2),
)
def test_an_engine_renewed_from_the_one_before_has_the_bytes_of_one_filled_anew(
    before: dict[int, list[list[str]]],
    change: dict[int, list[list[str]]],
    gone: set[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    after = {number: terms for number, terms in (before | change).items() if number not in gone}
    names, passages = names_of(after), passages_of(after)
    if not passages:
        return
    is_new = np.array([int(path[1:]) in change or int(path[1:]) not in before for _, path in names])
    listed = counted_of(passages).listed
    new = counted_of([terms for terms, fresh in zip(passages, is_new, strict=True) if fresh])
    terms = np.array([listed.index(new.listed[term]) for term in new.terms], dtype=np.int32)
    renewed = MemoryEngine.renewed(
        filled(before), names, is_new, Counted(listed, terms, new.counts, new.offsets), Options(1.2, 0.75)
    )
    place = tmp_path_factory.mktemp("engines")
    assert saved(renewed, place / "renewed") == saved(filled(after), place / "anew")


def test_memory_scores_equal_the_loops_on_a_large_index_of_a_skewed_vocabulary() -> None:
    random = np.random.default_rng(7)
    entries = [
        [f"t{number}" for number in random.zipf(1.2, random.integers(1, 80)) if number < 5000]
        for _ in range(3000)
    ]
    engine, loop = memory(entries, k1=0.9, b=0.4), Loop(entries, k1=0.9, b=0.4)
    for query in (["t1", "t2", "t2", "t30"], ["t4999", "t1"], entries[17][:9]):
        scores = engine.scores(query)
        assert (scores == loop.get_scores(query)).all()
        order = sorted(range(len(entries)), key=lambda index: (-scores[index], index))[:50]
        assert found(engine, query, 50) == [
            Scored(index, float(scores[index])) for index in order if scores[index] > 0
        ]


CHANGES = st.lists(
    st.tuples(st.integers(0, 20), st.lists(TERM, max_size=6)) | st.integers(0, 2), min_size=1, max_size=12
)


@given(generations=st.lists(CHANGES, min_size=1, max_size=4), query=QUERY)
def test_changes_leave_the_scores_that_rank_bm25s_loop_gives_what_is_left(
    generations: list[list[tuple[int, list[str]] | int]], query: list[str]
) -> None:
    engine, left = MemoryEngine(), dict[int, list[str]]()
    for changes in generations:
        for change in changes:
            if isinstance(change, int):
                engine.remove([document(change)])
                left = {
                    number: terms for number, terms in left.items() if document(number) != document(change)
                }
            else:
                engine.add(entries_of([change[1]], first=change[0]))
                left[change[0]] = change[1]
        engine.commit()
    ordered = [left[number] for number in sorted(left)]
    expected = Loop(ordered, k1=1.2, b=0.75).get_scores(query).tolist() if any(ordered) else [0.0] * len(left)
    assert engine.scores(query).tolist() == expected


@given(
    entries=st.lists(st.lists(TERM, max_size=12), max_size=30),
    query=st.dictionaries(TERM | st.just("unknown"), st.floats(0.1, 3)),
    k=K,
)
def test_few_entries_are_found_as_the_scores_of_all_say(
    entries: list[list[str]], query: dict[str, float], k: int
) -> None:
    engine = memory(entries)
    assert len(entries) <= BLOCK
    assert found(engine, query, k) == best(engine.scores(query), k)


@given(
    scores=st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=6),
    length=st.integers(1, 3 * BLOCK + 5),
    k=st.integers(-1, 2 * BLOCK),
)
def test_the_best_are_those_of_a_full_sort_whatever_the_blocks(
    scores: list[float], length: int, k: int
) -> None:
    spread = np.resize(np.array(scores), length) * (np.arange(length) % 7 != 3)
    full = sorted(
        (index for index in range(length) if spread[index] > 0), key=lambda index: (-spread[index], index)
    )
    assert best(spread, k) == [Scored(index, float(spread[index])) for index in full[: max(k, 0)]]


def test_a_saved_index_gives_the_same_hits_when_loaded(tmp_path: Path) -> None:
    engine = memory([["a", "b"], ["b", "b"], ["ß", "c"]])
    engine.save(tmp_path / "index")
    loaded = MemoryEngine.load(tmp_path / "index")
    assert loaded.search(["b", "ß"], 5) == engine.search(["b", "ß"], 5)
    for one in (engine, loaded):  # what is loaded can be changed as what was made
        one.remove([document(1)])
        one.add(entries_of([["ß"]], first=7))
        assert one.commit() == 2
    assert loaded.search(["b", "ß"], 5) == engine.search(["b", "ß"], 5)


def test_an_empty_index_can_be_saved_too(tmp_path: Path) -> None:
    memory([]).save(tmp_path)
    assert len(MemoryEngine.load(tmp_path).search(["a"], 5)) == 0


FILES = [f"{name}.npy" for name in ("offsets", "entries", "weights", "counts", "lengths", "document_of")]


@pytest.mark.parametrize("broken", ["terms.json", "index.json", "ids.arrays", *FILES])
def test_a_broken_or_missing_index_raises_engine_error(tmp_path: Path, broken: str) -> None:
    memory([["a", "b"], ["b"]]).save(tmp_path)
    whole = (tmp_path / broken).read_bytes()
    for rest in (whole[: len(whole) // 2], b""):
        (tmp_path / broken).write_bytes(rest)
        with pytest.raises(EngineError, match="Build it again"):
            MemoryEngine.load(tmp_path)
    (tmp_path / broken).unlink()
    with pytest.raises(EngineError, match="Build it again"):
        MemoryEngine.load(tmp_path)
