"""Prevents overload: a process answers one request at a time, in order, lets some wait, and
refuses the others at once.

Threads that compete for one interpreter only slow each other down. A request is counted once its body has
arrived, so that a slow client takes nobody's place.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import ServiceUnavailable

from qa.web.serving.rate_limit import FREE

KEY = "askwell-gate"
BODY = "askwell.body"  # in the environment of a request whose body has been read completely
UNREAD = "askwell.unread"  # in the environment of a request whose body was not read, or not to its end
RESERVED = "askwell.reserved"  # in the environment of a request that has a place already
TOGETHER = 1  # requests that run at a time in a process: measured, more are no faster, and some slower
RETRY_AFTER = 1  # seconds, in which a process answers hundreds


Piece = TypeVar("Piece")


class Overloaded(ServiceUnavailable):
    """The queue is full."""

    description = (
        "Too many requests are waiting to be answered. Wait as many seconds as the Retry-After header "
        "says, then try again."
    )


class Gate:
    """Lets ``together`` in at a time, in the order in which they came; ``most`` may be inside or wait."""

    def __init__(self, most: int, together: int = TOGETHER) -> None:
        self._lock = threading.Lock()
        self._most, self._free = most, together
        self._present = 0
        self._waiting: deque[threading.Lock] = deque()

    def reserve(self) -> bool:
        """Take a place, which ``give_up`` or ``leave`` gives back; return False if there is none."""
        with self._lock:
            if self._present >= self._most:
                return False
            self._present += 1
            return True

    def give_up(self) -> None:
        """Give back a place without having had a turn."""
        with self._lock:
            self._present -= 1

    def take_turn(self) -> None:
        """Wait for one's turn, with a place already taken."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def leave(self) -> None:
        """Give back both the turn and the place."""
        self.end_turn()
        self.give_up()

    def end_turn(self) -> None:
        """Give the turn to the request that has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


def register(app: Flask, most: int) -> None:
    """Let at most ``most`` requests of ``app`` be answered or wait."""
    app.extensions[KEY] = Gate(most)

    @app.before_request
    def enter() -> None:
        if request.method != "POST" and not request.path.startswith(FREE):
            admit()  # whoever sends a body is admitted once it is read

    @app.after_request
    def leave_with(response: Response) -> Response:
        if response.is_streamed:
            # A streamed response takes turns of its own; the turn of any other ends once it is logged.
            _leave()
        return response

    @app.teardown_request
    def leave_without(_: BaseException | None) -> None:
        _leave()


def gate(app: Flask) -> Gate:
    """Return the gate that admits requests of ``app``."""
    return cast("Gate", app.extensions[KEY])


def admit() -> None:
    """Wait until it is this request's turn. Raises Overloaded if too many wait already."""
    here = gate(current_app)
    if not request.environ.pop(RESERVED, False) and not here.reserve():
        raise Overloaded(retry_after=RETRY_AFTER)
    here.take_turn()
    g.admitted = True


def in_turns(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Make each piece of a response in its own turn: waiting requests go in between."""
    for piece in pieces:
        yield piece
        if g.get("admitted"):
            gate(current_app).end_turn()
            gate(current_app).take_turn()


def _leave() -> None:
    if g.pop("admitted", False):
        gate(current_app).leave()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to make a piece of a response that has begun, and so can't be refused any more."""
    here = gate(current_app)
    here.take_turn()
    try:
        yield
    finally:
        here.end_turn()
