"""The processes that read files: forked, limited, replaced if one dies, with an error that
names the file it was reading.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

from qa.indexing.file_reading import Read, failed, read_source
from qa.indexing.met_words import Added, Met
from qa.indexing.sources import Source
from qa.reading import bounds
from qa.records import RatingFact

PATIENCE = 30.0  # seconds, beyond twice its limit of computing, after which a silent process counts as stuck
_SPLIT = "Split it into smaller files, or take it out of the folder."
_TIME = f"{_SPLIT} QA_READ_TIME gives it more time."
_MEMORY = f"{_SPLIT} QA_READ_MEMORY gives it more room."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: megabytes of memory, seconds of computing, megabytes that it may be
    unpacked to.
    """

    memory: int = 4096
    seconds: int = 900
    unpacked: int = 2048


@dataclass(slots=True)
class _Process:
    """A process that reads; ``number`` is that of the source it is reading, ``None`` while it
    waits for one.
    """

    pid: int
    pipe: Connection
    number: int | None = None
    heard: float = 0.0
    met: Met = field(default_factory=Met)  # the words that it has met

    def take(self, added: Added) -> Met:
        """Return the words that it has met, with those that it sends now."""
        if added.anew:
            self.met = Met()
        self.met.take(added)
        return self.met


class Pool:
    """Reads sources in ``processes`` processes, in the order of the sources; their contents can
    be taken in any order.
    """

    def __init__(
        self, sources: Sequence[Source], limits: Limits, processes: int, tell: Callable[[int, int], None]
    ) -> None:
        self._sources, self._limits, self._tell = sources, limits, tell
        self._waiting = deque(range(len(sources)))
        self._facts = [deque[list[RatingFact]]() for _ in sources]
        self._heard = [0] * len(sources)  # batches of facts taken from each source
        self._known = [0] * len(
            sources
        )  # of these, how many will come again from a process that reads the source anew
        self._again: set[int] = set()
        self._read: dict[int, Read] = {}
        self._processes = [_started(sources, limits) for _ in range(min(processes, len(sources)))]
        for process in self._processes:
            self._give(process)

    def facts(self, number: int) -> Iterator[RatingFact]:
        """The facts of a source, as they are read; they can be consumed once."""
        while True:
            while self._facts[number]:
                yield from self._facts[number].popleft()
            if number in self._read:
                return
            self._hear()

    def read(self, number: int) -> Read:
        """Return the contents of a source besides its facts."""
        while number not in self._read:
            self._hear()
        return self._read[number]

    def close(self) -> None:
        """End every process."""
        for process in self._processes:
            process.pipe.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            _ended(process)
        self._processes.clear()

    def _give(self, process: _Process) -> None:
        process.number = self._waiting.popleft() if self._waiting else None
        process.heard = time.monotonic()
        if process.number is not None:
            with contextlib.suppress(OSError):  # if it is dead, its end is noticed next
                process.pipe.send(process.number)

    def _hear(self) -> None:
        """Receive messages from the processes, and note which have died."""
        ready = wait([process.pipe for process in self._processes], timeout=1.0)
        for process in list(self._processes):
            if process.pipe in ready:
                self._take(process)
            elif (
                process.number is not None
                and time.monotonic() - process.heard > PATIENCE + 2 * self._limits.seconds
            ):
                os.kill(process.pid, signal.SIGXCPU)

    def _take(self, process: _Process) -> None:
        process.heard = time.monotonic()
        try:
            number, told, added = process.pipe.recv()
        except (EOFError, OSError):
            self._bury(process)
            return
        if isinstance(told, Read):
            self._finish(number, told.with_met(process.take(added)))
            self._give(process)
        elif self._known[number]:
            self._known[number] -= 1
        else:
            self._heard[number] += 1
            self._facts[number].append(told)

    def _finish(self, number: int, read: Read) -> None:
        self._read[number] = read
        self._tell(len(self._read), len(self._sources))

    def _bury(self, process: _Process) -> None:
        self._processes.remove(process)
        process.pipe.close()
        status = _ended(process)
        number = process.number
        if number is not None and status == -signal.SIGKILL and number not in self._again:
            self._again.add(
                number
            )  # somebody ended it, or the machine was short of memory: that says little about the file
            self._known[number] = self._heard[number]
            self._waiting.appendleft(number)
        elif number is not None:
            self._finish(number, failed(self._sources[number].name, *_said_of(status, self._limits)))
        if self._waiting:
            self._processes.append(_started(self._sources, self._limits))
            self._give(self._processes[-1])


def _ended(process: _Process) -> int:
    _, status = os.waitpid(process.pid, 0)
    return os.waitstatus_to_exitcode(status)


def _said_of(status: int, limits: Limits) -> tuple[str, str]:
    """Why a process died, and what to do about it."""
    if status == -signal.SIGXCPU:
        return f"Reading the file takes more than {limits.seconds:,} seconds.", _TIME
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return f"Reading the file takes more memory than the {limits.memory:,} MB that are allowed.", _MEMORY
    died = signal.strsignal(-status) if status < 0 else f"exit {status}"
    return (
        f"Reading the file was broken off ({died}).",
        "Save it again from the program that made it, or take it out of the folder.",
    )


def _started(sources: Sequence[Source], limits: Limits) -> _Process:
    ours, theirs = Pipe()
    pid = os.fork()
    if pid:
        theirs.close()
        return _Process(pid, ours)
    status = 1
    try:
        ours.close()
        _limit(limits)
        _serve(sources, limits, theirs)
        status = 0
    finally:
        os._exit(status)


def _limit(limits: Limits) -> None:
    silent = os.open(os.devnull, os.O_RDWR)
    for standard in (
        0,
        1,
        2,
    ):  # a library that aborts prints there, and nobody could tell which file it was about
        os.dup2(silent, standard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory << 20, limits.memory << 20))
    bounds.unpacked = limits.unpacked << 20


def _serve(sources: Sequence[Source], limits: Limits, pipe: Connection) -> None:
    """Read one source after another, as requested."""
    met = Met()
    while True:
        try:
            number: int = pipe.recv()
        except EOFError:
            return
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + limits.seconds, most))
        read = _read(sources[number], number, pipe, met)
        if not read.documents:
            met = Met()  # an interrupted file may have left it inconsistent
        pipe.send((number, read.without_met(), met.added()))
        met = Met() if met.is_full else met


def _read(source: Source, number: int, pipe: Connection, met: Met) -> Read:
    def hand_over(facts: Any) -> None:
        pipe.send((number, facts, None))

    return read_source(source.path, source.name, source.digest, hand_over, met)
