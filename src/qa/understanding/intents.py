"""Slots → intent: what kind of answer a question wants. The first rule that holds decides; the order is the design."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.understanding.question import Intent, Question
from qa.understanding.topic import CHANGES, about_facts
from qa.understanding.vocabulary import PLACE_FIELDS, Vocabulary

_YES_NO = re.compile(
    r"^\W*(?:(?:and|so|but|ok|then) |(?:in|on|according to) (?:the |this )?\w+, )*"
    r"(?:is|are|was|were|did|does|do|has|have|had|can|(?:is|are|was|were|did|has)n'?t)\b",
    re.I,
)
_TAG = re.compile(r",\s*(?:right|correct|(?:is|are|was|were|did|does|do|has|have)(?:n['’]?t)? (?:it|they|he|she))\s*\?\s*$", re.IGNORECASE)
_ALL_ARE = re.compile(r"^\W*(?:all|every|each|both)\b(?!.*\b(?:that|which|who|whose|rated|with|list)\b).*\?\s*$", re.IGNORECASE)


def yes_no(question: Question) -> bool:
    """Whether the question is put so that it wants yes or no."""
    return bool(_YES_NO.match(question.text) or _TAG.search(question.text) or _ALL_ARE.match(question.text))


def decide(question: Question, vocabulary: Vocabulary) -> Intent:
    """Return the intent. A question whose words the tables do not explain is one for the passages."""
    if not about_facts(question, vocabulary, yes_no=yes_no(question)):
        return "passage"
    return next((intent for intent, holds in _RULES if holds(question)), "passage")


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
    top = question.asks("top") and question.top > 1 and question.group is None and not question.providers  # "the top 5 homes in Leeds"
    best = not question.named and (question.asks("best", "worst") or top) and not question.ratings
    return bool(grouped) or by_date or best


def _attribute(question: Question) -> bool:
    """Who runs a named subject, where it is or what it is."""
    asked = question.asks("provider", "address", "kind") or question.group in (*PLACE_FIELDS, "provider")
    return bool(question.named and asked) and not (question.ratings or question.asks("rating", "when", "count"))


def _checks_all(question: Question) -> bool:
    return yes_no(question) and not question.named and bool(question.ratings or question.asks(*CHANGES))


def _checks(question: Question) -> bool:
    return yes_no(question) and bool(question.named) and bool(question.ratings or question.aspects or question.asks(*CHANGES))


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
