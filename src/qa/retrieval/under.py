"""Lists of numbers under keys, such as the passages under each heading: in memory, or mapped from a folder,
where a list that nobody asks for takes no memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.engines.on_disk import mapped
from qa.engines.strings import Strings

_ENDS, _NUMBERS = "list_ends", "numbers"


class Under:
    """Keys, each with a list of numbers; it never changes."""

    def __init__(self, keys: Strings, ends: NDArray[np.int64], numbers: NDArray[np.int32]) -> None:
        self.keys, self._ends, self._numbers = keys, ends, numbers  # the keys are in alphabetical order

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[int]]) -> Under:
        """Make it from lists by their keys."""
        keys = sorted(lists)
        numbers = [number for key in keys for number in lists[key]]
        ends = np.cumsum([len(lists[key]) for key in keys], dtype=np.int64)
        return cls(Strings.of(keys), ends, np.array(numbers, dtype=np.int32))

    def get(self, key: str) -> list[int]:
        """Return the numbers under a key, none if it is missing."""
        place = bisect_left(self.keys, key)
        return self.at(place) if place < len(self.keys) and self.keys[place] == key else []

    def at(self, place: int) -> list[int]:
        """Return the numbers under the key at a place."""
        found: list[int] = self._numbers[self._ends[place - 1] if place else 0 : self._ends[place]].tolist()
        return found

    def under_all(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers, in order, that are under every one of these keys."""
        lists = sorted((self.get(key) for key in keys), key=len)
        return sorted(set(lists[0]).intersection(*lists[1:])) if lists else []

    def save(self, folder: Path) -> None:
        """Write it into a folder, creating it if it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self.keys.save(folder, "keys")
        for name, array in ((_ENDS, self._ends), (_NUMBERS, self._numbers)):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Under:
        """Return a saved one. Raises OSError, EOFError or ValueError if it is missing or incomplete."""
        ends, numbers = (mapped(folder / f"{name}.npy") for name in (_ENDS, _NUMBERS))
        keys = Strings.load(folder, "keys")
        if len(ends) != len(keys) or (len(ends) and ends[-1] != len(numbers)):
            raise ValueError(f"the files in {folder} do not belong together")
        return cls(keys, ends, numbers)
