from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qa.reading import read
from qa.records import Document, RatingFact, Report

HEAD = """---
title: "Driving improvement"
publisher: An Inspectorate
published: 2018-03-15
updated: 12 May 2022
url: https://example.org/report
licence: Open Government Licence v3.0
kind: digest
tags:
  - one
# a comment
---
"""


def read_markdown(folder: Path, text: str) -> tuple[list[Document], list[RatingFact], Report]:
    path, report = folder / "report.md", Report()
    path.write_text(text, encoding="utf-8")
    reading = read(path, "report.md", report)
    return list(reading.documents), list(reading.facts), report


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_the_head_tells_what_the_document_is(tmp_path: Path) -> None:
    (document,), _, report = read_markdown(tmp_path, f"{HEAD}\n# A heading\n\nText.\n")
    assert (document.title, document.kind, document.licence) == (
        "Driving improvement",
        "digest",
        "Open Government Licence v3.0",
    )
    assert (document.published, document.updated) == (datetime.date(2018, 3, 15), datetime.date(2022, 5, 12))
    assert document.url == "https://example.org/report"
    assert report.problems == []


def test_a_head_without_hyphens_ends_at_an_empty_line(tmp_path: Path) -> None:
    (document,), _, _ = read_markdown(tmp_path, "Title: A report\nPublished: 15 March 2018\n\nText: more.\n")
    assert (document.title, document.published) == ("A report", datetime.date(2018, 3, 15))
    assert blocks(document) == [("paragraph", "Text: more.")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("published: March 2018", "The date “March 2018” can't be read."),
        ("updated: yesterday", "The date “yesterday” can't be read."),
        ("kind: retelling", "The kind “retelling” is not known."),
        ("no colon here", "This line of the head is not of the form “key: value”."),
    ],
)
def test_a_head_that_can_not_be_right_is_an_error_with_line_and_mending(
    tmp_path: Path, line: str, message: str
) -> None:
    documents, _, report = read_markdown(tmp_path, f"---\ntitle: A\n{line}\n---\nText.\n")
    assert documents == []
    assert str(report.errors[0]).startswith(f"report.md, line 3: {message} ")
    assert report.errors[0].mend


def test_an_unknown_key_is_told(tmp_path: Path) -> None:
    (document,), _, report = read_markdown(tmp_path, "---\npublishd: 2018-03-15\n---\nText.\n")
    assert document.published is None
    assert "line 2: The head has an unknown key “publishd”" in str(report.problems[0])


def test_markup_is_taken_off_and_every_block_has_lines_of_its_own(tmp_path: Path) -> None:
    text = """# The *title*

A paragraph with **bold**, `code`, a [link](https://example.org) and
a second line\\
and a third &amp; last <b>one</b>. ![A chart](x.png)

## Findings

- one
- two
  - nested

1. first

> Quoted words.

    indented code

<div>Raw <em>HTML</em></div>

***
"""
    (document,), _, _ = read_markdown(tmp_path, text)
    assert document.title == "The title"
    assert blocks(document) == [
        ("title", "The title"),
        (
            "paragraph",
            "A paragraph with bold, code, a link and a second line\nand a third & last one. A chart",
        ),
        ("heading", "Findings"),
        ("item", "one"),
        ("item", "two"),
        ("item", "nested"),
        ("item", "first"),
        ("quote", "Quoted words."),
        ("paragraph", "indented code"),
        ("paragraph", "Raw HTML"),
    ]
    assert "one\ntwo\nnested" in document.text


def test_heading_levels_are_kept(tmp_path: Path) -> None:
    (document,), _, _ = read_markdown(tmp_path, "# A\n\n## B\n\n### C\n\n# D\n\nSetext\n------\n")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("title", 1),
        ("heading", 2),
        ("heading", 3),
        ("heading", 1),
        ("heading", 2),
    ]


def test_a_rating_table_is_read_with_its_lines_and_footnotes(tmp_path: Path) -> None:
    rows = (
        "| Trust | From | To |",
        "|---|---|---|",
        "| Hill Trust** | Good | Outstanding |",
        "| Dale Trust | Good | Good |",
    )
    text = "\n".join([HEAD, *rows, "", "\\** Since 2016.", ""])
    (document,), facts, report = read_markdown(tmp_path, text)
    assert [(fact.subject, fact.previous_rating, fact.rating, fact.note) for fact in facts] == [
        ("Hill Trust", "Good", "Outstanding", "Since 2016."),
        ("Dale Trust", "Good", "Good", None),
    ]
    lines = text.split("\n")
    assert all(fact.subject in lines[fact.source.row - 1] for fact in facts)
    assert {fact.source.url for fact in facts} == {"https://example.org/report"}
    assert [block.kind for block in document.blocks] == ["table", "note"]
    assert report.problems == []


def test_a_table_without_ratings_is_shown_and_gives_no_facts(tmp_path: Path) -> None:
    (document,), facts, report = read_markdown(tmp_path, "| Name | Beds |\n|---|---|\n| Hill | 20 |\n")
    assert (blocks(document), facts, report.problems) == ([("rows", "Name | Beds\nHill | 20")], [], [])


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    (document,), _, _ = read_markdown(tmp_path, ">" * 5_000 + " deep\n\nText.\n")
    assert blocks(document)[-1] == ("paragraph", "Text.")


@pytest.mark.parametrize("text", ["", "---\ntitle: A\n---\n", "<!-- nothing -->\n"])
def test_a_file_without_text_is_told(tmp_path: Path, text: str) -> None:
    documents, _, report = read_markdown(tmp_path, text)
    assert documents == []
    assert "has no text" in str(report.problems[0])


def test_the_box_of_judgements_is_read_in_running_text_too(tmp_path: Path) -> None:
    head = (
        "---\ntitle: Inspection of Kent County Council\npublished: 3 May 2019\n---\n\n# Kent County "
        "Council\n\n"
    )
    box = "Judgement Grade The impact of leaders Good Overall effectiveness Requires improvement to be good"
    (tmp_path / "kent.md").write_text(
        f"{head}Inspection dates: 1 to 3 March {box} Since the last inspection much was done.\n",
        encoding="utf-8",
    )
    reading = read(tmp_path / "kent.md", "kent.md", Report())
    assert [(fact.subject, fact.aspect, fact.rating) for fact in reading.facts] == [
        ("Kent County Council", "The impact of leaders", "Good"),
        ("Kent County Council", "Overall", "Requires improvement"),
    ]
    assert "Since the last inspection" in reading.documents[0].text
