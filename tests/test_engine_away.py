"""The search engine is away, or a part of its index: ratings are told as ever, and nothing is "not found"
because of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from qa import wire
from qa.engines import Hits
from qa.engines.memory import MemoryEngine
from qa.engines.protocol import Query
from qa.errors import EngineError
from qa.retrieval import passage_index
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

RATED = "Which trust became outstanding?"
TOLD_IN_PASSAGES = "Why did these trusts improve?"
NOWHERE = "What is the capital of Mongolia?"


class Failing(MemoryEngine):
    """The memory engine, which can be told to be away, or to have but the first part of what it finds."""

    state = "whole"

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        if Failing.state == "away":
            raise EngineError("It is away.", retry_after=4.2)
        hits = super().search(query, k, documents)
        return (
            hits
            if Failing.state == "whole"
            else Hits(hits.found[: 5 if Failing.state == "partly" else 0], whole=False)
        )


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passage_index, "MemoryEngine", Failing)
        yield Service.open(Settings.load({"cache": "none"}, {}))


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture(autouse=True)
def whole() -> Iterator[None]:
    yield
    Failing.state = "whole"


def asked(client: FlaskClient, question: str) -> Any:
    return client.post("/ask", json={"question": question})


@pytest.mark.parametrize("state", ["away", "partly", "nothing"])
def test_ratings_are_told_as_ever_and_the_answer_says_that_not_all_was_searched(
    service: Service, state: str
) -> None:
    before = service.ask(RATED)
    Failing.state = state
    answer = service.ask(RATED)
    assert (answer.status, answer.facts, answer.figures) == (before.status, before.facts, before.figures)
    assert answer.degraded
    assert answer.answer.text == f"{before.answer.text} Not all reports can be searched at the moment."
    assert b'"degraded":true' in wire.dumps(answer)


def test_what_was_searched_whole_does_not_say_so(service: Service) -> None:
    answer = service.ask(TOLD_IN_PASSAGES)
    assert not answer.degraded
    assert b"degraded" not in wire.dumps(answer)


def test_a_passage_that_a_part_of_the_index_has_is_told_with_that_remark(service: Service) -> None:
    Failing.state = "partly"
    answer = service.ask(TOLD_IN_PASSAGES)
    assert answer.status == "answered"
    assert answer.passages
    assert answer.degraded


@pytest.mark.parametrize(
    ("state", "question"),
    [("away", TOLD_IN_PASSAGES), ("away", NOWHERE), ("nothing", NOWHERE), ("partly", NOWHERE)],
)
def test_nothing_is_not_found_because_the_engine_is_away(
    client: FlaskClient, state: str, question: str
) -> None:
    Failing.state = state
    response = asked(client, question)
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"
    assert response.headers["Retry-After"] == "5"
    assert "ratings are answered" in response.json["detail"]


def test_the_page_says_so_too(client: FlaskClient) -> None:
    Failing.state = "away"
    response = client.get("/", query_string={"q": TOLD_IN_PASSAGES}, headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "The reports can&#39;t be searched at the moment." in response.text


@pytest.mark.parametrize(
    ("state", "status", "away"),
    [("whole", "ready", []), ("partly", "degraded", ["passages"]), ("away", "degraded", ["passages"])],
)
def test_readyz_names_the_part_that_is_away(
    client: FlaskClient, state: str, status: str, away: list[str]
) -> None:
    Failing.state = state
    response = client.get("/readyz")
    assert response.status_code == 200
    told = json.loads(response.data)
    assert (told["status"], told["away"]) == (status, away)


def test_once_the_engine_is_back_answers_are_what_they_were(service: Service) -> None:
    before = wire.dumps(service.ask(TOLD_IN_PASSAGES))
    Failing.state = "away"
    with pytest.raises(EngineError):
        service.ask(TOLD_IN_PASSAGES)
    Failing.state = "whole"
    assert wire.dumps(service.ask(TOLD_IN_PASSAGES)) == before


def test_a_service_that_opens_while_the_engine_is_away_answers_once_it_is_back() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passage_index, "MemoryEngine", Failing)
        Failing.state = "away"
        service = Service.open(Settings.load({"cache": "none"}, {}))
        assert service.ask(RATED).status == "answered"
        Failing.state = "whole"
        assert service.ask(TOLD_IN_PASSAGES).status == "answered"
