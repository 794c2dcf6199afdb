from __future__ import annotations

import codecs
import datetime
from pathlib import Path

import pytest

from qa.reading import read
from qa.records import Document, Report


def read_text(folder: Path, text: str | bytes, name: str = "a-report.txt") -> tuple[Document, Report]:
    path, report = folder / name, Report()
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, name, report).documents[0], report


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_the_text_is_the_decoded_file_with_plain_line_ends_and_no_mark(tmp_path: Path) -> None:
    raw = "Title\r\n\r\n  One \t\r\ntwo\rthree  \n"
    document, report = read_text(tmp_path, codecs.BOM_UTF8 + raw.encode())
    assert document.text == "Title\n\n  One \t\ntwo\nthree  \n"
    assert blocks(document)[1] == ("paragraph", "One \t\ntwo\nthree")
    assert report.problems == []


def test_a_first_line_alone_is_the_title(tmp_path: Path) -> None:
    document, _ = read_text(tmp_path, "Steam engine\n\nIt is an engine.\n")
    assert document.title == "Steam engine"
    assert blocks(document) == [("title", "Steam engine"), ("paragraph", "It is an engine.")]


@pytest.mark.parametrize(
    "start", ["It is an engine.\n\nMore of it.", "One line\nand another\n\nMore of it.", "“Said:”,\n\nMore."]
)
def test_without_a_title_line_the_file_name_is_the_title(tmp_path: Path, start: str) -> None:
    document, _ = read_text(tmp_path, start, "state_of-care.txt")
    assert document.title == "State of care"
    assert "title" not in [kind for kind, _ in blocks(document)]


def test_short_lines_without_a_full_stop_above_text_are_headings(tmp_path: Path) -> None:
    told = "What people told us:\n\n- they felt safe\n- they felt heard"
    text = f"T\n\nFindings\n\n2.1 Staffing\n\nStaff were kind.\n\n{told}\n\nleft out\n\nWell.\n"
    assert blocks(read_text(tmp_path, text)[0]) == [
        ("title", "T"),
        ("heading", "Findings"),
        ("heading", "2.1 Staffing"),
        ("paragraph", "Staff were kind."),
        ("paragraph", "What people told us:"),
        ("item", "- they felt safe"),
        ("item", "- they felt heard"),
        ("paragraph", "left out"),
        ("paragraph", "Well."),
    ]


def test_heading_levels_follow_numbers_and_underlines(tmp_path: Path) -> None:
    document, _ = read_text(
        tmp_path, "T\n\n1 One\n\nText.\n\n1.1 Two\n\nText.\n\nThree\n=====\n\nText.\n\nFour\n----\n\nText.\n"
    )
    assert [block.level for block in document.blocks if block.kind == "heading"] == [2, 3, 1, 2]


def test_a_column_of_short_lines_is_not_a_row_of_headings(tmp_path: Path) -> None:
    document, _ = read_text(
        tmp_path, "T\n\nAnn Hill\n\nBob Dale\n\nCy Vale\n\nStaffing\n\nStaff were kind.\n"
    )
    assert blocks(document)[4] == ("heading", "Staffing")
    assert [kind for kind, _ in blocks(document)].count("heading") == 1


def test_long_lines_are_paragraphs_of_their_own_and_wrapped_ones_are_joined(tmp_path: Path) -> None:
    long = "word " * 50 + "end."
    assert len(read_text(tmp_path, f"T\n\n{long}\n{long}\n")[0].blocks) == 3
    assert len(read_text(tmp_path, "T\n\nwrapped\nlines\nof text.\n")[0].blocks) == 2


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Published: 15 March 2018 Page last updated: 12 May 2022", (2018, 3, 15), (2022, 5, 12)),
        ("Published 1st May 2019 | Last updated 02/06/2020\nCategories\nPublic", (2019, 5, 1), (2020, 6, 2)),
        ("Date published: 2021-01-31", (2021, 1, 31), None),
        ("Last updated on Monday 4 July 2022", None, (2022, 7, 4)),
    ],
)
def test_a_line_of_dates_is_metadata(
    tmp_path: Path, line: str, published: tuple[int, int, int] | None, updated: tuple[int, int, int] | None
) -> None:
    document, _ = read_text(tmp_path, f"A title\n\n{line}\n\nText.\n")
    assert document.published == (datetime.date(*published) if published else None)
    assert document.updated == (datetime.date(*updated) if updated else None)
    assert blocks(document)[1] == ("metadata", line)


def test_a_sentence_about_a_publication_is_no_metadata(tmp_path: Path) -> None:
    document, _ = read_text(tmp_path, "A title\n\nPublished 15 March 2018 in London, the report was long.\n")
    assert (document.published, blocks(document)[1][0]) == (None, "paragraph")


def test_an_impossible_date_is_told_and_not_taken(tmp_path: Path) -> None:
    document, report = read_text(tmp_path, "A title\n\nPublished: 31 February 2018\n\nText.\n")
    assert document.published is None
    assert [str(problem) for problem in report.problems] == [
        "a-report.txt, line 3: The date “31 February 2018” can't be read, so the document is treated as undated. "
        "Write it as 2018-03-15, 15/03/2018 or 15 March 2018."
    ]


def test_an_address_at_the_top_is_the_documents(tmp_path: Path) -> None:
    document, _ = read_text(
        tmp_path, "A title\n\nSource: https://example.org/a\nPublished: 1 May 2019\n\nText.\n"
    )
    assert (document.url, document.published) == ("https://example.org/a", datetime.date(2019, 5, 1))


def test_a_text_in_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    document, report = read_text(tmp_path, "A title\n\nThe caf\u00e9 – “good”.\n".encode("cp1252"))
    assert "café – “good”" in document.text
    assert [(problem.line, problem.severity) for problem in report.problems] == [(3, "warning")]


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    assert read_text(tmp_path, "A title\n\nText.\n".encode("utf-16"))[0].text == "A title\n\nText.\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"Title\n\nab\x00cd", 3), (b"Title\n\xff\x81\n", 2), (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", None)],
)
def test_what_is_no_text_is_an_error_with_its_line(tmp_path: Path, data: bytes, line: int | None) -> None:
    path, report = tmp_path / "a.txt", Report()
    path.write_bytes(data)
    assert read(path, "a.txt", report).documents == ()
    assert [(problem.line, "UTF-8" in problem.mend) for problem in report.errors] == [(line, True)]


def test_an_empty_text_is_told(tmp_path: Path) -> None:
    path, report = tmp_path / "a.txt", Report()
    path.write_text(" \n\u00a0\n")
    assert read(path, "a.txt", report).documents == ()
    assert "is empty" in str(report.problems[0])


# The box of judgements --------------------------------------------------------------------------------------

BOX = """---
title: Inspection of Kent children's services
published: 3 May 2019
---

1
Kent County Council
Judgement
Grade
The impact of leaders on social work practice with
children and families
Requires improvement to
be good
Overall effectiveness
Inadequate

Services have rapidly deteriorated since the last inspection.
"""


def test_the_box_of_judgements_of_a_saved_report_gives_facts_and_keeps_no_file_from_being_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "kent.txt").write_text(BOX, encoding="utf-8")
    report = Report()
    reading = read(tmp_path / "kent.txt", "kent.txt", report)
    (document,), facts = reading.documents, list(reading.facts)
    assert document.title == "Inspection of Kent children's services"
    assert [(fact.subject, fact.aspect, fact.rating, fact.source.row) for fact in facts] == [
        (
            "Kent children's services",
            "The impact of leaders on social work practice with children and families",
            "Requires improvement",
            10,
        ),
        ("Kent children's services", "Overall", "Inadequate", 14),
    ]
    assert [block.kind for block in document.blocks] == ["metadata", "paragraph", "table", "paragraph"]
    assert report.errors == []


@pytest.mark.parametrize(
    "changed",
    [
        BOX.replace("published: 3 May 2019\n", ""),
        BOX.replace("Overall effectiveness", "Overall"),
        BOX.replace("Inadequate", "Splendid"),
        BOX.replace("children and families", "children. And families"),
    ],
)
def test_a_box_that_can_not_be_read_whole_gives_no_facts(tmp_path: Path, changed: str) -> None:
    (tmp_path / "kent.txt").write_text(changed, encoding="utf-8")
    assert list(read(tmp_path / "kent.txt", "kent.txt", Report()).facts) == []
