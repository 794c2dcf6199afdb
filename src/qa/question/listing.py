"""Lists of one kind, and what a name is the name of: "Kent, Devon or York", "the Telford constituency"."""

from __future__ import annotations

from qa.language.tokens import key
from qa.question.chunks import LISTED, Chunk, Chunks, unique
from qa.question.parts import Meant
from qa.question.vocabulary import Vocabulary

_WHERE = frozenset(("place", "wider", "area"))


def join_lists(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Join neighbours of one kind: "Kent, Devon or York", "safe, caring and well-led". A list's value is a
    tuple."""
    found, place = Chunks(), 0
    while place < len(chunks):
        chunk = chunks[place]
        place += 1
        if chunk.kind not in LISTED:
            found.append(chunk)
            continue
        one = Chunk(_family(chunk.kind), (chunk.value,), chunk.spans)
        while (ahead := _further(chunks, place, one)) is not None:
            between, other = chunks[place:ahead], chunks[ahead]
            either = one.either or any(middle.kind == "or" or middle.text == "nor" for middle in between)
            spans = (*one.spans, *(span for middle in between for span in middle.spans), *other.spans)
            plain = one.kind == "kind" and not other.value.field  # "care homes or services"
            values = one.value if plain else unique((*one.value, other.value))
            one = Chunk(one.kind, values, spans, either=one.either if plain else either)
            place = ahead + 1
        found.append(one)
    return found


def _family(kind: str) -> str:
    return "where" if kind in _WHERE else kind


def _further(chunks: Chunks, place: int, one: Chunk) -> int | None:
    """Where the next item of a list stands, if it goes on at ``place``."""
    ahead, joined = place, False
    while ahead < len(chunks) and ahead - place < 4:
        chunk = chunks[ahead]
        if _family(chunk.kind) == one.kind:
            joined = joined or (ahead == place and _same_field(chunk, one))
            joined = joined or bool(set(chunk.spans[0].gap) & set(",/"))
            return ahead if joined else None
        joined = (
            joined
            or chunk.kind in ("and", "or")
            or chunk.text == "nor"
            or bool(set(chunk.spans[0].gap) & set(",/"))
        )
        small = chunk.kind in ("and", "or") and chunk.text not in ("but", "with")
        small = (
            small
            or chunk.says("run_by")
            or chunk.text in ("by", "nor", "in", "the", "at", "for", "around", "of", "from")
            or chunk.says("quantifier", "both")
            or (one.kind == "kind" and _is_said_again(chunks, ahead))
        )
        if not small:
            return None
        ahead += 1
    return None


def _is_said_again(chunks: Chunks, place: int) -> bool:
    """ "More good homes or more good practices": the same ratings of each kind are said once."""
    chunk = chunks[place]
    both = chunk.kind == "ratings" and any(one.text.startswith("or more") for one in chunks[:place])
    return both and any(one.kind == "ratings" and one.value == chunk.value for one in chunks[:place])


def _same_field(chunk: Chunk, one: Chunk) -> bool:
    """ "Shropshire, Telford": two councils side by side are both meant; a council behind a town says where it
    is."""
    field = getattr(chunk.value, "field", None)
    return field is not None and one.kind == "where" and field == getattr(one.value[-1], "field", "")


def name_fields(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """ "The Telford constituency", "Ludlow East and Ludlow South wards", "decile 1": the name is read as one
    of that field."""
    found = Chunks()
    for chunk in chunks:
        last = found[-1] if found else None
        if (
            chunk.kind == "field"
            and len(found) > 1
            and found[-1].text == "the"
            and "(" in found[-1].spans[0].gap
        ):
            found.pop()  # "Manchester (the council)"
            last = found[-1]
        numbered = _numbered(last, chunk, vocabulary) if last is not None else None
        if numbered is not None:
            found[-1] = numbered
            continue
        if (
            chunk.kind == "field"
            and last is not None
            and last.kind in ("where", "value")
            and len(chunk.value) == 1
        ):
            meant = [_as_field(value, chunk.value[0], vocabulary) for value in last.value]
            if all(meant):
                found[-1] = Chunk(
                    "where", tuple(meant), (*last.spans, *chunk.spans), out=last.out, either=last.either
                )
                continue
        found.append(chunk)
    return found


def _numbered(last: Chunk, chunk: Chunk, vocabulary: Vocabulary) -> Chunk | None:
    """The value of a field that is called by its number."""
    if (
        last.kind != "field"
        or chunk.kind != "quantity"
        or not chunk.value.plain
        or len(last.value) != 1
        or chunk.spans[0].gap
    ):
        return None
    name = vocabulary.value_of(last.value[0], str(int(chunk.value.low)))
    return Chunk("where", (Meant(last.value[0], (name,)),), (*last.spans, *chunk.spans)) if name else None


def _as_field(value: object, field: str, vocabulary: Vocabulary) -> Meant | None:
    if not isinstance(value, Meant) or not value.values:
        return None
    if value.field == field:
        return value
    name = vocabulary.value_of(field, key(value.values[0]))
    return Meant(field, (name,)) if name else None
