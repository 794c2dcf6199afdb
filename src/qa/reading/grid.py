"""Tables within documents: which of them are tables of ratings, their footnotes and their facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.reading.column_headings import Row
from qa.reading.description import Sidecar
from qa.reading.document_builder import TextBuilder
from qa.reading.footnotes import marked, marks_of, with_notes
from qa.reading.problems import Tally
from qa.reading.table import Origin, read_facts
from qa.reading.table_start import LOOKED_AT, Layout, NoTable, find_layout
from qa.records import CELLS, RatingFact, Report


def as_text(rows: Sequence[Row]) -> str:
    """Return a table as a document shows it: a row to a line, its cells between bars."""
    return "\n".join(CELLS.join(row.cells) for row in rows)


def mark_rows(
    builder: TextBuilder, tables: Sequence[Sequence[Row]], notes: dict[str, str], sidecar: Sidecar
) -> None:
    """Give the kind "rows" to the blocks in ``builder`` of all ``tables`` that have a heading and no
    ratings.
    """
    blocks = (place for place, block in enumerate(builder.blocks) if block.kind == "table")
    for rows, place in zip((rows for rows in tables if as_text(rows).strip()), blocks, strict=True):
        if len(rows) > 1 and not _is_rated(rows, notes, sidecar):
            builder.blocks[place] = replace(builder.blocks[place], kind="rows")


def _is_rated(rows: Sequence[Row], notes: dict[str, str], sidecar: Sidecar) -> bool:
    try:
        find_layout(_even(rows, notes)[:LOOKED_AT], sidecar)
    except NoTable as problem:
        return problem.near
    return True


def _even(rows: Sequence[Row], notes: dict[str, str]) -> list[Row]:
    """The rows, all as wide as the widest, with their footnotes."""
    width = max((len(row.cells) for row in rows), default=0)
    return [
        with_notes(replace(row, cells=(*row.cells, *[""] * (width - len(row.cells)))), notes) for row in rows
    ]


def take_notes(builder: TextBuilder, tables: Sequence[Sequence[Row]]) -> dict[str, str]:
    """Return the footnotes to ``tables`` by their marks; their blocks in ``builder`` become notes."""
    wanted, notes = marks_of(row for rows in tables for row in rows), dict[str, str]()
    for place, block in enumerate(builder.blocks):
        text = builder.text[block.start : block.end] if wanted and block.kind in ("paragraph", "item") else ""
        if found := marked(text, wanted - notes.keys()):
            mark, start = found
            notes[mark] = " ".join(text[start:].split())
            builder.blocks[place] = replace(block, kind="note", start=block.start + start)
    return notes


def _tell_wide(rows: Sequence[Row], layout: Layout, origin: Origin, report: Report) -> None:
    """Report rows with cells that have no heading, as when two rows became one."""
    width = next((len(row.cells) for row in rows if row.number == layout.heading.number), layout.width)
    tally = Tally(origin.document, origin.unit)
    for row in rows:
        if row.number > layout.heading.number and any(cell.strip() for cell in row.cells[width:]):
            mend = "Give each row its own line in the table, and each column its heading."
            tally.error(
                "{rows}: more cells than the heading; those beyond it are not read.", mend, row.number
            )
    tally.tell(report)


def grid_facts(
    rows: Sequence[Row], notes: dict[str, str], sidecar: Sidecar, origin: Origin, report: Report
) -> Iterator[RatingFact]:
    """Yield the facts of a document's table; none if it is not one of ratings. A near miss is reported."""
    even = _even(rows, notes)
    try:
        layout = find_layout(even, sidecar)
    except NoTable as problem:
        if problem.near:
            report.warn(origin.document, problem.line, problem.message, problem.mend)
        return
    _tell_wide(rows, layout, origin, report)
    yield from read_facts(even[layout.body :], layout, sidecar, origin, report)
