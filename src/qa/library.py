"""The documents of a corpus, for anybody to read and check: the extracted text, its sections, its
passages.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from qa.records import Block, Document, DocumentKind, Passage, PassageSource
from qa.shelf import Card, Shelf


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the span from it to the next of its level or a higher one.

    ``start`` is where the heading itself begins.
    """

    heading: str
    level: int
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Described:
    """A document without its text; ``characters`` counts the code points of the text, ``passages`` its
    passages.
    """

    document: str
    title: str
    kind: DocumentKind
    url: str | None
    published: datetime.date | None
    updated: datetime.date | None
    licence: str | None
    revision: str
    characters: int
    passages: int


class Library:
    """Finds documents by path and passages by id, on a shelf; those on the ``aside`` shelf are found, too,
    but not listed.
    """

    def __init__(self, shelf: Shelf, aside: Shelf | None = None) -> None:
        self._shelf = shelf
        self._shelves = (shelf, aside) if aside is not None else (shelf,)
        self.documents = shelf.documents

    def document(self, path: str) -> Document | None:
        """Return the document of this path."""
        found = self._found(path)
        return found[0].documents[found[1].number] if found else None

    def revision(self, document: Document) -> str:
        """Return the revision of a document's text."""
        found = self._found(document.path)
        return found[1].revision if found else document.revision

    def listed(self, offset: int, limit: int) -> list[Described]:
        """Describe at most ``limit`` documents, from number ``offset`` on."""
        return [_described(card) for card in self._shelf.cards[offset : offset + limit]]

    def described(self, document: Document) -> Described:
        """Describe a document."""
        found = self._found(document.path)
        if found is None:
            raise KeyError(document.path)
        return _described(found[1])

    def passages(self, document: Document) -> Sequence[Passage]:
        """Return the passages of a document, in their order."""
        found = self._found(document.path)
        return found[0].passages[found[1].first : found[1].first + found[1].passages] if found else ()

    def passage(self, identifier: str) -> Passage | None:
        """Return the passage of this id."""
        for shelf in self._shelves:
            if (number := shelf.number(identifier)) is not None:
                return shelf.passages[number]
        return None

    def source(self, passage: Passage) -> PassageSource:
        """Return the source of a passage."""
        document = passage.document
        return PassageSource(
            document=document.path,
            title=document.title,
            kind=document.kind,
            url=_opening_at(document, passage.page),
            section=passage.section,
            page=passage.page,
            published=document.published,
            start=passage.start,
            end=passage.end,
            revision=self.revision(document),
        )

    def _found(self, path: str) -> tuple[Shelf, Card] | None:
        """The shelf that has the document of this path, and its card there."""
        found = ((shelf, card) for shelf in self._shelves if (card := shelf.card(path)))
        return next(found, None)


def _described(one: Card) -> Described:
    about = (one.path, one.title, one.kind, one.url, one.published, one.updated, one.licence)
    return Described(*about, one.revision, one.characters, one.passages)


def _opening_at(document: Document, page: int | None) -> str | None:
    """Return the address of the original; of a PDF that of the page, at which viewers open it."""
    if (
        document.url is None
        or page is None
        or "#" in document.url
        or not document.path.lower().endswith(".pdf")
    ):
        return document.url
    return f"{document.url}#page={page}"


def sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of a document in their order; those of a lower level lie within the one
    above them.
    """
    headings = [block for block in document.blocks if block.kind == "heading"]
    ends = _ends(headings, len(document.text))
    return tuple(
        Section(
            " ".join(document.text[block.start : block.end].split()),
            block.level,
            block.page,
            block.start,
            end,
        )
        for block, end in zip(headings, ends, strict=True)
    )


def _ends(headings: Sequence[Block], last: int) -> list[int]:
    """Where each heading's section ends, found from the last to the first."""
    ends, following = (
        list[int](),
        list[Block](),
    )  # the headings below that can still end a section, the nearest last
    for block in reversed(headings):
        while following and following[-1].level > block.level:
            following.pop()
        ends.append(following[-1].start if following else last)
        following.append(block)
    return ends[::-1]
