"""A SQLite file that is only read. Each thread has its own connection; all threads and processes share the
pages, which are mapped or cached by the system.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

MAPPED = 1 << 40  # bytes of a file that are mapped rather than read: all of it


class Connection(sqlite3.Connection):
    """Closes itself when its thread or store is gone; from 3.13 on Python warns of one that is never
    closed.
    """

    def __del__(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


class Database:
    """The file that was at ``path`` when it was opened, even if another is put in its place later.

    Once it is removed, later threads share one connection. Raises OSError if there is none, sqlite3.Error if
    it is not a database. A file of long texts, each read once and kept elsewhere, need not be ``mapped``: its
    pages would count as memory of every process.
    """

    def __init__(self, path: Path, *, mapped: bool = True) -> None:
        self._path, self._mapped = path.absolute(), MAPPED if mapped else 0
        self._file = _file(self._path)
        # Threads may share it. So statements are not cached: one thread could run a statement that another is
        # still binding values to.
        self._shared = self._opened(cached_statements=0)
        self._shared.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._local.connection = connection = self._own() or self._shared
        return connection

    def _own(self) -> sqlite3.Connection | None:
        """Return a connection to the file as it was opened; ``None`` if it is no longer there."""
        try:
            connection = self._opened()
            return connection if _file(self._path) == self._file else None
        except (OSError, sqlite3.Error):
            return None

    def _opened(self, cached_statements: int = 128) -> sqlite3.Connection:
        address = f"{self._path.as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(
            address,
            uri=True,
            check_same_thread=False,
            factory=Connection,
            cached_statements=cached_statements,
        )
        connection.execute(f"PRAGMA mmap_size = {self._mapped}")
        return connection


def _file(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
