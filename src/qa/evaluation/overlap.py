"""Exact match and F1 of an answer against short golds, as SQuAD 2.0 defines them (Rajpurkar et al., 2018);
pure.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalised(text: str) -> str:
    """Return the text in lower case without punctuation, articles and extra white space."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(told: str, golds: Sequence[str]) -> float:
    """Return 1 if the answer equals one of the golds; without a gold, 1 for an empty answer."""
    return max(float(normalised(told) == normalised(gold)) for gold in _usable(golds))


def f1(told: str, golds: Sequence[str]) -> float:
    """The best harmonic mean, over the golds, of the shares of words that answer and gold have in common."""
    return max(_f1(normalised(told).split(), normalised(gold).split()) for gold in _usable(golds))


def _usable(golds: Sequence[str]) -> Sequence[str]:
    """Drop golds without any word; without a gold, the empty answer is the gold."""
    return [gold for gold in golds if normalised(gold)] or [""]


def _f1(told: list[str], gold: list[str]) -> float:
    if not told or not gold:
        return float(told == gold)
    shared = sum((Counter(told) & Counter(gold)).values())
    return 2 * shared / (len(told) + len(gold))
