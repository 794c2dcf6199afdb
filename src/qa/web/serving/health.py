"""``/healthz`` and ``/readyz``: whether the process answers, and whether it can answer questions."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response

from qa.errors import EngineError
from qa.web.api.schemas import Health, Readiness
from qa.web.serving.current import loaded, service

routes = Blueprint("health", __name__)


@routes.get("/healthz")
def healthz() -> Response:
    """Say that the service answers, and from which index."""
    index = service().index
    return Response(orjson.dumps(Health("ok", index.fingerprint, index.as_of)), mimetype="application/json")


@routes.get("/readyz")
def readyz() -> Response:
    """Say that questions can be answered, after reading from a table, and which parts can't be reached. If
    none can be answered, it is an error.
    """
    held = service()
    try:
        held.facts.subjects_like("a", 1)
    except Exception as error:  # whatever went wrong, questions must be sent elsewhere
        raise EngineError("The index can't be read.") from error
    away = ("passages",) if held.search.is_away() else ()
    ready = Readiness(
        "degraded" if away else "ready", held.index.fingerprint, held.index.as_of, loaded().stale, away
    )
    return Response(orjson.dumps(ready), mimetype="application/json")
