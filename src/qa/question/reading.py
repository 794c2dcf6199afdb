"""What a question was read as: the record that the parse hands on to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.question.query import Named, Query
from qa.records import Change, UsedWord

Spoken = Literal["greeting", "thanks", "goodbye", "help", "keep", "source"]
Care = Literal["crisis", "personal_data", "contact"]
HERE = "where you are"  # a topic of which nothing is held
NO_TEXT = "what reports say, and why"  # a topic of which tables without reports hold nothing
NOT_APART = " apart from other places of their kind"  # ends the topic of a kind that tables don't distinguish


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nothing here knows, as typed, with at most three near names to offer, never to assert. With
    ``in_text`` its words are in the reports, and only the tables do not know it.
    """

    typed: str
    near: tuple[str, ...] = ()
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A name as typed that may be any of these ``subjects``, by their numbers in the store; ``names`` are the
    published ones.

    ``near``: something told disagrees with some of them, so that nothing may be told of them but the question
    back. Without ``subjects`` the ``names`` are what else may be meant: places of one name, companies.
    ``instead`` are the question with a name in place of ``typed``.
    """

    typed: str
    subjects: tuple[int, ...]
    names: tuple[str, ...] = ()
    near: bool = False
    instead: tuple[str, ...] = ()

    @property
    def named(self) -> Named:
        """The condition of being one of those who may be meant, at most fifty."""
        return Named(self.subjects[:50], self.names[:50])


@dataclass(frozen=True, slots=True)
class Reading:
    """One question, read.

    ``standalone`` is the reading in plain English, a follow-up made whole. Several ``queries`` are answered
    part by part; none at all means that nothing was asked that can be looked up: small talk (``spoken``), or
    a ``message`` that says where to turn (``care`` says why). ``left_out`` are words of the question that no
    Query accounts for, ``notes`` sentences that tell what was assumed, ``unheld`` topics in words that no
    table tells of ("fees or prices"), and ``alternative`` is the next best reading as a question, where it is
    nearly as good.
    """

    text: str
    standalone: str
    queries: tuple[Query, ...] = ()
    left_out: tuple[str, ...] = ()
    words: tuple[UsedWord, ...] = ()
    confidence: float = 1.0
    signs: tuple[
        tuple[str, float], ...
    ] = ()  # that the confidence was worked out from, see :mod:`qa.question.certainty`
    corrections: tuple[Change, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    ambiguous: Choice | None = None
    notes: tuple[str, ...] = ()
    unheld: tuple[str, ...] = ()
    alternative: str | None = None
    spoken: Spoken | None = None
    care: Care | None = None
    message: str | None = None
    blocked: bool = (
        False  # words were left out that change the meaning, so the only answer is a question back
    )
    names: tuple[str, ...] = ()  # as typed: the answer must be about them
    unnamed: str = ""  # "it", "the home": words for one who was not named before
    topic: tuple[str, ...] = ()  # questions before that one about the text leans on
    earlier: Named | None = None  # who was named before this question's own names
    beside: Query | None = None  # what the question before asked, where this one follows it
    follows: bool = False  # made whole by the question before
    refused: tuple[Refused, ...] = ()  # questions beside these Queries that can't be answered

    @property
    def prose(self) -> bool:
        """True if the passages are to answer."""
        return any(query.prose is not None for query in self.queries)


@dataclass(frozen=True, slots=True)
class Refused:
    """One of several questions, which can't be answered; ``place`` is the number of Queries before it."""

    reading: Reading
    place: int
