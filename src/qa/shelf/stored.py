"""A shelf in a folder, from which documents and passages are read on demand."""

from __future__ import annotations

import json
import os
import re
import weakref
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np

from qa.engines.on_disk import on_disk
from qa.passages import identifier, identifier_of
from qa.records import Document, Passage, Span
from qa.shelf import Placed, Shelved
from qa.shelf.cards import KEPT_CHARACTERS, Cards
from qa.shelf.file_format import (
    ABOVE,
    CARD,
    KEPT,
    NO_PAGE,
    PASSAGES,
    TEXTS,
    DocumentRun,
    blocks_of,
    card_of,
    text_of,
)
from qa.shelf.kept_passage import KeptPassage, UnreadDocument
from qa.shelf.lazy import Lazy, Recent

_BESIDE = 500  # characters that a passage takes beside its text
_IDENTIFIER = re.compile(r"(?P<document>.+)-(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})", re.DOTALL)


class StoredShelf(Cards):
    """A shelf in a folder. Raises OSError if there is none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        self._placed = on_disk(folder / PASSAGES)  # a row a passage, see qa.shelf.file_format
        self._texts = os.open(folder / TEXTS, os.O_RDONLY)  # stays readable if the folder is removed
        weakref.finalize(self, os.close, self._texts)
        self._passages = Recent[Passage](KEPT_CHARACTERS, lambda one: len(one.text) + _BESIDE)
        self.passages: Sequence[Passage] = Lazy(len(self._placed), self._passage)

    def number(self, passage: str, packed: bytes = b"") -> int | None:
        """See :meth:`Shelf.number`."""
        found = _IDENTIFIER.fullmatch(passage)
        card = self._named.get(found["document"]) if found else None
        if found is None or card is None:
            return None
        first, count = card
        start, end = int(found["start"]), int(found["end"])
        spans = self._placed[first : first + count][:, :2]
        place = int(np.searchsorted(spans[:, 0], start))
        return first + place if spans[place : place + 1].tolist() == [[start, end]] else None

    def fetch(self, passages: Collection[int]) -> frozenset[int]:
        """See :meth:`Shelf.fetch`."""
        return frozenset()

    def names(self) -> Iterator[tuple[str, str]]:
        """See :meth:`WholeShelf.names`."""
        placed = self._placed[:]
        for path, first, count in self._rows("SELECT path, first, passages FROM documents ORDER BY number"):
            begin, spans = identifier_of(path), placed[first : first + count, :2].tolist()
            yield from [(f"{begin}-{start}-{end}", path) for start, end in spans]

    def headings(self) -> Iterator[Sequence[str]]:
        """See :meth:`WholeShelf.headings`."""
        return map(self._above().__getitem__, self._placed[:][:, ABOVE].tolist())

    @cached_property
    def _named(self) -> dict[str, tuple[int, int]]:
        """The beginning of the ids of a document's passages → the number of its first passage, and how many
        it has.
        """
        told = self._rows("SELECT path, first, passages FROM documents")
        return {identifier_of(str(path)): (first, count) for path, first, count in told}

    def shelved(self, number: int) -> Shelved:
        """A document with its passages."""
        card = self.cards[number]
        return Shelved(self._read_document(number), self._placed_from(card.first, card.first + card.passages))

    def run(self, documents: range) -> DocumentRun:
        """Some documents, at least one, as they stand in the files, to be written into others."""
        rows = self._rows(
            f"SELECT place, first, passages, blocks, bytes, {KEPT} FROM documents "
            "WHERE number >= ? AND number < ? ORDER BY number",
            documents.start,
            documents.stop,
        )
        begun, first = rows[0][:2]
        return DocumentRun(
            [(tuple(values), passages, blocks, text) for _, _, passages, blocks, text, *values in rows],
            self._folder / TEXTS,
            begun,
            self._placed[first : rows[-1][1] + rows[-1][2]],
            self._rows("SELECT headings, columns FROM above ORDER BY number"),
        )

    def _read_document(self, number: int) -> Document:
        card = self.cards[number]
        ((place, blocks, size),) = self._rows(
            "SELECT place, blocks, bytes FROM documents WHERE number = ?", number
        )
        found = os.pread(self._texts, blocks + size, place)
        return card.with_text(text_of(found[blocks:]), blocks_of(found[:blocks]))

    def _passage(self, number: int) -> Passage:
        return self._passages.get(number, self._read_passage)

    def _read_passage(self, number: int) -> Passage:
        """A passage with its own part of the text, and what the card of its document says."""
        of = self.document_of(number)
        ((place, blocks, *told),) = self._rows(
            f"SELECT place, blocks, {CARD} FROM documents WHERE number = ?", of
        )
        card, (at,) = card_of(tuple(told)), self._placed_from(number, number + 1)
        begun, ended = self._placed[number : number + 1][0, -2:].tolist()
        return KeptPassage(
            identifier(card.path, Span(at.start, at.end)),
            UnreadDocument(card, partial(self._document, of)),
            at.start,
            at.end,
            at.headings,
            at.page,
            at.columns,
            text_of(os.pread(self._texts, ended - begun, place + blocks + begun)),
        )

    def _placed_from(self, first: int, last: int) -> list[Placed]:
        rows = self._placed[first:last][:, : ABOVE + 1].tolist()
        above = {number: self._told_above(number) for number in {row[ABOVE] for row in rows}}
        return [
            Placed(start, end, None if page == NO_PAGE else page, *above[number])
            for start, end, page, number in rows
        ]

    def _told_above(self, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        ((headings, columns),) = self._rows("SELECT headings, columns FROM above WHERE number = ?", number)
        return _listed(headings), _listed(columns)


@lru_cache(1024)
def _listed(told: str) -> tuple[str, ...]:
    """The headings that are listed as JSON."""
    return tuple(json.loads(told))
