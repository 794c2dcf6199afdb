"""Corrected words, each with the question that takes the word as it was typed, in double quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qa.language.tokens import as_typed, fold, key
from qa.records import Answer

QUOTES = '""'


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as ``typed``, what it was read as, and the question that undoes it, empty if the word can't be
    found in the question.
    """

    typed: str
    meant: str
    undo: str


def corrections(answer: Answer) -> tuple[Correction, ...]:
    """Return the corrections of an answer in the order in which they were made."""
    names = _names(answer)
    return tuple(
        _correction(answer.question, one.source, names.get(one.target, one.target))
        for one in answer.understood.corrections
    )


def _names(answer: Answer) -> Mapping[str, str]:
    """The words of the names in an answer, as the tables spell them, by their folded forms."""
    read = answer.understood
    told = [*read.subjects, *(one.value for one in read.filters)]
    told += [value for fact in answer.facts for value in (fact.subject, *fact.attributes.values()) if value]
    return {
        word.text: name[word.start : word.end] for name in dict.fromkeys(told[::-1]) for word in fold(name)
    }


def kept_as_typed(question: str) -> tuple[str, ...]:
    """Return the words of a question that its writer kept from being corrected."""
    exact = as_typed(question)
    return tuple(
        dict.fromkeys(question[word.start : word.end] for word in fold(question) if word.start in exact)
    )


def _correction(question: str, source: str, target: str) -> Correction:
    undone, typed, end = "", "", 0
    for start, stop in _places(question, source):
        typed = typed or question[start:stop]
        undone += question[end:start] + QUOTES[0] + question[start:stop] + QUOTES[1]
        end = stop
    return Correction(typed or source, target, undone + question[end:] if undone else "")


def _places(question: str, source: str) -> Iterator[tuple[int, int]]:
    exact, folded = as_typed(question), key(source)
    return (
        (word.start, word.end)
        for word in fold(question)
        if folded in (word.text, word.base) and word.start not in exact
    )
