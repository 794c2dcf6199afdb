"""Words for what places do, in no table: "good homes keep to themselves", "to whom do they report?"."""

from __future__ import annotations

from collections.abc import Iterable

from qa.question.chunks import Chunk, Chunks
from qa.question.query import Moved

_ACTS = frozenset("gave give gives keep keeps kept look looks work".split())
_WHO = ("kind", "where", "subject", "provider", "cond")
_BEHIND = ("function", "time", "follow", "and", "or", "not", "strange")
_HOW = frozenset(("alone", "together"))


def leave_acts(chunks: Chunks) -> list[Chunk]:
    """Leave out the words for what places do, so that the answer says that they were not understood, and
    return them: a verb with nothing from the tables behind it, "whom" outside a phrase of the grammar, and
    :func:`moves_of_things`."""
    found = [
        chunk
        for place, chunk in enumerate(chunks)
        if _is_act(chunks, place) or (chunk.kind, chunk.text) == ("function", "whom")
    ]
    found += moves_of_things(chunks)
    for chunk in found:
        chunk.used = ""
    return found


def _is_act(chunks: Chunks, place: int) -> bool:
    verb, behind = chunks[place], chunks[place + 1 :]
    if not place or not behind or verb.kind != "function" or verb.text not in _ACTS:
        return False
    alone = all(one.kind in _BEHIND or one.text in _HOW for one in behind)
    return alone and chunks[place - 1].kind in _WHO


def moves_of_things(chunks: Chunks) -> list[Chunk]:
    """Return the chunks read as a change of ratings whose object is in no table: "changed their systems"."""
    return [
        chunk
        for chunk, owner, thing in zip(chunks, chunks[1:], chunks[2:], strict=False)
        if isinstance(chunk.value, Moved) and owner.text in _THEIR and thing.kind == "strange"
    ]


_THEIR = frozenset(("its", "their", "its own", "their own"))


def tells_of_acts(left_out: Iterable[Chunk]) -> bool:
    """True if any of these chunks comes from :func:`leave_acts`; other small words are never left out."""
    return any(chunk.kind == "function" for chunk in left_out)
