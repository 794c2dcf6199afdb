"""The service: one corpus, read and indexed, that answers questions. Immutable once open, shared by threads."""

from __future__ import annotations

import datetime
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.answering.claimed import claims
from qa.answering.compose import Composer, Found
from qa.answering.context import Context
from qa.answering.editing import Offers
from qa.answering.natural import natural
from qa.answering.refusing import Holdings
from qa.answering.starting import starters, textual
from qa.answering.suggesting import Example, Stock
from qa.errors import RequestError
from qa.facts.result import Result
from qa.facts.run import run
from qa.indexing import Index, open_index
from qa.language.tokens import fold, key
from qa.library import Library
from qa.passages import passages_of
from qa.question import query as q
from qa.question.annotate import MOST_WORDS
from qa.question.asking_back import candidates_query, is_unsettled
from qa.question.grammar import plurals
from qa.question.read import read
from qa.question.reading import Choice, Reading
from qa.question.vocabulary import Vocabulary
from qa.records import Answer, IndexState, Passage
from qa.retrieval import Glossary, Retrieved, Retriever, Thesaurus, VectorIndex
from qa.retrieval.vectors import Progress
from qa.safety.care import concern
from qa.safety.personal import leave_out, personal_data
from qa.scale import CQC
from qa.settings import Settings

_HALF = re.compile("[\ud800-\udfff]")
_EXAMPLES = 4
_MOST_FACTS = 50  # of an answer
_SUGGESTED = 512  # Queries whose answers were looked for, to suggest them, that are kept
_COMMON = 6  # values of a field that suggestions may name
_READ_OF_EARLIER = 500  # characters of a question before, enough for what a follow-up leaves out
LONGEST_QUESTION = 2_000  # characters, after trimming


@dataclass(frozen=True, slots=True)
class Summary:
    """What is loaded, in figures, with four questions to begin with: pairs of a label and a question."""

    title: str
    publisher: str | None
    documents: int
    passages: int
    facts: int
    subjects: int
    first: datetime.date | None
    as_of: datetime.date | None
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a conversation: how it was read, the answer, and the questions before it without which it can't be read."""

    reading: Reading
    answer: Answer
    leans_on: tuple[str, ...] = ()


class Service:
    """Answers questions about one corpus."""

    def __init__(self, index: Index, settings: Settings, progress: Progress | None = None) -> None:
        self.documents, self.facts, self.report, self.scale = index.documents, index.facts, index.report, index.scale
        self.passages: tuple[Passage, ...] = tuple(passage for document in index.documents for passage in passages_of(document))
        self.vocabulary = Vocabulary(index.facts, self.passages, index.scale, index.grammar)
        thesaurus = Thesaurus.load(index.thesaurus)
        vectors = VectorIndex.of(self.passages, settings.encoder, settings.cache, progress) if settings.encoder else None
        self._retriever = Retriever(self.passages, settings.engine, settings.k1, settings.b, thesaurus, vectors=vectors)
        newest = max((date for date in (*(one.published for one in index.documents), index.facts.dates[1]) if date), default=None)
        self.index = IndexState(index.fingerprint, newest)
        self._glossary = Glossary.load(index.glossary, shipped=index.scale == CQC)
        defining = [document for document in self._glossary.documents if document.path not in {one.path for one in index.documents}]
        revisions = {document.path: document.revision for document in (*index.documents, *defining)}
        self.library = Library(index.documents, (*self.passages, *self._glossary.passages), revisions, defining)
        self._composer = self._make_composer()
        examples = self._examples()
        stock = replace(self._composer.stock, examples=examples)
        self._composer = replace(self._composer, stock=stock)
        self.context = self._composer.context
        self.offers = self._make_offers()
        self.summary = self._summary(tuple((one.label, one.question) for one in examples))

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Service:
        """Read and index the corpus folder of ``settings``; ``progress`` is told of texts that are encoded.

        Raises CorpusError, with every problem, where the folder can't be served, and EncoderError where the encoder can't be loaded.
        """
        index = open_index(settings)
        with _uncollected():
            return cls(index, settings, progress)

    # Asking -----------------------------------------------------------------------------------------------------------

    def ask(self, question: str, history: Sequence[str] = (), *, top: int = 5, documents: Sequence[str] | None = None) -> Answer:
        """Answer one question in the light of the questions before it. Raises RequestError for what the contract does not allow."""
        _check_text("question", question, 1)
        for earlier in history:
            _check_text("history", earlier, 0)
        self._check(documents)
        before: Reading | None = None
        for earlier in history:
            reading = self._read_earlier(earlier, before)
            before = reading if reading.queries else before
        return self._answer(self._read(question, before), top, documents)

    def converse(self, questions: Sequence[str], *, top: int = 5, since: int = 0) -> Iterator[Asked]:
        """Answer the questions of a conversation in turn, each in the light of those before it, from number ``since`` on.

        Raises RequestError as :meth:`ask`."""
        before: Reading | None = None
        leading: tuple[str, ...] = ()  # the questions that make up what was read before
        for place, question in enumerate(questions):
            _check_text("question", question, 1)
            earlier = self._read_earlier(question, before)
            reading = self._read(question, before) if place >= since and len(question) > _READ_OF_EARLIER else earlier
            leans_on = leading if reading.follows else ()
            if place >= since:
                yield Asked(reading, self._answer(reading, top, None), leans_on)
            if earlier.queries:
                before, leading = earlier, (*leans_on, question)

    def _read(self, text: str, before: Reading | None) -> Reading:
        """Look for danger and personal data first; what is said then, and small talk, is no question that others lean on."""
        return _signposted(text) or (read(text, before, self.vocabulary) if text.strip() else Reading(text, text))

    def _read_earlier(self, text: str, before: Reading | None) -> Reading:
        return self._read(text[:_READ_OF_EARLIER], before)

    def _answer(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        return _with_unread(_bounded(self._composed(reading, top, documents)))

    def _composed(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        if reading.message or reading.spoken:
            return self._composer.compose(reading, [])
        if reading.unknown or reading.blocked or (reading.unheld and not reading.prose):
            passages = self._search(reading, reading.text, top, documents)
            if not reading.prose:  # of whom nothing is known, no passage tells either
                passages = replace(passages, answered=False)
            told = reading if reading.prose else replace(reading, queries=())
            return self._composer.compose(told, [Found(q.Query(prose=reading.text), None, passages)])
        if documents is None and not reading.follows and (defined := self._glossary.search(reading.text)):
            return self._composer.compose(replace(reading, queries=()), [Found(q.Query(prose=reading.text), None, defined)])
        return self._composer.compose(reading, [self._find(reading, query, top, documents) for query in reading.queries])

    def _find(self, reading: Reading, query: q.Query, top: int, documents: Sequence[str] | None) -> Found:
        if query.prose is not None:
            return Found(query, None, self._search(reading, query.prose, top, documents))
        if reading.ambiguous is not None and is_unsettled(reading.ambiguous, query):
            return Found(query, self._candidates(reading.ambiguous, query, documents), self._search(reading, reading.text, top, documents))
        result = run(query, self.facts, self.scale, documents)
        if not result.facts and (supposed := supposition(query)) is not None:
            query, result = supposed, run(supposed, self.facts, self.scale, documents)
        if (
            query.claim is not None
            and not result.whole
            and result.missing not in ("before", "history")
            and isinstance(query.scope, q.Named)
        ):
            query = candidates_query(query.scope, query)  # "is it good" of somebody who has no rating
            result = run(query, self.facts, self.scale, documents)
        result = self._rolled_up(query, result, documents)
        passages = self._search(reading, reading.text, top, documents, subjects=[fact.subject for fact in result.facts[:1]])
        return Found(query, result, passages)

    def _candidates(self, choice: Choice, query: q.Query, documents: Sequence[str] | None) -> Result:
        """The ratings of all that may be meant, as asked for or overall, none where no subject is asked back about."""
        if not choice.subjects:
            return Result()
        asked = candidates_query(choice.named, query)
        result = run(asked, self.facts, self.scale, documents)
        whole = replace(asked, measure=q.Ratings((q.WHOLE,)))
        return result if result.facts or asked == whole else run(whole, self.facts, self.scale, documents)

    def _rolled_up(self, query: q.Query, result: Result, documents: Sequence[str] | None) -> Result:
        """Of an owner's places counted by rating, tell of how many: "4 of its 8 homes"."""
        parts = q.parts_of(query.scope)
        rated = [part for part in parts if isinstance(part, q.Rated | q.RatedFor | q.Moved)]
        owned = any(isinstance(part, q.Is) and part.field in ("provider", "brand") for part in parts)
        if not (rated and owned and query.measure == q.Count() and not query.by and not query.against):
            return result
        whole = run(q.Query(q.conjunction(*(part for part in parts if part not in rated))), self.facts, self.scale, documents, limit=1)
        split = run(q.Query(query.scope, q.Count(), by=("rating",)), self.facts, self.scale, documents)
        told = result.total if result.figure is None else int(result.figure)
        return replace(result, matching=told, whole=whole.total, groups=split.groups)

    def _search(self, reading: Reading, text: str, top: int, documents: Sequence[str] | None, subjects: Sequence[str] = ()) -> Retrieved:
        """Return the passages that answer best; names that are asked about must be in them."""
        strange = [one.typed for one in reading.unknown if self._is_strange(one.typed)]
        topic = [word for earlier in reading.topic for word in earlier.split()] + [word for name in subjects for word in name.split()]
        limited = frozenset(documents) if documents is not None else None
        return self._retriever.search(text, topic=topic, required=[*strange, *reading.names], top=top, documents=limited)

    def _is_strange(self, name: str) -> bool:
        """True if a name with a capital has a word that no passage holds."""
        words = [word.text for word in fold(name)]
        return any(part[:1].isupper() for part in name.split()) and not self.vocabulary.passage_words.issuperset(words)

    def _check(self, documents: Sequence[str] | None) -> None:
        if documents is None:
            return
        known = {document.path for document in self.documents} | set(self.facts.tables())
        if any(name not in known for name in documents):
            raise RequestError("The field documents names a document that is not loaded.", fields={"documents": "not in this corpus"})

    # What is loaded ---------------------------------------------------------------------------------------------------

    def _make_composer(self) -> Composer:
        vocabulary = self.vocabulary
        facts, subjects = self.facts.size
        labels: Mapping[tuple[str, tuple[str, ...]], str] = vocabulary.kind_labels
        context = Context(
            self.scale,
            self.facts.dates[1],
            vocabulary.noun,
            vocabulary.fields,
            tuple(aspect for aspect in vocabulary.aspects if aspect != q.WHOLE),
            lambda field, values: labels.get((field, values)),
        )
        held = {rating.casefold() for rating in vocabulary.ratings}
        stock = Stock(
            lambda query: natural(query, context),
            lru_cache(_SUGGESTED)(self._holds),
            self._common(),
            tuple(rating for rating in self.scale.ratings if rating.casefold() in held),
            context.aspects,
            vocabulary.historic,
        )
        nouns = [plurals(noun)[-1] for noun in self.facts.values("noun")]
        names = [subject.name for subject in self.facts.subjects()] if self.passages else []
        told = claims(self.passages, self.scale.ratings, nouns, names)
        holdings = Holdings(facts, subjects, self.facts.dates[1], bool(self.passages))
        return Composer(context, self.index, self.library, holdings, stock, told)

    def _holds(self, query: q.Query) -> bool:
        return run(query, self.facts, self.scale, limit=1).total > 0

    def _make_offers(self) -> Offers:
        stock, kinds = self._composer.stock, [one for one in self.vocabulary.labelled_kinds.values() if isinstance(one, q.Is)]
        held = [kind for kind in kinds if stock.holds(q.Query(kind))]
        return Offers(stock.common, held, stock.ratings, self.context.aspects, self._namesakes)

    def _namesakes(self, field: str, value: str) -> tuple[q.Is, ...]:
        """The places in other columns that are called as ``value`` is."""
        fields = self.vocabulary.place_fields
        others = ((one, self.vocabulary.value_of(one, key(value))) for one in fields if one != field) if field in fields else ()
        return tuple(q.Is(one, (called,)) for one, called in others if called)

    def _common(self) -> dict[str, tuple[str, ...]]:
        """The commonest values of each kind of place, the commonest first."""
        names = [name for name in ("local_authority", "region", "town") if name in self.vocabulary.field_names]
        counted = {name: run(q.Query(measure=q.Count(), by=(name,)), self.facts, self.scale, limit=_COMMON) for name in names}
        return {name: tuple(group.labels[0] for group in found.groups) for name, found in counted.items()}

    def _examples(self) -> tuple[Example, ...]:
        """Return at most four questions to begin with, of different kinds, that this corpus answers."""
        kind = q.Is("care_home", ("Y",)) if "care_home" in self.vocabulary.field_names else q.EVERYTHING
        first = next((q.Named((one.id,), (one.name,)) for one in self.facts.subjects([1])), None)
        found: dict[str, Example] = {}
        for one in (*starters(self._composer.stock, kind, first), *textual(self.passages)):
            if one.label not in found and self.ask(one.question).status == "answered":
                found[one.label] = one
        return tuple(found.values())[-_EXAMPLES:]

    def _summary(self, examples: tuple[tuple[str, str], ...]) -> Summary:
        count, subjects = self.facts.size
        dates = [date for date in (self.facts.dates[0], *(document.published for document in self.documents)) if date]
        title = self.documents[0].title if len(self.documents) == 1 else ""
        publishers = {document.publisher for document in self.documents if document.publisher}
        publisher = publishers.pop() if len(publishers) == 1 else None
        return Summary(
            title,
            publisher,
            len(self.documents),
            len(self.passages),
            count,
            subjects,
            min(dates, default=None),
            self.index.as_of,
            examples,
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: of the millions of words of a large corpus that are kept, none is."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _bounded(answer: Answer) -> Answer:
    """Return an answer, which may be put together from several, with no more facts than one may have, and no id of
    what is not in it."""
    facts, passages = answer.facts[:_MOST_FACTS], {passage.id for passage in answer.passages}
    told = {fact.id for fact in facts}
    return replace(
        answer,
        facts=facts,
        parts=tuple(
            replace(part, passages=tuple(filter(passages.__contains__, part.passages)), facts=tuple(filter(told.__contains__, part.facts)))
            for part in answer.parts
        ),
        conflicts=tuple(one for one in answer.conflicts if one.fact in told and one.passage in passages),
    )


def _with_unread(answer: Answer) -> Answer:
    """Return an answer that says so where its question has more words than are read, whatever becomes of them."""
    unread = f"the first {MOST_WORDS} words"
    if answer.status == "signposted" or unread in answer.answer.text or len(fold(answer.question)) <= MOST_WORDS:
        return answer
    said = f"{answer.answer.text} Only {unread} of the question were read."
    return replace(answer, answer=replace(answer.answer, text=said))


def _check_text(field: str, text: str, least: int) -> None:
    """Raise RequestError unless ``text`` is as the contract wants it: at most 2,000 characters, none of them half of one."""
    if not least <= len(text.strip()) <= LONGEST_QUESTION:
        told = f"needs {least} to {LONGEST_QUESTION:,} characters"
        raise RequestError(f"The field {field} {told}.", fields={field: told})
    if _HALF.search(text):
        raise RequestError(f"The field {field} holds half a character (a lone surrogate).", fields={field: "holds a lone surrogate"})


def _signposted(text: str) -> Reading | None:
    """Return the question as signposted where somebody may be in danger or where it gives personal data; danger goes first."""
    if found := concern(text):
        return Reading(text, text, care="crisis", message=" ".join(found.text.split()))
    if kind := personal_data(text):
        return Reading(text, text, care="personal_data", message=leave_out(kind))
    return None


def supposition(query: q.Query) -> q.Query | None:
    """Return what "When did Oak House become good?" supposes, as a claim to deny where it is false; ``None`` of other questions."""
    parts = q.parts_of(query.scope)
    named = [part for part in parts if isinstance(part, q.Named)]
    rated = [part for part in parts if isinstance(part, q.Rated) and part.when == "now"]
    if not isinstance(query.measure, q.Dates) or query.claim or query.by or len(named) != 1 or len(rated) != len(parts) - 1 or not rated:
        return None
    return q.Query(named[0], claim=q.Claim(q.ALL, q.conjunction(*rated)))
