"""Every error has one shape: RFC 9457 problem+json that names the fields, never repeats the question and
never shows a trace.
"""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qa.errors import CorpusError, EngineError, QaError, UsageError
from qa.service import Service
from qa.web import create_app

SECRET = "xyzzyplugh"  # stands in every request; no error may repeat it
JSON = "application/json"

BODIES: dict[str, tuple[bytes, int, set[str]]] = {
    "no question": (b"{}", 422, {"question"}),
    "an empty question": (b'{"question": ""}', 422, {"question"}),
    "a blank question": (b'{"question": " \\n\\t "}', 422, {"question"}),
    "a question that is a number": (b'{"question": 7}', 422, {"question"}),
    "a question that is null": (b'{"question": null}', 422, {"question"}),
    "a question that is a list": (b'{"question": ["xyzzyplugh"]}', 422, {"question"}),
    "a question that is too long": (json.dumps({"question": SECRET * 201}).encode(), 422, {"question"}),
    "a question with a lone surrogate": (b'{"question": "xyzzyplugh \\ud800"}', 422, {"question"}),
    "an unknown field": (b'{"question": "xyzzyplugh", "colour": "red"}', 422, {"colour"}),
    "an unknown field with half a character": (b'{"question": "xyzzyplugh", "\\udfff": 1}', 422, {"body"}),
    "a history that is text": (b'{"question": "xyzzyplugh", "history": "xyzzyplugh"}', 422, {"history"}),
    "a history of numbers": (b'{"question": "xyzzyplugh", "history": [1, 2]}', 422, {"history"}),
    "a history with a lone surrogate": (
        b'{"question": "a", "history": ["\\udc00xyzzyplugh"]}',
        422,
        {"history"},
    ),
    "a history that is too long": (
        json.dumps({"question": SECRET, "history": [SECRET] * 21}).encode(),
        422,
        {"history"},
    ),
    "a history with an item that is too long": (
        json.dumps({"question": SECRET, "history": [SECRET * 201]}).encode(),
        422,
        {"history"},
    ),
    "top that is text": (b'{"question": "xyzzyplugh", "top": "3"}', 422, {"top"}),
    "top that is a fraction": (b'{"question": "xyzzyplugh", "top": 1.5}', 422, {"top"}),
    "top that is true": (b'{"question": "xyzzyplugh", "top": true}', 422, {"top"}),
    "top below 1": (b'{"question": "xyzzyplugh", "top": 0}', 422, {"top"}),
    "top above 50": (b'{"question": "xyzzyplugh", "top": 51}', 422, {"top"}),
    "top of thirty digits": (
        b'{"question": "xyzzyplugh", "top": 123456789012345678901234567890}',
        422,
        {"top"},
    ),
    "documents that are text": (b'{"question": "xyzzyplugh", "documents": "report.md"}', 422, {"documents"}),
    "documents that are null": (b'{"question": "xyzzyplugh", "documents": null}', 422, {"documents"}),
    "documents that name none": (b'{"question": "xyzzyplugh", "documents": []}', 422, {"documents"}),
    "a document that is not loaded": (
        b'{"question": "xyzzyplugh", "documents": ["nowhere.md"]}',
        422,
        {"documents"},
    ),
    "several mistakes": (b'{"top": 0, "colour": "xyzzyplugh"}', 422, {"question", "top", "colour"}),
    "an unknown field with a long name": (
        json.dumps({"question": SECRET, "n" * 9_000: 1}).encode(),
        422,
        {"n" * 100},
    ),
    "a list": (b'["xyzzyplugh"]', 422, {"body"}),
    "text": (b'"xyzzyplugh"', 422, {"body"}),
    "nothing": (b"", 400, set()),
    "half an object": (b'{"question": "xyzzyplugh', 400, set()),
    "not a number": (b'{"question": "xyzzyplugh", "top": NaN}', 400, set()),
    "bytes that are not UTF-8": (b'{"question": "xyzzyplugh \xff"}', 400, set()),
    "another encoding": ('{"question": "xyzzyplugh"}'.encode("utf-16"), 400, set()),
    "very deep nesting": (b'{"question": ' + b"[" * 30_000, 400, set()),
    "a number of five thousand digits": (
        b'{"question": "\\ud800", "top": ' + b"9" * 5_000 + b"}",
        400,
        set(),
    ),
    "more than 64 KiB": (json.dumps({"question": SECRET + " " * 65_536}).encode(), 413, set()),
    "more than 64 KiB, with mistakes": (
        json.dumps({"top": SECRET, "history": [SECRET * 6_600]}).encode(),
        413,
        set(),
    ),
}
QUERIES = {
    "no question": ("", {"question"}),
    "a blank question": ("question=%20", {"question"}),
    "a question given twice": (f"question={SECRET}&question={SECRET}", {"question"}),
    "bytes that are not UTF-8": (f"question={SECRET}%ED%A0%80", {"question"}),
    "an unknown parameter": (f"question={SECRET}&colour=red", {"colour"}),
    "an unknown parameter of half a character": (f"question={SECRET}&%ED%A0%80=1", {"body"}),
    "an unknown parameter of half a character given twice": (
        f"question={SECRET}&%ED%A0%80=1&%ED%A0%80=1",
        {"???"},
    ),
    "top that is not a number": (f"question={SECRET}&top=many", {"top"}),
    "top with a sign and spaces": (f"question={SECRET}&top=+5", {"top"}),
    "top below 1": (f"question={SECRET}&top=-1", {"top"}),
    "top of five thousand digits": (f"question={SECRET}&top={'9' * 5_000}", {"top"}),
    "too much history": (f"question={SECRET}" + f"&history={SECRET}" * 21, {"history"}),
    "a document that is not loaded": (f"question={SECRET}&documents=nowhere.md", {"documents"}),
}


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


def checked(response: TestResponse, status: int) -> dict[str, Any]:
    """The body of a problem, after checking what all of them share."""
    body: dict[str, Any] = json.loads(response.data)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert list(body) == ["type", "title", "status", "detail", "errors"]
    assert body["type"] == f"/problems/{body['status']}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert all(set(error) == {"field", "detail"} and error["detail"] for error in body["errors"])
    assert SECRET not in response.text
    assert "Traceback" not in response.text
    return body


def fields(body: dict[str, Any]) -> set[str]:
    return {error["field"] for error in body["errors"]}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_breaks_the_contract_is_refused(client: FlaskClient, name: str) -> None:
    body, status, wrong = BODIES[name]
    assert fields(checked(client.post("/ask", data=body, content_type=JSON), status)) == wrong


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_that_breaks_the_contract_is_refused(client: FlaskClient, name: str) -> None:
    query, wrong = QUERIES[name]
    assert fields(checked(client.get(f"/ask?{query}"), 422)) == wrong


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/problem+json", ""]
)
def test_another_content_type_is_refused(client: FlaskClient, content_type: str) -> None:
    checked(client.post("/ask", data=b'{"question": "xyzzyplugh"}', content_type=content_type), 415)


def test_a_charset_beside_the_content_type_is_accepted(client: FlaskClient) -> None:
    assert (
        client.post(
            "/ask", data=b'{"question": "Oxleas"}', content_type="application/json; charset=utf-8"
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/ask", 405),
        ("DELETE", "/healthz", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/static/x.css", 404),
    ],
)
def test_a_wrong_address_or_method_is_told(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)
    checked(response, status)
    assert ("Allow" in response.headers) == (status == 405)


def test_many_mistakes_in_one_field_are_told_once(client: FlaskClient) -> None:
    body = checked(client.post("/ask", json={"question": "a", "history": [1, 2, 3]}), 422)
    assert body["errors"] == [{"field": "history", "detail": "item 1 must be text"}]


def test_a_long_list_of_mistakes_is_cut(client: FlaskClient) -> None:
    body = checked(client.post("/ask", json={f"field{number}": 1 for number in range(500)}), 422)
    assert len(body["errors"]) == 10


class Failing:
    """A service that fails as its parts may."""

    def __init__(self, whole: Service, error: Exception) -> None:
        self.summary, self.index, self.scale, self.error = whole.summary, whole.index, whole.scale, error
        self.stale = False

    def ask(self, question: str, *_: object, **__: object) -> None:
        raise self.error

    def converse(self, questions: tuple[str, ...], **_: object) -> None:
        raise self.error


@pytest.fixture(
    params=[
        (KeyError(SECRET), 500),
        (QaError(SECRET), 500),
        (UsageError(SECRET), 500),
        (EngineError(SECRET), 503),
        (CorpusError(SECRET), 503),
    ]
)
def failure(request: pytest.FixtureRequest, service: Service) -> tuple[FlaskClient, int]:
    error, status = request.param
    return create_app(Failing(service, error)).test_client(), status  # type: ignore[arg-type]


def test_a_failure_inside_tells_nothing_of_it(
    failure: tuple[FlaskClient, int], caplog: pytest.LogCaptureFixture
) -> None:
    client, status = failure
    checked(client.post("/ask", json={"question": SECRET}), status)
    assert "/ask" in caplog.text
    assert SECRET not in caplog.text


def test_a_failure_on_a_page_is_a_page(failure: tuple[FlaskClient, int]) -> None:
    client, status = failure
    response = client.post("/", data={"question": SECRET}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "<title>Error:" in response.text
    assert SECRET not in response.text


def test_a_browser_gets_a_page_and_a_program_a_problem(client: FlaskClient) -> None:
    page = client.get("/nowhere", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "<h1>Page not found</h1>" in page.text
    checked(client.get("/nowhere", headers={"Accept": "*/*"}), 404)


def test_the_ask_endpoint_speaks_json_to_browsers_too(client: FlaskClient) -> None:
    checked(client.get("/ask", headers={"Accept": "text/html"}), 422)
