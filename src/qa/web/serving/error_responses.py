"""Returns every error in one shape: RFC 9457 problem+json for programs, a page in the usual look for people.

No body repeats the question, and none shows a trace; internal errors are logged without any
text of the request.
"""

from __future__ import annotations

import math
import traceback
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from qa.errors import EngineError, QaError, RequestError
from qa.web.serving.request_queue import Overloaded

API = frozenset(
    {"ask", "documents", "facts", "healthz", "openapi.json", "passages", "readyz", "subjects", "verify"}
)  # first parts of paths

BOTH = frozenset(
    {"brands", "places", "providers", "subjects"}
)  # pages below these addresses; with .json added they are endpoints

TYPE = "application/problem+json"

# Status → the page's heading, and what to do next.
ADVICE = {
    400: ("The request can't be read", "Check how the request is written."),
    401: ("That needs a key", "Send a key that is known here, as Authorization: Bearer KEY."),
    403: ("That came from another site", "Ask your question on the start page of this service."),
    404: ("Page not found", "Check the address, or ask your question."),
    405: ("This address can't be used that way", "Use one of the methods that the Allow header names."),
    408: ("That took too long to arrive", "Send the request again, the whole of it at once."),
    413: ("That is too long", "Send a shorter request."),
    415: ("The request can't be read", "Send JSON with the header Content-Type: application/json."),
    422: ("The request can't be understood", "Correct the fields that are named."),
    429: ("Too many requests", "Wait as many seconds as the Retry-After header says, then try again."),
    500: ("Something went wrong", "Try again. If it happens again, tell the operator of this service."),
    503: (
        "The service can't answer now",
        "Try again in a minute. If it happens again, tell the operator of this service.",
    ),
}
FOR_READERS = {
    429: "Too many questions came from here. Wait a minute, then ask again."
}  # a page shows no headers
ASKING = frozenset({404})  # where the page has the question box
_AWAY = (
    "The reports can't be searched at the moment. Try again in a few seconds; questions about "
    "ratings are answered meanwhile."
)
DEFAULT_ADVICE = ("Something went wrong", "Check the request, then try again.")


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field of the request and what is wrong with it."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """An error as RFC 9457 has it, with the fields at fault."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldError, ...]


def register(app: Flask) -> None:
    """Answer every error of ``app`` from here."""
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_own_error)


def problem(status: int, detail: str = "", fields: dict[str, str] | None = None) -> Response:
    """Build the response for an error: JSON or a page, whichever the client wants."""
    detail = detail or ADVICE.get(status, DEFAULT_ADVICE)[1]
    return _page(status, detail) if _wants_page() else _json(status, detail, fields or {})


def written(status: int, detail: str, fields: dict[str, str]) -> bytes:
    """Write an error as a program reads it."""
    errors = tuple(FieldError(name, message) for name, message in fields.items())
    detail = detail or ADVICE.get(status, DEFAULT_ADVICE)[1]
    return orjson.dumps(
        ProblemDetails(problem_type(status), HTTPStatus(status).phrase, status, detail, errors)
    )


def problem_type(status: int) -> str:
    """Return the address that names a kind of problem, and explains what it means and what to do."""
    return f"/problems/{status}" if status in ADVICE else "about:blank"


def _json(status: int, detail: str, fields: dict[str, str]) -> Response:
    return Response(written(status, detail, fields), status, mimetype=TYPE)


def _page(status: int, detail: str) -> Response:
    title = ADVICE.get(status, DEFAULT_ADVICE)[0]
    detail = FOR_READERS.get(status, detail)
    text = render_template("error.html", title=title, detail=detail, asking=status in ASKING)
    return Response(text, status, mimetype="text/html")


def is_endpoint(path: str) -> bool:
    """Tell the address of an endpoint, for programs, from that of a page."""
    first = path.split("/", 2)[1]
    return path.endswith(".json") if first in BOTH and path != f"/{first}" else first in API


def _wants_page() -> bool:
    """Tell a browser, which names ``text/html``, from a program, which takes anything; an endpoint always
    answers with JSON.
    """
    return not is_endpoint(request.path) and "text/html" in request.headers.get("Accept", "")


def told(error: Exception) -> tuple[int, str, dict[str, str]]:
    """Return the status of an error, its detail and the fields at fault; errors not caused by the client are
    logged, and shown without detail.
    """
    if isinstance(error, RequestError):
        return error.http_status, str(error), error.fields
    _log(error)
    if isinstance(error, EngineError):
        return error.http_status, _AWAY, {}
    return (max(error.http_status, 500) if isinstance(error, QaError) else 500), "", {}


def _on_own_error(error: Exception) -> Response:
    response = problem(*told(error))
    if isinstance(error, EngineError) and error.retry_after is not None:
        response.headers["Retry-After"] = str(math.ceil(error.retry_after))
    return response


def _on_http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    response = problem(error.code, error.description or "" if isinstance(error, Overloaded) else "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            response.headers[name] = value
    return response


def _log(error: Exception) -> None:
    # The message of an exception may contain a question's words, so only its kind and place are logged.
    place = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("%s at %s %s\n%s", type(error).__name__, request.method, request.url_rule, place)
