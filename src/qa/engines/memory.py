"""The default engine: rank-bm25's ``BM25Okapi`` with its idf and its scoring replaced; to about a million entries.

rank-bm25 0.2.2 as published scores 0 for a word in half the entries, clamps commoner ones, and walks every entry for every word
asked. Here the idf is Lucene's, and what a term scores in each entry is worked out once, into :class:`Postings`, which give the
very scores of rank-bm25's own loop, to the last bit, several hundred times faster.
"""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from qa.engines.postings import BLOCK, Listed, Postings, Scores, best
from qa.records import Hit


class MemoryEngine:
    """An index of entries, each a sequence of terms; it never changes, so threads may share it.

    ``k1`` says how late a repeated term stops adding, ``b`` (0 to 1) how far long entries are held back.
    """

    def __init__(self, entries: Iterable[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._keep(_Okapi(entries, k1=k1, b=b).postings())

    def _keep(self, postings: Postings) -> None:
        self._postings = postings
        self._listed = Listed(postings) if postings.size <= BLOCK else None

    def search(self, query: Sequence[str] | Mapping[str, float], k: int) -> list[Hit]:
        """The at most ``k`` entries that fit the query best; see :class:`qa.engines.Engine`."""
        return self._listed.search(query, k) if self._listed else best(self.scores(query), k)

    def scores(self, query: Sequence[str] | Mapping[str, float]) -> Scores:
        """The BM25 score of every entry, in the order of indexing; 0 where it shares no term with the query."""
        return self._postings.scores(query)

    def save(self, folder: Path) -> None:
        """Write the index into a folder, which is made if it is missing."""
        self._postings.save(folder)

    @classmethod
    def load(cls, folder: Path) -> MemoryEngine:
        """A saved index, mapped into memory rather than read. Raises EngineError if it is not there or not whole."""
        engine = cls.__new__(cls)
        engine._keep(Postings.load(folder))
        return engine


class _Frequencies:
    """Takes the place of rank-bm25's list of dictionaries, one an entry, in 8 bytes a pair of entry and term."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.terms, self.counts, self.pairs = array("i"), array("i"), array("i")

    def append(self, frequencies: Mapping[str, int]) -> None:
        numbers = self.numbers
        self.terms.extend([numbers.setdefault(term, len(numbers)) for term in frequencies])
        self.counts.extend(frequencies.values())
        self.pairs.append(len(frequencies))


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 is untyped
    """rank-bm25's counting, with Lucene's idf and ready postings."""

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        self.doc_freqs = _Frequencies()
        self.avgdl = 0.0
        entries = iter(corpus)
        first = next(entries, None)
        if first is None:  # rank-bm25 would divide by zero
            return {}
        held_by: dict[str, int] = super()._initialize(itertools.chain([first], entries))
        return held_by

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        """Lucene's idf, ln(1 + (N - n + ½) / (n + ½)) of a term that n of N entries hold; always positive."""
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}

    def postings(self) -> Postings:
        """What rank-bm25's ``get_scores`` would work out for each term and entry, in the same steps."""
        found: _Frequencies = self.doc_freqs
        terms = np.frombuffer(found.terms, dtype=np.int32)
        order = np.argsort(terms, kind="stable")
        entries = np.repeat(np.arange(self.corpus_size, dtype=np.int32), found.pairs)[order]
        held_by = np.bincount(terms, minlength=len(found.numbers))
        idf = np.repeat(np.array([self.idf[term] for term in found.numbers]), held_by)
        frequency = np.frombuffer(found.counts, dtype=np.int32)[order]
        length = np.array(self.doc_len)[entries]
        weights = idf * (frequency * (self.k1 + 1) / (frequency + self.k1 * (1 - self.b + self.b * length / self.avgdl)))
        return Postings(found.numbers, np.concatenate([[0], np.cumsum(held_by)]), entries, weights, self.corpus_size)
