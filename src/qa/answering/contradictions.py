"""Finds report sentences about "all" subjects that the table contradicts; the answer then gives both, each
with its date.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from qa.facts.result import Result
from qa.language.numbers import find_numbers
from qa.language.sentences import sentences
from qa.language.tokens import key
from qa.question.query import Condition, Query, Rated, parts_of
from qa.records import Passage, QuotedPassage, RatingFact, Span

_EARLIER = re.compile(r"\b(?:were|was|had been|did|began|started)\b", re.I)
_OF_ALL = re.compile(r"\b(?:all|each|every)\b", re.I)
_DENIED = re.compile(r"\b(?:no|not|none|never|neither|nor|few|hardly|almost|nearly)\b|n[’']t\b", re.I)
_WHICH = re.compile(r"\b(?:that|which|who|whose)\b", re.I)
_RATED = re.compile(r"\b(?:rated|ratings?|judged|graded)\b", re.I)  # otherwise "good" may be plain praise
_VERB = re.compile(r"\b(?:were|was|had|are|is|have|has|did)\b", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A report sentence about the rating of all subjects of a kind, without naming any.

    ``number`` is their number if it says "the seven trusts", ``None`` if it says "all".
    """

    passage: Passage
    sentence: Span  # within the passage's text
    rating: str
    number: int | None = None


def claims(
    passages: Sequence[Passage], ratings: Sequence[str], plurals: Sequence[str], named: Container[str]
) -> tuple[Claim, ...]:
    """Return the claims of ``passages``: sentences that name one of the ``ratings`` and the plural of a kind
    of subjects, but no subject. ``named`` are the first words of the subjects' names, folded."""
    kinds = frozenset(plurals)
    return (
        tuple(claim for passage in passages for claim in _claims(passage, ratings, kinds, named))
        if kinds
        else ()
    )


def _claims(
    passage: Passage, ratings: Sequence[str], kinds: frozenset[str], named: Container[str]
) -> Iterator[Claim]:
    for span in sentences(passage.text):
        sentence = passage.text[span.start : span.end]
        if not _tells_of_all(sentence, kinds, named):
            continue
        number = next((int(one.value) for one in find_numbers(sentence) if one.kind == "count"), None)
        told = [rating for rating in ratings if _is_said(rating, sentence)]
        if len(told) == 1 and (number is not None or _OF_ALL.search(sentence)):
            yield Claim(passage, span, told[0], number)


def _tells_of_all(sentence: str, kinds: frozenset[str], named: Container[str]) -> bool:
    """True if a sentence states earlier ratings for a whole kind of subject and names none of them."""
    words = frozenset(key(sentence).split())
    if kinds.isdisjoint(words) or any(word in named for word in words) or _DENIED.search(sentence):
        return False
    return bool(_EARLIER.search(sentence) and _RATED.search(sentence))


def _is_said(rating: str, sentence: str) -> bool:
    """True if a sentence states a rating of its subjects, rather than which of them it is about.

    "The trusts that were rated Good have …" states no rating.
    """
    found = re.search(rf"\b{re.escape(rating)}\b", sentence, re.I)
    which = _WHICH.search(sentence, 0, found.start()) if found else None
    if found is None or which is None:
        return found is not None
    return len(_VERB.findall(sentence, which.end(), found.start())) > 1


def contradicted(
    query: Query, result: Result, told: Sequence[Claim], beside: Sequence[QuotedPassage] = ()
) -> Claim | None:
    """Return the claim that the exceptions found in the table contradict, if the question is about all.

    If one of the passages ``beside`` it names an exception with its rating, the document agrees with the
    table: its claim about all does not include that one.
    """
    claim = query.claim
    if claim is None or claim.quantifier.least != 1 or not result.exceptions or result.verdict is not False:
        return None
    asked = set(_ratings(claim.condition))
    agree = {one.source.document for one in beside if _tells(one.text, result.exceptions)}
    return next(
        (
            one
            for one in told
            if key(one.rating) in asked
            and one.number in (None, result.whole)
            and one.passage.document.path not in agree
        ),
        None,
    )


def _tells(text: str, exceptions: Sequence[RatingFact]) -> bool:
    words = f" {key(text)} "
    return any(
        f" {key(fact.subject)} " in words and f" {key(rating)} " in words
        for fact in exceptions
        for rating in (fact.previous_rating, fact.rating)
        if rating
    )


def _ratings(condition: Condition) -> Iterator[str]:
    for part in parts_of(condition):
        if isinstance(part, Rated):
            yield from map(key, part.ratings)
