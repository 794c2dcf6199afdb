"""Finds report sentences about "all" subjects that the table contradicts; the answer then gives both, each
with its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.facts.result import Result
from qa.language.sentences import sentences
from qa.language.tokens import key
from qa.question.query import Condition, Query, Rated, parts_of
from qa.records import Passage, Span

_EARLIER = re.compile(r"\b(?:were|was|had been|did|with a rating of|that were|which were)\b", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives one rating to a whole kind of subjects, without naming one."""

    passage: Passage
    sentence: Span  # within the passage's text
    ratings: tuple[str, ...]


def claims(
    passages: Sequence[Passage], ratings: Sequence[str], plurals: Sequence[str], names: Sequence[str]
) -> tuple[Claim, ...]:
    """Return the claims of ``passages``: sentences that name one of ``ratings`` and the plural of a kind of
    subjects, but no subject.
    """
    kinds, named = frozenset(plurals), frozenset(key(name).split()[0] for name in names if key(name))
    return (
        tuple(claim for passage in passages for claim in _claims(passage, ratings, kinds, named))
        if kinds
        else ()
    )


def _claims(
    passage: Passage, ratings: Sequence[str], kinds: frozenset[str], named: frozenset[str]
) -> Iterator[Claim]:
    for span in sentences(passage.text):
        sentence = passage.text[span.start : span.end]
        words = key(sentence)
        told = tuple(rating for rating in ratings if re.search(rf"\b{re.escape(key(rating))}\b", words))
        held = frozenset(words.split())
        if told and kinds & held and not named & held and _EARLIER.search(sentence):
            yield Claim(passage, span, told)


def contradicted(query: Query, result: Result, told: Sequence[Claim]) -> Claim | None:
    """Return the claim that the exceptions in the table contradict, if the question is about all subjects."""
    asked = (
        set(_ratings(query.claim.condition))
        if query.claim and result.exceptions and result.verdict is False
        else set()
    )
    return next((claim for claim in told if key(claim.ratings[-1]) in asked), None)


def _ratings(condition: Condition) -> Iterator[str]:
    for part in parts_of(condition):
        if isinstance(part, Rated):
            yield from map(key, part.ratings)
