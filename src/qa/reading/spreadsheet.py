"""Spreadsheets: .xlsx and .ods. Every visible sheet with a table of ratings is read; a notice
on an earlier sheet is not.
"""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetVisibleEnum,
)

from qa.reading import bounds
from qa.reading.column_headings import Row
from qa.reading.description import Sidecar, read_sidecar
from qa.reading.formats import title_of
from qa.reading.problems import Unreadable
from qa.reading.table import Origin, read_facts
from qa.reading.table_start import LOOKED_AT, Layout, NoTable, completed_from_all_rows, find_layout
from qa.records import FileContents, RatingFact, Report

_FORMULAS = (
    "Ignore this if none was published. A formula's result is there only once a spreadsheet program has "
    "saved the file."
)


def read(path: Path, name: str, report: Report) -> FileContents:
    """Read a spreadsheet; its facts are made while they are consumed. Raises Unreadable."""
    sidecar = read_sidecar(path)
    tables = list(_tables(_open(path), sidecar, name, report))
    origins = [_origin(sheet, sidecar, name, len(tables) > 1) for sheet, _ in tables]
    facts = (
        _facts(sheet, layout, sidecar, origin, report)
        for (sheet, layout), origin in zip(tables, origins, strict=True)
    )
    return FileContents(facts=itertools.chain.from_iterable(facts))


def _open(path: Path) -> CalamineWorkbook:
    bounds.check_archive(path)
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise Unreadable("The spreadsheet is protected by a password.", "Save it without one.") from error
    except CalamineError as error:
        raise Unreadable(
            f"The file is not a spreadsheet, or it is damaged: {error}.",
            "Open it in a spreadsheet program and save it again.",
        ) from error


def _tables(
    workbook: CalamineWorkbook, sidecar: Sidecar, name: str, report: Report
) -> Iterator[tuple[CalamineSheet, Layout]]:
    """Yield the sheets with ratings, and report the others. Raises Unreadable if there is none."""
    if sidecar.sheet is not None and sidecar.sheet not in workbook.sheet_names:
        raise Unreadable(
            f"There is no sheet “{sidecar.sheet}”, which its description names.",
            f"Name one of {', '.join(workbook.sheet_names)}.",
        )
    problems: list[tuple[str, NoTable]] = []
    found = False
    for metadata in workbook.sheets_metadata:
        if sidecar.sheet not in (None, metadata.name):
            continue
        try:
            yield _table(workbook, metadata, sidecar)
            found = True
        except NoTable as error:
            problems.append((metadata.name, error))
    if not found and not problems:
        raise Unreadable(
            "The spreadsheet has no sheets, or it is damaged.",
            "Open it in a spreadsheet program and save it again.",
        )
    for sheet_name, problem in problems:
        _tell_unread(sheet_name, problem, found, name, report)


def _table(
    workbook: CalamineWorkbook, metadata: SheetMetadata, sidecar: Sidecar
) -> tuple[CalamineSheet, Layout]:
    """Return a sheet and the layout of its table. Raises NoTable."""
    if metadata.visible is not SheetVisibleEnum.Visible and sidecar.sheet is None:
        raise NoTable("The sheet is hidden.", "Unhide it in a spreadsheet program, if it has ratings.")
    try:
        sheet = workbook.get_sheet_by_name(metadata.name)
        layout = find_layout(list(itertools.islice(_rows(sheet), LOOKED_AT)), sidecar)
        return sheet, completed_from_all_rows(layout, functools.partial(_rows, sheet), sidecar)
    except CalamineError as error:
        raise NoTable(f"The sheet is damaged: {error}.", "Save the file again.", near=True) from error


def _tell_unread(sheet: str, problem: NoTable, others: bool, name: str, report: Report) -> None:
    """Report a sheet that was not read: as a warning if ``others`` were read and it has no table."""
    minor = others and not problem.near
    tell = report.warn if minor else report.error
    tell(
        name,
        problem.line,
        f"Sheet “{sheet}” was not read. {problem.message}",
        "Ignore this if it has no ratings." if minor else problem.mend,
    )


def _origin(sheet: CalamineSheet, sidecar: Sidecar, name: str, several: bool) -> Origin:
    title = sidecar.title or title_of(name)
    return Origin(
        document=name,
        title=f"{title}, {sheet.name}" if several else title,
        prefix=f"{name}:{sheet.name}",
        url=sidecar.url,
        published=sidecar.published,
        without_rating=_FORMULAS,
    )


def _facts(
    sheet: CalamineSheet, layout: Layout, sidecar: Sidecar, origin: Origin, report: Report
) -> Iterator[RatingFact]:
    return read_facts(itertools.islice(_rows(sheet), layout.body, None), layout, sidecar, origin, report)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield the rows as printed; a cell merged over several rows is repeated in each of them."""
    first = sheet.start[1] if sheet.start else 0
    merged = dict(_merged(sheet.merged_cell_ranges or (), first))
    above: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        printed = [_printed(cell) for cell in cells]
        for column in merged.get(number, ()):
            if column < len(above) and not printed[column]:
                printed[column] = above[column]
        above = printed
        yield Row(number, printed)


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], first: int) -> Mapping[int, list[int]]:
    """Return by row number (1-based) the columns whose cell belongs to the one above."""
    columns: dict[int, list[int]] = {}
    for (top, left), (bottom, _) in ranges:
        for row in range(top + 1, bottom + 1):
            columns.setdefault(row + 1, []).append(left - first)
    return columns


def _printed(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)
