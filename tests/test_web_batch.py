"""``/ask/batch``: every line answered as if it were asked alone, in its place, whatever the others hold."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import wire
from qa.records import Answer
from qa.service import Service
from qa.web import create_app

NDJSON = "application/x-ndjson"
QUESTIONS = ["Which trust became outstanding?", "Why did these trusts improve?", "hello"]
SECRET = "xyzzyplugh"


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


def sent(client: FlaskClient, body: bytes) -> list[bytes]:
    """The lines of the response to a batch."""
    response = client.post("/ask/batch", data=body, content_type=NDJSON)
    assert (response.status_code, response.mimetype) == (200, NDJSON)
    data: bytes = response.data
    assert data.endswith(b"\n")
    return data.removesuffix(b"\n").split(b"\n")


def lines(*bodies: object) -> bytes:
    return b"".join(json.dumps(body).encode() + b"\n" for body in bodies)


def test_every_line_is_answered_as_if_it_were_asked_alone(client: FlaskClient, service: Service) -> None:
    body = lines(*({"question": question, "top": 2} for question in QUESTIONS))
    assert sent(client, body) == [wire.dumps(service.ask(question, top=2)) for question in QUESTIONS]
    assert sent(client, body.removesuffix(b"\n").replace(b"\n", b"\r\n")) == sent(client, body)


BAD = {
    "no JSON": (b'{"question": "xyzzyplugh', 400),
    "an empty line": (b"", 400),
    "bytes that are not UTF-8": (b'{"question": "xyzzyplugh \xff"}', 400),
    "no question": (b'{"top": 3}', 422),
    "an unknown field": (b'{"question": "xyzzyplugh", "colour": "red"}', 422),
    "half a character": (b'{"question": "xyzzyplugh \\ud800"}', 422),
    "a document that is not loaded": (b'{"question": "xyzzyplugh", "documents": ["nowhere.md"]}', 422),
    "more than 64 KiB": (b'{"question": "xyzzyplugh"}' + b" " * 65_536, 413),
}


@pytest.mark.parametrize("name", BAD)
def test_a_line_that_breaks_the_contract_is_told_in_its_place(
    client: FlaskClient, service: Service, name: str
) -> None:
    line, status = BAD[name]
    good = json.dumps({"question": "hello"}).encode()
    before, problem, after = sent(client, b"\n".join((good, line, good)))
    assert before == after == wire.dumps(service.ask("hello"))
    body = json.loads(problem)
    assert (list(body), body["status"]) == (["type", "title", "status", "detail", "errors"], status)
    assert body["detail"]
    assert SECRET.encode() not in problem


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", NDJSON, 422),
        (b"\n", NDJSON, 422),
        (b'{"question": "hello"}', "application/json", 415),
        (b"\n\n\n", NDJSON, 422),
        (b"{}\n" * 1_001, NDJSON, 413),
        (b" " * (8 * 1024 * 1024 + 1), NDJSON, 413),
    ],
)
def test_a_batch_that_breaks_the_contract_is_refused(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    response = client.post("/ask/batch", data=body, content_type=content_type)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")


def test_a_batch_that_breaks_off_is_refused_whole(client: FlaskClient) -> None:
    line = b'{"question": "hello"}\n'
    response = client.post(
        "/ask/batch",
        data=line,
        content_type="application/x-ndjson",
        environ_overrides={"CONTENT_LENGTH": str(2 * len(line))},
    )
    assert response.status_code == 400


def test_a_batch_of_a_thousand_lines_is_answered(client: FlaskClient) -> None:
    assert len(sent(client, lines(*[{"question": "hello"}] * 1_000))) == 1_000


class Counting:
    """A service that counts what it is asked, and fails when told to."""

    def __init__(self, whole: Service) -> None:
        self.whole, self.asked = whole, 0
        self.summary, self.index, self.scale, self.stale = (
            whole.summary,
            whole.index,
            whole.scale,
            whole.stale,
        )

    def ask(self, question: str, *history: Any, **options: Any) -> Answer:
        self.asked += 1
        if question == SECRET:
            raise KeyError(SECRET)
        return self.whole.ask(question, *history, **options)


def test_an_answer_is_sent_before_the_next_is_made(service: Service) -> None:
    counting = Counting(service)
    client = create_app(counting).test_client()  # type: ignore[arg-type]
    response = client.post(
        "/ask/batch", data=lines(*[{"question": "hello"}] * 5), content_type=NDJSON, buffered=False
    )
    chunks = response.iter_encoded()
    next(chunks)
    assert counting.asked < 5
    assert len(list(chunks)) == 4
    assert counting.asked == 5
    response.close()


def test_a_failure_inside_stops_no_other_line_and_tells_nothing(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Counting(service)).test_client()  # type: ignore[arg-type]
    first, failed, last = sent(
        client, lines({"question": "hello"}, {"question": SECRET}, {"question": "hello"})
    )
    assert first == last
    assert json.loads(failed)["status"] == 500
    assert SECRET not in failed.decode() + caplog.text
    assert "/ask/batch" in caplog.text


@settings(max_examples=50)
@given(
    bodies=st.lists(
        st.binary(max_size=60).filter(lambda line: b"\n" not in line), min_size=2, max_size=5
    ).filter(any)
)
def test_as_many_lines_come_out_as_go_in_whatever_they_hold(client: FlaskClient, bodies: list[bytes]) -> None:
    found = sent(client, b"\n".join(bodies) + b"\n")
    assert len(found) == len(bodies)
    assert all(
        json.loads(line)["status"] in (400, 422, "answered", "not_found", "small_talk") for line in found
    )
