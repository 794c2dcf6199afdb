"""Answers checked against the corpus: what it holds is told as held, and not one changed character passes."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa import cli, wire
from qa.records import Answer
from qa.service import Service
from qa.verifying import Quotation, verify
from qa.web import create_app
from qa.web.api.verify import VerifyRequest

QUESTIONS = [
    "Which trust became outstanding?",
    "Why did these trusts improve?",
    "How many trusts improved?",
    "hello",
    "Which hotel is best?",
]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture(scope="module")
def answer(service: Service) -> dict[str, Any]:
    """An answer with facts and passages."""
    body: dict[str, Any] = json.loads(wire.dumps(service.ask(QUESTIONS[0])))
    assert body["facts"]
    assert body["passages"]
    return body


def checked(client: FlaskClient, body: object) -> dict[str, Any]:
    response = client.post("/verify", json=body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.data)
    return found


def test_an_answer_may_be_sent_as_it_is() -> None:
    assert set(VerifyRequest.model_fields) == set(Answer.__dataclass_fields__)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_held(client: FlaskClient, question: str) -> None:
    told = json.loads(client.get("/ask", query_string={"question": question}).data)
    body = checked(client, told)
    assert body["held"]
    assert [fact["finding"] for fact in body["facts"]] == ["held"] * len(told["facts"])
    assert [one["held_characters"] for one in body["passages"]] == [
        len(passage["text"]) for passage in told["passages"]
    ]


FACT_CHANGES: dict[str, Change] = {
    "rating": lambda fact: fact.update(rating="Inadequate"),
    "previous_rating": lambda fact: fact.update(previous_rating=None),
    "published": lambda fact: fact.update(published="2024-03-15"),
    "note": lambda fact: fact.update(note="never"),
    "subject": lambda fact: fact.update(subject="Elm House"),
    "attributes.town": lambda fact: fact["attributes"].update(town="Leeds"),
    "source.row": lambda fact: fact["source"].update(row=1),
    "source.url": lambda fact: fact["source"].update(url=None),
}


@pytest.mark.parametrize("field", FACT_CHANGES)
def test_a_fact_told_otherwise_is_found_with_what_the_table_says(
    client: FlaskClient, answer: dict[str, Any], field: str
) -> None:
    told = copy.deepcopy(answer)
    FACT_CHANGES[field](told["facts"][0])
    body = checked(client, told)
    (fact,) = body["facts"]
    assert (body["held"], fact["finding"], [one["field"] for one in fact["differences"]]) == (
        False,
        "differs",
        [field],
    )
    held = answer["facts"][0]
    for part in field.split("."):
        held = held.get(part)
    assert fact["differences"][0]["held"] == held


PASSAGE_CHANGES: dict[str, tuple[Change, str]] = {
    "a changed character": (lambda one: one.update(text="X" + one["text"][1:]), "differs"),
    "a character more": (
        lambda one: one.update(
            text=one["text"] + "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
        ),
        "differs",
    ),
    "a character less, with the same end": (lambda one: one.update(text=one["text"][:-1]), "differs"),
    "another place": (
        lambda one: one["source"].update(start=one["source"]["start"] + 1, end=one["source"]["end"] + 1),
        "differs",
    ),
    "a place beyond the end": (lambda one: one["source"].update(start=10**9, end=None), "differs"),
    "another title": (lambda one: one["source"].update(title="Another"), "differs"),
    "another date": (lambda one: one["source"].update(published="2024-01-01"), "differs"),
    "another section": (lambda one: one["source"].update(section="Another"), "differs"),
    "the publisher's words": (lambda one: one["source"].update(kind="original"), "differs"),
    "another id": (lambda one: one.update(id="report.md-0-1"), "differs"),
    "another revision": (lambda one: one["source"].update(revision="0" * 12), "other_revision"),
    "another document": (lambda one: one["source"].update(document="nowhere.md"), "no_such_document"),
}


@pytest.mark.parametrize("name", PASSAGE_CHANGES)
def test_a_passage_quoted_otherwise_is_not_held(
    client: FlaskClient, answer: dict[str, Any], name: str
) -> None:
    change, finding = PASSAGE_CHANGES[name]
    told = copy.deepcopy(answer)
    change(told["passages"][0])
    body = checked(client, told)
    assert not body["held"]
    assert [one["finding"] for one in body["passages"]] == [finding, *["held"] * (len(told["passages"]) - 1)]


def test_a_fact_that_is_not_there_is_told(client: FlaskClient) -> None:
    (fact,) = checked(client, {"facts": [{"id": "nowhere:1"}]})["facts"]
    assert fact == {"id": "nowhere:1", "finding": "no_such_fact", "held": False, "differences": []}


def test_words_of_an_older_revision_are_found_where_they_stand_now(
    client: FlaskClient, answer: dict[str, Any]
) -> None:
    quoted = answer["passages"][0]
    (one,) = checked(
        client,
        {"passages": [{"text": quoted["text"], "source": {"document": "report.md", "revision": "0" * 12}}]},
    )["passages"]
    assert (one["finding"], one["held_characters"]) == ("other_revision", 0)
    assert one["found"] == {"start": quoted["source"]["start"], "end": quoted["source"]["end"]}


@given(data=st.data())
def test_exactly_the_characters_that_the_document_has_there_are_held(
    service: Service, data: st.DataObject
) -> None:
    document = service.documents[0]
    start = data.draw(st.integers(0, len(document.text) - 2))
    text = document.text[start : start + data.draw(st.integers(1, 60))]
    changed = data.draw(st.sets(st.integers(0, len(text) - 1)))
    told = "".join("\N{SNOWMAN}" if place in changed else character for place, character in enumerate(text))
    quotation = Quotation(told, document.path, start, start + len(told), document.revision)
    (one,) = verify([], [quotation], service.facts, service.library, service.index).passages
    assert {place for span in one.differing for place in range(span.start, span.end)} == changed
    assert one.held_characters == len(text) - len(changed)
    assert one.held == (not changed)


@given(data=st.data())
def test_a_quotation_without_a_place_is_held_where_the_document_has_it(
    service: Service, data: st.DataObject
) -> None:
    document = service.documents[0]
    start = data.draw(st.integers(0, len(document.text) - 2))
    text = document.text[start : start + data.draw(st.integers(1, 60))]
    there, not_there = verify(
        [],
        [Quotation(text, document.path), Quotation(text + "\N{SNOWMAN}", document.path)],
        service.facts,
        service.library,
        service.index,
    ).passages
    assert there.held
    assert there.found
    assert document.text[there.found.start : there.found.end] == text
    assert (not_there.held, not_there.held_characters, not_there.found) == (False, 0, None)


WRONG: dict[str, tuple[object, int, set[str]]] = {
    "nothing": ({}, 422, {"facts"}),
    "an answer without facts and passages": ({"question": "a", "status": "answered"}, 422, {"facts"}),
    "an unknown field": ({"facts": [], "colour": "red"}, 422, {"colour"}),
    "a fact without an id": ({"facts": [{"subject": "a"}]}, 422, {"facts"}),
    "a quotation without a document": ({"passages": [{"text": "a", "source": {}}]}, 422, {"passages"}),
    "an empty quotation": (
        {"passages": [{"text": "", "source": {"document": "report.md"}}]},
        422,
        {"passages"},
    ),
    "a place that is text": (
        {"passages": [{"text": "a", "source": {"document": "report.md", "start": "1"}}]},
        422,
        {"passages"},
    ),
    "a negative place": (
        {"passages": [{"text": "a", "source": {"document": "report.md", "start": -1}}]},
        422,
        {"passages"},
    ),
    "too many facts": ({"facts": [{"id": "a"}] * 501}, 422, {"facts"}),
    "a list": ([], 422, {"body"}),
    "more than a mebibyte": ({"facts": [{"id": "a" * 1_100_000}]}, 413, set()),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_body_that_breaks_the_contract_is_refused(client: FlaskClient, name: str) -> None:
    body, status, fields = WRONG[name]
    response = client.post("/verify", json=body)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert {error["field"] for error in json.loads(response.data)["errors"]} == fields


def test_half_a_character_is_refused(client: FlaskClient) -> None:
    body = b'{"passages": [{"text": "\\ud800", "source": {"document": "report.md"}}]}'
    assert client.post("/verify", data=body, content_type="application/json").status_code == 422


# The command line -------------------------------------------------------------------------------------------


@pytest.fixture
def qa(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("QA_CACHE", "none")

    def run(*arguments: str) -> tuple[int, str, str]:
        return cli.main(arguments), *capsys.readouterr()

    return run


def test_the_command_says_that_an_answer_is_held(
    qa: Callable[..., tuple[int, str, str]], answer: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer, indent=2), encoding="utf-8")
    characters = sum(len(passage["text"]) for passage in answer["passages"])
    assert qa("verify", str(file)) == (
        0,
        f"1 of 1 facts and {characters:,} of {characters:,} quoted characters are in the corpus\n",
        "",
    )


def test_the_command_names_what_is_not_held(
    qa: Callable[..., tuple[int, str, str]], answer: dict[str, Any], tmp_path: Path
) -> None:
    told = copy.deepcopy(answer)
    told["facts"][0]["rating"] = "Good"
    told["passages"][0]["text"] = "X" + told["passages"][0]["text"][1:]
    file = tmp_path / "answers.jsonl"
    file.write_text(f"{json.dumps(answer)}\n{json.dumps(told)}\n", encoding="utf-8")
    code, out, _ = qa("verify", str(file))
    assert code == 1
    assert "line 2: 0 of 1 facts" in out
    assert "    rating is Outstanding\n" in out
    assert "(characters 0–1)" in out
    assert qa("verify", str(file), "--json")[1].count('"held":false') >= 3


@pytest.mark.parametrize(
    ("text", "told"), [("", "empty"), ("{", "line 1"), ('{"facts": []}\n{"status": 500}\n', "line 2")]
)
def test_the_command_says_what_it_cannot_read(
    qa: Callable[..., tuple[int, str, str]], tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(text, encoding="utf-8")
    code, _, err = qa("verify", str(file))
    assert code == 2
    assert told in err
