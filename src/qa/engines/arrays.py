"""Operations on long arrays of numbers: sorting their rows, summing their runs, looking them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_BITS = 63  # bits of a packed number, without its sign
_SOME = 1 << 15  # numbers that are looked up at a time


def ascending(*columns: NDArray[np.integer] | NDArray[np.bool_]) -> tuple[NDArray[Any], ...]:
    """Return the rows of these columns of non-negative numbers in ascending order: by the first column, then
    by the next.

    The numbers of a row are packed into one as far as they fit, because NumPy sorts numbers several times as
    fast as it finds their order.
    """
    bits = [int(column.max(initial=0)).bit_length() for column in columns]
    if sum(bits) > _BITS:
        order = np.lexsort(columns[::-1])
        return tuple(column[order] for column in columns)
    packed = columns[0].astype(np.int64)
    for column, width in zip(columns[1:], bits[1:], strict=True):
        packed <<= width
        packed |= column
    packed.sort()
    found: list[NDArray[Any]] = []
    for column, width in zip(columns[::-1], bits[::-1], strict=True):
        found.append(np.empty(len(packed), dtype=column.dtype))
        np.bitwise_and(packed, (1 << width) - 1, out=found[-1], casting="unsafe")
        packed >>= width
    return tuple(found[::-1])


def looked_up(parts: Sequence[tuple[NDArray[Any], NDArray[np.integer]]], kind: DTypeLike) -> NDArray[Any]:
    """``table[numbers]`` of each part, one after another, of numbers that are not negative. They are looked
    up some at a time: NumPy widens them before, and so few stay in the processor's cache.
    """
    found, place = np.empty(sum(len(numbers) for _, numbers in parts), dtype=kind), 0
    for table, numbers in parts:
        for begun in range(0, len(numbers), _SOME):
            some = numbers[begun : begun + _SOME]
            np.take(table, some, out=found[place : place + len(some)], mode="clip")
            place += len(some)
    return found


def sums(values: NDArray[Any], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sum of each of consecutive runs of values: run ``r`` begins at ``offsets[r]``."""
    found, filled = np.zeros(len(offsets) - 1, dtype=np.int64), np.diff(offsets) > 0
    if filled.any():
        found[filled] = np.add.reduceat(values[: offsets[-1]], offsets[:-1][filled], dtype=np.int64)
    return found
