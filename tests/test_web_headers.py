"""What every response carries, and what it never does: security headers, no cookie, nothing from elsewhere,
small pages.
"""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from qa.service import Service
from qa.web import create_app
from qa.web.pages.assets import FOLDER, Assets

PATHS = [
    "/",
    "/?q=hello",
    "/about",
    "/accessibility",
    "/privacy",
    "/healthz",
    "/ask?question=hello",
    "/ask",
    "/nowhere",
    "/static/nothing.css",
]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
MOST = 80 * 1024  # bytes of a page with all it loads


@pytest.fixture(scope="module")
def client(trusts: Service) -> FlaskClient:
    return create_app(trusts).test_client()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_every_response_carries_the_security_headers_and_no_cookie(
    client: FlaskClient, path: str, method: str
) -> None:
    headers = client.open(path, method=method).headers
    directives = (directive.split(" ", 1) for directive in headers["Content-Security-Policy"].split("; "))
    assert dict(directives) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers
    assert len(headers.getlist("Content-Security-Policy")) == 1


def test_answers_are_kept_by_no_cache(client: FlaskClient) -> None:
    assert client.get("/ask?question=hello").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


def loaded(client: FlaskClient, path: str) -> dict[str, bytes]:
    """Address → body as sent, of a page and of everything that it loads."""
    found = {path: client.get(path, headers={"Accept-Encoding": "gzip"})}
    page = BeautifulSoup(client.get(path).text, "html.parser")
    for element in page.select("script[src], link[href]"):
        address = str(element.get("src") or element["href"])
        found[address] = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert all(response.status_code == 200 for response in found.values())
    return {address: response.data for address, response in found.items()}


@pytest.mark.parametrize("path", ["/", "/?q=Why+did+these+trusts+improve%3F", "/about"])
def test_a_page_is_small_and_loads_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    bodies = loaded(client, path)
    assert sum(map(len, bodies.values())) < MOST
    assert all(address.startswith("/") and not address.startswith("//") for address in bodies)
    assert {Path(address).suffix for address in bodies} >= {".css", ".svg", ".woff2"}


def test_the_style_sheet_loads_only_files_that_are_there(client: FlaskClient) -> None:
    sheet = client.get(Assets().url("page.css")).text
    addresses = re.findall(r"url\(\"([^\"#]+)\"\)", sheet)
    assert addresses
    assert all(client.get(address).status_code == 200 for address in addresses)


@pytest.mark.parametrize("name", [path.name for path in FOLDER.iterdir() if path.suffix != ".txt"])
def test_a_file_is_kept_for_good_under_an_address_of_its_content(client: FlaskClient, name: str) -> None:
    response = client.get(Assets().url(name))
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert re.fullmatch(r"/static/[\w-]+\.[0-9a-f]{10}\.\w+", Assets().url(name))
    assert response.data == (FOLDER / name).read_bytes() or name == "page.css"


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    addresses = set()
    for body in ("a {}", "b {}"):
        (tmp_path / "page.css").write_text(body, encoding="utf-8")
        addresses.add(Assets(tmp_path).url("page.css"))
    assert len(addresses) == 2


@pytest.mark.parametrize("path", ["/about", Assets().url("page.js")])
def test_a_page_is_compressed_only_for_those_who_take_it(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0, *;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert len(packed.data) < len(plain.data)
    assert {response.headers["Vary"] for response in (plain, packed)} == {"Accept-Encoding"}


def test_the_script_makes_no_html_of_text() -> None:
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|srcdoc|createContextualFragment",
        script,
    )


SERVED = [
    path
    for path in sorted((Path(__file__).parents[1] / "templates").rglob("*.html"))
    if path.name != "report.html"
]  # qa eval's


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_no_template_switches_escaping_off_or_holds_code(path: Path) -> None:
    assert not re.search(
        r"\|\s*safe|autoescape|<style|\sstyle=|\son\w+=|<script(?! src)", path.read_text(encoding="utf-8")
    )
