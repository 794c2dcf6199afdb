"""The JSON endpoints: ``/ask``, ``/healthz`` and ``/readyz``."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, request

from qa import wire
from qa.errors import EngineError
from qa.web.bodies import body
from qa.web.current import loaded, service
from qa.web.listings import Health, Readiness
from qa.web.models import AskRequest, parse_json, parse_query
from qa.web.watching import metrics

api = Blueprint("api", __name__)


@api.post("/ask")
def ask() -> Response:
    """Answer the question of a JSON body."""
    return _answer(parse_json(body()))


@api.get("/ask")
def ask_by_link() -> Response:
    """Answer the question of a query string."""
    return _answer(parse_query(request.query_string))


@api.get("/healthz")
def healthz() -> Response:
    """Say that the service answers, and from which index."""
    index = service().index
    return Response(orjson.dumps(Health("ok", index.fingerprint, index.as_of)), mimetype="application/json")


@api.get("/readyz")
def readyz() -> Response:
    """Say that questions can be answered, once one of the tables was read; an error says that they can't."""
    held = service()
    try:
        held.facts.subjects_like("a", 1)
    except Exception as error:  # whatever it is, whoever watches must send questions elsewhere
        raise EngineError("The index can't be read.") from error
    ready = Readiness("ready", held.index.fingerprint, held.index.as_of, loaded().stale)
    return Response(orjson.dumps(ready), mimetype="application/json")


def _answer(asked: AskRequest) -> Response:
    answer = service().ask(asked.question, asked.history, top=asked.top, documents=asked.documents or None)
    metrics().answer(answer.status)
    return Response(wire.dumps(answer), mimetype="application/json")
