"""How long a question takes in-process on the default corpus: `python benchmarks/asking.py [QUESTIONS]
[--corpus DIR]`.

Every question of the set is asked once, then five times more, of which the fastest counts: no answer is kept,
but the names, facts and conditions of late are. Times are the processor's, of this process alone; the median
over the set should be under 1 ms. Then `qa ask` is started anew, from nothing to the printed answer, which
should take under 1.5 s.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from qa.service import Service
from qa.settings import Settings, shipped

_TIMES = 5


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("questions", nargs="?", type=Path, default=shipped("corpus") / "questions.jsonl")
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    begun = time.process_time()
    service = Service.open(Settings.load({"corpus": options.corpus}, {}))
    print(
        f"open {1000 * (time.process_time() - begun):.0f} ms, {service.summary.passages} passages, "
        f"{service.summary.facts} facts"
    )
    cases = [
        json.loads(line)
        for line in options.questions.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    for told, times in (("asked first", 1), ("asked again", _TIMES)):
        spent = sorted(_fastest(service, case["question"], case.get("history", []), times) for case in cases)
        p50, p95 = statistics.median(spent), spent[int(0.95 * len(spent))]
        print(
            f"{len(spent)} questions, {told}: median {p50:.2f} ms, p95 {p95:.2f} ms, slowest "
            f"{spent[-1]:.2f} ms"
        )
    print(f"qa ask, from nothing: {min(_cold() for _ in range(3)):.2f} s")


def _fastest(service: Service, question: str, history: list[str], times: int) -> float:
    spent = []
    for _ in range(times):
        begun = time.process_time()
        service.ask(question, history)
        spent.append(1000 * (time.process_time() - begun))
    return min(spent)


def _cold() -> float:
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "qa", "ask", "Which trust became outstanding?"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
