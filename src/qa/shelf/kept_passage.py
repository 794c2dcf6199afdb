"""A passage with its own text, of a document whose text is only read once somebody asks for it.

A question looks at some twenty passages, usually of as many documents, and of these documents needs only what
a source shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa.records import Block, Document, Passage
from qa.shelf import Card


class UnreadDocument(Document):
    """A document known by its card; its text and blocks are ``read`` when they are asked for."""

    __slots__ = ("_read",)
    _read: Callable[[], Document]

    def __init__(self, card: Card, read: Callable[[], Document]) -> None:
        for name in _OF_CARD:
            object.__setattr__(self, name, getattr(card, name))
        object.__setattr__(self, "_read", read)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._read().text

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text."""
        return self._read().blocks


@dataclass(frozen=True, slots=True)
class KeptPassage(Passage):
    """A passage whose text was read without its document."""

    told: str = ""

    @property
    def text(self) -> str:
        """The slice of its document."""
        return self.told


_OF_CARD = tuple(name for name in Document.__slots__ if name not in ("text", "blocks"))
