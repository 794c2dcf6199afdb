"""Many strings as one run of UTF-8 bytes and where each begins, in memory or mapped from a file."""

from __future__ import annotations

import operator
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.engines.pack import Part, Parts, Text, array, text

_encoded = operator.methodcaller("encode", "utf-8", "surrogatepass")
_WIDE = 1 << 31
_FREE = -1  # a slot without a number


class Strings:
    """A sequence of strings by number, which never changes."""

    def __init__(self, held: Text, starts: NDArray[Any]) -> None:
        """``starts`` are those of the strings in ``held``, and its end."""
        if not len(starts) or starts[-1] != held.size:
            raise ValueError("strings and their places do not belong together")
        self._parts = held, starts
        self._held, self._first = held.held, held.start
        self._starts = starts.data  # faster than an array, number by number

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Store these strings in their order."""
        return cls(*_run(list(map(_encoded, strings))))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        first = self._first
        begin, end = first + self._starts[number], first + self._starts[number + 1]
        return self._held[begin:end].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        held, starts = self._parts
        whole, places = self._held[held.start : held.start + held.size], starts.tolist()
        return (whole[begin:end].decode("utf-8", "surrogatepass") for begin, end in pairwise(places))

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        held, starts = self._parts
        return {"text": held, "starts": starts}

    @classmethod
    def of_parts(cls, parts: Parts) -> Strings:
        """Make them of their :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(text(parts, "text"), array(parts, "starts"))


class Numbered(Strings):
    """Strings without repeats, each found by its hash: ``slots`` has at the hash of each, or at the next free
    place after it, its number.
    """

    def __init__(self, held: Text, starts: NDArray[Any], slots: NDArray[np.int32]) -> None:
        super().__init__(held, starts)
        if len(slots) & (len(slots) - 1) or len(slots) < len(starts):
            raise ValueError("strings and their slots do not belong together")
        self._table = slots
        self._slots, self._mask = slots.data, len(slots) - 1

    @classmethod
    def of(cls, strings: Iterable[str]) -> Numbered:
        """Store these strings in their order."""
        encoded = list(map(_encoded, strings))
        size = 1 << (2 * len(encoded)).bit_length()  # no more than half of them are taken
        slots, mask = [_FREE] * size, size - 1
        for number, one in enumerate(encoded):
            place = zlib.crc32(one) & mask
            while slots[place] != _FREE:
                place = (place + 1) & mask
            slots[place] = number
        return cls(*_run(encoded), np.array(slots, np.int32))

    def number(self, string: str) -> int:
        """Return the number of a string, -1 if it is none of them."""
        wanted, first = string.encode("utf-8", "surrogatepass"), self._first
        place = zlib.crc32(wanted) & self._mask
        number = self._slots[place]
        while number >= 0:
            begin, end = first + self._starts[number], first + self._starts[number + 1]
            if self._held[begin:end] == wanted:
                break
            place = (place + 1) & self._mask
            number = self._slots[place]
        return number

    def __contains__(self, string: Any) -> bool:
        return self.number(string) >= 0

    def parts(self) -> dict[str, Part]:
        """Return the arrays of which they consist."""
        return {**super().parts(), "slots": self._table}

    @classmethod
    def of_parts(cls, parts: Parts) -> Numbered:
        """Make them of their :meth:`parts`. Raises ValueError if they do not belong together."""
        return cls(text(parts, "text"), array(parts, "starts"), array(parts, "slots"))


def _run(encoded: Sequence[bytes]) -> tuple[Text, NDArray[Any]]:
    """Return all bytes as one run, and where each begins, and the end."""
    starts = starts_of(list(map(len, encoded)))
    return Text(b"".join(encoded), 0, int(starts[-1])), starts


def starts_of(sizes: Sequence[int]) -> NDArray[Any]:
    """Return where each of consecutive stretches of these sizes begins, and the end of the last; in 32 bits,
    if they are enough.
    """
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts.astype(np.int32) if starts[-1] < _WIDE else starts
