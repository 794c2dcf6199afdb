"""The index of a corpus in a cluster: which it is, and how it is filled from the index in the
cache folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.engines import Cluster, Options, access, filling
from qa.engines.opensearch import OpenSearchEngine
from qa.errors import UsageError
from qa.indexing import for_servers
from qa.settings import Settings
from qa.shelf.packed import packed_document

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


def check(settings: Settings, servers: Path | None) -> None:
    """Raise UsageError if an index can't be made with these settings: of a folder that is one for servers, or
    into the folder ``servers`` without a cluster, a cache or its passages.
    """
    if for_servers.is_in(settings.corpus):
        raise UsageError(f"{settings.corpus} is an index for servers. Run qa index on the corpus itself.")
    if servers and settings.engine != "opensearch":
        raise UsageError("--for-servers is for the engine opensearch. Add --engine opensearch.")
    if servers and settings.cache is None:
        raise UsageError("--for-servers needs a cache folder, from which it copies. Set QA_CACHE.")
    if servers and settings.encoder:
        raise UsageError("Servers with an encoder need all passages. Leave out --for-servers or QA_ENCODER.")


def write_for_servers(index: Index, settings: Settings, folder: Path) -> Path:
    """Write what servers need beside the cluster into a folder, and return where it is. Raises CorpusError if
    the index was not kept, and UsageError if the folder can't be written.
    """
    packed = (next(index.passages.packed_entries(number, number + 1)) for number in index.claiming)
    try:
        built = (settings.cache or folder) / index.fingerprint
        return for_servers.write(built, folder, (one.packed for one in packed))
    except OSError as error:
        told = f"{folder} can't be written ({error.strerror or error})."
        raise UsageError(f"{told} Name another folder with --for-servers.") from None


def fill(index: Index, settings: Settings, shards: int, replicas: int, progress: filling.Progress) -> bool:
    """Fill the cluster's index of a corpus, and let servers see it.

    Returns false if it was complete before. Raises EngineError if the cluster can't be reached,
    or refuses something; LookupError if the passages are in the cluster alone.
    """
    cluster = replace(own_index(cluster_of(settings), index.fingerprint), shards=shards, replicas=replicas)
    engine = OpenSearchEngine(Options(settings.k1, settings.b, cluster=cluster))
    documents = index.shelf.documents
    parts = (
        filling.documents(engine, lambda number: packed_document(documents[number]), len(documents)),
        filling.passages(engine, index.passages.packed_entries, len(index.shelf.passages)),
    )
    try:
        return filling.fill(engine, parts, settings.opensearch_index, progress)
    finally:
        engine.close()
