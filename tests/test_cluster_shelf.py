"""A shelf whose texts a cluster has, without a cluster: what is read of it, and what is told where it fails."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from qa.errors import EngineError
from qa.records import Block, Document
from qa.retrieval import Retriever
from qa.retrieval.passage_index import PassageIndex
from qa.retrieval.token_rows import TokenRow
from qa.shelf import Listed, Shelved
from qa.shelf.cluster_shelf import PINNED, ClusterShelf
from qa.shelf.file_format import DOCUMENTS, DocumentRow, write
from qa.shelf.packed import packed_document, packed_passage
from qa.shelf.stored import StoredShelf

ODD = "Täglich 🦔 \ud800 fed."  # with a lone surrogate, as a broken file may hold
TEXTS = [
    f"The {animal} house is open.\n\n{ODD}\n\nIt was praised." for animal in ("hedgehog", "badger", "otter")
]


def document(number: int, text: str) -> Document:
    places = [(part, text.index(part)) for part in text.split("\n\n")]
    blocks = tuple(Block("paragraph", at, at + len(part), 0, number or None) for part, at in places)
    return Document(f"reports/{number}.md", f"Report {number}", text, blocks)


@dataclass
class Keeper:
    """What a cluster keeps; some of it can't be read now."""

    held: Mapping[int, bytes]
    ids: Mapping[str, int]
    documents: Mapping[int, bytes]
    away: set[int] = field(default_factory=set)
    asked: list[Collection[int]] = field(default_factory=list)

    def passages(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        self.asked.append(numbers)
        return {one: self.held[one] for one in numbers if one in self.held and one not in self.away}

    def passage(self, identifier: str) -> bytes | None:
        return self.held[self.ids[identifier]] if identifier in self.ids else None

    def document(self, number: int) -> bytes | None:
        return self.documents.get(number)


@pytest.fixture
def kept(tmp_path: Path) -> StoredShelf:
    documents = [document(number, text) for number, text in enumerate(TEXTS)]
    write(tmp_path / "kept", [DocumentRow.of(Shelved.of(one)) for one in documents])
    return StoredShelf(tmp_path / "kept")


@pytest.fixture
def keeper(kept: StoredShelf) -> Keeper:
    return Keeper(
        {number: packed_passage(number, one, b"row") for number, one in enumerate(kept.passages)},
        {one.id: number for number, one in enumerate(kept.passages)},
        {number: packed_document(one) for number, one in enumerate(kept.documents)},
    )


@pytest.fixture
def shelf(kept: StoredShelf, keeper: Keeper, tmp_path: Path) -> ClusterShelf:
    (tmp_path / "cards").mkdir()
    shutil.copy(tmp_path / "kept" / DOCUMENTS, tmp_path / "cards")
    pinned = [base64.b64encode(keeper.held[0]).decode()]
    (tmp_path / "cards" / PINNED).write_text(json.dumps(pinned), encoding="ascii")
    return ClusterShelf(tmp_path / "cards", keeper)


def test_all_comes_back_as_it_is_in_files(kept: StoredShelf, shelf: ClusterShelf) -> None:
    assert list(shelf.documents) == list(kept.documents)
    for one, other in zip(shelf.passages, kept.passages, strict=True):
        assert (one.id, one.text, one.blocks, one.page) == (other.id, other.text, other.blocks, other.page)
        assert one.document.text == other.document.text
        assert shelf.number(one.id) == kept.number(other.id)
    assert list(shelf.cards) == list(kept.cards)


def test_passages_are_read_at_once_and_what_came_with_hits_is_not_read_again(
    shelf: ClusterShelf, keeper: Keeper
) -> None:
    assert shelf.number("told by nobody", keeper.held[1]) == 1
    assert shelf.fetch([0, 1, 2]) == frozenset()
    assert [shelf.passages[number].document.path for number in (0, 1, 2)] == [
        f"reports/{number}.md" for number in range(3)
    ]
    assert keeper.asked == [[2]]  # 0 is pinned
    assert shelf.row(2) == b"row"


def test_what_can_not_be_read_now_is_told_so_and_asked_for_again(shelf: ClusterShelf, keeper: Keeper) -> None:
    keeper.away = {2}
    assert shelf.fetch([1, 2]) == frozenset({2})
    with pytest.raises(EngineError) as told:
        shelf.passages[2]
    assert told.value.retry_after
    keeper.documents = {}
    with pytest.raises(EngineError):
        shelf.documents[2]
    keeper.away = set()
    assert shelf.passages[2].document.path == "reports/2.md"


@pytest.mark.parametrize("damaged", [b"\1\0\0\0", b"\1\0\0\0damaged"], ids=repr)
def test_what_is_damaged_is_told_with_the_next_step(
    shelf: ClusterShelf, keeper: Keeper, damaged: bytes
) -> None:
    keeper.held = {1: damaged}
    with pytest.raises(EngineError, match="Fill it again"):
        shelf.passages[1]


def test_rows_come_back_as_they_were(kept: StoredShelf) -> None:
    index = PassageIndex.of(kept).sentences
    for number in range(len(kept.passages)):
        row = index.rows.row(number)
        for column, again in zip(row, TokenRow.unpacked(row.packed()), strict=True):
            assert np.array_equal(np.asarray(column), np.asarray(again))


def test_an_answer_without_passages_that_can_not_be_read_says_that_not_all_was_searched(
    kept: StoredShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    retriever = Retriever(list(kept.passages))
    whole = retriever.search("which house is open?")
    monkeypatch.setattr(Listed, "fetch", lambda _, passages: frozenset(list(passages)[:1]))
    partly = retriever.search("which house is open?")
    assert (whole.whole, partly.whole) == (True, False)
    assert len(partly.ranked) == len(whole.ranked) - 1
