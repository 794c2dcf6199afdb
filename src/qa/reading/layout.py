"""Where a table starts: its heading row, or two rows that make one heading, beneath whatever stands above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.reading.columns import Columns, Row
from qa.reading.dates import looks_month_first
from qa.reading.problems import Unreadable
from qa.reading.ratings import read_rating
from qa.reading.recognition import Values, filled, recognise
from qa.reading.sidecar import Sidecar

LOOKED_AT = 500  # rows, of which a table's layout is told
_TOP = 40  # rows among which the heading must stand
_BESIDE = "a file of the table's name with “.toml” added"
_DESCRIBE = f"Or describe the table in {_BESIDE}: [columns] subject = “…”, rating = “…”."


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's heading and what its columns hold.

    ``body`` is the index of the first row beneath, among the rows looked at; ``above`` are the numbers of the filled rows above.
    """

    heading: Row
    columns: Columns
    body: int
    above: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.heading.cells)


class NoTable(Unreadable):
    """The rows hold no table of ratings. ``near`` tells that a table was meant: it has columns of subjects and ratings."""

    def __init__(self, message: str, mend: str, line: int | None = None, near: bool = False) -> None:
        super().__init__(message, mend, line)
        self.near = near


def find_layout(rows: Sequence[Row], sidecar: Sidecar) -> Layout:
    """Return the layout of the table that starts within ``rows``. Raises NoTable, naming what is missing."""
    if not any(filled(row.cells) for row in rows):
        raise NoTable("The table is empty.", "Put the table in, or take the file out.")
    best: Layout | None = None
    for layout in _layouts(rows, sidecar):
        if best is None or _worth(layout.columns) > _worth(best.columns):
            best = layout
    if best is not None and not best.columns.ratings:
        columns = recognise(best.heading.cells, _values(rows[best.body :]), sidecar, by_values=True)
        best = replace(best, columns=columns)
    if best is None or not best.columns.usable:
        raise _without(best, sidecar)
    _check_values(best, rows, sidecar)
    return replace(best, above=tuple(row.number for row in rows if row.number < best.heading.number and filled(row.cells)))


def _worth(columns: Columns) -> tuple[bool, int]:
    return columns.usable, columns.found


def _layouts(rows: Sequence[Row], sidecar: Sidecar) -> Iterator[Layout]:
    """Yield each row, alone and together with the next, as a heading."""
    for index, row in enumerate(rows[:_TOP]):
        if sidecar.header_row not in (None, row.number) or not filled(row.cells):
            continue
        yield _layout(row, rows, index + 1, sidecar)
        if index + 1 < len(rows):
            for upper in (row.cells, _filled_forward(row.cells)):
                both = tuple(_joined(above.strip(), below.strip()) for above, below in zip(upper, rows[index + 1].cells, strict=False))
                yield _layout(Row(row.number, both), rows, index + 2, sidecar)


def _layout(heading: Row, rows: Sequence[Row], body: int, sidecar: Sidecar) -> Layout:
    return Layout(heading, recognise(heading.cells, _values(rows[body:]), sidecar), body)


def _joined(above: str, below: str) -> str:
    return above if above == below else f"{above} {below}".strip()


def _filled_forward(cells: Sequence[str]) -> list[str]:
    """Return the headings of merged cells: each stands for the empty cells to its right as well."""
    filled_cells: list[str] = []
    for cell in cells:
        filled_cells.append(cell.strip() or (filled_cells[-1] if filled_cells else ""))
    return filled_cells


def _values(rows: Sequence[Row]) -> Values:
    return lambda index: filled([row.cells[index] for row in rows if index < len(row.cells)])


def _without(best: Layout | None, sidecar: Sidecar) -> NoTable:
    """Return the problem of a table that lacks a column, or whose columns can't be told apart."""
    if best is None:
        return NoTable(f"The table has no row {sidecar.header_row}, which its description names as the heading.", "Mend header_row there.")
    columns, line = best.columns, best.heading.number
    if columns.doubts:
        message = f"The columns can't be told apart: {'; '.join(columns.doubts)}."
        return NoTable(message, f"Rename the headings. {_DESCRIBE}", line, near="subject" in columns.fields)
    missing = [] if columns.ratings else ["no column of ratings"]
    missing += [] if "subject" in columns.fields else ["no column with the names of what is rated"]
    headings = ", ".join(f"“{heading[:40]}”" for heading in filled(best.heading.cells)[:30])
    return NoTable(
        f"The table has {' and '.join(missing)}; its headings are {headings}.", f"Head them “Trust” and “Rating”. {_DESCRIBE}", line
    )


def _check_values(layout: Layout, rows: Sequence[Row], sidecar: Sidecar) -> None:
    """Raise NoTable where no rating is known, or where dates could be misread."""
    values, columns, line = _values(rows[layout.body :]), layout.columns, layout.heading.number
    words = [word for column in columns.ratings for word in values(column.index)]
    if not words and any(filled(row.cells) for row in rows[layout.body :]):
        mend = "Fill them in. A formula's result is there only once a spreadsheet program has saved the file."
        raise NoTable("The rating columns are empty.", mend, line, near=True)
    if words and not any(read_rating(word, sidecar.scale).rating for word in words):
        shown = ", ".join(f"“{word[:40]}”" for word in list(dict.fromkeys(words))[:8])
        mend = f"Give the publisher's scale in {_BESIDE}: [scale] ratings = [“best”, …, “worst”]."
        raise NoTable(f"None of the words in the rating columns is on the rating scale: {shown}.", mend, line, near=True)
    dates = values(columns.fields["published"]) if "published" in columns.fields else []
    if sidecar.date_format is None and any(looks_month_first(date) for date in dates):
        message = "The dates stand month first, so that 03/04/2018 is not 3 April."
        raise NoTable(message, f"Say so in {_BESIDE}: date_format = “%m/%d/%Y”.", line, near=True)
