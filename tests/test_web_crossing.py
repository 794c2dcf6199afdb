"""Forms of other sites come to nothing, and no host that a request names is repeated."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from qa.feedback import Feedback
from qa.service import Service
from qa.web import create_app
from qa.web.serving.options import ServingOptions

QUESTION = "Which trust became outstanding?"
FORMS = {
    "/": {"question": QUESTION},
    "/embed": {"question": QUESTION},
    "/feedback": {"history": QUESTION, "right": "1:yes"},
}


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture
def opinions(tmp_path: Path) -> Path:
    return tmp_path / "opinions.sqlite"


@pytest.fixture
def client(service: Service, opinions: Path) -> FlaskClient:
    return create_app(service, feedback=opinions, options=ServingOptions(rate_limit="3/hour")).test_client()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_is_neither_answered_kept_nor_counted(
    client: FlaskClient, opinions: Path, path: str, site: str
) -> None:
    headers = {"Sec-Fetch-Site": site, "Accept": "text/html"}
    for _ in range(5):
        response = client.post(path, data=FORMS[path], headers=headers)
        assert (response.status_code, response.mimetype) == (403, "text/html")
        assert "Calderstones" not in response.text
    assert list(Feedback(opinions).all()) == []
    assert [client.post(path, data=FORMS[path]).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("site", ["same-origin", "none", None])
@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_this_service_is_taken(client: FlaskClient, path: str, site: str | None) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    assert client.post(path, data=FORMS[path], headers=headers).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_links_and_programs_of_other_sites_are_served(client: FlaskClient, site: str) -> None:
    headers = {"Sec-Fetch-Site": site}
    assert client.get("/", query_string={"q": QUESTION}, headers=headers).status_code == 200
    assert client.post("/ask", json={"question": QUESTION}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/documents//x",
        "//documents/x",
        "/documents///x",
        "//evil.example/documents//x",
        "//evil.example//documents",
    ],
)
def test_a_redirect_repeats_no_host(client: FlaskClient, path: str) -> None:
    response = client.get(base_url="http://evil.example", environ_overrides={"PATH_INFO": path})
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


def test_a_redirect_leads_to_the_address_that_is_meant(client: FlaskClient) -> None:
    response = client.get("/documents//x?limit=3")
    assert (response.status_code, response.headers["Location"]) == (308, "/documents/x?limit=3")
