"""A shelf of which only the cards are in a folder; texts are read from the index of a cluster."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from qa.errors import EngineError
from qa.records import Document, Passage
from qa.shelf.cards import KEPT_CHARACTERS, Cards
from qa.shelf.lazy import Lazy, Recent
from qa.shelf.packed import Unpacked, number_of, unpacked_document, unpacked_passage

PINNED = "pinned.json"
_BESIDE = 1_000  # bytes that a passage takes beside its text and row
_AT_ONCE = 200  # passages read by one request
_IDENTIFIER = re.compile(r".+-[0-9]{1,9}-[0-9]{1,9}", re.DOTALL)
_AWAY = 5.0  # seconds after which to ask again for what a cluster does not give now


class Keeper(Protocol):
    """Keeps packed passages and documents (:mod:`qa.shelf.packed`). Raises EngineError if it is away."""

    def passages(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Return the passages of these numbers, as far as they can be read now."""
        ...

    def passage(self, identifier: str) -> bytes | None:
        """Return the passage of this id."""
        ...

    def document(self, number: int) -> bytes | None:
        """Return the document of this number, if it can be read now."""
        ...


class ClusterShelf(Cards):
    """The shelf whose cards are in ``folder``, and whose texts a ``keeper`` has. Raises OSError or ValueError
    if there is none in the folder.
    """

    def __init__(self, folder: Path, keeper: Keeper) -> None:
        super().__init__(folder)
        ((count,),) = self._rows("SELECT coalesce(sum(passages), 0) FROM documents")
        self._keeper = keeper
        pinned = json.loads((folder / PINNED).read_text(encoding="ascii"))
        self._pinned = {number_of(one): self._unpacked(one) for one in map(base64.b64decode, pinned)}
        self._read = Recent[Unpacked](
            KEPT_CHARACTERS, lambda one: len(one.row) + len(one.passage.text) + _BESIDE
        )
        self.passages: Sequence[Passage] = Lazy(count, self._passage, self._some_passages)

    def number(self, passage: str, packed: bytes = b"") -> int | None:
        """See :meth:`qa.shelf.Shelf.number`. Raises EngineError if the cluster is away."""
        if not packed and _IDENTIFIER.fullmatch(passage):
            packed = self._keeper.passage(passage) or b""
        if not packed:
            return None
        number = number_of(packed)
        self._read.get(number, partial(self._take, packed))
        return number

    def fetch(self, passages: Collection[int]) -> frozenset[int]:
        """See :meth:`qa.shelf.Shelf.fetch`. Raises EngineError if the cluster is away."""
        wanted = [one for one in passages if one not in self._pinned and one not in self._read]
        found = self._keeper.passages(wanted) if wanted else {}
        for number, packed in found.items():
            self._read.get(number, partial(self._take, packed))
        return frozenset(wanted) - found.keys()

    def row(self, passage: int) -> bytes:
        """The packed row of a passage. Raises EngineError if it can't be read now."""
        return self._held(passage).row

    def _passage(self, number: int) -> Passage:
        return self._held(number).passage

    def _some_passages(self, numbers: range) -> Iterator[Passage]:
        for begun in range(numbers.start, numbers.stop, _AT_ONCE):
            some = range(begun, min(begun + _AT_ONCE, numbers.stop))
            self.fetch(some)
            yield from map(self._passage, some)

    def _held(self, number: int) -> Unpacked:
        return self._pinned.get(number) or self._read.get(number, self._read_one)

    def _read_one(self, number: int) -> Unpacked:
        packed = self._keeper.passages([number]).get(number)
        if packed is None:
            raise _away()
        return self._unpacked(packed)

    def _take(self, packed: bytes, _: int) -> Unpacked:
        return self._unpacked(packed)

    def _unpacked(self, packed: bytes) -> Unpacked:
        of = self.document_of(number_of(packed))
        with _told():
            return unpacked_passage(packed, self.cards[of], partial(self._document, of))

    def _read_document(self, number: int) -> Document:
        packed = self._keeper.document(number)
        if packed is None:
            raise _away()
        with _told():
            return unpacked_document(packed, self.cards[number])


def _away() -> EngineError:
    return EngineError("A part of the index in the cluster can't be read now. Ask again.", retry_after=_AWAY)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        told = f"The index in the cluster is damaged ({error}). Fill it again: qa index --engine opensearch."
        raise EngineError(told) from None
