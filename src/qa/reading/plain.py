"""Plain text: paragraphs between empty lines, headings by their looks, and pages saved from a browser."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.reading.decoding import decode
from qa.reading.description import read_sidecar
from qa.reading.formats import title_of
from qa.reading.judgements import find_box, judgement_facts
from qa.reading.lines import Line, Piece, lines_of, runs
from qa.reading.metadata import Metadata, read_metadata_lines, split_head
from qa.reading.saved_page import SavedPage, find_saved_page, without_repeats
from qa.reading.table import Origin
from qa.records import FileContents, Report
from qa.scale import Scale

_LONG_LINE = 160  # characters: such lines are paragraphs of their own, not wrapped ones
_TOP = 5  # paragraphs in which a document may give its address
_LONGEST_HEADING = 80
_LONGEST_TITLE = 200
_ITEM = re.compile(r"(?:[-*•‣◦–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_UNDERLINE = re.compile(r"([=~-])\1{2,}")
_NUMBERED = re.compile(r"\d{1,2}((?:\.\d{1,2})*)\.?\s+\S")
_ENDS_A_SENTENCE = (".", "!", "?", ",", ";", ":")


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a text file: its text is the decoded file itself. Raises Unreadable."""
    sidecar = read_sidecar(path)
    text = decode(path.read_bytes(), name, report)
    lines = lines_of(text)
    if not any(line.text for line in lines):
        report.warn(name, None, "The file is empty.", "Put its text in, or take it out of the folder.")
        return FileContents()
    head, box = _head(lines, name, report), _box(lines, text, sidecar.scale)
    told = {line.number for line in (*head.lines, *box)}
    page = find_saved_page(
        [replace(line, text="") if line.number in told else line for line in lines], sidecar, name, report
    )
    pieces, metadata = _pieces(
        lines, page, [*head.pieces, *([Piece.of("table", box)] if box else [])], name, report
    )
    known = Metadata(sidecar.title, sidecar.url, sidecar.published)
    known.add(head.metadata)
    known.add(metadata)
    title = pieces[0].text if pieces and pieces[0].kind == "title" else title_of(name)
    document = known.document(name, text, [piece.block for piece in pieces], title)
    origin = Origin(name, document.title, name, document.url, document.published, "line")
    facts = itertools.chain(page.facts(sidecar, origin, report), judgement_facts(document, sidecar, report))
    return FileContents((document,), facts)


@dataclass(frozen=True, slots=True)
class _Head:
    """The metadata between two lines of hyphens, if the file begins with them."""

    metadata: Metadata = field(default_factory=Metadata)
    lines: Sequence[Line] = ()

    @property
    def pieces(self) -> list[Piece]:
        """The head as a piece of metadata; none if there is no head."""
        filled = tuple(line for line in self.lines if line.text)
        told = [line for line in filled if line.text != "---"]
        return [Piece("metadata", filled, told[0].start, told[-1].end)] if told else []


def _head(lines: Sequence[Line], name: str, report: Report) -> _Head:
    if lines[0].text != "---":
        return _Head()  # pairs without the hyphens are recognised anywhere
    metadata, length = split_head([line.text for line in lines], name, report)
    return _Head(metadata, lines[:length])


def _box(lines: Sequence[Line], text: str, scale: Scale) -> list[Line]:
    """Return the lines of a report's box of judgements, if it has lines of its own."""
    box = find_box(text, scale)
    return [line for line in lines if box and line.text and box.start <= line.start and line.end <= box.end]


def _pieces(
    lines: Sequence[Line], page: SavedPage, others: Sequence[Piece], name: str, report: Report
) -> tuple[list[Piece], Metadata]:
    metadata = Metadata()
    pieces = [table.piece for table in page.tables] + [note.piece for note in page.footnotes] + list(others)
    for place, run in enumerate(_outside(lines, pieces)):
        told = read_metadata_lines(run, name, report, place < _TOP)
        if told is None:
            pieces += _paragraphs(run)
        else:
            metadata.add(told)
            pieces.append(Piece.of("metadata", run))
    pieces.sort(key=lambda piece: piece.start)
    if any(piece.kind in ("table", "metadata") for piece in pieces):
        pieces = without_repeats(pieces)
    return _with_headings(pieces), metadata


def _outside(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[list[Line]]:
    """Yield the runs of lines that are in none of ``pieces``."""
    taken = {line.number for piece in pieces for line in piece.lines}
    yield from runs(replace(line, text="") if line.number in taken else line for line in lines)


def _paragraphs(run: Sequence[Line]) -> Iterator[Piece]:
    """Yield the paragraphs, items and underlined headings of a run of lines."""
    if len(run) == 2 and _UNDERLINE.fullmatch(run[1].text):
        yield Piece.of("heading", run[:1], 1 if run[1].text[0] == "=" else 2)
        return
    separate = any(len(line.text) > _LONG_LINE for line in run)
    part: list[Line] = []
    for line in run:
        item = _ITEM.match(line.text)
        if part and (separate or item):
            yield _paragraph(part)
            part = []
        part.append(line)
    yield _paragraph(part)


def _paragraph(lines: Sequence[Line]) -> Piece:
    return Piece.of("item" if _ITEM.match(lines[0].text) else "paragraph", lines)


def _with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` with the title and the headings distinguished from the paragraphs."""
    kept = list(pieces)
    if (
        kept
        and kept[0].kind in ("paragraph", "heading")
        and len(kept[0].lines) == 1
        and _is_title(kept[0].text)
    ):
        kept[0] = replace(kept[0], kind="title", level=1)
    below = ""  # the kind of the piece below
    for place in range(len(kept) - 1, -1, -1):
        piece = kept[place]
        if (
            piece.kind in ("paragraph", "item")
            and _looks_like_heading(piece)
            and below in ("paragraph", "item", "table", "heading")
        ):
            kept[place] = replace(piece, kind="heading", level=_level(piece.text))
        below = kept[place].kind
    return _without_lists(kept)


def _without_lists(pieces: list[Piece]) -> list[Piece]:
    """Make all but the last of three and more headings in a row paragraphs again: they are a list of short
    lines.
    """
    kept, start = list(pieces), 0
    for place in range(len(pieces) + 1):
        if place < len(pieces) and pieces[place].kind == "heading":
            continue
        if place - start > 2:
            kept[start : place - 1] = [
                replace(piece, kind="paragraph", level=0) for piece in pieces[start : place - 1]
            ]
        start = place + 1
    return kept


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and not text.endswith((".", ",", ";", ":"))
        and any(map(str.isalpha, text))
    )


def _looks_like_heading(piece: Piece) -> bool:
    text = piece.text
    if len(piece.lines) > 1 or len(text) > _LONGEST_HEADING or text.endswith(_ENDS_A_SENTENCE):
        return False
    if piece.kind == "item" and not _NUMBERED.match(text):
        return False
    return (text[0].isupper() or text[0].isdigit()) and any(map(str.isalpha, text))


def _level(text: str) -> int:
    """Return the level in a heading's number, "2.1 Staff" below "2 Findings"; otherwise the one
    below the title.
    """
    found = _NUMBERED.match(text)
    return 2 + found[1].count(".") if found else 2
