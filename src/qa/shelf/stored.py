"""A shelf in a file, from which documents and passages are read on demand."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, cast

from qa.database import Database
from qa.passages import identifier, identifier_of
from qa.records import Document, Passage, Span
from qa.shelf import Card, Placed, Shelved
from qa.shelf.file_format import CARD, KEPT, DocumentRow, blocks_of, card_of, stored_text, text_of
from qa.shelf.kept_passage import KeptPassage, UnreadDocument
from qa.shelf.lazy import Lazy, Recent

KEPT_CHARACTERS = 4_000_000  # of the documents read last, and as much again of passages
_KEPT_CARDS = 256  # of the documents that answers name
_BESIDE = 500  # characters that a passage takes beside its text
_PLACED = 'start, "end", page, headings, columns'
_CARD = ", ".join(f"documents.{column}" for column in CARD.split(", "))
_IDENTIFIER = re.compile(r"(?P<document>.+)-(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})", re.DOTALL)


class StoredShelf:
    """A shelf in a file. Raises OSError if there is none."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, mapped=False)
        self._documents = Recent[Document](KEPT_CHARACTERS, lambda one: len(one.text) + 100 * len(one.blocks))
        self._passages = Recent[Passage](KEPT_CHARACTERS, lambda one: len(one.text) + _BESIDE)
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
        )  # empty documents begin at the same number; the last of them has the passage

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
        starts, ends = array("i"), array("i")
        asked = 'SELECT start, "end" FROM passages ORDER BY number'
        for start, end in self._database.connection.execute(asked):
            starts.append(start)
            ends.append(end)
        return starts, ends

    def shelved(self, number: int) -> Shelved:
        """A document with its passages."""
        card = self.cards[number]
        rows = self._of_passages(card.first, card.first + card.passages)
        return Shelved(self._read_document(number), [self._placed(row) for row in rows])

    def rows(self, documents: range) -> Iterator[DocumentRow]:
        """Some documents with their passages as rows of the file, to be copied into another."""
        if not documents:
            return
        above = self._rows("SELECT headings, columns FROM above ORDER BY number")
        execute, span = self._database.connection.execute, (documents.start, documents.stop)
        cards = execute(
            f"SELECT blocks, rest, passages, {KEPT} FROM documents JOIN texts USING (number) "
            "WHERE number >= ? AND number < ? ORDER BY number",
            span,
        )
        placed = execute(
            'SELECT text, start, "end", page, above FROM passages JOIN pieces USING (number) '
            "WHERE number >= ? ORDER BY number",
            (self.cards[documents.start].first,),
        )
        for blocks, rest, count, *values in cards:
            found = placed.fetchmany(count) if count else []
            told = [(start, end, page, above[place]) for _, start, end, page, place in found]
            yield DocumentRow(tuple(values), (blocks, rest), [text for text, *_ in found], told)

    @cached_property
    def _firsts(self) -> array[int]:
        """The number of each document's first passage."""
        return array("q", (first for (first,) in self._rows("SELECT first FROM documents ORDER BY number")))

    def _document(self, number: int) -> Document:
        return self._documents.get(number, self._read_document)

    def _read_document(self, number: int) -> Document:
        card = self.cards[number]
        ((blocks, rest),) = self._rows("SELECT blocks, rest FROM texts WHERE number = ?", number)
        pieces = self._rows(
            "SELECT text FROM pieces WHERE number >= ? AND number < ? ORDER BY number",
            card.first,
            card.first + card.passages,
        )
        return Document(
            card.path,
            card.title,
            text_of(b"".join([*(text for (text,) in pieces), rest])),
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
        """A passage with its own piece of the text, and what the card of its document says."""
        of = self.document_of(number)
        ((text, *told),) = self._rows(
            f"SELECT text, {_PLACED}, {_CARD} FROM passages JOIN above ON above.number = above "
            "JOIN pieces ON pieces.number = passages.number JOIN documents ON documents.number = ? "
            "WHERE passages.number = ?",
            of,
            number,
        )
        at, card = self._placed(tuple(told[:5])), card_of(tuple(told[5:]))
        return KeptPassage(
            identifier(card.path, Span(at.start, at.end)),
            UnreadDocument(card, partial(self._document, of)),
            at.start,
            at.end,
            at.headings,
            at.page,
            at.columns,
            _last(text_of(text), at.end - at.start),
        )

    def _of_passages(self, first: int, last: int) -> list[tuple[Any, ...]]:
        return self._rows(
            f"SELECT {_PLACED} FROM passages JOIN above ON above.number = above "
            "WHERE passages.number >= ? AND passages.number < ? ORDER BY passages.number",
            first,
            last,
        )

    @staticmethod
    def _placed(row: tuple[Any, ...]) -> Placed:
        start, end, page, headings, columns = cast("tuple[int, int, int | None, str, str]", row)
        return Placed(start, end, page, _told(headings), _told(columns))

    def _rows(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.connection.execute(asked, values).fetchall()


def _last(text: str, count: int) -> str:
    return text[len(text) - count :]


@lru_cache(1024)
def _told(listed: str) -> tuple[str, ...]:
    """The headings that are listed as JSON."""
    return tuple(json.loads(listed))
