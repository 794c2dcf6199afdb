"""Questions to ranked passages with the sentence that answers best."""

from __future__ import annotations

from collections.abc import Sequence

from qa import text
from qa.engines import ENGINES
from qa.passages import index_terms
from qa.records import Passage, Span
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.thesaurus import Thesaurus


class Retriever:
    """An index of passages; it never changes, so threads may share it."""

    def __init__(
        self, passages: Sequence[Passage], engine: str = "memory", k1: float = 1.2, b: float = 0.75, thesaurus: Thesaurus | None = None
    ) -> None:
        self._passages = tuple(passages)
        self._thesaurus = thesaurus or Thesaurus.load()
        entries = [index_terms(passage) for passage in self._passages]
        self._known = frozenset(term for entry in entries for term in entry)
        self._engine = ENGINES[engine](entries, k1, b)
        self._sentences = [text.sentences(passage.text) for passage in self._passages]

    def search(
        self,
        question: str,
        *,
        topic: Sequence[str] = (),
        required: Sequence[str] = (),
        top: int = 5,
        documents: frozenset[str] | None = None,
    ) -> Retrieved:
        """The passages that answer a question, best first."""
        asked = dict.fromkeys(text.terms(question), 1.0)
        for word in topic:
            for term in text.terms(word):
                asked.setdefault(term, 0.4)
        hits = self._engine.search(asked, top if documents is None else len(self._passages))
        found = [hit for hit in hits if documents is None or self._passages[hit.index].document.path in documents][:top]
        ranked = tuple(self._ranked(hit.index, hit.score, asked.keys()) for hit in found)
        if not ranked:
            return Retrieved((), 0.0, False)
        held = set(index_terms(ranked[0].passage))
        missing = tuple(token.text for token in text.tokens(question) if not text.is_stop(token.text) and text.term(token.text) not in held)
        covered = sum(term in held for term in asked) / len(asked)
        lacking = any(not set(text.terms(name)) <= held for name in required)
        return Retrieved(ranked, covered, covered >= 0.5 and not lacking, missing=missing)

    def _ranked(self, index: int, score: float, asked: object) -> Ranked:
        passage = self._passages[index]
        tokens = [token for token in text.tokens(passage.text) if text.term(token.text) in asked]  # type: ignore[operator]
        highlights = tuple(Span(token.start, token.end) for token in tokens if not text.is_stop(token.text))
        spans = self._sentences[index]
        best = max(spans, key=lambda span: sum(span.start <= mark.start < span.end for mark in highlights), default=None)
        return Ranked(passage, score, best, highlights)
