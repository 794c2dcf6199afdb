"""A conversation as the page's form carries it: the questions, and nothing else. The server
keeps none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from qa.web.api.ask_request import MAX_HISTORY, MAX_QUESTION
from qa.web.pages.links import BEFORE, QUESTION

MAX_TURNS = MAX_HISTORY  # beyond it, the oldest question drops out
MAX_DROPPED = 100_000  # no form of ours counts further

EMPTY = "Enter a question"
TOO_LONG = f"Your question must be {MAX_QUESTION:,} characters or fewer"


class Form(Protocol):
    """The part of werkzeug's MultiDict that is needed here."""

    def get(self, key: str, default: str) -> str:
        """Return the first value of a field."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of a field."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """``questions``, oldest first; ``dropped`` preceded them; ``draft`` is in the box;
    ``error`` is shown above it.
    """

    questions: tuple[str, ...] = ()
    dropped: int = 0
    draft: str = ""
    error: str = ""

    @property
    def next_number(self) -> int:
        """The number of the turn that the form asks for next, from 1."""
        return self.dropped + len(self.questions) + 1

    def asking(self, question: str) -> Conversation:
        """Return the conversation with one more question, or with the error that keeps it out.

        White space is trimmed.
        """
        asked = _lines(question)
        error = "" if 1 <= len(asked) <= MAX_QUESTION else TOO_LONG if asked else EMPTY
        if error:
            return replace(self, draft=asked, error=error)
        questions = (*self.questions, asked)
        gone = max(0, len(questions) - MAX_TURNS)
        return replace(self, questions=questions[gone:], dropped=self.dropped + gone, error="")


def from_form(form: Form) -> Conversation:
    """Read the page's form.

    A pressed suggestion (``ask``) goes before the box, whose words are kept as a draft.
    """
    before = carried(form)
    typed, pressed = form.get("question", ""), form.get("ask", "")
    return replace(before, draft=_lines(typed)).asking(pressed) if pressed else before.asking(typed)


def carried(form: Form) -> Conversation:
    """Read the questions that the page's form carries along, and nothing that was typed or pressed."""
    return Conversation(_questions(form, "history"), _count(form.get("dropped", "")))


def from_link(values: Form) -> Conversation:
    """Read the address of a page: ``?q=…`` shares one question, with the ones it depends on as ``after``;
    anything else starts empty.
    """
    shared = values.getlist(QUESTION)
    return (
        replace(Conversation(), questions=_questions(values, BEFORE)).asking(shared[0])
        if shared
        else Conversation()
    )


def _questions(values: Form, name: str) -> tuple[str, ...]:
    """Return the texts of a field that can be asked, only the newest of them."""
    texts = [_lines(text) for text in values.getlist(name)]
    return tuple(text for text in texts if 1 <= len(text) <= MAX_QUESTION)[-MAX_TURNS:]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _count(text: str) -> int:
    return min(int(text), MAX_DROPPED) if text.isascii() and text.isdigit() and len(text) < 9 else 0
