"""The limits of every question and every answer, whatever is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.errors import EngineError, RequestError
from qa.language.tokens import fold
from qa.question.annotate import MOST_WORDS
from qa.question.reading import Reading
from qa.records import Answer
from qa.safety.care import concern
from qa.safety.personal import leave_out, personal_data

_HALF = re.compile("[\ud800-\udfff]")
_MOST_FACTS = 50  # of an answer
_AWAY = 5  # seconds after which a search may succeed again
_NOT_ALL = "Not all reports can be searched at the moment."
LONGEST_QUESTION = 2_000  # characters, after trimming


def bounded(answer: Answer) -> Answer:
    """Return an answer, which may be joined from several, with at most as many facts as one may have, and
    without the ids of those cut off.
    """
    if len(answer.facts) <= _MOST_FACTS and not (answer.parts or answer.conflicts):
        return answer
    facts, passages = answer.facts[:_MOST_FACTS], {passage.id for passage in answer.passages}
    told = {fact.id for fact in facts}
    return replace(
        answer,
        facts=facts,
        parts=tuple(
            replace(
                part,
                passages=tuple(filter(passages.__contains__, part.passages)),
                facts=tuple(filter(told.__contains__, part.facts)),
            )
            for part in answer.parts
        ),
        conflicts=tuple(one for one in answer.conflicts if one.fact in told and one.passage in passages),
    )


def degraded(answer: Answer) -> Answer:
    """Return the answer, saying so if not all passages were searched. Raises EngineError if nothing was found
    for that reason.
    """
    if not answer.degraded:
        return answer
    if answer.status == "not_found":
        raise EngineError(
            "Not all reports can be searched at the moment, and nothing was found in the others.",
            retry_after=_AWAY,
        )
    said = f"{answer.answer.text} {_NOT_ALL}"
    return replace(answer, answer=replace(answer.answer, text=said))


def with_unread(answer: Answer) -> Answer:
    """Return the answer, saying so if its question has more words than are read."""
    unread = f"the first {MOST_WORDS} words"
    if (
        answer.status == "signposted"
        or unread in answer.answer.text
        or len(fold(answer.question)) <= MOST_WORDS
    ):
        return answer
    said = f"{answer.answer.text} Only {unread} of the question were read."
    return replace(answer, answer=replace(answer.answer, text=said))


def check_text(field: str, text: str, least: int) -> None:
    """Raise RequestError unless ``text`` keeps to the contract: at most 2,000 characters, and no lone
    surrogates.
    """
    if not least <= len(text.strip()) <= LONGEST_QUESTION:
        told = f"needs {least} to {LONGEST_QUESTION:,} characters"
        raise RequestError(f"The field {field} {told}.", fields={field: told})
    if _HALF.search(text):
        raise RequestError(
            f"The field {field} has half a character (a lone surrogate).",
            fields={field: "holds a lone surrogate"},
        )


def signposted(text: str) -> Reading | None:
    """Return the answer that says whom to contact, if somebody may be in danger or the question contains
    personal data. Danger comes first.
    """
    if found := concern(text):
        return Reading(text, text, care="crisis", message=" ".join(found.text.split()))
    if kind := personal_data(text):
        return Reading(text, text, care="personal_data", message=leave_out(kind))
    return None
