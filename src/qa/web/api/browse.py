"""``/documents``, ``/passages``, ``/facts`` and ``/subjects``: the contents of the corpus, so that anybody
can check an answer.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from qa import wire
from qa.web.api import lookups
from qa.web.api.facts_csv import facts_csv
from qa.web.api.schemas import (
    FactPage,
    FactsRequest,
    Links,
    NoParameters,
    PageRequest,
    PassageRequest,
    SubjectsRequest,
)
from qa.web.api.validation import from_query
from qa.web.serving.compression import compressed
from qa.web.serving.current import service

routes = Blueprint("browse", __name__)


@routes.get("/documents")
def documents() -> Response:
    """List the documents, in the order of their paths."""
    return _json(lookups.documents(service(), from_query(PageRequest, request.query_string)))


@routes.get("/documents/<path:path>")
def document(path: str) -> Response:
    """Show one document as extracted."""
    from_query(NoParameters, request.query_string)
    return _json(lookups.document(service(), path))


@routes.get("/passages/<path:identifier>")
def passage(identifier: str) -> Response:
    """Show one passage; with a revision, as it was when it was quoted."""
    asked = from_query(PassageRequest, request.query_string)
    return _json(lookups.passage(service(), identifier, asked.revision))


@routes.get("/facts")
def facts() -> Response:
    """List rating facts."""
    asked = from_query(FactsRequest, request.query_string)
    page = lookups.facts(service(), asked)
    response = _csv(page) if asked.format == "csv" else _json(page)
    response.headers["Link"] = _link_header(page.links)
    return response


@routes.get("/subjects")
def subjects() -> Response:
    """List the subjects whose names begin as typed."""
    return _json(lookups.subjects(service(), from_query(SubjectsRequest, request.query_string)))


@routes.get("/subjects/<path:identifier>.json")
def subject(identifier: str) -> Response:
    """Show everything known about one subject."""
    from_query(NoParameters, request.query_string)
    return _json(lookups.subject(service(), identifier))


@routes.get("/providers/<path:identifier>.json")
def provider(identifier: str) -> Response:
    """Show the places of a provider."""
    from_query(NoParameters, request.query_string)
    return _json(lookups.owner(service(), "provider", identifier))


@routes.get("/brands/<path:identifier>.json")
def brand(identifier: str) -> Response:
    """Show the places of a brand."""
    from_query(NoParameters, request.query_string)
    return _json(lookups.owner(service(), "brand", identifier))


@routes.get("/places/<path:identifier>.json")
def place(identifier: str) -> Response:
    """Show what is rated at a place."""
    from_query(NoParameters, request.query_string)
    return _json(lookups.place(service(), identifier))


def _json(record: object) -> Response:
    return compressed(Response(wire.encode(record), mimetype="application/json"))


def _csv(page: FactPage) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="facts.csv"'}
    return compressed(
        Response(
            facts_csv(page.facts), headers=headers, content_type="text/csv; charset=utf-8; header=present"
        )
    )


def _link_header(around: Links) -> str:
    """Write the addresses as a Link header (RFC 8288), with the relations' registered names."""
    relations = {"first": around.first, "prev": around.previous, "next": around.next, "last": around.last}
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in relations.items() if address)
