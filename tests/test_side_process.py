"""A part of the work done in a process beside: what becomes of it where that process fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.indexing.side_process import begun


def _raise() -> None:
    raise MemoryError


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("beside", [True, False])
def test_what_is_begun_is_done_once_it_was_waited_for(beside: bool, tmp_path: Path) -> None:
    waiting = begun((tmp_path / "done").touch, beside)
    waiting()
    assert (tmp_path / "done").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system forks no processes")
@pytest.mark.parametrize("fail", [_raise, _die])
def test_what_a_process_failed_at_is_done_again_here(fail: Callable[[], None], tmp_path: Path) -> None:
    here = os.getpid()

    def work() -> None:
        if os.getpid() != here:
            fail()
        (tmp_path / "done").touch()

    begun(work, True)()
    assert (tmp_path / "done").exists()


@pytest.mark.parametrize("beside", [True, False])
def test_who_waits_meets_the_error(beside: bool) -> None:
    def work() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        begun(work, beside)()
