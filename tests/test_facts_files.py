"""Store files: whole or not at all, opened read-only, asked by threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from made_facts import RANKS, by, fact, rated, store

from qa.errors import CorpusError
from qa.facts import FactStore
from qa.question.query import Query, Rated
from qa.scale import CQC


def test_a_store_file_holds_what_a_store_in_memory_holds(tmp_path: Path) -> None:
    facts = [fact(f"Home {number}", CQC.ratings[number % 4], identifier=str(number)) for number in range(20)]
    built = FactStore.at(tmp_path / "facts.sqlite", facts, RANKS)
    opened = FactStore.existing(tmp_path / "facts.sqlite")
    assert rated(built) == rated(opened) == rated(store(*facts))
    assert [path.name for path in tmp_path.iterdir()] == ["facts.sqlite"]


@pytest.mark.parametrize("before", [None, b"as it was"])
def test_building_that_fails_half_way_leaves_the_folder_as_it_was(
    tmp_path: Path, before: bytes | None
) -> None:
    path = tmp_path / "facts.sqlite"
    if before:
        path.write_bytes(before)

    def failing() -> Any:
        yield fact()
        raise CorpusError("The table ends in the middle.")

    with pytest.raises(CorpusError):
        FactStore.at(path, failing(), RANKS)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == (
        [(path.name, before)] if before else []
    )


def test_a_store_that_can_not_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="facts"):
        FactStore.at(tmp_path / "missing" / "facts.sqlite", [fact()], RANKS)


def test_a_store_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FactStore.existing(tmp_path / "facts.sqlite")


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"text, no database",
        lambda whole: whole[:4000],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:4096] + bytes(len(whole) - 4096),
    ],
)
def test_a_damaged_store_file_is_a_corpus_error_that_says_what_to_do(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "facts.sqlite"
    FactStore.at(path, [fact(f"Home {number}", identifier=str(number)) for number in range(400)], RANKS)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CorpusError, match=r"facts\.sqlite is damaged\. Delete it"):
        FactStore.existing(path)


def test_an_open_store_never_changes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.sqlite"
    FactStore.at(path, [fact()], RANKS)
    before = path.read_bytes()
    opened = FactStore.existing(path)
    rated(opened), opened.words(), by(opened, "rating")
    assert (path.read_bytes(), [one.name for one in tmp_path.iterdir()]) == (before, ["facts.sqlite"])


@pytest.mark.parametrize("kept", [True, False])
def test_threads_may_ask_one_store_at_once(tmp_path: Path, kept: bool) -> None:
    facts = [fact(f"Home {number}", CQC.ratings[number % 4], identifier=str(number)) for number in range(300)]
    held = FactStore.at(tmp_path / "facts.sqlite", facts, RANKS) if kept else store(*facts)
    ratings = list(CQC.ratings) * 40
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda rating: rated(held, Query(Rated((rating,))), limit=100), ratings))
    assert [len(facts) for facts in found] == [75] * len(ratings)
    assert all(
        {one.rating for one in facts} == {rating} for facts, rating in zip(found, ratings, strict=True)
    )
