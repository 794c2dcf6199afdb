"""A table to download, as CSV or as an Excel workbook: above it, the question, how it was read, and where the
figures come from.

Both show text as text: no cell is ever run as a formula.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter import Workbook

from qa.web.api.facts_csv import safe

Cell = str | int | float | datetime.date | None
WIDEST = 48  # characters of a column
_MEASURED = 200  # rows that a column's width is measured by


@dataclass(frozen=True, slots=True)
class Sheet:
    """``head`` are lines above the table, each a term and its text; ``rows`` have a cell for
    each of ``columns``.
    """

    head: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(sheet: Sheet) -> bytes:
    """Write CSV (RFC 4180) with a byte-order mark, by which spreadsheets know UTF-8: the head, an empty line,
    the table.
    """
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerows([safe(term), safe(words)] for term, words in sheet.head)
    rows.writerow(())
    rows.writerow(map(safe, sheet.columns))
    rows.writerows([safe("" if cell is None else str(cell)) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook of one sheet: dates are dates, numbers numbers, the headings stay in sight and filter
    the table.
    """
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(written, options)
    book.set_properties(
        {"title": "Askwell", "created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)}
    )  # a fixed date, so that the bytes are the same every day
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
    page = book.add_worksheet("Answer")
    for number, (term, words) in enumerate(sheet.head):
        page.write_string(number, 0, term, bold)
        page.write_string(number, 1, _printable(words))
    top = len(sheet.head) + 1
    for place, name in enumerate(sheet.columns):
        page.write_string(top, place, name, bold)
        page.set_column(place, place, _width(sheet, place))
    for number, row in enumerate(sheet.rows, top + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, _printable(cell))
            elif isinstance(cell, datetime.date):
                page.write_datetime(number, place, cell, day)
            elif cell is not None:
                page.write_number(number, place, cell)
    page.freeze_panes(top + 1, 1)
    if sheet.rows:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return written.getvalue()


def _width(sheet: Sheet, place: int) -> int:
    cells: Iterable[Cell] = (row[place] for row in sheet.rows[:_MEASURED])
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(WIDEST, max(longest, len(sheet.columns[place])) + 2)


def _printable(text: str) -> str:
    """Return text stripped of characters that XML does not allow, cut to the longest permitted cell."""
    return "".join(
        mark if mark >= " " or mark in "\t\n" else " " for mark in text.encode("utf-8", "replace").decode()
    )[:32_767]
