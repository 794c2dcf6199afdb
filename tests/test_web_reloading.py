"""A corpus that changes while it is served: the new one takes over between requests, a bad one never does."""

import os
import shutil
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from qa.service import Service
from qa.settings import Settings, shipped
from qa.web import create_app
from qa.web.serving.reload import Reloader

ADDED = "# Aardvarks\n\nThe aardvark ward of Testing House was praised by every visitor in the spring.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("corpus"), tmp_path / "corpus"))


class Operated:
    """An application with its reloader, and how often its operator has asked."""

    def __init__(self, corpus: Path) -> None:
        opening = partial(Service.open, Settings.load({"corpus": corpus, "cache": "none"}, {}))
        self.asked = 0
        self.app: Flask = create_app(opening())
        self.reloader = Reloader(opening, corpus, 1, lambda: self.asked)
        self.reloader.keep(self.app)

    def get(self, path: str) -> dict[str, object]:
        body = self.app.test_client().get(path).json
        assert isinstance(body, dict)
        return body

    @property
    def fingerprint(self) -> object:
        return self.get("/readyz")["fingerprint"]


@pytest.fixture
def operated(corpus: Path) -> Operated:
    return Operated(corpus)


def test_an_unchanged_folder_is_not_loaded_anew(operated: Operated) -> None:
    before = operated.app.extensions["askwell"]
    for _ in range(3):
        operated.reloader.look(True)
    assert operated.app.extensions["askwell"] is before


def test_a_changed_folder_is_loaded_once_it_has_settled(operated: Operated, corpus: Path) -> None:
    before = operated.fingerprint
    (corpus / "added.md").write_text(ADDED, encoding="utf-8")
    operated.reloader.look(True)
    assert operated.fingerprint == before
    operated.reloader.look(True)
    assert operated.fingerprint != before
    assert operated.get("/documents/added.md")["text"]


def test_an_operator_who_asks_does_not_wait(operated: Operated, corpus: Path) -> None:
    before = operated.fingerprint
    (corpus / "added.md").write_text(ADDED, encoding="utf-8")
    operated.reloader.look(False)
    assert operated.fingerprint == before
    operated.asked += 1
    operated.reloader.look(False)
    assert operated.fingerprint != before


def test_a_bad_corpus_keeps_the_old_one_and_says_so_until_it_is_mended(
    operated: Operated, corpus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before, interval = operated.fingerprint, sys.getswitchinterval()
    shutil.move(corpus, corpus.with_name("away"))
    for _ in range(3):
        operated.reloader.look(True)
    assert sys.getswitchinterval() == interval
    ready = operated.get("/readyz")
    assert (ready["status"], ready["fingerprint"], ready["stale"]) == ("ready", before, True)
    assert operated.get("/ask?question=Which+trust+became+outstanding%3F")["status"] == "answered"
    assert [str(corpus) in record.message for record in caplog.records] == [True]
    shutil.move(corpus.with_name("away"), corpus)
    (corpus / "added.md").write_text(ADDED, encoding="utf-8")
    for _ in range(2):
        operated.reloader.look(True)
    ready = operated.get("/readyz")
    assert ready["stale"] is False
    assert ready["fingerprint"] != before


def test_a_request_is_answered_by_one_corpus_from_beginning_to_end(operated: Operated, corpus: Path) -> None:
    (corpus / "added.md").write_text(ADDED, encoding="utf-8")
    client = operated.app.test_client()
    before = operated.fingerprint
    lines = '{"question": "hello"}\n' * 3
    answering = iter(
        client.post("/ask/batch", data=lines, content_type="application/x-ndjson", buffered=False).response
    )
    first = next(answering)
    operated.asked += 1
    operated.reloader.look(False)
    assert operated.app.extensions["askwell"].service.index.fingerprint != before
    assert all(str(before).encode() in line for line in (first, *answering))


def test_no_request_is_lost_or_wrong_while_the_corpus_changes(operated: Operated, corpus: Path) -> None:
    fingerprints, found = {operated.fingerprint}, Counter[tuple[int, object]]()
    done = threading.Event()

    def ask() -> None:
        client = operated.app.test_client()
        while not done.is_set():
            response = client.get("/ask?question=hello")
            found[response.status_code, response.json and response.json["index"]["fingerprint"]] += 1

    clients = [threading.Thread(target=ask) for _ in range(2)]
    for one in clients:
        one.start()
    for number in range(3):
        (corpus / "added.md").write_text(ADDED + f"\nEdition {number}.\n", encoding="utf-8")
        operated.asked += 1
        operated.reloader.look(False)
        fingerprints.add(operated.fingerprint)
    done.set()
    for one in clients:
        one.join()
    assert len(fingerprints) == 4
    assert {status for status, _ in found} == {200}
    assert {fingerprint for _, fingerprint in found} <= fingerprints


def test_a_file_of_the_same_size_and_another_time_is_a_change(operated: Operated, corpus: Path) -> None:
    before = operated.app.extensions["askwell"]
    file = next(corpus.rglob("*.md"))
    os.utime(file, (1, 1))
    for _ in range(2):
        operated.reloader.look(True)
    assert operated.app.extensions["askwell"] is not before
