"""The bodies of requests as they arrive: read by the event loop, so that a client that sends slowly holds no
thread.

A body has a deadline. While an address sends more than :data:`OF_ONE` bodies, or all together more than
:data:`OF_ALL`, any further one has to arrive almost at once, as honest ones do; slow ones are refused and
hold up nobody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

OF_ONE = 32  # bodies under way, of an address
OF_ALL = 1_000  # bodies under way
HELD = 256 * 1024 * 1024  # bytes of all bodies under way
AT_ONCE = 1.0  # seconds

Receive = Callable[[], Awaitable[Any]]


class BrokenOff(Exception):
    """The client disconnected before its body was complete."""


class TooSlow(Exception):
    """The body did not arrive before its deadline, or there was no room for it."""


class Receiver:
    """Reads the bodies that come to one process, each within ``seconds``.

    To be used from one event loop only.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._under_way = Counter[str]()  # bodies, by client
        self._held = 0  # bytes

    async def body(self, receive: Receive, client: str, most: int) -> tuple[bytes, bool]:
        """Return a body, and whether it is complete: one of more than ``most`` bytes is cut
        somewhere beyond those.

        ``receive`` gives its parts as ASGI has them. Raises BrokenOff and TooSlow.
        """
        crowded = self._under_way[client] >= OF_ONE or self._under_way.total() >= OF_ALL
        try:
            async with asyncio.timeout(min(self._seconds, AT_ONCE) if crowded else self._seconds):
                with self._counted(client):
                    return await self._read(receive, most)
        except TimeoutError:
            raise TooSlow from None

    async def _read(self, receive: Receive, most: int) -> tuple[bytes, bool]:
        parts, size, more = list[bytes](), 0, True
        try:
            while more and size <= most:
                message = await receive()
                if message["type"] != "http.request":
                    raise BrokenOff
                part, more = message.get("body", b""), message.get("more_body", False)
                parts.append(part)
                size += len(part)
                self._held += len(part)
                if self._held > HELD:
                    raise TooSlow
        finally:
            self._held -= size
        return b"".join(parts), not more

    @contextmanager
    def _counted(self, client: str) -> Iterator[None]:
        self._under_way[client] += 1
        try:
            yield
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]
