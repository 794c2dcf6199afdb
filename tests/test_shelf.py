"""A shelf in a folder: documents and passages come back as they were put there, and a passage without the
rest of its document; documents of another shelf are copied to the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from qa.records import Block, Document
from qa.shelf import Listed, Placed, Shelved, stored
from qa.shelf.file_format import DocumentRow, DocumentRun, write
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


def held(folder: Path) -> dict[str, bytes]:
    """The files of a shelf."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(params=["written", "copied"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> StoredShelf:
    """The shelf with them all, as written from documents, or from another shelf in two parts."""
    write(tmp_path / "shelf", map(DocumentRow.of, SHELVED))
    if request.param == "written":
        return StoredShelf(tmp_path / "shelf")
    before = StoredShelf(tmp_path / "shelf")
    write(tmp_path / "copy", [before.run(range(3)), before.run(range(3, len(SHELVED)))])
    assert held(tmp_path / "copy") == held(tmp_path / "shelf")
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


def test_a_shelf_in_a_folder_tells_what_one_in_memory_tells(shelf: StoredShelf) -> None:
    listed = Listed(
        [passage for one in SHELVED for passage in one.as_passages()], [one.document for one in SHELVED]
    )
    assert list(shelf.names()) == list(listed.names())
    assert list(shelf.headings()) == list(listed.headings())
    assert list(shelf.sections()) == list(listed.sections()) == ["Safe"]
    assert [card for card in shelf.cards if card.passages] == [card for card in listed.cards if card.passages]
    assert shelf.card("reports/no 3.md") == shelf.cards[3]
    assert shelf.card("reports/no 9.md") is None
    owners = [number for number, one in enumerate(SHELVED) for _ in one.passages]
    assert list(map(shelf.document_of, range(10))) == owners


def test_a_passage_is_found_by_its_id_and_no_other(shelf: StoredShelf) -> None:
    named = [passage for passage, _ in shelf.names()]
    assert list(map(shelf.number, named)) == list(range(10))
    begin = named[1].removesuffix("-8-18")
    for wrong in ("8-19", "9-18", "0-8", "28-39", "41-44", "8"):
        assert shelf.number(f"{begin}-{wrong}") is None
    assert shelf.number("no such-8-18") is None
    assert shelf.number("") is None


def test_a_shelf_stays_readable_when_its_folder_is_removed(shelf: StoredShelf, tmp_path: Path) -> None:
    for path in (*tmp_path.glob("shelf/*"), *tmp_path.glob("copy/*")):
        path.unlink()
    assert list(shelf.documents) == [one.document for one in SHELVED]
    assert shelf.passages[-1].text == "The end."


@pytest.mark.parametrize("copied", [0b1111111, 0b0101010, 0b1010101, 0b0011100])
@pytest.mark.parametrize("order", ["0123456", "6420", "5", "21", "4365", ""])
def test_documents_copied_from_another_shelf_have_the_bytes_of_those_that_are_read(
    order: str, copied: int, tmp_path: Path
) -> None:
    """What stands above their passages is numbered anew."""
    told = [
        Shelved(
            one.document, [placed._replace(headings=(*ABOVE, f"{number % 3}")) for placed in one.passages]
        )
        for number, one in enumerate(SHELVED)
    ]
    write(tmp_path / "before", map(DocumentRow.of, told))
    before, chosen = StoredShelf(tmp_path / "before"), list(map(int, order))
    rows = [DocumentRow.of(told[number]) for number in chosen]
    some: Iterable[DocumentRow | DocumentRun] = [
        before.run(range(number, number + 1)) if copied >> number & 1 else row
        for number, row in zip(chosen, rows, strict=True)
    ]
    write(tmp_path / "read", rows)
    write(tmp_path / "copied", some)
    assert held(tmp_path / "read") == held(tmp_path / "copied")


def test_texts_that_are_cut_are_not_copied_in_silence(shelf: StoredShelf, tmp_path: Path) -> None:
    for texts in tmp_path.glob("*/texts"):
        texts.write_bytes(texts.read_bytes()[:-1])
    with pytest.raises(OSError, match="texts"):
        write(tmp_path / "cut", [shelf.run(range(len(SHELVED)))])


def test_what_a_process_that_died_has_left_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "left", map(DocumentRow.of, SHELVED[:2]))
    write(tmp_path / "left", map(DocumentRow.of, SHELVED))
    write(tmp_path / "whole", map(DocumentRow.of, SHELVED))
    assert held(tmp_path / "left") == held(tmp_path / "whole")
