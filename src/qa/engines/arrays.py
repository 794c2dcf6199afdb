"""Operations on long arrays of numbers: sorting their rows, summing their runs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BITS = 63  # bits of a packed number, without its sign


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
    packed = np.zeros(len(columns[0]), dtype=np.int64)
    for column, width in zip(columns, bits, strict=True):
        packed <<= width
        packed |= column
    packed.sort()
    found: list[NDArray[Any]] = []
    for column, width in zip(columns[::-1], bits[::-1], strict=True):
        found.append((packed & ((1 << width) - 1)).astype(column.dtype))
        packed >>= width
    return tuple(found[::-1])


def sums(values: NDArray[Any], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sum of each of consecutive runs of values: run ``r`` begins at ``offsets[r]``."""
    found, filled = np.zeros(len(offsets) - 1, dtype=np.int64), np.diff(offsets) > 0
    if filled.any():
        found[filled] = np.add.reduceat(values[: offsets[-1]], offsets[:-1][filled], dtype=np.int64)
    return found
