"""Where a table starts: its heading row, or two rows that make one heading, beneath whatever stands above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.reading.columns import Columns, Row
from qa.reading.dates import looks_month_first, read_date
from qa.reading.problems import Unreadable
from qa.reading.ratings import read_rating
from qa.reading.recognition import Values, filled, recognise
from qa.reading.sidecar import Sidecar

LOOKED_AT = 500  # rows, of which a table's layout is told
_TOP = 40  # rows among which the heading must stand
_DESCRIBE = "Or describe the table in a file of its name with “.toml” added: [columns] subject = “…”, rating = “…”."


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's heading and what its columns hold. ``body`` is the index of the first row beneath, among the rows looked at."""

    heading: Row
    columns: Columns
    body: int

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.heading.cells)


class NoTable(Unreadable):
    """The rows hold no table of ratings. ``near`` tells that a table was meant: it has columns of subjects and ratings."""

    near = False


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
    return best


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
                both = tuple(f"{above} {below}".strip() for above, below in zip(upper, rows[index + 1].cells, strict=False))
                yield _layout(Row(row.number, both), rows, index + 2, sidecar)


def _layout(heading: Row, rows: Sequence[Row], body: int, sidecar: Sidecar) -> Layout:
    return Layout(heading, recognise(heading.cells, _values(rows[body:]), sidecar), body)


def _filled_forward(cells: Sequence[str]) -> list[str]:
    """Return the headings of merged cells: each stands for the empty cells to its right as well."""
    filled_cells: list[str] = []
    for cell in cells:
        filled_cells.append(cell.strip() or (filled_cells[-1] if filled_cells else ""))
    return filled_cells


def _values(rows: Sequence[Row]) -> Values:
    return lambda index: filled([row.cells[index] for row in rows if index < len(row.cells)])


def _without(best: Layout | None, sidecar: Sidecar) -> NoTable:
    if best is None:
        return NoTable(f"The table has no row {sidecar.header_row}, which its description names as the heading.", "Mend header_row there.")
    columns, headings = best.columns, ", ".join(f"“{heading}”" for heading in filled(best.heading.cells)[:30])
    if columns.doubts:
        problem = NoTable(
            f"The columns can't be told apart: {'; '.join(columns.doubts)}.", f"Rename the headings. {_DESCRIBE}", best.heading.number
        )
        problem.near = "subject" in columns.fields
        return problem
    missing = (
        "rating" if "subject" in columns.fields else "name of what is rated" if columns.ratings else "rating and no name of what is rated"
    )
    return NoTable(
        f"The table has no column with the {missing}; its headings are {headings}.",
        f"Name the column, e.g. “Trust” or “Rating”. {_DESCRIBE}",
        best.heading.number,
    )


def _check_values(layout: Layout, rows: Sequence[Row], sidecar: Sidecar) -> None:
    values = _values(rows[layout.body :])
    words = [word for column in layout.columns.ratings for word in values(column.index)]
    if words and not any(read_rating(word, sidecar.scale).rating for word in words):
        shown = ", ".join(f"“{word[:40]}”" for word in list(dict.fromkeys(words))[:8])
        problem = NoTable(
            f"None of the words in the rating columns is on the rating scale: {shown}.",
            "Give the publisher's scale in a file of the table's name with “.toml” added: [scale] ratings = [“best”, …, “worst”].",
            layout.heading.number,
        )
        problem.near = True
        raise problem
    dates = values(layout.columns.fields["published"]) if "published" in layout.columns.fields else []
    if sidecar.date_format is None and any(looks_month_first(date) and read_date(date) is None for date in dates):
        raise Unreadable(
            "The dates stand month first, so that 03/04/2018 can't be told from 3 April.",
            "Say so in a file of the table's name with “.toml” added: date_format = “%m/%d/%Y”.",
            layout.heading.number,
        )
