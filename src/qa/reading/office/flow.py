"""Turns the contents of an office document, in order, into a Document and the facts of its tables."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from qa.reading.column_headings import Row
from qa.reading.description import Sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.formats import title_of
from qa.reading.grid import as_text, grid_facts, mark_rows, take_notes
from qa.reading.judgements import judgement_facts, without_box
from qa.reading.lines import lines_of
from qa.reading.metadata import Metadata, date_in_name, read_metadata_lines
from qa.reading.single_subject_table import Place, with_place
from qa.reading.table import Origin
from qa.records import BlockKind, FileContents, Report

LONGEST_HEADING = 150  # characters of a bold line that is taken for a heading
BOLD_LEVEL = 6  # of such headings, below those that are styled as headings
_TOP = 12  # blocks in which a report gives its dates
_WIDEST = 200  # columns


class Flow:
    """Collects paragraphs, tables and footnotes; the first title, otherwise the first highest
    heading, names the document.
    """

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.tables: list[list[Row]] = []
        self.title: str | None = None
        self._notes: list[tuple[str, str]] = []

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add a paragraph, heading or item; lines within it stay lines."""
        text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if kind in ("title", "heading"):
            text = " ".join(text.split())
        if kind == "heading" and level == 1 and self.title is None and not self.builder.blocks and text:
            kind = "title"
        if kind == "title" and self.title is None and text:
            self.title = text
        elif kind == "title":
            kind, level = "heading", 1
        self.builder.add(kind, text, level)

    def add_bold(self, text: str) -> None:
        """Add a paragraph of bold letters: a heading, if it is short and no sentence."""
        is_heading = (
            len(text) <= LONGEST_HEADING
            and "\n" not in text.strip()
            and not text.rstrip().endswith((".", ",", ";", ":"))
        )
        self.add(
            "heading" if is_heading and any(map(str.isalpha, text)) else "paragraph",
            text,
            BOLD_LEVEL if is_heading else 0,
        )

    def add_table(self, lines: Sequence[Sequence[str]]) -> None:
        """Add a table; of one column its cells are paragraphs."""
        if max(map(len, lines), default=0) <= 1:
            for line in lines:
                self.add("paragraph", "\n".join(line))
            return
        rows = [
            Row(number, tuple(" ".join(cell.split()) for cell in line[:_WIDEST]))
            for number, line in enumerate(lines, 1)
        ]
        self.builder.add("table", as_text(rows))
        self.tables.append(rows)

    def add_note(self, mark: str, text: str) -> None:
        """Add a footnote, which goes to the end."""
        self._notes.append((mark, " ".join(text.split())))

    def contents(self, name: str, sidecar: Sidecar, own_title: str, report: Report) -> FileContents:
        """Return the document with its facts; ``own_title`` is the title in the file's properties."""
        for mark, text in self._notes:
            self.builder.add("note", text, mark=f"{mark}. ")
        if not self.builder.blocks:
            report.warn(
                name, None, "The document has no text.", "Put its text in, or take it out of the folder."
            )
            return FileContents()
        known = Metadata(sidecar.title, sidecar.url, sidecar.published)
        known.add(Metadata(title=self.title or own_title or None))
        known.add(self._take_metadata(name, report))
        known.add(Metadata(published=date_in_name(name)))
        place = Place(self.title) if self.title else None
        tables = [with_place(rows, place, sidecar) for rows in self.tables]
        notes = dict(self._notes) | take_notes(self.builder, tables)
        mark_rows(self.builder, tables, notes, sidecar)
        document = known.document(name, self.builder.text, self.builder.blocks, title_of(name))
        origins = (
            Origin(name, document.title, f"{name}:{number}", document.url, document.published)
            for number in range(1, len(tables) + 1)
        )
        facts = (
            grid_facts(rows, notes, sidecar, origin, report)
            for rows, origin in zip(tables, origins, strict=True)
        )
        return FileContents(
            (without_box(document, sidecar.scale),),
            itertools.chain(itertools.chain.from_iterable(facts), judgement_facts(document, sidecar, report)),
        )

    def _take_metadata(self, name: str, report: Report) -> Metadata:
        metadata = Metadata()
        for place, block in enumerate(self.builder.blocks[:_TOP]):
            if block.kind != "paragraph":
                continue
            told = read_metadata_lines(lines_of(self.builder.text[block.start : block.end]), name, report)
            if told is not None:
                metadata.add(told)
                self.builder.blocks[place] = replace(block, kind="metadata")
        return metadata
