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


def gather(facts: Iterable[RatingFact]) -> list[Subject]:
    """Return the subjects of facts, told apart by identifier; without one, by name and postcode, or by
    whatever there is of an address."""
    gathered = _Gathered()
    for fact in facts:
        gathered.add(fact)
    return gathered.subjects


class _Gathered:
    """The subjects of the facts read so far."""

    def __init__(self) -> None:
        self.subjects: list[Subject] = []
        self._known: dict[object, Subject] = {}  # by identifier, and by name and address
        self._identified: set[int] = set()
        self._newest: dict[int, datetime.date] = {}
        self._firsts: dict[str, RatingFact] = {}  # by identifier

    def add(self, fact: RatingFact) -> None:
        """Add a fact to its subject, and take its name and columns from it if it is newer than the others."""
        named, identifier = (key(fact.subject), _address(fact)), self._identifier(fact)
        subject = self._subject(named, identifier)
        if identifier:
            self._known[identifier] = subject
            self._identified.add(subject.number)
        self._known.setdefault(named, subject)
        date = fact.published or datetime.date.min
        if subject.number not in self._newest or date > self._newest[subject.number]:
            self._newest[subject.number] = date
            subject.name, subject.columns = fact.subject, _columns(fact)
        subject.facts.append(fact)

    def _identifier(self, fact: RatingFact) -> str | None:
        """Return the identifier of a fact's subject. The same number in another document, for another name at
        another address, comes from another regulator and counts as a different one."""
        identifier = fact.attributes.get("identifier")
        if not identifier:
            return None
        first = self._firsts.setdefault(identifier, fact)
        where, at_first = _address(fact), _address(first)
        if where and at_first and where != at_first and not _words(fact) & _words(first):
            document = fact.source.document
            return f"{identifier} in {document}" if document != first.source.document else identifier
        return identifier

    def _subject(self, named: tuple[str, str], identifier: str | None) -> Subject:
        """Return the known subject with this identifier, or with this name if one of the two has no
        identifier; otherwise a new one."""
        found, namesake = self._known.get(identifier or named), self._known.get(named)
        if found is None and namesake is not None and namesake.number not in self._identified:
            found = namesake
        if found is None:
            found = Subject(len(self.subjects) + 1, "", {})
            self.subjects.append(found)
        return found


def _address(fact: RatingFact) -> str:
    """Return the postcode of a fact's subject, or whatever else there is of its address."""
    cells = fact.attributes
    parts = (key(cells.get(name, "")) for name in ("street", "town", "local_authority"))
    return cells.get("postcode") or " ".join(parts).strip()


def _words(fact: RatingFact) -> set[str]:
    return set(key(fact.subject).split())


def _columns(fact: RatingFact) -> dict[str, str]:
    """Return the columns of a fact's subject by field. Without a kind, the noun for it is the last word of
    its name."""
    columns = {
        name if name in BY_NAME else own_name(name): value
        for name, value in fact.attributes.items()
        if value not in NOTHING and name not in FACTS_OWN
    }
    if not fact.attributes.get("kind") and key(fact.subject):
        columns["noun"] = key(fact.subject).split()[-1]
    return columns
