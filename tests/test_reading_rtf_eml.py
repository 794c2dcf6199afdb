"""Rich text and messages: what of them is text, their dates and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.reading import read
from qa.records import Document, RatingFact, Report

RICH = rb"""{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\*\generator Word;}{\info{\title no}}{\header Page 1\par}
\pard\outlinelevel0 A report\par
\pard Published: 15 March 2018\par
{\b What was seen\par}
\pard Caf\'e9 \u8217?s staff {\v hidden} knew \{all\} of it.\line A line more.\par
\bullet One\par
\trowd\intbl Trust\cell Rating\cell\row
\intbl Hill Trust\cell Good\cell\row
\intbl Dale Trust\cell Inadequate\cell\row
\pard After it.\par}"""
MESSAGE = b"""From: Ada <ada@example.org>\r
To: b@example.org\r
Subject: =?utf-8?q?Visits_at_night?=\r
Date: Thu, 15 Mar 2018 09:30:00 +0000\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset="utf-8"\r
\r
One member of staff\r
was on duty.\r
\r
> Quoted before.\r
"""


def read_file(folder: Path, name: str, data: bytes) -> tuple[list[Document], list[RatingFact], Report]:
    (folder / name).write_bytes(data)
    report = Report()
    reading = read(folder / name, name, report)
    return list(reading.documents), list(reading.facts), report


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_rich_text_is_read_into_blocks_and_facts(tmp_path: Path) -> None:
    (document,), facts, report = read_file(tmp_path, "a.rtf", RICH)
    assert shown(document) == [
        ("title", "A report"),
        ("metadata", "Published: 15 March 2018"),
        ("heading", "What was seen"),
        ("paragraph", "Café ’s staff knew {all} of it.\nA line more."),
        ("item", "One"),
        ("table", "Trust | Rating\nHill Trust | Good\nDale Trust | Inadequate"),
        ("paragraph", "After it."),
    ]
    assert [(fact.subject, fact.rating, str(fact.published)) for fact in facts] == [
        ("Hill Trust", "Good", "2018-03-15"),
        ("Dale Trust", "Inadequate", "2018-03-15"),
    ]
    assert report.problems == []


@pytest.mark.parametrize("data", [b"{\\rtf1 " + b"{" * 2_000 + b"x", b"no rich text", b"{\\rtf1 }"])
def test_rich_text_that_can_not_be_read_is_told(tmp_path: Path, data: bytes) -> None:
    documents, facts, report = read_file(tmp_path, "a.rtf", data)
    assert (documents, facts, len(report.problems)) == ([], [], 1)


def test_a_message_is_its_subject_date_and_text(tmp_path: Path) -> None:
    (document,), _, report = read_file(tmp_path, "a.eml", MESSAGE)
    assert shown(document) == [
        ("title", "Visits at night"),
        ("paragraph", "One member of staff was on duty."),
    ]
    assert (document.title, str(document.published), report.problems) == ("Visits at night", "2018-03-15", [])


def test_a_message_in_html_is_its_text(tmp_path: Path) -> None:
    data = MESSAGE.replace(b"text/plain", b"text/html").replace(
        b"One member of staff\r\nwas on duty.", b"<p>One <b>member</b>.</p>"
    )
    (document,), _, _ = read_file(tmp_path, "a.eml", data.replace(b"> Quoted before.\r\n", b""))
    assert shown(document)[1:] == [("paragraph", "One member.")]


@pytest.mark.parametrize("data", [b"just some text", b"", b"Content-Type: text/plain; charset=none\n\nx"])
def test_what_is_no_message_is_told(tmp_path: Path, data: bytes) -> None:
    documents, _, report = read_file(tmp_path, "a.eml", data)
    assert (documents, len(report.errors)) == ([], 1)
