"""Where a report's prose says of all what the table does not bear out: both are told, each with its date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.finding import Findings
from qa.folding import key
from qa.records import Passage, Span
from qa.text import sentences
from qa.understanding import Question, Vocabulary

_EARLIER = re.compile(r"\b(?:were|was|had been|did|with a rating of|that were|which were)\b", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that gives one rating to a whole kind of subjects, none of them by name."""

    passage: Passage
    sentence: Span  # within the passage's text
    ratings: tuple[str, ...]


def claims(vocabulary: Vocabulary) -> tuple[Claim, ...]:
    """Return the claims of the loaded passages. A sentence counts if it names ratings and a kind of subject, and no subject."""
    plurals = {f"{noun}s" for noun in vocabulary.store.values("noun")}
    if not plurals:
        return ()
    named = [key(subject.name).split()[0] for subject in vocabulary.store.subjects()]
    return tuple(claim for passage in vocabulary.passages for claim in _claims(passage, vocabulary.scale.ratings, plurals, set(named)))


def _claims(passage: Passage, ratings: Sequence[str], plurals: set[str], named: set[str]) -> list[Claim]:
    found: list[Claim] = []
    for span in sentences(passage.text):
        sentence = passage.text[span.start : span.end]
        words = key(sentence)
        told = tuple(rating for rating in ratings if re.search(rf"\b{re.escape(key(rating))}\b", words))
        if told and plurals & set(words.split()) and not named & set(words.split()) and _EARLIER.search(sentence):
            found.append(Claim(passage, span, told))
    return found


def contradicted(question: Question, findings: Findings, told: Sequence[Claim]) -> Claim | None:
    """Return the claim that the exceptions found in the table contradict, where the question is about all."""
    asked = {rating.casefold() for one in question.ratings for rating in one.ratings}
    if not findings.exceptions or not asked:
        return None
    return next((claim for claim in told if asked & {claim.ratings[-1].casefold()}), None)
