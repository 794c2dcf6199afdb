"""A part of the work of building, done in a process beside."""

from __future__ import annotations

import os
from collections.abc import Callable


def begun(work: Callable[[], object], beside: bool) -> Callable[[], None]:
    """Begin ``work``, which leaves nothing but files, and return what waits until it is done.

    ``beside`` does it in a process of its own, if the system can fork one. If that process dies or ``work``
    fails in it, it is done again here, so that whoever waits meets the same error.
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
