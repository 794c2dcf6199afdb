"""Words that say which column the places of a question belong to.

"Portsmouth and Southampton, council areas not towns", "in Telford, the constituency I mean".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.question.chunks import Chunk, Chunks
from qa.question.listing import as_field
from qa.question.parts import Meant
from qa.question.vocabulary import Vocabulary

_SMALL = frozenset("a an as are by in is it its mean meaning of that the they this".split())
_DENIED = ("not", "except")


def said_columns(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Return ``chunks`` with the places read as values of the column that the question gives for them. If one
    of them is not in that column nothing is changed; the words stay unused, and the answer says so."""
    places = [chunk for chunk in chunks if chunk.kind == "where"]
    for said, fields in _said(chunks) if places else ():
        meant = [_all_of(place, fields, vocabulary) for place in places]
        if not all(meant):
            continue
        for place, values in zip(places, meant, strict=True):
            chunks[chunks.index(place)] = replace(place, value=values)
        for chunk in said:
            chunks[chunks.index(chunk)] = Chunk("rated", "column", chunk.spans)
        break
    return chunks


def _all_of(place: Chunk, fields: Sequence[str], vocabulary: Vocabulary) -> tuple[Meant, ...]:
    """Return the values of the first of ``fields`` that has all of a chunk's names; none if no field does."""
    for field in fields:
        found = [as_field(value, field, vocabulary) for value in place.value]
        values = tuple(one for one in found if one is not None)
        if len(values) == len(found):
            return values
    return ()


def _said(chunks: Chunks) -> Iterator[tuple[list[Chunk], tuple[str, ...]]]:
    """Each stretch that says which column is meant, with its fields: "council areas not towns", "not the town
    but the council", "the council area" at the end."""
    telling = [chunk for chunk in chunks if not (chunk.kind == "function" and chunk.text in _SMALL)]
    for place, chunk in enumerate(telling):
        if chunk.kind != "field":
            continue
        before, behind = telling[max(place - 1, 0) : place], telling[place + 1 : place + 3]
        if _is_denied(behind[:1]) and behind[-1].kind == "field":
            yield [chunk, *behind], chunk.value
        elif _is_denied(before) and [one.kind for one in behind] == ["and", "field"]:
            yield [*before, chunk, *behind], behind[-1].value
        elif (aside := _as_an_aside(chunks, before, chunk, behind)) is not None:
            yield [chunk, *aside], chunk.value


def _as_an_aside(
    chunks: Chunks, before: Sequence[Chunk], chunk: Chunk, behind: Sequence[Chunk]
) -> list[Chunk] | None:
    """Return the words that make a column an aside, as in "the council area I mean"; an empty list if a mark
    before it is enough, ``None`` if it is no aside."""
    if not all(map(_is_aside, behind)):
        return None
    aside = [one for one in (*before, *behind) if _is_aside(one)]
    if aside or (before and _begins_anew(chunks, chunk) and not _is_asked(chunks, before)):
        return aside
    return None


def _is_denied(chunks: Sequence[Chunk]) -> bool:
    return bool(chunks) and chunks[0].kind in _DENIED


def _is_aside(chunk: Chunk) -> bool:
    return chunk.says("follow", "aside")


def _is_asked(chunks: Chunks, before: Sequence[Chunk]) -> bool:
    """True for a column that is asked for or grouped by: "in Kent, by town", "Elm House, Kent: ward?"."""
    return any(one.kind == "subject" for one in chunks) or before[-1].kind not in ("where", "cond", "rated")


def _begins_anew(chunks: Chunks, chunk: Chunk) -> bool:
    """True if a mark comes before the chunk, with at most small words between."""
    place = chunks.index(chunk)
    while place and not chunks[place].spans[0].gap and chunks[place - 1].text in _SMALL:
        place -= 1
    return bool(set(chunks[place].spans[0].gap) & set(",(?.;-–—"))
