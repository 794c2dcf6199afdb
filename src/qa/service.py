"""The service: one corpus, read and indexed, that answers questions.

Immutable once open, shared by threads.
"""

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
from qa.answering.english import listed
from qa.answering.natural import natural
from qa.answering.refusing import Holdings
from qa.answering.starting import SPLIT, starters, textual
from qa.answering.suggesting import Example, Stock
from qa.errors import EngineError, RequestError
from qa.facts.result import Result
from qa.facts.run import run
from qa.indexing import Index, open_index
from qa.language.tokens import fold, key
from qa.library import Library
from qa.question import query as q
from qa.question.annotate import MOST_WORDS
from qa.question.areas import by_areas
from qa.question.asking_back import candidates_query, is_unsettled
from qa.question.grammar import plurals
from qa.question.read import read
from qa.question.reading import Choice, Reading
from qa.question.vocabulary import Vocabulary
from qa.reading import is_table
from qa.records import Answer, IndexState, Passage
from qa.retrieval import About, Glossary, Retrieved, Retriever, Thesaurus, VectorIndex, search_each
from qa.retrieval.vectors import Progress
from qa.safety.care import concern
from qa.safety.personal import leave_out, personal_data
from qa.scale import CQC
from qa.settings import Settings
from qa.shelf import Card, Listed

_HALF = re.compile("[\ud800-\udfff]")
_EXAMPLES, _SUGGESTED_EXAMPLES = 6, 4
_MOST_FACTS = 50  # of an answer
_SUGGESTED = 512  # Queries whose answers were looked for, to suggest them, that are kept
_FIRST = 3  # places of an owner that are suggested where it runs none of those asked about
_COMMON = 6  # values of a field that suggestions may name
_READ_OF_EARLIER = 500  # characters of a question before, enough for what a follow-up leaves out
_FEW_TOLD = 2  # subjects of an answer that the next question may point at
_AWAY = 5  # seconds after which a search may succeed again
_NOT_ALL = "Not all reports can be searched at the moment."
LONGEST_QUESTION = 2_000  # characters, after trimming


@dataclass(frozen=True, slots=True)
class Summary:
    """What is loaded, in figures, with at most six questions to begin with: pairs of a label and
    a question.
    """

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
            index.facts, index.spoken if self.passages else None, index.scale, index.grammar, self.passages
        )
        thesaurus = Thesaurus.load(index.thesaurus)
        vectors = (
            VectorIndex.of(self.passages, settings.encoder, settings.cache, progress)
            if settings.encoder
            else None
        )
        self._read_in_part = tuple(
            dict.fromkeys(problem.file for problem in index.report.errors if is_table(problem.file))
        )  # see _unread
        self._retriever = Retriever(index.passages, thesaurus, vectors=vectors)
        cards = list(index.shelf.cards)
        newest = max(
            (date for date in (*(one.published for one in cards), index.facts.dates[1]) if date), default=None
        )
        self.index = IndexState(index.fingerprint, newest)
        self.glossary = Glossary.load(index.glossary, index.scale == CQC, index.scale.ratings)
        defining = [
            passage for passage in self.glossary.passages if index.shelf.card(passage.document.path) is None
        ]
        self._about = About(cards[0]) if len(cards) == 1 else None
        self.library = Library(
            index.shelf, Listed([*defining, *(self._about.passages if self._about else ())])
        )
        self._composer = self._make_composer([self.passages[number] for number in index.claiming])
        examples = self._examples()
        stock = replace(
            self._composer.stock,
            examples=tuple(one for one in examples if one.label != SPLIT)[-_SUGGESTED_EXAMPLES:],
        )
        self._composer = replace(self._composer, stock=stock)
        self.context, self.holdings = self._composer.context, self._composer.holdings
        self.offers = self._make_offers()
        self.summary = self._summary(tuple((one.label, one.question) for one in examples), cards)

    @classmethod
    def open(
        cls,
        settings: Settings,
        progress: Progress | None = None,
        *,
        reading: Progress | None = None,
        or_last: bool = False,
    ) -> Service:
        """Open the index of the corpus folder of ``settings``, which is built where it is not kept.

        ``progress`` is told of texts that are encoded, ``reading`` of files that are read. Raises
        CorpusError, with every problem, where the folder can't be served, unless ``or_last`` and an earlier
        index of it is kept; EncoderError where the encoder can't be loaded.
        """
        index = open_index(settings, reading, or_last=or_last)
        with _uncollected():
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

        Raises RequestError for what the contract does not allow.
        """
        _check_text("question", question, 1)
        for earlier in history:
            _check_text("history", earlier, 0)
        self._check(documents)
        before: Reading | None = None
        for earlier in history:
            reading = self._read_earlier(earlier, before)
            before = reading if reading.queries else before
        return self._answer(self._read(question, before), top, documents)

    def is_signposted(self, text: str) -> bool:
        """True if a question is answered with where to turn, and nothing is looked up."""
        return _signposted(text) is not None

    def converse(self, questions: Sequence[str], *, top: int = 5, since: int = 0) -> Iterator[Asked]:
        """Answer the questions of a conversation in turn, each in the light of those before it, from number
        ``since`` on.

        Raises RequestError as :meth:`ask`.
        """
        before: Reading | None = None
        leading: tuple[str, ...] = ()  # the questions that make up what was read before
        for place, question in enumerate(questions):
            _check_text("question", question, 1)
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
        """Look for danger and personal data first; what is said then, and small talk, is no question that
        others lean on.
        """
        if (signposted := _signposted(text)) is not None or not text.strip():
            return signposted or Reading(text, text)
        reading = read(text, before, self.vocabulary)
        return (
            replace(reading, topic=(*reading.topic, *self._told_of(before)))
            if before and reading.prose and reading.follows
            else reading
        )

    def _told_of(self, before: Reading) -> tuple[str, ...]:
        """Return whom the answer to the question before told of, where they are few, as "it" may be one of
        them.
        """
        asked = before.queries[-1] if before.queries and before.queries[-1].prose is None else None
        result = run(asked, self.facts, self.scale, limit=_FEW_TOLD + 1) if asked else Result()
        subjects = tuple(dict.fromkeys(fact.subject for fact in result.facts))
        return subjects if len(subjects) <= _FEW_TOLD else ()

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
        return _degraded(_with_unread(_bounded(composed)))

    def _composed(self, reading: Reading, top: int, documents: Sequence[str] | None) -> Answer:
        if reading.message or reading.spoken:
            return self._composer.compose(reading, [])
        if reading.unknown or reading.blocked or (reading.unheld and not reading.prose):
            passages = self._search(reading, reading.text, top, documents)
            if not reading.prose:  # of whom nothing is known, no passage tells either
                passages = replace(passages, answered=False)
            told = reading if reading.prose else replace(reading, queries=())
            return self._composer.compose(
                told, [Found(q.Query(prose=reading.text), None, passages)], reading.queries
            )
        if documents is None and not reading.follows and (defined := self.glossary.search(reading.text)):
            return self._composer.compose(
                replace(reading, queries=()), [Found(q.Query(prose=reading.text), None, defined)]
            )
        noted = replace(reading, notes=(*reading.notes, *self._unread(reading, documents)))
        return self._composer.compose(noted, self._found(reading, top, documents))

    def _found(self, reading: Reading, top: int, documents: Sequence[str] | None) -> list[Found]:
        """Return what is found for each Query; questions about the text that stand side by side may lean on
        one another.
        """
        told = [query.prose for query in reading.queries if query.prose is not None]
        if len(told) < 2:
            return [self._find(reading, query, top, documents) for query in reading.queries]
        found = iter(
            search_each(told, lambda text, leaning: self._search(reading, text, top, documents, leaning))
        )
        return [
            self._find(reading, query, top, documents)
            if query.prose is None
            else Found(query, None, next(found))
            for query in reading.queries
        ]

    def _unread(self, reading: Reading, documents: Sequence[str] | None) -> tuple[str, ...]:
        """What is said beside whatever is counted or listed where not all of a table could be read."""
        counted = any(
            query.prose is None and not isinstance(query.scope, q.Named) for query in reading.queries
        )
        files = [file for file in self._read_in_part if counted and (documents is None or file in documents)]
        return (
            (f"Not all of {listed(files)} could be read, so what it holds may be missing here.",)
            if files
            else ()
        )

    def _find(self, reading: Reading, query: q.Query, top: int, documents: Sequence[str] | None) -> Found:
        if query.prose is not None:
            return Found(query, None, self._search(reading, query.prose, top, documents))
        if reading.ambiguous is not None and is_unsettled(reading.ambiguous, query):
            return Found(
                query,
                self._candidates(reading.ambiguous, query, documents),
                self._beside(reading, top, documents),
            )
        result = run(query, self.facts, self.scale, documents)
        if (
            result.missing == "row"
            and (areas := by_areas(query, self._composer.context.aspects, self.scale)) != query
        ):
            rated = run(areas, self.facts, self.scale, documents)
            query, result = (areas, rated) if rated.facts else (query, result)
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
        passages = self._beside(reading, top, documents, subjects=[fact.subject for fact in result.facts[:1]])
        return Found(query, result, passages)

    def _candidates(self, choice: Choice, query: q.Query, documents: Sequence[str] | None) -> Result:
        """The ratings of all that may be meant, as asked for or overall, none where no subject is asked back
        about.
        """
        if not choice.subjects:
            return Result()
        asked = candidates_query(choice.named, query)
        result = run(asked, self.facts, self.scale, documents)
        whole = replace(asked, measure=q.Ratings((q.WHOLE,)))
        return result if result.facts or asked == whole else run(whole, self.facts, self.scale, documents)

    def _rolled_up(self, query: q.Query, result: Result, documents: Sequence[str] | None) -> Result:
        """Of an owner's places counted by rating, tell of how many: "4 of its 8 homes"."""
        parts = q.parts_of(query.scope)
        rated = [part for part in parts if isinstance(part, q.Rated | q.RatedFor | q.Moved | q.Happened)]
        owned = any(isinstance(part, q.Is) and part.field in ("provider", "brand") for part in parts)
        if not (rated and owned and query.measure == q.Count() and not query.by and not query.against):
            return result
        whole = run(
            q.Query(q.conjunction(*(part for part in parts if part not in rated))),
            self.facts,
            self.scale,
            documents,
            limit=1,
        )
        split = run(q.Query(query.scope, q.Count(), by=("rating",)), self.facts, self.scale, documents)
        told = result.total if result.figure is None else int(result.figure)
        return replace(result, matching=told, whole=whole.total, groups=split.groups)

    def passages_naming(self, name: str, most: int) -> tuple[Passage, ...]:
        """Return at most ``most`` passages that hold a whole name, the best first."""
        if not self.passages:
            return ()
        wanted = f" {key(name)} "
        found = self._retriever.search(name, topic=(), required=[name], top=2 * most, documents=None).ranked
        return tuple(one.passage for one in found if wanted in f" {key(one.passage.text)} ")[:most]

    def _search(
        self,
        reading: Reading,
        text: str,
        top: int,
        documents: Sequence[str] | None,
        subjects: Sequence[str] = (),
    ) -> Retrieved:
        """Return the passages that answer best; names that ``text`` asks about must be in them.

        Of none there is nothing to find.
        """
        if not self.passages:
            return Retrieved((), 0.0, False)
        strange = [one.typed for one in reading.unknown if self._is_strange(one.typed)]
        said = set(key(text).split())
        required = [name for name in (*strange, *reading.names) if said.issuperset(key(name).split())]
        topic = [word for earlier in reading.topic for word in earlier.split()] + [
            word for name in subjects for word in name.split()
        ]
        limited = frozenset(documents) if documents is not None else None
        return self._retriever.search(text, topic=topic, required=required, top=top, documents=limited)

    def _beside(
        self, reading: Reading, top: int, documents: Sequence[str] | None, subjects: Sequence[str] = ()
    ) -> Retrieved:
        """Return the passages to show beside what the tables tell; none while the engine is away."""
        try:
            return self._search(reading, reading.text, top, documents, subjects)
        except EngineError:
            return Retrieved((), 0.0, False, whole=False)

    def away(self) -> tuple[str, ...]:
        """Name the parts that can't be reached now: ``passages`` while the search engine is away."""
        try:
            whole = self._retriever.reaches_engine()
        except EngineError:
            whole = False
        return () if whole else ("passages",)

    def _is_strange(self, name: str) -> bool:
        """True if a name with a capital has a word that no passage holds."""
        words = [word.text for word in fold(name)]
        return any(
            part[:1].isupper() for part in name.split()
        ) and not self.vocabulary.passage_words.issuperset(words)

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

    def _make_composer(self, claiming: Sequence[Passage]) -> Composer:
        vocabulary = self.vocabulary
        facts, subjects = self.facts.size
        labels: Mapping[tuple[str, tuple[str, ...]], str] = vocabulary.kinds.labels
        context = Context(
            self.scale,
            self.facts.dates[1],
            vocabulary.kinds.noun,
            vocabulary.fields,
            tuple(aspect for aspect in vocabulary.aspects if aspect != q.WHOLE),
            lambda field, values: labels.get((field, values)),
            not self.facts.view(self.scale).in_areas_only.any(),
        )
        held = {rating.casefold() for rating in vocabulary.ratings}
        stock = Stock(
            lambda query: natural(query, context),
            lru_cache(_SUGGESTED)(self._holds),
            self._common(),
            tuple(rating for rating in self.scale.ratings if rating.casefold() in held),
            context.aspects,
            vocabulary.historic,
            first=lru_cache(_SUGGESTED)(self._first),
            told=lru_cache(_SUGGESTED)(self._told),
            named=lru_cache(_SUGGESTED)(self._named),
            history=vocabulary.history,
        )
        nouns = [plurals(noun)[-1] for noun in self.facts.values("noun")]
        names = [subject.name for subject in self.facts.subjects()] if claiming else []
        told = claims(claiming, self.scale.ratings, nouns, names)
        holdings = Holdings(facts, subjects, self.facts.dates[1], bool(self.passages))
        return Composer(context, self.index, self.library, holdings, stock, told)

    def _holds(self, query: q.Query) -> bool:
        found = run(query, self.facts, self.scale, limit=1)
        return found.total > (1 if isinstance(query.measure, q.Events) else 0) and not found.missing

    def _told(self, name: str) -> str | None:
        """Return the question what the reports say about somebody, where they name them and answer it."""
        question = f"What do the reports say about {name}?"
        if (
            not self.passages_naming(name, 1) or not self._read(question, None).prose
        ):  # what is read as a look-up would lead back here
            return None
        return question if self._answers(question) else None

    def _named(self, typed: str) -> q.Named | None:
        """Return whom a name means, where it is read as somebody's and nothing of it is left over."""
        reading = self._read(f"What is {typed} rated?", None)
        scopes = [query.scope for query in reading.queries]
        certain = len(scopes) == 1 and not (reading.ambiguous or reading.unknown or reading.left_out)
        return scopes[0] if certain and isinstance(scopes[0], q.Named) else None

    def _first(self, query: q.Query) -> tuple[str, ...]:
        """Return the names of the first few places that a Query lists."""
        return tuple(
            dict.fromkeys(fact.subject for fact in run(query, self.facts, self.scale, limit=_FIRST).facts)
        )

    def _make_offers(self) -> Offers:
        stock, kinds = (
            self._composer.stock,
            [one for one in self.vocabulary.kinds.labelled.values() if isinstance(one, q.Is)],
        )
        held = [kind for kind in kinds if stock.holds(q.Query(kind))]
        return Offers(stock.common, held, stock.ratings, self.context.aspects, self._namesakes)

    def _namesakes(self, field: str, value: str) -> tuple[q.Is, ...]:
        """The places in other columns that are called as ``value`` is."""
        fields = self.vocabulary.place_fields
        others = (
            ((one, self.vocabulary.value_of(one, key(value))) for one in fields if one != field)
            if field in fields
            else ()
        )
        return tuple(q.Is(one, (called,)) for one, called in others if called)

    def _common(self) -> dict[str, tuple[str, ...]]:
        """The commonest values of each kind of place, the commonest first."""
        names = [
            name for name in ("local_authority", "region", "town") if name in self.vocabulary.field_names
        ]
        counted = {
            name: run(q.Query(measure=q.Count(), by=(name,)), self.facts, self.scale, limit=_COMMON)
            for name in names
        }
        return {name: tuple(group.labels[0] for group in found.groups) for name, found in counted.items()}

    def _examples(self) -> tuple[Example, ...]:
        """Return at most six questions to begin with, of different kinds, that this corpus answers."""
        kind = q.Is("care_home", ("Y",)) if "care_home" in self.vocabulary.field_names else q.EVERYTHING
        first = next((q.Named((one.id,), (one.name,)) for one in self.facts.subjects([1])), None)
        found: dict[str, Example] = {}
        for one in (*starters(self._composer.stock, kind, first), *textual(self._shelf.sections())):
            if one.label not in found and self._answers(one.question):
                found[one.label] = one
        return tuple(found.values())[-_EXAMPLES:]

    def _answers(self, question: str) -> bool:
        """Whether a question is answered; it may be later where the engine is away for a while."""
        try:
            return self.ask(question).status == "answered"
        except EngineError as error:
            if error.retry_after is None:
                raise
            return False

    def _summary(self, examples: tuple[tuple[str, str], ...], cards: Sequence[Card]) -> Summary:
        count, subjects = self.facts.size
        dates = [date for date in (self.facts.dates[0], *(card.published for card in cards)) if date]
        title = cards[0].title if len(cards) == 1 else ""
        publishers = {card.publisher for card in cards if card.publisher}
        publisher = publishers.pop() if len(publishers) == 1 else None
        return Summary(
            title,
            publisher,
            len(cards),
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
    """Return an answer, which may be put together from several, with no more facts than one may have, and no
    id of what is not in it.
    """
    facts, passages = answer.facts[:_MOST_FACTS], {passage.id for passage in answer.passages}
    told = {fact.id for fact in facts}
    return replace(
        answer,
        facts=facts,
        parts=tuple(
            replace(
                part,
                passages=tuple(filter(passages.__contains__, part.passages)),
                facts=tuple(filter(told.__contains__, part.facts)),
            )
            for part in answer.parts
        ),
        conflicts=tuple(one for one in answer.conflicts if one.fact in told and one.passage in passages),
    )


def _degraded(answer: Answer) -> Answer:
    """Return an answer that says so where not all passages were searched.

    Raises EngineError where nothing was found for that reason.
    """
    if not answer.degraded:
        return answer
    if answer.status == "not_found":
        raise EngineError(
            "Not all reports can be searched now, so that nothing was found.", retry_after=_AWAY
        )
    said = f"{answer.answer.text} {_NOT_ALL}"
    return replace(answer, answer=replace(answer.answer, text=said))


def _with_unread(answer: Answer) -> Answer:
    """Return an answer that says so where its question has more words than are read, whatever becomes of
    them.
    """
    unread = f"the first {MOST_WORDS} words"
    if (
        answer.status == "signposted"
        or unread in answer.answer.text
        or len(fold(answer.question)) <= MOST_WORDS
    ):
        return answer
    said = f"{answer.answer.text} Only {unread} of the question were read."
    return replace(answer, answer=replace(answer.answer, text=said))


def _check_text(field: str, text: str, least: int) -> None:
    """Raise RequestError unless ``text`` is as the contract wants it: at most 2,000 characters, none of them
    half of one.
    """
    if not least <= len(text.strip()) <= LONGEST_QUESTION:
        told = f"needs {least} to {LONGEST_QUESTION:,} characters"
        raise RequestError(f"The field {field} {told}.", fields={field: told})
    if _HALF.search(text):
        raise RequestError(
            f"The field {field} holds half a character (a lone surrogate).",
            fields={field: "holds a lone surrogate"},
        )


def _signposted(text: str) -> Reading | None:
    """Return the question as signposted where somebody may be in danger or where it gives personal data;
    danger goes first.
    """
    if found := concern(text):
        return Reading(text, text, care="crisis", message=" ".join(found.text.split()))
    if kind := personal_data(text):
        return Reading(text, text, care="personal_data", message=leave_out(kind))
    return None


def supposition(query: q.Query) -> q.Query | None:
    """Return what "When did Oak House become good?" supposes, as a claim to deny where it is false; ``None``
    of other questions.
    """
    parts = q.parts_of(query.scope)
    named = [part for part in parts if isinstance(part, q.Named)]
    rated = [part for part in parts if isinstance(part, q.Rated) and part.when == "now"]
    if (
        not isinstance(query.measure, q.Dates)
        or query.claim
        or query.by
        or len(named) != 1
        or len(rated) != len(parts) - 1
        or not rated
    ):
        return None
    return q.Query(named[0], claim=q.Claim(q.ALL, q.conjunction(*rated)))
