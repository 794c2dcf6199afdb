"""How long a question takes in-process on the default corpus: `python benchmarks/asking.py [QUESTIONS] [--corpus DIR]`.

Every question of the set is asked five times, no answer is kept between them, and the fastest of the five counts; the median over
the set should be under 1 ms. Then `qa ask` is started anew, from nothing to the printed answer, which should take under 1.5 s.
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
    begun = time.perf_counter()
    service = Service.open(Settings.load({"corpus": options.corpus}, {}))
    print(f"open {1000 * (time.perf_counter() - begun):.0f} ms, {service.summary.passages} passages, {service.summary.facts} facts")
    cases = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    spent = sorted(_fastest(service, case["question"], case.get("history", [])) for case in cases)
    p50, p95 = statistics.median(spent), spent[int(0.95 * len(spent))]
    print(f"{len(spent)} questions: median {p50:.2f} ms, p95 {p95:.2f} ms, slowest {spent[-1]:.2f} ms")
    print(f"qa ask, from nothing: {min(_cold() for _ in range(3)):.2f} s")


def _fastest(service: Service, question: str, history: list[str]) -> float:
    service.ask(question, history)
    spent = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        service.ask(question, history)
        spent.append(1000 * (time.perf_counter() - begun))
    return min(spent)


def _cold() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "qa", "ask", "Which trust became outstanding?"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
