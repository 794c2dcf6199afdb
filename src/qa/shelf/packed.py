"""Passages and documents as bytes, as an index outside keeps them for servers that have neither in a file.

A passage is packed with all that a question needs of it, so that its document is not read: its text and
blocks, what stands above it, and its *row*, which only retrieval understands. Servers have the cards of all
documents, so that nothing of these is packed.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from qa.passages import identifier
from qa.records import Block, Document, Passage, Span
from qa.shelf import Card
from qa.shelf.file_format import NO_PAGE, blocks_of, encoded, packed, text_of
from qa.shelf.kept_passage import KeptPassage, UnreadDocument

_NUMBER = struct.Struct("<I")
_HEAD = struct.Struct("<iiiIII")  # start, end, page; bytes of what is above, of the blocks, and of the text
_BLOCKS = struct.Struct("<I")  # bytes of the blocks


@dataclass(frozen=True, slots=True)
class PackedPassage(KeptPassage):
    """A passage that came with its text and its blocks."""

    own_blocks: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of its document that it takes anything from."""
        return self.own_blocks


class Unpacked(NamedTuple):
    """A passage and its row."""

    passage: Passage
    row: bytes


def packed_passage(number: int, passage: Passage, row: bytes) -> bytes:
    """Pack the passage of this number."""
    above, blocks = json.dumps([passage.headings, passage.columns]).encode(), packed(passage.blocks)
    text, page = encoded(passage.text), NO_PAGE if passage.page is None else passage.page
    head = _HEAD.pack(passage.start, passage.end, page, len(above), len(blocks), len(text))
    return _NUMBER.pack(number) + zlib.compress(head + above + blocks + text + row)


def number_of(stored: bytes) -> int:
    """Return the number of a packed passage."""
    number: int = _NUMBER.unpack_from(stored)[0]
    return number


def unpacked_passage(stored: bytes, card: Card, read: Callable[[], Document]) -> Unpacked:
    """Return a packed passage of the document of this card, whose text is ``read`` once it is asked for.
    Raises ValueError if it is damaged.
    """
    try:
        held = zlib.decompress(stored[_NUMBER.size :])
        start, end, page, above, blocks, text = _HEAD.unpack_from(held)
    except (zlib.error, struct.error) as error:
        raise ValueError(str(error)) from None
    at = _HEAD.size
    headings, columns = json.loads(held[at : at + above])
    told = held[at + above : at + above + blocks]
    at += above + blocks
    passage = PackedPassage(
        identifier(card.path, Span(start, end)),
        UnreadDocument(card, read),
        start,
        end,
        tuple(headings),
        None if page == NO_PAGE else page,
        tuple(columns),
        text_of(held[at : at + text]),
        blocks_of(told),
    )
    return Unpacked(passage, held[at + text :])


def packed_document(document: Document) -> bytes:
    """Pack a document's text and blocks."""
    blocks = packed(document.blocks)
    return zlib.compress(_BLOCKS.pack(len(blocks)) + blocks + encoded(document.text))


def unpacked_document(stored: bytes, card: Card) -> Document:
    """Return the packed document of this card. Raises ValueError if it is damaged."""
    try:
        held = zlib.decompress(stored)
        (blocks,) = _BLOCKS.unpack_from(held)
    except (zlib.error, struct.error) as error:
        raise ValueError(str(error)) from None
    at = _BLOCKS.size
    return card.with_text(text_of(held[at + blocks :]), blocks_of(held[at : at + blocks]))
