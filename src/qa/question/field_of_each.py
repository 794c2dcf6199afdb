"""A column asked for of each subject: "which council is each in?", "give the town of each"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk
from qa.question.shape import Shape

_BEING = frozenset("are is was were".split())
_SMALL = ("function", "and", "kind", "run_by")


def field_of_each(shape: Shape) -> None:
    """Take the words that ask for a column of each subject, so that they make no groups."""
    for field in shape.chunks.of("field"):
        behind = shape.chunks[shape.chunks.index(field) + 1 :]
        if (taken := _of_each_at_end(behind) or _each_is_in(behind)) and not shape.chunks.any("super"):
            field.use("measure")
            for chunk in taken:
                chunk.use("small")
            shape.columns = (*shape.columns, *field.value)


def _of_each_at_end(behind: Sequence[Chunk]) -> list[Chunk]:
    """The last words of "the town of each"."""
    return [*behind] if len(behind) == 1 and behind[0].text in ("of each", "for each", "each") else []


def _each_is_in(behind: Sequence[Chunk]) -> list[Chunk]:
    """The words "is each in" of "which council is each in?", or "each is in"."""
    first = [chunk.text.split()[0] for chunk in behind[:2]]
    if "each" not in first or _BEING.isdisjoint(first):
        return []
    small = all(chunk.kind in _SMALL for chunk in behind[2:])
    return [behind[first.index("each")], *behind[2:]] if small else []
