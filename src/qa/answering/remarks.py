"""Remarks added to an answer: what was ignored, what was assumed, how sure it is, and other possible
readings.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from qa.answering.english import listed_or, sentence
from qa.phrasing import long_date


def quoted(words: Sequence[str]) -> list[str]:
    """Return each of ``words`` in quotation marks."""
    return [f"“{word}”" for word in words]


def left_out_sentence(words: Sequence[str]) -> str:
    """``I did not understand “by bus” and left it out.``; empty if nothing was left out."""
    if not words:
        return ""
    it = "it" if len(words) == 1 else "them"
    return f"I did not understand {listed_or(quoted(words))} and left {it} out."


def asked_back(words: Sequence[str]) -> str:
    """Ask back, because a word that was not understood may change the meaning."""
    told = f"I did not understand {listed_or(quoted(words))}, which may change what is asked."
    return f"{told} Please say it in other words."


def which_one(words: str) -> str:
    """Ask which one is meant, because a question refers to one that was not named before."""
    return f"Which one do you mean by “{words}”? Please ask again with its name."


def unsure(text: str) -> str:
    """Mark an answer as unsure."""
    return f"I am not sure: {text}"


def did_you_mean(question: str) -> str:
    """Offer another reading."""
    return f"Or did you mean: {_asking(question)}"


def hardly_sure(question: str) -> str:
    """Offer a reading that is too unsure to answer."""
    return f"I am not sure what you are asking. Did you mean: {_asking(question)}"


def _asking(question: str) -> str:
    return f"{sentence(question).rstrip('.?')}?"


def near_names(names: Sequence[str]) -> str:
    """Offer up to three near names as a question; empty if there are none."""
    return f"Did you mean {listed_or(names[:3])}?" if names else ""


def unknown_names(names: Sequence[str], what: str = "reports and ratings") -> str:
    """``The loaded reports and ratings do not know “Zanderley Court”.``"""
    return f"The loaded {what} do not know {listed_or(quoted(names))}." if names else ""


def counted_back(typed: str, newest: datetime.date) -> str:
    """``“in the last two years” is counted back from 21 September 2025.``"""
    return f"“{typed}” is counted back from {long_date(newest)}."


def joined(*sentences: str) -> str:
    """Join the sentences that are not empty into one text."""
    return " ".join(one for one in sentences if one)
