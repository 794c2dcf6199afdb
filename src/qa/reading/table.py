"""Rows to rating facts, one at a time, with a report of everything that is not as it should be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.reading.columns import HEADING_WORDS, Row, aspect_of, plain
from qa.reading.dates import FORMS_IN_WORDS, read_date
from qa.reading.layout import Layout
from qa.reading.problems import Tally, Unreadable
from qa.reading.ratings import NOTHING, RatingCell, read_rating, split_mark
from qa.reading.repeats import Repeats
from qa.reading.sidecar import Sidecar
from qa.records import ATTRIBUTES, FactSource, RatingFact, Report

LONGEST_CELL = 100_000  # characters; more is a damaged file


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table's rows come from, and what stands for cells that it does not have."""

    document: str
    title: str
    prefix: str  # of the facts' ids
    url: str | None = None
    published: datetime.date | None = None
    unit: str = "row"


def read_facts(rows: Iterable[Row], layout: Layout, sidecar: Sidecar, origin: Origin, report: Report) -> Iterator[RatingFact]:
    """Yield the facts of ``rows``, those beneath the heading; what is wrong with them is in ``report`` once all are read."""
    reader = _RowReader(layout, sidecar, origin)
    try:
        for row in _even(rows, layout.width, reader.tally):
            report.rows[origin.document] = report.rows.get(origin.document, 0) + 1
            yield from reader.facts(row)
    except Unreadable as problem:
        problem.tell(origin.document, report)
    finally:
        reader.tell(report)


def _even(rows: Iterable[Row], width: int, tally: Tally) -> Iterator[Row]:
    """Yield the rows of ``width`` cells; tell of those that have more or fewer, for their cells may stand in wrong columns."""
    broken: list[Row] = []
    for row in rows:
        cells = len(row.cells)
        if cells == width and not broken:
            if any(row.cells):
                yield row
            continue
        if cells > width and not any(cell.strip() for cell in row.cells[width:]):
            row, cells = Row(row.number, row.cells[:width]), width
        if not any(cell.strip() for cell in row.cells):
            continue
        if broken and sum(len(part.cells) for part in (*broken, row)) - len(broken) == width:
            _tell_broken([*broken, row], tally)
            broken = []
        elif cells < width:
            broken.append(row)
        else:
            _tell_short(broken, width, tally)
            broken = []
            if cells == width:
                yield row
            else:
                tally.error("too many cells", f"{{rows}}: more cells than the {width} of the heading; not read.", _QUOTE, row.number)
    _tell_short(broken, width, tally, at_end=True)


_QUOTE = "Put cells that hold the separator, a line break or a quotation mark into double quotation marks."


def _tell_broken(parts: list[Row], tally: Tally) -> None:
    tally.error("broken rows", "{rows}: a row is broken by a line break within a cell; not read.", _QUOTE, parts[0].number)


def _tell_short(rows: list[Row], width: int, tally: Tally, at_end: bool = False) -> None:
    for row in rows:
        if at_end and len(row.cells) == 1:
            tally.warn("text below", "{rows}: text below the table; not read.", "Nothing, if it holds no rating.", row.number)
        else:
            tally.error(
                "too few cells",
                f"{{rows}}: fewer cells than the {width} of the heading; not read.",
                f"Add the missing separators. {_QUOTE}",
                row.number,
            )


class _RowReader:
    """Turns the rows of one table into facts."""

    def __init__(self, layout: Layout, sidecar: Sidecar, origin: Origin) -> None:
        fields = layout.columns.fields
        self.layout, self.sidecar, self.origin = layout, sidecar, origin
        self.subject = fields["subject"]
        self.attributes = [(name, fields[name]) for name in ATTRIBUTES if name in fields]
        self.others = {name: fields.get(name) for name in ("aspect", "service", "published", "note", "url")}
        self.used = [*fields.values(), *(column.index for column in layout.columns.ratings)]
        self.by_aspect = len(layout.columns.ratings) > 1
        self.tally = Tally(origin.document, origin.unit)
        self.repeats = Repeats()
        self.rating_cells: dict[str, RatingCell] = {}
        self.aspects: dict[str, str] = {}
        self.headings = frozenset(map(plain, layout.heading.cells))

    def facts(self, row: Row) -> Iterator[RatingFact]:
        """Yield the row's facts: one, or one for each aspect that has a column of its own."""
        if not self._is_data(row):
            return
        subject = self._subject(row)
        attributes = {name: value for name, index in self.attributes if (value := row.cells[index].strip()) not in NOTHING}
        published = self._published(row)
        url = self._cell(row, "url") or self.origin.url
        source = FactSource(self.origin.document, self.origin.title, url, row.number)
        for column in self.layout.columns.ratings:
            aspect = column.aspect or self._aspect(row)
            rating, previous, own = self._ratings(row, column.index, column.previous)
            if self.by_aspect and rating is None and not own:
                continue  # this aspect was not rated
            fact = RatingFact(
                id=f"{self.origin.prefix}:{row.number}" + (f":{aspect}" if self.by_aspect else ""),
                subject=subject,
                aspect=aspect,
                service=self._cell(row, "service"),
                rating=rating,
                previous_rating=previous,
                published=published,
                note=" ".join(filter(None, (self._cell(row, "note"), *row.notes))) or None,
                attributes=attributes | own,
                source=source,
            )
            self.repeats.add(fact)
            yield fact

    def tell(self, report: Report) -> None:
        """Add everything that was found to ``report``."""
        columns = self.layout.columns
        file, line = self.origin.document, self.layout.heading.number
        if columns.by_values is not None:
            report.warn(file, line, f"“{columns.by_values}” was taken for the ratings, for its values are.", "Head the column “Rating”.")
        if columns.unused:
            report.warn(file, line, f"Columns not used: {', '.join(columns.unused)}.", "Nothing, if answers don't need them.")
        if not report.rows.get(file):
            report.warn(file, line, "The table has a heading but no rows.", "Add its rows, or take the file out.")
        elif "published" not in columns.fields and self.origin.published is None:
            report.warn(
                file,
                line,
                "The ratings have no date of publication.",
                "Add a column “Published”, or describe it beside the table: published = 2018-03-15.",
            )
        self.tally.tell(report)
        self.repeats.tell(file, report)

    def _is_data(self, row: Row) -> bool:
        cells = [cell.strip() for cell in row.cells]
        filled = [cell for cell in cells if cell not in NOTHING]
        for index in self.used:
            if len(cells[index]) > LONGEST_CELL:
                raise Unreadable(
                    f"A cell holds {len(cells[index]):,} characters.", "Look for a missing quotation mark, or shorten the cell.", row.number
                )
        if len(filled) < 2:
            if filled:
                self.tally.warn(
                    "one cell",
                    "{rows}: only one cell is filled; taken for text between the rows.",
                    "Nothing, if it holds no rating.",
                    row.number,
                )
            return False
        if self._is_heading(row, filled):
            self.tally.warn(
                "headings",
                "{rows}: a heading, repeated or in a second row; not read.",
                "Nothing, if the columns above were read as meant.",
                row.number,
            )
            return False
        if cells[self.subject] in NOTHING:
            self.tally.error(
                "no name",
                "{rows}: no name of what is rated; not read.",
                "Fill the cell in; unmerge cells that cover several rows.",
                row.number,
            )
            return False
        return True

    def _is_heading(self, row: Row, filled: list[str]) -> bool:
        if any(self._rating(row.cells[column.index]).rating for column in self.layout.columns.ratings):
            return False
        return sum(plain(cell) in self.headings or plain(cell) in HEADING_WORDS for cell in filled) > len(filled) / 2

    def _subject(self, row: Row) -> str:
        subject, mark = split_mark(" ".join(row.cells[self.subject].split()))
        if mark is not None:
            message = f"{{rows}}: the mark “{mark}” at a name has no footnote here and was left out."
            self.tally.warn("marks", message, "Put the footnote into a column “Note”.", row.number)
        return subject

    def _cell(self, row: Row, name: str) -> str | None:
        index = self.others[name]
        if index is None:
            return None
        value = row.cells[index].strip()
        return None if value in NOTHING else value

    def _published(self, row: Row) -> datetime.date | None:
        printed = self._cell(row, "published")
        if printed is None:
            return self.origin.published
        date = read_date(printed, self.sidecar.date_format)
        if date is None:
            self.tally.warn(
                "dates", f"{{rows}}: the date “{printed[:40]}” can't be read; told as not published.", FORMS_IN_WORDS, row.number
            )
        return date

    def _aspect(self, row: Row) -> str:
        printed = self._cell(row, "aspect")
        if printed is None:
            return "Overall"
        if printed not in self.aspects:
            self.aspects[printed] = aspect_of(printed, self.sidecar.aspects) or printed
        return self.aspects[printed]

    def _rating(self, cell: str) -> RatingCell:
        found = self.rating_cells.get(cell)
        if found is None:
            found = self.rating_cells[cell] = read_rating(cell, self.sidecar.scale)
        return found

    def _ratings(self, row: Row, rating: int, previous: int | None) -> tuple[str | None, str | None, dict[str, str]]:
        """Return rating, previous rating, and attributes with the words as printed where those differ."""
        now = self._rating(row.cells[rating])
        before = self._rating(row.cells[previous]) if previous is not None else RatingCell(None)
        own = {}
        if now.printed is not None:
            own["rating_as_printed"] = now.printed
        if before.printed is not None:
            own["previous_rating_as_printed"] = before.printed
        for cell in (now, before):
            self._tell_rating(cell, row.number)
        if now == RatingCell(None) and not self.by_aspect:
            self.tally.warn("no rating", "{rows}: no rating is given.", "Nothing, if none was published.", row.number)
        return now.rating, before.rating, own

    def _tell_rating(self, cell: RatingCell, row: int) -> None:
        if cell.printed is None:
            return
        if cell.rating is None:
            message = f"{{rows}}: “{cell.printed[:60]}” is not on the rating scale; told as no rating."
            self.tally.warn("unknown ratings", message, "Correct the word, or give the publisher's scale beside the table.", row)
        elif cell.mark is not None:
            message = f"{{rows}}: “{cell.printed[:60]}” was read as {cell.rating}, with a footnote mark."
            self.tally.warn("marked ratings", message, "Put the footnote into a column “Note”.", row)
