"""Rows of rating facts: which of a subject's facts counts, and the contents of its columns."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qa.evaluation.plain.settled import Settled
from qa.evaluation.plain.subjects import FACTS_OWN, NOTHING, Subject
from qa.fields import BY_NAME, FIELDS, says_closed
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.reading.written_dates import read_date
from qa.records import RatingFact

Pair = tuple[str, str]  # aspect and service
_YES_OR_NO = {"y": "y", "yes": "y", "true": "y", "n": "n", "no": "n", "false": "n"}
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class Rows(Settled):
    """All facts, in the order of reading, subject by subject; ``seen`` narrows them to some
    tables and a day.
    """

    def seen(self, documents: Sequence[str] | None, at: datetime.date | None) -> Rows:
        """Return the rows of these tables, up to this day; the columns of subjects are unchanged."""
        if documents is None and at is None:
            return self
        there = [fact for fact in self.facts if _is_seen(fact, documents, at)]
        narrowed = Rows([], self.scale)
        narrowed.facts, narrowed.everybody, narrowed._places = there, self.everybody, self._places
        narrowed.at = at
        narrowed._every_pair, narrowed._areas_only = self._every_pair, self._areas_only
        kept = {fact.id for fact in there}
        narrowed.subjects = [
            replace(one, facts=[fact for fact in one.facts if fact.id in kept]) for one in self.everybody
        ]
        narrowed.subjects = [one for one in narrowed.subjects if one.facts]
        return narrowed

    def place(self, fact: RatingFact) -> int:
        """Return the position of a fact among all, in the order of reading."""
        return self._places[fact.id]

    def by_number(self, number: int) -> Subject | None:
        """Return the subject with this number; ``None`` if it has no rows here."""
        found = next((one for one in self.subjects if one.number == number), None)
        return found or next((replace(one, facts=[]) for one in self.everybody if one.number == number), None)

    def told(self, fact: RatingFact) -> RatingFact:
        """Return a fact as answers show it: with its subject's present name and columns, and the previous
        rating."""
        subject = next(one for one in self.subjects if any(each.id == fact.id for each in one.facts))
        attributes = {
            one.name: told
            for one in FIELDS
            if one.name != "inherited" and (told := self.as_told(subject, one.name)) is not None
        }
        attributes |= {name: value for name, value in fact.attributes.items() if name in FACTS_OWN}
        previous = fact.previous_rating
        if self.current(subject, fact.aspect, fact.service or WHOLE) is fact:
            previous = self.before(subject, fact.aspect, fact.service or WHOLE)
        return replace(fact, subject=subject.name, attributes=attributes, previous_rating=previous)

    def _cell(self, subject: Subject, name: str) -> str | None:
        if name != "inherited":
            return subject.columns.get(name)
        fact = self.current(subject, *self.home())
        value = fact.attributes.get("inherited") if fact is not None else None
        return None if value in NOTHING else value

    def _cells(self, name: str) -> list[str]:
        """Return every non-empty cell of the subjects; for "inherited", of every fact."""
        if name == "inherited":
            facts = [fact for one in self.everybody for fact in one.facts]
            return [
                value
                for fact in facts
                if (value := fact.attributes.get(name)) not in (None, *NOTHING) and value is not None
            ]
        return [value for one in self.everybody if (value := one.columns.get(name)) is not None]

    def holds_field(self, name: str) -> bool:
        """True if any subject has this column."""
        return bool(self._cells(name))

    def type_of(self, name: str) -> str:
        """Return the type of a column: "yesno", "number", "date" or "category"."""
        if name in BY_NAME or name == "noun":
            return BY_NAME[name].type if name in BY_NAME else "category"
        if name not in self._types:
            values = self._cells(name)
            if all(key(value) in _YES_OR_NO for value in values):
                self._types[name] = "yesno"
            elif all(_PLAIN_NUMBER.fullmatch(value) for value in values):
                self._types[name] = "number"
            else:
                self._types[name] = "date" if all(read_date(value) for value in values) else "category"
        return self._types[name]

    def value_key(self, name: str, value: str) -> Any:
        """Return the key by which values of a column are compared."""
        kind = self.type_of(name)
        if kind == "number":
            return float(value) if _PLAIN_NUMBER.fullmatch(value) else None
        if kind == "yesno":
            return _YES_OR_NO.get(key(value), key(value))
        if kind == "date":
            return read_date(value) or key(value)
        return value.casefold() if name in ("identifier", "provider_identifier", "postcode") else key(value)

    def key_of(self, subject: Subject, name: str) -> Any:
        """Return the key of a subject's value; ``None`` for an empty cell."""
        value = self._cell(subject, name)
        return None if value is None else self.value_key(name, value)

    def number(self, subject: Subject, name: str) -> float | None:
        """Return the number in a column."""
        value = self._cell(subject, name)
        return None if value is None else float(value)

    def label(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value in its commonest spelling."""
        value = self._cell(subject, name)
        if value is None:
            return None
        if self.type_of(name) == "number":
            return f"{float(value):.15g}"
        if name not in self._labels:
            spellings = sorted(Counter(self._cells(name)).items(), key=lambda pair: (-pair[1], pair[0]))
            self._labels[name] = {}
            for spelling, _ in spellings:
                self._labels[name].setdefault(self.value_key(name, spelling), spelling)
        return self._labels[name][self.value_key(name, value)]

    def is_closed(self, subject: Subject) -> bool:
        """True if a subject has closed by the day of these rows."""
        status, closed = subject.columns.get("status"), subject.columns.get("closed")
        if closed is None:
            return status is not None and says_closed(status)
        date = read_date(closed)
        return self.at is None or date is None or date <= self.at

    def sort_key(self, subject: Subject, name: str) -> Any:
        """Return the key that subjects are sorted by: a number, or a label ignoring case."""
        if self.type_of(name) == "number":
            return self.number(subject, name)
        label = self.label(subject, name)
        return None if label is None else (label.casefold(), label)

    def as_told(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value as answers show it: for categories the commonest spelling,
        otherwise as printed.
        """
        alike = self.type_of(name) == "category" and name not in (
            "identifier",
            "provider_identifier",
            "street",
            "postcode",
        )
        return self.label(subject, name) if alike else self._cell(subject, name)

    def value(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value for a question that asks for it."""
        return (
            self.as_told(subject, name)
            if name in BY_NAME and name != "inherited"
            else self.label(subject, name)
        )


def _is_seen(fact: RatingFact, documents: Sequence[str] | None, at: datetime.date | None) -> bool:
    """True if a fact is in these tables, and was published by this day."""
    if documents is not None and fact.source.document not in documents:
        return False
    return at is None or (fact.published is not None and fact.published <= at)
