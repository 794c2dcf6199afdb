"""``/ask`` and ``/healthz`` as a client sees them: the contract's fields, the same answer by both methods and
every time.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import wire
from qa.records import Figure, Part
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

ANSWER = [
    "question",
    "status",
    "answer",
    "facts",
    "facts_total",
    "figures",
    "conflicts",
    "parts",
    "passages",
    "understood",
    "suggestions",
    "index",
    "facts_next",
]
FACT = [
    "id",
    "subject",
    "aspect",
    "service",
    "rating",
    "previous_rating",
    "published",
    "note",
    "attributes",
    "source",
]
PASSAGE = ["id", "rank", "score", "text", "answer", "highlights", "source"]
PASSAGE_SOURCE = [
    "document",
    "title",
    "kind",
    "url",
    "section",
    "page",
    "published",
    "start",
    "end",
    "revision",
]
UNDERSTOOD = [
    "intent",
    "standalone",
    "subjects",
    "filters",
    "corrections",
    "expanded",
    "unknown",
    "reading",
    "left_out",
    "words",
]
QUESTIONS = [
    "Which trust became outstanding?",
    "Why did these trusts improve?",
    "How many trusts improved?",
    "hello",
    "Which hotel is best?",
]


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


def asked(client: FlaskClient, **fields: object) -> dict[str, Any]:
    """The answer to a JSON body with these fields."""
    response = client.post("/ask", json=fields)
    assert (response.status_code, response.content_type) == (200, "application/json")
    body: dict[str, Any] = json.loads(response.data)
    return body


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_has_every_field_of_the_contract(client: FlaskClient, question: str) -> None:
    body = asked(client, question=question)
    assert list(body) == ANSWER
    assert list(body["answer"]) == ["text", "basis", "confidence", "points"]
    assert list(body["understood"]) == UNDERSTOOD
    assert list(body["index"]) == ["fingerprint", "as_of"]
    assert body["question"] == question
    assert body["status"] in {"answered", "not_found", "ambiguous", "signposted", "small_talk"}
    assert 0 <= body["answer"]["confidence"] <= 1
    assert all(
        list(fact) == FACT and list(fact["source"]) == ["document", "title", "url", "row"]
        for fact in body["facts"]
    )
    assert all(list(figure) == ["label", "value", "unit"] for figure in body["figures"])


def test_a_fact_is_told_as_published(client: FlaskClient) -> None:
    body = asked(client, question="Which trust became outstanding?")
    (fact,) = body["facts"]
    assert body["facts_total"] == 1
    assert fact["subject"] == "Calderstones Partnership NHS Foundation Trust"
    assert (fact["previous_rating"], fact["rating"], fact["published"]) == (
        "Good",
        "Outstanding",
        "2018-03-15",
    )
    assert "Mersey Care" in fact["note"]
    assert fact["source"]["document"] == "ratings.csv"


def test_a_passage_is_a_slice_of_its_document(client: FlaskClient, service: Service) -> None:
    body = asked(client, question="Why did these trusts improve?")
    texts = {document.path: document.text for document in service.documents}
    assert body["passages"]
    for rank, passage in enumerate(body["passages"], 1):
        source = passage["source"]
        assert list(passage) == PASSAGE
        assert list(source) == PASSAGE_SOURCE
        assert passage["rank"] == rank
        assert texts[source["document"]][source["start"] : source["end"]] == passage["text"]
        spans = [*passage["highlights"], *([passage["answer"]] if passage["answer"] else [])]
        assert all(0 <= span["start"] < span["end"] <= len(passage["text"]) for span in spans)


def test_corrections_are_written_as_from_and_to(client: FlaskClient) -> None:
    (change,) = asked(client, question="What is Oxlees rated?")["understood"]["corrections"]
    assert list(change) == ["from", "to"]
    assert (change["from"].lower(), change["to"].lower()) == ("oxlees", "oxleas")


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_methods_and_the_record_itself_give_the_same_bytes(
    client: FlaskClient, service: Service, question: str
) -> None:
    history = ["What is Oxleas rated?", "And Sheffield?"]
    query = urlencode({"question": question, "history": history, "top": 3}, doseq=True)
    posted = client.post("/ask", json={"question": question, "history": history, "top": 3})
    assert (
        posted.data == client.get(f"/ask?{query}").data == wire.dumps(service.ask(question, history, top=3))
    )


def test_many_threads_get_the_same_bytes(service: Service) -> None:
    app = create_app(service)

    def ask(question: str) -> bytes:
        body: bytes = app.test_client().post("/ask", json={"question": question}).data
        return body

    alone = [ask(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, QUESTIONS * 20)) == alone * 20


@pytest.mark.parametrize("top", [1, 2, 50])
def test_at_most_top_passages_are_returned(client: FlaskClient, top: int) -> None:
    assert 1 <= len(asked(client, question="Why did these trusts improve?", top=top)["passages"]) <= top


def test_a_whole_number_may_be_written_as_a_fraction(client: FlaskClient) -> None:
    assert asked(client, question="Why did these trusts improve?", top=2.0) == asked(
        client, question="Why did these trusts improve?", top=2
    )


def test_only_the_documents_asked_for_are_used(client: FlaskClient) -> None:
    passages = asked(client, question="Why did these trusts improve?", documents=["report.md"])["passages"]
    assert {passage["source"]["document"] for passage in passages} == {"report.md"}


def test_a_question_of_2000_characters_is_accepted_whatever_surrounds_it(client: FlaskClient) -> None:
    assert asked(client, question="\n " + "é" * 2_000 + " ")["status"] == "not_found"


@settings(deadline=None)
@given(
    question=st.text(min_size=1, max_size=80).filter(str.strip),
    history=st.lists(st.text(max_size=20), max_size=3),
)
def test_any_text_is_answered(client: FlaskClient, question: str, history: list[str]) -> None:
    body = asked(client, question=question, history=history)
    assert list(body) == ANSWER


def test_health_tells_the_index(client: FlaskClient, service: Service) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert json.loads(response.data) == {
        "status": "ok",
        "fingerprint": service.index.fingerprint,
        "as_of": "2018-03-15",
    }


def test_an_empty_corpus_answers_that_nothing_was_found(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("Trust,Rating,Published\n", encoding="utf-8")
    client = create_app(
        Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    ).test_client()
    body = asked(client, question="Which trust became outstanding?")
    assert (body["status"], body["facts"], body["passages"], body["index"]["as_of"]) == (
        "not_found",
        [],
        [],
        None,
    )
    assert json.loads(client.get("/healthz").data)["as_of"] is None


def test_an_answer_is_indented_for_people_on_request(service: Service) -> None:
    answer = service.ask("hello")
    indented = wire.dumps(answer, indent=True)
    assert indented.startswith(b'{\n  "question": "hello"')
    assert json.loads(indented) == json.loads(wire.dumps(answer))


PARTS = [
    "Why did the trusts improve?",
    "What did staff say about leadership?",
    "How were the wards?",
    "What changed in culture?",
    "Who led the change?",
    "How was safety improved?",
    "What did patients say?",
]


@pytest.mark.parametrize(("count", "told"), [(1, 0), (2, 2), (6, 6), (7, 0)])
def test_a_question_is_answered_part_by_part_up_to_six(client: FlaskClient, count: int, told: int) -> None:
    answer = client.post("/ask", json={"question": " ".join(PARTS[:count])}).get_json()
    assert len(answer["parts"]) == told


@pytest.mark.parametrize("filler", [0, 60, 200])
def test_of_a_long_question_before_the_beginning_counts(client: FlaskClient, filler: int) -> None:
    before = f"What is Oxleas rated?{' please' * filler}"
    answer = client.post("/ask", json={"question": "And Calderstones?", "history": [before]}).get_json()
    assert [fact["rating"] for fact in answer["facts"]] == ["Outstanding"]


def test_a_figure_says_its_group_only_where_it_has_one(service: Service) -> None:
    told = (Figure("Good", 3, "count"), Figure("Good", 2, "count", "Leeds"))
    answer = replace(service.ask("hello"), figures=told, parts=(Part("Two.", (), ("a",), told),))
    body = json.loads(wire.dumps(answer))
    expected = [
        {"label": "Good", "value": 3, "unit": "count"},
        {"label": "Good", "value": 2, "unit": "count", "group": "Leeds"},
    ]
    assert body["figures"] == expected
    assert body["parts"] == [{"text": "Two.", "passages": [], "facts": ["a"], "figures": expected}]


def test_the_history_may_be_messages_of_a_chat(client: FlaskClient) -> None:
    said = [{"role": "user", "content": "What is Oxleas rated?"}, {"role": "assistant", "content": "Good."}]
    by_message = client.post("/ask", json={"question": "And Sheffield?", "history": said})
    by_text = client.post("/ask", json={"question": "And Sheffield?", "history": ["What is Oxleas rated?"]})
    assert by_message.status_code == 200
    assert by_message.data == by_text.data


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user"},
        {"role": "system", "content": "x"},
        {"role": "user", "content": 1},
        {"role": "user", "content": "x", "name": "y"},
    ],
)
def test_what_is_no_message_is_told_by_its_place(client: FlaskClient, message: object) -> None:
    response = client.post("/ask", json={"question": "And Sheffield?", "history": ["hello", message]})
    assert response.status_code == 422
    assert [(one["field"], one["detail"]) for one in response.get_json()["errors"]] == [
        ("history", "item 2 must be text")
    ]


@pytest.mark.parametrize(
    ("name", "known"), [("rating", "Outstanding"), ("aspect", "Overall"), ("service", "Overall")]
)
def test_a_filter_of_few_values_names_them_where_it_has_another(
    client: FlaskClient, name: str, known: str
) -> None:
    response = client.get("/facts", query_string={name: "outstandign"})
    assert response.status_code == 422
    (error,) = response.get_json()["errors"]
    assert error["field"] == name
    assert error["detail"].startswith("must be one of ")
    assert known in error["detail"]
    assert client.get("/facts", query_string={name: known.upper()}).status_code == 200


def test_the_type_of_a_problem_leads_to_a_page_that_says_what_to_do(client: FlaskClient) -> None:
    problem = client.post("/ask", json={}).get_json()
    page = client.get(problem["type"], headers={"Accept": "text/html"})
    assert (problem["type"], page.status_code, page.mimetype) == ("/problems/422", 200, "text/html")
    assert "Unprocessable" in page.text
    assert client.get("/problems/299").status_code == 404
