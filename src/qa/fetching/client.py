"""Requests to a regulator's server: one at a time, no faster than agreed, and repeated if the server is
busy.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from qa import __version__
from qa.errors import FetchError

TIMEOUT = 60.0  # seconds
ATTEMPTS = 5
MOST_BYTES = 300_000_000
LONGEST_WAIT = 120.0  # the longest wait, in seconds, that a server may ask for
_BUSY = frozenset((408, 429, 500, 502, 503, 504))


@dataclass(slots=True)
class Client:
    """Gets addresses. ``rate`` is the most requests per second; tests replace ``wait`` and ``clock``."""

    headers: Mapping[str, str] = field(default_factory=dict)
    rate: float = 5.0
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0

    def get(self, address: str, parameters: Mapping[str, str | list[str]] | None = None) -> bytes | None:
        """Return what is at an address; ``None`` if the server says that there is nothing.
        Raises FetchError.
        """
        if parameters:
            address = f"{address}?{urllib.parse.urlencode(parameters, doseq=True)}"
        if not address.startswith(("https://", "http://")):
            raise FetchError(f"The address {address} does not begin with https:// or http://.")
        request = urllib.request.Request(
            address, headers={"User-Agent": f"askwell/{__version__}", **self.headers}
        )
        for attempt in range(1, ATTEMPTS + 1):
            self._take_turn()
            try:
                return self._read(request)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 404:
                        return None
                    self._after(error, attempt)
            except (OSError, http.client.HTTPException) as error:
                if attempt == ATTEMPTS:
                    reason = getattr(error, "reason", error)
                    raise FetchError(
                        f"{_server(address)} can't be reached: {reason}. Try again later; what is there "
                        "already stays."
                    ) from error
                self.wait(2.0**attempt)
        raise FetchError(f"{_server(address)} is busy. Try again later; what is there already stays.")

    def _take_turn(self) -> None:
        now = self.clock()
        if now < self._next:
            self.wait(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate

    def _read(self, request: urllib.request.Request) -> bytes:
        with urllib.request.build_opener(_Redirects).open(request, timeout=TIMEOUT) as response:
            data: bytes = response.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FetchError(
                f"{request.full_url} holds more than {MOST_BYTES // 1_000_000} MB. Give another address."
            )
        return data

    def _after(self, error: urllib.error.HTTPError, attempt: int) -> None:
        """Wait as long as a busy server asks for. Raises FetchError where waiting does not help."""
        if error.code in (401, 403):
            raise FetchError(
                f"{_server(error.url)} does not accept the key (status {error.code}). Give the right "
                "one: QA_CQC_KEY or --key."
            )
        if error.code not in _BUSY or attempt == ATTEMPTS:
            raise FetchError(
                f"{_server(error.url)} answered {error.url} with status {error.code}. Try again later; "
                "what is there already stays."
            )
        asked = error.headers.get("Retry-After", "")
        self.wait(min(float(asked) if asked.isdigit() else 2.0**attempt, LONGEST_WAIT))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but sends the key to no other server."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to the new address."""
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        if new is not None and _server(newurl) != _server(req.full_url):
            new.headers = {name: value for name, value in new.headers.items() if name == "User-agent"}
        return new


def _server(address: str) -> str:
    return urllib.parse.urlsplit(address).netloc or address
