"""Slots → intent: what kind of answer a question wants. The first rule that holds decides; the order is the design."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.folding import fold
from qa.understanding.english import ordinary
from qa.understanding.question import Intent, Question
from qa.understanding.vocabulary import PLACE_FIELDS, Vocabulary

_YES_NO = re.compile(
    r"^\W*(?:and |so |but |ok |then )*(?:is|are|was|were|did|does|do|has|have|had|can|(?:is|are|was|were|did|has)n'?t)\b",
    re.I,
)
_ALL_ARE = re.compile(r"^\W*(?:all|every|each|both)\b(?!.*\b(?:that|which|who|whose|rated|with|list)\b).*\?\s*$", re.IGNORECASE)
_CHANGES = ("up", "down", "unchanged", "changed")
_TARGETS = ("list", "count", "share", "all", "any", "none", "only", "most", "least", "oldest", "newest")
_FACTUAL = ("rating", *_CHANGES)


def yes_no(question: Question) -> bool:
    """Whether the question is put so that it wants yes or no."""
    return bool(_YES_NO.match(question.text) or _ALL_ARE.match(question.text))


def signals(question: Question) -> bool:
    """Whether the question speaks of ratings at all."""
    return bool(
        question.ratings or question.asks(*_FACTUAL) or (question.aspects and (question.named or question.kinds or question.places))
    )


def decide(question: Question, vocabulary: Vocabulary) -> Intent:
    """Return the intent. A question whose words the tables do not explain is one for the passages."""
    if not _about_facts(question, vocabulary):
        return "passage"
    return next((intent for intent, holds in _RULES if holds(question)), "passage")


def _about_facts(question: Question, vocabulary: Vocabulary) -> bool:
    if not vocabulary.sizes.facts:
        return False
    if "future" in question.unheld and question.named and not question.asks("passage"):
        return True  # to be told that nothing published tells it
    trusts = any(kind.label == "trusts" for kind in question.kinds)
    plain = question.asks("rating", "quality", "compare") and not question.content and not question.asks("up", "down", "unchanged")
    beside = max(len(question.places), len(question.providers)) > 1
    if question.asks("passage") and not (plain and (question.named or trusts or beside)):
        return False
    if question.asks("identity") and vocabulary.passages and not question.ratings and not question.asks("rating", *_CHANGES):
        return False
    if "other-count" in question.cues or (
        question.unheld and not question.ratings and not question.aspects and not question.asks("rating")
    ):
        return False
    if question.named and question.period and not signals(question) and vocabulary.passages and not question.asks("after", "quality"):
        return False
    if question.content or question.unheld:
        return _explicit(question, vocabulary)
    if question.named or question.providers:
        return True
    if trusts and (question.asks("list", "count", "share", "all", "about") or question.cues >= {"passage", "quality"}):
        return True
    target = question.kinds or question.asks(*_TARGETS) or yes_no(question)
    return bool(
        (signals(question) and target)
        or question.asks("table", "best", "worst")
        or (question.asks("oldest", "newest") and (question.kinds or question.asks("rating")))
        or _filtered(question)
        or (question.asks("count", "share") and question.kinds)
    )


def _explicit(question: Question, vocabulary: Vocabulary) -> bool:
    """Whether a question with unexplained words still asks for ratings beyond doubt."""
    if question.named and (question.ratings or question.aspects or question.asks("rating", *_CHANGES)):
        return len(question.content) <= 4 and not _of_the_text(question, vocabulary)
    if question.named and question.asks("before", "after") and not question.asks("passage", "when", "list", "count"):
        return len(question.content) <= 4 and not question.unheld and not any(_topical(word, vocabulary) for word in question.content)
    if question.providers and (question.asks("count", "list", "share", "provider") or signals(question)):
        return len(question.content) <= 2
    unknown = {word.text for name in question.unknown for word in fold(name)}
    if unknown and (signals(question) or _filtered(question)) and not (set(question.content) - unknown) & vocabulary.common_words:
        return True
    return _filtered(question) and bool(question.ratings) and not any(word in vocabulary.common_words for word in question.content)


def _topical(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word that nothing explains is a topic, rather than a name or a slip."""
    return word in vocabulary.common_words or (bool(vocabulary.passages) and ordinary(word))


def _of_the_text(question: Question, vocabulary: Vocabulary) -> bool:
    """Whether an unknown name is one that the reports speak of: what is asked may be about it rather than the named subject."""
    return any(word.text in vocabulary.passage_words for name in question.unknown for word in fold(name))


def _filtered(question: Question) -> bool:
    return bool(
        question.places or question.outside or question.services or any(kind.field and kind.label != "trusts" for kind in question.kinds)
    )


def _compares(question: Question) -> bool:
    several = max(len(question.named), len(question.places), len(question.providers)) > 1
    return several and (
        question.asks("compare", "better", "worse", "most", "least", "best", "worst")
        or not question.asks("count", "share", "list")
        or len(question.named) > 1
    )


def _ranks(question: Question) -> bool:
    ends = question.asks("most", "least", "best", "worst") or (question.asks("better", "worse") and not question.places)
    several = (len(question.places) > 1 and question.group in PLACE_FIELDS) or len(question.providers) > 1
    grouped = question.group not in (None, "rating") and ends and not several and not question.providers
    by_date = not question.named and question.asks("oldest", "newest")
    return bool(grouped) or by_date or (not question.named and question.asks("best", "worst") and not question.ratings)


def _attribute(question: Question) -> bool:
    """Who runs a named subject, where it is or what it is."""
    asked = question.asks("provider", "address", "kind") or question.group in (*PLACE_FIELDS, "provider")
    return bool(question.named and asked) and not (question.ratings or question.asks("rating", "when", "count"))


def _checks_all(question: Question) -> bool:
    return yes_no(question) and not question.named and bool(question.ratings or question.asks(*_CHANGES))


def _checks(question: Question) -> bool:
    return yes_no(question) and bool(question.named) and bool(question.ratings or question.aspects or question.asks(*_CHANGES))


_RULES: tuple[tuple[Intent, Callable[[Question], bool]], ...] = (
    ("attribute", _attribute),
    ("when", lambda question: question.asks("when") and bool(question.named)),
    ("rank", _ranks),
    ("compare", _compares),
    ("share", lambda question: question.asks("share")),
    ("rollup", lambda question: bool(question.providers) and not question.asks("list", "table")),
    ("check", _checks),
    ("lookup", lambda question: bool(question.named)),
    ("count", lambda question: question.asks("count")),
    ("check", _checks_all),
    ("list", lambda question: True),
)
