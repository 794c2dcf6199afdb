"""A question to ranked passages, with the sentence that answers best and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from qa.engines import ENGINES
from qa.records import Passage
from qa.retrieval.asked import ASIDE, Asked, Reader
from qa.retrieval.confidence import verdict
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.index import SentenceIndex, index_of
from qa.retrieval.look import Look, look
from qa.retrieval.model import Model
from qa.retrieval.ranking import Ranking, rank
from qa.retrieval.sheets import Sheets
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
        self._sheets = Sheets(self.index)
        self._engine = ENGINES[engine](entries, k1, b)
        self._twins = _twins(self.index)

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
        if not seen.passages:
            return Retrieved((), 0.0, False, missing=tuple(concept.word for concept in seen.asked.concepts if not concept.aside))
        ranking = rank(seen, self._model.ranking)
        ranked = self._ranked(ranking, min(top, len(ranking.order)))
        judged = verdict(ranking, required, self._model, len(self.passages))
        return Retrieved(ranked, judged.confidence, judged.answered, judged.expanded, seen.asked.corrections, judged.missing)

    def look(self, question: str, *, topic: Sequence[str] = (), top: int = 5, documents: frozenset[str] | None = None) -> Look:
        """What there is of a question in the passages that the engine finds for it, for :func:`qa.retrieval.ranking.rank` to order."""
        read = self._reader.read(question, topic)
        return look(self.index, self._sheets, read, self._candidates(read, max(top, CANDIDATES), documents))

    def _candidates(self, read: Asked, count: int, documents: frozenset[str] | None) -> list[int]:
        """The numbers of the passages to look at, each text once."""
        enough = len(self.passages) if documents is not None else count + len(self._twins)
        hits = self._engine.search(_query(read), enough)
        if documents is None and not self._twins:
            return [hit.entry for hit in hits]
        found: dict[int, int] = {}
        for hit in hits:
            if documents is None or self.passages[hit.entry].document.path in documents:
                found.setdefault(self._twins.get(hit.entry, hit.entry), hit.entry)
                if len(found) == count:
                    break
        return list(found.values())

    def _ranked(self, ranking: Ranking, count: int) -> tuple[Ranked, ...]:
        """The ``count`` best passages, each with its best sentence and the words in it that were looked for."""
        found, looked_for = [], ranking.seen.terms
        for place in ranking.order[:count]:
            passage, sheet = self.passages[ranking.seen.passages[place]], ranking.seen.sheets[place]
            best = sheet.spans[ranking.best(place)]
            found.append(Ranked(passage, ranking.total(place), best if best.end else None, sheet.marks(looked_for)))
        return tuple(found)


def _query(read: Asked) -> dict[str, float]:
    """The terms that the engine looks for: those asked, and with their strength those that may stand for them."""
    query = {concept.term: ASIDE if concept.aside else 1.0 for concept in read.concepts}
    for concept in read.concepts:
        for option in concept.options:
            for term in option.terms:
                query.setdefault(term, option.strength)
    return query


def _twins(index: SentenceIndex) -> dict[int, int]:
    """The passages whose words an earlier one has, too, with the earliest that has them."""
    sentences = index.unit_tokens[index.passage_units[:-1] + 1].tolist()  # without what stands above
    ends = index.unit_tokens[index.passage_units[1:]].tolist()
    first: dict[bytes, int] = {}
    earliest = [
        first.setdefault(index.numbers[start:end].tobytes(), number)
        for number, (start, end) in enumerate(zip(sentences, ends, strict=True))
    ]
    return {number: twin for number, twin in enumerate(earliest) if twin != number}
