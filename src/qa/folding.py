"""Text to folded words: the one spelling in which questions, names and places are compared.

>>> [word.text for word in fold("St. Clare's Hosp. & Well-led Ltd")]
['st', 'clares', 'hospital', 'and', 'well', 'led', 'limited']
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# One spelling for words that people and tables write in several ways. Only pairs that never differ in meaning in a name.
SPELLINGS = {
    "&": "and",
    "saint": "st",
    "hosp": "hospital",
    "ltd": "limited",
    "rd": "road",
    "ave": "avenue",
    "center": "centre",
    "ctr": "centre",
    "practise": "practice",
}
_AT_ONCE = 32  # texts that one question has folded more than once
_WORD = re.compile(r"[^\W_]+(?:['’\u02bc`][^\W_]+)*|&|%|\*+")
_APOSTROPHES = re.compile(r"['’\u02bc`]")
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_QUOTED = re.compile(r"""["“]([^\s"“”]+)["”]""")


class Word(NamedTuple):
    """A folded word and where it stands in the text as typed; ``base`` is the word without a possessive 's, if it has one."""

    text: str
    start: int
    end: int
    base: str | None = None


@lru_cache(maxsize=_AT_ONCE)
def fold(text: str) -> tuple[Word, ...]:
    """Return the words of ``text``: case, accents, apostrophes and common abbreviations folded; markup left out."""
    text = _MARKUP.sub(lambda found: " " * len(found.group()), text)
    return tuple(_word(found) for found in _WORD.finditer(text))


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Return the folded words of ``text`` joined by spaces: what vocabularies are keyed by."""
    return " ".join(word.text for word in fold(text))


def as_typed(text: str) -> frozenset[int]:
    """Return the offsets at which a word by itself stands in double quotes: that word is meant as it is typed, and never corrected."""
    return frozenset(offset for found in _QUOTED.finditer(text) for offset in range(*found.span(1)))


def _word(found: re.Match[str]) -> Word:
    typed = found.group()
    base = _folded(typed[:-2]) if len(typed) > 2 and typed[-2] in "'’\u02bc`" and typed[-1] in "sS" else None
    return Word(_folded(typed), *found.span(), base)


@lru_cache(maxsize=65_536)
def _folded(typed: str) -> str:
    plain = unicodedata.normalize("NFKD", typed.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHES.sub("", plain)
    return SPELLINGS.get(plain, plain)
