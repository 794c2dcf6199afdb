"""Accepts requests in an event loop and answers them in threads: ASGI for the server, WSGI for
the application.

The loop reads the body of a request that an endpoint accepts; a thread is needed only once it is complete.
Cheap requests such as ``/healthz`` have their own threads, and so do streamed responses, which need one only
while they make a piece.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge, RequestTimeout

from qa.web.serving.body_reader import BrokenOff, Receive, Receiver, TooSlow
from qa.web.serving.client_address import client_of, forwarded
from qa.web.serving.rate_limit import FREE
from qa.web.serving.request_body import TAKEN
from qa.web.serving.request_queue import BODY, UNREAD

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

BESIDE = 8  # threads beyond those of requests that run or wait: for refusals and cheap pages
FREELY = 4  # threads for requests that cost nothing
STREAMS = 16  # threads for the pieces of streamed responses
CLOSE = (b"connection", b"close")

Send = Callable[[dict[str, Any]], Awaitable[None]]
Scope = dict[str, Any]


@dataclass(slots=True)
class _Response:
    """What the application has answered: ``status``, ``headers`` and the pieces of its body."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    bits: Iterator[bytes] = field(default_factory=lambda: iter(()))
    close: Callable[[], None] | None = None

    @property
    def is_whole(self) -> bool:
        return any(name == b"content-length" for name, _ in self.headers)


class _Unread:
    """Replaces a body that was not read: reading it raises the reason."""

    def __init__(self, why: HTTPException) -> None:
        self._why = why

    def read(self, _: int = -1) -> bytes:
        raise self._why

    readline = readlines = __iter__ = read


class Gateway:
    """An ASGI application that answers as the WSGI application ``app`` does.

    ``seconds`` is the deadline of a body, ``proxies`` how many proxies to trust about a client's address,
    ``capacity`` how many requests may run or wait at a time.
    """

    def __init__(self, app: WSGIApplication, seconds: float, proxies: int, capacity: int) -> None:
        self._app, self._proxies = app, proxies
        self._receiver = Receiver(seconds)
        self._answering = ThreadPoolExecutor(capacity + BESIDE, "answering")
        self._freely = ThreadPoolExecutor(FREELY, "freely")
        self._streaming = ThreadPoolExecutor(STREAMS, "streaming")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return  # a WebSocket, which is then refused
        environ = environment(scope)
        ended = await self._take_body(environ, receive)
        threads = self._freely if environ["PATH_INFO"].startswith(FREE) else self._answering
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        response, whole = await loop.run_in_executor(threads, context.run, self._answer, environ)
        headers = response.headers if ended else [*response.headers, CLOSE]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        if whole is not None:
            await send({"type": "http.response.body", "body": whole})
        else:
            await self._stream(response, context, receive, send)

    async def _take_body(self, environ: WSGIEnvironment, receive: Receive) -> bool:
        """Read the body into ``environ`` if this address accepts one; return True if nothing of it is left on
        the connection.
        """
        length, chunked = environ.get("CONTENT_LENGTH") or "0", "HTTP_TRANSFER_ENCODING" in environ
        if length == "0" and not chunked:
            return True
        most = _longest(environ)
        refusal: HTTPException = RequestEntityTooLarge()
        if most is not None and int(length) <= most:
            try:
                body, ended = await self._receiver.body(receive, self._client(environ), most)
            except BrokenOff:
                refusal = ClientDisconnected()
            except TooSlow:
                refusal = RequestTimeout()
            else:
                environ.pop("HTTP_TRANSFER_ENCODING", None)
                environ.update({"CONTENT_LENGTH": str(len(body)), BODY: body, "wsgi.input": BytesIO(body)})
                return ended
        environ.update({UNREAD: True, "wsgi.input": _Unread(refusal)})
        return False

    def _client(self, environ: WSGIEnvironment) -> str:
        return client_of(
            forwarded(environ.get("HTTP_X_FORWARDED_FOR", ""), environ["REMOTE_ADDR"], self._proxies)
        )

    def _answer(self, environ: WSGIEnvironment) -> tuple[_Response, bytes | None]:
        """Return the response, and its body if its length is known; otherwise the pieces follow."""
        response = _Response()

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            response.status = int(status.split(" ", 1)[0])
            response.headers = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]
            return _no_writing

        bits: Iterable[bytes] = self._app(environ, start)
        response.bits, response.close = iter(bits), getattr(bits, "close", None)
        if not response.is_whole:
            return response, None
        try:
            return response, b"".join(response.bits)
        finally:
            if response.close:
                response.close()

    async def _stream(
        self, response: _Response, context: contextvars.Context, receive: Receive, send: Send
    ) -> None:
        """Send each piece as soon as it is made, until there is no more or the client has gone."""
        loop = asyncio.get_running_loop()
        gone = asyncio.ensure_future(_gone(receive))
        try:
            while not gone.done():
                bit = await loop.run_in_executor(self._streaming, context.run, _next, response.bits)
                if bit is None:
                    break
                await send({"type": "http.response.body", "body": bit, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            if response.close:
                await loop.run_in_executor(self._streaming, context.run, response.close)


def environment(scope: Scope) -> WSGIEnvironment:
    """Return the environment of WSGI for a request of ASGI, without its body."""
    host, port = scope.get("server") or ("", "")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for sent, value in scope["headers"]:
        name = sent.decode("latin-1").upper()
        if "_" in name:
            # In an environment a name with an underscore looks like one with a hyphen, which a proxy may have
            # set.
            continue
        name = name.replace("-", "_")
        name = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        joined = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = (
            f"{environ[name]}{joined}{value.decode('latin-1')}"
            if name in environ
            else value.decode("latin-1")
        )
    return environ


def _longest(environ: WSGIEnvironment) -> int | None:
    """Return how many bytes of the request's body are read; ``None`` if this address accepts no body."""
    taken = TAKEN.get("/" + environ["PATH_INFO"].lstrip("/")) if environ["REQUEST_METHOD"] == "POST" else None
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    return taken.most if taken and kind in taken.types else None


def _next(bits: Iterator[bytes]) -> bytes | None:
    return next(bits, None)


async def _gone(receive: Receive) -> None:
    """Return once the client has disconnected."""
    with contextlib.suppress(Exception):
        while (await receive())["type"] != "http.disconnect":
            pass


def _no_writing(_: bytes) -> object:
    raise NotImplementedError("The application must return its body.")
