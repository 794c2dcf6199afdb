"""The question as understood: what is asked, of whom, and what was not known. One frozen record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from qa.facts import Condition
from qa.records import Change
from qa.understanding.lexicon import KindOfService

Intent = Literal[
    "lookup",  # the rating of one or more named subjects
    "list",  # which subjects
    "count",
    "share",
    "compare",  # two or more subjects, places or providers
    "check",  # yes or no
    "rank",  # which place, provider or kind has most or fewest; or the best and worst rated
    "when",
    "attribute",  # who runs it, where it is, what it is
    "rollup",  # a provider's services by rating
    "passage",
    "small_talk",
    "crisis",
    "personal_data",
    "contact",
]
Role = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as typed, and the subjects it may mean: several where the name is shared."""

    text: str
    subjects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tables: the field that holds it, its value there, and other fields that hold the same name."""

    field: str
    value: str
    others: tuple[str, ...] = ()

    @property
    def condition(self) -> Condition:
        """The condition that the place stands for."""
        return Condition(self.field, (self.value,))


@dataclass(frozen=True, slots=True)
class AskedRating:
    """A rating, or a range of them, as asked: before or after a change, for which aspect, or anything but it."""

    ratings: tuple[str, ...]
    text: str
    role: Role | None = None
    aspect: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open range of publication dates, and how it was typed."""

    since: datetime.date | None
    until: datetime.date | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What one question asks. Empty slots are filled from the questions before where it is a follow-up."""

    text: str
    standalone: str
    intent: Intent = "passage"
    cues: frozenset[str] = frozenset()
    named: tuple[Named, ...] = ()
    providers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    outside: tuple[Place, ...] = ()  # places that are left out: "outside London"
    kinds: tuple[KindOfService, ...] = ()
    aspects: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    ratings: tuple[AskedRating, ...] = ()
    group: str | None = None
    period: Period | None = None
    top: int = 1
    content: tuple[str, ...] = ()  # words that only the passages can answer
    topic: tuple[str, ...] = ()  # words of the question before, for a passage question that leans on it
    unknown: tuple[str, ...] = ()
    mentioned: tuple[Named, ...] = ()  # every subject named in the conversation, the latest last
    unheld: tuple[str, ...] = ()  # topics that the tables do not hold, as the lexicon names them
    sought: tuple[str, ...] = ()  # their words, where nothing else can be meant: "email", "parking"
    corrections: tuple[Change, ...] = ()
    searched: str = ""  # what the passages are searched for, where it is not the whole text
    message: str | None = None  # where to turn, of a signposted question

    def asks(self, *cues: str) -> bool:
        """Whether any of these cues was said."""
        return not self.cues.isdisjoint(cues)
