"""The engines beside one another, and beside rank-bm25's own loop and bm25s where it is installed, on made-up
text.

    python benchmarks/engines.py [--sizes 10000 100000] [--engines memory tantivy opensearch loop bm25s]
      [--questions 300] [--ask]

Passages hold about 60 terms, drawn from a vocabulary whose frequencies follow the Zipf-Mandelbrot law, the
commonest term standing in a fifth of the passages as in English without its stop words; a question is 6 to 8
different terms of one passage. Each engine is built in a process of its own, and asked in another, which
opens what was built where the engine keeps anything; columns are

    build   seconds of CPU, of Askwell's process alone        disk    megabytes of the index
    RSS     megabytes of the process once it has answered
    add     seconds to add one document of 10 passages, and commit
    p50, p95   milliseconds of a search for the best 10       gone    seconds to remove it, and commit
    same    the share of the best 10 that are the memory engine's, too, or score as high there but for 2 %

With ``--ask``, a corpus of so many passages is made, indexed and asked as a service is, over ``/ask``: the
columns are then of the whole service. OpenSearch is asked at ``--opensearch``, or a node is started as for
the tests.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from qa.engines import ENGINES, Cluster, Engine, Entry, Options
from qa.engines.memory import MemoryEngine

TESTS = Path(__file__).resolve().parents[1] / "tests"
VOCABULARY = 100_000  # terms
SHIFT = 30  # Mandelbrot's: the greater, the rarer the commonest terms
LENGTH = 60  # terms of a passage, on average
TOP, PAGE = 10, 10  # hits of a search; passages of a document
DEEP = 200  # hits whose scores are compared
SLOW = 20  # questions for what walks every passage for each

Search = Callable[[Sequence[str]], Sequence[str]]
Row = dict[str, Any]


class Loop(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25 as published but for Lucene's idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


# Material ---------------------------------------------------------------------------------------------------


def made_up(size: int, random: np.random.Generator) -> Iterator[list[str]]:
    """That many passages, as terms."""
    chances = 1 / (np.arange(VOCABULARY) + SHIFT)
    limits = np.cumsum(chances / chances.sum())
    words = [f"term{number}" for number in range(VOCABULARY)]
    for length in np.maximum(8, random.lognormal(math.log(LENGTH) - 0.08, 0.4, size)).astype(int).tolist():
        yield [
            words[number]
            for number in np.searchsorted(limits, random.random(length)).clip(max=VOCABULARY - 1).tolist()
        ]


def entries(size: int) -> Iterator[Entry]:
    """The passages of that size, the same every time."""
    for number, terms in enumerate(made_up(size, np.random.default_rng(size))):
        yield Entry(f"{number:09}", f"{number // PAGE}.md", terms)


def asked(size: int, count: int) -> list[list[str]]:
    """Questions of 6 to 8 different terms, each about one passage."""
    random = np.random.default_rng(size + 1)
    about = set(random.integers(size, size=count).tolist())
    passages = [one.terms for number, one in enumerate(entries(size)) if number in about]
    return [
        list(dict.fromkeys(random.permutation(list(terms)).tolist()))[: random.integers(6, 9)]
        for terms in passages
    ]


# One engine, in two processes of its own --------------------------------------------------------------------


def opened(name: str, folder: Path, address: str) -> Engine:
    if name == "memory":
        return MemoryEngine.load(folder) if (folder / "index.json").exists() else MemoryEngine()
    cluster = Cluster((address,), f"benchmark-{folder.name}", replicas=0, read=60.0)
    return ENGINES[name](Options(folder=folder, cluster=cluster))


def build(name: str, size: int, folder: Path, address: str) -> Row:
    """Build and keep the index of an engine."""
    begun = time.perf_counter(), _cpu()
    list(entries(size))
    making = _cpu() - begun[1]
    engine = opened(name, folder, address)
    engine.add(entries(size))
    engine.commit()
    spent = _cpu() - begun[1] - 2 * making
    if isinstance(engine, MemoryEngine):
        engine.save(folder)
    engine.close()
    return {
        "build": spent,
        "disk": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6,
    }


def ask(name: str, size: int, folder: Path, address: str, count: int) -> Row:
    """Open what was built, or build what is never kept, and ask."""
    questions = asked(size, count)
    row: Row = {}
    if name in ENGINES:
        engine = opened(name, folder, address)
        search: Search = lambda query: [hit.passage for hit in engine.search(query, TOP)]  # noqa: E731
        row |= timed(search, questions)
        row["found"] = [search(query) for query in questions[:100]]
        row["rss"] = _rss()
        if name == "memory":
            row["scores"] = [dict(engine.search(query, DEEP)) for query in questions[:100]]
        row |= changed(engine)
        engine.close()
    else:
        begun = _cpu()
        search = {"loop": loop, "bm25s": bm25s}[name](size)
        row["build"] = _cpu() - begun
        questions = questions[:SLOW] if name == "loop" else questions
        row |= timed(search, questions)
        row["found"] = [search(query) for query in questions[:100]]
        row["rss"] = _rss()
    return row


def loop(size: int) -> Search:
    """rank-bm25's own, as its ``get_top_n`` is used."""
    numbers = [f"{number:09}" for number in range(size)]
    held = Loop([list(one.terms) for one in entries(size)], k1=1.2, b=0.75)
    return lambda query: held.get_top_n(query, numbers, TOP)


def bm25s(size: int) -> Search:
    """The package of this name, with Lucene's formula."""
    import bm25s  # type: ignore[import-not-found]

    held = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    held.index([list(one.terms) for one in entries(size)], show_progress=False)

    def search(query: Sequence[str]) -> list[str]:
        places, _ = held.retrieve([list(query)], k=TOP, show_progress=False)
        return [f"{int(place):09}" for place in places[0]]

    return search


def timed(search: Search, questions: Sequence[Sequence[str]]) -> Row:
    """Median and 95th percentile of the milliseconds of a question."""
    search(questions[0])
    spent = []
    for question in questions:
        begun = time.perf_counter()
        search(question)
        spent.append((time.perf_counter() - begun) * 1000)
    return {"p50": statistics.median(spent), "p95": statistics.quantiles(spent, n=20)[-1]}


def changed(engine: Engine) -> Row:
    """How long it takes to add a document, and to take it away again."""
    begun = time.perf_counter()
    engine.add(
        Entry(f"new-{number}", "new.md", ["term5", "term600", f"new{number}"]) for number in range(PAGE)
    )
    engine.commit()
    added = time.perf_counter()
    engine.remove(["new.md"])
    engine.commit()
    return {"add": added - begun, "gone": time.perf_counter() - added}


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _rss() -> float:
    """Megabytes that this process has in memory now, mapped files too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


# A whole service --------------------------------------------------------------------------------------------


def write_corpus(size: int, folder: Path) -> None:
    """Reports that make about so many passages, each paragraph of some sentences of made-up words."""
    random = np.random.default_rng(size)
    pages = folder / "reports"
    pages.mkdir(parents=True)
    held: list[str] = []
    for number, terms in enumerate(made_up(size, random)):
        words = [_word(int(term[4:])) for term in terms]
        sentences = [
            " ".join(words[first : first + 12]).capitalize() + "." for first in range(0, len(words), 12)
        ]
        held.append(" ".join(sentences))
        if len(held) == 500 or number == size - 1:
            (pages / f"{number:09}.md").write_text(
                f"# Report {number}\n\n" + "\n\n".join(held) + "\n", encoding="utf-8"
            )
            held = []
    (folder / "ratings.csv").write_text(
        "Name,Overall rating,Publication date\nOak House,Good,2024-05-01\n", encoding="utf-8"
    )


def _word(number: int) -> str:
    """A made-up word like no other, which stays as it is when it is stemmed."""
    letters = "bdfgklmnprtvz", "aou"
    word = ""
    while number or len(word) < 4:
        number, one = divmod(number, 13)
        number, other = divmod(number, 3)
        word += letters[0][one] + letters[1][other]
    return word + "b"


def serve(name: str, size: int, folder: Path, address: str, count: int) -> Row:
    """Open a service over the corpus in a folder, which is indexed at the first time, and ask."""
    from qa.service import Service
    from qa.settings import Settings
    from qa.web import create_app

    begun, clock = _cpu(), time.perf_counter()
    flags = {
        "corpus": folder / "corpus",
        "cache": folder / f"cache-{name}",
        "engine": name,
        "opensearch": address or None,
    }
    service = Service.open(Settings.load(flags, {}))
    row: Row = {"build": _cpu() - begun, "open": time.perf_counter() - clock}
    client = create_app(service).test_client()
    questions = [" ".join(_word(int(term[4:])) for term in terms) for terms in asked(size, count)]
    row |= timed(
        lambda words: [str(client.post("/ask", json={"question": " ".join(words)}).status)],
        [one.split() for one in questions],
    )
    row["disk"] = (
        sum(path.stat().st_size for path in (folder / f"cache-{name}").rglob("*") if path.is_file()) / 1e6
    )
    return row | {"rss": _rss()}


# The table --------------------------------------------------------------------------------------------------

COLUMNS = ("build", "disk", "rss", "p50", "p95", "add", "gone", "same")


def child(*arguments: object) -> Row:
    """What this file prints in a process of its own."""
    command = [sys.executable, __file__, "--child", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def compare(size: int, names: Sequence[str], address: str, count: int) -> None:
    """Print the rows of a size."""
    memory: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as place:
        for name in names:
            folder = Path(place) / f"{name}-{size}-{os.getpid()}"
            folder.mkdir()
            row = child("build", name, size, folder, address, count) if name in ENGINES else {}
            row |= child("ask", name, size, folder, address, count)
            memory = row.get("scores", memory)
            pairs = list(zip(row["found"], memory, strict=False))
            row["same"] = (
                statistics.mean(_shared(found, scores) for found, scores in pairs) if pairs else None
            )
            show(name, size, row)


def _shared(found: Sequence[str], scores: Mapping[str, float]) -> float:
    """The share of what was found that scores, up to 2 %, like the best; ``scores`` are in their order."""
    least = 0.98 * list(scores.values())[: len(found)][-1]
    return sum(scores.get(one, 0.0) >= least for one in found) / len(found)


def show(name: str, size: int, row: Row) -> None:
    cells = [f"{row[column]:>9.3g}" if row.get(column) is not None else f"{'–':>9}" for column in COLUMNS]
    print(f"{size:>9,} {name:<11}{''.join(cells)}", flush=True)


def asking(size: int, names: Sequence[str], address: str, count: int) -> None:
    """Print the rows of whole services."""
    with tempfile.TemporaryDirectory() as place:
        write_corpus(size, Path(place) / "corpus")
        for name in names:
            built = child("serve", name, size, place, address, 2)
            show(
                f"{name} /ask",
                size,
                child("serve", name, size, place, address, count) | {"build": built["build"]},
            )


@contextlib.contextmanager
def reachable(address: str, names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The address of OpenSearch, started where it is wanted and can be, and the engines that can be tried."""
    tried = [name for name in names if name != "bm25s" or importlib.util.find_spec("bm25s")]
    for name in set(names) - set(tried):
        print(f"{name} is not installed.")
    if "opensearch" not in names or address:
        yield address, tried
        return
    sys.path.insert(0, str(TESTS))
    import opensearch_nodes

    if why := opensearch_nodes.why_not():
        print(f"opensearch is left out: {why}.")
        yield "", [name for name in tried if name != "opensearch"]
        return
    with opensearch_nodes.running() as nodes:
        yield nodes.addresses[0], tried


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--child"]:
        what, name, size, folder, address, count = sys.argv[2:]
        how = {"build": build, "ask": ask, "serve": serve}[what]
        rest = (address,) if what == "build" else (address, int(count))
        print(json.dumps(how(name, int(size), Path(folder), *rest)))  # type: ignore[operator]
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", default=["memory", "tantivy", "opensearch", "loop", "bm25s"])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--opensearch", default="")
    parser.add_argument("--ask", action="store_true")
    options = parser.parse_args()
    with reachable(options.opensearch, options.engines) as (address, names):
        print(f"{'passages':>9} {'engine':<11}{''.join(f'{column:>9}' for column in COLUMNS)}")
        for size in options.sizes:
            if options.ask:
                asking(size, [name for name in names if name in ENGINES], address, options.questions)
            else:
                compare(size, names, address, options.questions)


if __name__ == "__main__":
    main()
