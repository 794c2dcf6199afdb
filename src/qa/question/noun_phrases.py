"""Two kinds of place side by side, each with conditions of its own: "hospices and outstanding care homes"."""

from __future__ import annotations

from qa.question.chunks import Chunk, Chunks, unique
from qa.question.conditions import members
from qa.question.query import Condition
from qa.question.shape import Shape, take_all

_JOINING = frozenset(("and", "plus"))


def noun_phrases(shape: Shape) -> list[Condition]:
    """Take two kinds of place with their modifiers, and return a condition for each; otherwise return
    nothing."""
    kinds = [one for one in shape.chunks.included("kind") if any(kind.field for kind in one.value)]
    if len(kinds) == 1 and len(kinds[0].value) > 1 and not kinds[0].either:
        kinds[0].use("scope")
        return list(members(kinds[0], shape.vocabulary))
    if len(kinds) != 2:
        return []
    seam = _seam(shape.chunks, *kinds)
    return [] if seam is None else _each_with_its_own(shape, kinds, seam)


def _seam(chunks: Chunks, first: Chunk, second: Chunk) -> int | None:
    """Return the index of the last "and" between two kinds. Return ``None`` if there is none, or if a
    question begins behind it: "it can be good and yet poor for safe. How many homes is that?"."""
    begin, end = chunks.index(first), chunks.index(second)
    for place in range(end, begin, -1):
        if chunks[place].text in _JOINING and chunks[place].kind != "function":
            return None if any(one.kind == "measure" for one in chunks[place:end]) else place
    return None


def _each_with_its_own(shape: Shape, kinds: list[Chunk], seam: int) -> list[Condition]:
    """Take the modifiers of two kinds joined at ``seam``, if either has any between them."""
    first, second = (shape.chunks.index(kind) for kind in kinds)
    behind_first = _modifiers(shape.chunks[first + 1 : seam])
    before_second = _modifiers(shape.chunks[seam + 1 : second])
    if not behind_first and not before_second:
        return []
    ahead, behind = _modifiers(shape.chunks[:first]), _modifiers(shape.chunks[second + 1 :])
    last = _wheres(before_second) or _wheres(behind)  # "in Kent" at the end is for both
    if not last:  # as is one at the beginning, or in the first only
        behind_first = _without_wheres(behind_first)
    own_first = ahead if _wheres(before_second) else _without_wheres(ahead)
    own_second = last if _wheres(behind_first) else before_second
    return [
        take_all(shape, [*own_first, kinds[0], *behind_first]),
        take_all(shape, list(unique([*before_second, kinds[1], *own_second]))),
    ]


def _modifiers(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind in ("cond", "where", "is") and not one.used]


def _wheres(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind == "where"]


def _without_wheres(chunks: list[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind != "where"]
