"""The file of a shelf: its tables, how documents and passages stand in them, and how it is written.

A document's text is kept in pieces, one for each passage, so that a passage is read at the same speed however
long its document is. The piece of a passage is the text up to its end, from the end of the passage before or
the beginning of the document; what follows the last passage is the document's rest.
"""

from __future__ import annotations

import datetime
import errno
import itertools
import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from qa.records import Block, BlockKind
from qa.shelf import Card, Shelved

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
_NO_PAGE = -1
_SCHEMA = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, path TEXT UNIQUE, title TEXT, kind TEXT, url TEXT, published TEXT, updated TEXT,
  licence TEXT, publisher TEXT, revision TEXT, characters INTEGER, first INTEGER, passages INTEGER
);
CREATE TABLE texts (number INTEGER PRIMARY KEY, blocks BLOB, rest BLOB);
CREATE TABLE pieces (number INTEGER PRIMARY KEY, text BLOB);
CREATE TABLE above (number INTEGER PRIMARY KEY, headings TEXT, columns TEXT);
CREATE TABLE passages (number INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, page INTEGER, above INTEGER);
"""
CARD = (
    "number, path, title, kind, url, published, updated, licence, publisher, revision, characters, "
    "first, passages"
)
KEPT = "path, title, kind, url, published, updated, licence, publisher, revision, characters"
_MARKS = ", ".join("?" * (3 + len(KEPT.split(", "))))


# Writing ----------------------------------------------------------------------------------------------------


class DocumentRow(NamedTuple):
    """A document with its passages as the file holds them: the values of :data:`KEPT`, its blocks and the
    rest of its text, and of each passage its piece, and its start, end, page, and the headings and columns
    above it.
    """

    values: tuple[Any, ...]
    content: tuple[bytes, bytes]
    pieces: Sequence[bytes]
    passages: Sequence[tuple[int, int, int | None, tuple[str, str]]]

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
        begins = [0, *(at.end for at in passages)]
        pieces = [_encoded(one.text[begin : at.end]) for begin, at in zip(begins, passages, strict=False)]
        return cls(
            (stored_text(one.path), one.title, *map(stored_text, told)),
            (_packed(one.blocks), _encoded(one.text[begins[-1] :])),
            pieces,
            [(at.start, at.end, at.page, (_json(at.headings), _json(at.columns))) for at in passages],
        )


def write(path: Path, documents: Iterable[DocumentRow]) -> None:
    """Write a shelf into a file, in place of what is there.

    Raises OSError if it can't be written. The same documents give the same bytes.
    """
    if path.is_file():  # left by a process that died
        path.unlink()
    try:
        connection = sqlite3.connect(path)
        try:
            connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
            _fill(connection, documents)
            connection.commit()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise OSError(errno.ENOSPC, f"{path.name} can't be written: {error}") from None


def _fill(connection: sqlite3.Connection, documents: Iterable[DocumentRow]) -> None:
    """Fill the tables: the texts as they come, then the others one by one, so that scanning one of them reads
    no page of texts.
    """
    above, cards, placed = dict[tuple[str, str], int](), list[tuple[Any, ...]](), array("i")
    for number, (values, content, pieces, passages) in enumerate(documents):
        connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (number, *content))
        connection.executemany("INSERT INTO pieces VALUES (?, ?)", enumerate(pieces, len(placed) // 4))
        cards.append((number, len(placed) // 4, len(passages), *values))
        for start, end, page, told in passages:
            placed.extend(
                (start, end, _NO_PAGE if page is None else page, above.setdefault(told, len(above)))
            )
    connection.executemany(
        f"INSERT INTO documents (number, first, passages, {KEPT}) VALUES ({_MARKS})", cards
    )
    rows = zip(itertools.count(), placed[::4], placed[1::4], placed[2::4], placed[3::4], strict=False)
    connection.executemany(f"INSERT INTO passages VALUES (?, ?, ?, nullif(?, {_NO_PAGE}), ?)", rows)
    connection.executemany(
        "INSERT INTO above VALUES (?, ?, ?)", ((number, *told) for told, number in above.items())
    )


def stored_text(value: object) -> object:
    """A value as SQLite accepts it: it knows no lone surrogates, which a broken file name may contain."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def text_of(stored: bytes) -> str:
    """Return the text that was stored as these bytes."""
    return stored.decode("utf-8", "surrogatepass")


def _json(texts: Sequence[str]) -> str:
    return json.dumps(texts, separators=(",", ":"))


def _packed(blocks: Iterable[Block]) -> bytes:
    told = array("i")
    for block in blocks:
        told.extend(
            (
                _NUMBER_OF[block.kind],
                block.start,
                block.end,
                block.level,
                _NO_PAGE if block.page is None else block.page,
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
