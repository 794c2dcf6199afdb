"""Search engines: one protocol, one registry. A new engine is a module and a row of :data:`ENGINES`.

An engine indexes passages, each a sequence of the terms that :mod:`qa.language` makes, and ranks them by
Lucene's BM25. :mod:`qa.engines.protocol` defines what it takes and returns; ``tests/test_engines.py`` tests
every engine against it.
"""

from collections.abc import Mapping

from qa.engines.memory import MemoryEngine
from qa.engines.opensearch import OpenSearchEngine
from qa.engines.protocol import Cluster, Engine, Entry, Hit, Hits, Opener, Options, PackedEntry, Statistics
from qa.engines.tantivy import TantivyEngine

__all__ = [
    "ENGINES",
    "EXTERNAL",
    "Cluster",
    "Engine",
    "Entry",
    "Hit",
    "Hits",
    "Opener",
    "Options",
    "PackedEntry",
    "Statistics",
]

EXTERNAL = frozenset({"opensearch"})
"""The engines whose index is separate from Askwell's own, filled by :func:`qa.engines.filling.fill`."""

ENGINES: Mapping[str, Opener] = {
    "memory": MemoryEngine,
    "tantivy": TantivyEngine,
    "opensearch": OpenSearchEngine,
}
