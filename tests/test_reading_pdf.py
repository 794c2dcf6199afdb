"""PDF: running heads, headings, lists, hyphens, sentences over the end of a page, dates, judgements, and what
can't be read.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from small_pdf import LEFT, Text, make_pdf

from qa.library import Library
from qa.passages import passages_of
from qa.reading import read
from qa.records import Document, RatingFact, Report
from qa.shelf import Listed

pytest.importorskip("pypdfium2")

WIDE = "Staff knew people well and told inspectors in detail about what mattered to them each day"
FIRST = [
    Text(800, "Inspection of Elm House 2018", 8),
    Text(30, "Page 1 of 2", 8),
    Text(740, "Elm House", 22),
    Text(700, "Inspection of a care home", 15, bold=True),
    Text(670, "Report published: 15 March 2018"),
    Text(630, "What was found", 14, bold=True),
    Text(605, WIDE),
    Text(591, "and night. Records were kept up to date."),
    Text(
        560,
        "Medicines were kept safely, and given in time by people who were trained for it, which was a well-",
    ),
    Text(546, "established practice."),
    Text(515, "What needs to improve", bold=True),
    Text(
        495,
        (
            "• Training in first aid, and what follows from it for those who are at work at night or alone, "
            "and for"
        ),
    ),
    Text(481, "those who stand in.", x=LEFT + 10),
    Text(463, "• Training in lifting."),
    Text(
        430,
        "The home must tell us about every fall, and its managers have to look for what these falls have in",
    ),
]
SECOND = [
    Text(800, "Inspection of Elm House 2018", 8),
    Text(30, "Page 2 of 2", 8),
    Text(740, "common. This was not done before the inspection."),
    Text(700, "Is the service safe?", 14, bold=True),
    Text(676, "People felt safe."),
]


def read_pdf(
    folder: Path, pages: Sequence[Sequence[Text]], name: str = "elm.pdf"
) -> tuple[Document, list[RatingFact], Report]:
    (folder / name).write_bytes(make_pdf(pages))
    report = Report()
    reading = read(folder / name, name, report)
    (document,) = reading.documents
    return document, list(reading.facts), report


def tagged(lines: Sequence[Text]) -> list[Text]:
    """The lines as a word processor tags them: those at the edge are artifacts, each other one is tagged by
    what it looks like.
    """
    part, found = 0, list[Text]()
    for line in lines:
        if line.size == 8:
            found.append(line)
            continue
        goes_on = line.text[0].islower() and bool(found) and found[-1].tag != ""
        part = part if goes_on else part + 1
        tag = (
            found[-1].tag
            if goes_on
            else "LI"
            if line.text[0] == "•"
            else "H2"
            if line.size == 14
            else "H3"
            if line.bold
            else "P"
        )
        found.append(dataclasses.replace(line, tag=tag, part=part))
    return found


def shown(document: Document) -> list[tuple[str, int | None, str]]:
    return [(block.kind, block.page, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    "pages", [[FIRST, SECOND], [tagged(FIRST), tagged(SECOND)]], ids=["untagged", "tagged"]
)
def test_a_report_is_read_into_blocks_with_their_pages(
    tmp_path: Path, pages: Sequence[Sequence[Text]]
) -> None:
    document, facts, report = read_pdf(tmp_path, pages)
    assert shown(document)[2:] == [
        ("metadata", 1, "Report published: 15 March 2018"),
        ("heading", 1, "What was found"),
        ("paragraph", 1, f"{WIDE} and night. Records were kept up to date."),
        (
            "paragraph",
            1,
            (
                "Medicines were kept safely, and given in time by people who were trained for it, which was "
                "a well-established practice."
            ),
        ),
        ("heading", 1, "What needs to improve"),
        (
            "item",
            1,
            (
                "Training in first aid, and what follows from it for those who are at work at night or "
                "alone, and for those who stand in."
            ),
        ),
        ("item", 1, "Training in lifting."),
        (
            "paragraph",
            1,
            (
                "The home must tell us about every fall, and its managers have to look for what these falls "
                "have in common."
            ),
        ),
        ("paragraph", 2, "This was not done before the inspection."),
        ("heading", 2, "Is the service safe?"),
        ("paragraph", 2, "People felt safe."),
    ]
    assert (document.title, str(document.published)) == ("Elm House: Inspection of a care home", "2018-03-15")
    assert (facts, report.problems) == ([], [])


def test_passages_have_their_page_and_section(tmp_path: Path) -> None:
    document, _, _ = read_pdf(tmp_path, [FIRST, SECOND])
    found = {passage.section: passage.page for passage in passages_of(document)}
    assert found["What was found"] == 1
    assert found["Is the service safe?"] == 2
    assert not any(
        "Page" in passage.text or "Elm House 2018" in passage.text for passage in passages_of(document)
    )


def test_the_levels_of_headings_follow_their_size_and_weight(tmp_path: Path) -> None:
    lines = [*FIRST, Text(300, "A smaller heading", bold=True), Text(280, WIDE)]
    document, _, _ = read_pdf(tmp_path, [lines])
    levels = {
        document.text[block.start : block.end]: block.level
        for block in document.blocks
        if block.kind == "heading"
    }
    assert (
        levels["Inspection of a care home"]
        < levels["What was found"]
        < levels["What needs to improve"]
        == levels["A smaller heading"]
    )


def broken(left: str, right: str, elsewhere: str) -> list[Text]:
    return [Text(700, f"{WIDE}, and one more {left}-"), Text(686, f"{right} for it."), Text(650, elsewhere)]


@pytest.mark.parametrize(
    ("left", "right", "elsewhere", "whole"),
    [
        ("hospi", "tal", "", "hospital"),
        ("multi", "agency", "", "multi-agency"),
        ("child", "centred", "", "child-centred"),
        ("re", "cover", "They re-cover the chairs.", "re-cover"),
        ("safe", "guarding", "", "safeguarding"),
        ("Oak", "Ash", "", "Oak-Ash"),
    ],
)
def test_hyphens_at_the_end_of_a_line(
    tmp_path: Path, left: str, right: str, elsewhere: str, whole: str
) -> None:
    document, _, _ = read_pdf(tmp_path, [broken(left, right, elsewhere)])
    assert f"one more {whole} for it." in document.text


@pytest.mark.parametrize("foot", ["{}", "Page {}", "{} of 3", "- {} -", "Elm House report, page {}"])
def test_numbers_of_pages_are_no_text(tmp_path: Path, foot: str) -> None:
    document, _, _ = read_pdf(
        tmp_path, [[Text(740, WIDE), Text(726, f"in page {n}."), Text(40, foot.format(n))] for n in (1, 2, 3)]
    )
    assert not any(document.text.rstrip().endswith(foot.format(n)) for n in (1, 2, 3))
    assert document.text.count("in page") == 3


def test_what_stands_once_at_the_edge_is_text(tmp_path: Path) -> None:
    document, _, _ = read_pdf(
        tmp_path,
        [[Text(800, "This stands at the top of one page alone.")], [Text(400, WIDE)], [Text(400, WIDE)]],
    )
    assert "at the top of one page alone" in document.text


def test_lists_of_contents_are_left_out(tmp_path: Path) -> None:
    contents = [
        Text(740, "Contents", 16),
        Text(700, "What was found 2"),
        Text(686, "What needs to improve .......... 3"),
    ]
    document, _, _ = read_pdf(tmp_path, [contents, [Text(740, "What was found", 16), Text(700, WIDE + ".")]])
    assert shown(document) == [("title", 2, "What was found"), ("paragraph", 2, WIDE + ".")]


def test_a_footnote_is_a_note(tmp_path: Path) -> None:
    document, _, _ = read_pdf(
        tmp_path, [[Text(740, WIDE + "1."), Text(726, "More."), Text(90, "1 As of March.", 8)]]
    )
    assert shown(document)[-1] == ("note", 1, "1 As of March.")


def test_the_second_column_goes_on_where_the_first_ends(tmp_path: Path) -> None:
    left = [Text(740 - 14 * n, f"Line {n} of the left column, which is long") for n in range(5)]
    right = [Text(740 - 14 * n, f"line {n} of the right column, which is long", x=320) for n in range(5)]
    document, _, _ = read_pdf(tmp_path, [[*left, *right]])
    assert "Line 4 of the left column, which is long line 0 of the right column" in " ".join(
        document.text.split()
    )


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("ofsted-2017-06-13.pdf", "2017-06-13"),
        ("2020/a-2020-03-02.pdf", "2020-03-02"),
        ("a-2017.pdf", "None"),
    ],
)
def test_the_name_of_the_file_tells_the_date_where_the_text_does_not(
    tmp_path: Path, name: str, published: str
) -> None:
    (tmp_path / "2020").mkdir()
    document, _, _ = read_pdf(tmp_path, [[Text(740, WIDE)]], name)
    assert str(document.published) == published


def test_a_description_beside_it_tells_title_date_and_address(tmp_path: Path) -> None:
    (tmp_path / "elm.pdf.toml").write_text(
        'title = "Elm"\nurl = "https://example.org/elm.pdf"\npublished = 2018-03-16\n'
    )
    document, _, _ = read_pdf(tmp_path, [FIRST, SECOND])
    assert (document.title, document.url, str(document.published)) == (
        "Elm",
        "https://example.org/elm.pdf",
        "2018-03-16",
    )


# Judgements -------------------------------------------------------------------------------------------------

BOX = [
    Text(740, "Kent County Council", 24),
    Text(700, "Report published: 3 May 2019"),
    Text(660, "Judgement", bold=True),
    Text(660, "Grade", bold=True, x=400),
    Text(640, "The impact of leaders on social work"),
    Text(626, "practice"),
    Text(640, "Requires improvement to be good", x=400),
    Text(606, "Overall effectiveness"),
    Text(606, "Good", x=400),
    Text(570, WIDE + "."),
]


def test_the_box_of_judgements_gives_facts(tmp_path: Path) -> None:
    document, facts, report = read_pdf(tmp_path, [BOX])
    assert [(fact.subject, fact.aspect, fact.rating, str(fact.published)) for fact in facts] == [
        (
            "Kent County Council",
            "The impact of leaders on social work practice",
            "Requires improvement",
            "2019-05-03",
        ),
        ("Kent County Council", "Overall", "Good", "2019-05-03"),
    ]
    assert facts[0].attributes == {"rating_as_printed": "Requires improvement to be good"}
    assert {facts[0].source.document, facts[0].source.title} == {"elm.pdf", "Kent County Council"}
    assert [passage.text for passage in passages_of(document)][-1] == WIDE + "."
    assert report.rows == {"elm.pdf": 2}


@pytest.mark.parametrize("line", [1, 7])
def test_a_box_without_a_date_or_without_the_overall_effectiveness_stays_text(
    tmp_path: Path, line: int
) -> None:
    _, facts, _ = read_pdf(tmp_path, [[text for number, text in enumerate(BOX) if number != line]])
    assert facts == []


# What can't be read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "severity", "told"),
    [
        (b"%PDF-1.7\nnothing", "error", "not a PDF, or it is damaged"),
        (make_pdf([FIRST])[:300], "error", "not a PDF, or it is damaged"),
        (make_pdf([FIRST], encrypt=True), "error", "password"),
        (make_pdf([[]]), "warning", "no text"),
        (make_pdf([[Text(400, " " * 3)]]), "warning", "OCR"),
    ],
)
def test_what_can_not_be_read_is_told(tmp_path: Path, data: bytes, severity: str, told: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    report = Report()
    assert read(tmp_path / "a.pdf", "a.pdf", report).documents == ()
    (problem,) = report.problems
    assert problem.severity == severity
    assert told in str(problem)


@pytest.mark.parametrize("times", [1, 2])
def test_a_stream_that_unpacks_to_far_more_than_text_is_told_before_it_is_read(
    tmp_path: Path, times: int
) -> None:
    packed = b"BT /F1 9 Tf (" + b"word " * 4_000_000 + b") Tj ET"
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    whole = make_pdf([[Text(400, WIDE)]])
    start, end = whole.index(b"<< /Length"), whole.index(b"endstream")
    filters = b"/FlateDecode " * times
    bomb = (
        whole[:start]
        + b"<< /Length %d /Filter [%s] >>\nstream\n%s\n" % (len(packed), filters, packed)
        + whole[end:]
    )
    (tmp_path / "a.pdf").write_bytes(bomb)
    report = Report()
    assert read(tmp_path / "a.pdf", "a.pdf", report).documents == ()
    assert "unpacks to far more" in str(report.errors[0])


def test_without_the_package_a_pdf_is_told_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (tmp_path / "a.pdf").write_bytes(make_pdf([FIRST]))
    report = Report()
    assert read(tmp_path / "a.pdf", "a.pdf", report).documents == ()
    assert "pip install 'askwell[pdf]'" in str(report.problems[0])


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/elm.pdf", "https://example.org/elm.pdf#page=2"),
        ("https://example.org/file/50004123", "https://example.org/file/50004123#page=2"),
        ("https://example.org/elm.pdf#page=9", "https://example.org/elm.pdf#page=9"),
    ],
)
def test_the_address_of_a_quote_opens_at_its_page(tmp_path: Path, url: str, opens: str) -> None:
    (tmp_path / "elm.pdf.toml").write_text(f'url = "{url}"\n')
    document, _, _ = read_pdf(tmp_path, [FIRST, SECOND])
    passages = passages_of(document)
    library = Library(Listed(passages))
    assert [library.source(passage).url for passage in passages if passage.page == 2][-1] == opens
