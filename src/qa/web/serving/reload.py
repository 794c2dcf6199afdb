"""Replaces a corpus that changes while it is served: the new one is opened beside the old one and takes its
place between two requests.

If the new one can't be served, the log and ``/readyz`` say so, and the old corpus continues to be served.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from qa.errors import CorpusError, EngineError
from qa.indexing.opening import new_errors
from qa.reading.bounds import DEEPEST
from qa.web.pages.chips import Readings
from qa.web.serving.current import KEY, Loaded

if TYPE_CHECKING:
    from flask import Flask

    from qa.service import Service

LOOK = 0.25  # seconds between two checks whether the operator asked
USUAL = sys.getswitchinterval()  # seconds, for which a thread keeps the interpreter while others wait …
OFTEN = 0.0002  # … and while a corpus is loaded

State = tuple[tuple[str, int, int], ...]  # path, time of change, bytes of every file


class Reloader:
    """Keeps an application up to date with the newest corpus of ``folder`` that can be served; create it
    before the first one is read.

    ``seconds`` is the time between two checks of the folder, ``None`` never checks; ``asked`` counts how
    often the operator asked for a reload.
    """

    def __init__(
        self, open_service: Callable[[], Service], folder: Path, seconds: int | None, asked: Callable[[], int]
    ) -> None:
        self._open, self._folder, self._seconds, self._asked = open_service, folder, seconds, asked
        self._answered = asked()
        self._seen = self._loaded = state(folder)

    def keep(self, app: Flask) -> None:
        """Take ``app`` as the application to keep up to date."""
        self._app = app

    def start(self) -> None:
        """Check in a thread of its own until the process ends."""
        threading.Thread(target=self._watch, name="reloading", daemon=True).start()

    def _watch(self) -> None:
        looked = time.monotonic()
        while True:
            time.sleep(LOOK)
            due = self._seconds is not None and time.monotonic() - looked >= self._seconds
            if due:
                looked = time.monotonic()
            self.look(due)

    def look(self, at_folder: bool) -> None:
        """Reload if the operator asked, or if ``at_folder`` finds the folder changed since it was loaded but
        not since the previous check, so that copying has finished.
        """
        asked = self._asked()
        found = state(self._folder) if at_folder else self._seen
        settled, self._seen = found == self._seen, found
        if asked != self._answered or (at_folder and settled and found != self._loaded):
            self._answered, self._loaded = asked, found if at_folder else state(self._folder)
            self._reload()

    def _reload(self) -> None:
        try:
            with _switching_often():
                service = self._open()
            self._compare(service)
        except Exception as error:  # whatever is wrong with the new corpus, the old one can still be served
            self._app.logger.error(
                "The changed corpus can't be served; the one before it still is. %s", error
            )
            self._app.extensions[KEY] = replace(cast("Loaded", self._app.extensions[KEY]), stale=True)
            if isinstance(error, EngineError):
                self._loaded = ()  # the corpus is fine; the engine may have it next time
        else:
            self._app.extensions[KEY] = Loaded(service, Readings(service))
            self._app.logger.info("The corpus was reloaded: %s", service.index.fingerprint)

    def _compare(self, service: Service) -> None:
        """Raise CorpusError if a file can't be read that is not among those known to be
        unreadable in the served corpus.
        """
        problems = new_errors(service.report.errors, cast("Loaded", self._app.extensions[KEY]).service.report)
        if problems:
            raise CorpusError("It has files that can't be read.", problems)


@contextmanager
def _switching_often() -> Iterator[None]:
    """Let threads switch more often meanwhile. Loading gives up the interpreter hundreds of times, at each of
    nltk's regular expressions, and would otherwise wait a full interval each time.
    """
    sys.setswitchinterval(OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(USUAL)


def state(folder: Path) -> State:
    """Return a value that changes when a file of ``folder`` is added, removed or changed; no
    deeper than files are read.
    """
    found = []
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= DEEPEST:
            folders.clear()
        for name in names:
            path = Path(place, name)
            try:
                held = path.stat()
            except OSError:  # gone meanwhile
                continue
            found.append((str(path), held.st_mtime_ns, held.st_size))
    return tuple(sorted(found))
