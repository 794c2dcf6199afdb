"""The bodies of requests: which are accepted where, read up to their limit; then the request is admitted."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from qa.web.api.ask_request import MAX_BODY
from qa.web.serving.request_queue import BODY, admit

JSON = ("application/json",)
LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_FORM = (
    768 * 1024
)  # bytes: 20 questions of 2,000 characters and 20 comments of 1,000, of 12 bytes each when percent-encoded


@dataclass(frozen=True, slots=True)
class Taken:
    """A kind of body: its media types, and the most bytes that it may have."""

    types: tuple[str, ...]
    most: int


# Path → the body that is taken there by POST; others have none.
TAKEN = {
    "/ask": Taken(JSON, MAX_BODY),
    "/ask/batch": Taken(LINES, 8 * 1024 * 1024),
    "/verify": Taken(JSON, 1024 * 1024),  # the longest answer fits
    "/": Taken(FORMS, MAX_FORM),
    "/embed": Taken(FORMS, MAX_FORM),
    "/feedback": Taken(FORMS, MAX_FORM),
}


def body() -> bytes:
    """Return the body of a request to an endpoint. Raises errors that become 408, 413 or 415."""
    taken = TAKEN[str(request.url_rule)]
    if request.mimetype not in taken.types:
        raise UnsupportedMediaType
    data: bytes | None = request.environ.get(BODY)
    if data is None:
        request.max_content_length = taken.most + 1  # a body sent in chunks is cut there without an error
        data = request.get_data(cache=False)
    if len(data) > taken.most:
        raise RequestEntityTooLarge
    admit()
    return data


def form() -> MultiDict[str, str]:
    """Return the fields of a form. Raises errors that become 408 or 413."""
    fields = request.form
    admit()
    return fields
