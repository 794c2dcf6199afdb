"""The index of a corpus in a cluster: which it is, and how it is filled from the index in the
cache folder.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.engines import Cluster, Entry, Options, access, filling
from qa.engines.opensearch import OpenSearchEngine
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.indexing.opening import Index


def cluster_of(settings: Settings) -> Cluster:
    """Return the cluster of the settings, whose index has no suffix yet. Raises UsageError if
    they are not usable.
    """
    if settings.engine != "opensearch":
        return Cluster()
    return access.cluster_of(
        settings.opensearch, settings.opensearch_index, settings.opensearch_user, settings.opensearch_ca
    )


def own_index(cluster: Cluster, fingerprint: str) -> Cluster:
    """Return the cluster with the index of one state of a corpus: each state has its own, so that ratings and
    passages belong together.
    """
    return replace(cluster, index=f"{cluster.index}-{fingerprint}")


def fill(index: Index, settings: Settings, shards: int, replicas: int, progress: filling.Progress) -> bool:
    """Fill the cluster's index of a corpus, and let servers see it.

    Returns false if it was complete before. Raises EngineError if the cluster can't be reached,
    or refuses something.
    """
    cluster = replace(own_index(cluster_of(settings), index.fingerprint), shards=shards, replicas=replicas)
    engine = OpenSearchEngine(Options(settings.k1, settings.b, cluster=cluster))
    upcoming = _Upcoming(index)
    try:
        return filling.fill(
            engine, upcoming.between, len(index.shelf.passages), settings.opensearch_index, progress
        )
    finally:
        engine.close()


class _Upcoming:
    """The passages of an index, read once from front to back: each call must start where the
    last one ended, or later.
    """

    def __init__(self, index: Index) -> None:
        self._entries, self._next = index.passages.entries(), 0

    def between(self, first: int, last: int) -> Iterator[Entry]:
        """Yield the passages from number ``first`` to before ``last``."""
        skipped, self._next = first - self._next, last
        return itertools.islice(self._entries, skipped, skipped + last - first)
