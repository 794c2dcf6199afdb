"""Fills an index of a cluster from numbered passages, and continues where an earlier try stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qa.engines.opensearch import OpenSearchEngine
from qa.engines.protocol import Entry

STEP = 20_000  # passages between two notes of how far it is

Entries = Callable[[int, int], Iterable[Entry]]
"""The passages from one number to before another."""
Progress = Callable[[int, int], None]
"""Called with how many passages are indexed, and of how many."""


def fill(engine: OpenSearchEngine, entries: Entries, size: int, alias: str, progress: Progress) -> bool:
    """Fill an index with ``size`` passages, let servers see it, and let the ``alias`` mean it.

    The index itself notes how far it has been filled; a passage that is sent twice is there once. Returns
    false if it was full before. Raises EngineError if the cluster can't be reached for a minute or refuses a
    passage; run again, it goes on.
    """
    noted = engine.noted()
    done = int(noted.get("filled", 0))
    was_full = bool(noted.get("generation")) and done == size
    progress(done, size)
    while done < size:
        last = min(size, done + STEP)
        engine.add(entries(done, last))
        done = last
        engine.note(filled=done)
        progress(done, size)
    if not was_full:
        engine.commit()
    engine.switch(alias)
    return not was_full
