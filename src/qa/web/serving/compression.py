"""Responses packed with gzip."""

from __future__ import annotations

import gzip

from flask import Response, request


def compressed(response: Response, packed: bytes | None = None) -> Response:
    """Send ``response`` as gzip to a client that accepts it. No page has a secret that its
    compressed length could reveal.
    """
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings.quality("gzip") > 0:
        response.data = packed or gzip.compress(response.get_data(), 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
