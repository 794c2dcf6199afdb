"""What every search engine takes and returns: the protocol, and its records.

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
"""Terms, each counted as often as it occurs; or terms with their weights, which are positive."""


class Entry(NamedTuple):
    """A passage to index: its id, the path of its document, and its terms in their order."""

    passage: str
    document: str
    terms: Sequence[str]


class PackedEntry(NamedTuple):
    """A passage to index in an engine outside, with what servers read of it there, and its number."""

    entry: Entry
    number: int
    packed: bytes


class Hit(NamedTuple):
    """One found passage: its id and its BM25 score, above 0."""

    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The results of a search, the best first; ``whole`` is false if a part of the index could not be
    searched. ``packed`` are passages by their ids, from an engine that was opened to return them.
    """

    found: tuple[Hit, ...] = ()
    whole: bool = True
    packed: Mapping[str, bytes] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts for BM25. ``held_by`` maps each requested term to the number of entries that have it."""

    entries: int
    mean_length: float  # mean number of terms per entry; 0 for an empty index
    held_by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where an OpenSearch cluster is, which of its indexes is meant, and how to log in."""

    addresses: tuple[str, ...] = ("http://127.0.0.1:9200",)
    index: str = "askwell"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None  # file of the certificates to trust; by default those of the system
    shards: int = 1  # shards of a new index
    replicas: int = 1  # further copies of each shard
    connect: float = 0.3  # seconds that a search waits for a connection
    read: float = 1.0  # seconds that a search waits for the answer


@dataclass(frozen=True, slots=True)
class Options:
    """What an engine is opened with.

    ``k1`` and ``b`` are BM25's; ``folder`` is where an engine on disk keeps its index, without which it stays
    in memory. An engine outside returns passages ``packed``, as they were sent to it, if that is wanted.
    """

    k1: float = 1.2
    b: float = 0.75
    folder: Path | None = None
    cluster: Cluster = Cluster()
    packed: bool = False


class Engine(Protocol):
    """What the rest of Askwell knows about a search engine. Threads may share one.

    For every engine: the best hit is first, equal scores are in the order of the passages' ids, every hit
    shares a term with the query, and an empty index gives no hits. Every method raises EngineError if the
    engine can't be reached or its index is broken.
    """

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        """Return the at most ``k`` entries that match the query best.

        ``documents`` are the paths of those to search, all by default; they do not affect the scores.
        """
        ...

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, which are found once they are committed. An entry replaces one with the same id."""
        ...

    def remove(self, documents: Collection[str]) -> None:
        """Remove every entry of these documents that was added so far, with the next commit."""
        ...

    def commit(self) -> int:
        """Make the changes visible to searches; return the number of the generation, which grows with every
        commit."""
        ...

    def statistics(self, terms: Collection[str] = ()) -> Statistics:
        """Return the statistics of the index as searches see it."""
        ...

    def close(self) -> None:
        """Release what the engine keeps open; uncommitted changes are lost."""
        ...


class Opener(Protocol):
    """Opens an engine; usually its class."""

    def __call__(self, options: Options) -> Engine:
        """Return the engine with what is already in its index. Raises EngineError if it can't be reached or
        used with these options."""
        ...


def weighted(query: Query) -> Iterable[tuple[str, float]]:
    """Return the terms of a query with their weights, in the query's order; a term may occur
    more than once.
    """
    return query.items() if isinstance(query, Mapping) else ((term, 1.0) for term in query)
