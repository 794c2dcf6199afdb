"""Rows of one width: a row with more or fewer cells than the heading may have them in wrong columns, so it is
reported and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qa.reading.column_headings import Row
from qa.reading.problems import Tally

_BELOW = ("{rows}: text below the table; not read.", "Ignore this if it has no rating.")
_QUOTE = "Put cells that hold the separator, a line break or a quotation mark into double quotation marks."


_REMARK = re.compile(
    r"(?:notes?|sources?|footnotes?|key|copyright|n\.?\s?b\.?|©)\b\s*[:.\d–-]|[*†‡§¶#©]", re.IGNORECASE
)
_LONG = 120  # characters; a cell of more is text and no name


def is_remark(cell: str) -> bool:
    """Return whether a row that begins so is a remark upon the table: "Note: …", "Source: …", "* …", or a
    text of its own.
    """
    return _REMARK.match(cell.strip()) is not None or len(cell.strip()) > _LONG


def even_rows(rows: Iterable[Row], width: int, tally: Tally) -> Iterator[Row]:
    """Yield the rows of ``width`` cells that are not empty; ``tally`` gets the others."""
    short: list[Row] = []  # rows with too few cells, which may be the parts of one
    for printed in rows:
        row = _trimmed(printed, width)
        if not any(map(str.strip, row.cells)):
            continue
        if short and sum(len(part.cells) - 1 for part in (*short, row)) == width - 1:
            tally.error(
                "{rows}: a row is broken by a line break within a cell; not read.", _QUOTE, short[0].number
            )
            short = []
        elif len(row.cells) < width:
            short.append(row)
        else:
            _tell_short(short, width, tally)
            short = []
            if len(row.cells) == width:
                yield row
            else:
                tally.error(
                    f"{{rows}}: more cells than the {width} of the heading; not read.", _QUOTE, row.number
                )
    _tell_short(_without_text_below(short, tally), width, tally)


def _without_text_below(short: Sequence[Row], tally: Tally) -> Sequence[Row]:
    """Return the ``short`` rows at the end without those of text below the table, if the last one is text.
    The rows dropped are added to ``tally``."""
    if not short or not _is_text(short[-1]):
        return short
    parts: list[Row] = []
    for row in short:
        if _is_text(row):
            tally.warn(*_BELOW, row.number)
        else:
            parts.append(row)
    return parts


def _is_text(row: Row) -> bool:
    return len(row.cells) == 1 or is_remark(row.cells[0])


def _trimmed(row: Row, width: int) -> Row:
    """Return ``row`` without empty cells beyond the heading."""
    return (
        row
        if len(row.cells) <= width or any(map(str.strip, row.cells[width:]))
        else Row(row.number, row.cells[:width], row.notes)
    )


def _tell_short(rows: Iterable[Row], width: int, tally: Tally) -> None:
    for row in rows:
        message = f"{{rows}}: fewer cells than the {width} of the heading; not read."
        tally.error(message, f"Add the missing separators. {_QUOTE}", row.number)
