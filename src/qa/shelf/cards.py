"""The documents of a shelf in an SQLite file, without their texts, which are stored elsewhere."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from qa.database import Database
from qa.records import Document
from qa.shelf import Card
from qa.shelf.file_format import CARD, DOCUMENTS, card_of, stored_text
from qa.shelf.lazy import Lazy, Recent

KEPT_CHARACTERS = 4_000_000  # of the documents read last; as much of passages, where packed of bytes
_KEPT_CARDS = 256  # of the documents that answers name


class Cards(ABC):
    """The documents of the shelf in ``folder``. Raises OSError if there is none."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / DOCUMENTS, mapped=False)
        self._cards_by_path = lru_cache(_KEPT_CARDS)(self._card_at)
        ((count,),) = self._rows("SELECT count(*) FROM documents")
        self.cards: Sequence[Card] = Lazy(count, self._read_card, self._some_cards)
        self._documents = Recent[Document](KEPT_CHARACTERS, lambda one: len(one.text) + 100 * len(one.blocks))
        self.documents: Sequence[Document] = Lazy(count, self._document)

    def _read_card(self, number: int) -> Card:
        (row,) = self._rows(f"SELECT {CARD} FROM documents WHERE number = ?", number)
        return card_of(row)

    def _some_cards(self, numbers: range) -> Iterator[Card]:
        asked = f"SELECT {CARD} FROM documents WHERE number >= ? AND number < ? ORDER BY number"
        return map(card_of, self._rows(asked, numbers.start, numbers.stop))

    def card(self, path: str) -> Card | None:
        """See :meth:`qa.shelf.Shelf.card`."""
        return self._cards_by_path(path)

    def _card_at(self, path: str) -> Card | None:
        asked = f"SELECT {CARD} FROM documents WHERE path = ?"
        return next((card_of(row) for row in self._rows(asked, stored_text(path))), None)

    def _document(self, number: int) -> Document:
        return self._documents.get(number, self._read_document)

    @abstractmethod
    def _read_document(self, number: int) -> Document:
        """Read the document with this number, and its text."""

    def document_of(self, passage: int) -> int:
        """See :meth:`qa.shelf.Shelf.document_of`."""
        return (
            bisect_right(self._firsts, passage) - 1
        )  # empty documents begin at the same number; the last of them has the passage

    @cached_property
    def _firsts(self) -> array[int]:
        """The number of each document's first passage."""
        return array("q", (first for (first,) in self._rows("SELECT first FROM documents ORDER BY number")))

    def sections(self) -> Iterable[str]:
        """See :meth:`qa.shelf.Shelf.sections`."""
        return dict.fromkeys(headings[-1] for headings in self._above() if headings)

    def _above(self) -> list[tuple[str, ...]]:
        return [
            tuple(json.loads(headings))
            for (headings,) in self._rows("SELECT headings FROM above ORDER BY number")
        ]

    def _rows(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.connection.execute(asked, values).fetchall()
