"""A question to ranked passages, with the sentence that answers best and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.engines import ENGINES
from qa.language.stems import terms
from qa.records import Passage, Span
from qa.retrieval.above import Above
from qa.retrieval.asked import ASIDE, Asked, Reader
from qa.retrieval.confidence import verdict
from qa.retrieval.encoder import Vectors
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.index import SentenceIndex, index_of
from qa.retrieval.look import Look, look
from qa.retrieval.model import Model
from qa.retrieval.points import Weigher, best_points, summary
from qa.retrieval.ranking import Ranking, rank
from qa.retrieval.several import OF_THE_DOCUMENT, SUMMARY, Several, several
from qa.retrieval.sheets import Sheets
from qa.retrieval.thesaurus import Thesaurus
from qa.retrieval.vectors import VectorIndex

CANDIDATES = 20  # passages that are looked at closely
_OF_THE_DOCUMENT = re.compile(
    r",?\s*\b(?:as per|according to|in|on|from|per|by) (?:the|this|that|your) (?:whole )?"
    r"(?:page|report|document|article|publication|text)\b",
    re.IGNORECASE,
)
SURE = 0.95  # of a summary: its sentences are the document's, whichever they are


class Retriever:
    """An index of passages; it never changes, so threads may share it.

    ``engine`` names one of :data:`qa.engines.ENGINES`, ``k1`` and ``b`` are BM25's; ``vectors`` are those of the passages, with an encoder.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        engine: str = "memory",
        k1: float = 1.2,
        b: float = 0.75,
        thesaurus: Thesaurus | None = None,
        model: Model | None = None,
        vectors: VectorIndex | None = None,
    ) -> None:
        self.passages = tuple(passages)
        self._model = model or Model.load(encoded=vectors is not None)
        self.index, entries = index_of(self.passages)
        self._reader = Reader(self.index, thesaurus or Thesaurus.load())
        self._sheets = Sheets(self.index)
        self._engine = ENGINES[engine](entries, k1, b)
        self._above = Above(self.passages, k1, b)
        self._twins, self._vectors = _twins(self.index), vectors
        self._weigher = Weigher(self.passages, self.index.weight)

    def search(
        self,
        question: str,
        *,
        asked: str | None = None,
        topic: Sequence[str] = (),
        required: Sequence[str] = (),
        top: int = 5,
        documents: frozenset[str] | None = None,
    ) -> Retrieved:
        """The at most ``top`` passages that answer a question best.

        ``asked`` is the question as it was put, which tells whether several points are wanted, where ``question`` is only what to look
        for; ``topic`` are words of the questions before, which count for less; ``required`` are names that the answer must speak of;
        ``documents`` are the paths of those to search, all by default. Raises EngineError if the engine can't be reached.
        """
        kind = several(asked or question)
        if kind and kind.name == SUMMARY and (summed_up := self._summary(question, kind, top, documents)):
            return summed_up
        seen = self.look(question, topic=topic, top=top, documents=documents)
        if not seen.passages:
            return Retrieved((), 0.0, False, missing=tuple(concept.word for concept in seen.asked.concepts if not concept.aside))
        ranking = rank(seen, self._model.ranking)
        ranked = self._ranked(ranking, min(top, len(ranking.order)))
        points = best_points(ranking, self._weigher, kind)
        told = {point.passage.id for point in points}
        places = frozenset(place for place, number in enumerate(seen.passages) if self.passages[number].id in told)
        judged = verdict(ranking, required, self._model, places)
        return Retrieved(ranked, judged.confidence, judged.answered, judged.expanded, seen.asked.corrections, points, judged.missing)

    def _summary(self, question: str, kind: Several, top: int, documents: frozenset[str] | None) -> Retrieved | None:
        """The key points of the document that a question wants summed up; ``None`` where it asks for more, or which is not clear."""
        asked = frozenset(terms(kind.cue.sub(" ", question))) - OF_THE_DOCUMENT
        titles = {one.document.path: one.document.title for one in self.passages if documents is None or one.document.path in documents}
        meant = [path for path, title in titles.items() if asked <= frozenset(terms(title))]
        if len(meant) != 1:
            return None
        held = [passage for passage in self.passages if passage.document.path == meant[0]]
        points = summary(held, self._weigher, kind)
        ranked = dict.fromkeys(point.passage for point in points)
        firsts = {point.passage.id: Span(point.start, point.end) for point in reversed(points)}
        found = tuple(Ranked(passage, 0.0, firsts[passage.id], ()) for passage in ranked)
        return Retrieved(found[:top], SURE, True, points=points) if points else None

    def look(self, question: str, *, topic: Sequence[str] = (), top: int = 5, documents: frozenset[str] | None = None) -> Look:
        """What there is of a question in the passages that the engine finds for it, for :func:`qa.retrieval.ranking.rank` to order."""
        question = _OF_THE_DOCUMENT.sub(" ", question) if terms(_OF_THE_DOCUMENT.sub(" ", question)) else question
        read = self._reader.read(question, topic)
        query, headed = _query(read), self._above.headed(question)
        vector = self._vectors.question(question) if self._vectors else None
        found = self._candidates(query, headed, max(top, CANDIDATES), documents, vector)
        titles = self._above.titles(query, found)
        fields = {number: {"title": title, "headed": headed.get(number, 0.0)} for number, title in zip(found, titles, strict=True)}
        near = self._vectors.near(vector, found) if self._vectors and vector is not None else None
        return look(self.index, self._sheets, read, fields, near)

    def _candidates(
        self,
        query: Mapping[str, float],
        headed: Mapping[int, float],
        count: int,
        documents: frozenset[str] | None,
        vector: Vectors | None,
    ) -> list[int]:
        """The numbers of the passages to look at, each text once: the engine's best ``count``, those ``headed`` and the nearest."""
        enough = len(self.passages) if documents is not None else count + len(self._twins)
        hits = (hit.entry for hit in self._engine.search(query, enough))
        near = self._vectors.nearest(vector, enough) if self._vectors and vector is not None else ()
        found: dict[int, int] = {}  # text → the first entry that has it
        for entries, most in ((hits, count), (headed, len(headed)), (near, count)):
            here = set[int]()
            for entry in entries:
                said = self._twins.get(entry, entry)
                if said not in here and (documents is None or self.passages[entry].document.path in documents):
                    here.add(said)
                    found.setdefault(said, entry)
                if len(here) == most:
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
