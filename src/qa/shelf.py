"""The documents and passages of an index, kept in one file and read from it as they are wanted; those read of
late are kept.

A *shelf* is written once, document by document, and only read from then on, by any thread. Passages are
numbered through from 0, in the order of the documents and of their text; whatever else an index has of each
passage goes by these numbers.
"""

from __future__ import annotations

import datetime
import errno
import json
import re
import sqlite3
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast, overload

from qa.database import Database
from qa.passages import identifier, identifier_of, passages_of
from qa.records import Block, BlockKind, Document, DocumentKind, Passage, Span

KEPT_CHARACTERS = 4_000_000  # of documents that were read of late
KEPT_PASSAGES = 2_000
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
_IDENTIFIER = re.compile(r"(?P<document>.+)-(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})", re.DOTALL)
_SCHEMA = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, path TEXT UNIQUE, title TEXT, kind TEXT, url TEXT, published TEXT, updated TEXT,
  licence TEXT, publisher TEXT, revision TEXT, characters INTEGER, first INTEGER, passages INTEGER,
  blocks BLOB, text BLOB
);
CREATE TABLE above (number INTEGER PRIMARY KEY, headings TEXT, columns TEXT);
CREATE TABLE passages (number INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, page INTEGER, above INTEGER);
"""
_MARKS = ", ".join("?" * 15)
_CARD = (
    "number, path, title, kind, url, published, updated, licence, publisher, revision, characters, "
    "first, passages"
)
_BATCH = 2_000

Kept = TypeVar("Kept")


class Card(NamedTuple):
    """A document without its text: ``characters`` counts the code points of the text, ``first`` is the number
    of its first passage.
    """

    number: int
    path: str
    title: str
    kind: DocumentKind
    url: str | None
    published: datetime.date | None
    updated: datetime.date | None
    licence: str | None
    publisher: str | None
    revision: str
    characters: int
    first: int
    passages: int


class Placed(NamedTuple):
    """A passage without its document: its span, page, the headings above it and those of its columns."""

    start: int
    end: int
    page: int | None
    headings: tuple[str, ...]
    columns: tuple[str, ...]


class Shelved(NamedTuple):
    """A document with its passages, as a shelf takes and gives them."""

    document: Document
    passages: Sequence[Placed]

    @classmethod
    def of(cls, document: Document) -> Shelved:
        """The document, cut into its passages."""
        return cls(
            document,
            [
                Placed(one.start, one.end, one.page, one.headings, one.columns)
                for one in passages_of(document)
            ],
        )

    def as_passages(self) -> list[Passage]:
        """Its passages as records."""
        document = self.document
        return [
            Passage(
                identifier(document.path, Span(one.start, one.end)),
                document,
                one.start,
                one.end,
                one.headings,
                one.page,
                one.columns,
            )
            for one in self.passages
        ]


class Shelf(Protocol):
    """What the rest of Askwell knows of documents and passages, wherever they are kept."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    cards: Sequence[Card]  # the documents without their texts

    def card(self, path: str) -> Card | None:
        """The document of this path, without its text."""
        ...

    def document_of(self, passage: int) -> int:
        """The number of the document that a passage is of."""
        ...

    def number(self, passage: str) -> int | None:
        """The number of the passage of this id."""
        ...

    def names(self) -> Iterator[tuple[str, str]]:
        """Of each passage its id, and the path of its document."""
        ...

    def headings(self) -> Iterator[Sequence[str]]:
        """Of each passage the headings above it."""
        ...

    def sections(self) -> Iterable[str]:
        """The nearest headings above passages, each once, in the order of the text."""
        ...


class Listed:
    """A shelf of passages that are at hand, in the order of their documents."""

    def __init__(self, passages: Sequence[Passage], documents: Sequence[Document] = ()) -> None:
        self.passages = passages
        self.documents: Sequence[Document] = tuple(
            {one.path: one for one in (*documents, *(passage.document for passage in passages))}.values()
        )
        numbers = {one.path: number for number, one in enumerate(self.documents)}
        self._document_of = [numbers[passage.document.path] for passage in passages]
        self.cards: Sequence[Card] = [self._card(number, one) for number, one in enumerate(self.documents)]
        self._by_path = {card.path: card for card in self.cards}
        self._numbers = {passage.id: number for number, passage in enumerate(passages)}

    def _card(self, number: int, one: Document) -> Card:
        held = [place for place, of in enumerate(self._document_of) if of == number]
        told = (one.url, one.published, one.updated, one.licence, one.publisher, one.revision, len(one.text))
        return Card(number, one.path, one.title, one.kind, *told, held[0] if held else 0, len(held))

    def card(self, path: str) -> Card | None:
        """See :meth:`Shelf.card`."""
        return self._by_path.get(path)

    def document_of(self, passage: int) -> int:
        """See :meth:`Shelf.document_of`."""
        return self._document_of[passage]

    def number(self, passage: str) -> int | None:
        """See :meth:`Shelf.number`."""
        return self._numbers.get(passage)

    def names(self) -> Iterator[tuple[str, str]]:
        """See :meth:`Shelf.names`."""
        return ((passage.id, passage.document.path) for passage in self.passages)

    def headings(self) -> Iterator[Sequence[str]]:
        """See :meth:`Shelf.headings`."""
        return (passage.headings for passage in self.passages)

    def sections(self) -> Iterable[str]:
        """See :meth:`Shelf.sections`."""
        return dict.fromkeys(passage.section for passage in self.passages if passage.section)


class StoredShelf:
    """A shelf in a file. Raises OSError where there is none."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._documents = _Recent[Document](
            KEPT_CHARACTERS, lambda one: len(one.text) + 100 * len(one.blocks)
        )
        self._passages = _Recent[Passage](KEPT_PASSAGES, lambda _: 1)
        (count,) = self._rows("SELECT count(*) FROM documents")
        (passages,) = self._rows("SELECT count(*) FROM passages")
        self.cards: Sequence[Card] = _Lazy(count[0], self._read_card, self._all_cards)
        self.documents: Sequence[Document] = _Lazy(count[0], self._document)
        self.passages: Sequence[Passage] = _Lazy(passages[0], self._passage)

    def _read_card(self, number: int) -> Card:
        (row,) = self._rows(f"SELECT {_CARD} FROM documents WHERE number = ?", number)
        return _card(row)

    def _all_cards(self) -> Iterator[Card]:
        return map(_card, self._rows(f"SELECT {_CARD} FROM documents ORDER BY number"))

    def card(self, path: str) -> Card | None:
        """See :meth:`Shelf.card`."""
        return next(
            (
                _card(row)
                for row in self._rows(f"SELECT {_CARD} FROM documents WHERE path = ?", _stored(path))
            ),
            None,
        )

    def document_of(self, passage: int) -> int:
        """See :meth:`Shelf.document_of`."""
        return (
            bisect_right(self._firsts, passage) - 1
        )  # of several that begin there, as empty ones do, the last has it

    def sections(self) -> Iterable[str]:
        """See :meth:`Shelf.sections`."""
        return dict.fromkeys(headings[-1] for headings in self._above() if headings)

    def number(self, passage: str) -> int | None:
        """See :meth:`Shelf.number`."""
        found = _IDENTIFIER.fullmatch(passage)
        card = self._named.get(found["document"]) if found else None
        if found is None or card is None:
            return None
        first, count = card
        place = bisect_left(self._spans[0], int(found["start"]), first, first + count)
        there = place < first + count and (self._spans[0][place], self._spans[1][place]) == (
            int(found["start"]),
            int(found["end"]),
        )
        return place if there else None

    def names(self) -> Iterator[tuple[str, str]]:
        """See :meth:`Shelf.names`."""
        for card in self.cards:
            for place in range(card.first, card.first + card.passages):
                yield identifier(card.path, Span(self._spans[0][place], self._spans[1][place])), card.path

    def headings(self) -> Iterator[Sequence[str]]:
        """See :meth:`Shelf.headings`."""
        told = self._above()
        return (told[number] for (number,) in self._rows("SELECT above FROM passages ORDER BY number"))

    def _above(self) -> list[tuple[str, ...]]:
        return [
            tuple(json.loads(headings))
            for (headings,) in self._rows("SELECT headings FROM above ORDER BY number")
        ]

    @cached_property
    def _named(self) -> dict[str, tuple[int, int]]:
        """What begins the ids of a document's passages → the number of its first passage, and how many it
        has.
        """
        told = self._rows("SELECT path, first, passages FROM documents")
        return {identifier_of(str(path)): (first, count) for path, first, count in told}

    @cached_property
    def _spans(self) -> tuple[array[int], array[int]]:
        """Of each passage, where it begins and where it ends."""
        rows = self._rows('SELECT start, "end" FROM passages ORDER BY number')
        return array("i", (start for start, _ in rows)), array("i", (end for _, end in rows))

    def shelved(self, number: int) -> Shelved:
        """A document with its passages."""
        card = self.cards[number]
        rows = self._of_passages(card.first, card.first + card.passages)
        return Shelved(self._read_document(number), [self._placed(row) for row in rows])

    @cached_property
    def _firsts(self) -> array[int]:
        """Of each document, the number of its first passage."""
        return array("q", (first for (first,) in self._rows("SELECT first FROM documents ORDER BY number")))

    def _document(self, number: int) -> Document:
        return self._documents.get(number, self._read_document)

    def _read_document(self, number: int) -> Document:
        (row,) = self._rows(f"SELECT {_CARD}, blocks, text FROM documents WHERE number = ?", number)
        card, blocks, text = _card(row[:-2]), row[-2], row[-1]
        return Document(
            card.path,
            card.title,
            text.decode("utf-8", "surrogatepass"),
            _blocks(blocks),
            card.kind,
            card.url,
            card.published,
            card.updated,
            card.licence,
            card.publisher,
        )

    def _passage(self, number: int) -> Passage:
        return self._passages.get(number, self._read_passage)

    def _read_passage(self, number: int) -> Passage:
        (row,) = self._of_passages(number, number + 1)
        document, placed = self._document(self.document_of(number)), self._placed(row)
        named = identifier(document.path, Span(placed.start, placed.end))
        return Passage(
            named, document, placed.start, placed.end, placed.headings, placed.page, placed.columns
        )

    def _of_passages(self, first: int, last: int) -> list[tuple[Any, ...]]:
        asked = (
            'SELECT start, "end", page, headings, columns FROM passages JOIN above ON above.number = above'
        )
        return self._rows(
            f"{asked} WHERE passages.number >= ? AND passages.number < ? ORDER BY passages.number",
            first,
            last,
        )

    @staticmethod
    def _placed(row: tuple[Any, ...]) -> Placed:
        start, end, page, headings, columns = cast("tuple[int, int, int | None, str, str]", row)
        return Placed(start, end, page, tuple(json.loads(headings)), tuple(json.loads(columns)))

    def _rows(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.connection.execute(asked, values).fetchall()


class _Lazy(Sequence[Kept]):
    """A sequence whose items are read when they are wanted."""

    def __init__(
        self, size: int, read: Callable[[int], Kept], read_all: Callable[[], Iterator[Kept]] | None = None
    ) -> None:
        self._size, self._read, self._read_all = size, read, read_all

    def __iter__(self) -> Iterator[Kept]:
        return self._read_all() if self._read_all else map(self._read, range(self._size))

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Kept: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...

    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        if isinstance(place, slice):
            return [self._read(number) for number in range(*place.indices(self._size))]
        if not -self._size <= place < self._size:
            raise IndexError(place)
        return self._read(place % self._size)


class _Recent(Generic[Kept]):
    """What was read of late, up to ``most`` in all by ``size``; threads may share it."""

    def __init__(self, most: int, size: Callable[[Kept], int]) -> None:
        self._most, self._size, self._held = most, size, 0
        self._kept = OrderedDict[int, Kept]()
        self._lock = threading.Lock()

    def get(self, number: int, read: Callable[[int], Kept]) -> Kept:
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        found = read(number)
        with self._lock:
            if number not in self._kept:
                self._kept[number] = found
                self._held += self._size(found)
                while self._held > self._most and len(self._kept) > 1:
                    _, gone = self._kept.popitem(last=False)
                    self._held -= self._size(gone)
            return self._kept[number]


# Writing ----------------------------------------------------------------------------------------------------


def write(path: Path, shelved: Iterable[Shelved]) -> None:
    """Write a shelf into a new file.

    Raises OSError where it can't be written. The same documents give the same bytes.
    """
    try:
        connection = sqlite3.connect(path)
        try:
            connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
            _fill(connection, shelved)
            connection.commit()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise OSError(errno.ENOSPC, f"{path.name} can't be written: {error}") from None


def _fill(connection: sqlite3.Connection, shelved: Iterable[Shelved]) -> None:
    above, rows, first = dict[tuple[str, str], int](), list[tuple[Any, ...]](), 0
    for number, (document, passages) in enumerate(shelved):
        for place, one in enumerate(passages, first):
            told = _json(one.headings), _json(one.columns)
            rows.append((place, one.start, one.end, one.page, above.setdefault(told, len(above))))
        connection.execute(
            f"INSERT INTO documents VALUES ({_MARKS})", _row(number, document, first, len(passages))
        )
        first += len(passages)
        if len(rows) >= _BATCH:
            connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", rows)
            rows.clear()
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO above VALUES (?, ?, ?)", ((number, *told) for told, number in above.items())
    )


def _row(number: int, one: Document, first: int, passages: int) -> tuple[Any, ...]:
    text = one.text.encode("utf-8", "surrogatepass")
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
    return (
        number,
        _stored(one.path),
        one.title,
        *map(_stored, told),
        first,
        passages,
        _packed(one.blocks),
        text,
    )


def _stored(value: object) -> object:
    """A value as SQLite takes it: half a character, as a broken file name may hold, is none that it knows."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


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


def _blocks(packed: bytes) -> tuple[Block, ...]:
    told = array("i", packed)
    fields = zip(told[::5], told[1::5], told[2::5], told[3::5], told[4::5], strict=True)
    return tuple(
        [
            Block(_KINDS[kind], start, end, level, None if page < 0 else page)
            for kind, start, end, level, page in fields
        ]
    )


def _card(row: tuple[Any, ...]) -> Card:
    number, path, title, kind, url, published, updated, *others = row
    return Card(number, path, title, kind, url, _date(published), _date(updated), *others)


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(day)) if day else None
