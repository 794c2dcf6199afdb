"""What every search engine takes and gives: the protocol, and its records.

Entry       a passage to index, as terms          Entry("report.md-0-512", "report.md", ("waterloo", "hous"))
Hit         a found passage, with its BM25 score  Hit("report.md-0-512", 7.31)
Hits        all that a search found               Hits((Hit(…),), whole=True)
Statistics  what BM25 counts                      Statistics(334, 61.2, {"hous": 12})
Options     what an engine is opened with         Options(k1=1.2, b=0.75)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

Query: TypeAlias = Sequence[str] | Mapping[str, float]
"""Terms, where a repeated one counts as often as it occurs; or terms with their weights, which
are positive.
"""


class Entry(NamedTuple):
    """A passage to index: its id, the path of its document, and its terms in their order."""

    passage: str
    document: str
    terms: Sequence[str]


class Hit(NamedTuple):
    """One found passage: its id and its BM25 score, above 0."""

    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, the best first; ``whole`` is false where a part of the index could not be
    searched."""

    found: tuple[Hit, ...] = ()
    whole: bool = True

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts for BM25. ``held_by`` gives for each requested term how many entries have it."""

    entries: int
    mean_length: float  # terms of an entry; 0 of an empty index
    held_by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where an OpenSearch cluster is, which of its indexes is meant, and who asks."""

    addresses: tuple[str, ...] = ("http://127.0.0.1:9200",)
    index: str = "askwell"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None  # file of the certificates to trust; those of the system without
    shards: int = 1  # shards of a new index
    replicas: int = 1  # copies of each shard besides the first
    connect: float = 0.3  # seconds that a search waits for a connection
    read: float = 1.0  # seconds that a search waits for the answer


@dataclass(frozen=True, slots=True)
class Options:
    """What an engine is opened with. ``k1`` and ``b`` are BM25's, ``folder`` is where an engine on disk keeps
    its index; without one it stays in memory."""

    k1: float = 1.2
    b: float = 0.75
    folder: Path | None = None
    cluster: Cluster = Cluster()


class Engine(Protocol):
    """What the rest of Askwell knows of a search engine. Threads may share one.

    Whatever the engine: the best hit is first, equal scores stand in the order of the passages' ids, every
    hit shares a term with the query, and an empty index gives no hits. Every method raises EngineError if the
    engine can't be reached or its index is broken.
    """

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        """The at most ``k`` entries that fit the query best.

        ``documents`` are the paths of those to search, all by default; which they are does not change the
        scores.
        """
        ...

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in, to be found once they are committed; one whose id is there already takes its
        place."""
        ...

    def remove(self, documents: Collection[str]) -> None:
        """Take away every entry of these documents that was added so far, with the next commit."""
        ...

    def commit(self) -> int:
        """Let searches see what was added and removed; returns the generation's number, greater with every
        commit."""
        ...

    def statistics(self, terms: Collection[str] = ()) -> Statistics:
        """What is counted of the index as searches see it."""
        ...

    def close(self) -> None:
        """Release what the engine keeps open; what was not committed is lost."""
        ...


class Opener(Protocol):
    """What opens an engine; its class, as a rule."""

    def __call__(self, options: Options) -> Engine:
        """Return the engine, with what is in its index already.

        Raises EngineError if it can't be reached or used with these options.
        """
        ...


def weighted(query: Query) -> Iterable[tuple[str, float]]:
    """Return the terms of a query with their weights, in the query's order; a term may occur
    more than once.
    """
    return query.items() if isinstance(query, Mapping) else ((term, 1.0) for term in query)
