"""``/ask``: one question of a program, answered as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, request

from qa import wire
from qa.web.api.ask_request import AskRequest, parse_json, parse_query
from qa.web.serving.current import service
from qa.web.serving.request_body import body
from qa.web.serving.request_log import metrics

routes = Blueprint("ask", __name__)


@routes.post("/ask")
def ask() -> Response:
    """Answer the question of a JSON body."""
    return _answer(parse_json(body()))


@routes.get("/ask")
def ask_by_link() -> Response:
    """Answer the question of a query string."""
    return _answer(parse_query(request.query_string))


def _answer(asked: AskRequest) -> Response:
    answer = service().ask(asked.question, asked.history, top=asked.top, documents=asked.documents or None)
    metrics().answer(answer.status)
    return Response(wire.dumps(answer), mimetype="application/json")
