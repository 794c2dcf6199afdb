"""Random and hostile requests to every endpoint: no error of the service's own, and nothing but what the
OpenAPI document describes.
"""

import json
import os
from urllib.parse import quote, quote_from_bytes

import directory
import pytest
from flask.testing import FlaskClient
from hostile import NUMBERS, SCALARS, TEXTS, VALUES, ask, asked, bodies, by_name, check
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.api.operations import OPERATIONS, Operation

EXAMPLES = int(os.environ.get("QA_TEST_EXAMPLES", "40"))  # of each endpoint


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "a report.md").write_text(
        "# A report\n\nThe wards were clean, and 50% of the staff were kind.\n", encoding="utf-8"
    )
    directory.write(folder, "directory.csv", directory.directory()[:800])
    return create_app(Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))).test_client()


def escaped(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


QUERIED = [
    operation.name for operation in OPERATIONS if operation.body is None and operation.path_parameter is None
]
SENT = [operation.name for operation in OPERATIONS if operation.body and not operation.lines]
BY_PATH = [operation.name for operation in OPERATIONS if operation.path_parameter]


def parameters(operation: Operation) -> st.SearchStrategy[str]:
    """Query strings of known and unknown names, fitting and absurd values."""
    names = st.one_of(st.sampled_from([*operation.takes.model_fields, "unknown"]), TEXTS)
    fitting = st.sampled_from(
        [
            "1",
            "20",
            "csv",
            "json",
            "all",
            "current",
            "-published",
            "rating",
            "Overall",
            "Good",
            "directory.csv",
            "Y",
        ]
    )
    values = st.one_of(
        TEXTS.map(escaped), fitting, NUMBERS.map(str), st.binary(max_size=9).map(quote_from_bytes)
    )
    pairs = st.lists(st.tuples(names.map(escaped), values).map("=".join), max_size=5)
    return st.one_of(
        pairs.map("&".join), st.binary(max_size=30).map(quote_from_bytes), st.text("=&%+;ab0", max_size=20)
    )


@pytest.mark.parametrize("name", QUERIED)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_any_query_is_answered_or_refused_as_described(
    client: FlaskClient, name: str, data: st.DataObject
) -> None:
    operation = by_name(name)
    query = data.draw(parameters(operation))
    check(operation, client.get(f"{operation.path}?{query}"))


@pytest.mark.parametrize("name", BY_PATH)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_any_address_is_answered_or_refused_as_described(
    client: FlaskClient, name: str, data: st.DataObject
) -> None:
    operation = by_name(name)
    known = st.sampled_from(["a report.md", "a~20report.md-12-69", "a~20report.md-0-1", "directory.csv"])
    address = data.draw(
        st.one_of(known, TEXTS, st.integers().map("a~20report.md-{}-69".format)).filter(
            lambda text: text.strip("/.")
        )
    )
    query = data.draw(st.one_of(st.just(""), parameters(operation)))
    response = client.get(f"{operation.path.partition('{')[0]}{escaped(address)}?{query}")
    if response.status_code != 308:  # an address with two slashes in a row is led to the one that is meant
        check(operation, response)


def quotations() -> st.SearchStrategy[bytes]:
    """Bodies for /verify that come near to what it takes."""
    source = st.fixed_dictionaries(
        {"document": st.one_of(st.just("a report.md"), TEXTS)},
        optional=dict.fromkeys(
            ("start", "end", "revision", "title", "url", "section", "page", "published", "kind", "more"),
            SCALARS,
        ),
    )
    passages = st.lists(
        st.fixed_dictionaries({"text": TEXTS, "source": source}, optional={"id": SCALARS, "rank": SCALARS}),
        max_size=3,
    )
    facts = st.lists(
        st.fixed_dictionaries(
            {"id": TEXTS}, optional={"subject": SCALARS, "attributes": VALUES, "source": VALUES}
        ),
        max_size=3,
    )
    return st.fixed_dictionaries({"passages": passages, "facts": facts}).map(
        lambda body: json.dumps(body).encode()
    )


@pytest.mark.parametrize("name", SENT)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_any_body_is_answered_or_refused_as_described(
    client: FlaskClient, name: str, data: st.DataObject
) -> None:
    operation = by_name(name)
    body = data.draw(st.one_of(bodies(operation), quotations()) if name == "verify" else bodies(operation))
    kind = data.draw(
        st.sampled_from(
            [
                operation.body,
                operation.body,
                operation.body,
                "text/plain",
                "application/json; charset=latin-1",
                "",
            ]
        )
    )
    check(operation, client.post(operation.path, data=body, content_type=kind))


@settings(max_examples=EXAMPLES)
@given(lines=st.lists(bodies(by_name("ask")), min_size=1, max_size=4))
def test_any_batch_is_answered_or_refused_as_described(client: FlaskClient, lines: list[bytes]) -> None:
    operation = by_name("ask_batch")
    check(operation, client.post(operation.path, data=b"\n".join(lines), content_type=operation.body))


@settings(max_examples=5 * EXAMPLES)
@given(body=asked())
def test_any_question_gets_an_answer_as_described(client: FlaskClient, body: bytes) -> None:
    ask(client, body)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS}))
def test_a_method_that_is_not_described_is_refused(client: FlaskClient, path: str, method: str) -> None:
    described = {operation.method.upper() for operation in OPERATIONS if operation.path == path}
    allowed = described | ({"HEAD"} if "GET" in described else set()) | {"OPTIONS"}
    response = client.open(path.replace("{path}", "a%20report.md").replace("{id}", "x"), method=method)
    assert (response.status_code == 405) == (method not in allowed)
    assert response.status_code < 500
