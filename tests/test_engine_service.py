"""Whole services on each engine: the same answers, one cluster's index for many servers, and a new corpus
without a lost request.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pace
import pytest
import served

from qa import cli, wire
from qa.errors import EngineError
from qa.records import Answer
from qa.service import Service
from qa.settings import Settings, shipped

LATE = 60.0  # seconds that a busy machine may take
SOON = 5.0  # seconds within which a new corpus is served
ADDED = "# Aardvarks\n\nThe aardvark ward of Testing House was praised by every visitor in the spring.\n"
NEW = "What is said of the aardvark ward?"
QUESTIONS = [
    json.loads(line)["question"]
    for line in (shipped("corpus") / "questions.jsonl").read_text(encoding="utf-8").splitlines()
][:60]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache") / "askwell"


@pytest.fixture(scope="module")
def memory() -> Service:
    return Service.open(Settings.load({"cache": "none"}, {}))


@pytest.fixture(scope="module")
def flags(opensearch: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The flags of a service on a cluster's index of its own, which goes at the end."""
    named = f"askwell-service-{uuid.uuid4().hex}"
    yield {"engine": "opensearch", "opensearch": opensearch[0], "opensearch-index": named}
    for index in _told(f"{opensearch[0]}/_alias"):
        if index.startswith(named):
            urllib.request.urlopen(
                urllib.request.Request(f"{opensearch[0]}/{index}", method="DELETE"), timeout=30
            ).close()


def _told(address: str) -> dict[str, object]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        told: dict[str, object] = json.load(answer)
        return told


def _as_flags(flags: dict[str, str]) -> list[str]:
    return [part for name, value in flags.items() for part in (f"--{name}", value)]


def _as_settings(flags: dict[str, str], **more: object) -> Settings:
    return Settings.load({**{name.replace("-", "_"): value for name, value in flags.items()}, **more}, {})


def patiently(ask: Callable[[], Answer]) -> Answer:
    """The answer, once a node that is too busy to answer within a second has searched all."""
    until = time.monotonic() + LATE
    while True:
        try:
            if not (answer := ask()).degraded or time.monotonic() > until:
                return answer
        except EngineError as error:
            if error.retry_after is None or time.monotonic() > until:
                raise
        time.sleep(0.5)


def same_answers(one: Service, other: Service) -> None:
    """Both answer alike, but for the name of the index."""
    for question in QUESTIONS:
        told = [json.loads(wire.dumps(patiently(partial(service.ask, question)))) for service in (one, other)]
        for answer in told:
            del answer["index"]
        assert told[0] == told[1]


# Tantivy ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
def test_a_service_on_disk_answers_as_one_in_memory(memory: Service, cache: Path, kept: bool) -> None:
    settings = Settings.load({"engine": "tantivy", "cache": cache if kept else "none"}, {})
    for _ in range(2):  # built, then opened
        same_answers(Service.open(settings), memory)


# OpenSearch -------------------------------------------------------------------------------------------------


def test_a_cluster_that_was_not_filled_is_told_with_the_next_step(flags: dict[str, str], cache: Path) -> None:
    settings = _as_settings({**flags, "opensearch-index": "askwell-never"}, cache=cache)
    with pytest.raises(EngineError, match="qa index --engine opensearch"):
        patiently(lambda: Service.open(settings).ask("Why did these trusts improve?"))


def test_a_service_on_a_cluster_answers_as_one_in_memory(
    memory: Service, flags: dict[str, str], cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["index", "--cache", str(cache), "--replicas", "0", *_as_flags(flags)]
    for said in ("OpenSearch: filled", "OpenSearch: full already"):
        assert cli.main(command) == 0
        assert said in capsys.readouterr().out
    same_answers(Service.open(_as_settings(flags, cache=cache)), memory)


def _answer(port: int, question: str) -> bytes:
    address = f"http://127.0.0.1:{port}/ask?{urllib.parse.urlencode({'question': question})}"
    with urllib.request.urlopen(address, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def _whole(port: int, question: str) -> bytes:
    """What a server answers once all was searched; a busy node may need some tries."""
    until = time.monotonic() + LATE
    while True:
        try:
            if b'"degraded"' not in (body := _answer(port, question)) or time.monotonic() > until:
                return body
        except OSError:
            if time.monotonic() > until:
                raise
        time.sleep(0.5)


def _fingerprint(port: int) -> object:
    return _told(f"http://127.0.0.1:{port}/readyz")["fingerprint"]


@contextlib.contextmanager
def asking(ports: Iterable[int]) -> Iterator[list[str]]:
    """Ask these servers all the time; the list has the requests that were lost."""
    lost, stopped = list[str](), threading.Event()

    def ask(port: int) -> None:
        while not stopped.is_set():
            try:
                _answer(port, QUESTIONS[0])
            except OSError as error:
                lost.append(str(error))
            time.sleep(0.05)

    threads = [threading.Thread(target=ask, args=(port,)) for port in ports]
    for thread in threads:
        thread.start()
    try:
        yield lost
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("whole", [True, False], ids=["whole index", "without passages"])
def test_two_servers_answer_alike_and_take_a_new_corpus_soon_without_a_lost_request(
    flags: dict[str, str], cache: Path, tmp_path: Path, whole: bool
) -> None:
    corpus = Path(shutil.copytree(shipped("corpus"), tmp_path / "corpus"))
    where = ["--cache", str(cache), *_as_flags(flags)]
    index = ["index", "--replicas", "0", "--corpus", str(corpus), *where]
    index += [] if whole else ["--for-servers", str(tmp_path / "servers")]
    assert cli.main(index) == 0
    where += ["--corpus", str(corpus if whole else tmp_path / "servers"), "--reload", "1"]
    with served.askwell(*where) as first, served.askwell(*where) as second:
        for question in QUESTIONS[:20]:
            assert _whole(first, question) == _whole(second, question)
        before = _fingerprint(first)
        with asking((first, second)) as lost:
            (corpus / "added.md").write_text(ADDED, encoding="utf-8")
            time.sleep(3.0)  # those that see it see, too, that the cluster does not have it yet
            assert {_fingerprint(first), _fingerprint(second)} == {before}
            assert cli.main(index) == 0
            filled = time.monotonic()
            while before in (_fingerprint(first), _fingerprint(second)):
                assert time.monotonic() - filled < LATE
                time.sleep(0.1)
            assert pace.waits(time.monotonic() - filled, SOON)
        assert lost == []
        assert b"aardvark ward" in _whole(first, NEW)
        assert _whole(first, NEW) == _whole(second, NEW)
