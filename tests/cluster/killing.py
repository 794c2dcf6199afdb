"""Three OpenSearch nodes, some of which lose power while passages are indexed and questions are asked: `make
cluster`.

Not part of the tests that always run: it takes some minutes and 2 GB of memory.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import opensearch_nodes
import pytest
from engines_made import Made, cluster, entries_of, number_of
from opensearch_nodes import Nodes

from qa.engines import Cluster, Hits, Options
from qa.engines.opensearch import OpenSearchEngine
from qa.engines.opensearch_client import Unavailable
from qa.indexing.cluster import fill
from qa.indexing.opening import open_index
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

NODES, ASKERS = 3, 3
PASSAGES, QUESTIONS = 5_000, 100
BEFORE, AFTER = 5.0, 30.0  # seconds of asking before and after a node dies
BATCH = 200  # passages indexed at once
ENOUGH = 0.995  # of all questions
SOON = 30.0  # seconds within which searches succeed again once the nodes do


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    if why := opensearch_nodes.why_not():
        pytest.skip(why)
    with opensearch_nodes.running(NODES) as nodes:
        yield nodes


@dataclass
class Asking:
    """Threads that ask questions until they are stopped, and what came of each."""

    engine: OpenSearchEngine
    questions: Sequence[Sequence[str]]
    best: Sequence[Sequence[int]]  # of each question, the passages that answer best
    outcomes: Counter[str] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(ASKERS)]
        for thread in threads:
            thread.start()
        return threads

    def _ask(self, number: int) -> None:
        while not self.stopped.is_set():
            number = (number + 1) % len(self.questions)
            try:
                hits = self.engine.search(self.questions[number], 5)
            except Unavailable:
                self.outcomes["refused"] += 1
            else:
                self.outcomes[self._judged(hits, number)] += 1
            time.sleep(0.02)

    def _judged(self, hits: Hits, number: int) -> str:
        found = [number_of(hit.passage) for hit in hits]
        if not hits.whole:
            return "partly" if set(found) <= set(range(PASSAGES)) else "wrong"
        return "right" if found == self.best[number] else "wrong"


@dataclass
class Indexing:
    """A thread that adds passages to an index of its own, and the numbers of those whose storing was
    acknowledged.
    """

    engine: OpenSearchEngine
    acknowledged: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self._index)
        thread.start()
        return thread

    def _index(self) -> None:
        while not self.stopped.is_set():
            self.engine.add(
                entries_of([[f"n{self.acknowledged + place}"] for place in range(BATCH)], self.acknowledged)
            )
            self.acknowledged += BATCH
            time.sleep(0.05)


@pytest.fixture(scope="module")
def asking(nodes: Nodes) -> Asking:
    """Askers of an index that is full, as a server's."""
    random = np.random.default_rng(2)
    lists = [
        [f"t{number}" for number in random.integers(0, 4_000, 25)] for _ in range(PASSAGES)
    ]  # so short that scores are exact
    questions = [list(dict.fromkeys(lists[place][:6])) for place in random.integers(0, PASSAGES, QUESTIONS)]
    memory = Made("memory").holding(lists)
    writing = OpenSearchEngine(Options(cluster=_of_three(cluster(nodes.addresses, replicas=1))))
    writing.add(entries_of(lists))
    writing.commit()
    nodes.wait()
    server = Cluster(
        nodes.addresses, writing.index, connect=0.3, read=3.0
    )  # a test's machine is slower than a server's
    best = [[number_of(hit.passage) for hit in memory.search(one, 5)] for one in questions]
    return Asking(OpenSearchEngine(Options(cluster=server)), questions, best)


def _of_three(one: Cluster) -> Cluster:
    return Cluster(one.addresses, one.index, shards=NODES, replicas=1, connect=one.connect, read=one.read)


def test_the_elected_manager_dies_while_passages_are_indexed_and_questions_asked(
    nodes: Nodes, asking: Asking
) -> None:
    indexing = Indexing(OpenSearchEngine(Options(cluster=_of_three(cluster(nodes.addresses)))))
    indexing.engine.commit()
    nodes.wait()
    threads = [*asking.start(), indexing.start()]
    try:
        time.sleep(BEFORE)
        dead = nodes.manager()
        nodes.kill(dead)
        time.sleep(AFTER)
    finally:
        asking.stopped.set()
        indexing.stopped.set()
        for thread in threads:
            thread.join()
    nodes.start(dead)
    nodes.wait()
    indexing.engine.commit()
    held = indexing.engine.statistics().entries
    told = asking.outcomes
    sys.stdout.write(
        f"asked {told.total():,}: {dict(told)}; indexed {indexing.acknowledged:,}, held {held:,}\n"
    )
    assert held == indexing.acknowledged > 0
    assert told["wrong"] == 0
    assert told["right"] + told["partly"] >= ENOUGH * told.total() > 0


def test_all_nodes_die_and_searches_succeed_again_once_they_are_back(nodes: Nodes, asking: Asking) -> None:
    nodes.kill()
    waited = []
    for _ in range(6):
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            asking.engine.search(asking.questions[0], 5)
        waited.append(time.monotonic() - begun)
    assert max(waited) < 7.0  # never longer than two tries
    assert min(waited) < 0.1  # and not at all once the circuit is open
    nodes.start()
    nodes.wait()
    until = time.monotonic() + SOON
    while True:
        try:
            hits = asking.engine.search(asking.questions[0], 5)
            break
        except Unavailable:
            assert time.monotonic() < until
            time.sleep(0.5)
    assert [number_of(hit.passage) for hit in hits] == asking.best[0]


def test_ratings_are_told_while_all_nodes_are_dead_and_passages_again_once_they_are_back(
    nodes: Nodes, tmp_path: Path
) -> None:
    where = {"engine": "opensearch", "opensearch": ",".join(nodes.addresses), "cache": tmp_path / "cache"}
    settings = Settings.load({**where, "opensearch_index": f"askwell-killed-{uuid.uuid4().hex}"}, {})
    fill(open_index(settings), settings, NODES, 1, lambda done, size: None)
    nodes.wait()
    client = create_app(Service.open(settings)).test_client()
    rated, quoted = (
        {"question": question}
        for question in ("Which trust became outstanding?", "Why did these trusts improve?")
    )
    whole = client.get("/ask", query_string=quoted)
    assert whole.status_code == 200
    nodes.kill()
    told = json.loads(client.get("/ask", query_string=rated).data)
    assert (told["status"], told["degraded"]) == ("answered", True)
    away = client.get("/ask", query_string=quoted)
    assert (away.status_code, int(away.headers["Retry-After"]) > 0) == (503, True)
    assert json.loads(client.get("/readyz").data)["away"] == ["passages"]
    nodes.start()
    nodes.wait()
    until = time.monotonic() + SOON
    while (again := client.get("/ask", query_string=quoted)).status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.5)
    assert again.data == whole.data
    assert json.loads(client.get("/readyz").data)["away"] == []
