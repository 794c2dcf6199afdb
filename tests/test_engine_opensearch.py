"""The engine on a cluster: what is tried again, what is told of a failure, and what is told nobody."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from engines_made import Made, cluster, document, entries_of, number_of

from qa.engines import Cluster, Options, PackedEntry, filling
from qa.engines.opensearch import OpenSearchEngine
from qa.engines.opensearch_client import Client, Missing, Unavailable
from qa.engines.opensearch_format import BATCH, described
from qa.errors import EngineError

WORD = "confidential"
FOUND = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"hits": [{"fields": {"passage": ["p000003"]}, "_score": 2.0}]},
}
DYING = {"error": {"type": "search_phase_execution_exception", "reason": WORD}, "status": 500}
BROKEN = {"error": {"type": "parsing_exception", "reason": WORD}, "status": 400}


def refusal(kind: str) -> dict[str, Any]:
    return {"error": {"type": kind, "reason": WORD}}


class Server(ThreadingHTTPServer):
    """A server that says nothing of clients that did not wait."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@dataclass
class Node:
    """A server that answers searches as it is told, in turn, and says what it was asked; all else with an
    index' description.
    """

    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    slow: float = 0.0  # seconds
    server: ThreadingHTTPServer | None = None

    def start(self) -> str:
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                searching = "_search" in self.path
                status: int = 200
                told: dict[str, Any] = {"index": {"mappings": {"_meta": {"scale": 1.0, "generation": 1}}}}
                if searching:
                    node.asked.append((self.path, json.loads(body)))
                    time.sleep(node.slow)
                    status, told = node.answers.pop(0) if node.answers else (200, FOUND)
                sent = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            do_GET = do_POST = do_PUT = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()


Making = Callable[..., OpenSearchEngine]


@pytest.fixture
def of() -> Iterator[Making]:
    """Makes an engine that asks these nodes."""
    started: list[Node] = []
    engines: list[OpenSearchEngine] = []

    def make(*nodes: Node, **others: float) -> OpenSearchEngine:
        started.extend(nodes)
        cluster = Cluster(tuple(node.start() for node in nodes), "index", **others)  # type: ignore[arg-type]
        engines.append(OpenSearchEngine(Options(cluster=cluster)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
    for node in started:
        node.stop()


def searched(engine: OpenSearchEngine) -> list[int]:
    return [number_of(hit.passage) for hit in engine.search([WORD], 5)]


# What is tried again ----------------------------------------------------------------------------------------

AGAIN = [
    (429, refusal("rejected_execution_exception")),
    (502, {}),
    (503, refusal("cluster_block_exception")),
    (504, {}),
    (500, DYING),
]


@pytest.mark.parametrize("failure", AGAIN, ids=lambda failure: str(failure[0]))
def test_a_failure_that_may_pass_is_tried_once_more_on_another_node(
    of: Making, failure: tuple[int, dict[str, Any]]
) -> None:
    nodes = Node([failure]), Node([failure])
    with pytest.raises(Unavailable) as told:
        searched(of(*nodes))
    assert [len(node.asked) for node in nodes] == [1, 1]
    assert told.value.retry_after
    assert searched(of(Node([failure]), Node())) == [3]


def test_a_node_that_is_away_is_passed_over(of: Making) -> None:
    away, here = Node(), Node()
    engine = of(away, here)
    assert searched(engine) == [3]
    away.stop()
    assert [searched(engine) for _ in range(5)] == [[3]] * 5


def test_a_node_that_does_not_answer_is_not_waited_for(of: Making) -> None:
    stuck, here = Node(slow=5.0), Node()
    engine = of(stuck, here, read=0.2)
    assert [searched(engine) for _ in range(3)] == [[3]] * 3


@pytest.mark.parametrize(
    ("status", "told", "error", "says"),
    [
        (400, BROKEN, EngineError, "answers 400"),
        (401, {}, EngineError, "roles"),
        (403, refusal("security_exception"), EngineError, "roles"),
        (404, refusal("index_not_found_exception"), Missing, "qa index --engine opensearch"),
    ],
)
def test_what_would_fail_again_is_told_with_the_next_step(
    of: Making, status: int, told: dict[str, Any], error: type[EngineError], says: str
) -> None:
    node = Node([(status, told)] * 2)
    with pytest.raises(error, match=says):
        searched(of(node))
    assert len(node.asked) == 1


def test_after_failures_in_a_row_nothing_is_tried_for_a_while(of: Making) -> None:
    node = Node([(503, {})] * 6)
    engine = of(node)
    for _ in range(3):
        with pytest.raises(Unavailable):
            searched(engine)
    with pytest.raises(Unavailable, match="left alone") as told:
        searched(engine)
    assert told.value.retry_after in (4, 5)
    assert len(node.asked) == 6


def test_where_nothing_listens_the_next_step_is_told() -> None:
    engine = OpenSearchEngine(Options(cluster=Cluster(("http://127.0.0.1:9",), "index")))
    with pytest.raises(Unavailable, match="set QA_OPENSEARCH to where it runs"):
        engine._client.search("/index/_search", {}, {})


# What is told -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "partly", [{"timed_out": True}, {"_shards": {"failed": 1, "total": 3}}], ids=["in time", "all shards"]
)
def test_what_a_part_of_the_index_gives_is_told_to_be_partial(of: Making, partly: dict[str, Any]) -> None:
    hits = of(Node([(200, FOUND | partly)])).search([WORD], 5)
    assert not hits.whole
    assert [hit.passage for hit in hits] == ["p000003"]


@pytest.mark.parametrize("failure", [(400, BROKEN), (500, DYING)], ids=lambda failure: str(failure[0]))
def test_no_word_of_a_question_is_told_or_logged(
    of: Making, failure: tuple[int, dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(EngineError) as told:
        searched(of(Node([failure] * 2)))
    assert WORD not in str(told.value)
    assert WORD not in caplog.text


def test_a_question_always_goes_to_the_same_copies_and_ranks_by_the_counts_of_all_shards(of: Making) -> None:
    node = Node()
    engine = of(node)
    for query in (["a", "b"], ["b", "a"], ["c"]):
        engine.search(query, 5)
    first, second, third = (path for path, _ in node.asked)
    assert first == second != third
    assert "search_type=dfs_query_then_fetch" in first
    assert node.asked[0][1]["track_total_hits"] is False


def test_without_the_extra_the_next_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(EngineError, match=r'pip install "askwell\[opensearch\]"'):
        Client(Cluster())


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Options(cluster=replace(Cluster(), user="me", password="secret")))


# A real node ------------------------------------------------------------------------------------------------


@pytest.fixture
def made(opensearch: tuple[str, ...]) -> Iterator[Made]:
    made = Made("opensearch", opensearch)
    yield made
    made.close()


def test_thousands_of_passages_are_sent_in_batches_and_taken_away_again(made: Made) -> None:
    engine = made.holding([["same", f"t{number}"] for number in range(2 * BATCH + 5)])
    assert engine.statistics(["same", "t7"]).held_by == {"same": 2 * BATCH + 5, "t7": 1}
    engine.remove([document(0), document(1)])
    engine.commit()
    assert engine.statistics().entries == (2 * BATCH + 5) // 3


def test_an_index_that_is_taken_away_is_no_empty_one(made: Made) -> None:
    engine = made.holding([["a"]])
    assert isinstance(engine, OpenSearchEngine)
    engine.delete()
    with pytest.raises(Missing, match="qa index --engine opensearch"):
        engine.search(["a"], 5)


def test_making_an_index_that_another_made_meanwhile_is_no_failure(made: Made) -> None:
    engine = made.holding([["a"]])
    assert isinstance(engine, OpenSearchEngine)
    assert engine._client.change("PUT", engine._path, described(Options(), 1.0)) == {"acknowledged": True}


def test_ids_and_paths_of_any_length_are_kept(made: Made) -> None:
    engine = made.empty()
    long = [
        one._replace(passage=f"{'ö' * 600}-{number}") for number, one in enumerate(entries_of([["a"], ["a"]]))
    ]
    for _ in range(2):
        engine.add(long)
        engine.commit()
    assert [hit.passage for hit in engine.search(["a"], 5)] == [one.passage for one in long]


def test_the_slow_log_is_off_whatever_the_cluster_says(made: Made) -> None:
    engine = made.holding([["a"]])
    assert isinstance(engine, OpenSearchEngine)
    (told,) = engine._client.change("GET", f"{engine._path}/_settings", flat_settings="true").values()
    levels = {name: value for name, value in told["settings"].items() if ".slowlog.threshold." in name}
    assert len(levels) == 12
    assert set(levels.values()) == {"-1"}


# Filling ----------------------------------------------------------------------------------------------------


def part(first: int, last: int) -> list[PackedEntry]:
    lists = [["same", f"t{number}"] for number in range(first, last)]
    return [
        PackedEntry(entry, number, f"packed {number}".encode())
        for number, entry in enumerate(entries_of(lists, first), first)
    ]


def text(number: int) -> bytes:
    return f"text {number}".encode()


@pytest.fixture
def alias() -> str:
    return f"askwell-filled-{uuid.uuid4().hex}"


def unfilled(opensearch: tuple[str, ...], name: str) -> OpenSearchEngine:
    return OpenSearchEngine(Options(cluster=replace(cluster(opensearch), index=name)))


def test_an_index_is_filled_in_steps_and_goes_on_where_it_stopped(
    opensearch: tuple[str, ...], alias: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "STEP", 100)
    monkeypatch.setattr(filling, "DOCUMENTS", 20)
    engine = unfilled(opensearch, f"{alias}-1")
    asked: list[tuple[int, int]] = []

    def entries(first: int, last: int) -> list[PackedEntry]:
        asked.append((first, last))
        if len(asked) == 3:
            raise OSError("the power is out")
        return part(first, last)

    parts = filling.documents(engine, text, 30), filling.passages(engine, entries, 450)
    with pytest.raises(OSError, match="power"):
        filling.fill(engine, parts, alias, lambda done, size: None)
    with pytest.raises(Missing, match="not full yet"):
        engine.search(["same"], 5)
    told: list[tuple[int, int]] = []
    assert filling.fill(engine, parts, alias, lambda done, size: told.append((done, size)))
    assert asked == [(0, 100), (100, 200), (200, 300), (200, 300), (300, 400), (400, 450)]
    assert told == [(230, 480), (330, 480), (430, 480), (480, 480)]
    assert engine.statistics(["same"]).held_by == {"same": 450}
    assert engine.statistics().entries == 450
    assert not filling.fill(engine, parts, alias, lambda done, size: None)
    assert len(asked) == 6
    engine.delete()


def test_what_was_sent_with_passages_is_returned_with_hits_and_by_number_and_id(
    opensearch: tuple[str, ...], alias: str
) -> None:
    engine = unfilled(opensearch, f"{alias}-1")
    parts = filling.documents(engine, text, 3), filling.passages(engine, part, 50)
    filling.fill(engine, parts, alias, lambda done, size: None)
    options = Options(cluster=engine._cluster, packed=True)
    with contextlib.closing(OpenSearchEngine(options)) as server:
        hits = server.search(["same", "t7"], 5)
        assert hits.packed[hits.found[0].passage] == b"packed 7"
        assert hits.packed.keys() >= {hit.passage for hit in hits}
        assert not engine.search(["same"], 5).packed
        store = server.store
        assert store.passages([3, 49, 50]) == {3: b"packed 3", 49: b"packed 49"}
        assert (store.passage("p000003"), store.passage("p000050")) == (b"packed 3", None)
        assert [store.document(number) for number in range(4)] == [b"text 0", b"text 1", b"text 2", None]
    engine.delete()


def test_the_alias_means_the_newest_and_but_one_older_is_kept(
    opensearch: tuple[str, ...], alias: str
) -> None:
    engines = [unfilled(opensearch, f"{alias}-{name}") for name in "cab"]
    for engine in engines:
        filling.fill(engine, [filling.passages(engine, part, 10)], alias, lambda done, size: None)
        assert list(engine._client.change("GET", f"/_alias/{alias}")) == [engine.index]
        time.sleep(0.01)
    with pytest.raises(Missing):
        engines[0].search(["same"], 5)
    assert [len(engine.search(["same"], 50)) for engine in engines[1:]] == [10, 10]
    for engine in engines:
        engine.delete()
