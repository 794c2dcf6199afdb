"""The service: one corpus, read and indexed, that answers questions. Immutable once open, shared by threads."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering import Composer, as_of
from qa.answering.suggestions import general
from qa.errors import RequestError
from qa.finding import Findings, find
from qa.indexing import Index, open_index
from qa.passages import passages_of
from qa.records import Answer, IndexState, Passage
from qa.retrieval import Retrieved, Retriever
from qa.settings import Settings
from qa.understanding import Question, Vocabulary, understand
from qa.understanding.care import concern
from qa.understanding.personal import personal_data


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
        self._retriever = Retriever(self.passages, settings.engine, settings.k1, settings.b)
        newest = as_of([*(document.published for document in index.documents), index.facts.dates[1]])
        self.index = IndexState(index.fingerprint, newest)
        self._composer = Composer(self._vocabulary, self.index, {document.path: document.revision for document in index.documents})
        self.summary = self._summary()

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Read and index the corpus folder of ``settings``. Raises CorpusError, with every problem, where it can't be served."""
        return cls(open_index(settings), settings)

    def ask(self, question: str, history: Sequence[str] = (), *, top: int = 5, documents: Sequence[str] | None = None) -> Answer:
        """Answer one question in the light of the questions before it. Raises RequestError for unknown ``documents``."""
        self._check(documents)
        understood = _signposted(question) or understand(question, history, self._vocabulary)
        findings = find(understood, self._vocabulary)
        retrieved = self._retrieve(understood, findings, top, documents)
        if understood.intent == "when" and findings.facts and self._one_publication():
            understood, findings = self._dated(understood, findings, retrieved)
        return self._composer.compose(understood, findings, retrieved)

    def _check(self, documents: Sequence[str] | None) -> None:
        known = {document.path for document in self.documents} | set(self.facts.tables())
        unknown = [name for name in documents or () if name not in known]
        if unknown:
            raise RequestError("The field documents names a document that is not loaded.", fields={"documents": "not in this corpus"})

    def _retrieve(self, question: Question, findings: Findings, top: int, documents: Sequence[str] | None) -> Retrieved | None:
        if question.intent == "small_talk" or question.message:
            return None
        names = tuple(word for one in question.named for word in one.text.split()) if question.intent == "passage" else ()
        subjects = tuple(word for fact in findings.facts[:3] for word in fact.subject.split())
        limited = frozenset(documents) if documents is not None else None
        return self._retriever.search(question.text, topic=(*question.topic, *subjects), required=names, top=top, documents=limited)

    def _one_publication(self) -> bool:
        """Whether all facts carry the date of one publication, which says nothing of when a single subject was rated."""
        oldest, newest = self.facts.dates
        return oldest == newest

    def _dated(self, question: Question, findings: Findings, retrieved: Retrieved | None) -> tuple[Question, Findings]:
        if retrieved and retrieved.answered:
            return replace(question, intent="passage"), findings
        return (question, replace(findings, missing="inspection")) if not question.asks("rating") else (question, findings)

    def _summary(self) -> Summary:
        count, subjects = self.facts.size
        oldest, _ = self.facts.dates
        dates = [document.published for document in self.documents if document.published]
        first = min([*dates, *([oldest] if oldest else [])], default=None)
        title = self.documents[0].title if len(self.documents) == 1 else ""
        labels = ("A list", "What changed", "One of them", "In the reports")
        examples = tuple(zip(labels, general(self._vocabulary)[:4], strict=False))
        return Summary(title, None, len(self.documents), len(self.passages), count, subjects, first, self.index.as_of, examples)


def _signposted(text: str) -> Question | None:
    """Return the question as signposted where it gives personal data or suggests that somebody is in danger."""
    if told := personal_data(text):
        return Question(text=text, standalone=text, intent="personal_data", message=told)
    if found := concern(text):
        return Question(text=text, standalone=text, intent="crisis", message=found.text)
    return None
