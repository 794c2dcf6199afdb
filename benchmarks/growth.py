"""What more passages and rows of tables cost: `python benchmarks/growth.py [PASSAGES …] [--rows ROWS …]`,
1,000 to 100,000 passages and 74,000 and 370,000 rows unless others are asked for.

The passages are articles, the rows those of a directory of ratings, with some of their words replaced, by a
seed. Printed of each size are the CPU time of building an index on one core and on all, from nothing to a
first answer, and how much sooner it is there on all; the start from what is kept, the first and the median
question; the memory of one worker and of two with the process that they are forked from, as the server does
it (each page counted once however many share it); the memory that a worker by itself holds, and of that what
it holds beyond one of the smallest size; and the start after one report was added, and of tables also after
one table was. At last the exponents by which they grow.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import material

SIZES = (1_000, 10_000, 30_000, 100_000)
ROWS = (74_000, 370_000)
DIRECTORY = material.SQUAD.parent / "ratings" / "england-2021.csv.gz"
RENAMED = ("Location Name", "Location Street Address", "Provider Name", "Brand Name")  # by other words
NUMBERED = ("Location ID", "Provider ID", "Brand ID")  # which each copy has its own of
COMMON = 150  # words of names that stay as they are, the commonest: those for kinds and legal forms
QUESTIONS = 60
A_COPY = 335  # passages of all articles, about
KEPT = 0.6  # of the longer words stay as they are
ADDED = {
    "added.md": "# Aardvarks\n\nThe aardvark ward of Testing House was praised by every visitor.\n",
    "added.csv": "Location ID,Location Name,Domain,Latest Rating\n9-9,Testing House,Overall,Good\n",
}
_WORD = re.compile("[a-z]{5,}")
_NAME_WORD = re.compile("[A-Z][a-z]{3,}")
_OPEN = """
import json, os, sys, time
from qa.service import Service
from qa.settings import Settings
settings = Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {})
import qa.indexing.opening as opening
from qa.web.serving.application import WARM_UP_QUESTION
if sys.argv[3] == "1": os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
begun, before = time.perf_counter(), time.process_time()
service = Service.open(settings)
service.ask(WARM_UP_QUESTION)  # as the server does before it says that it is ready
opened, computed = time.perf_counter() - begun, time.process_time() - before
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
figures = {"passages": len(service.passages), "opened": opened, "computed": computed, "times": times}
print(json.dumps(figures | {"rss": told("Rss:")}), flush=True)
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


def write_rows(folder: Path, rows: int, seed: int = 7) -> None:
    """Write a directory of ratings of so many rows into a folder."""
    chance, held = random.Random(seed), list(_rows())
    counted = Counter(
        word for row in held for heading in RENAMED for word in _NAME_WORD.findall(row[heading])
    )
    words = [word for word, _ in counted.most_common()][COMMON:]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(held[0]))
        table.writeheader()
        for copy in range(math.ceil(rows / len(held))):
            instead = {
                word: word if chance.random() < KEPT else chance.choice(words) for word in sorted(words)
            }

            def renamed(found: re.Match[str], instead: dict[str, str] = instead) -> str:
                return instead.get(found.group(), found.group())

            for row in itertools.islice(held, rows - copy * len(held)):
                told = {heading: _NAME_WORD.sub(renamed, row[heading]) for heading in RENAMED}
                told |= {heading: f"{row[heading]}{copy}" for heading in NUMBERED if row[heading] != "-"}
                table.writerow(row | told)


def _rows() -> Iterator[dict[str, str]]:
    with gzip.open(DIRECTORY, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def asked_of(corpus: Path, seed: int = 7) -> list[str]:
    """Questions about a written directory: about single places, owners, towns and councils."""
    chance = random.Random(seed)
    with (corpus / "ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = chance.sample(list(csv.DictReader(file)), QUESTIONS)
    asked = itertools.cycle(
        (
            "What is {Location Name} rated?",
            "Who runs {Location Name}?",
            "How many care homes in {Location City} are good?",
            "Is {Location Name} in {Location City} good for safe?",
            "How many homes does {Provider Name} run?",
            "Which care homes in {Location Local Authority} are inadequate?",
        )
    )
    return [question.format_map(row) for question, row in zip(asked, rows, strict=False)]


def measure(
    size: int,
    write: Callable[[Path, int], None],
    asked: Callable[[Path], Sequence[str]],
    unit: str,
) -> dict[str, float]:
    """The figures of one size, of a corpus that is to be written; its ``unit`` is "passage" or "row"."""
    with tempfile.TemporaryDirectory() as place:
        corpus, cache = Path(place, "corpus"), Path(place, "cache")
        write(corpus, size)
        questions = asked(corpus)
        cpu, wall = _built(corpus, cache / "one", alone=True)
        _, wall_of_all = _built(corpus, cache / "all", alone=False)
        first = Worker(corpus, cache / "all", questions)
        first.end()
        alone, together = _served(corpus, cache / "all", questions)
        held = first.told["passages"] or size
        found = {
            f"{unit}s": held,
            f"cold, ms CPU a {unit}": cpu / held * 1000,
            "cold, s": wall,
            "times as fast on all cores": wall / wall_of_all,
            "warm start, s": first.told["opened"],
            "of it CPU, s": first.told["computed"],
            "first question, ms": first.told["times"][0] * 1000,
            "median question, ms": statistics.median(first.told["times"]) * 1000,
            "one worker, MB": alone,
            "second worker, MB": together - alone,
            "a worker by itself, MB": first.told["rss"],
        }
        found |= _with_added(corpus, cache / "all", "added.md", "one file added")
        if unit == "row":
            found |= _with_added(corpus, cache / "all", "added.csv", "one table added")
        return found


def _with_added(corpus: Path, cache: Path, name: str, what: str) -> dict[str, float]:
    """What opening takes after one file was added, in a process of its own."""
    (corpus / name).write_text(ADDED[name], encoding="utf-8")
    before = _computed()
    renewing = Worker(corpus, cache, [])
    renewing.end()
    return {f"{what}, s": renewing.told["opened"], f"{what}, s CPU with its process": _computed() - before}


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
    before, begun = _computed(), time.perf_counter()
    Worker(corpus, cache, [], alone=alone).end()
    return _computed() - before, time.perf_counter() - begun


def _computed() -> float:
    """The seconds that processes which have ended have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(measured: Iterable[dict[str, float]], unit: str) -> None:
    """Print the figures of each size as they come, and how they grow."""
    found = list[dict[str, float]]()
    for figures in measured:
        found.append(figures)
        more = figures[f"{unit}s"] - found[0][f"{unit}s"]
        grown = figures["a worker by itself, MB"] - found[0]["a worker by itself, MB"]
        figures[f"of it KB a {unit} beyond the smallest"] = grown * 1024 / more if more else 0.0
        print(", ".join(f"{name} {value:,.2f}" for name, value in figures.items()), flush=True)
    growing = ("cold, s", "warm start, s", "median question, ms", "one file added, s")
    for name in growing if len(found) > 1 else ():
        first, last = found[0], found[-1]
        growth = math.log(last[name] / first[name]) / math.log(last[f"{unit}s"] / first[f"{unit}s"])
        print(f"{name}: grows by the power {growth:.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("passages", type=int, nargs="*", default=[])
    parser.add_argument("--rows", type=int, nargs="+", default=[])
    options = parser.parse_args()
    sizes, rows = (options.passages, options.rows) if options.passages or options.rows else (SIZES, ROWS)
    _, cases = material.read(material.SQUAD)
    questions = [case.question for case in cases[:: len(cases) // QUESTIONS]]
    print(f"{os.cpu_count()} cores; memory counts a page that several processes share in equal parts")
    _print((measure(size, write, lambda _: questions, "passage") for size in sizes), "passage")
    _print((measure(size, write_rows, asked_of, "row") for size in rows), "row")


if __name__ == "__main__":
    main()
