"""What a list should give for each of its items: "with the town and provider of each", "and the year each
rating came out"."""

from __future__ import annotations

from collections.abc import Sequence

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
    if not tail:
        return
    columns, dated, rated = list[str](), False, False
    for place, chunk in enumerate(tail):
        names, date = _column(chunk)
        columns += names
        dated = dated or date
        ahead = tail[place - 1] if place else None
        rated = rated or (_is_grade(chunk) and ahead is not None and ahead.kind != "by")
        if chunk.kind == "rated" and ahead is not None and ahead.says("measure", "when"):
            rated = False  # "when each was rated"
    known = [name for name in columns if name in shape.vocabulary.field_names]
    if len(known) < len(columns) or not (known or dated):
        return
    shape.columns, shape.dated, shape.rated = unique(known), dated, rated and bool(known)
    for chunk in tail:
        chunk.use("measure")


def _tail(shape: Shape) -> Sequence[Chunk]:
    """The chunks at the end that may be columns, starting at the word or mark that joins them to the list."""
    chunks = shape.chunks
    place = len(chunks)
    while place and _is_of_columns(chunks[place - 1]):
        place -= 1
    head, tail = chunks[:place], chunks[place:]
    joined = bool(tail) and (
        tail[0].kind == "and"
        or tail[0].text in _GIVING
        or tail[0].text.split()[0] in ("and", "with")
        or bool(_MARKS & {*tail[0].spans[0].gap})
    )
    listed = asks(shape, "which", "list") and not shape.yes_no and not asks(shape, *_FIGURES)
    other = any(one.kind in _OTHERWISE or one.says("super", "most", "least") for one in head)
    whom = any(one.kind in ("kind", "cond", "where", "provider") for one in head)
    return tail if joined and listed and whom and not other else ()


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


def _column(chunk: Chunk) -> tuple[Sequence[str], bool]:
    """The fields that a chunk asks for, and whether it asks for the date."""
    if chunk.kind == "field":
        return ((), True) if chunk.value == ("year",) else (chunk.value, False)
    if chunk.text in _CODE:
        return ("postcode",), False
    if chunk.text in _OWNER or chunk.says("measure", "provider"):
        return ("provider",), False
    return (), chunk.says("measure", "when")


def _is_grade(chunk: Chunk) -> bool:
    return chunk.kind == "rated" and not _RATINGS.isdisjoint(chunk.text.split())
