""" "One" as a pronoun: "is a single one of them good?", "is one of them good?", "is there one in Leeds?"."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.shape import Shape


def take_one_of_them(shape: Shape) -> None:
    """In a yes/no question, read the pronoun "one" as any of them. After "a single" it adds nothing; with a
    noun, or after "only" or "exactly", it stays a number."""
    for chunk in shape.chunks.of("quantity") if shape.yes_no else ():
        if chunk.text != "one" or not chunk.value.plain:
            continue
        ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
        of_them = behind is not None and behind.says("follow", "pronoun") and behind.text.startswith("of ")
        if ahead is not None and ahead.says("quantifier", "any", "none") and not _is_noun(behind):
            chunk.use("small")
        elif of_them or _is_of_groups(shape, chunk):
            chunk.kind, chunk.value = "quantifier", "any"


def _is_of_groups(shape: Shape, chunk: Chunk) -> bool:
    """True for "among towns with two homes or more, is there one with no good homes?": any of the groups."""
    ahead, behind = shape.chunks.before(chunk), shape.chunks.after(chunk)
    there = ahead is not None and ahead.says("follow", "there")
    return (
        there and behind is not None and behind.text.split()[0] in _HAVING and bool(shape.chunks.of("field"))
    )


_HAVING = frozenset("having that which with without".split())


def _is_noun(chunk: Chunk | None) -> bool:
    """True for what "one" may count, as in "one home" and "one good home"."""
    return chunk is not None and chunk.kind in ("kind", "cond", "aspect", "aspects", "quantity", "field")
