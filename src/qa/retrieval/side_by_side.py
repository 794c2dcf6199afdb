"""Questions about a text that stand side by side: "who took it over and when?" asks two, and the second leans
on the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.language.stems import terms
from qa.retrieval.found import Retrieved

_LEANING = re.compile(
    (
        r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|"
        r"one|ones|in return|so)\b"
    ),
    re.IGNORECASE,
)
_FEW = 2  # telling words of a question that can't be looked for without the one before: "for which services?"

Search = Callable[[str, Sequence[str]], Retrieved]  # a question, and those that it leans on


def search_each(asked: Sequence[str], search: Search) -> list[Retrieved]:
    """What is found for each of the questions ``asked`` side by side, in order.

    One that points at what was asked before it ("when was that?"), or says little itself, is looked for with
    that. One for which nothing may be told by itself, though what is told for another has what it asks, is
    answered by that.
    """
    found = [search(one, tuple(asked[:place]) if _leans(one) else ()) for place, one in enumerate(asked)]
    answered = [one for one in found if one.answered]
    return [_told_already(one, answered) for one in found]


def _leans(question: str) -> bool:
    return bool(_LEANING.search(question)) or len(set(terms(question))) <= _FEW


def _told_already(found: Retrieved, others: Sequence[Retrieved]) -> Retrieved:
    """What is told for one of ``others``, where nothing is told for this question and its best sentence is
    told there.
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
