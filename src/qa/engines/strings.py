"""Many strings as one run of UTF-8 bytes with their ends, in memory or mapped from a file."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_encoded = operator.methodcaller("encode", "utf-8", "surrogatepass")


class Strings:
    """A sequence of strings by number, which never changes."""

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._text, self._ends = np.asarray(text), np.asarray(ends)  # faster to access than mapped arrays

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Store these strings in their order."""
        encoded = list(map(_encoded, strings))
        ends = np.cumsum(list(map(len, encoded)), dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return self._text[start : self._ends[number]].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def save(self, folder: Path, name: str) -> None:
        """Write two files with this name into a folder."""
        np.save(folder / f"{name}.npy", self._text, allow_pickle=False)
        np.save(folder / f"{name}_ends.npy", self._ends, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> Strings:
        """Map what :meth:`save` wrote. Raises OSError, EOFError or ValueError if it is missing or
        incomplete."""
        text, ends = (
            np.load(folder / f"{part}.npy", mmap_mode="r", allow_pickle=False)
            for part in (name, f"{name}_ends")
        )
        if text.dtype != np.uint8 or ends.dtype != np.int64 or (len(ends) and ends[-1] != len(text)):
            raise ValueError(f"{name}.npy and {name}_ends.npy do not belong together")
        return cls(text, ends)
