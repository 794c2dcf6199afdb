"""Engines to be tried: an empty one of each kind, and entries for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.engines import ENGINES, Cluster, Engine, Entry, Options
from qa.engines.opensearch import OpenSearchEngine

DOCUMENTS = 3  # which entries are dealt to in turn


def entries_of(lists: Iterable[Sequence[str]], first: int = 0) -> list[Entry]:
    """An entry for each list of terms; ids stand in the order of the lists."""
    return [Entry(f"p{number:06}", document(number), terms) for number, terms in enumerate(lists, first)]


def document(number: int) -> str:
    return f"reports/{number % DOCUMENTS}.md"


def number_of(passage: str) -> int:
    """The place of an entry of :func:`entries_of` in the lists."""
    return int(passage[1:])


class Made:
    """Makes engines of one kind, ``opensearch`` at these addresses; ``close`` closes them all and takes their
    indexes away.
    """

    def __init__(self, name: str, addresses: tuple[str, ...] = ()) -> None:
        self.name = name
        self._addresses = addresses
        self._open: list[Engine] = []

    def empty(self, options: Options | None = None) -> Engine:
        """An engine that holds nothing yet."""
        options = options or Options()
        if self.name == "opensearch":
            options = replace(options, cluster=cluster(self._addresses))
        engine = ENGINES[self.name](options)
        self._open.append(engine)
        engine.commit()
        return engine

    def holding(self, lists: Iterable[Sequence[str]], options: Options | None = None) -> Engine:
        """An engine with these entries, committed."""
        engine = self.empty(options)
        engine.add(entries_of(lists))
        engine.commit()
        return engine

    def close(self) -> None:
        for engine in self._open:
            if isinstance(engine, OpenSearchEngine):
                engine.delete()
            engine.close()


def cluster(addresses: tuple[str, ...], replicas: int = 0) -> Cluster:
    """An index like no other there; on a busy machine an answer may take its time."""
    return Cluster(addresses, f"askwell-{uuid.uuid4().hex}", replicas=replicas, connect=5.0, read=30.0)
