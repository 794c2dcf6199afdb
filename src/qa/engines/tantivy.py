"""The engine on disk: tantivy, for millions of passages on one machine with little memory. The extra
``disk``.

Removed entries still count in the idf of the others until tantivy merges them away.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qa.engines.protocol import Entry, Hit, Hits, Options, Query, Statistics, weighted
from qa.engines.ties import in_order
from qa.errors import EngineError, UsageError

if TYPE_CHECKING:
    import tantivy

_K1, _B = 1.2, 0.75  # tantivy's own, which can't be changed
_HEAP = 64_000_000  # bytes that a writer collects before it writes
_ANALYZER = "terms"  # terms with spaces between
_PANIC = "PanicException"  # raised by Rust for a damaged file; it can't be imported
_MOST = 1_000_000  # the most hits of a search


class TantivyEngine:
    """An index in a folder; see :class:`qa.engines.Engine`. Only one process at a time may change it."""

    def __init__(self, options: Options) -> None:
        try:
            import tantivy
        except ImportError as error:
            told = f'The engine tantivy needs the extra "disk" ({error})'
            raise EngineError(f'{told}. Install it: pip install "askwell[disk]".') from None
        if (options.k1, options.b) != (_K1, _B):
            raise UsageError(
                f"The engine tantivy always uses k1 = {_K1} and b = {_B}. Remove those settings."
            )
        self._tantivy, self._folder = tantivy, options.folder
        self._changing = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        with self._told():
            self._index = self._opened()

    def _opened(self) -> tantivy.Index:
        schema = self._tantivy.SchemaBuilder()
        for name in ("passage", "document"):
            schema.add_text_field(name, stored=name == "passage", tokenizer_name="raw", index_option="basic")
        schema.add_text_field("terms", tokenizer_name=_ANALYZER, index_option="freq")
        schema.add_unsigned_field("length", fast=True)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            if (self._folder / ".managed.json").exists() and not (self._folder / "meta.json").exists():
                raise ValueError("meta.json is missing")
        index = self._tantivy.Index(schema.build(), path=str(self._folder) if self._folder else None)
        spaces = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_ANALYZER, spaces)
        index.config_reader("Manual")
        index.reload()
        return index

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn tantivy's errors into messages with the next step."""
        try:
            yield
        except BaseException as error:
            if not isinstance(error, ValueError | OSError | RuntimeError) and type(error).__name__ != _PANIC:
                raise
            where = f" in {self._folder}" if self._folder else ""
            raise EngineError(f"The tantivy index{where} can't be used ({error}). Build it again.") from error

    def search(self, query: Query, k: int, documents: Collection[str] | None = None) -> Hits:
        """Return the at most ``k`` entries that match the query best; see :class:`qa.engines.Engine`."""
        if k < 1:
            return Hits()
        with self._told():
            asked, searcher = self._query(query, documents), self._index.searcher()

            def ask(count: int) -> list[Hit]:
                found = searcher.search(asked, count, count=False).hits
                return [
                    Hit(str(searcher.doc(address).get_first("passage")), score) for score, address in found
                ]

            return Hits(in_order(ask, k, _MOST))

    def _query(self, query: Query, documents: Collection[str] | None) -> tantivy.Query:
        queries, occur, schema = self._tantivy.Query, self._tantivy.Occur, self._index.schema
        weights: dict[str, float] = {}
        for term, weight in weighted(query):
            weights[term] = weights.get(term, 0.0) + weight
        parts = [
            (queries.term_query(schema, "terms", term, "freq"), weight) for term, weight in weights.items()
        ]
        scored = queries.boolean_query(
            [
                (occur.Should, part if weight == 1 else queries.boost_query(part, weight))
                for part, weight in parts
            ]
        )
        if documents is None:
            return scored
        among = queries.const_score_query(
            queries.term_set_query(schema, "document", sorted(set(documents))), 0.0
        )
        return queries.boolean_query([(occur.Must, among), (occur.Must, scored)])

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, which are found once they are committed. An entry replaces one with the same id."""
        with self._changing, self._told():
            writer = self._write()
            for passage, document, terms in entries:
                writer.delete_documents_by_term("passage", passage)
                one = self._tantivy.Document()
                one.add_text("passage", passage)
                one.add_text("document", document)
                one.add_text("terms", " ".join(terms))
                one.add_unsigned("length", len(terms))
                writer.add_document(one)

    def remove(self, documents: Collection[str]) -> None:
        """Remove every entry of these documents that was added so far, with the next commit."""
        with self._changing, self._told():
            writer = self._write()
            for document in documents:
                writer.delete_documents_by_term("document", document)

    def _write(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        return self._writer

    def commit(self) -> int:
        """Make the changes visible to searches; return the number of the generation."""
        with self._changing, self._told():
            generation = self._write().commit()
            self._finish()
            self._index.reload()
            return generation

    def _finish(self) -> None:
        """Let another process write, after any pending merges."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def statistics(self, terms: Collection[str] = ()) -> Statistics:
        """Return the statistics of the index as searches see it."""
        with self._told():
            searcher, queries = self._index.searcher(), self._tantivy.Query
            held_by = {}
            for term in terms:
                asked = queries.term_query(self._index.schema, "terms", term, "freq")
                held_by[term] = int(searcher.search(asked, 1).count)  # type: ignore[attr-defined]  # not in its types
            told = searcher.aggregate(queries.all_query(), {"mean": {"avg": {"field": "length"}}})
            return Statistics(searcher.num_docs, told["mean"]["value"] or 0.0, held_by)

    def close(self) -> None:
        """Release the folder; uncommitted changes are lost."""
        with self._changing, self._told():
            if self._writer is not None:
                self._writer.rollback()
            self._finish()
