"""Numbers in words or digits: "twelve", "a dozen", "1,284", "two hundred and fifty".

Everything here reads the words of a text from one place on.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from qa.language.tokens import Piece

Found: TypeAlias = tuple[Fraction, int] | None  # a value, and the place after its words


def numbered(listed: str, first: int) -> dict[str, int]:
    """Return listed words with their numbers, counted from ``first``."""
    return {word: number for number, word in enumerate(listed.split(), first)}


UNITS = numbered(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
    0,
)
TENS = {
    word: 10 * number
    for word, number in numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_SETS = {"couple": 2, "pair": 2, "dozen": 12}
SIGNS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | {"half", "a", "an"}  # words that begin a number
MOST_DIGITS = 12  # of a number


def read_count(words: Sequence[Piece], place: int) -> Found:
    """Return the count that begins at ``place`` and the place after it; ``None`` if none does."""
    read = _digits(words, place) or _set(words, place) or _cardinal(words, place)
    if read is None or read[0].denominator != 1:
        return read
    value, after = read
    if texts_at(words, after, 3) == ("and", "a", "half"):
        return value + Fraction(1, 2), after + 3
    if text_at(words, after) in SIGNS:
        return value + SIGNS[words[after].text], after + 1
    return read


def _digits(words: Sequence[Piece], place: int) -> Found:
    """Read "1284", "1,284", "3.5", "1.5 million" or "10k"."""
    if not is_digits(words, place) or len(words[place].text) > MOST_DIGITS:
        return None
    whole, after = words[place].text, place + 1
    while (
        _is_mark_before_digits(words, after, ",")
        and len(words[after + 1].text) == 3
        and len(whole) < MOST_DIGITS
    ):
        whole, after = whole + words[after + 1].text, after + 2
    value = Fraction(int(whole))
    if _is_mark_before_digits(words, after, "."):
        decimals = words[after + 1].text[:MOST_DIGITS]
        value, after = value + Fraction(int(decimals), 10 ** len(decimals)), after + 2
    if _glued(words, after) or (after < len(words) and words[after].glued and is_within_code(words, after)):
        return _with_letter(words, value, after)
    scale = _scale(words, after)
    return (value * scale, after + 1) if scale else (value, after)


def _with_letter(words: Sequence[Piece], value: Fraction, after: int) -> Found:
    """Read digits with something attached: "10k", "2½", "2x"; ``None`` for any other code."""
    text = words[after].text
    if text in _SCALES and not _glued(words, after + 1):
        return value * _SCALES[text], after + 1
    return (value, after) if text in SIGNS or text == "x" else None


def _scale(words: Sequence[Piece], place: int) -> int:
    """Return 1,000 for "thousand"; 0 for any other word, and for "k", which must follow digits."""
    text = text_at(words, place)
    return _SCALES.get(text, 0) if len(text) > 1 else 0


def _is_mark_before_digits(words: Sequence[Piece], place: int, mark: str) -> bool:
    """True for a mark between digits, with no space on either side."""
    return (
        text_at(words, place) == mark
        and words[place].glued
        and is_digits(words, place + 1)
        and words[place + 1].glued
    )


def _glued(words: Sequence[Piece], place: int) -> bool:
    return place < len(words) and words[place].glued and words[place].text[0].isalnum()


def _cardinal(words: Sequence[Piece], place: int) -> Found:
    """Read a number in words: "twelve", "twenty-five", "a hundred", "two hundred and fifty", "three
    thousand".
    """
    read = _below_thousand(words, place)
    if read is None:
        return None
    value, after = read
    scale = _scale(words, after)
    if not scale:
        return Fraction(value), after
    rest = _below_thousand(words, after + 1 + (text_at(words, after + 1) == "and"))
    if rest is None or text_at(words, rest[1]) in _SCALES:
        return Fraction(value * scale), after + 1
    return Fraction(value * scale + rest[0]), rest[1]


def _below_thousand(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    read = _below_hundred(words, place)
    if (
        read is None
        and text_at(words, place) in {"a", "an"}
        and text_at(words, place + 1) in {"hundred", "thousand", "million"}
    ):
        read = (1, place + 1)
    if read is None or text_at(words, read[1]) != "hundred":
        return read
    value, after = 100 * read[0], read[1] + 1
    rest = _below_hundred(words, after + (text_at(words, after) == "and"))
    return (value + rest[0], rest[1]) if rest and rest[0] else (value, after)


def _below_hundred(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    text = text_at(words, place)
    if text in UNITS:
        return UNITS[text], place + 1
    if text not in TENS:
        return None
    after = place + 2 if text_at(words, place + 1) == "-" else place + 1
    unit = UNITS.get(text_at(words, after), 0)
    return (TENS[text] + unit, after + 1) if 0 < unit < 10 else (TENS[text], place + 1)


def _set(words: Sequence[Piece], place: int) -> Found:
    """Read "a dozen", "two dozen", "half a dozen" or "a couple of"."""
    texts = texts_at(words, place, 3)
    if texts[:3] == ("half", "a", "dozen"):
        return Fraction(6), place + 3
    if texts[:2] == ("half", "dozen"):
        return Fraction(6), place + 2
    if len(texts) < 2 or texts[1] not in _SETS or not (texts[0] in {"a", "the"} or texts[0] in UNITS):
        return None
    times = UNITS.get(texts[0], 1)
    return Fraction(times * _SETS[texts[1]]), place + 2 + (texts[2:] == ("of",))


# Looking at words -------------------------------------------------------------------------------------------


def text_at(words: Sequence[Piece], place: int) -> str:
    """Return the word at a place; "" outside the text."""
    return words[place].text if 0 <= place < len(words) else ""


def texts_at(words: Sequence[Piece], place: int, length: int) -> tuple[str, ...]:
    """Return some words from a place on, fewer at the end of the text."""
    return tuple(word.text for word in words[place : place + length])


def is_digits(words: Sequence[Piece], place: int) -> bool:
    """True for a word of digits."""
    return text_at(words, place).isdecimal()


def is_within_code(words: Sequence[Piece], place: int) -> bool:
    """True for a mark between two digits."""
    return (
        words[place].text in "./-:"
        and is_digits(words, place - 1)
        and is_digits(words, place + 1)
        and words[place + 1].glued
    )
