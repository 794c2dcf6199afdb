"""Fills an index of a cluster from numbered passages, and continues where an earlier try stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qa.engines.opensearch import OpenSearchEngine
from qa.engines.protocol import Entry

STEP = 20_000  # passages between two notes of progress

Entries = Callable[[int, int], Iterable[Entry]]
"""Returns the passages from one number up to, but not including, another."""
Progress = Callable[[int, int], None]
"""Called with the number of passages indexed so far and in all."""


def fill(engine: OpenSearchEngine, entries: Entries, size: int, alias: str, progress: Progress) -> bool:
    """Fill an index with ``size`` passages, make it visible to servers, and point the ``alias`` at it.

    The index itself records how far it has been filled; a passage that is sent twice is there once. Returns
    false if it was already full. Raises EngineError if the cluster can't be reached for a minute or refuses a
    passage; run again, it continues.
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
