"""The OpenAPI document and its page: complete, true to what is served, and the same as the contract."""

import ast
import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app
from qa.web.api.openapi import SCHEMAS, document, meanings, schemas
from qa.web.api.operations import OPERATIONS
from qa.web.api.reference import coded, kind_of, limits
from qa.web.api.snippets import FILE, LONGEST, Call, snippets
from qa.web.api.validation import Request

ENDPOINTS = {
    "ask",
    "batch",
    "browse",
    "health",
    "verify",
}  # the parts of the web face for programs; the others show pages
OF_DIRECTORIES = (
    "/brands/{id}.json",
    "/places/{id}.json",
    "/providers/{id}.json",
)  # of which the default corpus has none
NAMES = sorted(schemas())
RECORDS = {"fact": "RatingFact", "passage": "QuotedPassage"}


@pytest.fixture(scope="module")
def client(trusts: Service) -> FlaskClient:
    return create_app(trusts).test_client()


@pytest.fixture(scope="module")
def served(client: FlaskClient) -> dict[str, Any]:
    """The document as served."""
    response = client.get("/openapi.json")
    assert (response.status_code, response.content_type) == (200, "application/json")
    body: dict[str, Any] = json.loads(response.data)
    return body


def operations(served: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["operationId"]: one for methods in served["paths"].values() for one in methods.values()}


def checker(schema: dict[str, Any]) -> Draft202012Validator:
    """What validates against a schema of the document."""
    return Draft202012Validator({**schema, "components": document()["components"]})


def test_the_document_is_openapi_3_1(served: dict[str, Any]) -> None:
    assert served["openapi"].startswith("3.1.")
    assert set(served) == {"openapi", "info", "servers", "paths", "components"}
    names = [one["operationId"] for methods in served["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names)) == len(OPERATIONS)


def test_every_endpoint_is_described_and_nothing_else(client: FlaskClient) -> None:
    served = {
        (re.sub(r"<(path:)?\w+>", "{}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.split(".")[0] in ENDPOINTS
    }
    assert {(re.sub(r"{\w+}", "{}", operation.path), operation.method) for operation in OPERATIONS} == served


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_every_field_is_described(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["description"]
    assert "``" not in json.dumps(schema)
    assert [field for field, one in schema["properties"].items() if not one.get("description")] == []


def test_no_field_is_described_that_is_not_there() -> None:
    told = {(name, field) for name, record in meanings().items() if name != "records" for field in record}
    assert (
        told - {(name, field) for name, schema in schemas().items() for field in schema["properties"]}
        == set()
    )
    assert set(meanings()["records"]) <= set(schemas())


def test_every_reference_leads_somewhere(served: dict[str, Any]) -> None:
    for address in re.findall(r'"\$ref": "([^"]+)"', json.dumps(served)):
        place: Any = served
        for part in address.removeprefix("#/").split("/"):
            place = place[part]
        assert place


@pytest.mark.parametrize(
    "name", [operation.name for operation in OPERATIONS if operation.path not in OF_DIRECTORIES]
)
def test_an_operation_has_examples_that_fit_and_every_error(served: dict[str, Any], name: str) -> None:
    one = operations(served)[name]
    content = next(iter(one["responses"]["200"]["content"].values()))
    checker(content["schema"]).validate(content["example"])
    if "requestBody" in one:
        body = next(iter(one["requestBody"]["content"].values()))
        checker(body["schema"]).validate(body["example"])
    for parameter in one.get("parameters", ()):
        assert parameter["description"]
        assert not parameter["required"] or "example" in parameter
        if "example" in parameter:
            checker(parameter["schema"]).validate(parameter["example"])
    assert {"500"} <= set(one["responses"])
    assert ("422" in one["responses"]) == (name not in ("health", "ready"))


def test_an_example_of_an_error_is_a_problem(served: dict[str, Any]) -> None:
    for response in served["components"]["responses"].values():
        content = response["content"]["application/problem+json"]
        checker(content["schema"]).validate(content["example"])


def called(client: FlaskClient, served: dict[str, Any], path: str, method: str) -> Any:
    """The response to an operation's own example."""
    one = served["paths"][path][method]
    examples = {
        parameter["name"]: parameter for parameter in one.get("parameters", ()) if "example" in parameter
    }
    address = path.format(
        **{name: parameter["example"] for name, parameter in examples.items() if parameter["in"] == "path"}
    )
    query = {name: parameter["example"] for name, parameter in examples.items() if parameter["in"] == "query"}
    if "requestBody" not in one:
        return client.get(address, query_string=query)
    ((kind, body),) = one["requestBody"]["content"].items()
    sent = body["example"] if isinstance(body["example"], str) else json.dumps(body["example"])
    return client.post(address, data=sent, content_type=kind)


def test_what_only_a_directory_holds_has_examples_there(tmp_path: Path) -> None:
    row = "1-1,Oak House,Residential social care,Overall,Good,2024-03-02,Ludlow,Oak Ltd,Acorns\n"
    heads = (
        "Location ID,Location Name,Location Primary Inspection Category,Domain,Latest Rating,Publication "
        "Date,Location City"
    )
    (tmp_path / "ratings.csv").write_text(f"{heads},Provider Name,Brand Name\n{row}", encoding="utf-8")
    client = create_app(
        Service.open(Settings.load({"cache": "none", "corpus": str(tmp_path)}, {}))
    ).test_client()
    served = client.get("/openapi.json").get_json()
    for path in OF_DIRECTORIES:
        response = called(client, served, path, "get")
        content = served["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        assert response.json == content["example"]
        checker(content["schema"]).validate(content["example"])


@pytest.mark.parametrize(
    ("path", "method"),
    [(operation.path, operation.method) for operation in OPERATIONS if operation.path not in OF_DIRECTORIES],
)
def test_an_example_is_what_the_service_answers(
    client: FlaskClient, served: dict[str, Any], path: str, method: str
) -> None:
    response = called(client, served, path, method)
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in response.headers
    assert "Set-Cookie" not in response.headers
    ((kind, content), *_) = served["paths"][path][method]["responses"]["200"]["content"].items()
    assert response.mimetype == kind
    if path == "/documents/{path}":
        assert response.json["text"].startswith(content["example"]["text"])
    else:
        assert (response.text if kind.endswith("ndjson") else response.json) == content["example"]


@pytest.mark.parametrize(
    "question",
    [
        "Which trust became outstanding?",
        "What is Oxlees rated?",
        "hello",
        "How many trusts improved and why?",
    ],
)
def test_an_answer_fits_its_schema_and_has_no_other_field(client: FlaskClient, question: str) -> None:
    schema = {
        name: {**one, "additionalProperties": one.get("additionalProperties", False)}
        for name, one in schemas().items()
    }
    body = json.loads(client.get("/ask", query_string={"question": question}).data)
    Draft202012Validator({"$ref": f"{SCHEMAS}Answer", "components": {"schemas": schema}}).validate(body)


BLANKS = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
TEXTS: list[tuple[str, bool]] = [
    ("", False),
    *((blank, False) for blank in BLANKS),
    ("".join(BLANKS), False),
    *((f"{blank}a{blank}", True) for blank in BLANKS),
    *((character, True) for character in "\ufeff\u200b\u180e\0\x1b"),
    ("x" * 2_000, True),
    ("x" * 2_001, False),
    ("x" + " " * 1_999 + "x", False),
    ("\n" * 3_000 + "x" * 2_000 + "\x85" * 3_000, True),
    ("\n" * 3_000 + "x" * 2_001 + "\x85" * 3_000, False),
]


@pytest.mark.parametrize(("text", "askable"), TEXTS, ids=range(len(TEXTS)))
def test_a_question_that_its_schema_refuses_is_refused_and_no_other(
    client: FlaskClient, text: str, askable: bool
) -> None:
    fits = checker({"$ref": f"{SCHEMAS}AskRequest"}).is_valid({"question": text})
    elsewhere = re.search(
        schemas()["AskRequest"]["properties"]["question"]["pattern"], text, re.ASCII
    )  # where \s is something else
    status = 200 if askable else 422
    assert (fits, bool(elsewhere)) == (askable, askable)
    assert client.post("/ask", json={"question": text}).status_code == status
    assert client.get("/ask", query_string={"question": text}).status_code == status


def test_the_schemas_are_those_of_the_models_that_check() -> None:
    for operation in OPERATIONS:
        assert issubclass(operation.takes, Request)
        assert set(schemas()[operation.takes.__name__]["properties"]) == set(operation.takes.model_fields)


# The page ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> BeautifulSoup:
    response = client.get("/docs")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    return BeautifulSoup(response.text, "html.parser")


def test_the_page_tells_every_endpoint_field_and_error(page: BeautifulSoup, served: dict[str, Any]) -> None:
    text = page.get_text(" ")
    for path, methods in served["paths"].items():
        for method, one in methods.items():
            section = page.find(id=one["operationId"])
            assert section
            assert f"{method.upper()} {path}" in section.get_text(" ")
            assert all(status in section.get_text(" ") for status in one["responses"] if status != "200")
    assert all(
        f"{field}" in text
        for name in ("Answer", "RatingFact", "QuotedPassage")
        for field in schemas()[name]["properties"]
    )


LANGUAGES = ["curl", "Python", "JavaScript", "R"]


def code_of(section: Tag) -> dict[str, str]:
    """The code of an endpoint, by its language."""
    languages = [
        str(summary.find(string=True, recursive=False)) for summary in section.select(".code summary")
    ]
    return dict(zip(languages, (box.get_text() for box in section.select(".code pre")), strict=True))


def test_every_endpoint_has_its_form_and_its_code_in_a_section_of_its_own(
    page: BeautifulSoup, served: dict[str, Any]
) -> None:
    for name in operations(served):
        section = page.select_one(f"section#{name}")
        assert section
        assert section.find_previous("h2", class_="part")
        assert len(section.select("form.try")) == 1
        assert list(code_of(section)) == LANGUAGES
    assert [title.get_text() for title in page.select("h2.part")] == [
        "Ask",
        "Look up",
        "Check",
        "Operate",
        "Records",
    ]


def sent_by(form: Tag) -> dict[str, str]:
    """What a browser sends of a form as it stands."""
    chosen = {str(box["name"]): box.select_one("[selected]") for box in form.select("select[name]")}
    typed = {str(box["name"]): str(box["value"]) for box in form.select("input[name]")}
    return typed | {name: option.get_text() for name, option in chosen.items() if option}


def test_forms_that_a_browser_can_send_work_without_a_script(
    client: FlaskClient, page: BeautifulSoup
) -> None:
    plain = [form for form in page.select("form.try") if not form.has_attr("hidden")]
    given = {
        operation.path
        for operation in OPERATIONS
        if operation.method == "get" and operation.path_parameter is None
    }
    assert {str(form["data-path"]) for form in plain} == given
    for form in plain:
        assert client.get(str(form["action"]), query_string=sent_by(form)).status_code == 200, form[
            "data-path"
        ]
    for link in page.select(".unscripted a"):
        assert client.get(str(link["href"])).status_code == 200


def test_the_code_asks_what_the_example_asks(
    client: FlaskClient, page: BeautifulSoup, served: dict[str, Any]
) -> None:
    for name in operations(served):
        section = page.select_one(f"section#{name}")
        assert section
        told = code_of(section)
        curl = shlex.split(told["curl"].replace("\\\n", " "))
        address, body = curl[1].removeprefix("http://localhost"), curl[-1] if "--data-binary" in curl else ""
        if "{" not in address and not body.startswith("@"):
            sent: dict[str, Any] = (
                {"data": body, "content_type": curl[3].removeprefix("Content-Type: "), "method": "POST"}
                if body
                else {}
            )
            assert client.open(address, **sent).status_code == 200
        compile(told["Python"], "snippet", "exec")
        assert all("http://localhost" in code for code in told.values())


def test_the_page_is_no_larger_than_it_must_be(client: FlaskClient) -> None:
    assert len(client.get("/docs").data) < 200 * 1024


def test_an_answer_of_many_rows_is_no_example(tmp_path: Path) -> None:
    rows = "".join(
        f"Care Home {number:03},{'Good' if number % 3 else 'Inadequate'},2020-01-02,Ludlow\n"
        for number in range(150)
    )
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published,Town\n" + rows, encoding="utf-8")
    page = (
        create_app(Service.open(Settings.load({"corpus": tmp_path, "cache": "none"}, {})))
        .test_client()
        .get("/docs")
        .data
    )
    assert len(page) < 200 * 1024
    assert page.count(b"Care Home 0") < 50


AWKWARD = 'Who\'s “it”? $HOME `x` \\ "q" é'


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_code_holds_awkward_text_as_text(method: str) -> None:
    body = json.dumps({"question": AWKWARD}, ensure_ascii=False) if method == "POST" else ""
    call = Call(
        method,
        "http://host/ask",
        () if body else (("question", AWKWARD),),
        body,
        "application/json" if body else "",
    )
    told = dict(snippets(call))
    words = shlex.split(told["curl"].replace("\\\n", " "))
    assert words[-1] == (body or call.address)
    constants = [node.value for node in ast.walk(ast.parse(told["Python"])) if isinstance(node, ast.Constant)]
    assert (body or AWKWARD) in constants


def test_a_long_body_is_read_from_a_file() -> None:
    told = dict(snippets(Call("POST", "http://host/verify", (), "x" * (LONGEST + 1), "application/json")))
    assert all(FILE in code and "xxx" not in code for code in told.values())


def test_links_within_the_page_lead_somewhere(page: BeautifulSoup) -> None:
    targets = [str(link["href"]).removeprefix("#") for link in page.select('a[href^="#"]')]
    assert len(targets) > 30
    assert [target for target in targets if not page.find(id=target)] == []
    identifiers = [str(element["id"]) for element in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))


def test_the_page_loads_only_its_own_files_and_holds_no_code(page: BeautifulSoup) -> None:
    loaded = [
        str(element.get("src") or element.get("href")) for element in page.select("script, link, img, iframe")
    ]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert page.select("script:not([src]), style, [style], [onclick]") == []


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date"}, "date"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "whole number or null"),
        ({"type": "array", "items": {"$ref": f"{SCHEMAS}Span"}}, "list of Span"),
        ({"enum": ["a", "b"], "type": "string"}, "a · b"),
        ({"type": "object"}, "text by name"),
        ({}, "anything"),
    ],
)
def test_a_type_is_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert kind_of(schema) == words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"minimum": 1, "maximum": 500}, ", 1 to 500"),
        ({"minLength": 1, "maxLength": 2000}, ", 1 to 2,000 characters"),
        ({"maxItems": 20}, ", 0 to 20 items"),
        ({"type": "string"}, ""),
    ],
)
def test_limits_are_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert limits(schema) == words


def test_only_backticks_make_code() -> None:
    assert coded("a `b<c` <d>") == "a <code>b&lt;c</code> &lt;d&gt;"


# The contract -----------------------------------------------------------------------------------------------


def contract(shared: Path) -> str:
    file = shared / "contract" / "ask.md"
    if not file.is_file():
        pytest.skip("../shared/contract/ask.md is not here")
    return file.read_text(encoding="utf-8")


def rows(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading, by their first cell."""
    part = text.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("| `")
    ]
    return {first.strip("`"): rest for first, *rest in cells}


def test_every_field_of_the_contracts_request_is_described(shared: Path) -> None:
    assert set(rows(contract(shared), "Request")) == set(schemas()["AskRequest"]["properties"])


def test_every_field_of_the_contracts_answer_is_described_in_its_order(shared: Path) -> None:
    told = rows(contract(shared), "Answer")
    assert list(told) == list(schemas()["Answer"]["properties"])[: len(told)]  # additions stand at the end
    for field, (kind, *_) in told.items():
        if names := re.search(r"{([\w, ]+)}", kind):
            listed = names[1].split(", ")
            assert listed == fields_of(schemas()["Answer"]["properties"][field])[: len(listed)]


def fields_of(schema: dict[str, Any]) -> list[str]:
    """The fields of the record that a schema refers to, or lists."""
    (name,) = re.findall(rf'"{SCHEMAS}(\w+)"', json.dumps(schema))
    return list(schemas()[name]["properties"])


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_of_the_contracts_records_is_described_in_its_order(shared: Path, kind: str) -> None:
    paragraph = re.search(rf"^A \*\*{kind}\*\*:.*?(?=\n\n)", contract(shared), re.MULTILINE | re.DOTALL)
    assert paragraph
    told = [names.split(", ") for names in re.findall(r"{([\w, ]+)}", paragraph[0])]
    assert told[0] == list(schemas()[RECORDS[kind]]["properties"])
    assert told[-1] == fields_of(schemas()[RECORDS[kind]]["properties"]["source"])


def test_every_error_of_the_contract_is_described(shared: Path) -> None:
    statuses = set(re.findall(r"\b4\d\d\b", contract(shared)))
    assert statuses <= set(operations(document())["ask"]["responses"])
    listed = re.search(r"problem\+json` \((.*?)\)", contract(shared))
    assert listed
    assert [name.strip("`") for name in listed[1].split(", ")] == list(
        schemas()["ProblemDetails"]["properties"]
    )
