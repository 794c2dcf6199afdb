"""Numbers in words or digits: "twelve", "a dozen", "1,284", "two thirds", "50 per cent", "3rd", "twice".

>>> [(one.kind, str(one.value)) for one in find_numbers("a quarter of the 1,284 homes, or every third one")]
[('part', '1/4'), ('count', '1284'), ('ordinal', '3')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from qa.language.counts import (
    MOST_DIGITS,
    SIGNS,
    TENS,
    UNITS,
    Found,
    is_digits,
    is_within_code,
    numbered,
    read_count,
    text_at,
    texts_at,
)
from qa.language.tokens import Piece, pieces, words_of

Kind = Literal["count", "part", "ordinal", "times"]

_ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_PARTS = {"half": 2, "quarter": 4} | {
    word: number for word, number in _ORDINALS.items() if number > 2 and number not in (4, 30, 40)
}
_PLURAL_PARTS = (
    {"halves": 2} | {f"{word}s": number for word, number in _PARTS.items() if word != "half"} | {"fourths": 4}
)
_TIMES = {"twice": 2, "thrice": 3, "double": 2, "triple": 3}
# Every number of any kind begins with one of these, or with digits.
_BEGINNINGS = frozenset().union(UNITS, TENS, SIGNS, _TIMES, _ORDINALS, _ENDINGS) | words_of(
    "a an the half runner runners"
)
# What comes after "a fifth" only where it is a part: "a fifth of", "a third are", "a tenth or more"
_BEHIND_PARTS = words_of("of are is were was have has had")
_BOUNDING = frozenset(
    ("or", word) for word in words_of("above fewer higher less lower more over so under")
) | {
    ("and", "above"),
    ("and", "over"),
    ("and", "up"),
    ("at", "least"),
    ("at", "most"),
}
_POINTING = words_of("which the this that no every each another any")  # before "one", then no number
_AT_ONCE = 32  # texts whose numbers are cached
_MOST_IN = 100  # "one in a hundred" is a part; "5 in 2019" is not


@dataclass(frozen=True, slots=True)
class Number:
    """A number, its kind and its place in the text.

    A "count" is of things ("a dozen" is 12), a "part" of a whole ("50%" is ½), an "ordinal" a place in an
    order ("3rd" is 3), "times" a multiple ("twice" is 2). ``said`` is the text from ``start`` to ``end``.
    """

    value: Fraction
    kind: Kind
    start: int
    end: int
    said: str


@lru_cache(maxsize=_AT_ONCE)  # a question is searched for numbers, and for lengths, which contain numbers
def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order. Digits within a code, a date or a postcode are not numbers."""
    words, found, place = pieces(text), list[Number](), 0
    while place < len(words):
        kind, read = _number(words, place)
        if read is None:
            place = _next_place(words, place)
            continue
        value, after = read
        start, end = words[place].start, words[after - 1].end
        found.append(Number(value, kind, start, end, text[start:end]))
        place = after
    return tuple(found)


def _number(words: Sequence[Piece], place: int) -> tuple[Kind, Found]:
    """Return the longest number that begins here, and its kind."""
    if words[place].text not in _BEGINNINGS and not is_digits(words, place):
        return "count", None
    count = read_count(words, place)
    if (part := _part(words, place, count)) is not None:
        return "part", part
    if (times := _times(words, place, count)) is not None:
        return "times", times
    if (ordinal := _ordinal(words, place)) is not None:
        return "ordinal", ordinal
    if words[place].text == "one" and (
        text_at(words, place - 1) in _POINTING or text_at(words, place - 1) in _ORDINALS
    ):
        return "count", None
    return "count", count


def _next_place(words: Sequence[Piece], place: int) -> int:
    """Return the next place at which a number may begin: after all of a code such as "SW1" or
    "12.03.2020"."""
    joined = words[place].text.isdigit() or words[place].text.isalpha()
    place += 1
    while (
        joined
        and place < len(words)
        and words[place].glued
        and (words[place].text[0].isalnum() or is_within_code(words, place))
    ):
        place += 1
    return place


# Kinds ------------------------------------------------------------------------------------------------------


def _part(words: Sequence[Piece], place: int, count: Found) -> Found:
    return (
        _percent(words, count)
        or _fraction(words, place, count)
        or _one_in(words, count)
        or _sign(words, place)
    )


def _sign(words: Sequence[Piece], place: int) -> Found:
    sign = SIGNS.get(words[place].text)
    return None if sign is None else (sign, place + 1)


def _percent(words: Sequence[Piece], count: Found) -> Found:
    if count is None:
        return None
    value, after = count
    if text_at(words, after) in {"%", "percent"}:
        return value / 100, after + 1
    return (value / 100, after + 2) if texts_at(words, after, 2) == ("per", "cent") else None


def _fraction(words: Sequence[Piece], place: int, count: Found) -> Found:
    """Read "half", "one third", "two-thirds", "three quarters", "a fifth of", "a third or more", "2/3"."""
    if words[place].text == "half":
        return _half(words, place, count)
    at = place + 1 + (text_at(words, place + 1) == "-")
    if words[place].text in {"a", "one"} and text_at(words, at) in _PARTS:
        part = _PARTS[words[at].text]
        sure = words[place].text == "one" or part in (2, 4) or _is_part(words, at + 1)
        return (Fraction(1, part), at + 1) if sure else None
    if count is None or count[0].denominator != 1:
        return _slashed(words, place)
    value, after = count
    after += text_at(words, after) == "-"
    part = _PLURAL_PARTS.get(text_at(words, after), 0)
    return (value / part, after + 1) if part and 1 < value < 100 else None


def _half(words: Sequence[Piece], place: int, count: Found) -> Found:
    """Read "half"; not "the second half", nor "half a dozen"."""
    return None if count or _read_ordinal(words, place - 1) else (Fraction(1, 2), place + 1)


def _is_part(words: Sequence[Piece], after: int) -> bool:
    """True if "a fifth" before this place is a fraction, not an ordinal: "of", "or more" or the end of the
    sentence follows."""
    return (
        not text_at(words, after)[:1].isalnum()
        or words[after].text in _BEHIND_PARTS
        or texts_at(words, after, 2) in _BOUNDING
    )


def _slashed(words: Sequence[Piece], place: int) -> Found:
    """Read "2/3"; not "24/7", "03/12" and the beginning of "1/2/2020"."""
    texts = texts_at(words, place, 4)
    if len(texts) < 3 or texts[1] != "/" or not (words[place + 1].glued and words[place + 2].glued):
        return None
    if (
        not (texts[0].isdecimal() and texts[2].isdecimal())
        or texts[0][0] == "0"
        or (len(words) > place + 3 and words[place + 3].glued)
    ):
        return None
    above, below = int(texts[0][:MOST_DIGITS]), int(texts[2][:MOST_DIGITS])
    return (Fraction(above, below), place + 3) if above < below <= _MOST_IN else None


def _one_in(words: Sequence[Piece], count: Found) -> Found:
    """Read "one in five", "1 in every 10", "nine out of every ten"."""
    if count is None or text_at(words, count[1]) not in {"in", "out"}:
        return None
    after = count[1]
    between = next(
        (
            said
            for said in (("in", "every"), ("out", "of", "every"), ("in",))
            if texts_at(words, after, len(said)) == said
        ),
        (),
    )
    whole = read_count(words, after + len(between)) if between else None
    if whole is None or not count[0] < whole[0] <= _MOST_IN or whole[0].denominator != 1:
        return None
    return count[0] / whole[0], whole[1]


def _times(words: Sequence[Piece], place: int, count: Found) -> Found:
    if words[place].text in _TIMES:
        return Fraction(_TIMES[words[place].text]), place + 1
    if count is not None and (
        text_at(words, count[1]) == "times" or (text_at(words, count[1]) == "x" and words[count[1]].glued)
    ):
        return count[0], count[1] + 1
    return None


def _ordinal(words: Sequence[Piece], place: int) -> Found:
    read = _read_ordinal(words, place)
    return None if read is None else (Fraction(read[0]), read[1])


def _read_ordinal(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    text = text_at(words, place)
    if text in _ORDINALS:
        return _ORDINALS[text], place + 1
    if text in ("runner", "runners"):
        up = place + 1 + (text_at(words, place + 1) == "-")
        return (2, up + 1) if text_at(words, up) == "up" else None
    if text in _ENDINGS and is_digits(words, place - 1):  # looks back: "1st half"
        place -= 1
        text = words[place].text
    if (
        is_digits(words, place)
        and len(text) < 5
        and text_at(words, place + 1) in _ENDINGS
        and words[place + 1].glued
    ):
        return int(text), place + 2
    unit = place + 1 + (text_at(words, place + 1) == "-")
    if text in TENS and 0 < _ORDINALS.get(text_at(words, unit), 0) < 10:
        return TENS[text] + _ORDINALS[words[unit].text], unit + 1
    return None
