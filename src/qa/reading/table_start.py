"""Finds where a table starts: its heading row, or two rows that make one heading, below any text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from qa.reading.column_headings import DAYS, Columns, Row, plain
from qa.reading.date_columns import DateForm, forms_of, holds_dates
from qa.reading.description import Sidecar
from qa.reading.footnotes import marks_of, note_in
from qa.reading.headed_columns import Values
from qa.reading.problems import Unreadable
from qa.reading.ratings import read_rating
from qa.reading.recognition import filled, recognise
from qa.scale import Scale

LOOKED_AT = 500  # rows from which a table's layout is recognised
_TOP = 40  # the heading must be among this many rows
_BESIDE = "a file of the table's name with “.toml” added"
_DESCRIBE = f"Or describe the table in {_BESIDE}: [columns] subject = “…”, rating = “…”."


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's heading and the contents of its columns.

    ``body`` is the index of the first row below it, among the sampled rows; ``above`` are the numbers of the
    filled rows above. ``dates`` are the forms of the dates in the columns with dates, by the column's index.
    """

    heading: Row
    columns: Columns
    body: int
    above: tuple[int, ...] = ()
    dates: Mapping[int, DateForm] = field(default_factory=dict)
    two_rows: bool = False  # whether the heading takes two rows
    marks: frozenset[str] = frozenset()  # the footnote marks at the cells looked at
    notes: Mapping[str, str] = field(
        default_factory=dict
    )  # the footnotes in rows of their own, by their marks

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.heading.cells)


class NoTable(Unreadable):
    """The rows have no table of ratings. ``near`` says that one was meant: it has columns of
    subjects and ratings.
    """

    def __init__(self, message: str, mend: str, line: int | None = None, near: bool = False) -> None:
        super().__init__(message, mend, line)
        self.near = near


def find_layout(rows: Sequence[Row], sidecar: Sidecar) -> Layout:
    """Return the layout of the table that starts within ``rows``. Raises NoTable, naming what is missing."""
    if not any(filled(row.cells) for row in rows):
        raise NoTable("The table is empty.", "Put the table in, or take the file out.")
    best = max(_layouts(rows, sidecar), key=_worth, default=None)
    if best is not None and not best.columns.ratings:
        columns = recognise(best.heading.cells, _values(rows[best.body :]), sidecar, by_values=True)
        best = replace(best, columns=columns)
    if best is None or not best.columns.usable:
        raise _without(best, sidecar)
    _check_values(best, rows, sidecar)
    above = tuple(row.number for row in rows if row.number < best.heading.number and filled(row.cells))
    beneath = rows[best.body :]
    marks = marks_of(row for row in beneath if len(row.cells) >= best.width)
    return replace(best, above=above, dates=_dates(best, beneath, sidecar), marks=frozenset(marks))


def completed_from_all_rows(layout: Layout, rows: Callable[[], Iterable[Row]], sidecar: Sidecar) -> Layout:
    """Complete the layout with details that need the whole table, if the sampled rows leave them open.

    These are the order of ambiguous dates, and footnotes to marks in cells. ``rows`` yields all rows again.
    """
    unsure = [] if all(form.sure for form in layout.dates.values()) else list(layout.dates)
    if not unsure and not layout.marks:
        return layout
    printed: dict[int, dict[str, None]] = {index: {} for index in unsure}
    notes: dict[str, str] = {}
    for row in itertools.islice(rows(), layout.body, None):
        for index, told in printed.items():
            if index < len(row.cells):
                told[row.cells[index]] = None
        if layout.marks and (found := note_in(row, layout.marks, layout.width)) is not None:
            notes.setdefault(*found)
    dates = forms_of(printed, _formats(layout, sidecar)) if unsure else layout.dates
    return replace(layout, dates=dates, notes=notes)


def _dates(layout: Layout, rows: Sequence[Row], sidecar: Sidecar) -> Mapping[int, DateForm]:
    """Return the forms of the dates in the columns that are of dates, and in the table's own
    columns of them.
    """
    values = _values(rows)
    indexes = [layout.columns.fields[field] for field in DAYS if field in layout.columns.fields]
    own = ((plain(heading), index) for heading, index in layout.columns.own.items())
    indexes += [index for heading, index in own if holds_dates(heading, values(index))]
    return forms_of({index: values(index) for index in indexes}, _formats(layout, sidecar))


def _formats(layout: Layout, sidecar: Sidecar) -> Mapping[int, str]:
    fields, declared = layout.columns.fields, sidecar.date_format
    return {} if declared is None else {fields[field]: declared for field in DAYS if field in fields}


def _worth(layout: Layout) -> tuple[bool, int, bool]:
    """How well a heading explains the table; of two that explain it alike, the one of a single row."""
    return layout.columns.usable, layout.columns.found, not layout.two_rows


def _layouts(rows: Sequence[Row], sidecar: Sidecar) -> Iterator[Layout]:
    """Yield each row, alone and together with the next, as a heading."""
    for index, row in enumerate(rows[:_TOP]):
        if sidecar.header_row not in (None, row.number) or not filled(row.cells):
            continue
        yield _layout(row, rows, index + 1, sidecar)
        if index + 1 < len(rows):
            for upper in dict.fromkeys((tuple(row.cells), tuple(_filled_forward(row.cells)))):
                both = tuple(
                    _joined(above.strip(), below.strip())
                    for above, below in zip(upper, rows[index + 1].cells, strict=False)
                )
                yield replace(_layout(Row(row.number, both), rows, index + 2, sidecar), two_rows=True)


def _layout(heading: Row, rows: Sequence[Row], body: int, sidecar: Sidecar) -> Layout:
    return Layout(heading, recognise(heading.cells, _values(rows[body:]), sidecar), body)


def _joined(above: str, below: str) -> str:
    return above if above == below else f"{above} {below}".strip()


def _filled_forward(cells: Sequence[str]) -> list[str]:
    """Return the headings with merged cells filled: each also applies to the empty cells to its right."""
    filled_cells: list[str] = []
    for cell in cells:
        filled_cells.append(cell.strip() or (filled_cells[-1] if filled_cells else ""))
    return filled_cells


def _values(rows: Sequence[Row]) -> Values:
    return cache(lambda index: filled([row.cells[index] for row in rows if index < len(row.cells)]))


def _without(best: Layout | None, sidecar: Sidecar) -> NoTable:
    """Return the problem of a table that lacks a column, or whose columns can't be identified."""
    if best is None:
        return NoTable(
            f"The table has no row {sidecar.header_row}, which its description names as the heading.",
            "Fix header_row in it.",
        )
    columns, line = best.columns, best.heading.number
    if columns.doubts:
        message = f"The columns can't be identified: {'; '.join(columns.doubts)}."
        return NoTable(message, f"Rename the headings. {_DESCRIBE}", line, near="subject" in columns.fields)
    missing = [] if columns.ratings else ["no column of ratings"]
    missing += [] if "subject" in columns.fields else ["no column with the names of what is rated"]
    headings = ", ".join(f"“{heading[:40]}”" for heading in filled(best.heading.cells)[:30])
    near = bool(columns.ratings) and "published" in columns.fields  # dated ratings, but it is unclear whose
    return NoTable(
        f"The table has {' and '.join(missing)}; its headings are {headings}.",
        f"Head them “Trust” and “Rating”. {_DESCRIBE}",
        line,
        near,
    )


def _check_values(layout: Layout, rows: Sequence[Row], sidecar: Sidecar) -> None:
    """Raise NoTable if no rating is known."""
    values, columns, line = _values(rows[layout.body :]), layout.columns, layout.heading.number
    of_aspect = {column.index: sidecar.table_scale.of(column.aspect or "") for column in columns.ratings}
    words = [word for column in columns.ratings for word in values(column.index)]
    if not words:
        if not any(filled(row.cells) for row in rows[layout.body :]):
            return
        mend = "Fill them in. A formula's result is there only once a spreadsheet program has saved the file."
        raise NoTable("The rating columns are empty.", mend, line, near=True)
    every = [*of_aspect.values(), *(sidecar.scales.values() if "aspect" in columns.fields else ())]
    if not _is_any_known(words, every):
        shown = ", ".join(f"“{word[:40]}”" for word in list(dict.fromkeys(words))[:8])
        mend = f"Give the publisher's scale in {_BESIDE}: [scale] ratings = [“best”, …, “worst”]."
        raise NoTable(
            f"None of the words in the rating columns is on the rating scale: {shown}.", mend, line, near=True
        )


def _is_any_known(words: Iterable[str], scales: Sequence[Scale]) -> bool:
    return any(read_rating(word, scale).rating for word in words for scale in scales)
