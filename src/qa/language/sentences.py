"""The sentences of a text.

nltk is imported at first use, which takes about 0.3 seconds, and only Punkt with its own parameters is used
here. It gets at most :data:`WINDOW` characters at a time, because a long text without sentences takes ever
longer. The time limit that nltk sets for its regular expressions is turned off, for the whole process.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from qa.language.tokens import words_of
from qa.records import Span

WINDOW = 20_000  # characters

# Punkt takes these for abbreviations, whose full stop ends a sentence only before one of SENTENCE_STARTERS …
ABBREVIATIONS = words_of(
    """
    a.d a.m al apr assoc aug ave b.c bros c.e co corp dec dept e.u ed.d est etc feb inc jan jr ltd m.d n.b nov
    oct p.m ph.d plc rd sept sr u.k u.n u.s
    """
)
# … these never end one, because they announce what follows …
ANNOUNCEMENTS = words_of(
    "approx capt cf dr e.g ft gen gov hon i.e lt messrs mr mrs ms mt prof rep rev sen sgt st v viz vs"
)
# … and these do not before a number: "No. 5".
NUMBERED = words_of("art c ca ch col eq fig figs no nos p para paras pp sec vol vols")
SENTENCE_STARTERS = words_of(
    """
    after all although an and another as at because before both but by during each even for from he her here
    his how however if in instead it its many more most my no not now of on once one or other our she since so
    some such that the their then there these they this those though through thus to today under until we what
    when where whether which while who why with yet you your
    """
)

_DOUBTFUL = ABBREVIATIONS | ANNOUNCEMENTS | NUMBERED
_SURE_END = re.compile(r"([A-Za-z]{2,})[.?!]\s+[A-Za-z0-9]")
_BREAK = re.compile(
    r"\n\s*\n\s*|\n\s*(?=(?:[-*•–▪◦]|\d{1,3}[.)]|\(?[a-z]\))\s)"
)  # a blank line, or the line end before a list item
_BRACKETED = re.compile(r"\([^()\n]{1,300}\)|\[[^\[\]\n]{1,300}\]")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order: disjoint, without white space at their ends, and covering all
    other characters.

    Blank lines and the line ends before list items end a sentence; other line ends do not.
    """
    return [span for start, end in _stretches(text) for span in _joined(text, _punkt_spans(text, start, end))]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text between breaks, without blank stretches."""
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _punkt_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Punkt's sentences of a stretch. The last sentence of a window may continue, so the next window begins
    with it."""
    while start < end:
        window = text[start : min(start + WINDOW, end)]
        spans = [
            _stripped(text, start + left, start + right) for left, right in _punkt().span_tokenize(window)
        ]
        going_on = start + len(window) < end
        yield from (
            span for span in (spans[:-1] if going_on and len(spans) > 1 else spans) if span.start < span.end
        )
        start = spans[-1].start if going_on and len(spans) > 1 else start + len(window)


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """Rejoin sentences that were cut within brackets, before a word in lower case or after a number that
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
def _punkt() -> Any:
    from nltk import redos
    from nltk.tokenize import punkt

    redos.DEFAULT_TIMEOUT = None  # 5 seconds, which harmless texts exceed if other threads are busy
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS | ANNOUNCEMENTS)
    parameters.collocations = {(left, right) for left in ANNOUNCEMENTS for right in SENTENCE_STARTERS}
    parameters.collocations |= {(left, "##number##") for left in NUMBERED}
    for word in SENTENCE_STARTERS:  # these are lower case within sentences, so a capital begins one
        parameters.add_ortho_context(word, punkt._ORTHO_MID_LC)
    tokenizer = punkt.PunktSentenceTokenizer(parameters)
    decide = tokenizer.text_contains_sentbreak
    tokenizer.text_contains_sentbreak = lambda around: _surely_ends(around) or decide(around)
    return tokenizer


def _surely_ends(around: str) -> bool:
    """True if the end of a sentence, with the word before it and the one after, is certain, as most are:
    Punkt gives the same result, more slowly."""
    found = _SURE_END.match(around)
    return found is not None and found[1].lower() not in _DOUBTFUL
