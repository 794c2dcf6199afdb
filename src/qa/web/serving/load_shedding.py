"""Load shedding: refuses API requests before the application sees them, or refusing would cost as much as
answering.

Pages, and scripts of other sites, are refused by the application itself, in its usual look and
with its headers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask

from qa.web.api.ask_request import MAX_BODY
from qa.web.serving.error_responses import TYPE, is_endpoint, written
from qa.web.serving.headers import NOT_KEPT, SECURITY_HEADERS
from qa.web.serving.rate_limit import FREE
from qa.web.serving.request_log import REQUEST_ID, UNMATCHED, request_id, watch
from qa.web.serving.request_queue import BODY, RESERVED, RETRY_AFTER, UNREAD, Overloaded, gate

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

STATUS = HTTPStatus.SERVICE_UNAVAILABLE


def register(app: Flask) -> None:
    """Give programs a place, or refuse them, before ``app`` sees the request."""
    inner, watched = app.wsgi_app, watch(app)
    routes = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    body = written(STATUS, str(Overloaded.description), {})
    status = f"{STATUS.value} {STATUS.phrase}"
    told = {"Content-Type": TYPE, "Content-Length": str(len(body)), "Retry-After": str(RETRY_AFTER)}
    fixed = [*told.items(), *SECURITY_HEADERS.items(), NOT_KEPT]

    def admit(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = "/" + environ["PATH_INFO"].lstrip("/")
        if path.startswith(FREE) or not is_endpoint(path) or UNREAD in environ or not _is_simple(environ):
            return inner(environ, start_response)
        if BODY not in environ and (length := int(environ.get("CONTENT_LENGTH") or 0)):
            body_sent = environ["wsgi.input"].read(
                length
            )  # a request whose body is still arriving has no place yet
            environ["wsgi.input"] = BytesIO(body_sent)
            if len(body_sent) == length:  # an interrupted body is refused where it is read
                environ[BODY] = body_sent
        door = gate(app)
        if not door.reserve():
            return refuse(environ, start_response, path)
        environ[RESERVED] = True
        try:
            return inner(environ, start_response)
        finally:
            if environ.pop(RESERVED, False):
                door.give_up()  # the request ended without taking a turn

    def refuse(environ: WSGIEnvironment, start_response: StartResponse, path: str) -> Iterable[bytes]:
        begun, identifier = time.perf_counter(), request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        start_response(status, [*fixed, (REQUEST_ID, identifier)])
        route = path if path in routes else UNMATCHED
        watched.tell(environ["REQUEST_METHOD"], route, STATUS, time.perf_counter() - begun, identifier)
        return [body]

    app.wsgi_app = admit  # type: ignore[method-assign]


def _is_simple(environ: WSGIEnvironment) -> bool:
    """Whether a request is a program's, with a short body of known length or none."""
    length = environ.get("CONTENT_LENGTH") or "0"
    known = length.isascii() and length.isdigit() and int(length) <= MAX_BODY
    return known and "HTTP_ORIGIN" not in environ and "HTTP_TRANSFER_ENCODING" not in environ
