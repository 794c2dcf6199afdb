"""A question to ranked passages, with the sentence that answers best and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from qa import text
from qa.engines import ENGINES
from qa.records import Passage, Span
from qa.retrieval.asked import ASIDE, Asked, Reader
from qa.retrieval.confidence import verdict
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.index import index_of
from qa.retrieval.look import Look, look
from qa.retrieval.model import Model
from qa.retrieval.ranking import Ranking, rank
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
        self.passages = tuple(passages)
        self._model = model or Model.load()
        self.index, entries = index_of(self.passages)
        self._reader = Reader(self.index, thesaurus or Thesaurus.load())
        self._engine = ENGINES[engine](entries, k1, b)
        self._twins = _twins(self.passages)

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
        seen = self.look(question, topic=topic, top=top, documents=documents)
        if not len(seen.window.passages):
            return Retrieved((), 0.0, False, missing=tuple(concept.word for concept in seen.asked.concepts if not concept.aside))
        ranking = rank(seen, self._model.ranking)
        ranked = tuple(self._ranked(ranking, place) for place in range(min(top, len(ranking.order))))
        judged = verdict(ranking, required, self._model)
        return Retrieved(ranked, judged.confidence, judged.answered, judged.expanded, seen.asked.corrections, judged.missing)

    def look(self, question: str, *, topic: Sequence[str] = (), top: int = 5, documents: frozenset[str] | None = None) -> Look:
        """What there is of a question in the passages that the engine finds for it, for :func:`qa.retrieval.ranking.rank` to order."""
        read = self._reader.read(question, topic)
        return look(self.index, read, self._candidates(read, max(top, CANDIDATES), documents))

    def _candidates(self, read: Asked, count: int, documents: frozenset[str] | None) -> list[int]:
        """The numbers of the passages to look at, each text once."""
        enough = len(self.passages) if documents is not None else count + len(self._twins)
        hits = self._engine.search(_query(read), enough)
        found: dict[int, int] = {}
        for hit in hits:
            if documents is None or self.passages[hit.index].document.path in documents:
                found.setdefault(self._twins.get(hit.index, hit.index), hit.index)
                if len(found) == count:
                    break
        return list(found.values())

    def _ranked(self, ranking: Ranking, place: int) -> Ranked:
        window, index = ranking.seen.window, self.index
        first, last = ranking.units(place)
        start, end = index.unit_spans[window.units[ranking.best(first, last)]].tolist()
        here = window.tokens_of(first + 1, last)
        tokens = window.tokens[here][ranking.seen.marks[here]]
        starts = index.starts[tokens]
        ends = starts + index.lengths[tokens]
        highlights = tuple(map(Span, starts.tolist(), ends.tolist()))
        number = ranking.order[place]
        passage = self.passages[int(window.passages[number])]
        return Ranked(passage, float(ranking.totals[number]), Span(start, end) if end else None, highlights)


def _query(read: Asked) -> dict[str, float]:
    """The terms that the engine looks for: those asked, and with their strength those that may stand for them."""
    query = {concept.term: ASIDE if concept.aside else 1.0 for concept in read.concepts}
    for concept in read.concepts:
        for option in concept.options:
            for term in option.terms:
                query.setdefault(term, option.strength)
    return query


def _twins(passages: Sequence[Passage]) -> dict[int, int]:
    """The passages whose words an earlier one has, too, with the earliest that has them."""
    first: dict[tuple[str, ...], int] = {}
    twins = {}
    for number, passage in enumerate(passages):
        words = tuple(token.text for token in text.tokens(passage.text))
        twins[number] = first.setdefault(words, number)
    return {number: earliest for number, earliest in twins.items() if earliest != number}
