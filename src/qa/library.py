"""The documents of a corpus, to be read and checked by anybody: as extracted, by section, and passage by passage."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.records import Block, Document, DocumentKind, Passage, PassageSource

_IDENTIFIER = re.compile(r"(?P<document>.+)-(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the span from it to the next of its level or a higher one. ``start`` is where the heading itself begins."""

    heading: str
    level: int
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Described:
    """A document without its text; ``characters`` counts the code points of the text, ``passages`` its passages."""

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
    """Finds documents by path and passages by id; ``unlisted`` documents are found, but not listed.

    ``passages`` stand in the order of the documents, those of the unlisted ones last.
    """

    def __init__(
        self, documents: Sequence[Document], passages: Sequence[Passage], revisions: Mapping[str, str], unlisted: Sequence[Document] = ()
    ) -> None:
        self.documents = documents
        self._by_path = {document.path: document for document in (*documents, *unlisted)}
        self._revisions = revisions
        self._passages: dict[str, Sequence[Passage]] = dict(_by_document(passages))
        self._sources = {passage.id: self._source(passage) for passage in passages}
        self._paths = {_document_part(held[0].id): path for path, held in self._passages.items()}

    def document(self, path: str) -> Document | None:
        """Return the document of this path."""
        return self._by_path.get(path)

    def revision(self, document: Document) -> str:
        """Return the revision of a document's text."""
        return self._revisions[document.path]

    def described(self, document: Document) -> Described:
        """Say what a document is."""
        one = document
        revision, passages = self.revision(one), len(self.passages(one))
        return Described(one.path, one.title, one.kind, one.url, one.published, one.updated, one.licence, revision, len(one.text), passages)

    def passages(self, document: Document) -> Sequence[Passage]:
        """Return the passages of a document, in their order."""
        return self._passages.get(document.path, ())

    def passage(self, identifier: str) -> Passage | None:
        """Return the passage of this id."""
        found = _IDENTIFIER.fullmatch(identifier)
        path = self._paths.get(found["document"]) if found else None
        if found is None or path is None:
            return None
        held = self._passages[path]
        place = bisect_left(held, int(found["start"]), key=lambda passage: passage.start)
        return held[place] if place < len(held) and held[place].id == identifier else None

    def source(self, passage: Passage) -> PassageSource:
        """Say where a passage stands."""
        return self._sources[passage.id]

    def _source(self, passage: Passage) -> PassageSource:
        document = passage.document
        return PassageSource(
            document=document.path,
            title=document.title,
            kind=document.kind,
            url=document.url,
            section=passage.section,
            page=passage.page,
            published=document.published,
            start=passage.start,
            end=passage.end,
            revision=self.revision(document),
        )


def sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of a document in their order; those of a lower level lie within the one above them."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    ends = _ends(headings, len(document.text))
    return tuple(
        Section(" ".join(document.text[block.start : block.end].split()), block.level, block.page, block.start, end)
        for block, end in zip(headings, ends, strict=True)
    )


def _ends(headings: Sequence[Block], last: int) -> list[int]:
    """Where each heading's section ends, found from the last to the first."""
    ends, following = list[int](), list[Block]()  # the headings below that can still end a section, the nearest last
    for block in reversed(headings):
        while following and following[-1].level > block.level:
            following.pop()
        ends.append(following[-1].start if following else last)
        following.append(block)
    return ends[::-1]


def _by_document(passages: Sequence[Passage]) -> Iterator[tuple[str, Sequence[Passage]]]:
    begun = 0
    for place in range(1, len(passages) + 1):
        if place == len(passages) or passages[place].document is not passages[begun].document:
            yield passages[begun].document.path, passages[begun:place]
            begun = place


def _document_part(identifier: str) -> str:
    return identifier.rsplit("-", 2)[0]
