"""Keys: if the operator has issued some, the endpoints and ``/metrics`` answer only requests with a key."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from qa.errors import UsageError
from qa.keys import Keys
from qa.web.api.openapi import Json, refusal
from qa.web.api.operations import OPERATIONS
from qa.web.serving.error_responses import is_endpoint

METRICS = "/metrics"  # ``/metrics`` shows how much is asked, and what kinds of questions
OPEN = frozenset({"/healthz", "/readyz", "/openapi.json"})
CHALLENGE = 'Bearer realm="Askwell"'
SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key that the operator of the service gave you.",
}
KEY = "askwell-keys"
UNAUTHORIZED = "#/components/responses/Unauthorized"


class KeyWanted(Unauthorized):
    """There is no key, or, if one was ``sent``, it is not known."""

    def __init__(self, sent: bool) -> None:
        super().__init__()
        self._sent = sent

    def get_headers(self, *args: Any, **options: Any) -> list[tuple[str, str]]:
        """Return the header that requests a key, as in RFC 6750."""
        wanted = CHALLENGE + (', error="invalid_token"' if self._sent else "")
        return [*super().get_headers(*args, **options), ("WWW-Authenticate", wanted)]


def identify(app: Flask, path: Path) -> None:
    """Identify the senders of requests by the keys in a file. Raises UsageError if it can't be read."""
    keys = app.extensions[KEY] = Keys(path)
    keys.all()

    @app.before_request
    def find_holder() -> None:
        sent = request.authorization
        if sent and sent.type == "bearer" and sent.token and _is_guarded():
            g.key = _holder(keys, sent.token)


def require(app: Flask) -> None:
    """Refuse a request without a key, or with an unknown one."""

    @app.before_request
    def refuse_others() -> None:
        if _is_guarded() and not g.get("key"):
            raise KeyWanted(sent="key" in g)


def with_keys(document: Json) -> Json:
    """Return an OpenAPI document with the required key added to its operations."""
    if not asks_for_keys():
        return document
    document["components"]["securitySchemes"] = {"key": SCHEME}
    document["components"]["responses"]["Unauthorized"] = refusal(HTTPStatus.UNAUTHORIZED)
    for operation in OPERATIONS:
        if operation.path not in OPEN:
            written = document["paths"][operation.path][operation.method]
            written["security"] = [{"key": []}]
            written["responses"]["401"] = {"$ref": UNAUTHORIZED}
    return document


def asks_for_keys() -> bool:
    """Whether the operator keeps keys."""
    return KEY in current_app.extensions


def _is_guarded() -> bool:
    guarded = is_endpoint(request.path) or request.path == METRICS
    return guarded and request.path not in OPEN and request.method != "OPTIONS"


def _holder(keys: Keys, token: str) -> str | None:
    try:
        holder = keys.holder(token)
    except UsageError as error:
        current_app.logger.error("%s", error)
        raise ServiceUnavailable from None
    return holder.id if holder else None
