"""Words, terms and sentences; the only importer of nltk.

Glossary, with example values for "The ward's staff weren't asked.":

* a *token* is a word with its place: ``Token("ward", 4, 8)``; "weren't" gives the tokens "were" and "not";
* a *term* is what is indexed, the stem of a token that is not a stop word: ``["ward", "staff", "ask"]``;
* a *sentence* is a span of the text: ``Span(0, 31)``.

nltk is imported at first use, which takes about 0.3 seconds, and used only for what it carries with it: the Snowball stemmer and
Punkt, which is fed at most :data:`WINDOW` characters at a time, lest a long text without sentences takes ever longer. The clock that nltk
sets its regular expressions is turned off, for the whole process.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from qa.records import Span

WINDOW = 20_000  # characters


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Prepositions that tell a time or a place ("after", "between") are kept: they help to find, unlike these.
STOP_WORDS = _words(
    """
    a about again all also am an and any are as at be because been being both but by can could did do does doing down each few for
    from further had has have having he her here hers herself him himself his how i if in into is it its itself just let ll many
    me might more most much must my myself no nor not now of off on once only or other ought our ours ourselves out over own
    please re same shall she should so some such tell than that the their theirs them themselves then there these they this those
    through to too under until up upon us ve very was we were what when where which while who whom whose why will with would yet
    you your yours yourself yourselves
    """
)

# Punkt takes these for abbreviations, whose full stop ends a sentence only before one of SENTENCE_STARTERS …
ABBREVIATIONS = _words(
    """
    a.d a.m al apr assoc aug ave b.c bros c.e co corp dec dept e.u ed.d est etc feb inc jan jr ltd m.d n.b nov oct p.m ph.d plc rd sept
    sr u.k u.n u.s
    """
)
# … these never end one, as what they announce follows …
ANNOUNCEMENTS = _words("approx capt cf dr e.g ft gen gov hon i.e lt messrs mr mrs ms mt prof rep rev sen sgt st v viz vs")
# … and these do not before a number: "No. 5".
NUMBERED = _words("art c ca ch col eq fig figs no nos p para paras pp sec vol vols")
SENTENCE_STARTERS = _words(
    """
    after all although an and another as at because before both but by during each even for from he her here his how however if in
    instead it its many more most my no not now of on once one or other our she since so some such that the their then there these
    they this those though through thus to today under until we what when where whether which while who why with yet you your
    """
)

_MARKS = "\u0300-\u036f"  # accents that stand apart from their letters
_APOSTROPHES = "'’`\u02bc"
_TOKEN = re.compile(
    rf"""
      (?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\w))                                        # 74,184
    | (?P<negated>[^\W\d_]+)(?P<negation>n[{_APOSTROPHES}]t)\b                        # were|n't
    | (?P<word>[^\W_\u02bc](?:[^\W_\u02bc]|[{_MARKS}])*)(?:[{_APOSTROPHES}](?:s|d|m|re|ve|ll)\b)?  # trust|'s
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABRIDGED = {"ca": "can", "wo": "will", "sha": "shall"}  # what stands before "n't"
_BREAK = re.compile(r"\n\s*\n\s*|\n\s*(?=(?:[-*•–▪◦]|\d{1,3}[.)]|\(?[a-z]\))\s)")  # a blank line, or the line end before a list item
_BRACKETED = re.compile(r"\([^()\n]{1,300}\)|\[[^\[\]\n]{1,300}\]")


class Token(NamedTuple):
    """A word, case and accents folded, with its place: ``start`` and ``end`` count code points of the text as given."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; a possessive "'s" is left out, "74,184" is one word and "n't" is the word "not"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            start, end = match.span("word")
            found.append(Token(_folded(text[start:end]), start, end))
        elif kind == "number":
            found.append(Token(match["number"].replace(",", ""), match.start(), match.end()))
        else:
            stem = _folded(match["negated"])
            found.append(Token(_ABRIDGED.get(stem, stem), match.start("negated"), match.end("negated")))
            found.append(Token("not", match.start("negation"), match.end()))
    return found


def terms(text: str) -> list[str]:
    """What a text is indexed under: the stems of its words without the stop words, in order, repeated as they are."""
    return [term(word) for word, _, _ in tokens(text) if word not in STOP_WORDS]


@functools.lru_cache(maxsize=1 << 17)
def term(word: str) -> str:
    """The Snowball (Porter 2) stem of a word as :func:`tokens` gives it."""
    return str(_stemmer().stem(word))


def is_stop(word: str) -> bool:
    """Whether a word as :func:`tokens` gives it is too common to be indexed."""
    return word in STOP_WORDS


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order: disjoint, without white space at their ends, and all its other characters in one of them.

    Blank lines and the line ends before list items end a sentence; other line ends do not.
    """
    return [span for start, end in _stretches(text) for span in _joined(text, _punkt_spans(text, start, end))]


def _folded(word: str) -> str:
    """Case, accents and compatibility forms (ligatures, full-width letters) folded."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize("NFKC", "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f"))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """What stands between the breaks of a text, blank stretches left out."""
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _punkt_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Punkt's sentences of a stretch. A window's last sentence may go on, so the next window begins with it."""
    while start < end:
        window = text[start : min(start + WINDOW, end)]
        spans = [_stripped(text, start + left, start + right) for left, right in _punkt().span_tokenize(window)]
        going_on = start + len(window) < end
        yield from (span for span in (spans[:-1] if going_on and len(spans) > 1 else spans) if span.start < span.end)
        start = spans[-1].start if going_on and len(spans) > 1 else start + len(window)


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """Sentences, with those put together again that were cut within brackets, before a word in lower case or after a number that
    begins a line ("2. Staff")."""
    held: Span | None = None
    for span in spans:
        if held is not None and _goes_on(text, held, span):
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _goes_on(text: str, left: Span, right: Span) -> bool:
    first = re.match(r"[^\w\s]*(\w)", text[right.start : right.end])
    if first is None or first[1].islower() or not any(map(str.isalpha, text[left.start : left.end])):
        return True
    opening = max(text.rfind("(", left.start, left.end), text.rfind("[", left.start, left.end))
    bracketed = _BRACKETED.match(text, opening) if opening >= 0 else None
    return bracketed is not None and bracketed.end() > right.start


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


@functools.cache
def _stemmer() -> Any:
    import nltk.stem.snowball

    return nltk.stem.snowball.EnglishStemmer()


@functools.cache
def _punkt() -> Any:
    from nltk import redos
    from nltk.tokenize import punkt

    redos.DEFAULT_TIMEOUT = None  # 5 seconds by the clock, which run out of harmless texts where other threads are busy
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS | ANNOUNCEMENTS)
    parameters.collocations = {(left, right) for left in ANNOUNCEMENTS for right in SENTENCE_STARTERS}
    parameters.collocations |= {(left, "##number##") for left in NUMBERED}
    for word in SENTENCE_STARTERS:  # seen in lower case within sentences, so a capital begins one
        parameters.add_ortho_context(word, punkt._ORTHO_MID_LC)
    return punkt.PunktSentenceTokenizer(parameters)
