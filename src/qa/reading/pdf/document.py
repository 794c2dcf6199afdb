"""Turns a PDF into a Document: metadata from its first page and its name, then its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.reading.description import read_sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.formats import title_of
from qa.reading.judgements import judgement_facts, without_box
from qa.reading.lines import Line
from qa.reading.metadata import Metadata, date_in_name, read_metadata_lines
from qa.reading.pdf.blocks import Draft, drafts_of
from qa.reading.pdf.checked_opening import opened
from qa.reading.pdf.pages import PageText, pages_of
from qa.reading.pdf.running_heads import without_furniture
from qa.reading.problems import SHOWN, counted
from qa.records import FileContents, Report

_NEEDS_OCR = "Have a program recognise the text (OCR), and save it again."
_LONGEST_TITLE = 160
_FEWEST_LETTERS = 20  # of a PDF with text
_TOP = 12  # blocks in which a report gives its dates


def read_document(path: Path, name: str, report: Report) -> FileContents:
    """Read a PDF with pdfium. Raises Unreadable."""
    sidecar = read_sidecar(path)
    with opened(path) as file:
        pages = list(pages_of(file.pdf))
    if not _has_text(pages):
        report.warn(name, None, "The PDF has no text: its pages are empty or pictures.", _NEEDS_OCR)
        return FileContents()
    _tell_faults(pages, name, report)
    if not file.is_whole:
        message = "The PDF is damaged: letters may be wrong or missing, and no ratings are read from it."
        report.warn(name, None, message, "Download the file again.")
    drafts = drafts_of(without_furniture([page.lines for page in pages]))
    known, builder = Metadata(sidecar.title, sidecar.url, sidecar.published), TextBuilder()
    title = _title(drafts)
    for place, draft in enumerate(drafts):
        line = Line(0, 0, len(draft.text), draft.text)
        told = (
            read_metadata_lines([line], name, report) if place < _TOP and draft.kind == "paragraph" else None
        )
        known.add(told or Metadata())
        kind = "title" if title and place == 0 else "metadata" if told else draft.kind
        builder.add(kind, draft.text, draft.level, draft.page, draft.mark)
    known.add(Metadata(title=title, published=date_in_name(name)))
    document = known.document(name, builder.text, builder.blocks, title_of(name))
    if not file.is_whole:
        return FileContents((document,))
    return FileContents((without_box(document, sidecar.scale),), judgement_facts(document, sidecar, report))


def _has_text(pages: Sequence[PageText]) -> bool:
    return (
        sum(letter.isalpha() for page in pages for line in page.lines for letter in line.text)
        >= _FEWEST_LETTERS
    )


def _tell_faults(pages: Sequence[PageText], name: str, report: Report) -> None:
    damaged = [number for number, page in enumerate(pages, 1) if page.fault == "damaged"]
    pictures = [number for number, page in enumerate(pages, 1) if page.fault == "picture"]
    if damaged:
        told = counted(damaged[:SHOWN], len(damaged), "page")
        report.error(
            name,
            None,
            f"The PDF is damaged: {told} can't be read.",
            "Download the file again, or take it out of the folder.",
        )
    if pictures:
        told = counted(pictures[:SHOWN], len(pictures), "page")
        report.warn(
            name,
            None,
            f"{told}: a picture without text; not searched.",
            f"Ignore this if it shows no text. {_NEEDS_OCR}",
        )


def _title(drafts: Sequence[Draft]) -> str | None:
    """Return the heading that the first page begins with, and the one next below if they fit on a line."""
    parts = list(_first_headings(drafts))
    if len(parts) > 1 and sum(map(len, parts)) > _LONGEST_TITLE:
        parts = parts[:1]
    return ": ".join(parts) or None


def _first_headings(drafts: Sequence[Draft]) -> Iterator[str]:
    for draft in drafts[:2]:
        if draft.kind != "heading" or draft.page != drafts[0].page or len(draft.text) > _LONGEST_TITLE:
            return
        yield draft.text
