"""The verb of an order and what it orders by: "rank the towns by how many homes are good"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk
from qa.question.query import Order
from qa.question.shape import Shape

_VERBS = frozenset("arrange order put rank sort".split())
_ASKING = ("function", "follow", "and")  # what may come before the verb: "could you rank …"
_HOW_MANY = "by how many"
_OWNERS = frozenset("operators owners providers".split())
_COUNTED = ("count", "share", "mean", "sum")
_OTHERWISE = ("compare", "versus", "subject")  # "who has the most, and by how many?"
_SIDES = ("where", "provider")
_CUTS = ("top", "bottom")  # "…, top three only"


def sort_by(shape: Shape) -> None:
    """Take the verb of an order and the word before what it orders by, and set the order: groups by their
    figure, places by their rating or another of their columns."""
    verb = _verb(shape)
    seam = _seam(shape, verb)
    if shape.yes_no:
        return
    ahead = shape.chunks[: shape.chunks.index(seam)] if seam is not None else shape.chunks
    if verb is not None and verb.kind != "measure" and _names_sides(ahead):
        _compare(shape, verb, seam)
    elif seam is not None:
        _sort(shape, verb, seam, ahead)


def _sort(shape: Shape, verb: Chunk | None, seam: Chunk, ahead: Sequence[Chunk]) -> None:
    """Sort the groups or places named before the word for the order."""
    if any(one.kind == "field" or (verb is not None and _is_of_owners(one, shape)) for one in ahead):
        _sort_groups(shape, verb, seam)
    elif verb is not None and any(one.kind == "kind" for one in ahead):
        _sort_rows(shape, verb, seam)


def _names_sides(ahead: Sequence[Chunk]) -> bool:
    """True if several places or owners themselves are to be ordered, rather than what is in them."""
    listed = any(one.kind in _SIDES and len(one.value) > 1 for one in ahead)
    return listed and not any(one.kind in ("kind", "field", "cond") for one in ahead)


def _compare(shape: Shape, verb: Chunk, seam: Chunk | None) -> None:
    """Read "rank Leeds, York and Ripon by how many are good" as a comparison of them."""
    verb.kind, verb.value = "versus", "compare"
    for chunk in shape.chunks.saying("follow", "pronoun"):  # "Leeds, York and Ripon: rank them by …"
        chunk.use("small")
    if seam is not None and seam.text == _HOW_MANY:
        seam.kind, seam.value = "measure", "count"
    elif seam is not None:
        seam.use("small")


def _is_of_owners(chunk: Chunk, shape: Shape) -> bool:
    """Make "providers" the field to rank, where the word may also mean the places themselves; true if it is
    one."""
    if chunk.kind != "kind" or chunk.text not in _OWNERS or "provider" not in shape.vocabulary.field_names:
        return False
    chunk.kind, chunk.value = "field", ("provider",)
    return True


def _verb(shape: Shape) -> Chunk | None:
    """Return the verb at the beginning of a question: "rank the five towns …"."""
    for chunk in shape.chunks:
        if chunk.text.split()[0] in _VERBS and chunk.kind in ("strange", "function", "rated"):
            return chunk
        if chunk.says("measure", "list") and any(map(_is_by_quality, shape.chunks)):
            return chunk  # "list the trusts by rating, best first"
        if chunk.kind not in _ASKING and not _is_told_of(chunk, shape):
            return None
    return None


def _is_told_of(chunk: Chunk, shape: Shape) -> bool:
    """True for places that "rank them" is about."""
    behind = shape.chunks.after(chunk)
    verb = behind is not None and behind.text.split()[0] in _VERBS
    pointer = shape.chunks.after(behind) if verb and behind is not None else None
    return chunk.kind in _SIDES and pointer is not None and pointer.says("follow", "pronoun")


def _is_by_quality(chunk: Chunk) -> bool:
    return chunk.kind == "order_way" and chunk.text in ("best first", "worst first")


def _seam(shape: Shape, verb: Chunk | None) -> Chunk | None:
    """Return the word before what is sorted by."""
    if shape.chunks.of(*_OTHERWISE) or any(one.value not in _CUTS for one in shape.chunks.of("super")):
        return None
    for chunk in shape.chunks:
        sorted_by = chunk.kind == "order" and not chunk.used
        if sorted_by or chunk.text == _HOW_MANY or (verb is not None and _is_by(chunk)):
            return chunk
    return None


def _is_by(chunk: Chunk) -> bool:
    return (chunk.says("by") and chunk.text in ("by", "according to")) or (
        chunk.says("spread", "rating") and chunk.text.startswith("by ")
    )


def _sort_groups(shape: Shape, verb: Chunk | None, seam: Chunk) -> None:
    """Sort groups by what is counted in each."""
    behind = next(
        (
            one
            for one in shape.chunks[shape.chunks.index(seam) + 1 :]
            if one.kind not in ("function", "rated")
        ),
        None,
    )
    counted = behind is not None and (behind.kind in ("kind", "cond") or behind.says("measure", *_COUNTED))
    if not counted:
        return
    if seam.text == _HOW_MANY:
        seam.kind, seam.value = "measure", "count"
    else:
        seam.use("order")
    _take(verb)
    shape.order = Order("figure", True)


def _take(verb: Chunk | None) -> None:
    if verb is not None:
        verb.kind = verb.kind if verb.kind == "strange" else "function"
        verb.use("order")


def _sort_rows(shape: Shape, verb: Chunk, seam: Chunk) -> None:
    """Sort places by their rating, unless the words after it give another key."""
    _take(verb)
    if seam.kind == "spread":
        seam.use("order")
        shape.order = Order("rating", True)
    else:
        seam.kind = "order"
