"""Distances in a question: "10 miles", "5km", "half a mile", "a 2.5-mile radius", "between 5 and 10 miles".

>>> [(one.value, one.unit) for one in find_lengths("within 10 miles of Wem, or 5km of Prees")]
[(10.0, 'miles'), (5.0, 'km')]
>>> [(one.least, one.value) for one in find_lengths("5 to 10 miles from Wem")]
[(5.0, 10.0)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.numbers import Number, find_numbers

Unit = Literal["miles", "km"]
_UNIT = r"(?P<unit>miles?|mi|kilomet(?:re|er)s?|kms?)\b"
_SAID = re.compile(_UNIT, re.IGNORECASE)
_BEHIND = re.compile(rf"(?:\s+an?)?[\s-]*{_UNIT}", re.IGNORECASE)  # "half a mile", "10-mile"
_ONE = re.compile(rf"\b(?:an?|one|1|per)\s+(?:single\s+)?{_UNIT}", re.IGNORECASE)
_NUMBER = r"\d{1,4}(?:\.\d{1,3})?"
_RANGE = re.compile(
    rf"(?<![\w.-])(?P<least>{_NUMBER})\s?[-–—]\s?(?P<number>{_NUMBER})[\s-]?{_UNIT}", re.IGNORECASE
)
_AHEAD = re.compile(r"(?:\b(?P<between>between|from)\s+)?$", re.IGNORECASE)
_SEAM = re.compile(
    rf"\s*(?:{_UNIT})?\s*(?:(?P<to>to)|and)\s*(?:from\s+)?", re.IGNORECASE
)  # from one end to the other
_LONGEST_SEAM, _LONGEST_AHEAD = 24, 12  # characters
_JOINED = re.compile(rf"(?<![\w.])(?P<number>{_NUMBER})-?{_UNIT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """A distance as written from ``start`` to ``end`` of a text; for a range the longest, with ``least`` the
    shortest."""

    value: float
    unit: Unit
    start: int
    end: int
    least: float | None = None


def find_lengths(text: str) -> list[Length]:
    """Return the lengths of ``text`` in miles or kilometres, in order, none overlapping."""
    if not _SAID.search(text):
        return []
    found = [
        _length(float(one["number"]), one["unit"], *one.span(), float(one["least"]))
        for one in _RANGE.finditer(text)
        if float(one["least"]) < float(one["number"])
    ]
    found += [_length(float(one["number"]), one["unit"], *one.span()) for one in _JOINED.finditer(text)]
    numbers = find_numbers(text)
    found += _numbers_with_unit(text, numbers)
    found += [_length(1.0, one["unit"], *one.span()) for one in _ONE.finditer(text)]
    ends = {number.end: number for number in numbers}
    return _apart([_from_lower_end(one, text, ends) for one in found])


def _numbers_with_unit(text: str, numbers: Iterable[Number]) -> list[Length]:
    """Return the lengths that are a number followed by a unit: "half a mile"."""
    found = []
    for number in numbers:
        behind = _BEHIND.match(text, number.end)
        if behind is not None and number.kind in ("count", "part"):
            found.append(_length(float(number.value), behind["unit"], number.start, behind.end()))
    return found


def _apart(lengths: Iterable[Length]) -> list[Length]:
    """Return lengths in order, without those that overlap an earlier or a longer one."""
    kept: list[Length] = []
    for one in sorted(lengths, key=lambda length: (length.start, -length.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _length(value: float, unit: str, start: int, end: int, least: float | None = None) -> Length:
    return Length(value, _unit(unit), start, end, least)


def _unit(word: str) -> Unit:
    return "km" if word[0] in "kK" else "miles"


def _from_lower_end(length: Length, text: str, ends: Mapping[int, Number]) -> Length:
    """Return a length with the shorter one of its range: "between 5 and 10 miles", "5 to 10 miles"; ``ends``
    are the text's numbers by their ends."""
    number = _number_before(length.start, ends) if length.least is None else None
    if number is None or number.kind not in ("count", "part") or number.value >= length.value:
        return length
    seam = _SEAM.fullmatch(text, number.end, length.start)
    if seam is None or (seam["unit"] is not None and _unit(seam["unit"]) != length.unit):
        return length
    ahead = _AHEAD.search(text, max(0, number.start - _LONGEST_AHEAD), number.start)
    if ahead is not None and (seam["to"] or (ahead["between"] or "").lower() == "between"):
        return replace(length, start=ahead.start(), least=float(number.value))
    return length


def _number_before(start: int, ends: Mapping[int, Number]) -> Number | None:
    """Return the nearest number that ends before a place, if it is close enough."""
    for end in range(start - 1, max(start - _LONGEST_SEAM, 0), -1):
        if end in ends:
            return ends[end]
    return None
