"""Footnotes: which marks a table's cells carry, and the notes that they point to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from qa.reading.column_headings import Row
from qa.reading.ratings import MARK, split_mark

_FOOTNOTE = re.compile(rf"({MARK}|\d{{1,2}}(?=[.)\s]))[.)]?\s*(?=\S)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", "[]()")


def marks_of(rows: Iterable[Row]) -> set[str]:
    """Return the marks at the cells of ``rows``, as they are compared."""
    return {_key(mark) for row in rows for cell in row.cells if (mark := split_mark(cell)[1])}


def marked(text: str, marks: Collection[str]) -> tuple[str, int] | None:
    """Return which of ``marks`` the text starts with, and where the note itself starts;
    ``None`` if with none.
    """
    found = _FOOTNOTE.match(text)
    return (_key(found[1]), found.end()) if found and _key(found[1]) in marks else None


def note_in(row: Row, marks: Collection[str], width: int) -> tuple[str, str] | None:
    """Return the mark and the text of a row that is a footnote to one of ``marks``; ``None`` for a row of a
    table of that ``width``.
    """
    told = [cell.strip() for cell in row.cells if cell.strip()]
    if not told or (len(told) > 1 and len(row.cells) >= width) or (found := marked(told[0], marks)) is None:
        return None
    mark, start = found
    return mark, ", ".join((" ".join(told[0][start:].split()), *told[1:]))


def with_notes(row: Row, notes: Mapping[str, str]) -> Row:
    """Return ``row`` with the marks that have a note taken off its cells, and those notes added."""
    cells, found = list(row.cells), list[str]()
    for place, cell in enumerate(cells):
        bare, mark = split_mark(cell)
        while mark is not None and (note := notes.get(_key(mark))):
            found.append(note)
            cells[place] = bare
            bare, mark = split_mark(bare)
    return replace(row, cells=tuple(cells), notes=tuple(dict.fromkeys(found)))


def _key(mark: str) -> str:
    """Return the mark in the form in which it is compared: "[1]" and "¹" are "1"."""
    return mark.translate(_SUPERSCRIPTS)
