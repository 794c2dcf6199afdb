"""The bodies of requests: read up to a limit, and only where they are what an endpoint takes."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType


def json_body(most: int) -> bytes:
    """Return a JSON body of at most ``most`` bytes. Raises what becomes 413 or 415."""
    return body(most, "application/json")


def body(most: int, *types: str) -> bytes:
    """Return a body of one of these media types and of at most ``most`` bytes. Raises what becomes 413 or 415."""
    if request.mimetype not in types:
        raise UnsupportedMediaType
    request.max_content_length = most + 1  # a body sent in chunks is cut there without an error
    data = request.get_data(cache=False)
    if len(data) > most:
        raise RequestEntityTooLarge
    return data
