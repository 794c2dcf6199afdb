"""Words that ask for a position in a ranking: "where does Kent rank?", "the rank of Kent among the councils",
"where does Kent come?", "what position does Kent hold?"."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.shape import ITS_PLACE, Shape


def mark_place_asked(shape: Shape) -> None:
    """Mark the word that asks for a position, so that the question is read as a ranking."""
    for place, chunk in enumerate(shape.chunks):
        behind = shape.chunks[place + 1].text if place + 1 < len(shape.chunks) else ""
        ranked = _ranks(chunk) and (_says_where(shape) or _ranks_named(shape, chunk, behind))
        placed = _names_one(shape) and (_comes(shape, chunk, behind) or _holds(shape, place, behind))
        if ranked or placed:
            chunk.kind, chunk.value = "super", ITS_PLACE


def _ranks(chunk: Chunk) -> bool:
    return chunk.kind in ("rated", "order") and chunk.text.split()[0] in ("rank", "ranks", "ranking")


def _ranks_named(shape: Shape, ranks: Chunk, behind: str) -> bool:
    """True for "how does Kent rank among councils?", "the rank of Kent" and "how does Kent rank by …?"; not
    for "how does Kent rank?", which asks for its rating."""
    how = ranks.text == "rank by" and shape.chunks[0].text in ("how do", "how does")
    among = any(one.text in ("among", "amongst") for one in shape.chunks)
    return _names_one(shape) and (how or among or behind == "of")


def _says_where(shape: Shape) -> bool:
    asked = shape.chunks.saying("measure", "which", "address")
    return any(chunk.text.split()[0] == "where" for chunk in asked)


def _names_one(shape: Shape) -> bool:
    return bool(shape.chunks.included("where", "provider"))


def _comes(shape: Shape, chunk: Chunk, behind: str) -> bool:
    """True for "where does Kent come?" and "where does Kent stand among the councils?"."""
    ends = not behind or behind.split()[0] in ("in", "among", "amongst")
    return chunk.text in _COMING and ends and _says_where(shape)


_COMING = frozenset("come comes sit sits stand stands".split())


def _holds(shape: Shape, place: int, behind: str) -> bool:
    """True for "what position does Kent hold" and "which place does Kent take"."""
    asked = place > 0 and shape.chunks[place - 1].text in ("what", "which")
    return asked and shape.chunks[place].text in ("place", "position") and behind == "does"
