"""Records as text for a terminal: wrapped to a width, styled with ANSI codes that :func:`click.echo` strips
if the output is not a terminal.
"""

from __future__ import annotations

import datetime
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from qa.phrasing import long_date
from qa.question.query import WHOLE
from qa.records import Answer, FactSource, IndexState, PassageSource, QuotedPassage, RatingFact, Report

if TYPE_CHECKING:
    from qa.service.summary import Summary
    from qa.shelf import Card


def answer_lines(answer: Answer, width: int) -> Iterator[str]:
    """The whole answer, line by line: text, facts, passages, next questions. ``width`` is in characters."""
    for told in answer.answer.text.split("\n"):
        yield from (click.style(line, bold=True) for line in wrapped(told, width))
    yield from _read_lines(answer, width)
    if answer.facts:
        yield from _section("Facts")
        yield from _fact_lines(
            answer.facts, width, {one.fact: f"{one.value:.1f} {one.unit}" for one in answer.distances}
        )
        if answer.facts_total > len(answer.facts):
            yield f"  and {answer.facts_total - len(answer.facts)} more"
    if answer.passages:
        yield from _section("Passages" if answer.status != "not_found" else "The closest passages")
        for passage in answer.passages:
            yield from _passage_lines(passage, width)
    if answer.suggestions:
        yield from _section("Ask next")
        for suggestion in answer.suggestions:
            yield from wrapped(suggestion, width, "  ")


def progress(doing: str) -> Callable[[int, int], None] | None:
    """Return a one-line progress callback for the terminal; ``None`` if standard error is not a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, whole: int) -> None:
        click.echo(f"\r{doing}: {done:,} of {whole:,}", nl=done == whole, err=True)

    return tell


def _read_lines(answer: Answer, width: int) -> Iterator[str]:
    """How the question was read: the words that were corrected, the reading in English, the words that were
    left out.
    """
    read = answer.understood
    for change in read.corrections:
        yield from wrapped(f"Read “{change.source}” as “{change.target}”.", width)
    if read.reading is not None:
        yield from _dim(wrapped(read.standalone, width, "  ", "Read as: "))
    if read.left_out:
        yield from wrapped(
            ", ".join(f"“{words}”" for words in read.left_out) + ".", width, "  ", "Left out: "
        )


def summary_lines(summary: Summary, index: IndexState) -> list[str]:
    """Yield what a service has loaded, one line per figure."""
    rows = [
        ("documents", f"{summary.documents:,}"),
        ("passages", f"{summary.passages:,}"),
        ("facts", f"{summary.facts:,}"),
        ("subjects", f"{summary.subjects:,}"),
        ("dates", _period(summary.first, summary.as_of)),
        ("fingerprint", index.fingerprint),
    ]
    return columns(rows)


def check_lines(
    documents: Iterable[Card],
    sizes: tuple[int, int],
    dates: tuple[datetime.date | None, datetime.date | None],
    report: Report,
    width: int,
) -> Iterator[str]:
    """Yield the contents of a corpus folder: its documents with their passages, its tables, the number of
    facts and subjects, every problem.
    """
    cards = list(documents)
    yield from _titled("Documents", list(map(_document_row, cards)))
    yield from _titled("Tables", [(table, _counted(rows, "row")) for table, rows in report.rows.items()])
    facts, subjects = sizes
    held = (
        f"{_counted(len(cards), 'document')}, "
        f"{_counted(sum(card.passages for card in cards), 'passage')}, {_counted(facts, 'fact')}"
    )
    about = f" about {_counted(subjects, 'subject')}, published {_period(*dates)}" if facts else ""
    yield from wrapped(f"In all {held}{about}.", width)
    for problem in report.problems:
        yield from wrapped(f"{problem.severity.capitalize()}: {problem}", width, "  ", "")
    yield "No problems." if not report.problems else _counted(len(report.problems), "problem") + "."


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """``text`` with its white space joined, in lines of at most ``width``; long words, such as addresses,
    stay whole.
    """
    return textwrap.wrap(
        " ".join(printable(text).split()),
        max(width, 20),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def printable(text: str) -> str:
    """``text`` on one line, without characters that could control the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def columns(rows: Iterable[Sequence[str]], indent: str = "") -> list[str]:
    """The rows as a table whose columns are as wide as their widest cell."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in cells
    ]


def in_words(day: datetime.date | None) -> str:
    """A date as people write it, e.g. "15 March 2018"."""
    return long_date(day) if day else "date not published"


def _titled(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    return [click.style(title, bold=True), *columns(rows, "  "), ""] if rows else []


def _document_row(card: Card) -> tuple[str, ...]:
    title = textwrap.shorten(card.title, 40, placeholder="…")
    return card.path, title, in_words(card.published), card.kind, _counted(card.passages, "passage")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _period(first: datetime.date | None, last: datetime.date | None) -> str:
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def _section(title: str) -> list[str]:
    return ["", click.style(title, bold=True)]


def _fact_lines(facts: Sequence[RatingFact], width: int, off: Mapping[str, str]) -> Iterator[str]:
    rows = [(_about(fact, off.get(fact.id)), _change(fact), in_words(fact.published)) for fact in facts]
    table = columns(rows, "  ")
    if any(len(line) > width for line in table):
        table = [
            "\n".join([*wrapped(row[0], width, "  "), *wrapped(", ".join(row[1:]), width, "    ")])
            for row in rows
        ]
    for fact, line in zip(facts, table, strict=True):
        yield line
        if fact.note:
            yield from wrapped(f"Note: {fact.note}", width, "    ")
    for source in dict.fromkeys(_fact_source(fact.source) for fact in facts):
        yield from _dim(wrapped(f"Source: {source}", width, "  "))


def _about(fact: RatingFact, off: str | None) -> str:
    parts = [part for part in (off, fact.service, fact.aspect) if part and part != WHOLE]
    return ", ".join([fact.subject, *parts])


def _change(fact: RatingFact) -> str:
    after = fact.rating or "not rated"
    return f"{fact.previous_rating} → {after}" if fact.previous_rating else after


def _fact_source(source: FactSource) -> str:
    return ", ".join(part for part in (source.title, source.document, source.url) if part)


def _passage_lines(passage: QuotedPassage, width: int) -> Iterator[str]:
    lead = f"  {passage.rank}. "
    indent = " " * len(lead)
    text = passage.text if passage.source.kind == "digest" else f"“{passage.text}”"
    yield from wrapped(text, width, indent, lead)
    yield from _dim(wrapped(_passage_source(passage.source), width, indent))


def _passage_source(source: PassageSource) -> str:
    title = f"Digest of: {source.title}" if source.kind == "digest" else source.title
    page = f"page {source.page}" if source.page else None
    section = source.section if source.section != source.title else None
    return ", ".join(
        part
        for part in (title, section, page, in_words(source.published), source.url or source.document)
        if part
    )


def _dim(lines: Iterable[str]) -> Iterator[str]:
    return (click.style(line, dim=True) for line in lines)
