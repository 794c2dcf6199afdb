"""``/ask/batch``: many questions at once, one per line; every answer is sent as soon as it is ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Blueprint, Response, stream_with_context

from qa import wire
from qa.errors import RequestError
from qa.web.api.ask_request import MAX_BODY, parse_json
from qa.web.api.validation import broken
from qa.web.serving.current import service
from qa.web.serving.error_responses import told, written
from qa.web.serving.rate_limit import count_batch_lines
from qa.web.serving.request_body import LINES, body
from qa.web.serving.request_log import metrics
from qa.web.serving.request_queue import turn

if TYPE_CHECKING:
    from qa.service import Service

MAX_LINES = 1_000
TYPE = LINES[0]

routes = Blueprint("batch", __name__)


@routes.post("/ask/batch")
def ask_batch() -> Response:
    """Answer each line of an NDJSON body, in its order: line n of the response belongs to line n of the
    request.
    """
    lines = body().removesuffix(b"\n").split(b"\n")
    if not any(lines):
        raise broken({"body": "has no lines"})
    if len(lines) > MAX_LINES:
        raise RequestError(
            f"A batch may have at most {MAX_LINES:,} lines. Send the others in another.", status=413
        )
    count_batch_lines(len(lines))
    return Response(stream_with_context(_answers(service(), lines)), mimetype=TYPE)


def _answers(service: Service, lines: list[bytes]) -> Iterator[bytes]:
    for line in lines:
        with turn():
            answer = _answer(service, line)
        yield answer + b"\n"


def _answer(service: Service, line: bytes) -> bytes:
    """Return the answer to one line. If the line is wrong or fails, a problem is returned in its place, and
    the others are unaffected.
    """
    try:
        if len(line) > MAX_BODY:
            raise RequestError("", status=413)
        asked = parse_json(line)
        answer = service.ask(asked.question, asked.history, top=asked.top, documents=asked.documents or None)
        metrics().answer(answer.status)
        return wire.dumps(answer)
    except Exception as error:  # the response has begun, so there is no other way to report it
        return written(*told(error))
