"""The JSON endpoints: ``/ask`` and ``/healthz``."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from qa import wire
from qa.web.current import service
from qa.web.models import MAX_BODY, AskRequest, parse_json, parse_query

api = Blueprint("api", __name__)


@api.post("/ask")
def ask() -> Response:
    """Answer the question of a JSON body."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = MAX_BODY + 1  # a body sent in chunks is cut there without an error
    body = request.get_data(cache=False)
    if len(body) > MAX_BODY:
        raise RequestEntityTooLarge
    return _answer(parse_json(body))


@api.get("/ask")
def ask_by_link() -> Response:
    """Answer the question of a query string."""
    return _answer(parse_query(request.query_string))


@api.get("/healthz")
def healthz() -> Response:
    """Say that the service answers, and from which index."""
    index = service().index
    body = {"status": "ok", "fingerprint": index.fingerprint, "as_of": index.as_of}
    return Response(orjson.dumps(body), mimetype="application/json")


def _answer(asked: AskRequest) -> Response:
    answer = service().ask(asked.question, asked.history, top=asked.top, documents=asked.documents or None)
    return Response(wire.dumps(answer), mimetype="application/json")
