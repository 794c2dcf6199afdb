"""The subjects that rating facts are about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from qa.facts.columns import own_name
from qa.fields import BY_NAME
from qa.language.tokens import key
from qa.records import RatingFact

NOTHING = ("", "-", "–", "—")
FACTS_OWN = (
    "inherited",
    "rating_as_printed",
    "previous_rating_as_printed",
)  # attributes that are not a column of a subject


@dataclass(eq=False)
class Subject:
    """A rated subject: its name and columns are those of its newest row."""

    number: int
    name: str
    columns: dict[str, str]  # by field
    facts: list[RatingFact] = field(default_factory=list)


def gather(facts: Iterable[RatingFact], subjects: list[Subject]) -> None:
    """Group facts by subject: by identifier; without one, by name and postcode, or whatever there is of an
    address."""
    known: dict[object, Subject] = {}
    identified: set[int] = set()
    newest: dict[int, datetime.date] = {}
    firsts: dict[str, tuple[RatingFact, str]] = {}
    for fact in facts:
        told = fact.attributes
        where = (
            told.get("postcode")
            or " ".join(key(told.get(name, "")) for name in ("street", "town", "local_authority")).strip()
        )
        named, identifier = (key(fact.subject), where), told.get("identifier")
        if identifier:
            first = firsts.setdefault(identifier, (fact, where))
            alike = set(key(fact.subject).split()) & set(key(first[0].subject).split())
            apart = where and first[1] and where != first[1] and not alike
            if apart and fact.source.document != first[0].source.document:
                identifier = f"{identifier} in {fact.source.document}"  # another regulator's number
        subject = known.get(identifier) if identifier else known.get(named)
        if subject is None and identifier and named in known and known[named].number not in identified:
            subject = known[named]
        if subject is None:
            subject = Subject(len(subjects) + 1, "", {})
            subjects.append(subject)
        if identifier:
            known[identifier] = subject
            identified.add(subject.number)
        known.setdefault(named, subject)
        date = fact.published or datetime.date.min
        if subject.number not in newest or date > newest[subject.number]:
            newest[subject.number] = date
            subject.name = fact.subject
            subject.columns = {
                name if name in BY_NAME else own_name(name): value
                for name, value in told.items()
                if value not in NOTHING and name not in FACTS_OWN
            }
            if not told.get("kind") and key(fact.subject):
                subject.columns["noun"] = key(fact.subject).split()[-1]
        subject.facts.append(fact)
