"""One damaged byte, anywhere, in any format: a clear problem or the right content; never a traceback, never a
rating that nobody gave.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter
from small_office import make_docx, make_odt, odt_table, paragraph, word_table
from small_pdf import Text, make_pdf

from qa.reading import read
from qa.records import FileContents, RatingFact, Report

PLACES = 500  # tried of each format
ROWS = (
    ("Trust", "Rating", "Published"),
    ("Hill Trust", "Good", "2018-03-15"),
    ("Dale Trust", "Inadequate", "2018-03-15"),
)
LOCATION = {
    "locationId": "1-101",
    "name": "Elm House",
    "currentRatings": {
        "overall": {
            "rating": "Good",
            "reportDate": "2018-03-15",
            "keyQuestionRatings": [{"name": "Safe", "rating": "Good"}],
        }
    },
}


def a_spreadsheet() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ratings")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def a_page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><main><h1>A report</h1><p>Its text.</p><table>{rows}</table></main></body></html>".encode()


def as_markdown() -> str:
    heading, *rows = ("|".join(row) for row in ROWS)
    return "\n".join(("# A report", "", heading, "-|-|-", *rows))


def as_rich(row: tuple[str, ...]) -> bytes:
    return rb"\trowd\intbl " + b"".join(cell.encode() + rb"\cell " for cell in row) + rb"\row "


def a_pdf() -> bytes:
    pytest.importorskip("pypdfium2")
    lines = [
        Text(740, "Kent County Council", 24),
        Text(700, "Report published: 3 May 2019"),
        Text(660, "Judgement Grade", bold=True),
    ]
    return make_pdf(
        [[*lines, Text(640, "The impact of leaders Inadequate"), Text(620, "Overall effectiveness Good")]]
    )


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "a.csv": lambda: "\n".join(map(",".join, ROWS)).encode(),
    "a.docx": lambda: make_docx(paragraph("A report", "Title") + word_table(*ROWS)),
    "a.html": a_page,
    "a.json": lambda: json.dumps(LOCATION).encode(),
    "a.md": lambda: as_markdown().encode(),
    "a.odt": lambda: make_odt("<text:p>A report</text:p>" + odt_table(*ROWS)),
    "a.pdf": a_pdf,
    "a.rtf": lambda: rb"{\rtf1\ansi A report\par" + b"".join(map(as_rich, ROWS)) + rb"\pard\par}",
    "a.xlsx": a_spreadsheet,
}
CHECKED = (
    ".docx",
    ".odt",
    ".pdf",
)  # their text is packed with a checksum, so that no letter of it can change unseen
TOLD_OF = (
    ".csv",
    ".docx",
    ".json",
    ".odt",
    ".pdf",
    ".xlsx",
)  # where a fact is never lost unseen; elsewhere a broken table is text


def read_bytes(path: Path, data: bytes) -> tuple[FileContents, list[RatingFact], Report]:
    path.write_bytes(data)
    report = Report()
    contents = read(path, path.name, report)
    return contents, list(contents.facts), report


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_one_damaged_byte_is_told_or_does_no_harm(tmp_path: Path, name: str) -> None:
    whole = SAMPLES[name]()
    _, facts, _ = read_bytes(tmp_path / name, whole)
    assert len(facts) == 2
    given = {(fact.subject, fact.aspect, fact.rating, fact.published) for fact in facts}
    rated = {(fact.subject, fact.aspect): str(fact.rating).casefold() for fact in facts}
    chance = random.Random(name)
    for _ in range(PLACES):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        contents, found, report = read_bytes(tmp_path / name, bytes(damaged))
        assert len(found) <= len(facts)
        assert all(problem.message and problem.mend for problem in report.problems)
        for fact in found:
            rating = None if fact.rating is None else fact.rating.casefold()
            assert rating in (None, rated.get((fact.subject, fact.aspect), rating)), damaged
        if name.endswith(CHECKED):
            assert {(fact.subject, fact.aspect, fact.rating, fact.published) for fact in found} <= given
        if len(found) < len(facts):
            assert report.problems or (contents.documents and not name.endswith(TOLD_OF)), damaged


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_file_that_was_cut_off_is_told_or_does_no_harm(tmp_path: Path, name: str) -> None:
    whole = SAMPLES[name]()
    for share in range(1, 10):
        contents, facts, report = read_bytes(tmp_path / name, whole[: len(whole) * share // 10])
        assert contents.documents or facts or report.problems
