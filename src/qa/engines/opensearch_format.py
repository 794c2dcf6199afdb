"""How passages stand in an index of OpenSearch: its fields and settings, and the operations that fill it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator

from qa.engines.opensearch_client import Json
from qa.engines.protocol import Entry, Options

BATCH = 1_000  # entries sent at once …
BYTES = 8_000_000  # … and the bytes at which fewer are
_LONGEST_ID = 512  # bytes
_LONGEST_TERM = 127  # characters; Lucene cuts at 255 units of UTF-16, of which one may take two
_DOCUMENT = "document:"  # begins the id of a document; the id of a passage has no colon
_QUIET = {  # keeps words of questions and reports out of logs, whatever the cluster's own settings
    f"index.{kind}.slowlog.threshold.{part}.{level}": "-1"
    for kind, part in (("search", "query"), ("search", "fetch"), ("indexing", "index"))
    for level in ("warn", "info", "debug", "trace")
}
_PROPERTIES = {
    "passage": {"type": "keyword"},
    "document": {"type": "keyword"},
    "number": {"type": "integer"},
    "terms": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
    "length": {"type": "integer"},
    "packed": {"type": "binary"},  # not indexed, only in the source
}


def described(options: Options, scale: float) -> Json:
    """Return the settings and fields of a new index."""
    settings = {
        "index.number_of_shards": options.cluster.shards,
        "index.number_of_replicas": options.cluster.replicas,
        "index.refresh_interval": "-1",  # only a commit makes changes visible
        "index.similarity.default": {"type": "BM25", "k1": options.k1, "b": options.b},
        **_QUIET,
    }
    mappings = {"dynamic": False, "properties": _PROPERTIES, "_meta": {"scale": scale, "generation": 0}}
    return {"settings": settings, "mappings": mappings}


def batches(operations: Iterable[str]) -> Iterator[list[str]]:
    """Yield operations some at a time."""
    batch, size = list[str](), 0
    for one in operations:
        batch.append(one)
        size += len(one)
        if len(batch) == BATCH or size >= BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def indexed(entry: Entry, number: int = -1, packed: bytes = b"") -> str:
    """Return the operation that indexes an entry, under its id, so that it may be sent twice."""
    told: Json = {"passage": entry.passage, "document": entry.document}
    told |= {"terms": " ".join(map(kept, entry.terms)), "length": len(entry.terms)}
    if packed:
        told |= {"number": number, "packed": base64.b64encode(packed).decode()}
    return _line({"index": {"_id": id_of(entry.passage)}}) + _line(told)


def stored(number: int, document: bytes) -> str:
    """Return the operation that stores the document of a number."""
    told = {"packed": base64.b64encode(document).decode()}
    return _line({"index": {"_id": id_of_document(number)}}) + _line(told)


def deleted(passage: str) -> str:
    """Return the operation that deletes the passage of this id."""
    return _line({"delete": {"_id": id_of(passage)}})


def kept(term: str) -> str:
    """Return a term as it is indexed: its hash if it is so long that Lucene would cut it."""
    short = len(term) <= _LONGEST_TERM
    return term if short else hashlib.sha256(term.encode("utf-8", "surrogatepass")).hexdigest()


def id_of(passage: str) -> str:
    """Return the id of a passage, or its hash if the id is too long for OpenSearch."""
    encoded = passage.encode("utf-8", "surrogatepass")
    return passage if len(encoded) <= _LONGEST_ID else hashlib.sha256(encoded).hexdigest()


def id_of_document(number: int) -> str:
    """Return the id under which a document is stored."""
    return f"{_DOCUMENT}{number}"


def passage_of(hit: Json) -> str:
    """Return the id of a hit's passage."""
    found: str = hit["fields"]["passage"][0]
    return found


def bytes_of(hit: Json) -> bytes:
    """Return the packed bytes of a hit."""
    return base64.b64decode(hit.get("_source", {}).get("packed", ""))


def _line(told: Json) -> str:
    return json.dumps(told, separators=(",", ":")) + "\n"
