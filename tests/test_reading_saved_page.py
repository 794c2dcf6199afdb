"""Pages saved as text: every test page is invented, and stands for a layout."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import read
from qa.records import Document, RatingFact, Report

PLAIN_TABLE = """Better care in the north

Published: 3 June 2021 Page last updated: 4 July 2022
Categories
Public

Two trusts made changes, and the people who use their services noticed them within the year.

Rating changes

Trust

From

To

North Moor NHS Trust

Inadequate

Requires improvement

*East Vale NHS Trust

Requires improvement

Good

\u00a0

More will follow in the autumn, when the next trusts have been inspected.

* In 2019, East Vale NHS Trust was formed from two others.

Two trusts made changes, and the people who use their services noticed them within the year.

Two trusts made changes, and the people
"""

# No empty lines between cells, one between rows; an extra column that is known and one that is not; two
# footnotes.
TWO_FOOTNOTES = """Hospitals that turned round
Published 1 May 2019

Hospital
Region
Beds
Before
After

Saint Agnes Hospital
London
210
Inadequate
Good†

Old Mill Hospital**
South West
95
Good
Outstanding

† Rated again after an appeal.
** Known as Mill Road Hospital until 2016.

What comes next
The programme goes on until 2023.
"""

# An empty cell is an empty line more.
EMPTY_CELLS = """Home care agencies
Published: 09/02/2023

Provider

Previous rating

New rating

Date published

Bright Days

Good

Outstanding

08/02/2023

New Start Care



Good

07/02/2023

Evening Care

Good



06/02/2023

All of these agencies were inspected in January.
"""

OTHER_HEADINGS = """Ambulance services
Published: 1 May 2019

Name of the ambulance trust

Rating 2016

Rating 2018

Hill Ambulance Trust

Inadequate

Requires improvement

The Ambulance Trust

Requires improvement

Good
"""

OTHER_WORDS = """Schools in the valley
Published: 9 September 2020

School
From
To
Hill School
Weak
Strong
Dale School
Strong
Excellent
"""

SCALE = '[scale]\nratings = ["Excellent", "Strong", "Weak"]\n'


def read_page(folder: Path, text: str, sidecar: str = "") -> tuple[Document, list[RatingFact], Report]:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8")
    if sidecar:
        (folder / "page.txt.toml").write_text(sidecar, encoding="utf-8")
    report = Report()
    reading = read(path, "page.txt", report)
    return reading.documents[0], list(reading.facts), report


def changes(facts: list[RatingFact]) -> list[tuple[str, str | None, str | None]]:
    return [(fact.subject, fact.previous_rating, fact.rating) for fact in facts]


def shown(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize(
    ("text", "sidecar", "expected"),
    [
        (
            PLAIN_TABLE,
            "",
            [
                ("North Moor NHS Trust", "Inadequate", "Requires improvement"),
                ("East Vale NHS Trust", "Requires improvement", "Good"),
            ],
        ),
        (
            TWO_FOOTNOTES,
            "",
            [("Saint Agnes Hospital", "Inadequate", "Good"), ("Old Mill Hospital", "Good", "Outstanding")],
        ),
        (
            EMPTY_CELLS,
            "",
            [
                ("Bright Days", "Good", "Outstanding"),
                ("New Start Care", None, "Good"),
                ("Evening Care", "Good", None),
            ],
        ),
        (
            OTHER_HEADINGS,
            "",
            [
                ("Hill Ambulance Trust", "Inadequate", "Requires improvement"),
                ("The Ambulance Trust", "Requires improvement", "Good"),
            ],
        ),
        (OTHER_WORDS, SCALE, [("Hill School", "Weak", "Strong"), ("Dale School", "Strong", "Excellent")]),
    ],
)
def test_cells_one_to_a_line_are_facts(
    tmp_path: Path, text: str, sidecar: str, expected: list[tuple[str, str, str]]
) -> None:
    _, facts, report = read_page(tmp_path, text, sidecar)
    assert changes(facts) == expected
    assert report.errors == []


def test_a_facts_row_is_the_line_of_its_subject(tmp_path: Path) -> None:
    for text in (PLAIN_TABLE, TWO_FOOTNOTES, EMPTY_CELLS):
        _, facts, _ = read_page(tmp_path, text)
        lines = text.split("\n")
        assert all(fact.subject in lines[fact.source.row - 1] for fact in facts)
        assert len({fact.id for fact in facts}) == len(facts)


def test_facts_take_the_pages_date_and_title_unless_the_table_has_dates(tmp_path: Path) -> None:
    document, facts, _ = read_page(tmp_path, PLAIN_TABLE)
    assert (document.published, document.updated) == (datetime.date(2021, 6, 3), datetime.date(2022, 7, 4))
    assert {fact.published for fact in facts} == {document.published}
    assert {fact.source.title for fact in facts} == {"Better care in the north"}
    assert {fact.source.url for fact in facts} == {None}
    _, dated, _ = read_page(tmp_path, EMPTY_CELLS)
    assert [fact.published for fact in dated] == [datetime.date(2023, 2, day) for day in (8, 7, 6)]


def test_footnotes_are_joined_to_the_cells_that_carry_their_marks(tmp_path: Path) -> None:
    document, facts, report = read_page(tmp_path, TWO_FOOTNOTES)
    assert [fact.note for fact in facts] == [
        "Rated again after an appeal.",
        "Known as Mill Road Hospital until 2016.",
    ]
    assert shown(document, "note") == [
        "Rated again after an appeal.",
        "Known as Mill Road Hospital until 2016.",
    ]
    assert [fact.attributes["region"] for fact in facts] == ["London", "South West"]
    assert facts[0].attributes["Beds"] == "210"
    assert [str(problem) for problem in report.problems] == [
        "page.txt, line 4: Columns kept under their own headings: Beds. Ignore this if the headings are right."
    ]


def test_a_mark_without_a_footnote_is_told(tmp_path: Path) -> None:
    _, facts, report = read_page(
        tmp_path, "Trust\nFrom\nTo\nHill Trust*\nGood\nInadequate\nDale Trust\nInadequate\nGood\n"
    )
    assert changes(facts) == [("Hill Trust", "Good", "Inadequate"), ("Dale Trust", "Inadequate", "Good")]
    assert "line 4: the mark “*”" in " ".join(map(str, report.problems))


def test_the_table_is_no_prose_and_a_repeated_quotation_no_second_passage(tmp_path: Path) -> None:
    document, _, _ = read_page(tmp_path, PLAIN_TABLE)
    assert [block.kind for block in document.blocks] == [
        "title",
        "metadata",
        "paragraph",
        "heading",
        "table",
        "paragraph",
        "note",
    ]
    assert shown(document, "heading") == ["Rating changes"]
    assert shown(document, "table")[0].startswith("Trust\n")
    assert shown(document, "table")[0].endswith("Good")


def test_a_pull_quote_within_the_page_is_left_out_with_its_speaker_but_headings_stay(tmp_path: Path) -> None:
    text = """A page

Published: 3 June 2021

The findings concern staff and leadership.

Dr Ann Hill, an inspector, said: “Good leaders listen to the people who use the service.”

Good leaders listen to the people who use the service.

Dr Ann Hill, an inspector

Leadership

Leaders were visible.
"""
    document, _, _ = read_page(tmp_path, text)
    assert [block.kind for block in document.blocks] == [
        "title",
        "metadata",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_a_text_that_is_no_saved_page_keeps_what_it_repeats(tmp_path: Path) -> None:
    verse = "And the people of the valley said that it was good."
    document, facts, _ = read_page(tmp_path, f"A song\n\nThey came.\n{verse}\n\n{verse}\n")
    assert len(document.blocks) == 3
    assert facts == []


def test_rating_words_that_no_scale_knows_are_told_and_give_no_facts(tmp_path: Path) -> None:
    _, facts, report = read_page(tmp_path, OTHER_WORDS)
    assert facts == []
    assert (
        "line 4: None of the words in the rating columns is on the rating scale: “Strong”, “Excellent”."
        in " ".join(map(str, report.problems))
    )


def test_one_unknown_rating_word_is_told_and_gives_a_fact_without_a_rating(tmp_path: Path) -> None:
    _, facts, report = read_page(
        tmp_path, "Trust\nFrom\nTo\nHill Trust\nGood\nBetterish\nDale Trust\nInadequate\nGood\n"
    )
    assert changes(facts) == [("Hill Trust", "Good", None), ("Dale Trust", "Inadequate", "Good")]
    assert facts[0].attributes["rating_as_printed"] == "Betterish"
    assert "line 4: not on the rating scale, so treated as unrated: “Betterish”" in " ".join(
        map(str, report.problems)
    )


@pytest.mark.parametrize("missing", range(1, 9))
def test_a_cell_that_is_simply_missing_costs_its_row_and_never_gives_a_wrong_fact(
    tmp_path: Path, missing: int
) -> None:
    cells = [
        "Hill Trust",
        "Good",
        "Inadequate",
        "Dale Trust",
        "Inadequate",
        "Good",
        "Vale Trust",
        "Good",
        "Outstanding",
    ]
    whole = {tuple(cells[start : start + 3]) for start in (0, 3, 6)}
    left = [*cells[:missing], *cells[missing + 1 :]]
    _, facts, report = read_page(
        tmp_path,
        "\n".join(["Trust", "From", "To", *left, "", "That was all there was to say about these trusts."]),
    )
    assert set(changes(facts)) <= whole
    assert len(facts) in (1, 2)  # a rating too many above it makes the row above doubtful as well
    assert len(report.errors) == 1
    assert "do not form a whole row" in str(report.errors[0])


def test_two_tables_on_a_page_are_both_read(tmp_path: Path) -> None:
    text = f"{TWO_FOOTNOTES}\nCare home\nRating\nRose Lodge\nGood\nFern Lodge\nInadequate\n"
    _, facts, report = read_page(tmp_path, text)
    assert [fact.subject for fact in facts] == [
        "Saint Agnes Hospital",
        "Old Mill Hospital",
        "Rose Lodge",
        "Fern Lodge",
    ]
    assert report.rows == {"page.txt": 4}


@pytest.mark.parametrize(
    "text",
    [
        "Journeys\n\nName\nFrom\nTo\nAnn\nLeeds\nYork\nBob\nHull\nLeeds\n",  # no rating words
        "A report\n\nTrust\n\nThis is about trust.\n\nFrom here on it is about hope.\n",
        "Good\n\nOutstanding\n\nTrust\n",
    ],
)
def test_texts_without_ratings_give_no_facts(tmp_path: Path, text: str) -> None:
    _, facts, report = read_page(tmp_path, text)
    assert facts == []
    assert report.errors == []


def test_the_published_page_gives_the_seven_published_facts(shared: Path) -> None:
    path = shared / "data" / "page" / "cqc-news-2018-03-15.txt"
    report = Report()
    reading = read(path, path.name, report)
    facts = list(reading.facts)
    better = ("Requires Improvement", "Good")
    assert changes(facts) == [
        ("Oxleas NHS Foundation Trust", *better),
        ("Somerset Partnership NHS Foundation Trust", *better),
        ("Lincolnshire Partnership NHS Foundation Trust", *better),
        ("South West Yorkshire Partnership NHS Foundation Trust", *better),
        ("North Staffordshire Combined Healthcare NHS Trust", *better),
        ("Calderstones Partnership NHS Foundation Trust", "Good", "Outstanding"),
        ("Sheffield Health and Social Care NHS Foundation Trust", *better),
    ]
    assert {fact.published for fact in facts} == {datetime.date(2018, 3, 15)}
    assert [fact.subject for fact in facts if fact.note and "Mersey Care" in fact.note] == [facts[5].subject]
    assert [fact.note for fact in facts].count(None) == 6
    document = reading.documents[0]
    assert (document.updated, document.blocks[-1].kind) == (datetime.date(2022, 5, 12), "note")
    assert document.text == path.read_text(encoding="utf-8")
    assert report.problems == []


TO_AND_FRO = ("Outstanding", "Good", "Inadequate", "Requires improvement", "Good", "Outstanding")
ROWS = [
    (f"{name} Trust", before, after)
    for name, before, after in zip("ABCDE", TO_AND_FRO, TO_AND_FRO[1:], strict=False)
]


@given(st.data())
def test_whatever_befalls_its_lines_a_table_gives_no_wrong_fact_and_loses_none_silently(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cells = [cell for row in ROWS for cell in row]
    place = data.draw(st.integers(0, len(cells) - 1))
    cell = cells[place]
    cells[place : place + 1] = data.draw(
        st.sampled_from([[], [""], ["-"], [cell, cell], [cell, "Good"], ["Inadequate", cell], [cell, "2016"]])
    )
    between = data.draw(st.sampled_from(["\n", "\n\n"]))
    below = data.draw(st.sampled_from(["", "Contact\n", "That was all there was to say."]))
    text = f"A title\n\n{between.join(['Trust', 'From', 'To', *cells])}\n\n{below}"
    _, facts, report = read_page(tmp_path_factory.mktemp("any"), text)
    rows = {row[0]: row for row in ROWS}
    assert all(
        printed in (None, true)
        for fact in changes(facts)
        for printed, true in zip(fact, rows[fact[0]], strict=True)
    )
    assert len(facts) == len(ROWS) or report.problems
