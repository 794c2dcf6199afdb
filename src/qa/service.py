"""The service: one corpus, read and indexed, that answers questions. Immutable once open, shared by threads."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering import Composer, as_of
from qa.answering.conflicts import claims
from qa.answering.suggestions import TEXTUAL, candidates
from qa.errors import RequestError
from qa.finding import Findings, find
from qa.folding import key
from qa.indexing import Index, open_index
from qa.library import Library
from qa.passages import passages_of
from qa.records import Answer, IndexState, Passage
from qa.retrieval import Retrieved, Retriever, Thesaurus, parts
from qa.settings import Settings
from qa.understanding import Question, Vocabulary, small_talk, understand
from qa.understanding.care import concern
from qa.understanding.personal import leave_out, personal_data

_HALF = re.compile("[\ud800-\udfff]")
_MAY_BE_TOLD = ("period", "before", "row")  # what the tables lack of a named subject, the reports may tell
_EXAMPLES = 4
_READ_OF_EARLIER = 500  # characters of a question before, enough for what a follow-up leaves out
_MOST_PARTS = 6  # of a question that is answered part by part; one of more is answered as a whole
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


class Service:
    """Answers questions about one corpus."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self.documents, self.facts, self.report, self.scale = index.documents, index.facts, index.report, index.scale
        self.passages: tuple[Passage, ...] = tuple(passage for document in index.documents for passage in passages_of(document))
        self._vocabulary = Vocabulary(index.facts, index.subjects, self.passages, index.scale)
        self._retriever = Retriever(self.passages, settings.engine, settings.k1, settings.b, Thesaurus.load(index.thesaurus))
        newest = as_of([*(document.published for document in index.documents), index.facts.dates[1]])
        self.index = IndexState(index.fingerprint, newest)
        revisions = {document.path: document.revision for document in index.documents}
        self.library = Library(index.documents, self.passages, revisions)
        self._composer = Composer(self._vocabulary, self.index, self.library, claims=claims(self._vocabulary))
        examples = self._examples()
        self._composer = replace(self._composer, examples=tuple(question for _, question in examples))
        self.summary = self._summary(examples)

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Read and index the corpus folder of ``settings``. Raises CorpusError, with every problem, where it can't be served."""
        return cls(open_index(settings), settings)

    def ask(self, question: str, history: Sequence[str] = (), *, top: int = 5, documents: Sequence[str] | None = None) -> Answer:
        """Answer one question in the light of the questions before it. Raises RequestError for what the contract does not allow."""
        _check_text("question", question, 1)
        for earlier in history:
            _check_text("history", earlier, 0)
        self._check(documents)
        earlier_ones = [text[:_READ_OF_EARLIER] for text in history if not _signposted(text)]
        understood = _signposted(question) or understand(question, earlier_ones, self._vocabulary)
        answer = self._answer(understood, top, documents)
        asked = [part for part in parts(question) if small_talk(part) is None] if understood.intent == "passage" else []
        if not 2 <= len(asked) <= _MOST_PARTS:
            return answer
        told = [
            self._answer(understand(part, [*earlier_ones, *asked[:place]], self._vocabulary), top, documents)
            for place, part in enumerate(asked)
        ]
        return self._composer.join(answer, told)

    def _answer(self, understood: Question, top: int, documents: Sequence[str] | None) -> Answer:
        findings = find(understood, self._vocabulary, documents)
        retrieved = self._retrieve(understood, findings, top, documents)
        if understood.intent == "when" and findings.facts and self._one_publication():
            understood, findings = self._dated(understood, findings, retrieved)
        if findings.missing in _MAY_BE_TOLD and retrieved and retrieved.answered:
            understood = replace(understood, intent="passage")
        return self._composer.compose(understood, findings, retrieved)

    def _check(self, documents: Sequence[str] | None) -> None:
        if documents is None:
            return
        known = {document.path for document in self.documents} | set(self.facts.tables())
        unknown = [name for name in documents if name not in known]
        if unknown:
            raise RequestError("The field documents names a document that is not loaded.", fields={"documents": "not in this corpus"})

    def _retrieve(self, question: Question, findings: Findings, top: int, documents: Sequence[str] | None) -> Retrieved | None:
        if question.intent == "small_talk" or question.message:
            return None
        names = (*(one.text for one in question.named), *filter(self._is_strange_name, question.unknown), *question.sought)
        subjects = tuple(word for fact in findings.facts[:1] for word in fact.subject.split())
        limited = frozenset(documents) if documents is not None else None
        return self._retriever.search(
            question.searched or question.text, topic=(*question.topic, *subjects), required=names, top=top, documents=limited
        )

    def _is_strange_name(self, word: str) -> bool:
        """Whether a word with a capital, other than initials, is a name that nothing here speaks of."""
        return word[:1].isupper() and not word.isupper() and key(word) not in self._vocabulary.passage_words

    def _one_publication(self) -> bool:
        """Whether all facts carry the date of one publication, which says nothing of when a single subject was rated."""
        oldest, newest = self.facts.dates
        return oldest == newest

    def _dated(self, question: Question, findings: Findings, retrieved: Retrieved | None) -> tuple[Question, Findings]:
        """Of when somebody was rated the table tells; of all else that happened to somebody, if anything, the passages."""
        if (question.asks("rating") or question.ratings) and not question.asks("before"):
            return question, findings
        if retrieved and retrieved.answered:
            return replace(question, intent="passage"), findings
        return question, replace(findings, missing="inspection")

    def _examples(self) -> tuple[tuple[str, str], ...]:
        """Return at most four questions to begin with, of different kinds, that this corpus answers."""
        found: dict[str, str] = {}
        for label, question in candidates(self._vocabulary):
            if label not in found and (label != TEXTUAL or self.ask(question).status == "answered"):
                found[label] = question
        return tuple(found.items())[-_EXAMPLES:]

    def _summary(self, examples: tuple[tuple[str, str], ...]) -> Summary:
        count, subjects = self.facts.size
        dates = [date for date in (self.facts.dates[0], *(document.published for document in self.documents)) if date]
        title = self.documents[0].title if len(self.documents) == 1 else ""
        first = min(dates, default=None)
        publishers = {document.publisher for document in self.documents if document.publisher}
        publisher = publishers.pop() if len(publishers) == 1 else None
        return Summary(title, publisher, len(self.documents), len(self.passages), count, subjects, first, self.index.as_of, examples)


def _check_text(field: str, text: str, least: int) -> None:
    """Raise RequestError unless ``text`` is as the contract wants it: at most 2,000 characters, none of them half of one."""
    if not least <= len(text.strip()) <= LONGEST_QUESTION:
        told = f"needs {least} to {LONGEST_QUESTION:,} characters"
        raise RequestError(f"The field {field} {told}.", fields={field: told})
    if _HALF.search(text):
        raise RequestError(f"The field {field} holds half a character (a lone surrogate).", fields={field: "holds a lone surrogate"})


def _signposted(text: str) -> Question | None:
    """Return the question as signposted where somebody may be in danger or where it gives personal data; danger goes first."""
    if found := concern(text):
        return Question(text=text, standalone=text, intent="crisis", message=" ".join(found.text.split()))
    if kind := personal_data(text):
        return Question(text=text, standalone=text, intent="personal_data", message=leave_out(kind))
    return None
