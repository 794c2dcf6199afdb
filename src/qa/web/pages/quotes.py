"""Quoted passages as the page shows them: cut where marks begin and end, grouped by author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.language.tokens import key
from qa.records import Answer, DocumentKind, QuotedPassage, Span

OPEN_QUOTES = 3  # shown at once; the others unfold
HEADINGS: dict[tuple[DocumentKind, bool], str] = {
    ("original", False): "What the reports say",
    ("original", True): "What the reports say",
    ("digest", False): "From our digest of the report",
    ("digest", True): "From our digests of the reports",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``matched`` if a word of the question was found."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive pieces; ``answers`` if they are the sentence that answers best."""

    pieces: tuple[Piece, ...]
    answers: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage: its number in the answer, its text cut into stretches, its source with an address that is
    safe to link.

    ``answers`` is true where its best sentence answers the question, and so is marked.
    """

    passage: QuotedPassage
    stretches: tuple[Stretch, ...]
    url: str | None
    answers: bool = True

    @property
    def number(self) -> int:
        """Its rank, from 1."""
        return self.passage.rank

    @property
    def digest(self) -> bool:
        """Whether it is a retelling, which is never shown as the publisher's words."""
        return self.passage.source.kind == "digest"


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """Quotes under one heading: those shown at once, and those folded away. Without a heading they are the
    sources of the answer above.
    """

    heading: str
    shown: tuple[Quote, ...]
    folded: tuple[Quote, ...]


def groups(
    answer: Answer, passages: Sequence[QuotedPassage], named: Sequence[str] = ()
) -> tuple[QuoteGroup, ...]:
    """Group an answer's passages by kind, the kind of the best passage first. If a table answers about
    ``named`` subjects, passages that name none of them are folded away. Of a passage that is the whole answer
    only the source is shown.
    """
    if len(passages) == 1 and passages[0].text == answer.answer.text:
        return (QuoteGroup("", (Quote(passages[0], (), safe_url(passages[0].source.url)),), ()),)
    kinds = dict.fromkeys(passage.source.kind for passage in passages)
    return tuple(
        _group(kind, [passage for passage in passages if passage.source.kind == kind], answer, named)
        for kind in kinds
    )


def closest(passages: Sequence[QuotedPassage]) -> tuple[QuoteGroup, ...]:
    """Show only the best passage, with nothing marked, if no answer was found."""
    return (QuoteGroup("Closest passage", (quote(passages[0], answers=False),), ()),) if passages else ()


def quote(passage: QuotedPassage, *, answers: bool = True) -> Quote:
    """Prepare one passage."""
    return Quote(passage, tuple(_stretches(passage)), safe_url(passage.source.url), answers)


def safe_url(url: str | None) -> str | None:
    """Return ``url`` if it leads to the web; a corpus file may name anything."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _group(
    kind: DocumentKind, passages: Sequence[QuotedPassage], answer: Answer, named: Sequence[str]
) -> QuoteGroup:
    several = len({passage.source.document for passage in passages}) > 1
    quotes = tuple(quote(passage, answers=_answers(answer, passage, named)) for passage in passages)
    contradict = {one.passage for one in answer.conflicts}
    about = tuple(
        one for one in quotes if not named or one.passage.id in contradict or _names(one.passage.text, named)
    )
    shown = about[:OPEN_QUOTES]
    return QuoteGroup(HEADINGS[kind, several], shown, tuple(one for one in quotes if one not in shown))


def _answers(answer: Answer, passage: QuotedPassage, named: Sequence[str]) -> bool:
    """True if the best sentence of a passage may be marked. Beside an answer from a table it must contradict
    that answer or name one of its subjects; otherwise it is about somebody else.
    """
    if answer.answer.basis != "facts" or answer.parts or passage.answer is None:
        return True
    names = named or tuple(fact.subject for fact in answer.facts)
    contradicts = any(one.passage == passage.id for one in answer.conflicts)
    return contradicts or _names(passage.text[passage.answer.start : passage.answer.end], names)


def _names(text: str, names: Sequence[str]) -> bool:
    """Whether a text names one of several."""
    words = f" {key(text)} "
    return any(f" {key(name)} " in words for name in names if key(name))


def _stretches(passage: QuotedPassage) -> Iterator[Stretch]:
    text, best = passage.text, passage.answer or Span(len(passage.text), len(passage.text))
    for span, answers in ((Span(0, best.start), False), (best, True), (Span(best.end, len(text)), False)):
        if span.start < span.end:
            yield Stretch(tuple(_pieces(text, span, passage.highlights)), answers)


def _pieces(text: str, within: Span, matches: Iterable[Span]) -> Iterator[Piece]:
    place = within.start
    for match in sorted(matches, key=lambda span: span.start):
        start, end = max(match.start, place), min(match.end, within.end)
        if start >= end:
            continue
        if place < start:
            yield Piece(text[place:start], matched=False)
        yield Piece(text[start:end], matched=True)
        place = end
    if place < within.end:
        yield Piece(text[place : within.end], matched=False)
