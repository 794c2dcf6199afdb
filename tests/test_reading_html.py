from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qa.reading import read
from qa.records import Document, RatingFact, Report

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A report - An Inspectorate</title>
<link rel="canonical" href="https://example.org/news/1">
<meta property="article:published_time" content="2018-03-15T09:30:00+00:00">
<style>p { color: red }</style><script>var rating = "Good";</script></head>
<body><header><p>Skip to content</p></header><nav><ul><li>Home</li></ul></nav>
<main><article><header><h1>A report &amp; more</h1></header>
<dl><dt>Last updated</dt><dd>12 May 2022</dd></dl>
<p>The first <b>para</b>graph,<br>in two lines.<br><br>Another one.
<p>An unclosed one.
<h2>Findings</h2>
<ul><li>One<ul><li>Nested</li></ul><li>Two</ul>
<blockquote><p>Quoted words.</p></blockquote>
<table><caption>Changes</caption>
<tr><th>Trust<th>From<th>To
<tr><td>Hill Trust<sup>1</sup><td>Good<td>Outstanding
<tr><td>Dale Trust<td>Inadequate<td>Good
</table>
<p>1. Merged in 2016.</p>
Loose text
<script type="text/javascript">document.write("no")</script><!-- no --></article></main>
<footer>Contact us</footer></body></html>
"""


def read_html(folder: Path, page: str | bytes) -> tuple[list[Document], list[RatingFact], Report]:
    path, report = folder / "page.html", Report()
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    contents = read(path, "page.html", report)
    return list(contents.documents), list(contents.facts), report


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_page_is_its_content_without_navigation_and_scripts(tmp_path: Path) -> None:
    (document,), _, _ = read_html(tmp_path, PAGE)
    assert blocks(document) == [
        ("title", "A report & more"),
        ("metadata", "Last updated: 12 May 2022"),
        ("paragraph", "The first paragraph,\nin two lines."),
        ("paragraph", "Another one."),
        ("paragraph", "An unclosed one."),
        ("heading", "Findings"),
        ("item", "One"),
        ("item", "Nested"),
        ("item", "Two"),
        ("quote", "Quoted words."),
        ("paragraph", "Changes"),
        ("table", "Trust | From | To\nHill Trust[1] | Good | Outstanding\nDale Trust | Inadequate | Good"),
        ("note", "Merged in 2016."),
        ("paragraph", "Loose text"),
    ]


def test_a_page_tells_its_title_address_and_dates(tmp_path: Path) -> None:
    (document,), _, _ = read_html(tmp_path, PAGE)
    assert (document.title, document.url) == ("A report & more", "https://example.org/news/1")
    assert (document.published, document.updated) == (datetime.date(2018, 3, 15), datetime.date(2022, 5, 12))


def test_a_rating_table_gives_facts_with_the_rows_of_the_table(tmp_path: Path) -> None:
    _, facts, report = read_html(tmp_path, PAGE)
    assert [
        (fact.subject, fact.previous_rating, fact.rating, fact.note, fact.source.row) for fact in facts
    ] == [
        ("Hill Trust", "Good", "Outstanding", "Merged in 2016.", 2),
        ("Dale Trust", "Inadequate", "Good", None, 3),
    ]
    assert {fact.published for fact in facts} == {datetime.date(2018, 3, 15)}
    assert report.problems == []


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="DCTERMS.issued" content="15 March 2018">', (2018, 3, 15)),
        ('<meta name="date" content="">', None),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2018-03-15"}]}</script>',
            (2018, 3, 15),
        ),
        ('<script type="application/ld+json">[1, {"datePublished": "soon"}</script>', None),
        ('<script type="application/ld+json">{"@graph": {"datePublished": "2018-03-15"}}</script>', None),
        ('</head><time itemprop="datePublished" datetime="2018-03-15T10:00">then</time>', (2018, 3, 15)),
    ],
)
def test_publication_dates_are_found_wherever_publishers_put_them(
    tmp_path: Path, head: str, date: tuple[int, int, int] | None
) -> None:
    (document,), _, _ = read_html(tmp_path, f"<head>{head}<body><p>Text.")
    assert document.published == (datetime.date(*date) if date else None)


@pytest.mark.parametrize(
    ("page", "title"),
    [("<title> A\n b </title><p>x", "A b"), ("<p>x", "Page"), ("<title>T</title><h1>H</h1>", "H")],
)
def test_the_title_is_the_first_heading_or_what_the_head_says_or_the_file_name(
    tmp_path: Path, page: str, title: str
) -> None:
    assert read_html(tmp_path, page)[0][0].title == title


def test_cells_that_span_stand_in_every_place_they_cover(tmp_path: Path) -> None:
    page = """<table><tr><th rowspan=2>Trust</th><th colspan=2>Rating</th></tr><tr><th>before</th><th>after</th></tr>
    <tr><td>Hill Trust</td><td rowspan=2>Good</td><td>Outstanding</td></tr><tr><td>Dale Trust</td><td>Inadequate</td></tr></table>"""
    _, facts, _ = read_html(tmp_path, page)
    assert [(fact.subject, fact.previous_rating, fact.rating) for fact in facts] == [
        ("Hill Trust", "Good", "Outstanding"),
        ("Dale Trust", "Good", "Inadequate"),
    ]


def test_a_table_that_lays_out_the_page_is_read_as_text(tmp_path: Path) -> None:
    (document,), facts, _ = read_html(
        tmp_path, "<table><tr><td><h1>Title</h1><p>One.</p></td><td><table><tr><td>Two</table></table>"
    )
    assert blocks(document) == [("title", "Title"), ("paragraph", "One."), ("table", "Two")]
    assert facts == []


def test_ids_differ_between_tables(tmp_path: Path) -> None:
    table = "<table><tr><th>Trust<th>Rating<tr><td>Hill Trust<td>Good</table>"
    _, facts, _ = read_html(tmp_path, table + table)
    assert len({fact.id for fact in facts}) == 2


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote"])
def test_deep_nesting_is_read(tmp_path: Path, tag: str) -> None:
    (document,), _, _ = read_html(tmp_path, f"<p>Start.</p>{f'<{tag}>' * 3_000}deep")
    assert document.text.startswith("Start.")
    assert document.text.endswith("deep")


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    (document,), _, report = read_html(
        tmp_path, '<meta charset="iso-8859-1"><p>caf\u00e9 – “good”'.encode("cp1252")
    )
    assert (document.text, report.problems) == ("café – “good”", [])
    (document,), _, _ = read_html(tmp_path, '<meta charset="utf-99"><p>caf\u00e9'.encode())
    assert document.text == "café"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>One.</p></body></html>',
            "One.",
        ),
        ("page.html", "page.html"),
    ],
)
def test_xhtml_and_mere_text_are_read_without_a_warning(tmp_path: Path, page: str, text: str) -> None:
    assert [document.text for document in read_html(tmp_path, page)[0]] == [text]


def test_a_page_without_text_is_told(tmp_path: Path) -> None:
    documents, _, report = read_html(tmp_path, "<html><script>load()</script></html>")
    assert documents == []
    assert "has no text" in str(report.problems[0])


# Boxes beside the content -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "box",
    [
        '<div class="gem-c-related-navigation"><h2>Related content</h2></div>',
        '<div class="gem-c-share-links">Facebook</div>',
        '<div class="shareLinks">Facebook</div>',
        '<div class="gem-c-cookie-banner" role="region">We use cookies</div>',
        '<div class="govuk-breadcrumbs">Home</div>',
        '<section id="feedback">Is this page useful?</section>',
        '<a class="govuk-skip-link" href="#main">Skip to main content</a>',
        '<div class="govuk-phase-banner">BETA</div>',
        '<ul class="social-media">Twitter</ul>',
        '<div role="search">Search</div>',
    ],
)
def test_boxes_within_the_content_are_left_out(tmp_path: Path, box: str) -> None:
    (document,), _, _ = read_html(
        tmp_path, f"<body><main><h1>Elm House</h1><p>Its text.</p>{box}</main></body>"
    )
    assert document.text == "Elm House\n\nIts text."


@pytest.mark.parametrize(
    "opened",
    [
        '<div class="social-care-services">',
        '<div class="shared-lives">',
        '<div class="unrelated">',
        '<div class="has-cookie-banner related"><h1>Oak Lodge</h1>',
        '<div class="main share"><main>',
    ],
)
def test_what_is_no_box_is_content(tmp_path: Path, opened: str) -> None:
    (document,), _, _ = read_html(tmp_path, f"<body>{opened}<p>Its text.</p></body>")
    assert "Its text." in document.text


# Pages about one place --------------------------------------------------------------------------------------

ASPECTS = "<tr><td>Overall</td><td>Good</td></tr><tr><td>Safe</td><td>Requires improvement</td></tr>"
HEADED = f"<table><tr><th>Key question</th><th>Rating</th></tr>{ASPECTS}</table>"
ONE = '<meta name="date" content="2018-03-15"><main><h1>Elm House</h1>{}</main>'


@pytest.mark.parametrize("table", [HEADED, f"<table>{ASPECTS}</table>"])
def test_the_rating_table_of_a_page_about_one_place_gives_its_facts(tmp_path: Path, table: str) -> None:
    listed = (
        "<dl><dt>Beds</dt><dd>32</dd><dt>Provider:</dt><dd>Elm Care</dd><dt>Registered "
        "manager</dt><dd>A. Person</dd></dl>"
    )
    _, facts, report = read_html(tmp_path, ONE.format(table + listed))
    assert [(fact.subject, fact.aspect, fact.rating, fact.published) for fact in facts] == [
        ("Elm House", "Overall", "Good", datetime.date(2018, 3, 15)),
        ("Elm House", "Safe", "Requires improvement", datetime.date(2018, 3, 15)),
    ]
    assert facts[0].attributes == {"provider": "Elm Care", "Beds": "32"}
    assert report.errors == []


@pytest.mark.parametrize(
    "page",
    [
        ONE.format(
            "<table><tr><td>Overall</td><td>84 %</td></tr><tr><td>Safe</td><td>71 %</td></tr></table>"
        ),
        ONE.format(
            "<table><tr><td>Parking</td><td>Good</td></tr><tr><td>Food</td><td>Good</td></tr></table>"
        ),
        ONE.format(
            "<table><tr><th>Key "
            "question</th><th>Now</th><th>Then</th></tr><tr><td>Safe</td><td>Good</td><td>Good</td></tr></table>"
        ),
        ONE.replace("Elm House", "Ratings").format(HEADED),
        f"<main><p>Text.</p>{HEADED}</main>",
    ],
)
def test_no_facts_where_it_is_not_plain_whom_or_what_a_table_rates(tmp_path: Path, page: str) -> None:
    _, facts, _ = read_html(tmp_path, page)
    assert facts == []


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "idna", "punycode", "rot13", "hex"])
def test_an_encoding_that_no_page_is_in_is_not_obeyed(tmp_path: Path, charset: str) -> None:
    (document,), _, _ = read_html(tmp_path, f'<meta charset="{charset}"><p>Plain \\u0041 +AGE- text.')
    assert document.text == "Plain \\u0041 +AGE- text."


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("<table><tr><th>Trust<th>Rating</tr><tr><td>A<td>Good</tr></table>", None),
        (
            "<teble><tr><th>Trust<th>Rating</tr></teble>",
            "Elements that HTML does not have: “teble”. A table may not have been read.",
        ),
        (
            "<table><tr><th>Trust<td6Rating</tr></table>",
            "Elements that HTML does not have: “td6rating<”. A table may not have been read.",
        ),
        (
            "|table><tr><th>Trust<th>Rating</tr>",
            "Rows or cells outside a table. A table may not have been read.",
        ),
        (
            "<table><tr><th>Trust<th>Rating</tr><tr><td>A<td>Good<td>B<td>Good</tr></table>",
            "row 2: more cells than the heading; those beyond it are not read.",
        ),
        (
            "<table><tr><th>Trurt<th>Rating<th>Published</tr><tr><td>A<td>Good<td>2018-03-15</tr></table>",
            (
                "The table has no column with the names of what is rated; its headings are “Trurt”, "
                "“Rating”, “Published”."
            ),
        ),
        ("<table><tr><th>Rating<th>2017</tr><tr><td>Good<td>40%</tr></table>", None),
        ("<svg><path/><g></g></svg><x-card>Text</x-card><o:p>Text</o:p><font>Text</font>", None),
    ],
)
def test_a_table_that_was_damaged_is_told(tmp_path: Path, table: str, told: str | None) -> None:
    report = Report()
    (tmp_path / "page.html").write_text(
        f"<title>T</title><main><h1>Homes</h1><p>Text.</p>{table}</main>", encoding="utf-8"
    )
    list(read(tmp_path / "page.html", "page.html", report).facts)
    assert [
        problem.message
        for problem in report.problems
        if problem.message != "The ratings have no date of publication."
    ] == ([told] if told else [])
