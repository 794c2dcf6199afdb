"""Blocks to a document's extracted text, for formats whose markup is taken off."""

from __future__ import annotations

from qa.records import Block, BlockKind


class TextBuilder:
    """Gathers blocks: an empty line between them, none between items of a list."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    def add(
        self, kind: BlockKind, text: str, level: int = 0, page: int | None = None, mark: str = ""
    ) -> None:
        """Append ``text`` as a block, unless it is empty. ``mark`` precedes it in the text, but
        is not part of the block.
        """
        text = text.strip()
        if not text:
            return
        if self.blocks:
            self._append("\n" if kind == self.blocks[-1].kind == "item" else "\n\n")
        self._append(mark)
        start = self._length
        self._append(text)
        self.blocks.append(Block(kind, start, self._length, level, page))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)
