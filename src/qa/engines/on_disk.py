"""Saved arrays, mapped into memory or left on the disk.

Of the longest ones a question needs a few short slices. These are read from their file: of a mapped array the
system maps many pages around each that is looked at, so that after some hundred questions all of it would
count as memory of every process.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAPPED = 1 << 16  # bytes from which an array is mapped, or left on the disk, rather than read


def mapped(path: Path) -> NDArray[Any]:
    """Return a saved array, mapped if it is large. Raises OSError or ValueError if it is missing or
    incomplete."""
    large = path.stat().st_size >= _MAPPED
    found: NDArray[Any] = np.load(path, mmap_mode="r" if large else None, allow_pickle=False)
    return found.view(np.ndarray)


def on_disk(path: Path) -> Any:
    """Return a saved array of which only slices are taken, left on the disk if it is large. Raises as
    :func:`mapped`."""
    large = path.stat().st_size >= _MAPPED
    return OnDisk(path) if large and hasattr(os, "pread") else mapped(path)


class OnDisk:
    """A saved array, of which slices are read as they are taken. Threads and processes may share it. Raises
    OSError or ValueError if the file is missing or incomplete."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            if version != (1, 0):
                raise ValueError(f"{path.name} has the version {version}")
            shape, _, self._type = np.lib.format.read_array_header_1_0(file)
            self._start, self._handle = file.tell(), os.dup(file.fileno())
        self._size, self._item = shape[0], shape[1:]
        self._row = self._type.itemsize * int(np.prod(self._item, dtype=np.int64))
        if os.fstat(self._handle).st_size != self._start + self._size * self._row:
            raise ValueError(f"{path.name} is incomplete")

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, items: slice) -> NDArray[Any]:
        first, last, _ = items.indices(self._size)
        read = os.pread(self._handle, max(0, last - first) * self._row, self._start + first * self._row)
        return np.frombuffer(read, self._type).reshape(-1, *self._item)

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError, OSError):  # of one that could not be opened
            os.close(self._handle)
