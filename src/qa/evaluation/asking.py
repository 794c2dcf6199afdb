"""How questions are asked: of a service in this process, or of a running one over HTTP with several threads.

Both return the answer as it is on the wire.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import orjson

from qa import wire
from qa.errors import QaError, UsageError
from qa.evaluation.cases import Case
from qa.evaluation.received import Response

if TYPE_CHECKING:
    from qa.service import Service

Ask = Callable[[Case], tuple[Response, float]]  # the answer, and the milliseconds that it took

TIMEOUT = 60.0  # seconds for one answer
_PASSAGES, _RANKED, _MOST = (
    5,
    10,
    50,
)  # passages requested: by default, to score ten, and to find ten documents


def in_process(service: Service) -> Ask:
    """Ask a service in this process; an error that it raises counts with its HTTP status."""

    def ask(case: Case) -> tuple[Response, float]:
        begun = time.perf_counter()
        try:
            status, raw = 200, wire.dumps(service.ask(case.question, case.history, top=_top(case)))
        except QaError as error:
            status, raw = error.http_status, b"{}"
        spent = (time.perf_counter() - begun) * 1000
        return Response(status, orjson.loads(raw)), spent

    return ask


class HttpService:
    """A running service. Every thread keeps a connection of its own."""

    def __init__(self, url: str) -> None:
        """Take the service's address.

        Raises:
            UsageError: it is not an http or https address.
        """
        self.address = _address(url)
        self._local = threading.local()
        self._open: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Close every connection."""
        for connection in self._open:
            connection.close()

    def check(self) -> None:
        """Raise :class:`QaError` if nothing answers at the address."""
        try:
            self._reply("GET", "/healthz", None)
        except (
            OSError,
            http.client.HTTPException,
            UnicodeError,
        ) as error:  # the last for an impossible host name
            where = self.address.geturl()
            raise QaError(
                f"Nothing answers at {where} ({error}). `qa serve` starts a service; --url says where it is."
            ) from error

    def ask(self, case: Case) -> tuple[Response, float]:
        """Ask over HTTP; no reply counts as status 0."""
        body = json.dumps(
            {"question": case.question, "history": list(case.history), "top": _top(case)}
        ).encode()
        begun = time.perf_counter()
        try:
            status, raw = self._reply("POST", "/ask", body)
        except (OSError, http.client.HTTPException):
            status, raw = 0, b""
        spent = (time.perf_counter() - begun) * 1000
        return Response(status, _decoded(raw) if status == 200 else {}), spent

    def _reply(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        """Send one request, and again if a kept connection was closed meanwhile."""
        kept: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if kept is not None:
            try:
                return self._exchange(kept, method, path, body)
            except (http.client.RemoteDisconnected, ConnectionError):
                kept.close()
        self._local.connection = self._connected()
        return self._exchange(self._local.connection, method, path, body)

    def _connected(self) -> http.client.HTTPConnection:
        secure = self.address.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(str(self.address.hostname), self.address.port, timeout=TIMEOUT)
        self._open.append(connection)
        return connection

    def _exchange(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None
    ) -> tuple[int, bytes]:
        try:
            connection.request(
                method, self.address.path.rstrip("/") + path, body, {"Content-Type": "application/json"}
            )
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            self._local.connection = None
            connection.close()
            raise


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url if "://" in url else f"http://{url}")
        usable = address.scheme in {"http", "https"} and address.hostname and address.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{url!r} is not the address of a service. Give one like http://127.0.0.1:8000.")
    return address


def ask_all(cases: Sequence[Case], ask: Ask, jobs: int = 1) -> Iterator[tuple[Response, float]]:
    """Yield the answer of each case in order, asking ``jobs`` at a time."""
    if jobs == 1:
        yield from map(ask, cases)
        return
    pool = ThreadPoolExecutor(jobs)
    try:
        yield from pool.map(ask, cases)
    finally:
        pool.shutdown(cancel_futures=True)


def _top(case: Case) -> int:
    if case.relevant is not None:
        return _MOST
    return _RANKED if case.needs_ranking else _PASSAGES


def _decoded(raw: bytes) -> dict[str, object]:
    try:
        body = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
