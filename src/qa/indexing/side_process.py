"""A part of building an index, done in a second process."""

from __future__ import annotations

import os
from collections.abc import Callable


def begun(work: Callable[[], object], beside: bool) -> Callable[[], None]:
    """Start ``work``, whose only results are files, and return a function that waits for it. With ``beside``
    it runs in its own process, if the system can fork. If it fails or dies there, it is run again here, so
    that the caller gets its error.
    """
    if not beside or not hasattr(os, "fork"):
        work()
        return _nothing
    pid = os.fork()
    if not pid:
        _work_and_leave(work)

    def wait() -> None:
        _, status = os.waitpid(pid, 0)
        if status:
            work()

    return wait


def _nothing() -> None:
    """Wait for nothing."""


def _work_and_leave(work: Callable[[], object]) -> None:
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
