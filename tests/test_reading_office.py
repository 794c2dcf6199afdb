"""Word and OpenDocument texts: headings, lists, tables with their facts and footnotes, and what can't be
read.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from small_office import make_docx, make_odt, odt_table, packed, paragraph, word_table

from qa.reading import read
from qa.records import Document, RatingFact, Report

NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Merged in "
    "2016.</text:p></text:note-body></text:note>"
)
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
RATINGS = (("Trust", "Rating"), ("Hill Trust", "Good"), ("Dale Trust", "Inadequate"))
WORD = (
    paragraph("A report", "Title")
    + paragraph("Published: 15 March 2018")
    + paragraph("Findings", "H1")
    + "<w:p><w:r><w:t>The first </w:t></w:r><w:del><w:r><w:delText>gone </w:delText></w:r></w:del>"
    + (
        "<w:ins><w:r><w:t>para</w:t></w:r></w:ins><w:r><w:t>graph,</w:t><w:br/><w:t>in two "
        "lines.</w:t></w:r></w:p>"
    )
    + paragraph("One", "List")
    + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>"
    + paragraph("What was seen", "", "<w:b/>")
    + paragraph("Text below.")
    + paragraph("Hidden.", "", "<w:vanish/>")
    + paragraph("Staff", "Own")
    + "<w:sdt><w:sdtContent>"
    + word_table(*RATINGS[:1], (RATINGS[1][0], RATINGS[1][1]), RATINGS[2]).replace(
        "Hill Trust</w:t></w:r>", f"Hill Trust</w:t></w:r>{REFERENCE}"
    )
    + "</w:sdtContent></w:sdt>"
)
OPEN = (
    "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p "
    'text:style-name="P1">A report</text:p>'
    "<text:p>Published: 15 March 2018</text:p>"
    '<text:h text:outline-level="1">Findings</text:h>'
    "<text:p>The first <text:span>para</text:span>graph,<text:line-break/>in two<text:s/>lines.</text:p>"
    "<text:list><text:list-item><text:p>One</text:p></text:list-item><text:list-item><text:p>Two</text:p></text:list-item></text:list>"
    '<text:p><text:span text:style-name="B">What was seen</text:span></text:p><text:p>Text below.</text:p>'
    '<text:h text:outline-level="2">Staff</text:h>'
    + odt_table(RATINGS[0], (f"Hill Trust{NOTE}", "Good"), RATINGS[2])
)
FORMATS = [("a.docx", make_docx(WORD)), ("a.odt", make_odt(OPEN))]


def read_file(folder: Path, name: str, data: bytes) -> tuple[list[Document], list[RatingFact], Report]:
    (folder / name).write_bytes(data)
    report = Report()
    reading = read(folder / name, name, report)
    return list(reading.documents), list(reading.facts), report


def shown(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(("name", "data"), FORMATS)
def test_a_document_is_read_into_blocks(tmp_path: Path, name: str, data: bytes) -> None:
    (document,), _, report = read_file(tmp_path, name, data)
    assert shown(document) == [
        ("title", 1, "A report"),
        ("metadata", 0, "Published: 15 March 2018"),
        ("heading", 1, "Findings"),
        ("paragraph", 0, "The first paragraph,\nin two lines."),
        ("item", 0, "One"),
        ("item", 0, "Two"),
        ("heading", 6, "What was seen"),
        ("paragraph", 0, "Text below."),
        ("heading", 2, "Staff"),
        ("table", 0, "Trust | Rating\nHill Trust[1] | Good\nDale Trust | Inadequate"),
        ("note", 0, "Merged in 2016."),
    ]
    assert (document.title, str(document.published), report.problems) == ("A report", "2018-03-15", [])


@pytest.mark.parametrize(("name", "data"), FORMATS)
def test_the_facts_of_its_tables_have_their_footnotes(tmp_path: Path, name: str, data: bytes) -> None:
    _, facts, _ = read_file(tmp_path, name, data)
    assert [
        (fact.subject, fact.rating, fact.note, str(fact.published), fact.source.row) for fact in facts
    ] == [
        ("Hill Trust", "Good", "Merged in 2016.", "2018-03-15", 2),
        ("Dale Trust", "Inadequate", None, "2018-03-15", 3),
    ]


def test_merged_cells_stand_in_each_of_their_places(tmp_path: Path) -> None:
    down = word_table(
        ("Trust", "Key question", "Rating"), ("Hill Trust", "Safe", "Good"), ("@", "Caring", "Inadequate")
    )
    down = down.replace(
        "<w:tc>" + paragraph("Hill Trust"),
        '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Hill Trust"),
    )
    down = down.replace("<w:tc>" + paragraph("@"), "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/>")
    _, facts, _ = read_file(tmp_path, "a.docx", make_docx(down))
    assert [(fact.subject, fact.aspect, fact.rating) for fact in facts] == [
        ("Hill Trust", "Safe", "Good"),
        ("Hill Trust", "Caring", "Inadequate"),
    ]
    table = odt_table(
        ("Trust", "Key question", "Rating"), ("Hill Trust", "Safe", "Good"), ("@", "Caring", "Inadequate")
    )
    table = table.replace(
        "<table:table-cell><text:p>Hill Trust",
        '<table:table-cell table:number-rows-spanned="2"><text:p>Hill Trust',
    )
    table = table.replace(
        "<table:table-cell><text:p>@</text:p></table:table-cell>", "<table:covered-table-cell/>"
    )
    _, facts, _ = read_file(tmp_path, "a.odt", make_odt(table))
    assert [(fact.subject, fact.aspect, fact.rating) for fact in facts] == [
        ("Hill Trust", "Safe", "Good"),
        ("Hill Trust", "Caring", "Inadequate"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", make_docx(word_table((paragraph("Findings", "H1") + paragraph("Text."), word_table(*RATINGS))))),
        ("a.odt", make_odt("<table:table><table:table-row><table:table-cell><text:h>Findings</text:h><text:p>Text.</text:p>"
                           f"</table:table-cell><table:table-cell>{odt_table(*RATINGS)}</table:table-cell></table:table-row></table:table>")),
    ],
)  # fmt: skip
def test_a_table_for_the_looks_is_read_as_what_it_holds(tmp_path: Path, name: str, data: bytes) -> None:
    (document,), facts, _ = read_file(tmp_path, name, data)
    assert [kind for kind, _, _ in shown(document)] == ["title", "paragraph", "table"]
    assert [fact.subject for fact in facts] == ["Hill Trust", "Dale Trust"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("elm-2019-05-03.docx", make_docx(paragraph("Text."))),
        ("elm-2019-05-03.odt", make_odt("<text:p>Text.</text:p>")),
    ],
)
def test_without_a_title_properties_or_the_file_name_it(tmp_path: Path, name: str, data: bytes) -> None:
    (document,), _, _ = read_file(tmp_path, name, data)
    assert document.title == ("Its properties" if name.endswith(".docx") else "Elm 2019 05 03")
    assert str(document.published) == "2019-05-03"


def test_a_table_of_key_questions_is_about_the_place_that_the_title_names(tmp_path: Path) -> None:
    body = paragraph("Elm House", "Title") + word_table(
        ("Key question", "Rating"), ("Overall", "Good"), ("Safe", "Good")
    )
    _, facts, _ = read_file(tmp_path, "elm-2019-05-03.docx", make_docx(body))
    assert [(fact.subject, fact.aspect, fact.rating) for fact in facts] == [
        ("Elm House", "Overall", "Good"),
        ("Elm House", "Safe", "Good"),
    ]


# What can't be read -----------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"other.xml": "<a/>"}, "not a"),
        ({"word/document.xml": "<a", "content.xml": "<a"}, "damaged"),
        ({"word/document.xml": ENTITY, "content.xml": ENTITY}, "damaged"),
        (
            {"word/document.xml": b"<a>" + b" " * 20_000_000, "content.xml": b"<a>" + b" " * 20_000_000},
            "unpacks to 20,000,003 bytes",
        ),
    ],
)
def test_what_is_no_document_is_told(
    tmp_path: Path, name: str, parts: dict[str, str | bytes], told: str
) -> None:
    documents, facts, report = read_file(tmp_path, name, packed(parts))
    assert (documents, facts) == ([], [])
    assert told in str(report.errors[0])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password, or is of an old format"),
        ("a.odt", make_odt("<text:p>x</text:p>", manifest="<m><encryption-data/></m>"), "password"),
        ("a.docx", b"PK\x03\x04nothing", "not an office document"),
        ("a.docx", make_docx(""), "has no text"),
    ],
)
def test_what_can_not_be_read_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    documents, facts, report = read_file(tmp_path, name, data)
    assert (documents, facts) == ([], [])
    assert told in str(report.problems[0])


@pytest.mark.parametrize(("name", "data"), FORMATS)
def test_a_part_that_does_not_fit_its_checksum_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("word/document.xml" if name.endswith("docx") else "content.xml").header_offset
    damaged = bytearray(data)
    damaged[start + 120] ^= 0xFF
    documents, facts, report = read_file(tmp_path, name, bytes(damaged))
    assert (documents, facts) == ([], [])
    assert "damaged" in str(report.errors[0])


def test_nesting_without_end_is_no_harm(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 3_000 + paragraph("Deep.") + "</w:sdtContent></w:sdt>" * 3_000
    (document,), _, _ = read_file(tmp_path, "a.docx", make_docx(paragraph("Text.") + deep))
    assert document.text == "Text."
    lists = (
        "<text:list><text:list-item>" * 3_000
        + "<text:p>Deep.</text:p>"
        + "</text:list-item></text:list>" * 3_000
    )
    (document,), _, _ = read_file(tmp_path, "a.odt", make_odt("<text:p>Text.</text:p>" + lists))
    assert document.text == "Text."
