"""What is looked up under a string, in flat arrays: in memory, or mapped from a file, where what nobody asks
for takes no memory. The keys are in alphabetical order, so that the same contents give the same bytes.
"""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

from qa.engines.pack import Part, Parts, array, nested, within
from qa.engines.strings import Numbered, Strings, starts_of

V = TypeVar("V")
_BETWEEN = "\n"  # of the strings under one key


class Keyed(Mapping[str, V]):
    """A mapping from strings that never changes."""

    def __init__(self, strings: Numbered) -> None:
        self.strings = strings  # the keys; the number of each is its place
        self._number = strings.number

    @abstractmethod
    def at(self, place: int) -> V:
        """Return what is under the key at a place."""

    def __getitem__(self, key: str) -> V:
        place = self._number(key)
        if place < 0:
            raise KeyError(key)
        return self.at(place)

    def get(self, key: str, default: Any = None) -> Any:
        """Return what is under a key; ``default`` if it is missing."""
        place = self._number(key)
        return default if place < 0 else self.at(place)

    def __contains__(self, key: Any) -> bool:
        return self._number(key) >= 0

    def __len__(self) -> int:
        return len(self.strings)

    def __iter__(self) -> Iterator[str]:
        return iter(self.strings)


class Lists(Keyed[NDArray[Any]]):
    """Lists of numbers by their keys."""

    def __init__(self, strings: Numbered, starts: NDArray[Any], numbers: NDArray[Any]) -> None:
        super().__init__(strings)
        if len(starts) != len(strings) + 1 or starts[-1] != len(numbers):
            raise ValueError("keys and their numbers do not belong together")
        self._parts = starts, numbers
        self._starts, self._numbers = starts.data, numbers

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[int]], kind: DTypeLike = np.int32) -> Lists:
        """Make it from lists by their keys; the numbers are kept as a ``kind``."""
        keys = sorted(lists)
        starts = starts_of([len(lists[key]) for key in keys])
        numbers = np.fromiter(
            itertools.chain.from_iterable(map(lists.__getitem__, keys)), kind, int(starts[-1])
        )
        return cls(Numbered.of(keys), starts, numbers)

    @classmethod
    def of_pairs(cls, keys: Mapping[str, int], pairs: NDArray[np.int64], kind: DTypeLike = np.int32) -> Lists:
        """Make it from pairs of a key, by its number in ``keys``, and one of the numbers under it; each pair
        once and as one number, with the key's shifted by 32 bits. Keys without any are left out.
        """
        used = np.bincount(pairs >> 32, minlength=len(keys)) > 0
        listed = sorted(key for key, number in keys.items() if used[number])
        places = np.zeros(len(keys), np.int64)
        places[[keys[key] for key in listed]] = np.arange(len(listed))
        ordered = np.sort(places[pairs >> 32] << 32 | pairs & 0xFFFFFFFF)
        starts = starts_of(np.bincount(ordered >> 32, minlength=len(listed)).tolist())
        return cls(Numbered.of(listed), starts, (ordered & 0xFFFFFFFF).astype(kind))

    def at(self, place: int) -> NDArray[Any]:
        """Return the numbers under the key at a place."""
        return self._numbers[self._starts[place] : self._starts[place + 1]]

    def count(self, key: str) -> int:
        """Return how many numbers are under a key."""
        place = self._number(key)
        return 0 if place < 0 else self._starts[place + 1] - self._starts[place]

    def listed(self, key: str) -> list[int]:
        """Return the numbers under a key, none if it is missing."""
        place = self._number(key)
        return [] if place < 0 else self.at(place).tolist()

    def under_all(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers, in order, that are under every one of these keys."""
        lists = sorted(map(self.listed, keys), key=len)
        return sorted(set(lists[0]).intersection(*lists[1:])) if lists else []

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which it consists."""
        starts, numbers = self._parts
        return nested(keys=self.strings.parts()) | {"starts": starts, "numbers": numbers}

    @classmethod
    def of_parts(cls, parts: Parts) -> Lists:
        """Make it of its :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(Numbered.of_parts(within(parts, "keys")), array(parts, "starts"), array(parts, "numbers"))


class Counts(Keyed[int]):
    """Numbers by their keys."""

    def __init__(self, strings: Numbered, numbers: NDArray[np.int32]) -> None:
        super().__init__(strings)
        if len(numbers) != len(strings):
            raise ValueError("keys and their numbers do not belong together")
        self._array, self._numbers = numbers, numbers.data

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> Counts:
        """Make it from numbers by their keys."""
        keys = sorted(numbers)
        return cls(Numbered.of(keys), np.array([numbers[key] for key in keys], np.int32))

    def at(self, place: int) -> int:
        """Return the number under the key at a place."""
        return self._numbers[place]

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which it consists."""
        return nested(keys=self.strings.parts()) | {"numbers": self._array}

    @classmethod
    def of_parts(cls, parts: Parts) -> Counts:
        """Make it of its :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(Numbered.of_parts(within(parts, "keys")), array(parts, "numbers"))


class Tuples(Keyed[tuple[str, ...]]):
    """Strings, of one line each and several together, by their keys."""

    def __init__(self, strings: Numbered, lines: Strings) -> None:
        super().__init__(strings)
        if len(lines) != len(strings):
            raise ValueError("keys and what is under them do not belong together")
        self._lines = lines

    @classmethod
    def of(cls, tuples: Mapping[str, Sequence[str]]) -> Tuples:
        """Make it from strings by their keys, at least one under each."""
        keys = sorted(tuples)
        return cls(Numbered.of(keys), Strings.of(_BETWEEN.join(tuples[key]) for key in keys))

    def at(self, place: int) -> tuple[str, ...]:
        """Return the strings under the key at a place."""
        return tuple(self._lines[place].split(_BETWEEN))

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which it consists."""
        return nested(keys=self.strings.parts(), lines=self._lines.parts())

    @classmethod
    def of_parts(cls, parts: Parts) -> Tuples:
        """Make it of its :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(Numbered.of_parts(within(parts, "keys")), Strings.of_parts(within(parts, "lines")))


class Coded:
    """A sequence of strings with many repeats: the number of each among those that differ."""

    def __init__(self, values: Strings, codes: NDArray[np.int32]) -> None:
        self.values, self.codes = values, codes
        self._codes = codes.data  # faster than an array, number by number
        self._value = values.__getitem__

    @classmethod
    def of(cls, strings: Iterable[str]) -> Coded:
        """Store these strings in their order."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(one, len(numbers)) for one in strings]
        return cls(Strings.of(numbers), np.array(codes, np.int32))

    def __len__(self) -> int:
        return len(self._codes)

    def __getitem__(self, number: int) -> str:
        return self._value(self._codes[number])

    def __iter__(self) -> Iterator[str]:
        return map(list(self.values).__getitem__, self.codes.tolist())

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which it consists."""
        return nested(values=self.values.parts()) | {"codes": self.codes}

    @classmethod
    def of_parts(cls, parts: Parts) -> Coded:
        """Make it of its :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(Strings.of_parts(within(parts, "values")), array(parts, "codes"))
