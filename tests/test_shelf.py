"""A shelf in a file: documents and passages come back as they were put there, and a passage without the rest
of its document.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.records import Block, Document
from qa.shelf import Placed, Shelved, stored
from qa.shelf.file_format import DocumentRow, write
from qa.shelf.stored import StoredShelf

ABOVE = ("Findings", "Safe")


def document(path: str, text: str) -> Document:
    return Document(path, path.title(), text, (Block("paragraph", 0, len(text)),), url="https://example.org/")


def shelved(number: int, text: str, *spans: tuple[int, int]) -> Shelved:
    """A document of this text, with a passage at each span."""
    return Shelved(
        document(f"reports/no {number}.md", text), [Placed(start, end, 1, ABOVE, ()) for start, end in spans]
    )


SHELVED = [
    shelved(0, "One text, whole.", (0, 16)),
    shelved(1, "Before. A passage. Between. Another one. Behind.", (8, 18), (28, 40)),
    shelved(2, "No passage is cut from this."),
    shelved(3, "Größe – 𝒜 naïve “word” 😀 here. Ελλάδα.", (0, 7), (8, 29), (30, 38)),
    shelved(4, "A lone \udc80 and \ud83d\ude00 two, \0 and naught.", (0, 8), (8, 14), (14, 30)),
    shelved(5, ""),
    shelved(6, "a" * 300_000 + " The end.", (300_001, 300_009)),
]


@pytest.fixture(params=["written", "copied"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> StoredShelf:
    """The shelf with them all, as written from documents, or from another shelf in two parts."""
    write(tmp_path / "shelf", map(DocumentRow.of, SHELVED))
    if request.param == "written":
        return StoredShelf(tmp_path / "shelf")
    before = StoredShelf(tmp_path / "shelf")
    write(tmp_path / "copy", [*before.rows(range(3)), *before.rows(range(3, len(SHELVED)))])
    assert (tmp_path / "copy").read_bytes() == (tmp_path / "shelf").read_bytes()
    return StoredShelf(tmp_path / "copy")


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """The numbers of what this method of shelves reads from now on."""
    read: list[int] = []
    whole = getattr(StoredShelf, name)

    def reading(shelf: StoredShelf, number: int) -> object:
        read.append(number)
        return whole(shelf, number)

    monkeypatch.setattr(StoredShelf, name, reading)
    return read


def test_documents_come_back_as_they_were(shelf: StoredShelf) -> None:
    assert list(shelf.documents) == [one.document for one in SHELVED]
    assert [shelf.shelved(number) for number in range(len(SHELVED))] == SHELVED


def test_passages_come_back_as_slices_of_their_documents(shelf: StoredShelf) -> None:
    expected = [passage for one in SHELVED for passage in one.as_passages()]
    assert len(shelf.passages) == len(expected) == 10
    for found, passage in zip(shelf.passages, expected, strict=True):
        assert found.text == passage.text == passage.document.text[passage.start : passage.end]
        told = (found.id, found.start, found.end, found.headings, found.page, found.columns)
        assert told == (
            passage.id,
            passage.start,
            passage.end,
            passage.headings,
            passage.page,
            passage.columns,
        )


def test_a_passage_is_read_without_the_rest_of_its_document(
    shelf: StoredShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(monkeypatch, "_read_document")
    passage = shelf.passages[-1]
    assert (passage.text, passage.document.title, passage.document.url) == (
        "The end.",
        "Reports/No 6.Md",
        "https://example.org/",
    )
    assert read == []
    assert passage.document.blocks == SHELVED[-1].document.blocks
    assert passage.document.text == SHELVED[-1].document.text
    assert read == [6]
    assert passage.document == shelf.passages[-1].document
    assert hash(passage.document) == hash(SHELVED[-1].document)


def test_what_was_read_of_late_is_kept_up_to_so_many_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(f"Sentence number {number:06}. " for number in range(1_000))
    write(
        tmp_path / "shelf",
        [DocumentRow.of(shelved(0, text, *((at, at + 24) for at in range(0, 24_000, 24))))],
    )
    monkeypatch.setattr(stored, "KEPT_CHARACTERS", 60_000)
    shelf = StoredShelf(tmp_path / "shelf")
    read = counted(monkeypatch, "_read_passage")
    for _ in range(3):
        assert [shelf.passages[number].start for number in range(100)] == list(range(0, 2_400, 24))
    assert read == list(range(100))  # of one long document, each was read once
    for number in range(1_000):
        assert shelf.passages[number].start == 24 * number
    assert sum(len(one.text) for one in shelf._passages._kept.values()) < 60_000 * 24 / stored._BESIDE
