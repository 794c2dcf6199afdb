"""What more passages cost: `python benchmarks/growth.py [PASSAGES …]`, 1,000 to 100,000 unless others are
asked for.

The passages are articles with some of their words replaced, by a seed. Printed of each size are the CPU time
of building an index on one core and on all, from nothing to a first answer, and how much sooner it is there
on all; the start from what is kept, the first and the median question; the memory of one worker and of two
with the process that they are forked from, as the server does it (each page counted once however many share
it); the memory that a worker by itself holds, and of that what it holds beyond one of the smallest size; and
the start after one file was added. At last the exponents by which they grow.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import material

SIZES = (1_000, 10_000, 30_000, 100_000)
QUESTIONS = 60
A_COPY = 335  # passages of all articles, about
KEPT = 0.6  # of the longer words stay as they are
ADDED = "# Aardvarks\n\nThe aardvark ward of Testing House was praised by every visitor in the spring.\n"
_WORD = re.compile("[a-z]{5,}")
_OPEN = """
import json, os, sys, time
from qa.service import Service
from qa.settings import Settings
settings = Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {})
import qa.indexing.opening as opening
from qa.web.serving.application import WARM_UP_QUESTION
if sys.argv[3] == "1": os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
begun = time.perf_counter()
service = Service.open(settings)
service.ask(WARM_UP_QUESTION)  # as the server does before it says that it is ready
opened = time.perf_counter() - begun
opening._workshop.close()
times = []
for line in sys.stdin:
    if line == "wait\\n":
        break
    begun = time.perf_counter()
    service.ask(line.strip())
    times.append(time.perf_counter() - begun)
def told(name):
    text = open("/proc/self/smaps_rollup").read()
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(name)) / 1024
figures = {"passages": len(service.passages), "opened": opened, "times": times, "rss": told("Rss:")}
print(json.dumps(figures), flush=True)
"""
_SERVED = """
import json, os, sys
from qa.service import Service
from qa.settings import Settings
from qa.web.serving.application import WARM_UP_QUESTION
from qa.web.serving.preloading import preload
preload()
questions = json.loads(sys.stdin.readline())
def memory(pid):
    lines = open(f"/proc/{pid}/smaps_rollup").read().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
def serve(ready, end):
    service = Service.open(Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {}))
    for question in (WARM_UP_QUESTION, *questions):
        service.ask(question)
    os.write(ready, b".")
    os.read(end, 1)
    os._exit(0)
end, workers, found = os.pipe(), [], []
for _ in range(2):
    ready = os.pipe()
    pid = os.fork()
    if not pid:
        serve(ready[1], end[0])
    workers.append(pid)
    os.close(ready[1])
    if not os.read(ready[0], 1):
        sys.exit("A worker has died.")
    found.append(sum(map(memory, (os.getpid(), *workers))))
os.write(end[1], b"..")
print(json.dumps(found))
"""


def write(folder: Path, passages: int, seed: int = 7) -> None:
    """Write articles of about so many passages into a folder."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((material.SQUAD / "corpus").glob("*.txt"))]
    chance = random.Random(seed)
    words = sorted({word for text in texts for word in _WORD.findall(text)})
    folder.mkdir(parents=True, exist_ok=True)
    for copy in range(math.ceil(passages / A_COPY)):
        instead = {word: word if chance.random() < KEPT else chance.choice(words) for word in words}
        for number, text in enumerate(texts):
            told = _WORD.sub(lambda found: instead[found.group()], text)  # noqa: B023 - used at once
            (folder / f"{copy:04}-{number}.txt").write_text(told, encoding="utf-8")


class Worker:
    """A process that opens a corpus, answers questions, and says what it has taken."""

    def __init__(self, corpus: Path, cache: Path, questions: Sequence[str], *, alone: bool = False) -> None:
        command = [sys.executable, "-c", _OPEN, str(corpus), str(cache), str(int(alone))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in (*questions, "wait"):
            self._say(line)
        self.told: dict[str, Any] = self._hear()

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()

    def _say(self, text: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{text}\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


def measure(passages: int, questions: Sequence[str]) -> dict[str, float]:
    """The figures of one size."""
    with tempfile.TemporaryDirectory() as place:
        corpus, cache = Path(place, "corpus"), Path(place, "cache")
        write(corpus, passages)
        cpu, wall = _built(corpus, cache / "one", alone=True)
        _, wall_of_all = _built(corpus, cache / "all", alone=False)
        first = Worker(corpus, cache / "all", questions)
        first.end()
        alone, together = _served(corpus, cache / "all", questions)
        (corpus / "added.md").write_text(ADDED, encoding="utf-8")
        renewing = Worker(corpus, cache / "all", [])
        renewing.end()
        held = first.told["passages"]
        return {
            "passages": held,
            "cold, ms CPU a passage": cpu / held * 1000,
            "cold, s": wall,
            "times as fast on all cores": wall / wall_of_all,
            "warm start, s": first.told["opened"],
            "first question, ms": first.told["times"][0] * 1000,
            "median question, ms": statistics.median(first.told["times"]) * 1000,
            "one worker, MB": alone,
            "second worker, MB": together - alone,
            "a worker by itself, MB": first.told["rss"],
            "one file added, s": renewing.told["opened"],
        }


def _served(corpus: Path, cache: Path, questions: Sequence[str]) -> tuple[float, float]:
    """Megabytes of one worker and of two, with the process that they are forked from."""
    command = [sys.executable, "-c", _SERVED, str(corpus), str(cache)]
    told = subprocess.run(
        command, input=f"{json.dumps(questions)}\n", capture_output=True, check=True, text=True
    )
    alone, together = json.loads(told.stdout)
    return alone, together


def _built(corpus: Path, cache: Path, *, alone: bool) -> tuple[float, float]:
    """The seconds of computing, in all processes, and those by the clock, that opening takes in a process of
    its own.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    Worker(corpus, cache, [], alone=alone).end()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", type=int, nargs="*", default=SIZES)
    sizes = parser.parse_args().passages
    _, cases = material.read(material.SQUAD)
    questions = [case.question for case in cases[:: len(cases) // QUESTIONS]]
    print(f"{os.cpu_count()} cores; memory counts a page that several processes share in equal parts")
    found = []
    for size in sizes:
        found.append(measure(size, questions))
        least = found[0]
        more = found[-1]["passages"] - least["passages"]
        grown = found[-1]["a worker by itself, MB"] - least["a worker by itself, MB"]
        found[-1]["of it KB a passage beyond the smallest"] = grown * 1024 / more if more else 0.0
        print(", ".join(f"{name} {value:,.2f}" for name, value in found[-1].items()), flush=True)
    for name in (
        ("cold, s", "warm start, s", "median question, ms", "one file added, s") if len(found) > 1 else ()
    ):
        growth = math.log(found[-1][name] / found[0][name]) / math.log(
            found[-1]["passages"] / found[0]["passages"]
        )
        print(f"{name}: grows by the power {growth:.2f}")


if __name__ == "__main__":
    main()
