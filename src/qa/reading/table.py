"""Rows to rating facts, one at a time, with a report of everything unusual."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.question.query import WHOLE
from qa.reading.column_headings import (
    DAYS,
    RatingColumn,
    Row,
    aspect_of,
    is_heading,
    is_number,
    is_total,
    plain,
)
from qa.reading.date_columns import DateForm, lacks_day, tell_forms
from qa.reading.description import Sidecar
from qa.reading.duplicates import Repeats
from qa.reading.footnotes import note_in, with_notes
from qa.reading.layout_problems import tell_layout
from qa.reading.problems import Tally, Unreadable
from qa.reading.ratings import NOTHING, WITHHELD, RatingCell, read_rating, split_mark
from qa.reading.recognition import filled
from qa.reading.row_width import even_rows, is_remark
from qa.reading.table_start import Layout
from qa.reading.written_dates import FORMS_IN_WORDS, read_date
from qa.records import ATTRIBUTES, FactSource, RatingFact, Report

LONGEST_CELL = 100_000  # characters; more is a damaged file
_EMPTY = RatingCell(None)
# Kinds of rows that are not about a subject, each with what to do about it.
_ONE_CELL = ("{rows}: only one cell is filled; treated as text.", "Ignore this if it has no rating.")
_TOTAL = ("{rows}: a total; not read.", "Ignore this if it is not a name.")
_REMARK = ("{rows}: a remark about the table; not read.", "Ignore this if it has no rating.")
_REPEATED = ("{rows}: a repeated heading; not read.", "Ignore this if the columns are right.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table's rows come from, and the values of cells that it does not have."""

    document: str
    title: str
    prefix: str  # of the facts' ids
    url: str | None = None
    published: datetime.date | None = None
    unit: str = "row"
    without_rating: str = "Ignore this if none was published."  # what to do about an empty rating cell


def read_facts(
    rows: Iterable[Row], layout: Layout, sidecar: Sidecar, origin: Origin, report: Report
) -> Iterator[RatingFact]:
    """Yield the facts of ``rows``, those below the heading; their problems are in ``report``
    once all are read.
    """
    reader = _RowReader(layout, sidecar, origin)
    try:
        for row in even_rows(_annotated(rows, layout), layout.width, reader.tally):
            yield from reader.facts(row)
    except Unreadable as problem:
        problem.tell(origin.document, report)
    finally:
        report.rows[origin.document] = report.rows.get(origin.document, 0) + reader.rows
        reader.tell(report)


def _annotated(rows: Iterable[Row], layout: Layout) -> Iterator[Row]:
    """Yield the rows with the footnotes that their cells' marks point to, and without the rows that are those
    footnotes.
    """
    for row in rows:
        if not layout.notes:
            yield row
        elif note_in(row, layout.marks, layout.width) is None:
            yield with_notes(row, layout.notes)


class _RowReader:
    """Turns the rows of one table into facts; ``rows`` counts those with data."""

    def __init__(self, layout: Layout, sidecar: Sidecar, origin: Origin) -> None:
        fields = layout.columns.fields
        self.layout, self.sidecar, self.origin = layout, sidecar, origin
        self.subject = fields["subject"]
        self.attributes = [(name, fields[name]) for name in ATTRIBUTES if name in fields] + list(
            layout.columns.own.items()
        )
        self.others = {name: fields.get(name) for name in ("aspect", "service", "published", "note", "url")}
        self.by_aspect = len(layout.columns.ratings) > 1
        self.headings = frozenset(map(plain, layout.heading.cells))
        self.tally = Tally(origin.document, origin.unit)
        self.repeats = Repeats()
        self.rows = 0
        self.unrated = 0  # rows among them without any rating
        self.dates = layout.dates
        self.days = {name: layout.dates[index] for name, index in self.attributes if index in layout.dates}
        self.published = (
            layout.dates.get(fields["published"], DateForm()) if "published" in fields else DateForm()
        )
        self.today = datetime.datetime.now(datetime.UTC).date()  # for warnings only; no fact depends on it
        self.scale = sidecar.table_scale
        self._rating_cells: dict[tuple[str, str], RatingCell] = {}
        self._aspects: dict[str, str] = {}

    def facts(self, row: Row) -> Iterator[RatingFact]:
        """Yield the row's facts: one, or one for each aspect that has a column of its own."""
        rated = self._ratings(row)
        if not self._is_data(row, any(now.rating for _, now, _ in rated)):
            return
        self.rows += 1
        subject, published, attributes = self._subject(row), self._published(row), self._attributes(row)
        service, note = self._cell(row, "service"), self._note(row)
        source = FactSource(
            self.origin.document, self.origin.title, self._cell(row, "url") or self.origin.url, row.number
        )
        self.unrated += all(now.rating is None for _, now, _ in rated)
        if all(now == _EMPTY for _, now, _ in rated):
            self.tally.warn("{rows}: no rating is given.", self.origin.without_rating, row.number)
            rated = rated[:1]
        for aspect, now, before in rated:
            if self.by_aspect and now == _EMPTY and len(rated) > 1:
                continue  # this aspect was not rated
            self._tell_ratings((now, before), row)
            fact = RatingFact(
                id=f"{self.origin.prefix}:{row.number}" + (f":{aspect}" if self.by_aspect else ""),
                subject=subject,
                aspect=aspect,
                service=service,
                rating=now.rating,
                previous_rating=before.rating,
                published=published,
                note=note,
                attributes=attributes | _as_printed(now, before),
                source=source,
            )
            self.repeats.add(fact)
            yield fact

    def tell(self, report: Report) -> None:
        """Add everything that was found to ``report``."""
        file, line = self.origin.document, self.layout.heading.number
        tell_layout(self.layout, file, self.origin.unit, report)
        if not self.rows:
            report.warn(
                file,
                line,
                "The table has a heading but no rows that can be read.",
                "Add its rows, or take the file out.",
            )
        elif self.unrated * 2 > self.rows:
            message = f"{self.unrated:,} of {self.rows:,} rows have no rating on the scale."
            mend = (
                "Check whether the right column was taken as the rating column, and whether the scale beside "
                "the table has its words."
            )
            report.error(file, line, message, mend)
        elif "published" not in self.layout.columns.fields and self.origin.published is None:
            mend = (
                "Add a column “Published”, or describe it in a file of the table's name with “.toml” added: "
                "published = 2018-03-15."
            )
            report.warn(file, line, "The ratings have no date of publication.", mend)
        named = {index: " ".join(self.layout.heading.cells[index].split()) for index in self.dates}
        tell_forms(self.dates, named, file, line, report)
        self.tally.tell(report)
        self.repeats.tell(file, report)

    def _is_data(self, row: Row, rated: bool) -> bool:
        """Return whether the row is about a subject; report what it is otherwise."""
        longest = max(map(len, row.cells))
        if longest > LONGEST_CELL:
            raise Unreadable(
                f"A cell has {longest:,} characters.",
                "Look for a missing quotation mark, or shorten the cell.",
                row.number,
            )
        named = row.cells[self.subject].strip() not in NOTHING
        if named and rated:
            return True
        told = filled(row.cells)
        if len(told) < 2:
            self.tally.warn(*_ONE_CELL, row.number)
            return False
        if not rated and (besides := self._besides_data(row, told)) is not None:
            self.tally.warn(*besides, row.number)
            return False
        if not named:
            mend = "Fill the cell in; unmerge cells that cover several rows."
            self.tally.error("{rows}: no name of what is rated; not read.", mend, row.number)
        return named

    def _besides_data(self, row: Row, told: Sequence[str]) -> tuple[str, str] | None:
        """Return what kind of row a row without a rating is, if it is not about a subject, and what to do
        about it. ``told`` are its filled cells."""
        if is_total(plain(row.cells[self.subject])) and all(map(is_number, self._other_cells(row))):
            return _TOTAL
        if is_remark(row.cells[0]) and len(told) * 2 <= len(row.cells):
            return _REMARK
        headings = sum(is_heading(plain(cell)) or plain(cell) in self.headings for cell in told)
        return _REPEATED if headings > len(told) / 2 else None

    def _other_cells(self, row: Row) -> list[str]:
        """Return the filled cells other than the name, as printed."""
        return [
            cell
            for index, cell in enumerate(row.cells)
            if index != self.subject and cell.strip() not in NOTHING
        ]

    def _subject(self, row: Row) -> str:
        subject, mark = split_mark(" ".join(row.cells[self.subject].split()))
        if mark is not None:
            message = "{rows}: the mark {values} at a name has no footnote here and was left out."
            self.tally.warn(message, "Put the footnote into a column “Note”.", row.number, mark)
        return subject

    def _attributes(self, row: Row) -> dict[str, str]:
        told = {
            name: value
            for name, index in self.attributes
            if (value := row.cells[index].strip()) not in WITHHELD
        }
        for name, form in self.days.items():
            date = form.read(told[name]) if name in told else None
            if date is not None and (name in DAYS or read_date(told[name]) != date):
                told[name] = (
                    date.isoformat()
                )  # for own columns, values that would otherwise be read as another day, or as none
        return told

    def _cell(self, row: Row, name: str) -> str | None:
        index = self.others[name]
        value = "" if index is None else row.cells[index].strip()
        return None if value in NOTHING else value

    def _note(self, row: Row) -> str | None:
        return " ".join(filter(None, (self._cell(row, "note"), *row.notes))) or None

    def _published(self, row: Row) -> datetime.date | None:
        printed = self._cell(row, "published")
        if printed is None:
            return self.origin.published
        date = self.published.read(printed)
        if date is None:
            message = "{rows}: {values} can't be read as a date; treated as undated."
            self.tally.warn(message, FORMS_IN_WORDS, row.number, printed)
        elif date > self.today:
            mend = "Check the order of day, month and year."
            self.tally.warn("{rows}: a date in the future: {values}.", mend, row.number, printed)
        elif lacks_day(printed):
            message = "{rows}: a month without a day, read as the first of the month: {values}."
            self.tally.warn(message, "Give the whole date, if it is known.", row.number, printed)
        return date

    def _aspect(self, row: Row, column: RatingColumn) -> str:
        printed = column.aspect or self._cell(row, "aspect")
        if printed is None:
            return WHOLE
        if printed not in self._aspects:
            self._aspects[printed] = column.aspect or aspect_of(printed, self.sidecar.aspects) or printed
        return self._aspects[printed]

    def _ratings(self, row: Row) -> list[tuple[str, RatingCell, RatingCell]]:
        """Return the aspect, the rating and the rating before of every rating column."""
        found = []
        for column in self.layout.columns.ratings:
            aspect = self._aspect(row, column)
            now, before = self._rating(row, column.index, aspect), self._rating(row, column.previous, aspect)
            found.append((aspect, now, before))
        return found

    def _rating(self, row: Row, index: int | None, aspect: str) -> RatingCell:
        if index is None:
            return _EMPTY
        cell = row.cells[index]
        found = self._rating_cells.get((cell, aspect))
        if found is None:
            found = self._rating_cells[cell, aspect] = read_rating(cell, self.scale.of(aspect))
        return found

    def _tell_ratings(self, cells: Iterable[RatingCell], row: Row) -> None:
        for cell in cells:
            if cell.printed is not None and cell.rating is None:
                message = "{rows}: not on the rating scale, so treated as unrated: {values}."
                mend = "Correct the words, or give the publisher's scale beside the table."
                self.tally.warn(message, mend, row.number, cell.printed)
            elif cell.mark is not None and cell.printed is not None:
                message = f"{{rows}}: {{values}} was read as {cell.rating}, with a footnote mark."
                self.tally.warn(message, "Put the footnote into a column “Note”.", row.number, cell.printed)


def _as_printed(now: RatingCell, before: RatingCell) -> dict[str, str]:
    """Return the rating cells as printed, if the ratings are not just that."""
    cells = (("rating_as_printed", now.printed), ("previous_rating_as_printed", before.printed))
    return {name: printed for name, printed in cells if printed is not None}
