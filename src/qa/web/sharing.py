"""The address of a single answer: it asks the question again, and before it those that it leans on, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from qa.records import Answer

QUESTION, BEFORE = "q", "after"  # the fields of the address


@dataclass(frozen=True, slots=True)
class Shared:
    """The addresses of an answer, and of its ratings as a table; ``questions`` is how many questions they hold."""

    page: str
    table: str
    questions: int


def shared(answer: Answer, earlier: Sequence[str]) -> Shared:
    """Return the addresses of an answer; ``earlier`` are the questions before it in the conversation, the oldest first."""
    before = leaned_on(answer.understood.standalone, answer.question, earlier)
    query = urlencode([(QUESTION, answer.question), *((BEFORE, text) for text in before)])
    place = f"#turn-{len(before) + 1}" if before else ""
    return Shared(f"/?{query}{place}", f"/answer.csv?{query}", len(before) + 1)


def leaned_on(standalone: str, question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """Return the questions that a follow-up was made whole from: ``standalone`` is "question [the one before [the one before it]]"."""
    if standalone in ("", question):
        return ()
    rest, found = _inner(standalone, question), list[str]()
    for text in reversed(earlier):
        if rest == text:
            return (text, *reversed(found))
        if inner := _inner(rest, text):
            found.append(text)
            rest = inner
    return tuple(earlier)  # made whole in another way


def _inner(whole: str, outer: str) -> str:
    """Return what stands in the brackets behind ``outer``; empty where there are none."""
    return whole[len(outer) + 2 : -1] if whole.startswith(f"{outer} [") and whole.endswith("]") else ""
