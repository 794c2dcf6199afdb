"""The engine on a cluster: an index of OpenSearch, shared by any number of servers. The extra ``opensearch``.

Terms go into a field that is split only at spaces, ranked by Lucene's BM25 over all shards together. Equal
scores are ordered here, and a question always goes to the same copies, so that it gets the same answer.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import zlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from qa.engines.opensearch_client import Client, Json, Missing
from qa.engines.opensearch_format import (
    BATCH,
    batches,
    bytes_of,
    deleted,
    described,
    indexed,
    kept,
    passage_of,
    stored,
)
from qa.engines.opensearch_store import OpenSearchStore
from qa.engines.protocol import Entry, Hit, Hits, Options, PackedEntry, Query, Statistics, weighted
from qa.engines.ties import in_order
from qa.errors import EngineError

SENDERS = 2  # batches sent in parallel
_MOST = 10_000  # the most hits that OpenSearch returns
_ASPECTS = 500  # terms counted in one request
_COPIES = 64  # kinds of questions, each of which has its own copies of the index
_LEGACY_BELOW = 3  # major version whose scores lack the factor k1 + 1
_PLAIN = {
    "_source": False,
    "stored_fields": "_none_",
    "docvalue_fields": ["passage"],
    "track_total_hits": False,
}
_PACKED = {"_source": ["packed"], "docvalue_fields": ["passage"], "track_total_hits": False}


class OpenSearchEngine:
    """One index of a cluster; see :class:`qa.engines.Engine`. The first change creates the index if there is
    none."""

    def __init__(self, options: Options) -> None:
        self._options, self._cluster = options, options.cluster
        self.index = self._cluster.index
        self._path = f"/{self.index}"
        self._client = Client(self._cluster)
        self.store = OpenSearchStore(self._client, self._path)
        self._changing = threading.Lock()
        self._added: dict[str, list[str]] = {}  # document → ids of what was added to it since the last commit
        self._scale: float | None = None  # the factor from the cluster's scores to those of the formula

    # Searching --------------------------------------------------------------------------------------------

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        """Return the at most ``k`` entries that match the query best; see :class:`qa.engines.Engine`."""
        weights: dict[str, float] = {}
        for term, weight in weighted(query):
            weights[kept(term)] = weights.get(kept(term), 0.0) + weight
        if k < 1 or not weights:
            return Hits()
        body, whole, packed = self._body(weights, documents), True, dict[str, bytes]()
        params = {
            "search_type": "dfs_query_then_fetch",  # otherwise each shard ranks by its own counts
            "preference": f"copy{zlib.crc32(' '.join(sorted(weights)).encode()) % _COPIES}",
        }
        scale = self._scale_of_scores()

        def ask(count: int) -> list[Hit]:
            nonlocal whole
            told = self._client.search(f"{self._path}/_search", {**body, "size": count}, params)
            whole = whole and not told["timed_out"] and not told["_shards"]["failed"]
            if self._options.packed:
                packed.update((passage_of(one), bytes_of(one)) for one in told["hits"]["hits"])
            return [Hit(passage_of(one), one["_score"] * scale) for one in told["hits"]["hits"]]

        found = in_order(ask, min(k, _MOST), _MOST)
        return Hits(found, whole, packed)

    def _body(self, weights: dict[str, float], documents: Collection[str] | None) -> Json:
        should = [{"term": {"terms": {"value": term, "boost": weight}}} for term, weight in weights.items()]
        asked: Json = {"should": should, "minimum_should_match": 1}
        if documents is not None:
            asked["filter"] = [{"terms": {"document": sorted(set(documents))}}]
        return {"query": {"bool": asked}, **(_PACKED if self._options.packed else _PLAIN)}

    def _scale_of_scores(self) -> float:
        """The factor that scores are multiplied by. Raises Missing for an index that is not filled yet, where
        a search would find nothing."""
        if self._scale is None:
            meta = _meta_of(self._client.look(f"{self._path}/_mapping"))
            if not meta.get("generation"):
                raise Missing(f"The index {self.index} is not full yet. Wait for qa index, or run it again.")
            self._scale = float(meta.get("scale", 1.0))
        return self._scale

    def statistics(self, terms: Collection[str] = ()) -> Statistics:
        """Return the statistics of the index as searches see it."""
        asked, held_by = list(terms), dict[str, int]()
        told = self._counted({"mean": {"avg": {"field": "length"}}})
        for first in range(0, len(asked), _ASPECTS):
            some = asked[first : first + _ASPECTS]
            filters = {str(number): {"term": {"terms": kept(term)}} for number, term in enumerate(some)}
            counted = self._counted({"held": {"filters": {"filters": filters}}})["aggregations"]["held"]
            held_by |= {
                term: int(counted["buckets"][str(number)]["doc_count"]) for number, term in enumerate(some)
            }
        mean = told["aggregations"]["mean"]["value"]
        return Statistics(int(told["hits"]["total"]["value"]), float(mean or 0.0), held_by)

    def _counted(self, aggregations: Json) -> Json:
        passages = {"exists": {"field": "length"}}
        asked = {"query": passages, "size": 0, "track_total_hits": True, "aggs": aggregations}
        return self._client.change("POST", f"{self._path}/_search", asked)

    # Changing ---------------------------------------------------------------------------------------------

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, which are found once they are committed. An entry replaces one with the same id."""
        self._change(indexed(self._noted(entry)) for entry in entries)

    def add_packed(self, entries: Iterable[PackedEntry]) -> None:
        """Add entries as :meth:`add` does, with what servers read of them."""
        self._change(indexed(self._noted(one.entry), one.number, one.packed) for one in entries)

    def add_documents(self, documents: Iterable[tuple[int, bytes]]) -> None:
        """Add the texts of documents, packed, by their numbers, in place of those that are there."""
        self._change(itertools.starmap(stored, documents))

    def _change(self, operations: Iterable[str]) -> None:
        with self._changing, ThreadPoolExecutor(SENDERS) as pool:
            self._make()
            under_way = deque[Future[None]]()
            for batch in batches(operations):
                if len(under_way) == SENDERS:
                    under_way.popleft().result()
                under_way.append(pool.submit(self._send, batch))
            for one in under_way:
                one.result()

    def _noted(self, entry: Entry) -> Entry:
        self._added.setdefault(entry.document, []).append(entry.passage)
        return entry

    def remove(self, documents: Collection[str]) -> None:
        """Remove every entry of these documents that was added so far, with the next commit."""
        with self._changing:
            self._make()
            late = [passage for document in documents for passage in self._added.pop(document, ())]
            for first in range(0, len(late), BATCH):
                self._send([deleted(one) for one in late[first : first + BATCH]])
            for held in self._passages_of(documents):
                self._send([deleted(one) for one in held])

    def _passages_of(self, documents: Collection[str]) -> Iterator[list[str]]:
        """Yield the ids of all passages of these documents that searches see, some thousands at a time."""
        query = {"terms": {"document": sorted(set(documents))}}
        asked: Json = {"query": query, "size": _MOST, "sort": ["passage"], **_PLAIN}
        while True:
            told = self._client.change("POST", f"{self._path}/_search", asked)["hits"]["hits"]
            if not told:
                return
            yield [passage_of(one) for one in told]
            asked["search_after"] = told[-1]["sort"]

    def commit(self) -> int:
        """Make the changes visible to searches; return the number of the generation."""
        with self._changing:
            self._make()
            self._client.change("POST", f"{self._path}/_refresh")
            self._added = {}
            generation = int(self.meta().get("generation", 0)) + 1
            self.note(generation=generation)
            return generation

    def meta(self) -> Json:
        """Return the notes of the index: its generation, and whatever :meth:`note` was given.
        Raises EngineError.
        """
        return _meta_of(self._client.change("GET", f"{self._path}/_mapping"))

    def noted(self) -> Json:
        """Return the notes of the index, creating it if there is none."""
        with self._changing:
            self._make()
            return self.meta()

    def note(self, **noted: Any) -> None:
        """Add something to the notes of the index."""
        self._client.change("PUT", f"{self._path}/_mapping", {"_meta": {**self.meta(), **noted}})

    def switch(self, alias: str, kept: int = 2) -> list[str]:
        """Point an alias at this index alone.

        Of the other indexes named after it, all but the newest are deleted; ``kept`` counts this one as well.
        Returns the names of the deleted ones.
        """
        actions = [{"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}}]
        actions.append({"add": {"index": self.index, "alias": alias}})
        self._client.change("POST", "/_aliases", {"actions": actions})
        told = self._client.change("GET", f"/{alias}-*/_settings/index.creation_date", flat_settings="true")
        ages = {
            name: int(one["settings"]["index.creation_date"])
            for name, one in told.items()
            if name != self.index
        }
        older = sorted(ages, key=lambda name: (ages[name], name), reverse=True)[kept - 1 :]
        for name in older:
            self._client.change("DELETE", f"/{name}")
        return older

    def delete(self) -> None:
        """Delete the index."""
        with contextlib.suppress(Missing):
            self._client.change("DELETE", self._path)

    def close(self) -> None:
        """Close the connections. Uncommitted changes become visible with the next commit by any process."""
        self._client.close()

    def _make(self) -> None:
        """Create the index if there is none."""
        try:
            self.meta()
        except Missing:
            version = str(self._client.change("GET", "/")["version"]["number"])
            scale = 1.0 if int(version.split(".")[0]) < _LEGACY_BELOW else self._options.k1 + 1
            self._client.change("PUT", self._path, described(self._options, scale))

    def _send(self, operations: list[str]) -> None:
        """Send operations in bulk, and again if a busy cluster defers them. Raises EngineError if it refuses
        one."""
        left = operations
        for _ in range(8):
            told = self._client.change("POST", f"{self._path}/_bulk", "".join(left))
            if not told["errors"]:
                return
            failed = [(one, next(iter(item.values()))) for one, item in zip(left, told["items"], strict=True)]
            failed = [(one, item) for one, item in failed if item["status"] >= 300 and item["status"] != 404]
            for _, item in failed:
                if item["status"] not in (429, 503):
                    raise EngineError(_refusal(item))
            left = [one for one, _ in failed]
            if not left:
                return
        raise EngineError(
            "OpenSearch is too busy to take passages. Run the command again: it continues where it stopped."
        )


def _meta_of(told: Json) -> Json:
    """Return the notes in an index's mapping."""
    found: Json = next(iter(told.values()))["mappings"].get("_meta", {})
    return found


def _refusal(item: Json) -> str:
    return f"OpenSearch refuses the passage {item['_id']} ({item['error']['type']})."
