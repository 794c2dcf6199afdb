"""The pages behind names: subjects, providers, brands and places, and the whole lists behind answers, all by
plain links.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from directory import directory, write
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa.facts.subject_id import find_subject, slug, subject_id
from qa.language.tokens import key
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.pages import sitemap

HTML = {"Accept": "text/html"}


def opened(corpus: Path | None = None) -> Service:
    return Service.open(Settings.load({"cache": "none"} | ({"corpus": str(corpus)} if corpus else {}), {}))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("directory")
    write(folder, "ratings.csv", directory())
    return opened(folder)


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture(scope="module")
def trusts() -> FlaskClient:
    return create_app(opened()).test_client()


def got(client: FlaskClient, address: str) -> BeautifulSoup:
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, address
    return BeautifulSoup(response.text, "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def sent(client: FlaskClient, address: str) -> Any:
    return client.get(address).json


def links(page: BeautifulSoup | Tag, selector: str) -> dict[str, str]:
    return {link.get_text(" ", strip=True): str(link["href"]) for link in page.select(selector)}


def test_every_subject_has_an_id_that_leads_back_to_it(service: Service) -> None:
    subjects = service.facts.subjects()
    ids = [subject_id(subject.name, subject.attributes) for subject in subjects]
    assert len(set(ids)) == len(ids)
    for identifier, subject in zip(ids, subjects, strict=True):
        assert find_subject(service.facts, identifier) == subject


def test_subjects_without_identifiers_are_told_apart_by_where_they_are(tmp_path: Path) -> None:
    rows = (
        "Oak House,Good,2020-01-02,Ludlow,SY8 1AA\nOak House,Good,2020-01-02,Leeds,LS1 1AA\nÉlan & "
        "Co/Ltd,Good,2020-01-02,,\n"
    )
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published,Town,Postcode\n" + rows, encoding="utf-8")
    facts = opened(tmp_path).facts
    ids = [subject_id(subject.name, subject.attributes) for subject in facts.subjects()]
    assert ids == ["oak-house--sy8-1aa", "oak-house--ls1-1aa", "elan-and-co-limited"]
    assert [found.attributes.get("town") for found in (find_subject(facts, one) for one in ids) if found] == [
        "Ludlow",
        "Leeds",
        None,
    ]
    assert find_subject(facts, "oak-house") is None


@given(st.text(min_size=1))
def test_a_slug_folds_to_the_name_that_it_stands_for(text: str) -> None:
    assert key(slug(text)) == key(text)


def test_a_subjects_page_shows_its_ratings_with_their_dates(client: FlaskClient, service: Service) -> None:
    (subject, *_) = service.facts.subjects([5])
    details = sent(client, f"/subjects/{subject.attributes['identifier']}.json")
    page = got(client, f"/subjects/{subject.attributes['identifier']}")
    assert one(page, "h1").get_text() == subject.name == details["name"]
    whole = next(
        fact for fact in details["current"] if fact["aspect"] == "Overall" and fact["service"] == "Overall"
    )
    assert whole["rating"] in one(page, ".overall").get_text()
    assert "published" in one(page, ".overall").get_text()
    questions = [
        fact["aspect"]
        for fact in details["current"]
        if fact["service"] == "Overall" and fact["aspect"] != "Overall"
    ]
    assert {card.b.string for card in page.select(".cards:not(.wide) li") if card.b} == set(questions)
    assert subject.attributes["provider"] in links(page, ".terms a")
    assert subject.attributes["town"] in links(page, ".terms a")


def test_what_a_subjects_page_links_to_is_there(client: FlaskClient, service: Service) -> None:
    for subject in service.facts.subjects([1, 40, 300]):
        page = got(client, f"/subjects/{subject.attributes['identifier']}")
        for address in links(page, "main a[href^='/'], .rail a[href^='/']").values():
            assert client.get(address, headers=HTML).status_code == 200, address


def test_namesakes_are_told_apart_and_lead_to_each_other(client: FlaskClient, service: Service) -> None:
    names = [subject.name for subject in service.facts.subjects()]
    shared = next(subject for subject in service.facts.subjects() if names.count(subject.name) > 1)
    page = got(client, f"/subjects/{shared.attributes['identifier']}")
    addresses = links(page, ".rail .neighbours a")
    assert shared.name in addresses
    other = got(client, addresses[shared.name])
    assert one(other, "h1").get_text() == shared.name
    assert sent(client, f"{addresses[shared.name]}.json")["id"] != shared.attributes["identifier"]


def test_a_former_rating_without_a_date_is_told_as_such(trusts: FlaskClient) -> None:
    page = got(trusts, "/subjects/oxleas-nhs-foundation-trust")
    assert "The date of that rating is not in the tables" in page.get_text()
    assert not page.select(".timeline")


def test_the_passages_about_a_subject_hold_its_whole_name(trusts: FlaskClient) -> None:
    page = got(trusts, "/subjects/oxleas-nhs-foundation-trust")
    for quoted in page.select("blockquote"):
        assert "oxleas" in quoted.get_text().casefold()


def test_a_history_is_a_line_and_a_table(tmp_path: Path) -> None:
    rows = "Oak House,Good,2014-01-02\nOak House,Good,2016-01-02\nOak House,Requires improvement,2018-11-10\n"
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published\n" + rows, encoding="utf-8")
    page = got(create_app(opened(tmp_path)).test_client(), "/subjects/oak-house")
    assert len(page.select(".timeline .step")) == 3
    assert [cell.get_text() for cell in page.select(".history td")] == [
        "Requires improvement",
        "Good",
        "Good",
    ]
    assert [time["datetime"] for time in page.select(".history time")] == [
        "2018-11-10",
        "2016-01-02",
        "2014-01-02",
    ]
    assert str(one(page, ".timeline .line")["d"]).startswith("M10 60H")


def test_a_providers_page_counts_its_places_by_rating(client: FlaskClient, service: Service) -> None:
    name = service.facts.values("provider")[0]
    details = sent(client, f"/providers/{quote(slug(name))}.json")
    page = got(client, f"/providers/{quote(slug(name))}")
    assert one(page, "h1").get_text() == name == details["name"]
    assert sum(count["count"] for count in details["ratings"]) == details["total"]
    assert len(page.select("table.list tbody tr")) == min(50, details["total"])


def test_a_places_page_counts_by_kind_and_rating(client: FlaskClient, service: Service) -> None:
    town = service.facts.values("town")[0]
    details = sent(client, f"/places/{slug(town)}.json")
    area = next(area for area in details["areas"] if area["field"] == "town")
    assert (
        area["total"]
        == sum(kind["total"] for kind in area["kinds"])
        == sum(count["count"] for count in area["ratings"])
    )
    page = got(client, f"/places/{slug(town)}")
    for address in links(page, "main a").values():
        assert client.get(address, headers=HTML).status_code == 200
    listed = got(client, next(iter(links(page, "section h2 a").values())))
    assert one(listed, ".overall").get_text().startswith(f"{area['total']:,} ")


def test_a_places_page_leads_on(client: FlaskClient, service: Service) -> None:
    town = service.facts.values("town")[0]
    page = got(client, f"/places/{slug(town)}")
    section = page.select("section")[0]
    assert 0 < len(section.select("table.list tbody tr")) <= 5
    assert section.select(".facets a") or len(section.select("table.list tbody tr")) < 5
    for address in links(section, "a").values():
        assert client.get(address, headers=HTML).status_code == 200, address
    asked = [str(pill["value"]) for pill in page.select(".next .pill")]
    assert asked
    for question in asked:
        assert service.ask(question).status == "answered", question


def test_a_place_within_one_council_leads_to_it_and_columns_that_mean_the_same_are_one(
    tmp_path: Path,
) -> None:
    rows = (
        "Oak House,Good,2020-01-02,Wem,Shropshire,West Midlands\nElm House,Good,2020-01-02,Wem,Shropshire,West "
        "Midlands\nAsh House,Good,2020-01-02,Leeds,Leeds,North East\n"
    )
    header = "Name,Overall,Published,Town,Local Authority,Region\n"
    (tmp_path / "ratings.csv").write_text(header + rows, encoding="utf-8")
    client = create_app(opened(tmp_path)).test_client()
    assert list(links(got(client, "/places/wem"), "section > .small a")) == ["Shropshire", "West Midlands"]
    leeds = got(client, "/places/leeds")
    assert [heading.get_text().partition(":")[0] for heading in leeds.select("main section h2")] == [
        "Leeds, council and town"
    ]


def test_a_page_that_is_not_there_has_the_question_box(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/places/nowhere", headers=HTML).text, "html.parser")
    assert one(page, "form.ask")["method"] == "post"
    assert one(page, "form.ask textarea")["name"] == "question"
    busy = BeautifulSoup(client.get("/list?q=x&sort=nonsense", headers=HTML).text, "html.parser")
    assert not busy.select("form")


@pytest.mark.parametrize(
    "path", ["/subjects/nobody", "/providers/nobody", "/brands/nobody", "/places/nowhere"]
)
def test_what_is_not_held_is_a_page_for_people_and_a_problem_for_programs(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    problem = client.get(f"{path}.json")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert problem.get_json()["detail"]


# Lists ------------------------------------------------------------------------------------------------------


def test_an_answer_leads_to_its_whole_list(client: FlaskClient) -> None:
    page = got(client, "/?q=Which+care+homes+are+rated+good%3F")
    shown = links(page, ".list-links a")
    whole = got(
        client, next(href for name, href in shown.items() if name.casefold().endswith("sort and filter"))
    )
    names = [name.get_text() for name in whole.select("table.list tbody th a")]
    assert one(whole, "h1").get_text() == "Care homes rated Good"
    assert names == [name.get_text() for name in page.select("table.facts tbody th a")]
    assert "of" in one(whole, ".list-links").get_text()


def test_a_heading_sorts_and_turns_round(client: FlaskClient) -> None:
    page = got(client, "/list?q=care+homes")
    page = got(client, links(page, "thead a")["Published"])
    dates = [str(time["datetime"]) for time in page.select("tbody time")]
    assert dates == sorted(dates)
    assert one(page, "th[aria-sort=ascending]").get_text(strip=True).startswith("Published")
    page = got(
        client,
        next(address for name, address in links(page, "thead a").items() if name.startswith("Published")),
    )
    assert one(page, "th[aria-sort=descending]")


def test_a_facet_filters_and_is_taken_away_again(client: FlaskClient) -> None:
    page = got(client, "/list?q=care+homes")
    whole = one(page, ".overall").get_text()
    pill = next(link for link in page.select("a.facet") if "Good" in link.get_text())
    count = str(pill.span.string) if pill.span else ""
    narrowed = got(client, str(pill["href"]))
    assert one(narrowed, ".overall").get_text().startswith(f"{count} of ")
    assert "care homes, filtered to Good" in one(narrowed, ".overall").get_text()
    assert {badge.get_text() for badge in narrowed.select("tbody .badge")} == {"Good"}
    above, chosen = narrowed.select("a.facet[aria-current]")
    assert above["href"] == chosen["href"]
    assert one(got(client, str(chosen["href"])), ".overall").get_text() == whole


def test_all_pages_of_a_list_are_reached_by_next(client: FlaskClient) -> None:
    address, names = "/list?q=care+homes", list[str]()
    while address:
        page = got(client, address)
        names += [name.get_text() for name in page.select("table.list tbody th a")]
        address = links(page, ".list-links a").get("Next", "")
    total = int(one(got(client, "/list?q=care+homes"), ".overall").get_text().split()[0].replace(",", ""))
    assert len(names) == total


@pytest.mark.parametrize(
    "query",
    [
        "q=hello",
        "q=How+many+care+homes+are+rated+good+on+tuesdays%3F",
        "q=I+want+to+kill+myself",
        "q=How+many+care+homes+are+there+in+each+town%3F",
        "q=care+homes&page=9999",
    ],
)
def test_what_has_no_list_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/list?{query}", headers=HTML).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "q=care+homes&colour=red", "q=care+homes&sort=best", "q=care+homes&page=0"]
)
def test_an_address_of_no_list_says_what_is_wrong(client: FlaskClient, query: str) -> None:
    assert client.get(f"/list?{query}", headers=HTML).status_code == 422


# The map ----------------------------------------------------------------------------------------------------


def located(client: FlaskClient, address: str) -> list[str]:
    """The addresses that a map lists."""
    return [
        str(place.text)
        for place in ElementTree.fromstring(client.get(address).text).iter(f"{{{sitemap.NAMESPACE}}}loc")
    ]


def test_the_map_holds_every_page_behind_a_name(client: FlaskClient, service: Service) -> None:
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text
    parts = located(client, "/sitemap.xml")
    listed = [place for part in parts for place in located(client, part)]
    assert len(set(listed)) == len(listed)
    addresses = [one.removeprefix("http://localhost") for one in listed]
    assert {subject_id(one.name, one.attributes) for one in service.facts.subjects()} <= {
        one.removeprefix("/subjects/") for one in addresses
    }
    for address in (*addresses[:3], *addresses[-3:], "/places/" + slug(service.facts.values("town")[0])):
        assert address in addresses
        assert client.get(address, headers=HTML).status_code == 200


def test_a_large_map_is_cut_into_parts_without_a_gap(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = located(client, "/sitemap-1.xml")
    monkeypatch.setattr(sitemap, "PART", 97)
    parts = located(client, "/sitemap.xml")
    assert [place for part in parts for place in located(client, part)] == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
