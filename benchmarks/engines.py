"""Times the memory engine beside rank-bm25's own loop, with the same idf, on made-up text.

    python benchmarks/engines.py [--sizes 1000 10000 100000] [--questions 500] [--slow-questions 25]

Passages hold about 60 terms, drawn from a vocabulary whose frequencies follow the Zipf-Mandelbrot law, the commonest term standing
in a fifth of the passages as in English without its stop words; a question is 6 to 8 different terms of one passage. Scores are
compared to the last bit before anything is timed. The best 10 are taken by both, by the loop as rank-bm25's ``get_top_n`` does.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from qa.engines.memory import MemoryEngine

VOCABULARY = 100_000  # terms
SHIFT = 30  # Mandelbrot's: the greater, the rarer the commonest terms
LENGTH = 60  # terms of a passage, on average
TOP = 10

Search = Callable[[Sequence[str]], object]


class Loop(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25 as published but for Lucene's idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def made_up(size: int, random: np.random.Generator) -> list[list[str]]:
    """That many passages, as terms."""
    chances = 1 / (np.arange(VOCABULARY) + SHIFT)
    lengths = np.maximum(8, random.lognormal(math.log(LENGTH) - 0.08, 0.4, size)).astype(int)
    drawn = random.choice(VOCABULARY, lengths.sum(), p=chances / chances.sum())
    words = [f"term{number}" for number in range(VOCABULARY)]
    return [[words[number] for number in passage] for passage in np.split(drawn, np.cumsum(lengths)[:-1])]


def asked(passages: Sequence[Sequence[str]], count: int, random: np.random.Generator) -> list[list[str]]:
    """Questions of 6 to 8 different terms, each about one passage."""
    about = [passages[number] for number in random.integers(len(passages), size=count)]
    return [list(dict.fromkeys(random.permutation(passage)))[: random.integers(6, 9)] for passage in about]


def timed(search: Search, questions: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Median and 95th percentile of the milliseconds of a question."""
    search(questions[0])
    spent = []
    for question in questions:
        begun = time.perf_counter()
        search(question)
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def compare(size: int, questions: int, slow_questions: int) -> None:
    """Print one row of the table."""
    random = np.random.default_rng(size)
    passages = made_up(size, random)
    loop, engine = Loop(passages, k1=1.2, b=0.75), MemoryEngine(passages)
    queries = asked(passages, questions, random)
    if any((loop.get_scores(query) != engine.scores(query)).any() for query in queries[:3]):
        raise SystemExit("The memory engine's scores are not those of rank-bm25's loop.")
    numbers = list(range(size))
    slow = timed(lambda query: loop.get_top_n(query, numbers, TOP), queries[:slow_questions])
    fast = timed(lambda query: engine.search(query, TOP), queries)
    print(f"{size:>9,} {slow[0]:>10.2f} {slow[1]:>10.2f} {fast[0]:>10.3f} {fast[1]:>10.3f} {slow[0] / fast[0]:>8.0f} x", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--slow-questions", type=int, default=25)
    options = parser.parse_args()
    print("            rank-bm25's loop, ms       memory engine, ms    ratio of")
    print(" passages        p50        p95        p50        p95     medians")
    for size in options.sizes:
        compare(size, options.questions, options.slow_questions)


if __name__ == "__main__":
    main()
