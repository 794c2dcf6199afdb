"""Askwell in other sites: a plain page for a frame, which only the sites that the operator names may show."""

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from qa.service import Service
from qa.web import create_app

ORIGINS = ("https://www.example.org", "http://localhost:8080")


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service, embed_origins=ORIGINS).test_client()


def ancestors(client: FlaskClient, path: str) -> str:
    (policy,) = client.get(path).headers.getlist("Content-Security-Policy")
    (found,) = re.findall(r"frame-ancestors ([^;]*)", policy)
    return str(found)


@pytest.mark.parametrize("path", ["/embed", "/widget.js", "/", "/about"])
def test_no_site_may_frame_anything_by_default(service: Service, path: str) -> None:
    client = create_app(service).test_client()
    assert ancestors(client, path) == "'none'"
    assert client.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_named_sites_may_frame_the_plain_page_and_load_its_script(client: FlaskClient) -> None:
    assert ancestors(client, "/embed") == " ".join(ORIGINS)
    assert client.get("/widget.js").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/widget.js").mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/", "/?q=hello", "/about", "/embedded", "/ask?question=hello"])
def test_named_sites_may_frame_nothing_else(client: FlaskClient, path: str) -> None:
    assert ancestors(client, path) == "'none'"


def test_the_plain_page_answers_within_itself(client: FlaskClient) -> None:
    start = BeautifulSoup(client.get("/embed").text, "html.parser")
    assert start.select("form#ask")[0]["action"] == "/embed#turn-1"
    page = BeautifulSoup(
        client.post("/embed", data={"history": "hello", "question": "What is Oxleas rated?"}).text,
        "html.parser",
    )
    assert page.select("form#ask")[0]["action"] == "/embed#turn-3"
    assert len(page.select("article.turn")) == 2
    assert [link["href"] for link in page.select("#top-links a")] == ["/embed"]


def test_every_link_out_of_the_frame_opens_a_window_of_its_own(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/embed?q=Which+trust+became+outstanding%3F").text, "html.parser")
    leaving = [
        link for link in page.select("a") if not str(link["href"]).startswith(("#", "/embed", "/answer."))
    ]
    assert leaving
    assert all(link.get("target") == "_blank" for link in leaving)


def test_the_plain_page_only_reads(service: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("opinions") / "opinions.sqlite"
    client = create_app(service, feedback=file, embed_origins=ORIGINS).test_client()
    assert "Was this right?" not in client.get("/embed?q=What+is+Oxleas+rated%3F").text
