"""The sentences of one passage as the closer look reads them, token by token, wherever they are kept."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.retrieval.classes import Flags

_SIZES = struct.Struct("<II")  # tokens, units
_TYPES = ("<i4", "<u4", "<u4", "<u2", "<u4", "<i4", "<f8")  # of the columns of a row, packed


class TokenRow(NamedTuple):
    """The tokens of a passage, and its units: sentences, and first what stands above it."""

    tokens: NDArray[Any]  # for each token: the number of its word
    starts: NDArray[Any]
    lengths: NDArray[Any]
    flags: Flags
    sizes: NDArray[Any]  # for each unit: how many tokens it has
    spans: NDArray[Any]  # for each unit: its start and end
    rooms: NDArray[np.float64]  # for each unit: see `qa.retrieval.index.Weighed`

    def packed(self) -> bytes:
        """The row as bytes."""
        columns = (
            np.asarray(column).astype(kind).tobytes() for column, kind in zip(self, _TYPES, strict=True)
        )
        return _SIZES.pack(len(self.tokens), len(self.sizes)) + b"".join(columns)

    @classmethod
    def unpacked(cls, packed: bytes) -> TokenRow:
        """Return the row that was packed into these bytes. Raises ValueError if they are incomplete."""
        tokens, units = _SIZES.unpack_from(packed)
        columns, place = list[NDArray[Any]](), _SIZES.size
        for kind, count in zip(_TYPES, (*(tokens,) * 4, units, 2 * units, units), strict=True):
            columns.append(np.frombuffer(packed, kind, count, place))
            place += columns[-1].nbytes
        words, starts, lengths, flags, sizes, spans, rooms = columns
        return cls(words, starts, lengths, flags, sizes, spans.reshape(-1, 2), rooms)


EMPTY = TokenRow.unpacked(_SIZES.pack(0, 0))


class TokenRows(Protocol):
    """The rows of all passages."""

    def row(self, passage: int) -> TokenRow:
        """The row of a passage, by its number."""
        ...


class PackedRows(Protocol):
    """The rows of all passages, packed."""

    def row(self, passage: int) -> bytes:
        """The row of a passage, by its number."""
        ...


class UnpackedRows:
    """Rows that are unpacked as they are asked for."""

    def __init__(self, rows: PackedRows) -> None:
        self._rows = rows

    def row(self, passage: int) -> TokenRow:
        """See :meth:`TokenRows.row`."""
        return TokenRow.unpacked(self._rows.row(passage))
