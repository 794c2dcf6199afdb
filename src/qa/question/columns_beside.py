"""What a list should give for each of its items: "with the town and provider of each", "and the year each
rating came out"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa.question.chunks import Chunk, unique
from qa.question.shape import Shape, asks

_OTHERWISE = ("by", "spread", "field", "subject", "versus", "past")  # words that make it no list question
_FIGURES = ("count", "share", "mean", "sum", "difference", "ratio")
_RATINGS = frozenset(("rating", "ratings", "grade", "grades"))
_OWNER = frozenset(("company", "owner", "owners", "provider", "providers"))
_CODE = frozenset(("post code", "post codes", "postal code", "postcode", "postcodes"))
_ASKED = frozenset(("provider", "when", "which", "list"))  # measures that are columns or announce columns
_GIVING = frozenset(("giving", "including", "showing", "stating", "listing"))
_MARKS = frozenset(",;:(-–—")


def columns_beside(shape: Shape) -> None:
    """Read the end of a question as the columns and dates that its list should have."""
    tail = _tail(shape)
    columns = [name for chunk in tail for name in _fields_of(chunk)]
    known = [name for name in columns if name in shape.vocabulary.field_names]
    dated = any(map(_is_date, tail))
    if len(known) < len(columns) or not (known or dated):
        return
    shape.columns, shape.dated, shape.rated = unique(known), dated, bool(known) and _asks_rating(tail)
    for chunk in tail:
        chunk.use("measure")


def _asks_rating(tail: Sequence[Chunk]) -> bool:
    """True if the rating is one of the columns asked for; not if it only says what was dated: "when each was
    rated"."""
    rated = False
    for ahead, chunk in pairwise(tail):
        if chunk.kind == "rated" and ahead.says("measure", "when"):
            rated = False
        elif _is_grade(chunk) and ahead.kind != "by":
            rated = True
    return rated


def _tail(shape: Shape) -> Sequence[Chunk]:
    """The chunks at the end that may be columns, starting at the word or mark that joins them to the list."""
    if not asks(shape, "which", "list") or shape.yes_no or asks(shape, *_FIGURES):
        return ()
    chunks = shape.chunks
    place = len(chunks)
    while place and _is_of_columns(chunks[place - 1]):
        place -= 1
    head, tail = chunks[:place], chunks[place:]
    return tail if tail and _joins(tail[0]) and _is_list(head) else ()


def _joins(first: Chunk) -> bool:
    """True for a word that joins columns into a list, and for what follows a comma or the like."""
    if first.kind == "and" or first.text in _GIVING or first.text.split()[0] in ("and", "with"):
        return True
    return not _MARKS.isdisjoint(first.spans[0].gap)


def _is_list(head: Sequence[Chunk]) -> bool:
    """True if the beginning of a question only says what to list."""
    other = any(one.kind in _OTHERWISE or one.says("super", "most", "least") for one in head)
    return not other and any(one.kind in ("kind", "cond", "where", "provider") for one in head)


def _is_of_columns(chunk: Chunk) -> bool:
    if chunk.kind in ("function", "and", "field") or chunk.text in _OWNER | _CODE | _GIVING:
        return True
    if chunk.kind == "measure":
        return chunk.value in _ASKED
    if chunk.kind == "follow":
        return chunk.says("follow", "pronoun") and not chunk.out
    if chunk.kind in ("by", "spread"):
        return "each" in chunk.text.split() and (chunk.kind == "by" or chunk.text == "each rating")
    return (
        chunk.says("quantifier", "each", "all") and chunk.text.startswith("each")
    ) or chunk.kind == "rated"


def _fields_of(chunk: Chunk) -> Sequence[str]:
    """The fields that a chunk asks for."""
    if chunk.kind == "field":
        return () if _is_date(chunk) else chunk.value
    if chunk.text in _CODE:
        return ("postcode",)
    return ("provider",) if chunk.text in _OWNER or chunk.says("measure", "provider") else ()


def _is_date(chunk: Chunk) -> bool:
    """True for "when" and "the year"."""
    return chunk.says("measure", "when") or (chunk.kind == "field" and chunk.value == ("year",))


def _is_grade(chunk: Chunk) -> bool:
    return chunk.kind == "rated" and not _RATINGS.isdisjoint(chunk.text.split())
