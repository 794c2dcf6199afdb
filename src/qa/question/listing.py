"""Lists of one kind, and which column a name belongs to: "Kent, Devon or York", "the Telford
constituency"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.language.tokens import key
from qa.question.chunks import LISTED, Chunk, Chunks, unique
from qa.question.parts import Meant, Span
from qa.question.vocabulary import Vocabulary

_WHERE = frozenset(("place", "wider", "area"))
_CITY = ("local_authority", "town")
_CALLED = ("of", "called", "named")
_BEFORE_FIELDS = ("the", "in", "within", "our", "my", "this")


def join_lists(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Join neighbours of one kind: "Kent, Devon or York", "safe, caring and well-led". The value of a list is
    a tuple."""
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
    """Return where the next item of a list starts if the list continues at ``place``; otherwise ``None``."""
    ahead, joined = place, False
    while ahead < len(chunks) and ahead - place < 4:
        chunk = chunks[ahead]
        if _family(chunk.kind) == one.kind:
            if ahead == place and _says_where_it_is(chunks, ahead, one):
                return None
            listed = joined or _after_mark(chunk) or (ahead == place and _follows_on(chunk, one))
            return ahead if listed else None
        if not _is_between(chunks, ahead, one):
            return None
        joined = joined or _joins(chunk)
        ahead += 1
    return None


def _joins(chunk: Chunk) -> bool:
    """True for "and", "or", "nor", and for a word after a comma or a slash."""
    return chunk.kind in ("and", "or") or chunk.text == "nor" or _after_mark(chunk)


def _after_mark(chunk: Chunk) -> bool:
    """True after a comma or a slash."""
    return not _MARKS.isdisjoint(chunk.spans[0].gap)


_MARKS = frozenset(",/")


def _follows_on(chunk: Chunk, one: Chunk) -> bool:
    """True for a further item right after the last one: "Shropshire, Telford", "leadership (well-led)"."""
    return _same_field(chunk, one) or (one.kind == "aspect" and chunk.value in one.value)


def _is_between(chunks: Chunks, place: int, one: Chunk) -> bool:
    """True for a word that may stand between the items of a list."""
    chunk = chunks[place]
    if chunk.kind in ("and", "or"):
        return chunk.text not in ("but", "with")
    small = chunk.text in _BETWEEN or chunk.says("run_by") or chunk.says("quantifier", "both")
    return small or (one.kind == "kind" and _is_said_again(chunks, place))


_BETWEEN = frozenset("at around by for from in nor of the".split())


def _says_where_it_is(chunks: Chunks, ahead: int, one: Chunk) -> bool:
    """True for "Ludlow, Shropshire" and "Leeds, Yorkshire": a wider place after a single one says where it
    is; in a longer list each one is meant."""
    first, wider = one.value[-1], chunks[ahead].value
    behind = chunks[ahead + 1 : ahead + 3]
    listed = any(_family(later.kind) == "where" for later in behind) or any(
        later.kind in ("and", "or") for later in behind[:1]
    )
    if listed or len(one.value) > 1 or not (isinstance(first, Meant) and isinstance(wider, Meant)):
        return False
    if first.field == wider.field:
        return {*first.values} < {*wider.values}
    return _WIDENING.get(first.field, 9) < _WIDENING.get(wider.field, 0)


# Columns of places, narrowest first; a table's own columns are between the town and the council.
_WIDENING = {"address": 0, "town": 1, "local_authority": 3, "region": 4}


def _is_said_again(chunks: Chunks, place: int) -> bool:
    """True for the second ratings of "more good homes or more good practices", which repeat the first."""
    chunk = chunks[place]
    both = chunk.kind == "ratings" and any(one.text.startswith("or more") for one in chunks[:place])
    return both and any(one.kind == "ratings" and one.value == chunk.value for one in chunks[:place])


def _same_field(chunk: Chunk, one: Chunk) -> bool:
    """True for "Shropshire, Telford": two councils side by side are both meant; a council after a town says
    where it is."""
    field = getattr(chunk.value, "field", None)
    return field is not None and one.kind == "where" and field == getattr(one.value[-1], "field", "")


def name_fields(chunks: Chunks, vocabulary: Vocabulary) -> Chunks:
    """Read names beside the word for their column as values of it: "the Telford constituency", "Ludlow East
    and Ludlow South wards", "decile 1"."""
    found = Chunks()
    for chunk in chunks:
        behind = chunks.after(chunk)
        counts = behind is not None and behind.kind in _COUNTED and not behind.spans[0].gap
        size, named = (0, chunk) if counts else _further_number(found, chunk, vocabulary)
        if not size:
            size, named = _with_its_field(found, chunk, vocabulary)
        if size:
            del found[-size:]
        found.append(named)
    return _sides_together(found)


def _sides_together(found: Chunks) -> Chunks:
    """Make each list of numbers one value where two lists of a column are set side by side: "deciles 1 and 2
    against deciles 9 and 10"."""
    numbered = [chunk for chunk in found if _is_of_numbers(chunk)]
    for chunk in numbered:
        (column,) = {value.field for value in chunk.value}
        beside = any(one is not chunk and one.value[0].field == column for one in numbered)
        if beside and len(chunk.value) > 1:
            chunk.value = (Meant(column, tuple(name for value in chunk.value for name in value.values)),)
            chunk.either = False
    return found


def _is_of_numbers(chunk: Chunk) -> bool:
    """True for a place whose values are all numbers of one column: "deciles 1 and 2"."""
    if chunk.kind != "where":
        return False
    values = [value for value in chunk.value if isinstance(value, Meant) and value.values]
    digits = all(value.values[0].isdigit() for value in values)
    return len(values) == len(chunk.value) and digits and len({value.field for value in values}) == 1


_COUNTED = ("kind", "cond", "ratings", "field", "aspects", "aspect")  # what a number may count


def _further_number(found: Chunks, chunk: Chunk, vocabulary: Vocabulary) -> tuple[int, Chunk]:
    """As :func:`_with_its_field` for the second number of "decile 1 or 2" and "deciles 8, 9 and 10"."""
    if chunk.kind != "quantity" or not chunk.value.plain:
        return 0, chunk
    size = 2 if found and _is_plain_join(found[-1]) else 1
    if len(found) < size or (size == 1 and not _after_mark(chunk)):
        return 0, chunk
    one = found[-size]
    column = one.value[0].field if _is_of_numbers(one) else ""
    name = vocabulary.value_of(column, str(int(chunk.value.low)))
    if name is None:
        return 0, chunk
    spans = tuple(span for part in (*found[-size:], chunk) for span in part.spans)
    return size, replace(one, value=unique((*one.value, Meant(column, (name,)))), spans=spans)


def _is_plain_join(chunk: Chunk) -> bool:
    """True for "and" and "or" themselves, not for "but", "with" and the like."""
    return chunk.kind in ("and", "or") and chunk.text in ("and", "or")


def _with_its_field(found: Chunks, chunk: Chunk, vocabulary: Vocabulary) -> tuple[int, Chunk]:
    """How many of the last chunks belong to this one as name and column, and the chunk that they make
    together."""
    last = found[-1] if found else None
    if last is None:
        return 0, chunk
    if (one := _numbered(last, chunk, vocabulary)) is not None or (one := _of_kind(last, chunk)) is not None:
        return 1, one
    if chunk.kind == "where":
        return _after_its_field(found, chunk, vocabulary)
    if chunk.kind == "field" and len(chunk.value) == 1:
        return _before_its_field(found, chunk, vocabulary)
    return 0, chunk


def _before_its_field(found: Chunks, chunk: Chunk, vocabulary: Vocabulary) -> tuple[int, Chunk]:
    """As :func:`_with_its_field` for "the Telford constituency" and "Manchester (the council)"."""
    if (one := _had_as(found, chunk, vocabulary)) is not None:
        return 3, one
    last = found[-1]
    opened = last.text == "the" and "(" in last.spans[0].gap and len(found) > 1
    size = 2 if opened else 1
    if found[-size].kind in ("where", "value"):
        spans = (*found[-size].spans, *chunk.spans)
        if (one := _named_so(chunk, found[-size], spans, vocabulary)) is not None:
            return size, one
    return 0, chunk


def _after_its_field(found: Chunks, chunk: Chunk, vocabulary: Vocabulary) -> tuple[int, Chunk]:
    """As :func:`_with_its_field` for "the town of Richmond" and "the ward Wem"."""
    size = 2 if len(found) > 1 and found[-1].text in _CALLED else 1
    if _heads(found[:-size], found[-size], size):
        spans = tuple(span for one in (*found[-size:], chunk) for span in one.spans)
        if (named := _named_so(found[-size], chunk, spans, vocabulary)) is not None:
            return size, named
    return 0, chunk


def _had_as(found: Chunks, field: Chunk, vocabulary: Vocabulary) -> Chunk | None:
    """Read "homes that have Leeds as their town" as that place."""
    if len(found) < 3 or found[-2].text != "as" or found[-1].text not in ("its", "their", "the"):
        return None
    if found[-3].kind not in ("where", "value"):
        return None
    spans = (*found[-3].spans, *found[-2].spans, *found[-1].spans, *field.spans)
    return _named_so(field, found[-3], spans, vocabulary)


def _heads(ahead: Sequence[Chunk], field: Chunk, size: int) -> bool:
    """True for the word for a column before one of its values: "the town of Richmond", "in ward Wem"; not for
    a column to group by or ask for: "which town in …"."""
    if field.kind != "field" or len(field.value) != 1:
        return False
    before = ahead[-1] if ahead else None
    return size > 1 or (before is not None and before.text in _BEFORE_FIELDS)


def _of_kind(last: Chunk, chunk: Chunk) -> Chunk | None:
    """A kind of service with the word for its column beside it: "the category 'Slimming clinics'", "slimming
    clinics category"."""
    for field, kind in ((last, chunk), (chunk, last)):
        called = (field.kind, kind.kind) == ("field", "kind") and field.value == ("kind",)
        if called and all(one.field == "kind" for one in kind.value):
            return replace(kind, spans=(*last.spans, *chunk.spans))
    return None


def _named_so(field: Chunk, where: Chunk, spans: tuple[Span, ...], vocabulary: Vocabulary) -> Chunk | None:
    """A name with the word for its column: "the town of Richmond"; "Nottingham city" is its council if there
    is one."""
    for name in _CITY if field.text == "city" else field.value:
        meant = [as_field(value, name, vocabulary) for value in where.value]
        if all(meant):
            return Chunk("where", tuple(meant), spans, out=where.out, either=where.either)
    return None


def _numbered(last: Chunk, chunk: Chunk, vocabulary: Vocabulary) -> Chunk | None:
    """The value of a field that is named by its number."""
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


def as_field(value: object, field: str, vocabulary: Vocabulary) -> Meant | None:
    """Return the meaning of a name as a value of ``field``; ``None`` if the field has no such value."""
    if not isinstance(value, Meant) or not value.values:
        return None
    if value.field == field:
        return value
    name = vocabulary.value_of(field, key(value.values[0]))
    return Meant(field, (name,)) if name else None
