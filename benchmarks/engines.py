"""The engines beside one another, and beside rank-bm25's own loop and bm25s where it is installed, on made-up
text (:mod:`made_passages`).

    python benchmarks/engines.py [--sizes 10000 100000] [--engines memory tantivy opensearch loop bm25s]
      [--questions 300] [--keep FOLDER [--build]] [--opensearch ADDRESS]

For each size reports are written and indexed, as `qa index` does it, and every engine is filled from that
index. Whatever is built or asked is so in a process of its own; columns are

    build   seconds of CPU to fill the engine                 add     seconds of CPU to add one document of
    disk    megabytes of its index                                    10 passages, and commit
    RSS     megabytes of the process that has answered        gone    seconds of CPU to remove it again
    p50, p95   milliseconds of a search for the best 10       same    the share of the best 10 that are the
    /ask    then, of a whole service: p50 and p95 of                  memory engine's, too, or score as high
            /ask, the median of its CPU, its RSS, and                 there but for 2 %
            in `first` the share of answers whose first
            passage is that of the memory engine's

OpenSearch's node has a row of its own. Nobody is asked for longer than a minute, so that slow ones answer
fewer questions. With ``--keep`` what is built stays in the folder and is not built again, and with
``--build`` nothing is asked: built on a busy machine, it may be asked on a quiet one. OpenSearch is asked at
``--opensearch``, or a node is started as for the tests.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import made_passages
from peers import PEERS, Search, is_installed

from qa.engines import ENGINES, Engine, Entry, Options
from qa.engines.memory import MemoryEngine
from qa.indexing.cluster import cluster_of, fill, own_index
from qa.settings import Settings

TESTS = Path(__file__).resolve().parents[1] / "tests"
TOP, PAGE = 10, 10  # hits of a search; passages of an added document
DEEP, COMPARED = 200, 100  # hits whose scores are compared; questions for which they are
PATIENCE = 60.0  # seconds for which one is asked
COLUMNS = (
    "build",
    "disk",
    "RSS",
    "p50",
    "p95",
    "add",
    "gone",
    "same",
    "/ask50",
    "/ask95",
    "CPU",
    "its RSS",
    "first",
)

Row = dict[str, Any]


class Place(NamedTuple):
    """Where the material of a size is, and at which address OpenSearch."""

    folder: Path
    address: str = ""

    def settings(self, engine: str) -> Settings:
        """Those of a service over its corpus; all engines share one cache folder."""
        flags = {"corpus": self.folder / "corpus", "cache": self.folder / "cache", "engine": engine}
        of_cluster = {"opensearch": self.address, "opensearch_index": f"benchmark-{self.folder.name}"}
        return Settings.load(flags | of_cluster if engine == "opensearch" else flags, {})

    def own(self, name: str) -> Path:
        """The folder of one engine by itself."""
        return self.folder / name

    def engine(self, name: str) -> Engine:
        """One engine by itself, with what was built."""
        if name == "memory":
            return MemoryEngine.load(self.own(name) / "engine")
        if name != "opensearch":
            return ENGINES[name](Options(folder=self.own(name) / "engine"))
        settings = self.settings(name)
        state = (self.own(name) / "fingerprint").read_text(encoding="ascii")
        return ENGINES[name](Options(cluster=own_index(cluster_of(settings), state)))

    def questions(self) -> list[list[str]]:
        """The questions, each its words."""
        told: list[list[str]] = json.loads((self.folder / "questions.json").read_text(encoding="ascii"))
        return told


# What is done in a process of its own -----------------------------------------------------------------------


def write(place: Place, name: str) -> Row:
    """Write and index the reports of a size, for an engine."""
    from qa.indexing import opening  # not in the processes that ask an engine alone

    begun = _cpu()
    index = opening.open_index(place.settings(name))
    opening._workshop.close()  # so that its CPU counts, too
    return {"index": _cpu() - begun, "passages": len(index.shelf.passages)}


def build(place: Place, name: str) -> Row:
    """Fill one engine from the index, and keep it."""
    from qa.indexing.index_parts import SHELF
    from qa.indexing.opening import open_index
    from qa.retrieval.index import read_rows
    from qa.retrieval.passage_index import ROWS, write_engine
    from qa.shelf.stored import StoredShelf

    folder = place.own(name)
    folder.mkdir()
    index = open_index(place.settings(name if name in ENGINES else "memory"))
    begun = _cpu()
    made = sum(len(entry.terms) for entry in index.passages.entries())  # noqa: F841 - made as it is for all
    making, begun = _cpu() - begun, _cpu()
    if name in PEERS:
        PEERS[name][0](((one.passage, one.terms) for one in index.passages.entries()), folder)
    elif name == "opensearch":
        fill(index, place.settings(name), 1, 0, lambda _, __: None)
        (folder / "fingerprint").write_text(index.fingerprint, encoding="ascii")
    else:
        making = 0.0 if name == "memory" else making  # which takes what was counted
        kept = place.folder / "cache" / index.fingerprint
        rows = read_rows(kept / ROWS)
        write_engine(folder, StoredShelf(kept / SHELF), rows, name, Options())
    held = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return {"build": _cpu() - begun - making, "disk": held if name in ("memory", "tantivy") else None}


def ask(place: Place, name: str) -> Row:
    """Ask one engine by itself."""
    questions, row = place.questions(), Row()
    if name in PEERS:
        search = PEERS[name][1](place.own(name), TOP)
        row |= timed(search, questions)
        row["found"] = [search(query) for query in questions[: min(COMPARED, row["asked"])]]
        return row | {"RSS": _rss()}
    engine = place.engine(name)
    row |= timed(lambda query: [hit.passage for hit in engine.search(query, TOP)], questions)
    row["RSS"] = _rss()
    row["found"] = [[hit.passage for hit in engine.search(query, TOP)] for query in questions[:COMPARED]]
    if name == "memory":
        row["scores"] = [dict(engine.search(query, DEEP)) for query in questions[:COMPARED]]
    row |= changed(engine)
    engine.close()
    return row


def serve(place: Place, name: str) -> Row:
    """Ask a whole service, over /ask."""
    from qa.service import Service
    from qa.web import create_app

    client = create_app(Service.open(place.settings(name))).test_client()
    told, firsts = set[tuple[int, bool]](), dict[str, str | None]()

    def search(words: Sequence[str]) -> list[str]:
        answer = client.post("/ask", json={"question": " ".join(words)})
        body = answer.get_json()
        told.add((answer.status_code, body.get("degraded", False)))
        firsts[" ".join(words)] = next((one["id"] for one in body.get("passages", ())), None)
        return []

    row = timed(search, place.questions())
    if told != {(200, False)}:
        raise SystemExit(f"{name} did not answer all questions: {told}")
    spent = {"/ask50": row["p50"], "/ask95": row["p95"], "CPU": row["CPU"]}
    return spent | {"its RSS": _rss(), "firsts": firsts}


def timed(search: Search, questions: Sequence[Sequence[str]]) -> Row:
    """Median and 95th percentile of the milliseconds of a question, and the median of its CPU."""
    search(questions[0])
    spent, cpu, until = [], [], time.perf_counter() + PATIENCE
    for question in questions:
        begun = time.perf_counter(), time.process_time()
        search(question)
        spent.append((time.perf_counter() - begun[0]) * 1000)
        cpu.append((time.process_time() - begun[1]) * 1000)
        if time.perf_counter() > until and len(spent) > 1:
            break
    p95 = statistics.quantiles(spent, n=20)[-1]
    return {"p50": statistics.median(spent), "p95": p95, "CPU": statistics.median(cpu), "asked": len(spent)}


def changed(engine: Engine) -> Row:
    """How much it takes to add a document, and to take it away again."""
    begun = _cpu()
    engine.add(Entry(f"new-{number}", "new.md", ["bobob", f"new{number}"]) for number in range(PAGE))
    engine.commit()
    added = _cpu()
    engine.remove(["new.md"])
    engine.commit()
    return {"add": added - begun, "gone": _cpu() - added}


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _rss(process: int | str = "self") -> float:
    """Megabytes that a process has in memory now, mapped files too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _used(process: int) -> Row:
    """The seconds of CPU that another process has used so far, and its megabytes."""
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13]
    return {"build": (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), "RSS": _rss(process)}


# The table --------------------------------------------------------------------------------------------------

CHILDREN: Mapping[str, Callable[[Place, str], Row]] = {
    "write": write,
    "build": build,
    "ask": ask,
    "serve": serve,
}


class Table:
    """Builds, asks and prints one row after another; what was built is noted in the folder of its size."""

    def __init__(self, nodes: Any, asking: bool) -> None:
        self._nodes, self._asking = nodes, asking
        self._scores: list[dict[str, float]] = []
        self._firsts: dict[str, str | None] = {}

    def size(self, place: Place, names: Sequence[str], size: int, questions: int) -> None:
        """Print the rows of a size."""
        if not (place.folder / "questions.json").is_file():
            asked = made_passages.write(size, questions, place.folder / "corpus")
            (place.folder / "questions.json").write_text(json.dumps(asked), encoding="ascii")
        for name in names:
            built = self._built(place, name)
            if self._asking:
                self._row(place, name, size, built)

    def _built(self, place: Place, name: str) -> Row:
        note = place.folder / f"{name}.json"
        if not note.is_file():
            told = _child("write", place, "memory")
            if name in ENGINES and name != "memory":
                told |= _child("write", place, name)
            before = self._node()
            told |= _child("build", place, name)
            if name == "opensearch" and (after := self._node()):
                stored = self._nodes.get(f"/benchmark-{place.folder.name}-*/_stats/store")["_all"][
                    "primaries"
                ]
                disk = stored["store"]["size_in_bytes"] / 1e6
                told["node"] = {"build": after["build"] - before["build"], "disk": disk}
            note.write_text(json.dumps(told), encoding="ascii")
            print(f"{told['passages']:,} passages, {name}: {json.dumps(told)}", file=sys.stderr, flush=True)
        held: Row = json.loads(note.read_text(encoding="ascii"))
        return held

    def _row(self, place: Place, name: str, size: int, built: Row) -> None:
        row = built | _child("ask", place, name)
        if name in ENGINES:
            row |= _child("serve", place, name)
            self._firsts = row["firsts"] if name == "memory" else self._firsts
            shared = [first == self._firsts.get(asked) for asked, first in row["firsts"].items()]
            row["first"] = statistics.mean(shared) if self._firsts else None
        self._scores = row.get("scores", self._scores)
        pairs = list(zip(row["found"], self._scores, strict=False))
        row["same"] = statistics.mean(_shared(found, scores) for found, scores in pairs) if pairs else None
        show(f"{size:>9,} {name}", row)
        if "node" in built:
            show(f"{'':>9}  its node", built["node"] | {"RSS": self._node().get("RSS")})

    def _node(self) -> Row:
        """The CPU that OpenSearch's node has used, and its memory."""
        return _used(self._nodes.processes[0]) if self._nodes else {}


def _child(what: str, place: Place, name: str) -> Row:
    """What this file prints in a process of its own."""
    command = [sys.executable, __file__, "--child", what, name, str(place.folder), place.address]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def _shared(found: Sequence[str], scores: Mapping[str, float]) -> float:
    """The share of what was found that scores, up to 2 %, like the best; ``scores`` are in their order."""
    least = 0.98 * list(scores.values())[: len(found)][-1]
    return sum(scores.get(one, 0.0) >= least for one in found) / len(found)


def show(label: str, row: Row) -> None:
    """Print a row."""
    cells = [f"{row[column]:>9.3g}" if row.get(column) is not None else f"{'–':>9}" for column in COLUMNS]
    print(f"{label:<21}{''.join(cells)}", flush=True)


@contextlib.contextmanager
def reachable(
    address: str, names: Sequence[str], folder: Path | None
) -> Iterator[tuple[str, list[str], Any]]:
    """The address of OpenSearch, started where it is wanted and can be, with its data in a folder if one is
    given; the engines that can be tried; the node.
    """
    tried = [name for name in names if is_installed(name)]
    for name in set(names) - set(tried):
        print(f"{name} is not installed.")
    if "opensearch" not in names or address:
        yield address, tried, None
        return
    sys.path.insert(0, str(TESTS))
    import opensearch_nodes

    if why := opensearch_nodes.why_not():
        print(f"opensearch is left out: {why}.")
        yield "", [name for name in tried if name != "opensearch"], None
        return
    with opensearch_nodes.running(data=folder / "opensearch" if folder else None) as nodes:
        yield nodes.addresses[0], tried, nodes
        nodes.get("/_flush")


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--child"]:
        what, name, where, address = sys.argv[2:]
        print(json.dumps(CHILDREN[what](Place(Path(where), address), name)))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", default=["memory", "tantivy", "opensearch", "loop", "bm25s"])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--opensearch", default="")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address, names, nodes = stack.enter_context(
            reachable(options.opensearch, options.engines, options.keep)
        )
        table = Table(nodes, not options.build)
        print(f"{'passages':>9} {'engine':<11}{''.join(f'{column:>9}' for column in COLUMNS)}")
        for size in options.sizes:
            place = Place(folder / f"{size}", address)
            place.folder.mkdir(parents=True, exist_ok=True)
            table.size(place, names, size, options.questions)


if __name__ == "__main__":
    main()
