"""The files of a shelf, in one folder: what stands in them, and how they are written.

================== ================================================================================
`documents.sqlite` the documents, and what stands above passages
`texts`            of each document its blocks and its text in UTF-8, one document after another
`passages.npy`     of each passage its start, its end, its page or -1, and the number of what stands above;
                   and where its bytes begin and end in the document's text, so that it is read at the same
                   speed however long its document is
================== ================================================================================
"""

from __future__ import annotations

import datetime
import errno
import json
import os
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.records import Block, BlockKind
from qa.shelf import Card, Shelved

DOCUMENTS, TEXTS, PASSAGES = "documents.sqlite", "texts", "passages.npy"
_KINDS: tuple[BlockKind, ...] = (
    "title",
    "heading",
    "paragraph",
    "item",
    "quote",
    "metadata",
    "table",
    "rows",
    "note",
)
_NUMBER_OF = {kind: number for number, kind in enumerate(_KINDS)}
NO_PAGE = -1
_COLUMNS, ABOVE = 6, 3  # the columns of passages, and which is the number of what stands above
_CHUNK = 1 << 20  # bytes that are copied at a time
_SCHEMA = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, path TEXT UNIQUE, title TEXT, kind TEXT, url TEXT, published TEXT, updated TEXT,
  licence TEXT, publisher TEXT, revision TEXT, characters INTEGER, first INTEGER, passages INTEGER,
  place INTEGER, blocks INTEGER, bytes INTEGER
);
CREATE TABLE above (number INTEGER PRIMARY KEY, headings TEXT, columns TEXT);
"""
CARD = (
    "number, path, title, kind, url, published, updated, licence, publisher, revision, characters, "
    "first, passages"
)
KEPT = "path, title, kind, url, published, updated, licence, publisher, revision, characters"
_MARKS = ", ".join("?" * (6 + len(KEPT.split(", "))))

Placed = NDArray[np.int32]  # a row of _COLUMNS a passage
Above = tuple[str, str]  # the headings and the columns above a passage


# Writing ----------------------------------------------------------------------------------------------------


class DocumentRow(NamedTuple):
    """A document with its passages as the files hold them: the values of :data:`KEPT`, its blocks and text,
    and of each passage its start, end, page, the headings and columns above it, and where its bytes begin and
    end.
    """

    values: tuple[Any, ...]
    content: tuple[bytes, bytes]
    passages: Sequence[tuple[int, int, int | None, Above, int, int]]

    @classmethod
    def of(cls, shelved: Shelved) -> DocumentRow:
        """Return the row of a document."""
        one, passages = shelved
        told = (
            one.kind,
            one.url,
            _day(one.published),
            _day(one.updated),
            one.licence,
            one.publisher,
            one.revision,
            len(one.text),
        )
        place = _byte_places(one.text, {place for at in passages for place in (at.start, at.end)})
        return cls(
            (stored_text(one.path), one.title, *map(stored_text, told)),
            (packed(one.blocks), encoded(one.text)),
            [
                (
                    at.start,
                    at.end,
                    at.page,
                    (_json(at.headings), _json(at.columns)),
                    place[at.start],
                    place[at.end],
                )
                for at in passages
            ],
        )


def _byte_places(text: str, places: Collection[int]) -> Mapping[int, int]:
    """Return where these places in a text are in its bytes."""
    if text.isascii():
        return {place: place for place in places}
    found, before, counted = dict[int, int](), 0, 0
    for place in sorted(places):
        counted += len(encoded(text[before:place]))
        found[place], before = counted, place
    return found


class DocumentRun(NamedTuple):
    """Documents of another shelf, one after another: of each its values, how many passages it has, and the
    bytes of its blocks and of its text; the file of the texts and where theirs begin; their passages, and all
    that stands above passages there.
    """

    documents: Sequence[tuple[tuple[Any, ...], int, int, int]]
    texts: Path
    begun: int
    placed: Placed
    above: Sequence[Above]


def write(folder: Path, documents: Iterable[DocumentRow | DocumentRun]) -> None:
    """Write a shelf into a folder, in place of what is there.

    Raises OSError if it can't be written. The same documents give the same bytes, however they come.
    """
    folder.mkdir(exist_ok=True)
    if (folder / DOCUMENTS).is_file():  # left by a process that died
        (folder / DOCUMENTS).unlink()
    try:
        connection = sqlite3.connect(folder / DOCUMENTS)
        try:
            connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
            with (folder / TEXTS).open("wb") as texts:
                writing = _Writing(texts)
                for some in documents:
                    writing.add(some) if isinstance(some, DocumentRow) else writing.take(some)
            writing.finish(connection)
            connection.commit()
        finally:
            connection.close()
        np.save(folder / PASSAGES, writing.passages(), allow_pickle=False)
    except sqlite3.Error as error:
        raise OSError(errno.ENOSPC, f"{folder.name} can't be written: {error}") from None


class _Writing:
    """A shelf while it is written: the texts as they come, the rest at last."""

    def __init__(self, texts: IO[bytes]) -> None:
        self._texts, self._place, self._first = texts, 0, 0
        self._cards = list[tuple[Any, ...]]()
        self._placed = list[Placed]()
        self._above = dict[Above, int]()

    def add(self, document: DocumentRow) -> None:
        """Add a document that was read."""
        (blocks, text), passages = document.content, document.passages
        self._texts.write(blocks)
        self._texts.write(text)
        self._card(document.values, len(passages), len(blocks), len(text))
        placed = array("i")
        for start, end, page, told, begun, ended in passages:
            shown = NO_PAGE if page is None else page
            placed.extend((start, end, shown, self._number(told), begun, ended))
        self._placed.append(np.array(placed, dtype=np.int32).reshape(-1, _COLUMNS))

    def take(self, run: DocumentRun) -> None:
        """Copy documents of another shelf; what stands above their passages is numbered as it comes here."""
        begun = self._place
        for one in run.documents:
            self._card(*one)
        _copy(run.texts, run.begun, self._place - begun, self._texts)
        placed, numbers = run.placed.copy(), np.zeros(len(run.above), dtype=np.int32)
        found, firsts = np.unique(placed[:, ABOVE], return_index=True)
        for number in found[np.argsort(firsts)].tolist():
            numbers[number] = self._number(run.above[number])
        placed[:, ABOVE] = numbers[placed[:, ABOVE]]
        self._placed.append(placed)

    def _card(self, values: tuple[Any, ...], passages: int, blocks: int, text: int) -> None:
        self._cards.append((len(self._cards), self._first, passages, self._place, blocks, text, *values))
        self._place += blocks + text
        self._first += passages

    def _number(self, told: Above) -> int:
        return self._above.setdefault(told, len(self._above))

    def finish(self, connection: sqlite3.Connection) -> None:
        """Fill the tables."""
        columns = f"number, first, passages, place, blocks, bytes, {KEPT}"
        connection.executemany(f"INSERT INTO documents ({columns}) VALUES ({_MARKS})", self._cards)
        connection.executemany(
            "INSERT INTO above VALUES (?, ?, ?)", ((number, *told) for told, number in self._above.items())
        )

    def passages(self) -> Placed:
        """The rows of all passages."""
        return np.concatenate([np.zeros((0, _COLUMNS), dtype=np.int32), *self._placed])


def _copy(path: Path, begun: int, size: int, to: IO[bytes]) -> None:
    with path.open("rb") as file:
        file.seek(begun)
        while size and (some := file.read(min(size, _CHUNK))):
            to.write(some)
            size -= len(some)
    if size:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def stored_text(value: object) -> object:
    """A value as SQLite accepts it: it knows no lone surrogates, which a broken file name may contain."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def encoded(text: str) -> bytes:
    """Return a text as bytes; see :func:`text_of`."""
    return text.encode("utf-8", "surrogatepass")


def text_of(stored: bytes) -> str:
    """Return the text that was stored as these bytes."""
    return stored.decode("utf-8", "surrogatepass")


def _json(texts: Sequence[str]) -> str:
    return json.dumps(texts, separators=(",", ":"))


def packed(blocks: Iterable[Block]) -> bytes:
    """Return blocks as bytes; see :func:`blocks_of`."""
    told = array("i")
    for block in blocks:
        told.extend(
            (
                _NUMBER_OF[block.kind],
                block.start,
                block.end,
                block.level,
                NO_PAGE if block.page is None else block.page,
            )
        )
    return told.tobytes()


def blocks_of(packed: bytes) -> tuple[Block, ...]:
    """Return the blocks that were packed into these bytes."""
    told = array("i", packed)
    fields = zip(told[::5], told[1::5], told[2::5], told[3::5], told[4::5], strict=True)
    return tuple(
        [
            Block(_KINDS[kind], start, end, level, None if page < 0 else page)
            for kind, start, end, level, page in fields
        ]
    )


def card_of(row: tuple[Any, ...]) -> Card:
    """Return the card that a row of documents holds, in the order of :data:`CARD`."""
    number, path, title, kind, url, published, updated, *others = row
    return Card(number, path, title, kind, url, _date(published), _date(updated), *others)


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(day)) if day else None
