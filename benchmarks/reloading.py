"""Requests while the corpus changes and a worker is killed: `python benchmarks/reloading.py`.

Every answer is compared, byte for byte, with that of the corpus that it names. Exits with 1 where one is
wrong or lost, other than in the killed worker, or where a corpus or a worker does not come.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from serving_clients import QUESTIONS, connected, fetch, read_questions, running, written

from qa import wire
from qa.service import Service
from qa.settings import Settings, shipped

WORKERS = 2
RECONNECT = 40  # requests of a connection, so that a new worker gets some
QUEUED = 0.5  # seconds after its death in which connections that a worker had not taken yet are reset
PATIENCE = 60  # seconds until a change must be seen
METRICS = b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ADDED = (
    "# Aardvarks\n\nThe aardvark ward of Testing House was praised by every visitor in the spring. "
    "Edition {}.\n"
)

Expected = Mapping[str, Mapping[str, bytes]]  # fingerprint → question → answer


def write_edition(corpus: Path, number: int) -> None:
    """Change the corpus, at one stroke."""
    new = corpus.parent / "new.md"
    new.write_text(ADDED.format(number), encoding="utf-8")
    new.replace(corpus / "added.md")


def expected(corpus: Path, editions: int, questions: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """The answers to be given from each edition, in their order."""
    found = {}
    for number in range(editions):
        write_edition(corpus, number)
        service = Service.open(Settings.load({"corpus": corpus, "cache": "none"}, {}))
        found[service.index.fingerprint] = {
            question: wire.dumps(service.ask(question)) for question in questions
        }
    write_edition(corpus, 0)
    return found


class Clients:
    """Ask until they are told to stop, and keep what happened."""

    def __init__(self, port: int, questions: Sequence[str], answers: Expected, count: int) -> None:
        self.port, self.questions, self.answers = port, questions, answers
        self.lock, self.done = threading.Lock(), threading.Event()
        self.answered, self.wrong = 0, 0
        self.lost: list[
            tuple[int, float]
        ] = []  # (worker, when); 0 for a connection that no worker had taken yet
        self.seen: set[tuple[int, str]] = set()  # (worker, fingerprint), since last emptied
        self.threads = [threading.Thread(target=self.ask, args=(number,)) for number in range(count)]

    def ask(self, number: int) -> None:
        while not self.done.is_set():
            worker = 0
            try:
                with connected(self.port) as connection:
                    _, told = fetch(connection, METRICS)
                    worker = int(re.findall(rb'process="(\d+)"', told)[0])
                    for turn in range(RECONNECT):
                        question = self.questions[(number + turn) % len(self.questions)]
                        self.judge(worker, question, *fetch(connection, written(question)))
            except OSError:
                with self.lock:
                    self.lost.append((worker, time.monotonic()))
            number += RECONNECT

    def judge(self, worker: int, question: str, status: int, body: bytes) -> None:
        fingerprint = json.loads(body)["index"]["fingerprint"] if status == 200 else ""
        right = self.answers.get(fingerprint, {}).get(question) == body
        with self.lock:
            self.answered += 1
            self.wrong += not right
            self.seen.add((worker, fingerprint))

    def wait_for_answers(self, fingerprint: str, without: int = 0) -> float:
        """Return the seconds until enough workers, ``without`` one, are seen to answer from an edition."""
        with self.lock:
            self.seen.clear()
        return self._wait(lambda: len(self.workers(fingerprint) - {without}) >= WORKERS)

    def wait_for_requests(self, count: int) -> None:
        """Return once so many were answered."""
        self._wait(lambda: self.answered >= count)

    def workers(self, fingerprint: str) -> set[int]:
        """The workers that were seen to answer from an edition."""
        with self.lock:
            return {worker for worker, one in self.seen if one == fingerprint}

    @staticmethod
    def _wait(enough: Callable[[], bool]) -> float:
        begun = time.monotonic()
        while not enough():
            if time.monotonic() - begun > PATIENCE:
                raise SystemExit("A change was not seen in time.")
            time.sleep(0.02)
        return time.monotonic() - begun


def disturb(
    clients: Clients, process: "subprocess.Popen[bytes]", corpus: Path, requests: int
) -> tuple[int, float]:
    """Change the corpus from edition to edition, kill a worker half way, and return which and when."""
    editions, killed, when = list(clients.answers), 0, 0.0
    for number, fingerprint in enumerate(editions):
        if number:
            write_edition(corpus, number)
            process.send_signal(signal.SIGHUP)
        print(
            f"edition {number} is answered from by {WORKERS} workers after "
            f"{clients.wait_for_answers(fingerprint):.1f} s"
        )
        if number == len(editions) // 2:
            killed, when = min(clients.workers(fingerprint)), time.monotonic()
            os.kill(killed, signal.SIGKILL)
            seconds = clients.wait_for_answers(fingerprint, without=killed)
            print(f"a worker was killed; another answers in its place after {seconds:.1f} s")
        clients.wait_for_requests(requests * (number + 1) // len(editions))
    return killed, when


def measure(requests: int, reloads: int, count: int) -> bool:
    """Print what happened, and return whether it was as it should be."""
    questions = read_questions(QUESTIONS)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(shutil.copytree(shipped("corpus"), Path(folder, "corpus")))
        answers = expected(corpus, reloads + 1, questions)
        serve = (
            "-m",
            "qa",
            "serve",
            "--cache",
            "none",
            "--workers",
            str(WORKERS),
            "--corpus",
            str(corpus),
            "--port",
        )
        with running(*serve) as (process, port):
            clients = Clients(port, questions, answers, count)
            for thread in clients.threads:
                thread.start()
            try:
                killed, when = disturb(clients, process, corpus, requests)
            finally:
                clients.done.set()
                for thread in clients.threads:
                    thread.join()
    inside = sum(worker == killed for worker, _ in clients.lost)
    queued = sum(not worker and 0 <= at - when < QUEUED for worker, at in clients.lost)
    elsewhere = len(clients.lost) - inside - queued
    print(
        f"{clients.answered:,} requests answered during {reloads} reloads and one killed worker: "
        f"{clients.wrong} wrong;"
    )
    print(f"{inside} lost in the killed worker, {queued} connections in its queue, {elsewhere} elsewhere")
    return not clients.wrong and not elsewhere


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--reloads", type=int, default=5)
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    sys.exit(not measure(options.requests, options.reloads, options.clients))


if __name__ == "__main__":
    main()
