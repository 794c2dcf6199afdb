"""A rating cell to a rating: the publisher's word as printed, without its footnote mark. Never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.scale import Scale, folded

NOTHING = frozenset(("", "-", "–", "—"))  # how tables print an empty cell
WITHHELD = NOTHING | {
    "REDACTED",
    "Redacted",
    "redacted",
    "[REDACTED]",
    "[redacted]",
}  # how publishers print a missing value
MARK = r"[*†‡§¶#]+|[¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z])\]"  # footnote marks that are never part of a name
_LEADING = re.compile(rf"({MARK})\s*(?=\S)")
_TRAILING = re.compile(rf"(?<=\S)\s*({MARK})$")
_TRAILING_NUMBER = re.compile(
    r"(?<=[^\W\d])\s*(\d{1,2}|\(\w{1,2}\))$"
)  # a superscript that lost its place, as in "Good1"


@dataclass(frozen=True, slots=True)
class RatingCell:
    """The content of a rating cell. ``printed`` is the cell as it is, if ``rating`` is not just that."""

    rating: str | None
    printed: str | None = None
    mark: str | None = None


def split_mark(cell: str) -> tuple[str, str | None]:
    """Return ``cell`` without the footnote mark at its start or end, and the mark."""
    for form in (_LEADING, _TRAILING):
        found = form.match(cell) if form is _LEADING else form.search(cell)
        if found:
            return (cell[: found.start()] + cell[found.end() :]).strip(), found[1]
    return cell, None


def read_rating(cell: str, scale: Scale) -> RatingCell:
    """Return the rating in ``cell``; without one, and with ``printed``, if the scale does not
    know the word.
    """
    word = " ".join(cell.split())
    if word in NOTHING:
        return RatingCell(None)
    if (rating := _known(word, scale)) is not None:
        return RatingCell(rating, None if rating == word else word)
    for bare, mark in _without_mark(word):
        if (rating := _known(bare, scale)) is not None:
            return RatingCell(rating, word, mark)
    return RatingCell(None, word)


def _without_mark(word: str) -> list[tuple[str, str]]:
    bare, mark = split_mark(word)
    found = _TRAILING_NUMBER.search(word)
    return ([(bare, mark)] if mark else []) + ([(word[: found.start()], found[1])] if found else [])


def _known(word: str, scale: Scale) -> str | None:
    """Return the word as printed if it is the scale's own, the scale's word for a synonym,
    otherwise ``None``.
    """
    canonical = scale.canonical(word)
    return word if canonical is not None and folded(canonical) == folded(word) else canonical
