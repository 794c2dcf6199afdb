"""The process in which indexes are built. It is started once and forks a process for each index, so that no
failure there ends a service.

The two talk in JSON, a line each. An order goes in; out come ``{"read": 3, "of": 8}`` while files are read,
and at last one line with ``"built"``, or with ``"failed"``, what is wrong, and ``"problems"``.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import IO, Any

from qa.errors import CorpusError, QaError
from qa.indexing.record_json import as_json
from qa.records import Problem

IDLE = 20.0  # seconds without an order after which the process ends
_FULL = "disk"
_MEND = "Check whether the machine is out of memory or processes, and start again."


class DiskFull(OSError):
    """An index can't be written to its folder."""


def _nothing() -> None:
    """Do nothing meanwhile."""


class Workshop:
    """Has indexes built; threads may share it, and each waits for its turn.

    A process that was forked has one of its own.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._others: subprocess.Popen[str] | None = None
        self._owner = os.getpid()

    def prepare(self) -> None:
        """Start the process, so that it loads what it needs while the order is written."""
        self._own()
        with self._turn, contextlib.suppress(OSError):  # whoever orders an index is told
            if self._process is None:
                self._process = _start()

    def build(
        self,
        order: Mapping[str, Any],
        progress: Callable[[int, int], None],
        meanwhile: Callable[[], object] = _nothing,
    ) -> None:
        """Build an index as ordered, see :class:`qa.indexing.build_requests.Order`; ``meanwhile`` is done
        here.

        Raises CorpusError or DiskFull.
        """
        self._own()
        with self._turn:
            told = self._ordered(json.dumps(order, default=as_json), progress, meanwhile)
        if told.get("failed") == _FULL:
            raise DiskFull(told["errno"], told["message"])
        if "failed" in told:
            raise CorpusError(told["failed"], [Problem(**problem) for problem in told["problems"]])

    def _own(self) -> None:
        if self._owner != os.getpid():  # the lock and the process belong to the parent process, which ends it
            self._turn, self._others, self._process, self._owner = (
                threading.Lock(),
                self._process,
                None,
                os.getpid(),
            )

    def _ordered(
        self, order: str, progress: Callable[[int, int], None], meanwhile: Callable[[], object]
    ) -> dict[str, Any]:
        told = self._answer(order, progress, meanwhile) or self._answer(
            order, progress, _nothing
        )  # the first may just have ended because it was idle
        return told or {
            "failed": f"The index could not be built: its process was ended. {_MEND}",
            "problems": [],
        }

    def _answer(
        self, order: str, progress: Callable[[int, int], None], meanwhile: Callable[[], object]
    ) -> dict[str, Any] | None:
        """Return the last message of the process; nothing if it had just ended by itself."""
        process, heard = self._started(order), False
        assert process.stdout is not None
        try:
            meanwhile()
            for line in process.stdout:
                told: dict[str, Any] = json.loads(line)
                if "of" not in told:
                    return told
                heard = True
                progress(told["read"], told["of"])
            idle = not heard and process.wait() == 0
        except (
            BaseException
        ):  # after an interruption this answer must not be taken for that to the next order
            self.close()
            raise
        self.close()
        return (
            None
            if idle
            else {"failed": f"The index could not be built: its process was ended. {_MEND}", "problems": []}
        )

    def _started(self, order: str) -> subprocess.Popen[str]:
        """Return the process, with the request sent; a new one if it has ended meanwhile."""
        for _ in range(2):
            if self._process is not None and self._process.poll() is not None:
                self.close()
            self._process = self._process or _start()
            assert self._process.stdin is not None
            try:
                self._process.stdin.write(f"{order}\n")
                self._process.stdin.flush()
            except OSError:
                self.close()
            else:
                return self._process
        raise CorpusError(f"The process that builds indexes can't be started. {_MEND}")

    def close(self) -> None:
        """End the process, if there is one and this process started it."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]


def _start() -> subprocess.Popen[str]:
    environ = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    command = [sys.executable, "-c", "from qa.indexing.build_process import main; main()"]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environ,
        encoding="utf-8",
        process_group=0
        if hasattr(os, "setpgrp")
        else None,  # Ctrl-C reaches the service only, which then ends this
    )


# Inside -----------------------------------------------------------------------------------------------------


def main() -> None:
    """Build what is requested on standard input, until it is closed or silent for long."""
    # What is loaded here need not be loaded again in the forked processes.
    import numpy.ma  # noqa: F401 - numpy itself loads it at its first use

    import qa.indexing.index_builder  # noqa: F401
    from qa.reading import load_reader
    from qa.retrieval.background import shares
    from qa.retrieval.demands import demands

    shares(), demands()
    gc.freeze()  # a collection would write into all of it, and so copy what processes share
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what a library prints must not look like a message
    while select.select([sys.stdin], [], [], IDLE)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        order = json.loads(line)
        for source in order["sources"]:
            load_reader(source["name"])
        _work(order, out)


def _work(order: dict[str, Any], out: IO[str]) -> None:
    """Build in a forked process, and send a message on its behalf if it dies."""
    pid = os.fork() if hasattr(os, "fork") else 0
    if pid:
        _, status = os.waitpid(pid, 0)
        if status:
            _say(
                out,
                failed=f"The index could not be built: its process was ended ({_reason(status)}).",
                problems=[],
            )
        return
    done = 1
    try:
        _say(out, **_built(order, out))
        done = 0
    finally:
        if hasattr(os, "fork"):
            os._exit(done)


def _built(order: dict[str, Any], out: IO[str]) -> dict[str, Any]:
    from qa.indexing.build_requests import order_of
    from qa.indexing.index_builder import build

    try:
        build(order_of(order), lambda read, of: _say(out, read=read, of=of))
    except CorpusError as error:
        return {
            "failed": str(error.args[0]),
            "problems": [asdict(one) for one in error.problems if isinstance(one, Problem)],
        }
    except QaError as error:
        return {"failed": str(error), "problems": []}
    except OSError as error:
        return {"failed": _FULL, "errno": error.errno, "message": error.strerror or str(error)}
    except MemoryError:
        return {"failed": "Building the index takes more memory than there is.", "problems": []}
    except Exception as error:  # an unexpected error is reported, too, and ends no service
        said = f"{type(error).__name__}: {error}"[:200]
        return {"failed": f"The index could not be built ({said}). {_MEND}", "problems": []}
    return {"built": True}


def _say(out: IO[str], **told: object) -> None:
    out.write(f"{json.dumps(told)}\n")
    out.flush()


def _reason(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.strsignal(-code) or str(code) if code < 0 else f"exit {code}"
