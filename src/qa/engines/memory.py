"""The default engine: everything in memory or mapped into it, for up to some hundred thousand passages; see
:mod:`qa.engines.okapi`."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.engines import pack
from qa.engines.okapi import Counted, Okapi
from qa.engines.postings import BLOCK, Listed, Postings, Scores, best
from qa.engines.protocol import Entry, Hit, Hits, Options, Query, Statistics
from qa.engines.renewing import Renewal
from qa.engines.strings import Strings
from qa.errors import EngineError

_IDS = "ids.arrays"
_BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """The state that searches see. Entries are numbered in the order of their ids, so that equal scores are
    in that order."""

    postings: Postings
    ids: Strings
    document_of: NDArray[np.int32]  # for each entry: the number of its document
    documents: dict[str, int]  # path → its number
    listed: Listed | None  # the postings as lists, if they are few
    generation: int

    def among(self, documents: Collection[str]) -> NDArray[np.bool_]:
        """For each entry, whether it belongs to one of these documents."""
        chosen = np.zeros(len(self.documents) + 1, dtype=bool)
        chosen[[self.documents[path] for path in set(documents) if path in self.documents]] = True
        return chosen[self.document_of]


class MemoryEngine:
    """An index in memory; see :class:`qa.engines.Engine`. A search sees one generation, whatever is committed
    meanwhile."""

    def __init__(self, options: Options | None = None) -> None:
        options = options or Options()
        self._k1, self._b = options.k1, options.b
        self._changing = threading.Lock()
        okapi = Okapi({}, self._k1, self._b)
        nothing = np.zeros(0, dtype=np.int32)
        self._keep(okapi.postings(nothing), Strings.of([]), nothing, {}, 0)

    def _keep(
        self,
        postings: Postings,
        ids: Strings,
        document_of: NDArray[np.int32],
        documents: dict[str, int],
        generation: int,
    ) -> None:
        listed = Listed(postings) if postings.size <= BLOCK else None
        self._held = _Held(postings, ids, document_of, documents, listed, generation)
        self._added = Okapi(postings.numbers, self._k1, self._b)
        self._places: dict[str, int] = {}  # for entries added since: id → place there
        self._paths: list[str] = []  # for each place, the path of its document
        self._removed: set[str] = set()  # paths of documents whose entries are removed by the next commit

    @classmethod
    def renewed(
        cls,
        before: MemoryEngine,
        names: Iterable[tuple[str, str]],
        is_new: NDArray[np.bool_],
        counted: Counted,
        options: Options,
    ) -> MemoryEngine:
        """Return the engine that has these entries, with the id and document of each, and no others. Those
        that are not new are taken from the engine ``before``, which must have been filled once and in the
        order of its terms; the terms of the new ones are ``counted``: :class:`qa.engines.renewing.Renewal`.
        """
        ids, paths = zip(*names, strict=True)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        places = np.empty(len(ids), dtype=np.int32)
        places[order] = np.arange(len(ids), dtype=np.int32)
        documents = {path: number for number, path in enumerate(dict.fromkeys(paths))}
        document_of = np.array([documents[path] for path in paths], dtype=np.int32)[order]
        held, staying = before._held, set(itertools.compress(paths, (~is_new).tolist()))
        stays = ~held.among([path for path in held.documents if path not in staying])
        moved = np.full(held.postings.size, -1, dtype=np.int32)
        moved[stays] = np.sort(places[~is_new])
        engine = cls(options)
        postings = Renewal(held.postings, moved, counted, places[is_new]).postings(engine._k1, engine._b)
        engine._keep(postings, Strings.of(map(ids.__getitem__, order)), document_of, documents, 1)
        return engine

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        """Return the at most ``k`` entries that match the query best; see :class:`qa.engines.Engine`."""
        held = self._held
        among = held.among(documents) if documents is not None else None
        if held.listed:
            found = held.listed.search(
                query, k, None if among is None else frozenset(np.flatnonzero(among).tolist())
            )
        else:
            scores = held.postings.scores(query)
            found = best(scores if among is None else scores * among, k)
        return Hits(tuple([Hit(held.ids[entry], score) for entry, score in found]))

    def scores(self, query: Query) -> Scores:
        """Return the BM25 score of every entry, in the order of their ids; 0 if it shares no term with the
        query."""
        return self._held.postings.scores(query)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, which are found once they are committed. An entry replaces one with the same id."""
        with self._changing:
            self._added.count(self._noted(entries))

    def _noted(self, entries: Iterable[Entry]) -> Iterator[Sequence[str]]:
        for passage, document, terms in entries:
            self._places[passage] = len(self._paths)
            self._paths.append(document)
            yield terms

    def add_counted(self, names: Iterable[tuple[str, str]], counted: Counted) -> None:
        """Add entries whose terms have been counted, with the id and document of each: like :meth:`add`, but
        faster."""
        with self._changing:
            passages, paths = zip(*names, strict=True) if len(counted.offsets) > 1 else ((), ())
            self._places.update(zip(passages, itertools.count(len(self._paths)), strict=False))
            self._paths.extend(paths)
            self._added.take_counted(counted)

    def remove(self, documents: Collection[str]) -> None:
        """Remove every entry of these documents that was added so far, with the next commit."""
        with self._changing:
            documents = frozenset(documents)
            self._removed |= documents
            self._places = {
                passage: place
                for passage, place in self._places.items()
                if self._paths[place] not in documents
            }

    def commit(self) -> int:
        """Make the changes visible to searches; return the number of the generation."""
        with self._changing:
            held, size = self._held, self._held.postings.size
            stays = ~held.among(self._removed)
            if self._places:
                stays[[number for number, passage in enumerate(held.ids) if passage in self._places]] = False
            kept = np.flatnonzero(stays)
            ids = [*map(held.ids.__getitem__, kept.tolist()), *self._places]
            order = sorted(range(len(ids)), key=ids.__getitem__)
            added = np.fromiter(self._places.values(), np.int64, len(self._places))
            numbers = np.concatenate([kept, size + added])[np.array(order, dtype=np.int64)]
            places = np.full(size + len(self._paths), -1, dtype=np.int32)
            places[numbers] = np.arange(len(numbers))
            documents = dict(held.documents)
            paths = [documents.setdefault(path, len(documents)) for path in self._paths]
            document_of = np.concatenate([held.document_of, np.array(paths, dtype=np.int32)])[numbers]
            postings = self._added.postings(places, held.postings if size else None)
            self._keep(
                postings,
                Strings.of(map(ids.__getitem__, order)),
                document_of,
                documents,
                held.generation + 1,
            )
            return self._held.generation

    def statistics(self, terms: Collection[str] = ()) -> Statistics:
        """Return the statistics of the index as searches see it."""
        postings = self._held.postings
        mean = int(postings.lengths.sum()) / postings.size if postings.size else 0.0
        return Statistics(postings.size, mean, {term: postings.held_by(term) for term in terms})

    def close(self) -> None:
        """Do nothing: this engine keeps nothing open."""

    def save(self, folder: Path) -> None:
        """Write the index as searches see it into a folder, creating it if it is missing."""
        held = self._held
        held.postings.save(folder)
        pack.write(folder / _IDS, held.ids.parts())
        np.save(folder / "document_of.npy", held.document_of, allow_pickle=False)
        told = {
            "k1": self._k1,
            "b": self._b,
            "generation": held.generation,
            "documents": list(held.documents),
        }
        (folder / "index.json").write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> MemoryEngine:
        """Return a saved index, mapped into memory rather than read. Raises EngineError if it is missing or
        incomplete."""
        postings = Postings.load(folder)
        try:
            told = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            engine = cls(Options(float(told["k1"]), float(told["b"])))
            document_of = np.load(folder / "document_of.npy", mmap_mode="r", allow_pickle=False)
            documents = {path: number for number, path in enumerate(told["documents"])}
            engine._keep(
                postings,
                Strings.of_parts(pack.read(folder / _IDS)),
                document_of,
                documents,
                int(told["generation"]),
            )
        except _BROKEN as error:
            raise EngineError(
                f"The search index in {folder} can't be read ({error}). Build it again."
            ) from error
        return engine
