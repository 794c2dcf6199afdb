"""The record of how a question was read, which the parser hands on to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.question.query import Named, Query
from qa.records import Change, UsedWord

Spoken = Literal["greeting", "thanks", "goodbye", "help", "keep", "source"]
Care = Literal["crisis", "personal_data", "contact"]
HERE = "where you are"  # a topic about which the tables have nothing
NO_TEXT = "what reports say, and why"  # a topic about which tables without reports have nothing
NOT_APART = " apart from other places of their kind"  # ends the topic of an indistinguishable kind


@dataclass(frozen=True, slots=True)
class Unknown:
    """An unknown name, as typed, with at most three similar names to offer, never to assert.

    With ``in_text`` its words are in the reports, and only the tables do not have it.
    """

    typed: str
    near: tuple[str, ...] = ()
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A name as typed that may be any of these ``subjects``, by their numbers in the store; ``names`` are the
    published ones.

    ``near``: something in the question disagrees with some of them, so that the only answer is the question
    back. Without ``subjects``, ``names`` are other things that may be meant: places with the same name,
    companies. ``instead`` are the questions with a name in place of ``typed``.
    """

    typed: str
    subjects: tuple[int, ...]
    names: tuple[str, ...] = ()
    near: bool = False
    instead: tuple[str, ...] = ()

    @property
    def named(self) -> Named:
        """The condition of being one of the possible subjects, at most fifty."""
        return Named(self.subjects[:50], self.names[:50])


@dataclass(frozen=True, slots=True)
class Reading:
    """One question, read.

    ``standalone`` is the reading in plain English, complete if the question was a follow-up. Several
    ``queries`` are answered part by part; none means that nothing was asked that can be looked up: small talk
    (``spoken``), or a ``message`` that says where to turn (``care`` says why). ``left_out`` are words of the
    question that no Query uses, ``notes`` sentences that state assumptions, ``unheld`` the words for topics
    that no table has ("fees or prices"), and ``alternative`` is the next best reading as a question, if it is
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
    ] = ()  # the features behind the confidence, see :mod:`qa.question.certainty`
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
    unnamed: str = ""  # "it", "the home": words for a subject that was not named before
    topic: tuple[str, ...] = ()  # earlier questions that one to the passages continues
    about: tuple[str, ...] = ()  # the subjects that pronouns of one to the passages stand for
    earlier: Named | None = None  # the subjects named before this question's own
    beside: Query | None = None  # the Query of the question before, if this one follows it
    follows: bool = False  # completed by the question before
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
