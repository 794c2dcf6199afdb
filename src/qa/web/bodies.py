"""The bodies of requests: read up to a limit, and only where they are what an endpoint takes; then the request is admitted."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from qa.web.admitting import BODY, admit


def json_body(most: int) -> bytes:
    """Return a JSON body of at most ``most`` bytes. Raises what becomes 413 or 415."""
    return body(most, "application/json")


def body(most: int, *types: str) -> bytes:
    """Return a body of one of these media types and of at most ``most`` bytes. Raises what becomes 413 or 415."""
    if request.mimetype not in types:
        raise UnsupportedMediaType
    data: bytes | None = request.environ.get(BODY)
    if data is None:
        request.max_content_length = most + 1  # a body sent in chunks is cut there without an error
        data = request.get_data(cache=False)
    if len(data) > most:
        raise RequestEntityTooLarge
    admit()
    return data


def form() -> MultiDict[str, str]:
    """Return the fields of a form."""
    fields = request.form
    admit()
    return fields
