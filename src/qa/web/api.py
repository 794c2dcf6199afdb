"""The JSON endpoints: ``/ask`` and ``/healthz``."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, request

from qa import wire
from qa.web.bodies import json_body
from qa.web.current import service
from qa.web.listings import Health
from qa.web.models import MAX_BODY, AskRequest, parse_json, parse_query

api = Blueprint("api", __name__)


@api.post("/ask")
def ask() -> Response:
    """Answer the question of a JSON body."""
    return _answer(parse_json(json_body(MAX_BODY)))


@api.get("/ask")
def ask_by_link() -> Response:
    """Answer the question of a query string."""
    return _answer(parse_query(request.query_string))


@api.get("/healthz")
def healthz() -> Response:
    """Say that the service answers, and from which index."""
    index = service().index
    return Response(orjson.dumps(Health("ok", index.fingerprint, index.as_of)), mimetype="application/json")


def _answer(asked: AskRequest) -> Response:
    answer = service().ask(asked.question, asked.history, top=asked.top, documents=asked.documents or None)
    return Response(wire.dumps(answer), mimetype="application/json")
