"""The documents and passages of an index: in memory, in files, or in a cluster, and read from there on
demand.

A *shelf* is written once, document by document, and only read from then on, by any thread. Passages are
numbered through from 0, in the order of the documents and of their text; whatever else an index has of each
passage goes by these numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from qa.passages import identifier, passages_of
from qa.records import Block, Document, DocumentKind, Passage, Span


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

    def with_text(self, text: str, blocks: tuple[Block, ...]) -> Document:
        """The whole document."""
        about = self.kind, self.url, self.published, self.updated, self.licence, self.publisher
        return Document(self.path, self.title, text, blocks, *about)


class Placed(NamedTuple):
    """A passage without its document: its span, page, the headings above it and those of its columns."""

    start: int
    end: int
    page: int | None
    headings: tuple[str, ...]
    columns: tuple[str, ...]


class Shelved(NamedTuple):
    """A document with its passages, as a shelf stores and returns them."""

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
    """What the rest of Askwell knows of documents and passages, wherever they are stored."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    cards: Sequence[Card]  # the documents without their texts

    def card(self, path: str) -> Card | None:
        """The document of this path, without its text."""
        ...

    def document_of(self, passage: int) -> int:
        """The number of the document of a passage."""
        ...

    def number(self, passage: str, packed: bytes = b"") -> int | None:
        """The number of the passage of this id; ``packed`` is what an engine returned of it."""
        ...

    def fetch(self, passages: Collection[int]) -> frozenset[int]:
        """Get ready to read these passages, all at once; return those that can't be read now."""
        ...

    def sections(self) -> Iterable[str]:
        """The nearest headings above passages, each once, in the order of the text."""
        ...


class WholeShelf(Shelf, Protocol):
    """A shelf of which an index is made."""

    def names(self) -> Iterator[tuple[str, str]]:
        """The id of each passage, and the path of its document."""
        ...

    def headings(self) -> Iterator[Sequence[str]]:
        """The headings above each passage."""
        ...


class Listed:
    """A shelf of passages in memory, in the order of their documents."""

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

    def number(self, passage: str, packed: bytes = b"") -> int | None:
        """See :meth:`Shelf.number`."""
        return self._numbers.get(passage)

    def fetch(self, passages: Collection[int]) -> frozenset[int]:
        """See :meth:`Shelf.fetch`."""
        return frozenset()

    def names(self) -> Iterator[tuple[str, str]]:
        """See :meth:`WholeShelf.names`."""
        return ((passage.id, passage.document.path) for passage in self.passages)

    def headings(self) -> Iterator[Sequence[str]]:
        """See :meth:`WholeShelf.headings`."""
        return (passage.headings for passage in self.passages)

    def sections(self) -> Iterable[str]:
        """See :meth:`Shelf.sections`."""
        return dict.fromkeys(passage.section for passage in self.passages if passage.section)
