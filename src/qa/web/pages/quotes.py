"""Quoted passages as the page shows them: cut where marks begin and end, grouped by author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.records import DocumentKind, QuotedPassage, Span

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
    """Pieces that belong together; ``answers`` if they are the sentence that answers best."""

    pieces: tuple[Piece, ...]
    answers: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage: its number in the answer, its text cut into stretches, its source with an address that is
    safe to link.
    """

    passage: QuotedPassage
    stretches: tuple[Stretch, ...]
    url: str | None

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
    """Quotes under one heading: those shown at once, those that unfold."""

    heading: str
    shown: tuple[Quote, ...]
    folded: tuple[Quote, ...]


def groups(passages: Sequence[QuotedPassage]) -> tuple[QuoteGroup, ...]:
    """Group passages by kind, the kind of the best passage first."""
    kinds = dict.fromkeys(passage.source.kind for passage in passages)
    return tuple(
        _group(kind, [passage for passage in passages if passage.source.kind == kind]) for kind in kinds
    )


def closest(passages: Sequence[QuotedPassage]) -> tuple[QuoteGroup, ...]:
    """Show only the best passage, as the closest to an answer that was not found."""
    return (QuoteGroup("Closest passage", (quote(passages[0]),), ()),) if passages else ()


def quote(passage: QuotedPassage) -> Quote:
    """Prepare one passage."""
    return Quote(passage, tuple(_stretches(passage)), safe_url(passage.source.url))


def safe_url(url: str | None) -> str | None:
    """Return ``url`` if it leads to the web; a corpus file may name anything."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _group(kind: DocumentKind, passages: Sequence[QuotedPassage]) -> QuoteGroup:
    several = len({passage.source.document for passage in passages}) > 1
    quotes = tuple(quote(passage) for passage in passages)
    return QuoteGroup(HEADINGS[kind, several], quotes[:OPEN_QUOTES], quotes[OPEN_QUOTES:])


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
