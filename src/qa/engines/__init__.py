"""Search engines: one protocol, one registry. A new engine is a module and a row of :data:`ENGINES`.

An engine indexes entries, each a sequence of the terms that :mod:`qa.language` makes, and ranks them by Lucene's BM25. Whatever the
engine: the best hit is first, equal scores stand in the order of indexing, every hit shares a term with the query, and an empty
index gives no hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from qa.engines.memory import MemoryEngine
from qa.records import Hit


class Engine(Protocol):
    """What the rest of Askwell knows of a search engine."""

    def search(self, query: Sequence[str] | Mapping[str, float], k: int) -> list[Hit]:
        """The at most ``k`` entries that fit the query best.

        A query is a sequence of terms, where a repeated term counts as often as it stands there, or maps terms to their weights,
        which are positive. Raises EngineError if the engine can't be reached or its index is broken.
        """
        ...


class Builder(Protocol):
    """What makes an engine; its class, as a rule."""

    def __call__(self, entries: Iterable[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> Engine:
        """Index entries, each a sequence of terms; ``k1`` and ``b`` are BM25's."""
        ...


ENGINES: Mapping[str, Builder] = {"memory": MemoryEngine}
