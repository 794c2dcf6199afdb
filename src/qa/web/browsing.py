"""``/documents``, ``/passages``, ``/facts`` and ``/subjects``: what the corpus holds, so that anybody can check an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import quote

from flask import Blueprint, Response, request

from qa import wire
from qa.errors import RequestError
from qa.library import sections
from qa.records import Passage, RatingFact
from qa.web.assets import compressed
from qa.web.checking import broken, from_query
from qa.web.current import service
from qa.web.delimited import facts_csv
from qa.web.listings import (
    DocumentPage,
    DocumentText,
    FactPage,
    FactsRequest,
    Links,
    NamedSubject,
    NoParameters,
    PageRequest,
    PassageRequest,
    PassageSpan,
    PassageText,
    SubjectList,
    SubjectsRequest,
    links,
)

browsing = Blueprint("browsing", __name__)


@browsing.get("/documents")
def documents() -> Response:
    """List the documents, in the order of their paths."""
    asked = from_query(PageRequest, request.query_string)
    library = service().library
    total = len(library.documents)
    shown = library.documents[asked.offset : asked.offset + asked.limit]
    around = links("/documents", asked, total)
    described = tuple(map(library.described, shown))
    return _json(DocumentPage(described, total, asked.limit, asked.offset, service().facts.tables(), around, service().index))


@browsing.get("/documents/<path:path>")
def document(path: str) -> Response:
    """Show one document as extracted."""
    from_query(NoParameters, request.query_string)
    library = service().library
    found = library.document(path)
    if found is None:
        _missing("There is no document of this path. /documents lists them all.")
    spans = tuple(PassageSpan(passage.id, passage.start, passage.end) for passage in library.passages(found))
    return _json(DocumentText(library.described(found), found.text, sections(found), spans, service().index))


@browsing.get("/passages/<path:identifier>")
def passage(identifier: str) -> Response:
    """Show one passage, as it was when it was quoted if a revision is given."""
    asked = from_query(PassageRequest, request.query_string)
    return _json(passage_text(identifier, asked.revision))


def passage_text(identifier: str, revision: str | None = None) -> PassageText:
    """Return the passage of an id. Raises RequestError (404) where there is none, or none of that revision."""
    library = service().library
    found = library.passage(identifier)
    if found is None:
        _missing("There is no passage of this id: the document may have changed, or was taken out. /documents lists those that are there.")
    source = library.source(found)
    if revision not in (None, source.revision):
        _missing(f"The document has changed since: it now has the revision {source.revision}. Ask again to be quoted what it says.")
    return PassageText(found.id, found.text, found.headings, source, permalink(found, source.revision), service().index)


def permalink(passage: Passage, revision: str) -> str:
    """Return the address of a passage that never shows another text."""
    return f"/passages/{quote(passage.id)}?revision={revision}"


@browsing.get("/facts")
def facts() -> Response:
    """List rating facts."""
    asked = from_query(FactsRequest, request.query_string)
    if not set(asked.document) <= set(service().facts.tables()):
        raise broken({"document": "names a table that is not loaded"})
    found, total = service().facts.page(asked.wanted(), asked.limit, asked.offset)
    around = links("/facts", asked, total)
    response = _csv(found) if asked.format == "csv" else _json(FactPage(found, total, asked.limit, asked.offset, around, service().index))
    response.headers["Link"] = _link_header(around)
    return response


@browsing.get("/subjects")
def subjects() -> Response:
    """List the subjects whose names begin as typed."""
    asked = from_query(SubjectsRequest, request.query_string)
    found = service().facts.subjects_like(asked.q, asked.limit)
    return _json(SubjectList(tuple(NamedSubject(one.name, one.attributes) for one in found), service().index))


def _json(record: object) -> Response:
    return compressed(Response(wire.encode(record), mimetype="application/json"))


def _csv(facts: Sequence[RatingFact]) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="facts.csv"'}
    return compressed(Response(facts_csv(facts), headers=headers, content_type="text/csv; charset=utf-8; header=present"))


def _link_header(around: Links) -> str:
    """Write the addresses as a Link header (RFC 8288), with the relations' registered names."""
    relations = {"first": around.first, "prev": around.previous, "next": around.next, "last": around.last}
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in relations.items() if address)


def _missing(detail: str) -> NoReturn:
    raise RequestError(detail, status=404)
