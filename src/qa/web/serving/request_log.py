"""Lets an operator watch the service: a request id, a log line for each request, and ``/metrics``.

None of them contains the question or the client: routes are logged by their pattern.
"""

from __future__ import annotations

import datetime
import logging
import os
import re
import time
from http import HTTPMethod
from typing import Literal, cast

import orjson
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, request
from flask.logging import wsgi_errors_stream

from qa.web.serving.counters import TYPE, Metrics
from qa.web.serving.current import service

Log = Literal["off", "text", "json"]
REQUEST_ID = "X-Request-ID"
KEY = "askwell-metrics"
UNMATCHED = "unmatched"  # the route of an unknown address
_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset(HTTPMethod)


class Watch:
    """Counts requests and, if there is a ``logger``, logs them."""

    def __init__(self, logger: logging.Logger | None) -> None:
        self.metrics, self._logger = Metrics(), logger

    def tell(self, method: str, route: str, status: int, seconds: float, identifier: str) -> None:
        """Count and log a request that was answered."""
        self.metrics.request(route, status, seconds)
        if self._logger:
            known = method if method in _METHODS else "other"
            told = {"method": known, "route": route, "status": status, "ms": round(seconds * 1000, 2)}
            self._logger.info(
                "%(method)s %(route)s %(status)d %(ms).2f ms", told, extra={"request": identifier}
            )


routes = Blueprint("request_log", __name__)


@routes.get("/metrics")
def show_metrics() -> Response:
    """Show this process's counters to Prometheus."""
    return Response(metrics().text(service()), content_type=TYPE)


def metrics() -> Metrics:
    """Return the counters of this application."""
    return watch(current_app).metrics


def watch(app: Flask) -> Watch:
    """Return the object that counts and logs the requests of ``app``."""
    return cast("Watch", app.extensions[KEY])


def register(app: Flask, log: Log) -> None:
    """Name, count and log every request of ``app``."""
    watched = app.extensions[KEY] = Watch(_logger(app, log) if log != "off" else None)

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()
        g.request_id = request_id(request.headers.get(REQUEST_ID, ""))

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.begun
        route = request.url_rule.rule if request.url_rule else UNMATCHED
        response.headers[REQUEST_ID] = g.request_id
        watched.tell(request.method, route, response.status_code, seconds, g.request_id)
        return response


def request_id(given: str) -> str:
    """Return the request id that a client has ``given``, if it is valid; otherwise a new one."""
    return given if _IDENTIFIER.fullmatch(given) else os.urandom(16).hex()


def _logger(app: Flask, log: Log) -> logging.Logger:
    """Make the application's logger write lines of this kind to standard error."""
    handler = logging.StreamHandler(wsgi_errors_stream)  # type: ignore[call-overload]  # stands for the stream in use
    handler.setFormatter(_FORMATTERS[log]())
    app.logger.handlers[:] = [handler]
    app.logger.setLevel(logging.INFO)
    return app.logger


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{_time(record)} {record.levelname} {_request_id(record)} {record.getMessage()}"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = record.args if isinstance(record.args, dict) else {"message": record.getMessage()}
        return orjson.dumps(
            {"time": _time(record), "level": record.levelname.lower(), "request": _request_id(record), **told}
        ).decode()


_FORMATTERS: dict[str, type[logging.Formatter]] = {"text": _Text, "json": _Json}


def _time(record: logging.LogRecord) -> str:
    return datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")


def _request_id(record: logging.LogRecord) -> str:
    return str(
        getattr(record, "request", None) or (g.get("request_id", "-") if has_request_context() else "-")
    )
