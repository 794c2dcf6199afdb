"""A question → ranked passages, with the sentence that answers best and how certain that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.engines import Engine
from qa.language.stems import stem, terms
from qa.records import Passage, Span
from qa.retrieval.above import is_title
from qa.retrieval.classes import is_year
from qa.retrieval.confidence import AnswerUnits, answer_units, verdict
from qa.retrieval.encoder import Vectors
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.imprint import Imprint, asks_for_it
from qa.retrieval.matching import Look, look
from qa.retrieval.model import Model
from qa.retrieval.passage_index import PassageIndex
from qa.retrieval.point import Point, Weigher
from qa.retrieval.points import best_points, summary
from qa.retrieval.query_terms import ASIDE, Asked, Reader
from qa.retrieval.ranking import Ranking, rank
from qa.retrieval.several_points import ABOUT, OF_THE_DOCUMENT, SUMMARY, Several, several
from qa.retrieval.thesaurus import Thesaurus
from qa.retrieval.vectors import VectorIndex
from qa.retrieval.word_vectors import nearest, vector_of
from qa.retrieval.years_asked import with_years, years_asked, years_untold
from qa.shelf import Listed, Shelf

CANDIDATES = 20  # passages that are examined closely
BY_WORDS, BY_MEANING = 14, 8  # of them, if they are also searched by the vectors of their words
_OF_ONE = re.compile(r"(?P<asked>.+?)\s+(?:in|at|for|of)\s+(?P<name>[^?]+?)\s*\??")
_OF_THE_DOCUMENT = re.compile(
    r",?\s*\b(?:as per|according to|in|on|from|per|by) (?:the|this|that|your) (?:whole )?"
    r"(?:page|report|document|article|publication|text)\b",
    re.IGNORECASE,
)
# The mark of a footnote as the question, and its names.
_MARK, _NAMED = re.compile(r"(?<!\S)\*{1,3}(?=[\s?!.,]|$)"), stem("asterisk")
PARTLY = 0.7  # the highest confidence if a year asked for beside others is not in the answer
SURE = 0.95  # confidence in a summary, whose sentences are the document's own


class Retriever:
    """Searches an index of passages; it never changes, so threads may share it.

    ``vectors`` are those of the passages, with an encoder.
    """

    def __init__(
        self,
        held: PassageIndex | Sequence[Passage],
        thesaurus: Thesaurus | None = None,
        model: Model | None = None,
        vectors: VectorIndex | None = None,
    ) -> None:
        held = held if isinstance(held, PassageIndex) else PassageIndex.of(Listed(held))
        self.passages, self.index, self._shelf = held.shelf.passages, held.sentences, held.shelf
        self._model = model or Model.load(encoded=vectors is not None)
        self._reader = Reader(self.index, thesaurus or Thesaurus.load())
        self._engine, self._above, self._twins, self._vectors = held.engine, held.above, held.twins, vectors
        self._weigher = Weigher(self.passages, self.index.weight)
        self._imprint = Imprint(self._text)

    def search(
        self,
        question: str,
        *,
        asked: str | None = None,
        topic: Sequence[str] = (),
        required: Sequence[str] = (),
        top: int = 5,
        documents: frozenset[str] | None = None,
        shown_only: bool = False,
    ) -> Retrieved:
        """Return the at most ``top`` passages that answer a question best.

        ``asked`` is the question as typed, which decides whether several points are wanted, if ``question``
        is only what to search for. ``topic`` are words of earlier questions, which count for less.
        ``required`` are names that the answer must mention. ``documents`` are the paths of those to search,
        all by default. With ``shown_only`` the passages are shown beside a known answer: their own answers
        are not looked for. Raises EngineError if the engine can't be reached.
        """
        kind = several(asked or question)
        if (
            kind
            and kind.name in (SUMMARY, ABOUT)
            and (summed_up := self._summary(asked or question, kind, top, documents))
        ):
            return summed_up
        seen = self.look(question, kind=kind, asked=asked, topic=topic, top=top, documents=documents)
        if not seen.passages:
            missing = tuple(concept.word for concept in seen.asked.concepts if not concept.aside)
            return Retrieved((), 0.0, False, missing=missing, whole=seen.whole)
        ranking = rank(seen, self._model.ranking)
        ranked = self._ranked(ranking, min(top, len(ranking.order)))
        if shown_only:
            return Retrieved(ranked, 0.0, False, whole=seen.whole)
        points, told = self.tell(ranking, kind)
        judged = verdict(ranking, required, self._model, told, self.index.weight)
        untold = len(years_asked(ranking)) > 1 and bool(years_untold(ranking, points))
        return Retrieved(
            ranked,
            min(judged.confidence, PARTLY) if untold else judged.confidence,
            judged.answered,
            judged.expanded,
            seen.asked.corrections,
            points,
            judged.missing,
            seen.whole,
            judged.nearly,
        )

    def tell(self, ranking: Ranking, kind: Several | None) -> tuple[tuple[Point, ...], AnswerUnits]:
        """Return the points that answer a question of this kind, and the units of their sentences."""
        points = with_years(ranking, self._weigher, best_points(ranking, self._weigher, kind))
        return points, answer_units(ranking, self.passages, points)

    def _summary(
        self, question: str, kind: Several, top: int, documents: frozenset[str] | None
    ) -> Retrieved | None:
        """Return the key points of the document or section to be summed up; ``None`` if the question asks for
        more, or if it is unclear which one it means."""
        telling = kind.without_form(kind.cue.sub(" ", question) if kind.name == SUMMARY else question)
        asked = frozenset(terms(telling)) - OF_THE_DOCUMENT
        among = self._numbers_of(documents)
        held = (kind.name == SUMMARY and self._titled(asked, among)) or self._section(asked, among)
        points = summary(held, self._weigher, kind)
        ranked = dict.fromkeys(point.passage for point in points)
        firsts = {point.passage.id: Span(point.start, point.end) for point in reversed(points)}
        found = tuple(Ranked(passage, 0.0, firsts[passage.id], ()) for passage in ranked)
        return Retrieved(found[:top], SURE, True, points=points) if points else None

    def reaches_engine(self) -> bool:
        """Make a trial search; return false if a part of the index is unavailable. Raises EngineError if all
        of it is."""
        return self._engine.search(["a"], 1).whole

    def _titled(self, asked: frozenset[str], among: frozenset[int] | None) -> Sequence[Passage]:
        """Return the passages of the one document whose title has these terms; none if it is unclear
        which."""
        meant = [number for number in self._above.titled(asked) if among is None or number in among]
        if len(meant) != 1:
            return ()
        card = self._shelf.cards[meant[0]]
        return self.passages[card.first : card.first + card.passages]

    def _section(self, asked: frozenset[str], among: frozenset[int] | None) -> Sequence[Passage]:
        """Return the passages of the one section whose heading has these terms and few others; none if it is
        unclear which."""
        found: dict[tuple[int, str], list[int]] = {}
        for heading, number in self._above.about(asked):
            document = self._shelf.document_of(number)
            title = self._shelf.cards[document].title
            if (among is None or document in among) and not is_title(heading, title):
                found.setdefault((document, heading), []).append(number)
        if len(found) != 1:
            return ()
        (numbers,) = found.values()
        self._shelf.fetch(numbers)
        return [self.passages[number] for number in numbers]

    def look(
        self,
        question: str,
        *,
        kind: Several | None = None,
        asked: str | None = None,
        topic: Sequence[str] = (),
        top: int = 5,
        documents: frozenset[str] | None = None,
    ) -> Look:
        """Examine the passages that the engine finds for a question, for :func:`qa.retrieval.ranking.rank` to
        order; ``kind`` is that of the question as it was ``asked``."""
        headed = self._of_kind(asked or question, kind, documents) if kind and kind.headings else {}
        question = self._sought(question, kind)
        read = self._reader.read(question, topic)
        query, headed = _query(read), headed or self._headed(question)
        vector = self._vectors.question(question) if self._vectors else None
        like = self._like(read, documents is None) if len(self.index.meanings) else ()
        count = max(top, BY_WORDS if like else CANDIDATES)
        hits = _Hits(self._engine, self._shelf, query, count, documents)
        found = self._readable(self._candidates(hits, headed, like, count, documents, vector), hits)
        fields = self._fields(found, query, headed)
        near = self._vectors.near(vector, found) if self._vectors and vector is not None else None
        imprints = [] if asks_for_it(question) else list(map(self._imprint.of, found))
        seen = look(self.index, read, fields, self._text, near)
        return replace(seen, whole=hits.whole, imprints=imprints)

    def _sought(self, question: str, kind: Several | None) -> str:
        """Return what to search for: the question without words that only ask, or say where to look."""
        if kind and not kind.headings:
            question = kind.without_form(question)
        if _NAMED in self.index.terms:
            question = _MARK.sub(_NAMED, question)
        elsewhere = _OF_THE_DOCUMENT.sub(" ", question)
        return elsewhere if elsewhere != question and terms(elsewhere) else question

    def _fields(
        self, found: Sequence[int], query: Mapping[str, float], headed: Mapping[int, float]
    ) -> dict[int, dict[str, float]]:
        """Return the features of these passages as a whole, by their numbers."""
        titles = self._above.titles(query, list(map(self._shelf.document_of, found)))
        return {
            number: {
                "title": title,
                "headed": headed.get(number, 0.0),
                "rows": float(bool(self.passages[number].columns)),
            }
            for number, title in zip(found, titles, strict=True)
        }

    def _readable(self, passages: Sequence[int], hits: _Hits) -> list[int]:
        """Return those of some passages that can be read now. If they are not all, the hits are not whole."""
        away = self._shelf.fetch(passages)
        hits.whole = hits.whole and not away
        return [number for number in passages if number not in away]

    def _text(self, number: int) -> str:
        return self.passages[number].text

    def _headed(self, question: str) -> Mapping[int, float]:
        """Return the passages under a heading that matches the question, exactly or except for "in …" and
        names in the document's title.
        """
        found = self._above.headed(question)
        parts = _OF_ONE.fullmatch(question.strip()) if 1.0 not in found.values() else None
        if (
            parts is None
            or not (named := frozenset(self._above.titled(terms(parts["name"]))))
            or not terms(parts["name"])
        ):
            return found
        asked = self._above.headed(parts["asked"])
        return {
            number: share for number, share in asked.items() if self._shelf.document_of(number) in named
        } or found

    def _of_kind(self, question: str, kind: Several, documents: frozenset[str] | None) -> Mapping[int, float]:
        """Return the passages of sections that contain only what a question of this kind asks for, if it asks
        about one document and nothing else; none if it is unclear which."""
        among, beside = self._numbers_of(documents), kind.beside_form(question)
        years = frozenset(filter(is_year, beside))
        named = [
            number
            for number in self._above.titled(beside - years)
            if years <= {str(getattr(self._shelf.cards[number].published, "year", ""))}
        ]
        found = {
            number: share
            for heading in kind.headings
            for number, share in self._above.headed(heading).items()
            if self._shelf.document_of(number) in named
            and (among is None or self._shelf.document_of(number) in among)
        }
        return dict.fromkeys(found, 1.0) if len(set(map(self._shelf.document_of, found))) == 1 else {}

    def _candidates(
        self,
        hits: _Hits,
        headed: Mapping[int, float],
        like: Sequence[int],
        count: int,
        documents: frozenset[str] | None,
        vector: Vectors | None,
    ) -> list[int]:
        """Return the numbers of the passages to examine, each text once: the engine's best ``count``, those
        ``headed``, some that are ``like`` the question, and the nearest."""
        enough = len(self.passages) if documents is not None else count + len(self._twins)
        among = self._numbers_of(documents)
        near = self._vectors.nearest(vector, enough) if self._vectors and vector is not None else ()
        found: dict[int, int] = {}  # text → the first entry that has it
        for entries, most in (
            (hits, count),
            (headed, len(headed)),
            (like, BY_MEANING),
            (near, CANDIDATES),
        ):
            here = set[int]()
            for entry in entries:
                said = self._twins.get(entry, entry)
                if said not in here and (among is None or self._shelf.document_of(entry) in among):
                    here.add(said)
                    found.setdefault(said, entry)
                if len(here) == most:
                    break
        return list(found.values())

    def _like(self, read: Asked, few: bool) -> list[int]:
        """Return the passages that a question is nearest to by the vectors of its words, or all in this
        order; none if no word has one."""
        vector, count = vector_of(read.content), 4 * BY_MEANING if few else len(self.passages)
        return nearest(self.index.meanings, vector, count) if vector.any() else []

    def _numbers_of(self, documents: frozenset[str] | None) -> frozenset[int] | None:
        """Return the numbers of the documents with these paths; ``None`` for all."""
        cards = None if documents is None else [self._shelf.card(path) for path in documents]
        return None if cards is None else frozenset(card.number for card in cards if card)

    def _ranked(self, ranking: Ranking, count: int) -> tuple[Ranked, ...]:
        """Return the ``count`` best passages, each with its best sentence and the matching words in it."""
        found, held = [], ranking.seen.layout
        for place in ranking.order[:count]:
            passage, best = self.passages[ranking.seen.passages[place]], held.span(place, ranking.best(place))
            found.append(Ranked(passage, ranking.total(place), best if best.end else None, held.marks(place)))
        return tuple(found)


class _Hits:
    """Iterates over the numbers of all passages that an engine finds, best first; more than ``count`` are
    requested only when needed."""

    def __init__(
        self,
        engine: Engine,
        shelf: Shelf,
        query: Mapping[str, float],
        count: int,
        documents: frozenset[str] | None,
    ) -> None:
        self._engine, self._shelf = engine, shelf
        self._query, self._count, self._documents = query, count, documents
        self.whole = True  # false if a part of the index could not be searched

    def __iter__(self) -> Iterator[int]:
        taken, count = 0, self._count
        while True:
            hits = self._engine.search(self._query, count, self._documents)
            self.whole = self.whole and hits.whole
            for hit in hits.found[taken:]:
                number = self._shelf.number(hit.passage, hits.packed.get(hit.passage, b""))
                if number is not None:
                    yield number
            if len(hits) < count:
                return
            taken, count = len(hits), count * 4


def _query(read: Asked) -> dict[str, float]:
    """Return the terms to search for: those of the question, and those that can match them with their
    strengths."""
    query = {concept.term: ASIDE if concept.aside else 1.0 for concept in read.concepts}
    for concept in read.concepts:
        for option in concept.options:
            for term in option.terms:
                query.setdefault(term, option.strength)
    return query
