"""Spreadsheets, written by the tests themselves."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from qa.reading import read
from qa.records import RatingFact, Report

Cell = str | int | float | datetime.date | None
Sheets = dict[str, Sequence[Sequence[Cell]]]
HEADS = ("Trust", "Rating", "Published", "Beds")
DATE = datetime.date(2018, 3, 15)
ROWS = (HEADS, ("Hill Trust", "Good", DATE, 20), ("Dale Trust", "Inadequate", "16/03/2018", 1.5))
NOTICE = (("Care ratings",), (), ("Published under a licence",))


def write_xlsx(path: Path, sheets: Sheets, then: Callable[[openpyxl.Workbook], None] | None = None) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if then:
        then(book)
    book.save(path)


def write_ods(path: Path, sheets: Sheets) -> None:
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content{names}>{body}</office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, datetime.date):
        return (
            '<table:table-cell office:value-type="date" '
            f'office:date-value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        )
    if isinstance(cell, int | float):
        return (
            '<table:table-cell office:value-type="float" '
            f'office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


WRITERS: dict[str, Callable[[Path, Sheets], None]] = {".xlsx": write_xlsx, ".ods": write_ods}


def read_file(path: Path) -> tuple[list[RatingFact], Report]:
    report = Report()
    return list(read(path, path.name, report).facts), report


def ratings(facts: Sequence[RatingFact]) -> list[tuple[str, str | None, datetime.date | None, int]]:
    return [(fact.subject, fact.rating, fact.published, fact.source.row) for fact in facts]


@pytest.mark.parametrize("ending", WRITERS)
def test_a_sheet_is_read_with_its_rows_and_dates(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"table{ending}"
    WRITERS[ending](path, {"Data": ROWS})
    facts, report = read_file(path)
    assert ratings(facts) == [
        ("Hill Trust", "Good", DATE, 2),
        ("Dale Trust", "Inadequate", datetime.date(2018, 3, 16), 3),
    ]
    assert facts[0].id == f"table{ending}:Data:2"
    assert [problem.message for problem in report.problems] == [
        "Columns kept under their own headings: Beds."
    ]


@pytest.mark.parametrize("ending", WRITERS)
def test_a_notice_before_the_table_and_text_above_the_heading_are_told_and_not_read(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"table{ending}"
    WRITERS[ending](
        path, {"README": NOTICE, "Ratings": ((), ("As of March",), (), *((None, *row[:3]) for row in ROWS))}
    )
    facts, report = read_file(path)
    assert ratings(facts) == [
        ("Hill Trust", "Good", DATE, 5),
        ("Dale Trust", "Inadequate", datetime.date(2018, 3, 16), 6),
    ]
    assert [problem.message.split(".")[0] for problem in report.problems] == [
        "Sheet “README” was not read",
        "row 2: text above the heading; not read",
    ]
    assert report.errors == []


@pytest.mark.parametrize("ending", WRITERS)
def test_every_sheet_with_ratings_is_read_under_its_own_title(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"table{ending}"
    WRITERS[ending](
        path, {"Trusts": ROWS, "Homes": (("Provider Name", "Latest Rating"), ("Rose Limited", "Good"))}
    )
    facts, _ = read_file(path)
    assert [(fact.subject, fact.source.title) for fact in facts] == [
        ("Hill Trust", "Table, Trusts"),
        ("Dale Trust", "Table, Trusts"),
        ("Rose Limited", "Table, Homes"),
    ]
    assert len({fact.id for fact in facts}) == 3


@pytest.mark.parametrize("ending", WRITERS)
def test_the_description_names_the_sheet(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"table{ending}"
    WRITERS[ending](path, {"A": ROWS[:2], "B": (HEADS, ROWS[2])})
    description = tmp_path / f"table{ending}.toml"
    description.write_text('sheet = "B"')
    assert [fact.subject for fact in read_file(path)[0]] == ["Dale Trust"]
    description.write_text('sheet = "C"')
    facts, report = read_file(path)
    assert facts == []
    assert (
        str(report.errors[0])
        == f"table{ending}: There is no sheet “C”, which its description names. Name one of A, B."
    )


def test_date_cells_serial_numbers_and_whole_numbers_are_read_as_they_look(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = (
        ("Location ID", *HEADS[:3]),
        (101, "A", "Good", 43174),
        (102, "B", "Good", datetime.datetime(2018, 3, 15, 12, 30)),  # noqa: DTZ001
    )
    write_xlsx(path, {"Data": rows})
    facts, _ = read_file(path)
    assert [(fact.attributes["identifier"], fact.published) for fact in facts] == [
        ("101", DATE),
        ("102", DATE),
    ]


def test_formula_cells_give_their_value_or_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, {"Data": (HEADS[:3], ("A", "Good", DATE), ("B", '=IF(1=1,"Good","")', DATE))})
    facts, report = read_file(path)
    assert ratings(facts) == [("A", "Good", DATE, 2), ("B", None, DATE, 3)]
    assert str(report.problems[0]).startswith(
        "t.xlsx, line 3: row 3: no rating is given. Ignore this if none was published. A formula's result"
    )
    _with_value(path)
    facts, report = read_file(path)
    assert ratings(facts) == [("A", "Good", DATE, 2), ("B", "Outstanding", DATE, 3)]
    assert report.problems == []


def _with_value(path: Path) -> None:
    """Put a formula's result into the file, as a spreadsheet program does when it saves."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = (
        sheet.replace("<v />", "<v>Outstanding</v>").replace('<c r="B3">', '<c r="B3" t="str">').encode()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_column_of_formulas_without_values_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, {"Data": (HEADS[:2], ("A", '="Good"'), ("B", '="Good"'))})
    facts, report = read_file(path)
    assert facts == []
    assert "The rating columns are empty. Fill them in. A formula's result" in str(report.errors[0])


def test_an_error_cell_is_no_rating(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"

    def spoil(book: openpyxl.Workbook) -> None:
        book["Data"]["B3"].data_type = "e"

    write_xlsx(path, {"Data": (HEADS[:3], ("A", "Good", DATE), ("B", "#N/A", DATE))}, spoil)
    facts, report = read_file(path)
    assert ratings(facts) == [("A", "Good", DATE, 2), ("B", None, DATE, 3)]
    assert [problem.line for problem in report.problems] == [3]


def test_merged_cells_stand_in_every_row_they_cover(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = (
        ("Trust", "Domain", "Rating"),
        ("Hill Trust", "Overall", "Good"),
        (None, "Safe", "Inadequate"),
        ("Dale Trust", "Overall", "Good"),
    )
    write_xlsx(path, {"Data": rows}, lambda book: book["Data"].merge_cells("A2:A3"))
    facts, report = read_file(path)
    assert [(fact.subject, fact.aspect, fact.rating) for fact in facts] == [
        ("Hill Trust", "Overall", "Good"),
        ("Hill Trust", "Safe", "Inadequate"),
        ("Dale Trust", "Overall", "Good"),
    ]
    assert report.errors == []


@pytest.mark.parametrize("ending", WRITERS)
def test_a_row_without_a_name_is_told_and_not_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t{ending}"
    WRITERS[ending](
        path,
        {
            "Data": (
                ("Trust", "Domain", "Rating"),
                ("Hill Trust", "Overall", "Good"),
                (None, "Safe", "Inadequate"),
            )
        },
    )
    facts, report = read_file(path)
    assert [fact.aspect for fact in facts] == ["Overall"]
    assert [str(problem) for problem in report.errors] == [
        (
            f"t{ending}, line 3: row 3: no name of what is rated; not read. Fill the cell in; unmerge cells "
            "that cover several rows."
        )
    ]


def test_merged_headings_over_two_rows_are_one(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"

    def merge(book: openpyxl.Workbook) -> None:
        book["Data"].merge_cells("A1:A2")
        book["Data"].merge_cells("B1:C1")

    write_xlsx(
        path,
        {"Data": (("Trust", "Rating", None), (None, "before", "after"), ("A", "Good", "Inadequate"))},
        merge,
    )
    facts, _ = read_file(path)
    assert [(fact.subject, fact.previous_rating, fact.rating) for fact in facts] == [
        ("A", "Good", "Inadequate")
    ]


def test_a_caption_merged_over_all_columns_is_no_subject(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = (HEADS[:3], ("North West", None, None), ("A", "Good", DATE))
    write_xlsx(path, {"Data": rows}, lambda book: book["Data"].merge_cells("A2:C2"))
    facts, report = read_file(path)
    assert [fact.subject for fact in facts] == ["A"]
    assert [problem.message for problem in report.problems] == [
        "row 2: only one cell is filled; treated as text."
    ]


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"

    def hide(book: openpyxl.Workbook) -> None:
        book["Old"].sheet_state = "hidden"

    write_xlsx(path, {"Old": ROWS, "New": ROWS[:2]}, hide)
    facts, report = read_file(path)
    assert [fact.subject for fact in facts] == ["Hill Trust"]
    assert "Sheet “Old” was not read. The sheet is hidden." in str(report.problems[0])


@pytest.mark.parametrize("ending", WRITERS)
def test_a_spreadsheet_without_ratings_is_an_error_for_each_sheet(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t{ending}"
    WRITERS[ending](path, {"Notice": NOTICE, "Beds": (("Trust", "Beds"), ("A", 3))})
    facts, report = read_file(path)
    assert facts == []
    assert [
        "Sheet “Notice”" in str(report.errors[0]),
        "Sheet “Beds”" in str(report.errors[1]),
        len(report.errors),
    ] == [True, True, 2]


def test_what_only_looks_like_a_spreadsheet_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("<html><table><tr><td>Trust")
    facts, report = read_file(path)
    assert facts == []
    assert "The file is not a spreadsheet, or it is damaged" in str(report.errors[0])
