"""Fills an index of a cluster from passages and documents, and continues where an earlier try stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from qa.engines.opensearch import OpenSearchEngine
from qa.engines.protocol import PackedEntry

STEP = 20_000  # passages between two notes of progress …
DOCUMENTS = 1_000  # … and documents

Progress = Callable[[int, int], None]
"""Called with the number of passages and documents indexed so far and in all."""


class Part(NamedTuple):
    """A part of an index to fill: its ``size``, and how to ``send`` what stands from one number to before
    another. ``note`` is the name under which the index records how far it has been filled.
    """

    note: str
    size: int
    step: int
    send: Callable[[int, int], None]


def passages(
    engine: OpenSearchEngine, entries: Callable[[int, int], Iterable[PackedEntry]], size: int
) -> Part:
    """Return the part of ``size`` passages; ``entries`` gives those from one number to another."""
    return Part("filled", size, STEP, lambda first, last: engine.add_packed(entries(first, last)))


def documents(engine: OpenSearchEngine, texts: Callable[[int], bytes], size: int) -> Part:
    """Return the part of the texts of ``size`` documents; ``texts`` gives that of a number, packed."""

    def send(first: int, last: int) -> None:
        engine.add_documents((number, texts(number)) for number in range(first, last))

    return Part("documents", size, DOCUMENTS, send)


def fill(engine: OpenSearchEngine, parts: Sequence[Part], alias: str, progress: Progress) -> bool:
    """Fill an index with these parts, make it visible to servers, and point the ``alias`` at it.

    The index itself records how far it has been filled; what is sent twice is there once. Returns false if
    it was already full. Raises EngineError if the cluster can't be reached for a minute or refuses something;
    run again, it continues.
    """
    noted = engine.noted()
    done, whole = [int(noted.get(part.note, 0)) for part in parts], sum(part.size for part in parts)
    was_full = bool(noted.get("generation")) and sum(done) == whole
    progress(sum(done), whole)
    for place, part in enumerate(parts):
        while done[place] < part.size:
            last = min(part.size, done[place] + part.step)
            part.send(done[place], last)
            done[place] = last
            engine.note(**{part.note: last})
            progress(sum(done), whole)
    if not was_full:
        engine.commit()
    engine.switch(alias)
    return not was_full
