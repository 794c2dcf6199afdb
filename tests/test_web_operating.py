"""What an operator gets: request ids, logs, metrics and readiness; limits by client, trusted proxies and
other sites' scripts.
"""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.service import Service
from qa.setting_values import DEFAULT_RATE
from qa.settings import Settings
from qa.web import create_app
from qa.web.serving.application import serving_options
from qa.web.serving.counters import BOUNDS, Metrics
from qa.web.serving.options import ServingOptions

SECRET = "xyzzyplugh"  # stands in the questions; nothing that is kept may hold it
ASK = f"/ask?question=Is+{SECRET}+good"


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Leave the logger that applications share as it was."""
    logger = logging.getLogger("qa.web")
    before = (logger.handlers[:], logger.level)
    yield
    logger.handlers[:] = before[0]
    logger.setLevel(before[1])


# Request ids and logs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["a", "7f3c-1.B_2", "x" * 64])
@pytest.mark.parametrize("path", ["/", ASK, "/nowhere", "/ask"])
def test_a_request_id_comes_back(client: FlaskClient, path: str, given: str) -> None:
    assert client.get(path, headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, "<script>", "é", '"'])
def test_what_is_no_request_id_is_replaced_by_a_new_one(client: FlaskClient, given: str) -> None:
    identifiers = {
        client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] for _ in range(3)
    }
    assert len(identifiers) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", identifier) for identifier in identifiers)


def test_a_json_log_has_a_line_for_each_request_without_its_question(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    client = create_app(service, options=ServingOptions(log="json")).test_client()
    client.get(ASK, headers={"X-Request-ID": "first"})
    client.get(f"/{SECRET}?q={SECRET}", headers={"X-Request-ID": "second"})
    client.open("/ask", method=SECRET.upper())
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["request"], line["method"], line["route"], line["status"]) for line in lines[:2]] == [
        ("first", "GET", "/ask", 200),
        ("second", "GET", "unmatched", 404),
    ]
    assert lines[2]["method"] == "other"
    assert all(set(line) == {"time", "level", "request", "method", "route", "status", "ms"} for line in lines)
    assert SECRET not in text.lower()


def test_a_text_log_tells_the_same(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    create_app(service, options=ServingOptions(log="text")).test_client().get(
        ASK, headers={"X-Request-ID": "first"}
    )
    assert re.fullmatch(r"\S+ INFO first GET /ask 200 \d+\.\d\d ms\n", capsys.readouterr().err)


def test_without_a_log_nothing_is_written(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get(ASK)
    assert capsys.readouterr().err == ""


def test_an_error_is_logged_as_json_with_its_request(
    service: Service, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    client = create_app(service, options=ServingOptions(log="json")).test_client()
    monkeypatch.setattr(Service, "ask", broken)
    assert client.get(ASK, headers={"X-Request-ID": "first"}).status_code == 500
    error, line = map(json.loads, capsys.readouterr().err.splitlines())
    assert (error["level"], error["request"], line["status"]) == ("error", "first", 500)
    assert error["message"].startswith("ValueError at GET /ask")
    assert SECRET not in error["message"]


# Metrics and readiness --------------------------------------------------------------------------------------


def samples(text: str) -> dict[str, float]:
    """The value of every series, without the process in its labels."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            found[re.sub(r',process="\d+"', "", name)] = float(value)
    return found


def test_metrics_count_requests_answers_and_what_is_loaded(client: FlaskClient, service: Service) -> None:
    client.get("/ask?question=hello")
    client.get(ASK)
    client.get(f"/{SECRET}")
    client.post("/ask/batch", data='{"question": "hello"}\n{}', content_type="application/x-ndjson")
    response = client.get("/metrics")
    assert (response.status_code, response.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    counted = samples(response.text)
    assert counted['askwell_requests_total{route="/ask",status="200"}'] == 2
    assert counted['askwell_requests_total{route="unmatched",status="404"}'] == 1
    assert counted['askwell_answers_total{status="small_talk"}'] == 2
    assert (
        counted['askwell_request_seconds_count{route="/ask"}']
        == counted['askwell_request_seconds_bucket{route="/ask",le="+Inf"}']
        == 2
    )
    assert counted['askwell_index_size{kind="facts"}'] == service.summary.facts
    assert SECRET not in response.text


@given(st.lists(st.floats(0, 10), min_size=1))
def test_a_bucket_holds_all_requests_that_took_no_longer(service: Service, times: list[float]) -> None:
    metrics = Metrics()
    for seconds in times:
        metrics.request("/ask", 200, seconds)
    counted = samples(metrics.text(service))
    for bound in BOUNDS:
        assert counted[f'askwell_request_seconds_bucket{{route="/ask",le="{bound}"}}'] == sum(
            seconds <= bound for seconds in times
        )
    assert counted['askwell_request_seconds_sum{route="/ask"}'] == pytest.approx(sum(times))


def test_every_metric_has_help_and_a_type(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    named = set(re.findall(r"^# TYPE (\w+) (?:counter|gauge|histogram)$", text, re.MULTILINE))
    assert named == set(re.findall(r"^# HELP (\w+) \S", text, re.MULTILINE))
    assert {
        re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"^(\w+)\{", text, re.MULTILINE)
    } <= named


def test_a_service_that_is_ready_says_from_which_index(client: FlaskClient, service: Service) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (
        200,
        {
            "status": "ready",
            "fingerprint": service.index.fingerprint,
            "as_of": "2018-03-15",
            "stale": False,
            "away": [],
        },
    )


def test_a_service_that_cannot_read_its_tables_is_not_ready(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError(f"/home/{SECRET}")

    monkeypatch.setattr(type(service.facts), "subjects_like", gone)
    response = client.get("/readyz")
    assert (response.status_code, response.content_type) == (503, "application/problem+json")
    assert SECRET not in response.text
    assert client.get("/healthz").status_code == 200


# Limits and proxies -----------------------------------------------------------------------------------------


def limited(service: Service, limit: str = "3/hour", **others: int | str) -> FlaskClient:
    operated = ServingOptions(rate_limit=limit, **others)  # type: ignore[arg-type]  # a row of a table
    return create_app(service, options=operated).test_client()


def statuses(
    client: FlaskClient, count: int, path: str = "/ask?question=hello", **options: object
) -> list[int]:
    return [client.get(path, **options).status_code for _ in range(count)]


def test_a_client_that_asks_too_often_is_told_when_to_come_again(service: Service) -> None:
    client = limited(service)
    assert statuses(client, 3) == [200, 200, 200]
    response = client.get(ASK)
    assert (response.status_code, response.content_type) == (429, "application/problem+json")
    assert 1 <= int(response.headers["Retry-After"]) <= 3600
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert SECRET not in response.text


def test_a_person_is_told_on_a_page(service: Service) -> None:
    client = limited(service, "1/hour")
    assert statuses(client, 1, "/") == [200]
    response = client.get("/", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (429, "text/html")
    assert "Retry-After" in response.headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_the_service_is_never_limited(service: Service, path: str) -> None:
    assert statuses(limited(service, "1/hour"), 4, path) == [200] * 4


def test_all_addresses_share_one_limit_and_clients_do_not(service: Service) -> None:
    client = limited(service)
    assert statuses(client, 2) + statuses(client, 2, "/facts") == [200, 200, 200, 429]
    assert statuses(client, 1, environ_base={"REMOTE_ADDR": "192.0.2.7"}) == [200]


def test_a_network_of_ipv6_is_one_client(service: Service) -> None:
    client = limited(service, "1/hour")
    found = [
        statuses(client, 1, environ_base={"REMOTE_ADDR": address})[0]
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
    ]
    assert found == [200, 429, 200]


@pytest.mark.parametrize(("lines", "found"), [((2, 2), [200, 429]), ((3,), [200]), ((4,), [413])])
def test_the_lines_of_batches_count(service: Service, lines: tuple[int, ...], found: list[int]) -> None:
    client = limited(service)
    sent = [
        client.post("/ask/batch", data='{"question": "hello"}\n' * count, content_type="application/x-ndjson")
        for count in lines
    ]
    assert [response.status_code for response in sent] == found
    assert ("Retry-After" in sent[-1].headers) == (found[-1] == 429)


@pytest.mark.parametrize(
    ("proxies", "found"),
    [(0, [200, 429]), (1, [200, 200])],
)
def test_only_trusted_proxies_are_believed_about_the_client(
    service: Service, proxies: int, found: list[int]
) -> None:
    client = limited(service, "1/hour", proxies=proxies)
    assert [
        statuses(client, 1, headers={"X-Forwarded-For": f"192.0.2.{last}"})[0] for last in (1, 2)
    ] == found


def test_what_a_client_adds_before_the_proxys_word_is_not_believed(service: Service) -> None:
    client = limited(service, "1/hour", proxies=1)
    assert [
        statuses(client, 1, headers={"X-Forwarded-For": f"10.0.0.{made_up}, 192.0.2.1"})[0]
        for made_up in (1, 2)
    ] == [200, 429]


def test_a_store_that_is_not_known_is_refused_with_the_next_step(service: Service) -> None:
    with pytest.raises(UsageError, match="QA_RATE_STORE"):
        limited(service, rate_store="nowhere://127.0.0.1")


def test_while_a_shared_store_fails_each_process_counts_by_itself(service: Service) -> None:
    pytest.importorskip("redis", reason="the client of a shared store is not installed")
    assert statuses(limited(service, rate_store="redis://127.0.0.1:1"), 4) == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("flags", "limit"),
    [
        ({}, None),
        ({"host": "localhost"}, None),
        ({"host": "::1"}, None),
        ({"host": "0.0.0.0"}, DEFAULT_RATE),
        ({"host": "askwell.example"}, DEFAULT_RATE),
        ({"proxies": "1"}, DEFAULT_RATE),
        ({"host": "0.0.0.0", "rate_limit": "none"}, None),
        ({"rate_limit": "7/second"}, "7/second"),
    ],
)
def test_only_what_others_can_reach_is_limited_unless_the_operator_says_so(
    flags: dict[str, str], limit: str | None
) -> None:
    assert serving_options(Settings.load(flags, {})).rate_limit == limit


# Other sites' scripts ---------------------------------------------------------------------------------------


def shared_with(service: Service, *origins: str) -> FlaskClient:
    app: Flask = create_app(service, options=ServingOptions(cors_origins=origins))
    return app.test_client()


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        (("https://a.example",), "https://a.example", "https://a.example"),
        (("https://a.example",), "https://b.example", None),
        (("https://a.example",), "https://a.example.evil.example", None),
        (("https://a.example",), "https://aXexample", None),
        (("https://*.example.org",), "https://www.example.org", "https://www.example.org"),
        (("https://*.example.org",), "https://example.org", None),
        (("https://*.example.org",), "https://evil.example/.example.org", None),
        (("*",), "https://b.example", "*"),
        ((), "https://a.example", None),
    ],
)
def test_only_the_sites_named_may_read_answers(
    service: Service, origins: tuple[str, ...], origin: str, allowed: str | None
) -> None:
    client = shared_with(service, *origins)
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answered, asked = (
        client.get("/ask?question=hello", headers=headers),
        client.options("/ask", headers=headers),
    )
    assert (
        answered.headers.get("Access-Control-Allow-Origin")
        == asked.headers.get("Access-Control-Allow-Origin")
        == allowed
    )
    assert ("Content-Type" in asked.headers.get("Access-Control-Allow-Headers", "")) == (allowed is not None)
    assert ("Origin" in answered.headers.get("Vary", "")) == bool(origins)
    assert "Access-Control-Allow-Credentials" not in answered.headers


def test_no_page_is_shared(service: Service) -> None:
    assert (
        "Access-Control-Allow-Origin"
        not in shared_with(service, "*").get("/", headers={"Origin": "https://a.example"}).headers
    )
