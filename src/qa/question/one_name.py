"""Who a name means when it is all that a question names, told without a whole parse."""

from __future__ import annotations

from qa.language.clauses import asked_part, cut
from qa.question.annotate import annotate, segment
from qa.question.choosing import Choice
from qa.question.evidence import resolve_name
from qa.question.parts import Span
from qa.question.query import Named
from qa.question.settling import called_so
from qa.question.vocabulary import Vocabulary

_OWN = frozenset(("subject", "provider"))


def one_name(before: str, name: str, behind: str, vocabulary: Vocabulary) -> Choice | None:
    """Return what ``name`` means in the question ``before name behind``, of which only the name names
    anything: "What is", "Oak House", "rated?".

    ``None`` if its words have other readings than as one name: then only a parse of the question tells how it
    is read.
    """
    question = f"{before} {name} {behind}"
    if asked_part(question) != question or cut(question) != [question]:
        return None
    annotated = annotate(question, vocabulary)
    spans = segment(annotated)
    words = annotated.words_within(len(before) + 1, len(question) - len(behind) - 1)
    place = next((at for at, span in enumerate(spans) if (span.start, span.end) == words), None)
    if place is None or not _is_name(spans[place]):
        return None
    choice = resolve_name(annotated, spans, (place, place + 1), vocabulary)
    return called_so(spans[place], choice, vocabulary, just_so=False)


def _is_name(span: Span) -> bool:
    """True for the name of subjects, which an owner may have too."""
    named = span.first("subject")
    return named is not None and named.field == "subject" and span.kinds <= _OWN


def as_named(choice: Choice, vocabulary: Vocabulary) -> Named | None:
    """Return the one subject of a choice with its published name; ``None`` if it is not certain."""
    if (choice.outcome, choice.field) != ("tell", "subject"):
        return None
    subjects = tuple(int(one) for one in choice.values)
    known = {one.id: one.name for one in vocabulary.store.subjects(subjects)}
    return Named(subjects, tuple(known[one] for one in subjects))
