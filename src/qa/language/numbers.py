"""Numbers in words or digits: "twelve", "a dozen", "1,284", "two thirds", "50 per cent", "3rd", "twice".

>>> [(one.kind, str(one.value)) for one in find_numbers("a quarter of the 1,284 homes, or every third one")]
[('part', '1/4'), ('count', '1284'), ('ordinal', '3')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from qa.language.tokens import Piece, pieces, words_of

Kind = Literal["count", "part", "ordinal", "times"]
_Found: TypeAlias = tuple[Fraction, int] | None  # a value, and the place after its words


def _numbered(listed: str, first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(listed.split(), first)}


UNITS = _numbered(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
    0,
)
_TENS = {
    word: 10 * number
    for word, number in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_SETS = {"couple": 2, "pair": 2, "dozen": 12}
_ORDINALS = _numbered(
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
_SIGNS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
_TIMES = {"twice": 2, "thrice": 3, "double": 2, "triple": 3}
NUMBER_WORDS = frozenset(UNITS) | frozenset(_TENS) | {"half", "a", "an"}  # words that begin a number
# Every number of any kind begins with one of these, or with digits.
_BEGINNINGS = frozenset().union(UNITS, _TENS, _SIGNS, _TIMES, _ORDINALS, _ENDINGS) | words_of(
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
_LONGEST = 12  # digits of a number
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


def read_count(words: Sequence[Piece], place: int) -> _Found:
    """Return the count that begins at ``place`` and the place after it; ``None`` if none does."""
    read = _digits(words, place) or _set(words, place) or _cardinal(words, place)
    if read is None or read[0].denominator != 1:
        return read
    value, after = read
    if _texts(words, after, 3) == ("and", "a", "half"):
        return value + Fraction(1, 2), after + 3
    if _text(words, after) in _SIGNS:
        return value + _SIGNS[words[after].text], after + 1
    return read


def _number(words: Sequence[Piece], place: int) -> tuple[Kind, _Found]:
    """Return the longest number that begins here, and its kind."""
    if words[place].text not in _BEGINNINGS and not _is_digits(words, place):
        return "count", None
    count = read_count(words, place)
    if (part := _part(words, place, count)) is not None:
        return "part", part
    if (times := _times(words, place, count)) is not None:
        return "times", times
    if (ordinal := _ordinal(words, place)) is not None:
        return "ordinal", ordinal
    if words[place].text == "one" and (
        _text(words, place - 1) in _POINTING or _text(words, place - 1) in _ORDINALS
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
        and (words[place].text[0].isalnum() or _within_code(words, place))
    ):
        place += 1
    return place


def _within_code(words: Sequence[Piece], place: int) -> bool:
    """True for a mark between two digits."""
    return (
        words[place].text in "./-:"
        and _is_digits(words, place - 1)
        and _is_digits(words, place + 1)
        and words[place + 1].glued
    )


# What numbers are made of -----------------------------------------------------------------------------------


def _text(words: Sequence[Piece], place: int) -> str:
    return words[place].text if 0 <= place < len(words) else ""


def _texts(words: Sequence[Piece], place: int, length: int) -> tuple[str, ...]:
    return tuple(word.text for word in words[place : place + length])


def _is_digits(words: Sequence[Piece], place: int) -> bool:
    return _text(words, place).isdecimal()


def _digits(words: Sequence[Piece], place: int) -> _Found:
    """Read "1284", "1,284", "3.5", "1.5 million" or "10k"."""
    if not _is_digits(words, place) or len(words[place].text) > _LONGEST:
        return None
    whole, after = words[place].text, place + 1
    while (
        _text(words, after) == ","
        and words[after].glued
        and _is_group(words, after + 1)
        and len(whole) < _LONGEST
    ):
        whole, after = whole + words[after + 1].text, after + 2
    value = Fraction(int(whole))
    if (
        _text(words, after) == "."
        and words[after].glued
        and _is_digits(words, after + 1)
        and words[after + 1].glued
    ):
        decimals = words[after + 1].text[:_LONGEST]
        value, after = value + Fraction(int(decimals), 10 ** len(decimals)), after + 2
    if (
        after < len(words)
        and words[after].glued
        and (_within_code(words, after) or words[after].text[0].isalnum())
    ):
        scale = _SCALES.get(words[after].text) if not _glued(words, after + 1) else None
        sign = words[after].text in _SIGNS
        return (
            (value * scale, after + 1)
            if scale
            else (value, after)
            if sign or words[after].text == "x"
            else None
        )
    scale = _SCALES.get(_text(words, after), 0) if len(_text(words, after)) > 1 else 0
    return (value * scale, after + 1) if scale else (value, after)


def _is_group(words: Sequence[Piece], place: int) -> bool:
    return _is_digits(words, place) and len(words[place].text) == 3 and words[place].glued


def _glued(words: Sequence[Piece], place: int) -> bool:
    return place < len(words) and words[place].glued and words[place].text[0].isalnum()


def _cardinal(words: Sequence[Piece], place: int) -> _Found:
    """Read a number in words: "twelve", "twenty-five", "a hundred", "two hundred and fifty", "three
    thousand".
    """
    read = _below_thousand(words, place)
    if read is None:
        return None
    value, after = read
    scale = _SCALES.get(_text(words, after), 0) if len(_text(words, after)) > 1 else 0
    if not scale:
        return Fraction(value), after
    rest = _below_thousand(words, after + 1 + (_text(words, after + 1) == "and"))
    if rest is None or _text(words, rest[1]) in _SCALES:
        return Fraction(value * scale), after + 1
    return Fraction(value * scale + rest[0]), rest[1]


def _below_thousand(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    read = _below_hundred(words, place)
    if (
        read is None
        and _text(words, place) in {"a", "an"}
        and _text(words, place + 1) in {"hundred", "thousand", "million"}
    ):
        read = (1, place + 1)
    if read is None or _text(words, read[1]) != "hundred":
        return read
    value, after = 100 * read[0], read[1] + 1
    rest = _below_hundred(words, after + (_text(words, after) == "and"))
    return (value + rest[0], rest[1]) if rest and rest[0] else (value, after)


def _below_hundred(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    text = _text(words, place)
    if text in UNITS:
        return UNITS[text], place + 1
    if text not in _TENS:
        return None
    after = place + 2 if _text(words, place + 1) == "-" else place + 1
    unit = UNITS.get(_text(words, after), 0)
    return (_TENS[text] + unit, after + 1) if 0 < unit < 10 else (_TENS[text], place + 1)


def _set(words: Sequence[Piece], place: int) -> _Found:
    """Read "a dozen", "two dozen", "half a dozen" or "a couple of"."""
    texts = _texts(words, place, 3)
    if texts[:3] == ("half", "a", "dozen"):
        return Fraction(6), place + 3
    if texts[:2] == ("half", "dozen"):
        return Fraction(6), place + 2
    if len(texts) < 2 or texts[1] not in _SETS or not (texts[0] in {"a", "the"} or texts[0] in UNITS):
        return None
    times = UNITS.get(texts[0], 1)
    return Fraction(times * _SETS[texts[1]]), place + 2 + (texts[2:] == ("of",))


# Kinds ------------------------------------------------------------------------------------------------------


def _part(words: Sequence[Piece], place: int, count: _Found) -> _Found:
    return (
        _percent(words, count)
        or _fraction(words, place, count)
        or _one_in(words, count)
        or _sign(words, place)
    )


def _sign(words: Sequence[Piece], place: int) -> _Found:
    sign = _SIGNS.get(words[place].text)
    return None if sign is None else (sign, place + 1)


def _percent(words: Sequence[Piece], count: _Found) -> _Found:
    if count is None:
        return None
    value, after = count
    if _text(words, after) in {"%", "percent"}:
        return value / 100, after + 1
    return (value / 100, after + 2) if _texts(words, after, 2) == ("per", "cent") else None


def _fraction(words: Sequence[Piece], place: int, count: _Found) -> _Found:
    """Read "half", "one third", "two-thirds", "three quarters", "a fifth of", "a third or more", "2/3"."""
    if words[place].text == "half":
        return None if _read_ordinal(words, place - 1) or count else (Fraction(1, 2), place + 1)
    if (
        words[place].text in {"a", "one"}
        and _text(words, place + 1 + (_text(words, place + 1) == "-")) in _PARTS
    ):
        after = place + 2 + (words[place + 1].text == "-")
        part = _PARTS[words[after - 1].text]
        whole = (
            part in (2, 4)
            or words[place].text == "one"
            or not _text(words, after)[:1].isalnum()
            or words[after].text in _BEHIND_PARTS
            or _texts(words, after, 2) in _BOUNDING
        )
        return (Fraction(1, part), after) if whole else None
    if count is None or count[0].denominator != 1:
        return _slashed(words, place)
    value, after = count
    after += _text(words, after) == "-"
    part = _PLURAL_PARTS.get(_text(words, after), 0)
    return (value / part, after + 1) if part and 1 < value < 100 else None


def _slashed(words: Sequence[Piece], place: int) -> _Found:
    """Read "2/3"; not "24/7", "03/12" and the beginning of "1/2/2020"."""
    texts = _texts(words, place, 4)
    if len(texts) < 3 or texts[1] != "/" or not (words[place + 1].glued and words[place + 2].glued):
        return None
    if (
        not (texts[0].isdecimal() and texts[2].isdecimal())
        or texts[0][0] == "0"
        or (len(words) > place + 3 and words[place + 3].glued)
    ):
        return None
    above, below = int(texts[0][:_LONGEST]), int(texts[2][:_LONGEST])
    return (Fraction(above, below), place + 3) if above < below <= _MOST_IN else None


def _one_in(words: Sequence[Piece], count: _Found) -> _Found:
    """Read "one in five", "1 in every 10", "nine out of every ten"."""
    if count is None or _text(words, count[1]) not in {"in", "out"}:
        return None
    after = count[1]
    between = next(
        (
            said
            for said in (("in", "every"), ("out", "of", "every"), ("in",))
            if _texts(words, after, len(said)) == said
        ),
        (),
    )
    whole = read_count(words, after + len(between)) if between else None
    if whole is None or not count[0] < whole[0] <= _MOST_IN or whole[0].denominator != 1:
        return None
    return count[0] / whole[0], whole[1]


def _times(words: Sequence[Piece], place: int, count: _Found) -> _Found:
    if words[place].text in _TIMES:
        return Fraction(_TIMES[words[place].text]), place + 1
    if count is not None and (
        _text(words, count[1]) == "times" or (_text(words, count[1]) == "x" and words[count[1]].glued)
    ):
        return count[0], count[1] + 1
    return None


def _ordinal(words: Sequence[Piece], place: int) -> _Found:
    read = _read_ordinal(words, place)
    return None if read is None else (Fraction(read[0]), read[1])


def _read_ordinal(words: Sequence[Piece], place: int) -> tuple[int, int] | None:
    text = _text(words, place)
    if text in _ORDINALS:
        return _ORDINALS[text], place + 1
    if text in ("runner", "runners"):
        up = place + 1 + (_text(words, place + 1) == "-")
        return (2, up + 1) if _text(words, up) == "up" else None
    if text in _ENDINGS and _is_digits(words, place - 1):  # looks back: "1st half"
        place -= 1
        text = words[place].text
    if (
        _is_digits(words, place)
        and len(text) < 5
        and _text(words, place + 1) in _ENDINGS
        and words[place + 1].glued
    ):
        return int(text), place + 2
    unit = place + 1 + (_text(words, place + 1) == "-")
    if text in _TENS and 0 < _ORDINALS.get(_text(words, unit), 0) < 10:
        return _TENS[text] + _ORDINALS[words[unit].text], unit + 1
    return None
