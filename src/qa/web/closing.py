"""A request that is refused before its body was read ends its connection, and says so.

The server drops what was not read together with the connection: a client that is not told loses the next request that it sends there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import InputStream, StartResponse, WSGIEnvironment

CLOSE = ("Connection", "close")


class _Body:
    """A body that knows whether it was read to its end."""

    def __init__(self, stream: InputStream, length: int | None) -> None:
        self._stream, self._left = stream, length
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if self._left is not None:
            self._left -= len(data)
        self.ended |= self._left == 0 or not 0 <= size <= len(data)
        return data


def register(app: Flask) -> None:
    """End the connections of bodies that ``app`` has not read; to be called last."""
    inner = app.wsgi_app

    def close(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH")
        if length in (None, "0") and "HTTP_TRANSFER_ENCODING" not in environ:
            return inner(environ, start_response)
        body = environ["wsgi.input"] = _Body(environ["wsgi.input"], int(length) if length else None)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, headers if body.ended else [*headers, CLOSE], *error)

        return inner(environ, start)

    app.wsgi_app = close  # type: ignore[method-assign]
