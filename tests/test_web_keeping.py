"""What a reader can keep of an answer: citations ready to paste, the facts as a table, both harmless whatever
the corpus holds.
"""

import csv
import datetime
import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from qa.library import Library
from qa.records import Document, PassageSource, QuotedPassage
from qa.service import Service
from qa.settings import Settings
from qa.shelf import Listed
from qa.web import create_app
from qa.web.api.facts_csv import safe
from qa.web.pages.citations import citations
from qa.web.pages.links import shared

DAY = datetime.date(2018, 3, 15)
DATE = "15\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2018"


def cited(text: str = "Wards were clean.", **changed: object) -> dict[str, str]:
    """Name of a form → the citation of ``text`` from a document with the ``changed`` fields."""
    fields: dict[str, object] = {
        "path": "reports/oak.txt",
        "title": "Oak report",
        "text": text,
        "blocks": (),
        "kind": "original",
        "url": "https://example.org/oak",
        "published": DAY,
        "licence": "Open Government Licence v3.0",
        "publisher": "Care Board",
    }
    document = Document(**(fields | changed))  # type: ignore[arg-type]
    source = PassageSource(
        document.path,
        document.title,
        document.kind,
        document.url,
        "Findings",
        3,
        document.published,
        7,
        7 + len(text),
        document.revision,
    )
    passage = QuotedPassage("p", 1, 1.0, text, None, (), source)
    return {one.name: one.text for one in citations(passage, Library(Listed([], [document])))}


def test_a_quote_is_cited_with_publisher_title_place_date_address_and_licence() -> None:
    forms = cited()
    assert forms["Text"].splitlines() == [
        "“Wards were clean.”",
        f"— Care Board, “Oak report”, section “Findings”, page 3, published {DATE}.",
        "https://example.org/oak",
        "Licence: Open Government Licence v3.0.",
    ]
    assert forms["Markdown"].splitlines() == [
        "> “Wards were clean.”",
        ">",
        (
            "> — Care Board, [Oak report](<https://example.org/oak>), section “Findings”, page 3, "
            f"published {DATE}."
        ),
        "> Licence: Open Government Licence v3.0.",
    ]
    assert forms["BibTeX"].splitlines() == [
        "@misc{reports-oak-7,",
        "  author = {{Care Board}},",
        "  title = {{Oak report}},",
        "  year = {2018},",
        "  month = mar,",
        "  url = {https://example.org/oak},",
        "  note = {section “Findings”, page 3. Licence: Open Government Licence v3.0},",
        "  annote = {Wards were clean.},",
        "}",
    ]


def test_a_digest_is_cited_as_our_own_words_with_the_publisher_as_its_source() -> None:
    forms = cited(kind="digest")
    for form in ("Text", "Markdown"):
        assert "“Wards" not in forms[form]
        assert "— Askwell’s digest of: Care Board, " in forms[form]
        assert "Licence of the source: " in forms[form]
    assert "author = {{Askwell}}" in forms["BibTeX"]
    assert "Source: Care Board" in forms["BibTeX"]


def test_what_is_not_known_of_a_source_is_left_out_but_for_its_date() -> None:
    forms = cited(url=None, published=None, licence=None, publisher=None)
    assert (
        forms["Text"]
        == "“Wards were clean.”\n— “Oak report”, section “Findings”, page 3, date not published."
    )
    assert "year" not in forms["BibTeX"]
    assert "author" not in forms["BibTeX"]


def test_an_address_that_leads_elsewhere_than_to_the_web_is_left_out() -> None:
    assert not any("javascript" in text for text in cited(url="javascript:alert(1)").values())


def test_markdown_and_tex_show_marks_as_they_are() -> None:
    forms = cited("*50%* of [all] <b>wards</b> cost £5 & \\more_{x}")
    assert r"\*50%\* of \[all\] \<b\>wards\</b\>" in forms["Markdown"]
    assert r"50\%* of [all] <b>wards</b> cost £5 \& \textbackslash{}more\_\{x\}" in forms["BibTeX"]


@given(st.text(min_size=1))
def test_any_text_gives_one_entry_of_balanced_braces(text: str) -> None:
    entry = cited(text)["BibTeX"].replace(r"\{", "").replace(r"\}", "")
    assert entry.count("{") == entry.count("}")
    assert not cited(text)["Markdown"].splitlines()[0].startswith("> #")


def opened(corpus: Path | None = None) -> FlaskClient:
    flags = {"cache": "none"} | ({"corpus": str(corpus)} if corpus else {})
    return create_app(Service.open(Settings.load(flags, {}))).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return opened()


def kept(client: FlaskClient, question: str, **more: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The head of a table to keep, and its rows."""
    response = client.get("/answer.csv", query_string={"q": question, **more})
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    assert "attachment" in response.headers["Content-Disposition"]
    head, _, table = response.data.decode("utf-8-sig").partition("\r\n\r\n")
    return dict(csv.reader(io.StringIO(head))), list(csv.DictReader(io.StringIO(table)))


def rows(client: FlaskClient, question: str) -> list[dict[str, str]]:
    return kept(client, question)[1]


def test_the_facts_of_an_answer_are_a_table_with_dates_and_rows(client: FlaskClient) -> None:
    found = rows(client, "Which trusts improved to good?")
    assert len(found) == 6
    assert found[0]["subject"] == "Oxleas NHS Foundation Trust"
    assert (found[0]["previous_rating"], found[0]["rating"]) == ("Requires Improvement", "Good")
    assert (found[0]["published"], found[0]["row"]) == ("2018-03-15", "2")


def test_an_answer_without_facts_is_a_table_without_rows(client: FlaskClient) -> None:
    assert rows(client, "How long do patients wait?") == []


def test_the_head_says_what_was_asked_how_it_was_read_and_where_it_comes_from(client: FlaskClient) -> None:
    head, _ = kept(client, "Which trusts improved to good?")
    assert head["Question"] == "Which trusts improved to good?"
    assert "trusts" in head["Read as"]
    assert head["Ratings up to"] == "2018-03-15"
    assert head["Source"]


def test_the_groups_of_an_answer_are_a_table_of_figures(client: FlaskClient) -> None:
    table = rows(client, "How many trusts have each rating?")
    assert {row["rating"]: row["figure"] for row in table}["Good"] == "6"


@pytest.mark.parametrize("path", ["/answer.csv", "/answer.xlsx"])
@pytest.mark.parametrize("field", ["sort=best", "page=0", "page=x", "colour=red"])
def test_a_part_of_the_address_that_is_not_known_is_named(client: FlaskClient, path: str, field: str) -> None:
    response = client.get(f"{path}?q=Which+trusts+improved%3F&{field}")
    assert response.status_code == 422
    assert [error["field"] for error in response.get_json()["errors"]] == [field.partition("=")[0]]


def test_a_workbook_holds_dates_as_dates_and_names_as_text(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        'Name,Overall,Published\n"=1+1",Good,2020-01-02\nOak,Good,2020-03-04\n', encoding="utf-8"
    )
    response = opened(tmp_path).get("/answer.xlsx?q=Which+places+are+good%3F")
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = load_workbook(io.BytesIO(response.data)).active
    assert sheet is not None
    told = list(sheet.values)
    top = told.index(next(row for row in told if row[0] == "subject"))
    table = [dict(zip(told[top], row, strict=True)) for row in told[top + 1 :]]
    assert [row["subject"] for row in table] == ["=1+1", "Oak"]
    assert [row["published"] for row in table] == [
        datetime.datetime(2020, 1, 2),  # noqa: DTZ001
        datetime.datetime(2020, 3, 4),  # noqa: DTZ001
    ]
    assert told[0] == ("Question", "Which places are good?", *[None] * (len(told[0]) - 2))


def test_a_workbook_is_the_same_bytes_each_time(client: FlaskClient) -> None:
    first, second = (client.get("/answer.xlsx?q=Which+trusts+improved%3F").data for _ in range(2))
    assert first == second


@pytest.mark.parametrize("query", ["", "q=", "q=%20", f"q={'x' * 2001}"])
def test_what_cannot_be_asked_is_told_as_a_problem(client: FlaskClient, query: str) -> None:
    response = client.get(f"/answer.csv?{query}")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_a_hostile_name_is_text_in_the_table(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        'Name,Overall,Published\n"=HYPERLINK(""x"",""y"")",Good,2020-01-02\n', encoding="utf-8"
    )
    (row,) = rows(opened(tmp_path), "Which places are good?")
    assert row["subject"].startswith("'=HYPERLINK")


def test_the_page_offers_both_without_a_script(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/?q=Which+trusts+improved+to+good%3F").text, "html.parser")
    (link,) = page.select(".keep a[href^='/answer.csv']")
    assert client.get(str(link["href"])).data.partition(b"\r\n\r\n")[2].count(b"\r\n") == 7
    names = [name.get_text(" ", strip=True).split()[0] for name in page.select(".cite")[0].select(".form")]
    assert names == ["Text", "Markdown", "BibTeX"]
    assert "Askwell’s digest of: Care Quality Commission" in page.select(".cite pre")[0].get_text()
    assert all(button.has_attr("hidden") for button in page.select(".copy"))


CONVERSATIONS = [
    ("What is Oxleas rated?", "And Sheffield?"),
    ("Which trust became outstanding?", "And what was it rated before?"),
    ("Which trusts improved?", "How many?", "And to outstanding?"),
    ("Why did these trusts improve?", "hello", "What did they do about leadership?"),
    ("What is Oxleas rated?", "Which trusts are rated Outstanding?"),
]


@pytest.mark.parametrize("asked", CONVERSATIONS, ids=lambda asked: asked[-1])
def test_the_link_to_any_answer_of_a_conversation_shows_that_answer_and_its_facts(
    client: FlaskClient, asked: tuple[str, ...]
) -> None:
    page = BeautifulSoup(
        client.post("/", data={"history": list(asked[:-1]), "question": asked[-1]}).text, "html.parser"
    )
    *_, answer = page.select(".turn")
    link = answer.select(".keep a")[0]
    path, _, place = str(link["href"]).partition("#")
    *_, shared = BeautifulSoup(client.get(path).text, "html.parser").select(".turn")
    for part in (".asked h2", ".sentence", ".basis", ".facts", ".quotes"):
        assert [one.get_text() for one in shared.select(part)] == [
            one.get_text() for one in answer.select(part)
        ]
    assert place in ("", shared["id"])
    for table in answer.select(".keep a[href^='/answer.csv']"):
        rows = list(csv.reader(io.StringIO(client.get(str(table["href"])).text.partition("\r\n\r\n")[2])))[1:]
        assert [row[0] for row in rows] == [
            name.get_text() for name in answer.select(".facts tbody th a.door")
        ]


@pytest.mark.parametrize(
    ("asked", "leaned"),
    [
        (("What is Oxleas rated?", "Which trusts are rated Outstanding?"), ()),
        (("Which trusts improved?", "What is Oxleas rated?", "And Sheffield?"), ("What is Oxleas rated?",)),
        (
            ("Which trusts improved?", "thanks", "How many?", "And to outstanding?"),
            ("Which trusts improved?", "How many?"),
        ),
    ],
)
def test_a_link_holds_no_question_but_those_that_the_answer_leans_on(
    asked: tuple[str, ...], leaned: tuple[str, ...], trusts: Service
) -> None:
    *_, last = trusts.converse(asked)
    assert last.leans_on == leaned
    assert shared(last.answer, last.leans_on).questions == len(leaned) + 1
