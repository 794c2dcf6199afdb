"""Sequences whose items are read on demand, and a cache of what was read last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Kept = TypeVar("Kept")


class Lazy(Sequence[Kept]):
    """A sequence whose items are read on demand; ``read_some`` reads several at once, if that is faster."""

    def __init__(
        self,
        size: int,
        read: Callable[[int], Kept],
        read_some: Callable[[range], Iterator[Kept]] | None = None,
    ) -> None:
        self._size, self._read, self._read_some = size, read, read_some

    def __iter__(self) -> Iterator[Kept]:
        return self._of(range(self._size))

    def _of(self, numbers: range) -> Iterator[Kept]:
        if self._read_some and numbers.step == 1:
            return self._read_some(numbers)
        return map(self._read, numbers)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Kept: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...

    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        if isinstance(place, slice):
            return list(self._of(range(*place.indices(self._size))))
        if not -self._size <= place < self._size:
            raise IndexError(place)
        return self._read(place % self._size)


class Recent(Generic[Kept]):
    """A cache of what was read last, up to ``most`` in total by ``size``; threads may share it."""

    def __init__(self, most: int, size: Callable[[Kept], int]) -> None:
        self._most, self._size, self._held = most, size, 0
        self._kept = OrderedDict[int, Kept]()
        self._lock = threading.Lock()

    def __contains__(self, number: int) -> bool:
        return number in self._kept

    def get(self, number: int, read: Callable[[int], Kept]) -> Kept:
        """Return the item of a number from the cache, otherwise from ``read``, and keep it."""
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        found = read(number)
        with self._lock:
            if number not in self._kept:
                self._kept[number] = found
                self._held += self._size(found)
                while self._held > self._most and len(self._kept) > 1:
                    _, gone = self._kept.popitem(last=False)
                    self._held -= self._size(gone)
            return self._kept[number]
