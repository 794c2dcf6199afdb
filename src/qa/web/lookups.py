"""What the corpus holds, looked up as it was asked for: the same for every face that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote

from qa.errors import RequestError
from qa.library import sections
from qa.web.checking import broken
from qa.web.listings import (
    DocumentPage,
    DocumentText,
    FactPage,
    FactsRequest,
    NamedSubject,
    PageRequest,
    PassageSpan,
    PassageText,
    SubjectList,
    SubjectsRequest,
    links,
)

if TYPE_CHECKING:
    from qa.service import Service


def documents(service: Service, asked: PageRequest) -> DocumentPage:
    """Return a page of the list of documents."""
    library = service.library
    total = len(library.documents)
    shown = tuple(map(library.described, library.documents[asked.offset : asked.offset + asked.limit]))
    return DocumentPage(shown, total, asked.limit, asked.offset, service.facts.tables(), links("/documents", asked, total), service.index)


def document(service: Service, path: str) -> DocumentText:
    """Return a document. Raises RequestError (404) where there is none of this path."""
    library = service.library
    found = library.document(path)
    if found is None:
        _missing("There is no document of this path. /documents lists them all.")
    spans = tuple(PassageSpan(passage.id, passage.start, passage.end) for passage in library.passages(found))
    return DocumentText(library.described(found), found.text, sections(found), spans, service.index)


def passage(service: Service, identifier: str, revision: str | None = None) -> PassageText:
    """Return the passage of an id. Raises RequestError (404) where there is none, or none of that revision."""
    found = service.library.passage(identifier)
    if found is None:
        _missing("There is no passage of this id: the document may have changed, or was taken out. /documents lists those that are there.")
    source = service.library.source(found)
    if revision not in (None, source.revision):
        _missing(f"The document has changed since: it now has the revision {source.revision}. Ask again to be quoted what it says.")
    link = f"/passages/{quote(found.id)}?revision={source.revision}"
    return PassageText(found.id, found.text, found.headings, source, link, service.index)


def facts(service: Service, asked: FactsRequest) -> FactPage:
    """Return a page of a list of facts. Raises RequestError (422) where it names a table that is not loaded."""
    if not set(asked.document) <= set(service.facts.tables()):
        raise broken({"document": "names a table that is not loaded"})
    found, total = service.facts.page(asked.wanted(), asked.limit, asked.offset)
    return FactPage(found, total, asked.limit, asked.offset, links("/facts", asked, total), service.index)


def subjects(service: Service, asked: SubjectsRequest) -> SubjectList:
    """Return the subjects whose names begin as typed."""
    found = service.facts.subjects_like(asked.q, asked.limit)
    return SubjectList(tuple(NamedSubject(one.name, one.attributes) for one in found), service.index)


def _missing(detail: str) -> NoReturn:
    raise RequestError(detail, status=404)
