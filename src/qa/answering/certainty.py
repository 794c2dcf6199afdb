"""How sure it is that a question about ratings was read as it was meant: a small logistic model over how it was read.

What the tables say to a reading is computed exactly, so an answer is only wrong where the reading is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qa.finding import Findings
from qa.folding import fold
from qa.retrieval.confidence import probability
from qa.understanding import Question

MOST = 3  # words left over or corrected that are counted


def probability_right(question: Question, findings: Findings) -> float:
    """The probability that the answer is right."""
    return probability(signs(question, findings), _coefficients())


def signs(question: Question, findings: Findings) -> Mapping[str, float]:
    """What the probability is worked out from."""
    several = len(question.named) + len(question.providers) + len(question.places) > 1
    return {
        "corrected": min(len(question.corrections), MOST),
        "left_over": min(len(question.content), MOST),
        "unknown": float(bool(question.unknown)),
        "shared": float(findings.ambiguous is not None),
        "shared_and_corrected": float(findings.ambiguous is not None and bool(question.corrections)),
        "untold": _untold(question, findings),
        "nothing": float(not findings.total and not findings.groups),
        "unrated": float(_unrated(question)),
        "mixed": float(len(question.ratings) > 1 and any(one.negated for one in question.ratings)),
        "several": float(several and question.intent not in ("compare", "count")),
        "leaning": float(question.standalone != question.text),
    }


def _untold(question: Question, findings: Findings) -> float:
    """The share of the words of the subject's name that were not typed, where one subject is named and found."""
    if len(question.named) != 1 or not findings.facts or findings.ambiguous:
        return 0.0
    typed = {form for word in fold(question.named[0].text) for form in (word.text, word.base)}
    name = [word.text for word in fold(findings.facts[0].subject)]
    return sum(word not in typed for word in name) / max(1, len(name))


def _unrated(question: Question) -> bool:
    """Whether a list is of all that there is in some place, which few people want."""
    narrowed = (
        question.ratings
        or question.aspects
        or question.period
        or question.outside
        or question.asks("up", "down", "unchanged", "changed", "table", "count")
    )
    return question.intent == "list" and not narrowed


@cache
def _coefficients() -> Mapping[str, float]:
    table: Mapping[str, float] = tomllib.loads(files("qa.answering").joinpath("certainty.toml").read_text(encoding="utf-8"))["certainty"]
    return table
