"""Lines of a text with their places in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.records import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space at its ends: ``text[start:end] == line.text``; may be empty."""

    number: int  # 1-based
    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of ``text``."""
    lines, place = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        bare = raw.strip()
        start = place + len(raw) - len(raw.lstrip()) if bare else place
        lines.append(Line(number, start, start + len(bare), bare))
        place += len(raw) + 1
    return lines


def runs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between empty ones."""
    run: list[Line] = []
    for line in lines:
        if line.text:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together, and their kind; ``start`` may be after a mark at the
    beginning of the text.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    start: int
    end: int
    level: int = 0

    @classmethod
    def of(cls, kind: BlockKind, lines: Sequence[Line], level: int = 0) -> Piece:
        """Return a piece with the whole of ``lines``."""
        return cls(kind, tuple(lines), lines[0].start, lines[-1].end, level)

    @property
    def text(self) -> str:
        """The lines joined by spaces."""
        return " ".join(line.text for line in self.lines)

    @property
    def block(self) -> Block:
        """The piece as a block of its document."""
        return Block(self.kind, self.start, self.end, self.level)
