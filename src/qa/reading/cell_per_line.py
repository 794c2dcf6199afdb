"""Tables saved as text, one cell per line: where they start, how wide they are, and which cells
make a row.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.reading.column_headings import (
    Columns,
    Row,
    aspect_of,
    is_heading,
    names_the_rated,
    plain,
    rating_role,
    year_of_ratings,
)
from qa.reading.description import Sidecar
from qa.reading.lines import Line, Piece
from qa.reading.ratings import NOTHING, read_rating, split_mark
from qa.reading.recognition import recognise
from qa.records import Report
from qa.scale import Scale

_WIDEST = 12  # columns
_PROBED = 6 * _WIDEST  # lines
_LONGEST_NAME = 200  # characters
_LONGEST_HEADING = 300  # characters: a line with more heads no column, so paragraphs are quickly passed over
_LONGEST_WORD = 40  # characters of a rating word that the scale does not know


@dataclass(frozen=True, slots=True)
class StackedTable:
    """A table found among lines: its heading, its rows, and all of its lines that say something."""

    heading: Row
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]

    @property
    def piece(self) -> Piece:
        """The table's place in the text."""
        return Piece.of("table", self.lines)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell; an empty one has no line."""

    text: str = ""
    line: Line | None = None


@dataclass(slots=True)
class _Attempt:
    """One way to read the cells: so many columns, these rows, these cells that fit into none."""

    columns: Columns
    heading: Sequence[_Cell]
    rows: list[Sequence[_Cell]] = field(default_factory=list)
    stray: list[Sequence[_Cell]] = field(default_factory=list)
    end: int = 0  # the place after the last row

    @property
    def worth(self) -> tuple[int, int]:
        return len(self.rows), -len(self.stray)

    def table(self) -> StackedTable:
        subject = self.columns.fields["subject"]
        cells = itertools.chain(self.heading, *self.rows, *(self.stray if self.rows else ()))
        lines = sorted((cell.line for cell in cells if cell.line), key=lambda line: line.number)
        return StackedTable(
            _row(self.heading, subject), tuple(_row(cells, subject) for cells in self.rows), tuple(lines)
        )


def _row(cells: Sequence[_Cell], subject: int) -> Row:
    line = cells[subject].line
    return Row(line.number if line else 0, tuple(cell.text for cell in cells))


def find_tables(lines: Sequence[Line], sidecar: Sidecar, file: str, report: Report) -> Iterator[StackedTable]:
    """Yield the tables of ratings with one cell per line; report cells that do not form a row."""
    filled = [line for line in lines if line.text]
    place = 0
    while place < len(filled):
        attempt = (
            _best(filled[place:], sidecar) if _may_start(filled[place : place + _PROBED], sidecar) else None
        )
        if attempt is None:
            place += 1
            continue
        for cells in attempt.stray:
            _tell_stray(cells, file, report)
        table = attempt.table()
        yield table
        place = next(after for after in range(place, len(filled)) if filled[after] is table.lines[-1]) + 1


def _may_start(lines: Sequence[Line], sidecar: Sidecar) -> bool:
    """Return whether a table starts here, judged by its first rows alone, so that long texts
    are not read repeatedly.
    """
    if not _is_heading(lines[0].text, sidecar) or not any(
        _heads_ratings(line.text, sidecar) for line in lines[:_WIDEST]
    ):
        return False
    headings = {
        line.text for line in itertools.takewhile(lambda line: _is_heading(line.text, sidecar), lines)
    }
    rated = any(_is_rating(line.text, sidecar.scale) for line in lines)
    return (rated or len(headings) > 2) and _best(lines, sidecar) is not None


def _is_heading(text: str, sidecar: Sidecar) -> bool:
    if len(text) > _LONGEST_HEADING:
        return False
    words = plain(split_mark(text)[0])
    return (
        is_heading(words)
        or names_the_rated(words)
        or words in map(plain, sidecar.columns.values())
        or _head_ratings(words, sidecar)
    )


def _heads_ratings(text: str, sidecar: Sidecar) -> bool:
    return len(text) <= _LONGEST_HEADING and _head_ratings(plain(split_mark(text)[0]), sidecar)


def _head_ratings(words: str, sidecar: Sidecar) -> bool:
    told = rating_role(words) or year_of_ratings(words) or aspect_of(words, sidecar.aspects)
    return bool(told) or ("rating" in sidecar.columns and words == plain(sidecar.columns["rating"]))


def _is_rating(text: str, scale: Scale) -> bool:
    return bool(text) and len(text) <= _LONGEST_WORD and read_rating(text, scale).rating is not None


def _tell_stray(cells: Sequence[_Cell], file: str, report: Report) -> None:
    lines = [cell.line for cell in cells if cell.line]
    if lines:
        shown = " / ".join(line.text[:60] for line in lines[:_WIDEST])
        report.error(
            file,
            lines[0].number,
            f"These cells do not form a whole row: {shown}.",
            "Give each row a line for each column, “-” for an empty cell.",
        )


def _best(lines: Sequence[Line], sidecar: Sidecar) -> _Attempt | None:
    """Return the layout that gives the most rows, or none if nothing here is a table of ratings."""
    attempts = [
        attempt
        for cells in (_cells_by_distance(lines), [_Cell(line.text, line) for line in lines])
        for width in range(2, _WIDEST + 1)
        if (attempt := _Layout(cells, width, sidecar).attempt())
    ]
    return max(attempts, key=lambda attempt: attempt.worth, default=None)


def _cells_by_distance(lines: Sequence[Line]) -> list[_Cell]:
    """Return the cells, an empty one wherever the distance between two lines is twice that of the first two,
    and so on.
    """
    step = lines[1].number - lines[0].number if len(lines) > 1 else 1
    cells = [_Cell(lines[0].text, lines[0])]
    for above, line in itertools.pairwise(lines):
        steps, rest = divmod(line.number - above.number, step)
        cells += [_Cell()] * (min(steps - 1, _WIDEST) if not rest else 0)
        cells.append(_Cell(line.text, line))
    return cells


class _Layout:
    """Cells read as rows of one width."""

    def __init__(self, cells: Sequence[_Cell], width: int, sidecar: Sidecar) -> None:
        self.cells = [*cells, *[_Cell()] * width]  # the last row may end with empty cells
        self.width = width
        self.sidecar = sidecar
        self.heading = cells[:width]
        self.columns = recognise([cell.text for cell in self.heading], lambda index: (), sidecar)
        ratings = self.columns.ratings
        self.ratings = {
            place for column in ratings for place in (column.index, column.previous) if place is not None
        }

    def attempt(self) -> _Attempt | None:
        """Return the rows of this width; ``None`` if the heading or the cells below don't fit it."""
        if not self.columns.usable or not all(
            cell.text and not self._is_rating(cell) for cell in self.heading
        ):
            return None
        attempt = _Attempt(self.columns, self.heading)
        place = self._rows(attempt)
        left = list(
            itertools.takewhile(lambda cell: not self._ends(cell), self.cells[place : place + 2 * self.width])
        )
        if attempt.rows and any(map(self._is_rating, left)):
            self._add_stray(attempt, place, place + len(left))
        if attempt.rows and self._ends_open(attempt.rows[-1]):
            attempt.stray.append(attempt.rows.pop())
        attempt.rows = attempt.rows or self._unknown_rows()
        return attempt if attempt.rows else None

    def _rows(self, attempt: _Attempt) -> int:
        """Add the rows and the stray cells between them; return the place after the last row."""
        place = self.width
        while place + self.width <= len(self.cells):
            if self._fits(place) or (self._may_fit(place) and self._fits(place + self.width)):
                attempt.rows.append(self.cells[place : place + self.width])
                place = attempt.end = place + self.width
            elif next_row := self._next_row(place):
                place = self._add_stray(attempt, place, next_row)
            else:
                break
        return place

    def _add_stray(self, attempt: _Attempt, place: int, next_row: int) -> int:
        """Add the cells before ``next_row``, with the rows beside them that they may belong to; return the
        place after them.
        """
        stray = [cell for cell in self.cells[place:next_row] if cell.text]
        if stray and not any(map(self._is_rating, stray)):  # a name too many: which is that of the row below?
            next_row += self.width
        if (
            stray and attempt.end == place and not self._is_name(stray[0])
        ):  # a rating too many: which are those of the row above?
            place -= self.width
            attempt.rows.pop()
        attempt.stray.append(self.cells[place:next_row])
        return next_row

    def _fits(self, place: int) -> bool:
        """Return whether a row starts here: a name, and ratings exactly in the rating columns."""
        cells = self.cells[place : place + self.width]
        known = [self._is_rating(cell) for cell in cells]
        if len(cells) < self.width or not self._is_name(cells[self.columns.fields["subject"]]):
            return False
        return any(known) and all(
            known[i] or cell.text in NOTHING if i in self.ratings else not known[i]
            for i, cell in enumerate(cells)
        )

    def _ends_open(self, row: Sequence[_Cell]) -> bool:
        """Return whether a last row ends with empty ratings, which look the same as the space
        below a table.
        """
        last = max(place for place, cell in enumerate(row) if cell.text)
        return any(place > last for place in self.ratings)

    def _may_fit(self, place: int) -> bool:
        """Return whether this may be a row with a word that the scale does not know."""
        cells = self.cells[place : place + self.width]
        return self._is_name(cells[self.columns.fields["subject"]]) and all(
            len(cell.text) <= _LONGEST_WORD if i in self.ratings else not self._is_rating(cell)
            for i, cell in enumerate(cells)
        )

    def _next_row(self, place: int) -> int | None:
        """Return where the next row starts, at most two rows further down."""
        for next_row in range(place + 1, place + 2 * self.width + 1):
            if self._ends(self.cells[next_row - 1]) or next_row >= len(self.cells):
                return None
            if self._fits(next_row):
                return next_row
        return None

    def _ends(self, cell: _Cell) -> bool:
        """Return whether the table has ended before this cell: it is long, or the heading of
        another table.
        """
        return len(cell.text) > _LONGEST_NAME or is_heading(plain(cell.text))

    def _is_name(self, cell: _Cell) -> bool:
        return (
            any(map(str.isalpha, cell.text)) and len(cell.text) <= _LONGEST_NAME and not self._is_rating(cell)
        )

    def _is_rating(self, cell: _Cell) -> bool:
        return _is_rating(cell.text, self.sidecar.scale)

    def _unknown_rows(self) -> list[Sequence[_Cell]]:
        """Return rows whose rating words the scale knows none of, beneath a heading that is one in all its
        cells.
        """
        if self.columns.found < self.width or self.width < 3:
            return []
        rows: list[Sequence[_Cell]] = []
        for place in range(self.width, len(self.cells) - self.width + 1, self.width):
            cells = self.cells[place : place + self.width]
            if not all(
                cell.text and len(cell.text) <= 2 * _LONGEST_WORD and not cell.text.endswith(".")
                for cell in cells
            ):
                break
            rows.append(cells)
        return rows if len(rows) > 1 else []
