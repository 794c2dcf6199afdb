"""The number of key questions that a rating is for: "good for all five", "not good for any"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.changes import SMALL
from qa.question.chunks import Bounds, Chunk, Chunks

_NOT_EVEN = frozenset(("a single", "any", "any of", "even one"))  # "not good for a single key question"


def counted_aspects(
    found: Chunk, row: Sequence[Chunk], chunks: Chunks, five: tuple[str, ...], taken: list[Chunk]
) -> tuple[Bounds | None, tuple[str, ...]]:
    """Return how many of the key questions ``five`` a rating is for, and which ones it is about; all of these
    if no number is meant.

    ``found`` is the word for key questions, ``row`` what is between it and the rating. What else goes with
    the rating is added to ``taken``.
    """
    # "not good for everything": not good for at least one
    denied = any(one.kind == "not" for one in taken)
    every = Bounds(1 if denied else len(five), None)
    bounds = (
        _by_its_word(found, len(five), denied)
        or _by_number(row, len(five), every)
        or _by_none(found, row, chunks, taken)
        or _by_any(row, len(five), denied)
    )
    if bounds is not None:
        return bounds, five
    left_out = [one for one in chunks if one.kind == "aspect" and one.out]
    taken += left_out
    return (None, _without(five, left_out)) if left_out else (every, five)


def _by_its_word(found: Chunk, five: int, denied: bool) -> Bounds | None:
    """The number that "any area" or "no area" means. "Not good for any" denies all of them."""
    if found.value == "any":
        return Bounds(five if denied and found.text.startswith("any") else 1, None)
    return Bounds(0, 0) if found.value == "none" else None


def _by_number(row: Sequence[Chunk], five: int, every: Bounds) -> Bounds | None:
    """The number of key questions that is given, if any; ``every`` for "all five"."""
    quantity = next((one for one in row if one.kind == "quantity"), None)
    if quantity is None:
        return None
    bounds: Bounds = quantity.value
    return every if bounds.plain and bounds.low >= five else bounds


def _by_none(found: Chunk, row: Sequence[Chunk], chunks: Chunks, taken: list[Chunk]) -> Bounds | None:
    """Zero for "none of the areas"."""
    if any(one.says("quantifier", "none") for one in row) or _none_before(found, chunks, taken):
        return Bounds(0, 0)
    return None


def _none_before(found: Chunk, chunks: Chunks, taken: list[Chunk]) -> bool:
    place = chunks.index(found)
    for one in reversed(chunks[max(0, place - 3) : place]):
        if one.says("quantifier", "none"):
            taken.append(one)
            return True
        if one.kind not in ("ratings", *SMALL):
            return False
    return False


def _by_any(row: Sequence[Chunk], five: int, denied: bool) -> Bounds | None:
    """At least one for "any"; all of them for "not for a single one"."""
    if not any(one.says("quantifier", "any") for one in row):
        return None
    return Bounds(five if denied and any(one.text in _NOT_EVEN for one in row) else 1, None)


def _without(five: tuple[str, ...], left_out: Sequence[Chunk]) -> tuple[str, ...]:
    gone = {aspect for one in left_out for aspect in one.value}
    return tuple(aspect for aspect in five if aspect not in gone)
