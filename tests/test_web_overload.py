"""Overload: beyond what may wait, a request is refused at once and told when to come again; the others are
answered in their order.
"""

import json
import logging
import threading
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from flask.testing import FlaskClient
from served import askwell

from qa.service import Service
from qa.web import create_app
from qa.web.serving.headers import SECURITY_HEADERS
from qa.web.serving.options import ServingOptions
from qa.web.serving.request_queue import KEY, Gate

QUESTION = json.dumps({"question": "Which trust became outstanding?"})
JSON = "application/json"
CAPACITY = 3


@pytest.fixture
def client(trusts: Service) -> FlaskClient:
    app = create_app(
        trusts,
        options=ServingOptions(capacity=CAPACITY, cors_origins=("*",)),
    )
    return app.test_client()


@pytest.fixture
def full(client: FlaskClient) -> FlaskClient:
    """A service at which as many requests are as may be."""
    gate = client.application.extensions[KEY]
    assert [gate.reserve() for _ in range(CAPACITY)] == [True] * CAPACITY
    return client


ANYTHING = [
    ("GET", "/ask?question=hello"),
    ("POST", "/ask"),
    ("POST", "/ask/batch"),
    ("POST", "/verify"),
    ("GET", "/facts"),
    ("GET", "/nowhere"),
]
KINDS = {"/ask/batch": "application/x-ndjson"}


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://a.example"}], ids=["program", "script"])
@pytest.mark.parametrize(("method", "path"), ANYTHING)
def test_a_full_service_refuses_at_once_and_says_when_to_come_again(
    full: FlaskClient, method: str, path: str, origin: dict[str, str]
) -> None:
    data = QUESTION if method == "POST" else None
    response = full.open(
        path,
        method=method,
        data=data,
        content_type=KINDS.get(path, JSON),
        headers={"X-Request-ID": "first", **origin},
    )
    assert (response.status_code, response.content_type) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "1"
    assert response.json is not None
    assert "Retry-After" in response.json["detail"]
    assert response.headers["X-Request-ID"] == "first"
    assert response.headers["Cache-Control"] == "no-store"
    assert {name: response.headers.getlist(name) for name in SECURITY_HEADERS} == {
        name: [text] for name, text in SECURITY_HEADERS.items()
    }
    assert ("Access-Control-Allow-Origin" in response.headers) == (bool(origin) and path != "/nowhere")


def test_what_is_refused_is_counted_and_logged(capsys: pytest.CaptureFixture[str], trusts: Service) -> None:
    app = create_app(trusts, options=ServingOptions(capacity=1, log="json"))
    app.extensions[KEY].reserve()
    client = app.test_client()
    client.get("/ask?question=hello", headers={"X-Request-ID": "first"})
    client.get("/documents/a", headers={"X-Request-ID": "second"})
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.getLogger("qa.web").handlers.clear()
    assert [(one["request"], one["method"], one["route"], one["status"]) for one in told] == [
        ("first", "GET", "/ask", 503),
        ("second", "GET", "unmatched", 503),
    ]
    assert 'askwell_requests_total{route="/ask",status="503"' in client.get("/metrics").text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_person_is_told_on_a_page(full: FlaskClient, method: str) -> None:
    response = full.open("/", method=method, data={"question": "hello"}, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype, response.headers["Retry-After"]) == (
        503,
        "text/html",
        "1",
    )


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_the_service_is_answered_all_the_same(full: FlaskClient, path: str) -> None:
    assert full.get(path).status_code == 200


REQUESTS = [
    ("GET", "/ask?question=hello", None, 200),
    ("POST", "/ask", QUESTION, 200),
    ("POST", "/ask", "{", 400),
    ("POST", "/ask", "x" * 70_000, 413),
    ("POST", "/ask/batch", f"{QUESTION}\n{{\n", 415),
    ("GET", "/documents/nowhere", None, 404),
    ("GET", "/nowhere", None, 404),
    ("PUT", "/ask", None, 405),
    ("GET", "/", None, 200),
    ("POST", "/", "question=hello", 200),
]


@pytest.mark.parametrize(("method", "path", "data", "status"), REQUESTS)
def test_every_request_gives_its_place_back(
    client: FlaskClient, method: str, path: str, data: str | None, status: int
) -> None:
    kind = "application/x-www-form-urlencoded" if path == "/" else JSON
    found = {
        client.open(path, method=method, data=data, content_type=kind).status_code
        for _ in range(2 * CAPACITY)
    }
    assert found == {status}


def test_a_request_that_fails_gives_its_place_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "ask", lambda *_, **__: 1 / 0)
    assert {client.get("/ask?question=hello").status_code for _ in range(2 * CAPACITY)} == {500}


def test_a_batch_takes_a_turn_for_each_line_and_lets_others_between(client: FlaskClient) -> None:
    client.application.extensions[KEY] = Gate(1, together=1)
    lines = "\n".join([QUESTION] * 3)
    response = client.post("/ask/batch", data=lines, content_type="application/x-ndjson", buffered=False)
    answers = response.iter_encoded()
    for _ in range(3):
        assert json.loads(next(iter(answers)))["status"] == "answered"
        assert client.get("/ask?question=hello").status_code == 200
    assert list(answers) == []


def test_those_who_wait_are_let_in_in_their_order() -> None:
    gate = Gate(most=10, together=1)
    order, threads = list[int](), list[threading.Thread]()
    assert gate.reserve()
    gate.take_turn()

    def wait(number: int) -> None:
        assert gate.reserve()
        gate.take_turn()
        order.append(number)
        gate.leave()

    for number in range(9):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(gate._waiting) <= number:
            threads[-1].join(0.001)
    assert not gate.reserve()
    gate.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(9))
    assert [gate.reserve() for _ in range(11)] == [True] * 10 + [False]


# A real server ----------------------------------------------------------------------------------------------


@pytest.fixture
def port() -> Iterator[int]:
    """A server that lets two requests be answered or wait."""
    with askwell("--capacity", "2") as port:
        yield port


def test_a_server_under_overload_answers_some_and_refuses_the_others_in_time(port: int) -> None:
    found, told = Counter[int](), set[str | None]()

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(25):
            connection.request("POST", "/ask", QUESTION, {"Content-Type": JSON})
            response = connection.getresponse()
            body = json.loads(response.read())
            found[response.status] += 1
            if response.status == 503:
                told.add(response.getheader("Retry-After"))
            else:
                assert body["status"] == "answered"
        connection.close()

    clients = [threading.Thread(target=ask) for _ in range(16)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert set(found) == {200, 503}
    assert found.total() == 16 * 25
    assert told == {"1"}
