"""The service: one corpus, read and indexed, that answers questions.

Immutable once open, shared by threads.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.answering.compose import Composer, Found
from qa.answering.contradictions import claims
from qa.answering.english import listed
from qa.answering.refusing import Holdings
from qa.answering.starting import SPLIT, starters, textual
from qa.answering.stock import Example
from qa.errors import EngineError, RequestError
from qa.indexing.collecting import uncollected
from qa.indexing.opening import Index, open_index
from qa.language.plurals import plurals
from qa.library import Library
from qa.question import query as q
from qa.question.asking_back import is_unsettled
from qa.question.one_name import as_named, one_name
from qa.question.read import read
from qa.question.reading import Reading
from qa.question.vocabulary import Vocabulary
from qa.reading.formats import is_table
from qa.records import Answer, IndexState, Passage
from qa.retrieval import (
    About,
    Glossary,
    Retrieved,
    Retriever,
    Thesaurus,
    VectorIndex,
    points_back,
    search_each,
)
from qa.retrieval.vectors import Progress
from qa.scale import CQC
from qa.service.limits import bounded, check_text, degraded, signposted, with_unread
from qa.service.passage_search import PassageSearch
from qa.service.preparing import prepare
from qa.service.suggestion_sources import SuggestionSources
from qa.service.summary import summary
from qa.service.table_look_up import TableLookUp
from qa.settings import Settings
from qa.shelf import Listed

_SUGGESTED = 512  # Queries that are remembered with whether they have an answer, for suggestions
_EXAMPLES, _SUGGESTED_EXAMPLES, _TRIED_SECTIONS = 6, 4, 12
_READ_OF_EARLIER = 500  # characters of an earlier question, enough for what a follow-up leaves out


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a conversation: how it was read, the answer, and the questions before it without which
    it can't be read.
    """

    reading: Reading
    answer: Answer
    leans_on: tuple[str, ...] = ()


class Service:
    """Answers questions about one corpus."""

    def __init__(self, index: Index, settings: Settings, progress: Progress | None = None) -> None:
        self.documents, self.facts, self.report, self.scale = (
            index.shelf.documents,
            index.facts,
            index.report,
            index.scale,
        )
        self.passages: Sequence[Passage] = index.shelf.passages
        self.stale, self._shelf = index.stale, index.shelf
        self.vocabulary = Vocabulary(
            index.facts,
            index.spoken if self.passages else None,
            index.scale,
            index.grammar,
            self.passages,
            index.names,
        )
        thesaurus = Thesaurus.load(index.thesaurus)
        vectors = (
            VectorIndex.of(self.passages, settings.encoder, settings.cache, progress)
            if settings.encoder
            else None
        )
        broken = (problem.file for problem in index.report.errors)
        self._read_in_part = tuple(dict.fromkeys(filter(is_table, broken)))  # see _unread
        retriever = Retriever(index.passages, thesaurus, vectors=vectors)
        self.search = PassageSearch(self.passages, retriever, self.vocabulary.passage_words)
        cards = list(index.shelf.cards)
        newest = max(filter(None, (*(one.published for one in cards), index.facts.dates[1])), default=None)
        self.index = IndexState(index.fingerprint, newest)
        self.glossary = Glossary.load(index.glossary, index.scale == CQC, index.scale.ratings)
        self._about = About(cards[0]) if len(cards) == 1 else None
        self.library = Library(index.shelf, self._aside())
        sources = SuggestionSources(self.vocabulary)
        self._composer = self._make_composer(
            sources, [self.passages[number] for number in index.claiming], index.names.first_words
        )
        self.tables = TableLookUp(self.facts, self.scale, self._composer.context.aspects)
        examples = self._examples()
        stock = replace(
            self._composer.stock,
            examples=tuple(one for one in examples if one.label != SPLIT)[-_SUGGESTED_EXAMPLES:],
            sections=self._sections(),
        )
        self._composer = replace(self._composer, stock=stock)
        self.context, self.holdings = self._composer.context, self._composer.holdings
        self.offers = sources.offers(stock)
        shown = tuple((one.label, one.question) for one in examples)
        self.summary = summary(self.facts, len(self.passages), cards, newest, shown)

    def _aside(self) -> Listed:
        """The passages that are no report's: of the glossary and about the only document."""
        defining = [
            passage for passage in self.glossary.passages if self._shelf.card(passage.document.path) is None
        ]
        return Listed([*defining, *(self._about.passages if self._about else ())])

    @classmethod
    def open(
        cls,
        settings: Settings,
        progress: Progress | None = None,
        *,
        reading: Progress | None = None,
        or_last: bool = False,
    ) -> Service:
        """Open the index of the corpus folder of ``settings``, or build it if the cache does not have it.

        ``progress`` reports the texts that are encoded, ``reading`` the files that are read. Raises
        CorpusError, with every problem, if the folder can't be served, unless ``or_last`` is set and an
        earlier index is kept; EncoderError if the encoder can't be loaded.
        """
        index = open_index(settings, reading, or_last=or_last, meanwhile=prepare)
        with uncollected():
            return cls(index, settings, progress)

    # Asking -------------------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        top: int = 5,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """Answer one question in the light of the questions before it.

        Raises RequestError for a question that breaks the contract.
        """
        check_text("question", question, 1)
        for earlier in history:
            check_text("history", earlier, 0)
        self._check(documents)
        before: Reading | None = None
        for earlier in history:
            reading = self._read_earlier(earlier, before)
            before = reading if reading.queries else before
        return self._answer(self._read(question, before), top, documents)

    def is_signposted(self, text: str) -> bool:
        """True if a question is answered with a contact, and nothing is looked up."""
        return signposted(text) is not None

    def converse(self, questions: Sequence[str], *, top: int = 5, since: int = 0) -> Iterator[Asked]:
        """Answer the questions of a conversation in turn, each in the light of those before it, from number
        ``since`` on.

        Raises RequestError as :meth:`ask`.
        """
        before: Reading | None = None
        leading: tuple[str, ...] = ()  # the questions that the previous reading is made from
        for place, question in enumerate(questions):
            check_text("question", question, 1)
            earlier = self._read_earlier(question, before)
            reading = (
                self._read(question, before)
                if place >= since and len(question) > _READ_OF_EARLIER
                else earlier
            )
            leans_on = leading if reading.follows else ()
            if place >= since:
                yield Asked(reading, self._answer(reading, top, None), leans_on)
            if earlier.queries:
                before, leading = earlier, (*leans_on, question)

    def _read(self, text: str, before: Reading | None) -> Reading:
        """Read a question, after looking for danger and personal data. A question with either, or small talk,
        is not one that later questions can refer to.
        """
        if (turned := signposted(text)) is not None or not text.strip():
            return turned or Reading(text, text)
        reading = read(text, before, self.vocabulary)
        if not (before and reading.prose):
            return reading
        if not (reading.follows or any(map(points_back, reading.names))):
            return reading
        told = self.tables.told_of(before.queries)
        return replace(reading, topic=(*reading.topic, *told), about=told if points_back(text) else ())

    def _read_earlier(self, text: str, before: Reading | None) -> Reading:
        return self._read(text[:_READ_OF_EARLIER], before)

    def _answer(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        composed = self._composed(reading, top, documents)
        of_text = composed.status == "not_found" or composed.answer.basis == "passage"
        if (
            of_text
            and self._about is not None
            and (told := self._about.search(reading.text, composed.answer.text))
        ):
            asked = replace(reading, queries=(), left_out=(), unknown=(), unheld=(), blocked=False, names=())
            composed = self._composer.compose(asked, [Found(q.Query(prose=reading.text), None, told)])
        return degraded(with_unread(bounded(composed)))

    def _composed(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        if reading.message or reading.spoken:
            return self._composer.compose(reading, [])
        if documents is None and not reading.follows and (defined := self.glossary.search(reading.text)):
            told = replace(reading, queries=(), left_out=(), unknown=(), unheld=(), blocked=False)
            return self._composer.compose(told, [Found(q.Query(prose=reading.text), None, defined)])
        if reading.unknown or reading.blocked or (reading.unheld and not reading.prose):
            return self._refused(reading, top, documents)
        unread = self._unread(reading, documents)
        noted = replace(reading, notes=(*reading.notes, *unread)) if unread else reading
        return self._composer.compose(noted, self._found(reading, top, documents))

    def _refused(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        """The answer to a question about somebody or something that is not known here, with passages."""
        passages = self.search.search(reading, reading.text, top, documents)
        if any(query.prose is None for query in reading.queries):  # no passage is about somebody unknown
            passages = replace(passages, answered=False)
        told = reading if reading.prose else replace(reading, queries=())
        return self._composer.compose(
            told, [Found(q.Query(prose=reading.text), None, passages)], reading.queries
        )

    def _found(self, reading: Reading, top: int, documents: Sequence[str] | None) -> list[Found]:
        """Return what is found for each Query. Questions about the text that stand side by side may refer to
        one another.
        """
        told = {
            query.prose: self._about_subjects(reading, place)
            for place, query in enumerate(reading.queries)
            if query.prose is not None
        }

        def search(text: str, leaning: Sequence[str]) -> Retrieved:
            return self.search.search(reading, text, top, documents, leaning, told[text])

        found = iter(search_each(list(told), search))
        return [
            self._find(reading, query, top, documents)
            if query.prose is None
            else Found(query, None, next(found))
            for query in reading.queries
        ]

    def _about_subjects(self, reading: Reading, place: int) -> tuple[str, ...]:
        """Return the subjects that the pronouns of a question to the passages stand for: those of the Query
        before it in the same question, or of the question before."""
        query, before = reading.queries[place], reading.queries[:place]
        if not before or query.prose is None or not points_back(query.prose):
            return reading.about
        return self.tables.told_of(before)

    def _find(self, reading: Reading, query: q.Query, top: int, documents: Sequence[str] | None) -> Found:
        of_tables = all(one.prose is None for one in reading.queries)
        if reading.ambiguous is not None and is_unsettled(reading.ambiguous, query):
            return Found(
                query,
                self.tables.candidates(reading.ambiguous, query, documents),
                self.search.beside(reading, top, documents, shown_only=of_tables),
            )
        query, result = self.tables.find(query, documents)
        passages = self.search.beside(
            reading,
            top,
            documents,
            [fact.subject for fact in result.facts[:1]],
            shown_only=of_tables and bool(result.facts) and result.missing is None,
        )
        return Found(query, result, passages)

    def _unread(self, reading: Reading, documents: Sequence[str] | None) -> tuple[str, ...]:
        """A remark for counts and lists if a table could only be read in part."""
        counted = any(
            query.prose is None and not isinstance(query.scope, q.Named) for query in reading.queries
        )
        files = [file for file in self._read_in_part if counted and (documents is None or file in documents)]
        return (
            (f"Not all of {listed(files)} could be read, so something may be missing here.",) if files else ()
        )

    def _check(self, documents: Sequence[str] | None) -> None:
        if documents is None:
            return
        tables = set(self.facts.tables())
        if any(name not in tables and self._shelf.card(name) is None for name in documents):
            raise RequestError(
                "The field documents names a document that is not loaded.",
                fields={"documents": "not in this corpus"},
            )

    # What is loaded -----------------------------------------------------------------------------------------

    def _make_composer(
        self, sources: SuggestionSources, claiming: Sequence[Passage], named: Container[str]
    ) -> Composer:
        facts, subjects = self.facts.size
        context = sources.context()
        stock = sources.stock(context, lru_cache(_SUGGESTED)(self._told), lru_cache(_SUGGESTED)(self._named))
        nouns = [plurals(noun)[-1] for noun in self.facts.values("noun")]
        told = claims(claiming, self.scale.ratings, nouns, named)
        holdings = Holdings(facts, subjects, self.facts.dates[1], bool(self.passages))
        return Composer(context, self.index, self.library, holdings, stock, told)

    def _told(self, name: str) -> str | None:
        """Return the question "What do the reports say about …?" if the reports name the subject and answer
        it.
        """
        question = f"What do the reports say about {name}?"
        if (
            not self.search.naming(name, 1) or not self._read(question, None).prose
        ):  # a question that is read as a look-up would lead back here
            return None
        return question if self._answers(question) else None

    def _named(self, typed: str, where: str = "") -> q.Named | None:
        """Return who a name means, if it is read as a name and no word of it is left over; ``where`` is said
        after it: "in Leeds"."""
        behind = f"{where} rated?".lstrip()
        question = f"What is {typed} {behind}"
        if signposted(question) is not None:
            return None
        if (choice := one_name("What is", typed, behind, self.vocabulary)) is not None:
            return as_named(choice, self.vocabulary)
        reading = read(question, None, self.vocabulary)
        scopes = [query.scope for query in reading.queries]
        certain = len(scopes) == 1 and not (reading.ambiguous or reading.unknown or reading.left_out)
        return scopes[0] if certain and isinstance(scopes[0], q.Named) else None

    def _examples(self) -> tuple[Example, ...]:
        """Return at most six questions to begin with, of different kinds, that this corpus answers."""
        kind = q.Is("care_home", ("Y",)) if "care_home" in self.vocabulary.field_names else q.EVERYTHING
        first = next((q.Named((one.id,), (one.name,)) for one in self.facts.subjects([1])), None)
        found: dict[str, Example] = {}
        for one in (*starters(self._composer.stock, kind, first), *textual(self._shelf.sections())):
            if one.label not in found and self._answers(one.question):
                found[one.label] = one
        return tuple(found.values())[-_EXAMPLES:]

    def _sections(self) -> tuple[Example, ...]:
        """Return questions about sections of the reports that the reports answer. Only a few headings are
        tried, as each has to be asked.
        """
        return tuple(
            one for one in textual(self._shelf.sections())[:_TRIED_SECTIONS] if self._answers(one.question)
        )

    def _answers(self, question: str) -> bool:
        """Whether a question is answered. False if the search engine is away for a while."""
        try:
            return self.ask(question).status == "answered"
        except EngineError as error:
            if error.retry_after is None:
                raise
            return False
