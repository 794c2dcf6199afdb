"""Several questions about a text side by side: "who took it over and when?" asks two, and the
second depends on the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.language.stems import terms
from qa.retrieval.found import Retrieved
from qa.retrieval.several_points import MEANING, several

_LEANING = re.compile(
    (
        r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|"
        r"one|ones|in return|so)\b"
    ),
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|them|their|theirs|he|him|his|she|her|hers)\b", re.IGNORECASE)
_FEW = 2  # a question with no more content words than this needs the previous one: "for which services?"

Search = Callable[[str, Sequence[str]], Retrieved]  # a question, and earlier ones that it depends on


def search_each(asked: Sequence[str], search: Search) -> list[Retrieved]:
    """Return the results for each of the questions ``asked`` side by side, in order.

    A question that refers to an earlier one ("when was that?"), or says little itself, is searched together
    with that one. A question without an answer of its own gets another's answer, if that has what it asks
    for. What "she" did has no answer if the question before asks who she is, and has none.
    """
    found = [search(one, tuple(asked[:place]) if _leans(one) else ()) for place, one in enumerate(asked)]
    for place in range(1, len(found)):
        if not found[place - 1].answered and _asks_whom(asked[place - 1]) and _PERSON.search(asked[place]):
            found[place] = replace(found[place], answered=False, nearly=False)
    answered = [one for one in found if one.answered]
    return [_told_already(one, answered) for one in found]


def _leans(question: str) -> bool:
    return bool(_LEANING.search(question)) or len(set(terms(question))) <= _FEW


def points_back(question: str) -> bool:
    """True if a question has a pronoun for a subject: "who took it over?". In "what does it say about food?"
    "it" is the text, in "what does it mean?" it may be anything, and "they" are often the authors."""
    kind = several(question)
    if kind is not None and kind.name == MEANING:
        return False
    return bool(_PRONOUN.search(kind.without_form(question) if kind else question))


_PERSON = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_WHOM = re.compile(r"\W*(?:(?:and|so|but)\W+)*(?:who|whom|whose|which|what [\w-]+['’]s)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?<=\S\s)[A-Z][a-z]")


def _asks_whom(question: str) -> bool:
    """True for a question that asks who somebody is, without naming anybody: "which trust's director said
    so?"."""
    return _WHOM.match(question) is not None and _NAMED.search(question) is None


def _told_already(found: Retrieved, others: Sequence[Retrieved]) -> Retrieved:
    """Return the answer to one of ``others``, if this question has none and its best sentence
    is part of that answer.
    """
    best = found.ranked[0] if found.ranked and not found.answered and found.nearly else None
    if best is None or best.answer is None:
        return found
    for other in others:
        for point in other.points:
            if (
                point.passage.id == best.passage.id
                and point.start <= best.answer.start
                and best.answer.end <= point.end
            ):
                return replace(found, answered=True, confidence=other.confidence, points=(point,))
    return found
