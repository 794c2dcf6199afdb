"""What the corpus holds, as a client may browse it: documents, passages, facts and subjects, each as the
answers tell them.
"""

import csv
import io
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import directory
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa.facts.run import run
from qa.library import sections
from qa.question.query import Count, Query, Rated
from qa.records import Block, Document
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.api.facts_csv import safe

REPORT = """# A report

## What was found

The wards were clean. Staff were kind.

### On the wards

Noise was low.

## Next

More soon.
"""
OLD = (
    "Location ID,Location Name,Domain,Latest Rating,Publication Date\n1-1,=Elm "
    "House,Overall,Good,01/02/2010\n"
)
NEW = (
    "Location ID,Location Name,Domain,Latest Rating,Publication Date\n1-1,=Elm "
    "House,Overall,Inadequate,01/02/2020\n"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "reports").mkdir()
    (folder / "reports" / "june 50% é.md").write_text(REPORT, encoding="utf-8")
    (folder / "notes.txt").write_text("Elm House has a garden.\n", encoding="utf-8")
    directory.write(folder, "directory.csv", directory.directory())
    (folder / "elm-old.csv").write_text(OLD, encoding="utf-8")
    (folder / "elm.csv").write_text(NEW, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


def got(client: FlaskClient, path: str, **query: object) -> dict[str, Any]:
    """The JSON body at an address."""
    response = client.get(path, query_string=query or None)
    assert (response.status_code, response.content_type) == (200, "application/json"), response.text
    body: dict[str, Any] = json.loads(response.data)
    return body


def refused(client: FlaskClient, path: str, status: int, **query: object) -> set[str]:
    """The fields that a problem names."""
    response = client.get(path, query_string=query)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    return {error["field"] for error in json.loads(response.data)["errors"]}


def test_documents_are_listed_with_their_revision(client: FlaskClient, service: Service) -> None:
    body = got(client, "/documents")
    assert [one["document"] for one in body["documents"]] == ["notes.txt", "reports/june 50% é.md"]
    assert [one["revision"] for one in body["documents"]] == [
        document.revision for document in service.documents
    ]
    assert [one["characters"] for one in body["documents"]] == [
        len(document.text) for document in service.documents
    ]
    assert (body["total"], body["tables"]) == (2, ["directory.csv", "elm-old.csv", "elm.csv"])
    assert body["index"]["fingerprint"] == service.index.fingerprint


def test_a_document_is_shown_with_its_text_sections_and_passages(
    client: FlaskClient, service: Service
) -> None:
    path = "reports/june 50% é.md"
    body = got(client, f"/documents/{quote(path)}")
    (document,) = [one for one in service.documents if one.path == path]
    assert (body["source"]["document"], body["text"]) == (path, document.text)
    assert [(one["heading"], one["level"]) for one in body["sections"]] == [
        ("What was found", 2),
        ("On the wards", 3),
        ("Next", 2),
    ]
    found, wards, last = (document.text[one["start"] : one["end"]] for one in body["sections"])
    assert "More soon" not in found
    assert wards in found
    assert last == "Next\n\nMore soon."
    assert body["passages"]
    for span in body["passages"]:
        shown = got(client, f"/passages/{span['id']}")
        assert shown["text"] == body["text"][span["start"] : span["end"]]


def test_every_quoted_passage_has_a_permalink_that_shows_the_same(client: FlaskClient) -> None:
    for quoted in got(client, "/ask", question="Were the wards clean?")["passages"]:
        shown = got(client, f"/passages/{quoted['id']}")
        assert (shown["text"], shown["source"]) == (quoted["text"], quoted["source"])
        assert shown["link"].endswith(f"?revision={quoted['source']['revision']}")
        assert got(client, shown["link"]) == shown


@pytest.mark.parametrize(
    "path",
    [
        "/documents/nowhere.md",
        "/documents/directory.csv",
        "/passages/notes.txt-0-1",
        "/passages/x",
        "/passages/-1-2",
    ],
)
def test_what_is_not_there_is_a_problem_for_programs_and_browsers(client: FlaskClient, path: str) -> None:
    assert refused(client, path, 404) == set()
    assert client.get(path, headers={"Accept": "text/html"}).content_type == "application/problem+json"


def test_a_permalink_to_another_revision_shows_no_other_text(client: FlaskClient) -> None:
    identifier = got(client, "/documents/notes.txt")["passages"][0]["id"]
    refused(client, f"/passages/{identifier}", 404, revision="0" * 12)
    assert refused(client, f"/passages/{identifier}", 422, revision="nonsense") == {"revision"}


@pytest.mark.parametrize(
    ("levels", "ends"),
    [([], []), ([1, 2, 2, 1], [6, 4, 6, 8]), ([3, 2, 1], [2, 4, 6]), ([1, 3, 2], [6, 4, 6])],
)
def test_a_section_ends_where_the_next_of_its_level_or_above_begins(
    levels: list[int], ends: list[int]
) -> None:
    blocks = tuple(Block("heading", 2 * place, 2 * place + 1, level) for place, level in enumerate(levels))
    document = Document("a.md", "A", "h\n" * len(levels), blocks)
    assert [section.end for section in sections(document)] == ends


FILTERS = [
    ({"rating": "good"}, lambda fact: fact["rating"] == "Good"),
    ({"rating": ["Good", "Outstanding"]}, lambda fact: fact["rating"] in ("Good", "Outstanding")),
    ({"aspect": "safe"}, lambda fact: fact["aspect"] == "Safe"),
    ({"care_home": "Y"}, lambda fact: fact["attributes"]["care_home"] == "Y"),
    ({"document": "elm.csv"}, lambda fact: fact["source"]["document"] == "elm.csv"),
    (
        {"service": "overall", "aspect": "Overall"},
        lambda fact: (fact["service"], fact["aspect"]) in ((None, "Overall"), ("Overall", "Overall")),
    ),
]


@pytest.mark.parametrize(("query", "holds"), FILTERS, ids=[str(query) for query, _ in FILTERS])
def test_facts_are_those_that_hold_the_filter(
    client: FlaskClient, query: dict[str, object], holds: Any
) -> None:
    everything, body = got(client, "/facts", limit=500), got(client, "/facts", limit=500, **query)
    assert body["facts"]
    assert all(map(holds, body["facts"]))
    assert 0 < body["total"] < everything["total"]


@pytest.mark.parametrize("field", ["subject", "provider", "town", "local_authority", "region", "kind"])
def test_facts_are_filtered_by_names_in_any_case(client: FlaskClient, field: str) -> None:
    def value(fact: dict[str, Any]) -> str:
        return str(fact["subject"] if field == "subject" else fact["attributes"].get(field))

    name = value(got(client, "/facts", document="directory.csv", limit=1)["facts"][0])
    body = got(client, "/facts", limit=500, **{field: name.upper()})
    assert body["facts"]
    assert {value(fact) for fact in body["facts"]} == {name}


def test_a_list_counts_what_the_answers_count(client: FlaskClient, service: Service) -> None:
    for rating in directory.RATINGS:
        body = got(client, "/facts", aspect="Overall", service="Overall", rating=rating, limit=1)
        assert body["total"] == run(Query(Rated((rating,)), Count()), service.facts, service.scale).figure


def test_an_old_rating_is_listed_only_where_all_are_asked_for(client: FlaskClient) -> None:
    current, everything = (
        got(client, "/facts", subject="=Elm House", state=state)["facts"] for state in ("current", "all")
    )
    assert [(fact["rating"], fact["previous_rating"]) for fact in current] == [("Inadequate", "Good")]
    assert [fact["rating"] for fact in everything] == ["Good", "Inadequate"]


@pytest.mark.parametrize("order", ["subject", "aspect", "service", "rating", "published"])
def test_facts_are_sorted_both_ways(client: FlaskClient, order: str) -> None:
    ranks = {rating: str(rank) for rank, rating in enumerate(directory.RATINGS)}

    def keys(sort: str) -> list[str]:
        facts = got(client, "/facts", sort=sort, limit=500, rating=list(directory.RATINGS))["facts"]
        return [
            ranks[fact["rating"]] if order == "rating" else (fact[order] or "Overall").lower()
            for fact in facts
        ]

    assert keys(order) == sorted(keys(order))
    assert keys(f"-{order}") == sorted(keys(f"-{order}"), reverse=True)


def test_links_lead_through_every_page_once(client: FlaskClient) -> None:
    address: str | None = "/facts?sort=-published&kind=GP+Practices&aspect=Safe&limit=7"
    seen, pages = [], []
    while address:
        body = got(client, address)
        seen += [fact["id"] for fact in body["facts"]]
        pages.append(address)
        address = body["links"]["next"]
    assert len(seen) == len(set(seen)) == body["total"]
    assert len(pages) == -(-body["total"] // 7) > 2
    assert body["links"]["last"] == pages[-1]
    assert got(client, body["links"]["previous"])["links"]["next"] == pages[-1]
    assert 'rel="prev"' in client.get(pages[-1]).headers["Link"]


def test_a_page_beyond_the_end_is_empty_and_leads_back(client: FlaskClient) -> None:
    body = got(client, "/facts", offset=1_000_000)
    assert (body["facts"], body["links"]["next"]) == ([], None)
    assert got(client, body["links"]["last"])["facts"]


def test_csv_holds_the_same_facts_and_no_formula(client: FlaskClient) -> None:
    response = client.get("/facts?document=elm.csv&format=csv")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    (row,) = csv.DictReader(io.StringIO(response.text))
    (fact,) = got(client, "/facts", document="elm.csv")["facts"]
    assert row["subject"] == f"'{fact['subject']}" == "'=Elm House"
    assert (row["id"], row["rating"], row["published"], row["row"]) == (
        fact["id"],
        "Inadequate",
        "2020-02-01",
        "2",
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_could_be_a_formula_is_told_as_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@given(st.text(max_size=30))
def test_a_cell_is_changed_in_no_other_way(cell: str) -> None:
    assert safe(cell) in (cell, f"'{cell}")


def test_subjects_are_found_by_the_beginnings_of_their_words(client: FlaskClient) -> None:
    found = got(client, "/subjects", q="elm ho")["subjects"]
    assert found[0]["name"] == "=Elm House"
    assert all(" elm" in f" {one['name'].lower().strip('=')}" for one in found)
    assert "=Elm House" in [
        one["name"] for one in got(client, "/subjects", q="hou elm", limit=20)["subjects"]
    ]
    assert got(client, "/subjects", q="!!")["subjects"] == []


def test_names_that_begin_as_typed_go_first(client: FlaskClient) -> None:
    names = [
        one["name"].lower().removeprefix("the ")
        for one in got(client, "/subjects", q="s", limit=20)["subjects"]
    ]
    assert len(names) == 20
    begins = [name.startswith(("s", "=s")) for name in names]
    assert begins == sorted(begins, reverse=True)


WRONG = [
    ("/documents", {"limit": 0}, {"limit"}),
    ("/documents", {"colour": "red"}, {"colour"}),
    ("/documents/notes.txt", {"limit": 1}, {"limit"}),
    ("/facts", {"limit": 501}, {"limit"}),
    ("/facts", {"offset": -1}, {"offset"}),
    ("/facts", {"limit": "many"}, {"limit"}),
    ("/facts", {"sort": "colour"}, {"sort"}),
    ("/facts", {"state": "old"}, {"state"}),
    ("/facts", {"format": "xml"}, {"format"}),
    ("/facts", {"sort": ["rating", "subject"]}, {"sort"}),
    ("/facts", {"town": ["x"] * 21}, {"town"}),
    ("/facts", {"town": "x" * 501}, {"town"}),
    ("/facts", {"document": "nowhere.csv"}, {"document"}),
    ("/facts", {"colour": "red", "limit": 0}, ["colour", "limit"]),
    ("/subjects", {}, {"q"}),
    ("/subjects", {"q": ""}, {"q"}),
    ("/subjects", {"q": "x" * 201}, {"q"}),
    ("/subjects", {"q": "x", "limit": 21}, {"limit"}),
]


@pytest.mark.parametrize(("path", "query", "fields"), WRONG, ids=str)
def test_a_parameter_that_breaks_the_contract_is_named(
    client: FlaskClient, path: str, query: dict[str, object], fields: Collection[str]
) -> None:
    assert refused(client, path, 422, **query) == set(fields)


def test_an_empty_corpus_has_empty_lists(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("Trust,Rating,Published\n", encoding="utf-8")
    client = create_app(
        Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    ).test_client()
    assert got(client, "/documents")["documents"] == []
    assert got(client, "/facts")["links"] == {
        "first": "/facts",
        "previous": None,
        "next": None,
        "last": "/facts",
    }
    assert got(client, "/subjects", q="a")["subjects"] == []
