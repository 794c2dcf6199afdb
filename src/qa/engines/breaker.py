"""A circuit breaker: after several failures in a row, calls are not tried for a while, so that no one waits
in vain."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FAILURES = 3  # failures in a row after which the circuit is open
REST = 5.0  # seconds until the next try


class Open(Exception):
    """The call was not tried. The next try is in ``seconds``; ``why`` is the message of the last failure."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(seconds)
        self.seconds, self.why = max(1, math.ceil(seconds)), why


class Breaker:
    """Lets calls through while they succeed. Threads share one; when the pause ends, one of those that wait
    tries first."""

    def __init__(
        self, failures: int = FAILURES, rest: float = REST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._why = ""
        self._again = 0.0  # when the next call may try, once the circuit is open

    @property
    def is_open(self) -> bool:
        """True if the last calls failed."""
        return self._failed >= self._most

    @contextmanager
    def guard(self, counted: tuple[type[Exception], ...]) -> Iterator[None]:
        """Guard a call that may fail with one of the ``counted`` errors. Raises Open if it is not tried at
        all."""
        self._enter()
        try:
            yield
        except counted as error:
            with self._lock:
                self._failed += 1
                self._why = str(error)
                self._again = self._clock() + self._rest
            raise
        with self._lock:
            self._failed = 0

    def _enter(self) -> None:
        with self._lock:
            if not self.is_open:
                return
            now = self._clock()
            if now < self._again:
                raise Open(self._again - now, self._why)
            self._again = now + self._rest  # this call tries; the others wait for the outcome
