"""Makes the best hits reproducible for an engine that leaves equal scores in an order of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.engines.protocol import Hit

Asking = Callable[[int], Sequence[Hit]]
"""Asks an engine for this many hits, best first."""


def in_order(ask: Asking, k: int, most: int) -> tuple[Hit, ...]:
    """Return the ``k`` best hits, equal ones by their ids.

    The engine is asked for one more, to see whether the hits cut off score less than the last one; if not,
    for more, until they do. It never returns more than ``most``.
    """
    wanted = min(k + 1, most)
    while True:
        found = ask(wanted)
        if len(found) < wanted or wanted == most or found[-1].score < found[k - 1].score:
            return tuple(sorted(found, key=lambda hit: (-hit.score, hit.passage))[:k])
        wanted = min(wanted * 4, most)
