"""A question to ranked passages, with the sentence that answers best and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa import text
from qa.engines import ENGINES
from qa.records import Passage, Span
from qa.retrieval import asked
from qa.retrieval.asked import Asked
from qa.retrieval.confidence import judge
from qa.retrieval.features import features
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.index import Offsets, SentenceIndex, index_of
from qa.retrieval.look import Look, Matrix, look
from qa.retrieval.model import Model
from qa.retrieval.thesaurus import Thesaurus

CANDIDATES = 20  # passages that are looked at closely


class Retriever:
    """An index of passages; it never changes, so threads may share it.

    ``engine`` names one of :data:`qa.engines.ENGINES`, ``k1`` and ``b`` are BM25's.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        engine: str = "memory",
        k1: float = 1.2,
        b: float = 0.75,
        thesaurus: Thesaurus | None = None,
        model: Model | None = None,
    ) -> None:
        self._passages = tuple(passages)
        self._thesaurus = thesaurus or Thesaurus.load()
        self._model = model or Model.load()
        self._index, entries = index_of(self._passages)
        self._engine = ENGINES[engine](entries, k1, b)
        self._twins = _twins(self._passages)

    def search(
        self,
        question: str,
        *,
        topic: Sequence[str] = (),
        required: Sequence[str] = (),
        top: int = 5,
        documents: frozenset[str] | None = None,
    ) -> Retrieved:
        """The at most ``top`` passages that answer a question best.

        ``topic`` are words of the questions before, which count for less; ``required`` are names that the answer must speak of;
        ``documents`` are the paths of those to search, all by default. Raises EngineError if the engine can't be reached.
        """
        read = asked.read(question, self._index, self._thesaurus, topic)
        candidates = self._candidates(read, max(top, CANDIDATES), documents)
        if not candidates:
            return Retrieved((), 0.0, False, missing=tuple(concept.word for concept in read.concepts if not concept.aside))
        seen = look(self._index, read, candidates)
        scores = _scores(seen, self._model)
        totals = _totals(scores, seen.window.firsts)
        order = np.argsort(-totals, kind="stable")
        ranked = tuple(self._ranked(seen, int(place), scores, float(totals[place])) for place in order[:top])
        return judge(self._index, seen, order, scores, totals, required, ranked, self._model)

    def _candidates(self, read: Asked, count: int, documents: frozenset[str] | None) -> list[int]:
        """The numbers of the passages to look at, each text once."""
        size = len(self._passages)
        hits = self._engine.search(_query(read), count if documents is None and not self._twins else size)
        found: dict[int, int] = {}
        for hit in hits:
            if documents is None or self._passages[hit.index].document.path in documents:
                found.setdefault(self._twins.get(hit.index, hit.index), hit.index)
                if len(found) == count:
                    break
        return list(found.values())

    def _ranked(self, seen: Look, place: int, scores: Matrix, total: float) -> Ranked:
        window, index = seen.window, self._index
        here = np.flatnonzero(window.owner == place)[1:]
        answer = None
        if len(here):
            start, end = index.unit_spans[window.units[here[scores[here].argmax()]]]
            answer = Span(int(start), int(end))
        tokens = window.tokens[seen.marks & (window.owner[window.unit] == place) & (window.unit > window.firsts[place])]
        starts = index.starts[tokens]
        highlights = tuple(Span(start, end) for start, end in zip(starts.tolist(), (starts + index.lengths[tokens]).tolist(), strict=True))
        return Ranked(self._passages[int(window.passages[place])], total, answer, highlights)


def _query(read: Asked) -> dict[str, float]:
    """The terms that the engine looks for: those asked, and with their strength those that may stand for them."""
    query = {concept.term: asked.TOPIC if concept.aside else 1.0 for concept in read.concepts}
    for concept in read.concepts:
        for option in concept.options:
            for term in option.terms:
                query.setdefault(term, option.strength)
    return query


def _scores(seen: Look, model: Model) -> Matrix:
    """Of each unit: how well it answers, as log odds but for a constant; what stands above a passage never does."""
    scores = np.zeros(len(seen.window.units))
    for name, values in features(seen).items():
        scores += model.ranking[name] * values
    scores[seen.window.firsts] = -np.inf
    return scores


def _totals(scores: Matrix, firsts: Offsets) -> Matrix:
    """Of each passage: the logarithm of its sentences' odds together."""
    highest = np.maximum(np.maximum.reduceat(scores, firsts), -1e9)
    owner = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(scores))))
    totals: Matrix = highest + np.log(np.maximum(np.add.reduceat(np.exp(scores - highest[owner]), firsts), 1e-9))
    return totals


def _twins(passages: Sequence[Passage]) -> dict[int, int]:
    """The passages whose words an earlier one has, too, with the earliest that has them."""
    first: dict[tuple[str, ...], int] = {}
    twins = {}
    for number, passage in enumerate(passages):
        words = tuple(token.text for token in text.tokens(passage.text))
        twins[number] = first.setdefault(words, number)
    return {number: earliest for number, earliest in twins.items() if earliest != number}
