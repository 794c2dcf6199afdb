"""The packages beside which the engines are measured: rank-bm25's own loop, and bm25s where it is installed.
Both keep all they know in memory; what is written into a folder here is read into it again.
"""

from __future__ import annotations

import gc
import importlib.util
import math
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rank_bm25 import BM25Okapi

Search = Callable[[Sequence[str]], Sequence[str]]
"""The ids of the best passages for these terms, best first."""
Entries = Iterable[tuple[str, Sequence[str]]]
"""The id of each passage, and its terms."""

_KEPT = "loop.pickle"


class Loop(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25 as published but for Lucene's idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def is_installed(name: str) -> bool:
    """Whether the package can be measured."""
    return name != "bm25s" or importlib.util.find_spec("bm25s") is not None


def build_loop(entries: Entries, folder: Path) -> None:
    """Build rank-bm25's index, and keep it."""
    names, terms = zip(*entries, strict=True)
    gc.disable()  # which looks through millions of dictionaries again and again
    with (folder / _KEPT).open("wb") as file:
        pickle.dump((names, Loop(terms, k1=1.2, b=0.75)), file, pickle.HIGHEST_PROTOCOL)


def open_loop(folder: Path, top: int) -> Search:
    """rank-bm25's own search, as its ``get_top_n`` is used."""
    gc.disable()
    with (folder / _KEPT).open("rb") as file:
        names, held = pickle.load(file)  # what build_loop wrote
    return lambda query: list(held.get_top_n(query, names, top))


def build_bm25s(entries: Entries, folder: Path) -> None:
    """Build the index of the package of this name, with Lucene's formula, and keep it."""
    import bm25s  # type: ignore[import-not-found]

    names, terms = zip(*entries, strict=True)
    held = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    held.index(list(terms), show_progress=False)
    held.save(str(folder))
    (folder / "names.txt").write_text("\n".join(names), encoding="utf-8")


def open_bm25s(folder: Path, top: int) -> Search:
    """The search of the package of this name."""
    import bm25s

    held, names = bm25s.BM25.load(str(folder)), (folder / "names.txt").read_text(encoding="utf-8").split("\n")

    def search(query: Sequence[str]) -> list[str]:
        places, _ = held.retrieve([list(query)], k=top, show_progress=False)
        return [names[int(place)] for place in places[0]]

    return search


PEERS: Mapping[str, tuple[Callable[[Entries, Path], None], Callable[[Path, int], Search]]] = {
    "loop": (build_loop, open_loop),
    "bm25s": (build_bm25s, open_bm25s),
}
"""How each is built, and how it is opened and asked."""
