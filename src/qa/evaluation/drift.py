"""Whether a gold still matches the corpus: a gold that a change of the corpus made invalid is drift, not a
failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qa.evaluation.cases import Case
from qa.evaluation.judging import shows
from qa.evaluation.ranking_scores import grade
from qa.evaluation.received import plain
from qa.question.query import WHOLE
from qa.records import Document, RatingFact

if TYPE_CHECKING:
    from qa.facts import FactStore


@dataclass(frozen=True)
class Holdings:
    """The contents of the corpus, indexed for looking up golds."""

    documents: Mapping[str, Document]
    store: FactStore

    @cached_property
    def subjects(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the subjects by plain name."""
        found = defaultdict[str, tuple[int, ...]](tuple)
        for subject in self.store.subjects():
            found[plain(subject.name)] += (subject.id,)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name and attribute of a subject, in plain form."""
        values = (
            value
            for subject in self.store.subjects()
            for value in (subject.name, *subject.attributes.values())
        )
        return frozenset(map(plain, values))

    def current(self, name: str) -> Iterator[RatingFact]:
        """Yield the newest fact for each aspect and service of the subjects with this name."""
        numbers = self.subjects.get(plain(name), ())
        seen = set()
        for fact in self.store.history(numbers) if numbers else ():
            about = (
                fact.attributes.get("identifier"),
                fact.attributes.get("postcode"),
                fact.aspect,
                fact.service,
            )
            if about not in seen:
                seen.add(about)
                yield fact

    def rates(self, name: str, aspect: str, rating: str) -> bool:
        """True if a current fact gives this name this rating."""
        wanted = plain(aspect), plain(rating)
        return any((plain(fact.aspect), plain(fact.rating)) == wanted for fact in self.current(name))

    def tells(self, name: str) -> bool:
        """True if a name is anywhere in the tables or reports."""
        return plain(name) in self.words or any(
            plain(name) in plain(document.text) for document in self.documents.values()
        )


def holdings(documents: Iterable[Document], store: FactStore) -> Holdings:
    """Return the contents of these documents and facts."""
    return Holdings({document.path: document for document in documents}, store)


def drift(case: Case, held: Holdings) -> str | None:
    """Return why the gold no longer matches the corpus, or ``None``. A figure is not checked, because it
    would have to be computed again."""
    return (
        next((reason for check in _CHECKS for reason in check(case, held)), None) if case.answerable else None
    )


def with_answers(case: Case, documents: Mapping[str, Document]) -> Case:
    """Give a case with spans the text of the spans as answers, so that the marked sentence can
    be compared with them.
    """
    if case.answers is not None or not case.document or case.document not in documents or case.whole:
        return case
    text = documents[case.document].text
    return case.model_copy(
        update={"answers": tuple(dict.fromkeys(text[start:end] for start, end in case.spans))}
    )


def _spans(case: Case, held: Holdings) -> Iterator[str]:
    if not case.document:
        return
    if case.document not in held.documents:
        yield f"the corpus has no document {case.document}"
        return
    text = held.documents[case.document].text
    found = [text[start:end] for start, end in case.spans]
    if all(end > len(text) for _, end in case.spans):
        yield f"{case.document} ends before the gold"
    elif case.answers and not set(found) & set(case.answers):
        yield f"{case.document} reads {found[0][:80]!r} where the gold is {case.answers[0][:80]!r}"


def _relevant(case: Case, held: Holdings) -> Iterator[str]:
    if case.relevant and not any(grade(case.relevant, path) > 0 for path in held.documents):
        yield "the corpus has none of the relevant documents"


def _facts(case: Case, held: Holdings) -> Iterator[str]:
    for gold in case.facts:
        wanted = plain(gold.before), plain(gold.to)
        if all(
            (plain(fact.previous_rating), plain(fact.rating)) != wanted for fact in held.current(gold.trust)
        ):
            yield f"the tables do not rate {gold.trust} {gold.to} after {gold.before}"


def _evidence(case: Case, held: Holdings) -> Iterator[str]:
    if case.evidence and not any(shows(case, document.text) for document in held.documents.values()):
        notes = (
            fact.note or "" for numbers in held.subjects.values() for fact in held.store.history(numbers)
        )
        if not any(shows(case, note) for note in notes):
            yield "nothing in the corpus matches the evidence"


def _names(case: Case, held: Holdings) -> Iterator[str]:
    for name in case.names:
        if not held.tells(name):
            yield f"the corpus does not name {name}"


def _ratings(case: Case, held: Holdings) -> Iterator[str]:
    aspect = case.domain or WHOLE
    for name, value in (case.values or {}).items():
        if isinstance(value, str) and not held.rates(name, aspect, value):
            yield f"the tables do not rate {name} {value} ({aspect})"
    if (
        case.rating
        and not case.values
        and not any(held.rates(name, aspect, case.rating) for name in case.names)
    ):
        yield f"the tables do not rate {' or '.join(case.names)} {case.rating} ({aspect})"


_CHECKS: tuple[Callable[[Case, Holdings], Iterator[str]], ...] = (
    _spans,
    _relevant,
    _facts,
    _evidence,
    _names,
    _ratings,
)
