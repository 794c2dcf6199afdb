"""What is stored in an index of OpenSearch beside its terms: packed passages and documents, which servers
read.

Everything is read by searches, so that servers need no other right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qa.engines.breaker import REST
from qa.engines.opensearch_client import Client, Json, Unavailable
from qa.engines.opensearch_format import bytes_of, id_of, id_of_document

_ONLY = {"_source": ["packed"], "track_total_hits": False, "sort": ["_doc"]}


class OpenSearchStore:
    """Reads what is stored in the index at ``path``. Raises EngineError if it is away."""

    def __init__(self, client: Client, path: str) -> None:
        self._client, self._path = client, f"{path}/_search"

    def passages(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Return the passages of these numbers, as far as they can be read now."""
        asked = {"terms": {"number": sorted(numbers)}}
        hits = self._searched(asked, len(numbers), docvalue_fields=["number"])["hits"]["hits"]
        return {int(one["fields"]["number"][0]): bytes_of(one) for one in hits}

    def passage(self, identifier: str) -> bytes | None:
        """Return the passage of this id."""
        return self._by_id(id_of(identifier))

    def document(self, number: int) -> bytes | None:
        """Return the document of this number, if it can be read now."""
        return self._by_id(id_of_document(number))

    def _by_id(self, identifier: str) -> bytes | None:
        told = self._searched({"ids": {"values": [identifier]}}, 1)
        if not told["hits"]["hits"] and (told["timed_out"] or told["_shards"]["failed"]):
            raise Unavailable(
                "A part of the index in OpenSearch is unavailable. Ask again.", retry_after=REST
            )
        return next(map(bytes_of, told["hits"]["hits"]), None)

    def _searched(self, query: Json, size: int, **more: object) -> Json:
        asked = {"query": {"bool": {"filter": [query]}}, "size": size, **_ONLY, **more}
        return self._client.search(self._path, asked, {})
