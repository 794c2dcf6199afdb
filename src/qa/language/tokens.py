"""A text cut into words in three ways, which share the rules for letters and apostrophes.

Glossary, with example values for "St. Mary's 3rd ward isn't 1,284 m²":

* a *word* is compared with names: ``st`` ``marys`` ``3rd`` ``ward`` ``isnt`` ``1`` ``284`` ``m2``. Words that
  people and tables write in several ways have one spelling ("Saint", "&", "Ltd"), and "n't" and "'s" stay
  with their word, because phrases such as "isnt" are looked up whole;
* a *token* is searched for in passages: ``st`` ``mary`` ``3rd`` ``ward`` ``is`` ``not`` ``1284`` ``m2``. A
  possessive "'s" is left out, because a search finds more without it, and "not" is a token of its own;
* a *piece* is a unit that dates and numbers are read from: ``st`` ``.`` ``marys`` ``3`` ``rd`` … ``1`` ``,``
  ``284``. Only white space is left out, so that the pieces account for every character.

There are three because a name without its possessive is another name ("Mary's", "Marys"), the ranking of
passages was fitted on tokens, and a date needs its marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from qa.language.remembering import remembered

# One spelling for words that people and tables write in several ways. Only pairs that never differ in meaning
# in a name.
SPELLINGS = {
    "&": "and",
    "+": "and",
    "saint": "st",
    "hosp": "hospital",
    "ltd": "limited",
    "rd": "road",
    "ave": "avenue",
    "center": "centre",
    "ctr": "centre",
    "practise": "practice",
}
APOSTROPHES = "'’`\u02bc"
# Soft hyphens and zero-width characters, which web pages and Word put into words.
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_NAME = 200  # the most characters of a text whose folding is cached
_AT_ONCE = 32  # texts that one question needs folded more than once
_MARKS = "\u0300-\u036f"  # combining accents
UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
)  # the same, for str.translate to leave out
_WITHOUT_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES)) | UNSEEN
# "Bloom + Rowe", "Broom, + Rowe", "PL+US", but not "65+ homes", nor "Seccare+ in Leeds", whose name ends
# with it.
_PLUS = r"(?:(?<=[^\W\d_])\+(?=[^\W\d_])|(?:(?<=[^\W\d_]\s)|(?<=[^\W\d_],\s))\+(?=\s?[^\W\d_]))"
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}{INVISIBLE}]+[^\W_]+)*|&|{_PLUS}|%|\*+")
_TOKEN = re.compile(
    rf"""
      (?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\w))                                        # 74,184
    | (?P<negated>[^\W\d_]+)(?P<negation>n[{APOSTROPHES}]t)\b                         # were|n't
    | (?P<word>[^\W_\u02bc](?:[^\W_\u02bc]|[{_MARKS}]|[{INVISIBLE}](?=\w))*)             # trust
      (?:[{APOSTROPHES}](?:s|d|m|re|ve|ll)\b)?                                         # 's
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STRETCH = re.compile(r"\S+")
_PIECE = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}{INVISIBLE}]+[^\W\d_]+)*|\d+|[^\w\s]|_")
_UNUSUAL = re.compile("[<&+%*'`]")
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}
_ABRIDGED = {"ca": "can", "wo": "will", "sha": "shall"}  # the word before "n't"
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_QUOTED = re.compile(r"""["“]([^\s"“”]+)["”]""")


def words_of(listed: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(listed.split())


# Words, which are compared with names -----------------------------------------------------------------------


class Word(NamedTuple):
    """A folded word and its position in the text as typed; ``base`` is the word without a possessive 's, if
    it has one."""

    text: str
    start: int
    end: int
    base: str | None = None


@lru_cache(maxsize=_AT_ONCE)
def fold(text: str) -> tuple[Word, ...]:
    """Return the words of ``text``: case, accents, apostrophes and common abbreviations folded; markup left
    out.

    >>> [word.text for word in fold("St. Clare's Hosp. & Well-led Ltd")]
    ['st', 'clares', 'hospital', 'and', 'well', 'led', 'limited']
    """
    words = [_word(found) for found in _WORD.finditer(_without_markup(text))]
    return tuple([word for word in words if word.text])  # accents and apostrophes alone leave no word


def forms_in(texts: Iterable[str]) -> set[str]:
    """Return the distinct words of ``texts`` as :func:`fold` folds them, and for those with a possessive also
    the word without it."""
    typed = {word for text in texts for word in _WORD.findall(_without_markup(text))}
    return {form for one in typed for form in (_spelt(one), _base(one)) if form}


def _key(text: str) -> str:
    return " ".join([word.text for word in fold(text)])


_remembered_key = remembered(_key, longest=_NAME)


def key(text: str) -> str:
    """Return the folded words of ``text`` joined by spaces: the key that names and values are compared by."""
    if text.isascii() and text.isalpha():
        return SPELLINGS.get(word := text.lower(), word)
    if text.isascii() and not _UNUSUAL.search(
        text
    ):  # fast path: most names are plain, and a directory has a hundred thousand
        words = text.lower().translate(_SPACED).split()
        return " ".join(
            words if SPELLINGS.keys().isdisjoint(words) else [SPELLINGS.get(word, word) for word in words]
        )
    return _remembered_key(text)


def as_typed(text: str) -> frozenset[int]:
    """Return the offsets of single words in double quotes: such a word is meant as typed, and never
    corrected."""
    return frozenset(offset for found in _QUOTED.finditer(text) for offset in range(*found.span(1)))


def _word(found: re.Match[str]) -> Word:
    return Word(_spelt(found.group()), *found.span(), _base(found.group()) or None)


def _base(typed: str) -> str | None:
    """Return a word without its possessive, if it has one."""
    return _spelt(typed[:-2]) if len(typed) > 2 and typed[-2] in APOSTROPHES and typed[-1] in "sS" else None


def _without_markup(text: str) -> str:
    """Return ``text`` with its markup blanked out."""
    return _MARKUP.sub(lambda found: " " * len(found.group()), text) if "<" in text else text


def _spelling(typed: str) -> str:
    plain = "".join(letter for letter in _apart(typed) if not unicodedata.combining(letter)).translate(
        _WITHOUT_APOSTROPHES
    )
    return SPELLINGS.get(plain, plain)


_spelt = remembered(_spelling)


def _apart(typed: str) -> str:
    """Return ``typed`` in one case, with ligatures and full-width letters folded and accents separated from
    their letters.

    A letter that stands for several words, such as U+FDFA, is one word.
    """
    return (
        typed.lower() if typed.isascii() else "".join(unicodedata.normalize("NFKD", typed.casefold()).split())
    )


# Tokens, which passages are searched for --------------------------------------------------------------------


class Token(NamedTuple):
    """A word with case and accents folded, and its position: ``start`` and ``end`` count code points of the
    text as given."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text``, in order; a possessive "'s" is left out, "74,184" is one token and "n't"
    is the token "not".
    """
    found: list[Token] = []
    for match in _STRETCH.finditer(text):
        begun = match.start()
        tokens = stretch_tokens(match.group())
        found += [Token(word, begun + start, begun + end) for word, start, end in tokens] if begun else tokens
    return found


def token_words(text: str) -> list[str]:
    """Return the words of the tokens of ``text``, in order."""
    return [word for stretch in text.split() for word, _, _ in stretch_tokens(stretch)]


def _stretch_tokens(stretch: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for match in _TOKEN.finditer(stretch):
        kind = match.lastgroup
        if kind == "word":
            start, end = match.span("word")
            if word := _folded(stretch[start:end]):
                found.append(Token(word, start, end))
        elif kind == "number":
            found.append(Token(match["number"].replace(",", ""), match.start(), match.end()))
        else:
            negated = _folded(match["negated"])
            found.append(Token(_ABRIDGED.get(negated, negated), match.start("negated"), match.end("negated")))
            found.append(Token("not", match.start("negation"), match.end()))
    return tuple(found)


stretch_tokens = remembered(_stretch_tokens)
"""The tokens of a text without white space; no token crosses white space."""


def _folded(word: str) -> str:
    """Return ``word`` with case, accents and compatibility forms folded, and everything but letters
    composed."""
    if word.isascii():
        return word.lower()
    letters = (letter for letter in _apart(word.translate(UNSEEN)) if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFKC", "".join(letters))


# Pieces, which dates and numbers are read from --------------------------------------------------------------


class Piece(NamedTuple):
    """A word in lower case and without apostrophes, a run of digits, or one mark.

    ``start`` and ``end`` count the code points of the text as given; ``glued`` is true if there is no white
    space before it.
    """

    text: str
    start: int
    end: int
    glued: bool


@lru_cache(maxsize=_AT_ONCE)
def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of ``text``, in order."""
    found, before = [], -1
    for match in _PIECE.finditer(text):
        start, end = match.span()
        word = match.group()
        if word[0].isalpha():
            word = word.lower().translate(_WITHOUT_APOSTROPHES)
        found.append(Piece(word, start, end, start == before))
        before = end
    return tuple(found)
