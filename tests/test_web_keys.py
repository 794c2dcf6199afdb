"""A service that asks for keys: the endpoints answer who sends one, the pages everybody."""

import datetime
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from qa.errors import UsageError
from qa.keys import Keys
from qa.service import Service
from qa.web import create_app
from qa.web.api.operations import OPERATIONS
from qa.web.serving.options import ServingOptions

DAY = datetime.date(2018, 3, 15)
ASK = "/ask?question=hello"
GUARDED = [
    ("GET", ASK),
    ("POST", "/ask"),
    ("POST", "/ask/batch"),
    ("GET", "/documents"),
    ("GET", "/documents/a"),
    ("GET", "/passages/a"),
    ("GET", "/facts"),
    ("GET", "/subjects?q=a"),
    ("POST", "/verify"),
    ("PUT", "/ask"),
    ("GET", "/ask/nowhere"),
    ("GET", "/metrics"),
]
OPEN = ["/", "/?q=hello", "/about", "/docs", "/openapi.json", "/healthz", "/readyz", "/static/nothing.css"]


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys.toml")


@pytest.fixture
def token(keys: Keys) -> str:
    return keys.add("dashboard", DAY)[1]


def serving(service: Service, keys: Keys, **others: str) -> FlaskClient:
    operated = ServingOptions(keys=keys._path, **others)  # type: ignore[arg-type]  # a row of a table
    return create_app(service, options=operated).test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_an_endpoint_asks_for_a_key(service: Service, keys: Keys, token: str, method: str, path: str) -> None:
    client = serving(service, keys)
    response = client.open(path, method=method)
    assert (response.status_code, response.content_type) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Askwell"'
    assert response.json is not None
    assert "Authorization: Bearer" in response.json["detail"]
    assert client.open(path, method=method, headers=bearer(token)).status_code != 401


@pytest.mark.parametrize("path", OPEN)
def test_everything_else_is_open(service: Service, keys: Keys, token: str, path: str) -> None:
    assert serving(service, keys).get(path).status_code in (200, 404)


@pytest.mark.parametrize(
    "sent",
    [
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Bearer askwell_00000000_aaaa",
        "Basic YTpi",
        "Bearer \xe9",
        "Bearer a b c",
    ],
)
def test_what_is_no_key_opens_nothing(service: Service, keys: Keys, token: str, sent: str) -> None:
    response = serving(service, keys).get(ASK, headers={"Authorization": sent})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="Askwell"')


def test_a_key_that_is_not_known_is_told_from_none(service: Service, keys: Keys, token: str) -> None:
    response = serving(service, keys).get(ASK, headers=bearer(token[:-1]))
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_without_a_file_of_keys_none_is_asked_for(service: Service) -> None:
    client = create_app(service).test_client()
    assert client.get(ASK).status_code == client.get(ASK, headers=bearer("nonsense")).status_code == 200


def test_what_is_added_or_revoked_holds_at_once(service: Service, keys: Keys, token: str) -> None:
    client = serving(service, keys)
    _, later = keys.add("later", DAY)
    assert [client.get(ASK, headers=bearer(one)).status_code for one in (token, later)] == [200, 200]
    keys.revoke(keys.all()[0].id)
    assert [client.get(ASK, headers=bearer(one)).status_code for one in (token, later)] == [401, 200]


def test_a_file_of_keys_that_is_lost_opens_for_nobody(
    service: Service, keys: Keys, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = serving(service, keys)
    shutil.move(keys._path, keys._path.with_name("away"))
    assert client.get(ASK, headers=bearer(token)).status_code == 503
    assert client.get(ASK).status_code == 401
    assert ["no file of keys" in record.message for record in caplog.records] == [True]


def test_a_service_without_its_file_of_keys_does_not_start(service: Service, keys: Keys) -> None:
    with pytest.raises(UsageError, match="qa keys add"):
        serving(service, keys)


def test_who_has_a_key_is_limited_by_it_and_others_by_their_address(
    service: Service, keys: Keys, token: str
) -> None:
    client, other = serving(service, keys, rate_limit="2/hour"), keys.add("other", DAY)[1]
    addresses = [{"REMOTE_ADDR": f"192.0.2.{last}"} for last in range(3)]
    found = [
        client.get(ASK, headers=bearer(token), environ_base=address).status_code for address in addresses
    ]
    assert found == [200, 200, 429]
    assert client.get(ASK, headers=bearer(other), environ_base=addresses[0]).status_code == 200
    assert [client.get(ASK, environ_base=addresses[0]).status_code for _ in range(3)] == [401, 401, 429]


def test_the_lines_of_a_batch_count_to_the_key(service: Service, keys: Keys, token: str) -> None:
    client = serving(service, keys, rate_limit="2/hour")
    sent = {
        "data": '{"question": "hello"}\n' * 2,
        "content_type": "application/x-ndjson",
        "headers": bearer(token),
    }
    found = [
        client.post("/ask/batch", environ_base={"REMOTE_ADDR": f"192.0.2.{last}"}, **sent).status_code
        for last in (1, 2)
    ]
    assert found == [200, 429]


def test_another_sites_script_may_send_a_key(service: Service, keys: Keys, token: str) -> None:
    client = serving(service, keys, cors_origins=("*",))  # type: ignore[arg-type]
    asked = client.options(
        "/ask", headers={"Origin": "https://a.example", "Access-Control-Request-Headers": "authorization"}
    )
    assert asked.status_code == 200
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


def test_the_service_describes_the_key_where_it_asks_for_one(
    service: Service, keys: Keys, token: str
) -> None:
    shown = serving(service, keys).get("/openapi.json").json
    assert isinstance(shown, dict)
    assert shown["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for operation in OPERATIONS:
        written = shown["paths"][operation.path][operation.method]
        guarded = operation.name not in ("health", "ready")
        assert (written.get("security") == [{"key": []}]) == ("401" in written["responses"]) == guarded
    problem = serving(service, keys).get(ASK).json
    Draft202012Validator(
        {"$ref": "#/components/schemas/ProblemDetails", "components": shown["components"]}
    ).validate(problem)
    assert "securitySchemes" not in str(create_app(service).test_client().get("/openapi.json").json)


def test_the_reference_shows_it_too(service: Service, keys: Keys, token: str) -> None:
    assert "401" in serving(service, keys).get("/docs").text


def test_the_page_about_the_service_says_whether_a_key_is_needed(
    service: Service, keys: Keys, token: str
) -> None:
    assert "without a key" in create_app(service).test_client().get("/about").text
    text = serving(service, keys).get("/about").text
    assert "with a key" in text
    assert "without a key" not in text
