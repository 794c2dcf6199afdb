"""How a whole directory of ratings loads and answers: `python benchmarks/tables.py [TABLE QUESTIONS]`.

Prints the first load (time and peak memory, in a process of its own), the later start, and the latency over
the questions; then the same on the table repeated for the five key questions, some 370,000 rows of a
directory of England; and on three copies of that, over a million rows. Then the CPU of questions that count
all of it in groups.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from qa.service import Service
from qa.settings import Settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
_ASPECTS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
_NAMING = ("location id", "location name")
_IN_GROUPS = (
    "Which council has the highest share of good care homes?",
    "What percentage of care homes is good in each region?",
    "Which provider has the most inadequate homes?",
    "Which councils have at least 10 inadequate homes and no outstanding ones?",
    "share of each rating by region",
    "share of good by aspect",
)
_OPEN = """
import resource, sys, time
from qa.service import Service
from qa.settings import Settings
begun = time.perf_counter()
service = Service.open(Settings.load({"corpus": sys.argv[1], "cache": sys.argv[2]}, {}))
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{time.perf_counter() - begun:.2f} s, {used / 1024:.0f} MB")
"""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "table",
        type=Path,
        nargs="?",
        default=SHARED / "data/ratings/england-2021.csv.gz",
        help="a directory of ratings, .csv or .csv.gz",
    )
    parser.add_argument(
        "questions",
        type=Path,
        nargs="?",
        default=SHARED / "questions/england2021.dev.jsonl",
        help="a question set over it",
    )
    options = parser.parse_args()
    if missing := [str(path) for path in (options.table, options.questions) if not path.is_file()]:
        raise SystemExit(
            f"There is no {' and no '.join(missing)}. Name a directory of ratings and a question set over it."
        )
    with tempfile.TemporaryDirectory() as folder:
        once, cache = Path(folder, "once"), Path(folder, "cache")
        once.mkdir()
        (once / options.table.name).write_bytes(options.table.read_bytes())
        _measure("as it is", once, cache, options.questions)
        for copies in (1, 3):
            more = Path(folder, f"copies-{copies}")
            more.mkdir()
            rows = _repeat(options.table, more / "more.csv", copies)
            _measure(f"repeated to {rows:,} rows", more, cache, options.questions)


def _repeat(table: Path, target: Path, copies: int) -> int:
    """Write the table so many times, each time with other names, with each row also for the key questions;
    return the number of its rows.
    """
    with _opened(table) as source, target.open("w", newline="", encoding="utf-8") as file:
        reader = csv.DictReader(source)
        heads = {name.casefold(): name for name in reader.fieldnames or ()}
        writer = csv.DictWriter(file, reader.fieldnames or ())
        writer.writeheader()
        number = 0
        for row in reader:
            for copy in range(copies):
                renamed = {heads[name]: f"{row[heads[name]]} {copy}" for name in _NAMING if copy}
                for value in (row[heads["domain"]], *_ASPECTS[:4]):
                    writer.writerow(row | renamed | {heads["domain"]: value})
                    number += 1
    return number


def _opened(table: Path) -> TextIO:
    return (
        gzip.open(table, "rt", encoding="utf-8-sig", newline="")
        if table.suffix == ".gz"
        else table.open(encoding="utf-8-sig", newline="")
    )


def _measure(label: str, corpus: Path, cache: Path, questions: Path) -> None:
    print(label)
    for start in ("first load", "later start"):
        done = subprocess.run(
            [sys.executable, "-c", _OPEN, str(corpus), str(cache)], check=True, capture_output=True, text=True
        )
        print(f"  {start}: {done.stdout.strip()}")
    service = Service.open(Settings.load({"corpus": corpus, "cache": cache}, {}))
    spent = sorted(_latencies(service, questions))
    p50, p95 = statistics.median(spent), spent[int(0.95 * len(spent))]
    print(f"  {len(spent)} questions: p50 {p50:.2f} ms, p95 {p95:.2f} ms, slowest {spent[-1]:.2f} ms")
    for question in _IN_GROUPS:
        print(f"  {_spent(service, question):6.1f} ms of CPU: {question}")
    print(f"  peak memory here {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _spent(service: Service, question: str) -> float:
    """The median CPU of a question, in milliseconds."""
    spent = []
    for _ in range(12):
        begun = time.process_time()
        service.ask(question)
        spent.append(1000 * (time.process_time() - begun))
    return statistics.median(spent)


def _latencies(service: Service, questions: Path) -> Iterator[float]:
    cases = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    for case in cases:  # once unmeasured, so that the files are in memory
        service.ask(case["question"], case.get("history", []))
    for case in cases:
        begun = time.perf_counter()
        service.ask(case["question"], case.get("history", []))
        yield 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
