"""A shelf in a file, from which documents and passages are read on demand."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from qa.database import Database
from qa.passages import identifier, identifier_of
from qa.records import Document, Passage, Span
from qa.shelf import Card, Placed, Shelved
from qa.shelf.file_format import CARD, KEPT, DocumentRow, blocks_of, card_of, stored_text
from qa.shelf.lazy import Lazy, Recent

KEPT_CHARACTERS = 4_000_000  # of documents that were read of late, and again of those whose passages were
_KEPT_CARDS = 256  # of the documents that answers name
_IDENTIFIER = re.compile(r"(?P<document>.+)-(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})", re.DOTALL)


class StoredShelf:
    """A shelf in a file. Raises OSError if there is none."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, mapped=False)
        self._documents = Recent[Document](KEPT_CHARACTERS, lambda one: len(one.text) + 100 * len(one.blocks))
        self._passages = Recent[Passage](KEPT_CHARACTERS, lambda one: len(one.document.text))
        self._cards_by_path = lru_cache(_KEPT_CARDS)(self._card_at)
        (count,) = self._rows("SELECT count(*) FROM documents")
        (passages,) = self._rows("SELECT count(*) FROM passages")
        self.cards: Sequence[Card] = Lazy(count[0], self._read_card, self._all_cards)
        self.documents: Sequence[Document] = Lazy(count[0], self._document)
        self.passages: Sequence[Passage] = Lazy(passages[0], self._passage)

    def _read_card(self, number: int) -> Card:
        (row,) = self._rows(f"SELECT {CARD} FROM documents WHERE number = ?", number)
        return card_of(row)

    def _all_cards(self) -> Iterator[Card]:
        return map(card_of, self._rows(f"SELECT {CARD} FROM documents ORDER BY number"))

    def card(self, path: str) -> Card | None:
        """See :meth:`Shelf.card`."""
        return self._cards_by_path(path)

    def _card_at(self, path: str) -> Card | None:
        return next(
            (
                card_of(row)
                for row in self._rows(f"SELECT {CARD} FROM documents WHERE path = ?", stored_text(path))
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
        starts, ends = self._spans
        for card in self.cards:
            begin = identifier_of(card.path)
            held = slice(card.first, card.first + card.passages)
            spans = zip(starts[held], ends[held], strict=True)
            yield from [(f"{begin}-{start}-{end}", card.path) for start, end in spans]

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
        """The beginning of the ids of a document's passages → the number of its first passage, and how many
        it has.
        """
        told = self._rows("SELECT path, first, passages FROM documents")
        return {identifier_of(str(path)): (first, count) for path, first, count in told}

    @cached_property
    def _spans(self) -> tuple[array[int], array[int]]:
        """Where each passage begins and ends."""
        rows = self._rows('SELECT start, "end" FROM passages ORDER BY number')
        starts, ends = zip(*rows, strict=True) if rows else ((), ())
        return array("i", starts), array("i", ends)

    def shelved(self, number: int) -> Shelved:
        """A document with its passages."""
        card = self.cards[number]
        rows = self._of_passages(card.first, card.first + card.passages)
        return Shelved(self._read_document(number), [self._placed(row) for row in rows])

    def rows(self, documents: range) -> Iterator[DocumentRow]:
        """Some documents with their passages as they stand in the file, to be written into another."""
        if not documents:
            return
        above = self._rows("SELECT headings, columns FROM above ORDER BY number")
        execute, span = self._database.connection.execute, (documents.start, documents.stop)
        cards = execute(
            f"SELECT blocks, text, first, passages, {KEPT} FROM documents JOIN texts USING (number) "
            "WHERE number >= ? AND number < ? ORDER BY number",
            span,
        )
        placed = execute(
            'SELECT start, "end", page, above FROM passages WHERE number >= ? ORDER BY number',
            (self.cards[documents.start].first,),
        )
        for blocks, text, _, count, *values in cards:
            told = [(start, end, page, above[place]) for start, end, page, place in placed.fetchmany(count)]
            yield DocumentRow(tuple(values), (blocks, text), told if count else [])

    @cached_property
    def _firsts(self) -> array[int]:
        """The number of each document's first passage."""
        return array("q", (first for (first,) in self._rows("SELECT first FROM documents ORDER BY number")))

    def _document(self, number: int) -> Document:
        return self._documents.get(number, self._read_document)

    def _read_document(self, number: int) -> Document:
        card = self.cards[number]
        ((blocks, text),) = self._rows("SELECT blocks, text FROM texts WHERE number = ?", number)
        return Document(
            card.path,
            card.title,
            text.decode("utf-8", "surrogatepass"),
            blocks_of(blocks),
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
