"""What can be asked about a corpus, and example questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from qa.question.query import Named, Query


@dataclass(frozen=True, slots=True)
class Example:
    """An example question: its kind, and the Query that it is read as if the tables answer it, or the
    ``section`` of the reports that answers it."""

    label: str
    question: str
    query: Query | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be asked about this corpus.

    ``common`` are the commonest values by field, most frequent first; ``ratings`` the scale's words in the
    tables, best first; ``aspects`` the key questions in the tables; ``historic`` is true if there are
    previous ratings, ``history`` if there are older ones with dates. ``say`` puts a Query into an English
    question, if it can; ``holds`` says whether the tables have an answer to it other than nothing.
    ``examples`` are questions that this corpus answers, ``sections`` those about sections of its reports.
    """

    say: Callable[[Query], str | None]
    holds: Callable[[Query], bool]
    common: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ratings: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    historic: bool = False
    history: bool = False
    examples: tuple[Example, ...] = ()
    sections: tuple[Example, ...] = ()
    first: Callable[[Query], Sequence[str]] = lambda query: ()  # the names of the first places of a list
    told: Callable[[str], str | None] = lambda name: (
        None
    )  # makes a question about a subject that the reports answer
    named: Callable[[str], Named | None] = lambda typed: (
        None
    )  # the subject that a name means, if that is certain
