"""Tables with a description beside them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qa.reading import read
from qa.records import RatingFact, Report

SCHOOLS = """Inspections,,,,
URN,School,LEA,Quality,Conduct
7,Hill School,Leeds,1,Good
8,Dale School,York,4,Not judged
"""
DESCRIBED = """
title = "School inspections"
url = "https://example.org/inspections"
published = 2024-09-01
header_row = 2

[columns]
local_authority = "LEA"

[aspects]
"Quality" = "Overall"
"Conduct" = "Behaviour"

[scale]
ratings = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
unrated = ["Not judged"]
synonyms = { "1" = "Outstanding", "4" = "Inadequate" }
"""


def read_described(
    folder: Path, table: str, description: str, name: str = "t.csv"
) -> tuple[list[RatingFact], Report]:
    (folder / name).write_text(table, encoding="utf-8")
    (folder / f"{name}.toml").write_text(description, encoding="utf-8")
    report = Report()
    return list(read(folder / name, name, report).facts), report


def test_a_described_table_is_read_as_described(tmp_path: Path) -> None:
    facts, report = read_described(tmp_path, SCHOOLS, DESCRIBED)
    assert [
        (fact.subject, fact.aspect, fact.rating, fact.attributes.get("rating_as_printed")) for fact in facts
    ] == [
        ("Hill School", "Overall", "Outstanding", "1"),
        ("Hill School", "Behaviour", "Good", None),
        ("Dale School", "Overall", "Inadequate", "4"),
        ("Dale School", "Behaviour", "Not judged", None),
    ]
    assert {fact.published for fact in facts} == {datetime.date(2024, 9, 1)}
    assert {(fact.source.title, fact.source.url) for fact in facts} == {
        ("School inspections", "https://example.org/inspections")
    }
    assert [fact.attributes["local_authority"] for fact in facts] == ["Leeds", "Leeds", "York", "York"]
    assert [problem.severity for problem in report.problems] == ["warning"]  # the text above the heading


def test_declared_columns_go_before_recognised_ones(tmp_path: Path) -> None:
    table = "Name,Rating,Overall rating,Last visit\nA,Good,Inadequate,2020-01-01\n"
    facts, _ = read_described(
        tmp_path,
        table,
        '[columns]\nrating = "Overall rating"\nprevious_rating = "Rating"\npublished = "last visit"\n',
    )
    assert [(fact.rating, fact.previous_rating, fact.published) for fact in facts] == [
        ("Inadequate", "Good", datetime.date(2020, 1, 1))
    ]


def test_a_date_format_tells_that_months_stand_first(tmp_path: Path) -> None:
    facts, report = read_described(
        tmp_path, "Name,Rating,Date\nA,Good,03/04/2020\nB,Good,12/31/2020\n", 'date_format = "%m/%d/%Y"'
    )
    assert [fact.published for fact in facts] == [datetime.date(2020, 3, 4), datetime.date(2020, 12, 31)]
    assert report.problems == []


def test_words_of_an_aspect_column_can_be_named(tmp_path: Path) -> None:
    facts, _ = read_described(
        tmp_path,
        "Name,Domain,Rating\nA,OE,Good\nA,L&M,Good\n",
        '[aspects]\nOE = "Overall"\n"L&M" = "Leadership"\n',
    )
    assert [fact.aspect for fact in facts] == ["Overall", "Leadership"]


def test_rows_with_a_date_keep_it(tmp_path: Path) -> None:
    facts, _ = read_described(
        tmp_path, "Name,Rating,Date\nA,Good,2020-01-01\nB,Good,\n", 'published = "1 May 2021"'
    )
    assert [fact.published for fact in facts] == [datetime.date(2020, 1, 1), datetime.date(2021, 5, 1)]


@pytest.mark.parametrize(
    ("description", "message"),
    [
        ("title = ", "Its description t.csv.toml is not valid TOML: "),
        ("colums = {}", "Its description t.csv.toml has an unknown key “colums”."),
        ("title = 3", "In its description t.csv.toml, “title” needs a text in quotation marks."),
        (
            'url = "example.org"',
            "In its description t.csv.toml, “url” needs an address that starts with https:// or http://.",
        ),
        ('published = "soon"', "In its description t.csv.toml, “published” is not a date that can be read."),
        (
            'date_format = "%d/%m"',
            "In its description t.csv.toml, “date_format” needs a date format with day, month and year",
        ),
        (
            "header_row = 0",
            "In its description t.csv.toml, “header_row” needs the number of a row, 1 or more.",
        ),
        (
            "header_row = true",
            "In its description t.csv.toml, “header_row” needs the number of a row, 1 or more.",
        ),
        (
            '[columns]\nname = "Name"',
            "In its description t.csv.toml, “columns” has no field “name”; it knows address, ",
        ),
        ("columns = 3", "In its description t.csv.toml, “columns” needs to be a table of pairs."),
        (
            '[columns]\nsubject = "Nombre"',
            (
                "The columns can't be identified: “Nombre”, which the description names as subject, heads "
                "no columns."
            ),
        ),
        ("header_row = 9", "The table has no row 9, which its description names as the heading."),
        (
            '[scale]\nunrated = ["None"]',
            "In its description t.csv.toml, “scale” needs ratings, and may have unrated and synonyms.",
        ),
        ('[scale]\nratings = ["A", "a"]', "In its description t.csv.toml, “scale” has a word twice."),
        ('[scale]\nratings = "A"', "In its description t.csv.toml, “scale” needs a list of words."),
        (
            '[scale]\nratings = ["A"]\nsynonyms = { "1" = "B" }',
            "In its description t.csv.toml, “scale” has a synonym of “B”, which is not on the scale.",
        ),
    ],
)
def test_a_wrong_description_is_an_error_that_says_how_to_mend_it(
    tmp_path: Path, description: str, message: str
) -> None:
    facts, report = read_described(tmp_path, "Name,Rating\nA,Good\n", description)
    assert facts == []
    (problem,) = report.errors
    assert problem.message.startswith(message)
    assert problem.mend
