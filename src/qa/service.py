"""The service: one corpus, read and indexed, that answers questions. Immutable once open, shared by threads."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa import __version__
from qa.answering import Composer, as_of
from qa.answering.suggestions import general
from qa.engines import ENGINES
from qa.errors import CorpusError, RequestError
from qa.facts import FactStore
from qa.finding import Findings, find
from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Answer, Document, IndexState, Passage, Report
from qa.retrieval import Retrieved, Retriever
from qa.scale import CQC, Scale
from qa.settings import Settings
from qa.understanding import Question, Vocabulary, understand
from qa.understanding.care import concern
from qa.understanding.personal import personal_data
from qa.understanding.vocabulary import subject_terms

_PASSAGES_WITH_FACTS = 3


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

    def __init__(self, documents: Sequence[Document], facts: FactStore, report: Report, scale: Scale, settings: Settings, fingerprint: str) -> None:
        self.documents, self.facts, self.report, self.scale = tuple(documents), facts, report, scale
        self.passages: tuple[Passage, ...] = tuple(passage for document in documents for passage in passages_of(document))
        engine = ENGINES[settings.engine]
        subjects = engine((subject_terms(subject) for subject in facts.subjects()), settings.k1, settings.b)
        self._vocabulary = Vocabulary(facts, subjects, self.passages, scale)
        self._retriever = Retriever(self.passages, settings.engine, settings.k1, settings.b)
        newest = as_of([*(document.published for document in documents), facts.dates()[1]])
        self.index = IndexState(fingerprint, newest)
        self._composer = Composer(self._vocabulary, self.index, {document.path: document.revision for document in documents})
        self.summary = self._summary()

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Read and index the corpus folder of ``settings``. Raises CorpusError, with every problem, where it can't be served."""
        report = Report()
        corpus = read_corpus(settings.corpus, report)
        scale = next(iter(corpus.scales.values()), CQC)
        facts = FactStore.in_memory(corpus.facts, {word: rank for rank, word in enumerate(scale.ratings)})
        if report.errors:
            raise CorpusError(f"The corpus folder {settings.corpus} has files that can't be read.", report.errors)
        return cls(corpus.documents, facts, report, scale, settings, _fingerprint(settings, corpus.files))

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
        oldest, newest = self.facts.dates()
        return oldest == newest

    def _dated(self, question: Question, findings: Findings, retrieved: Retrieved | None) -> tuple[Question, Findings]:
        if retrieved and retrieved.answered:
            return replace(question, intent="passage"), findings
        return (question, replace(findings, missing="inspection")) if not question.asks("rating") else (question, findings)

    def _summary(self) -> Summary:
        count, subjects = self.facts.size()
        oldest, _ = self.facts.dates()
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


def _fingerprint(settings: Settings, files: Sequence[str]) -> str:
    """Return what identifies the index: the program, its settings and every file's content."""
    digest = hashlib.sha256(f"{__version__} {settings.engine} {settings.k1} {settings.b}".encode())
    for name in files:
        digest.update(os.fsencode(name))
        digest.update(hashlib.sha256(Path(settings.corpus, name).read_bytes()).digest())
    return digest.hexdigest()[:16]


