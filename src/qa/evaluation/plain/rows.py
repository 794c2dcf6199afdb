"""Rows of rating facts: which of a subject's counts, and what its columns hold."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from qa.evaluation.plain.subjects import FACTS_OWN, NOTHING, Subject, gather
from qa.fields import BY_NAME, FIELDS, says_closed
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.reading.dates import read_date
from qa.records import RatingFact
from qa.scale import Scale, folded

Pair = tuple[str, str]  # aspect and service
_YES_OR_NO = {"y": "y", "yes": "y", "true": "y", "n": "n", "no": "n", "false": "n"}
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class Rows:
    """All facts, in the order of reading, subject by subject; ``seen`` narrows them to some
    tables and a day.
    """

    def __init__(self, facts: Iterable[RatingFact], scale: Scale) -> None:
        self.scale = scale
        self.facts = list(facts)
        self.everybody: list[Subject] = []
        self._places = {fact.id: place for place, fact in enumerate(self.facts)}
        self._every_pair = list(dict.fromkeys((fact.aspect, fact.service or WHOLE) for fact in self.facts))
        gather(self.facts, self.everybody)
        self.subjects = self.everybody
        self._labels: dict[str, dict[str, str]] = {}
        self._types: dict[str, str] = {}
        self.at: datetime.date | None = None
        whole = {
            fact.source.document
            for fact in self.facts
            if (key(fact.aspect), key(fact.service or WHOLE)) == (key(WHOLE), key(WHOLE))
        }
        self._areas_only = {fact.source.document for fact in self.facts} - whole
        self._settled: dict[tuple[int, str, str], tuple[RatingFact | None, str | None, list[RatingFact]]] = {}

    def seen(self, documents: Sequence[str] | None, at: datetime.date | None) -> Rows:
        """Return the rows of these tables, up to this day; the columns of subjects stay what they are."""
        if documents is None and at is None:
            return self
        there = [
            fact
            for fact in self.facts
            if (documents is None or fact.source.document in documents)
            and (at is None or (fact.published is not None and fact.published <= at))
        ]
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
        """Where a fact stands among all, in the order of reading."""
        return self._places[fact.id]

    def by_number(self, number: int) -> Subject | None:
        """Return the subject of this number; one without rows here is nobody's."""
        found = next((one for one in self.subjects if one.number == number), None)
        return found or next((replace(one, facts=[]) for one in self.everybody if one.number == number), None)

    # Aspects and services -----------------------------------------------------------------------------------

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        here = {(key(fact.aspect), key(fact.service or WHOLE)) for fact in self.facts}
        first: dict[tuple[str, str], tuple[str, str]] = {}
        for aspect, service in self._every_pair:
            first.setdefault((key(aspect), key(service)), (aspect, service))
        return [pair for folded_pair, pair in first.items() if folded_pair in here]

    def pairs(self) -> list[tuple[str, str]]:
        """The aspects and services that facts are of, in the order of reading."""
        return self._pairs

    def home(self) -> tuple[str, str]:
        """What counts where nothing is asked: the whole, or what comes first in tables that do
        not rate it.
        """
        return self._home

    @cached_property
    def _home(self) -> tuple[str, str]:
        held = [pair for pair in self._pairs if (key(pair[0]), key(pair[1])) == (key(WHOLE), key(WHOLE))]
        return (held or self._pairs or [(WHOLE, WHOLE)])[0]

    def counting(self, subject: Subject) -> RatingFact | None:
        """What a subject counts by where nothing is asked; of a table that rates nobody as a whole, the first
        area rated.
        """
        fact = self.current(subject, *self.home())
        if fact is None and any(one.source.document in self._areas_only for one in subject.facts):
            fact = next(
                (one for pair in self._pairs if (one := self.current(subject, *pair)) is not None), None
            )
        return fact

    def telling_date(self, subject: Subject, aspect: str, service: str) -> RatingFact | None:
        """What tells when a subject was rated."""
        return (
            self.counting(subject)
            if (aspect, service) == (WHOLE, WHOLE)
            else self.current(subject, aspect, service)
        )

    def aspects(self, service: str) -> list[str]:
        """The aspects held of a service."""
        return [aspect for aspect, other in self._pairs if key(other) == key(service)]

    def spelt(self, part: str, word: str) -> tuple[int, str]:
        """Return where an aspect or service stands among all, in the order of reading, and its first
        spelling.
        """
        folded_word, spellings = key(word), self._spellings[part]
        return list(spellings).index(folded_word), spellings[folded_word]

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {"aspect": {}, "service": {}}
        for aspect, service in self._pairs:
            found["aspect"].setdefault(key(aspect), aspect)
            found["service"].setdefault(key(service), service)
        return found

    # Which fact counts --------------------------------------------------------------------------------------

    def same(self, rating: str) -> str:
        """Return what ratings are compared by."""
        return self.scale.canonical(rating) or folded(rating)

    def _of(self, subject: Subject, aspect: str, service: str) -> list[RatingFact]:
        return [
            fact
            for fact in subject.facts
            if key(fact.aspect) == key(aspect) and key(fact.service or WHOLE) == key(service)
        ]

    def dated(self, facts: list[RatingFact]) -> list[list[RatingFact]]:
        """Facts by date, the newest first, those without one last."""
        dates = sorted({fact.published for fact in facts if fact.published is not None}, reverse=True)
        groups = [[fact for fact in facts if fact.published == date] for date in dates]
        undated = [fact for fact in facts if fact.published is None]
        return groups + ([undated] if undated else [])

    def contradict(self, facts: Sequence[RatingFact]) -> bool:
        """Whether facts give different ratings."""
        return len({self.same(fact.rating) for fact in facts if fact.rating is not None}) > 1

    def settle(
        self, subject: Subject, aspect: str, service: str
    ) -> tuple[RatingFact | None, str | None, list[RatingFact]]:
        """Return the fact that counts, the rating before it, and the newest facts if they contradict each
        other.
        """
        known = (subject.number, key(aspect), key(service))
        if known not in self._settled:
            self._settled[known] = self._settle(subject, aspect, service)
        return self._settled[known]

    def _settle(
        self, subject: Subject, aspect: str, service: str
    ) -> tuple[RatingFact | None, str | None, list[RatingFact]]:
        dated = self.dated(self.speaking(subject, aspect, service))
        if not dated:
            return None, None, []
        newest = dated[0]
        if self.contradict(newest):
            first: dict[str, RatingFact] = {}
            for fact in newest:
                if fact.rating is not None:
                    first.setdefault(self.same(fact.rating), fact)
            return None, None, list(first.values())
        fact = next((one for one in newest if one.rating is not None), newest[0])
        before, older = fact.previous_rating, None
        if len(dated) > 1 and dated[1][0].published is not None and not self.contradict(dated[1]):
            older = next((one.rating for one in dated[1] if one.rating is not None), None)
        if before is None or (not self.is_graded(before) and older is not None):
            before = older
        return fact, before, []

    def is_graded(self, word: str | None) -> bool:
        """Whether a word is a rating of the scale."""
        return word is not None and self.scale.rank(word) is not None

    def speaking(self, subject: Subject, aspect: str, service: str) -> list[RatingFact]:
        """The facts that say how a subject is rated: those with a rating of the scale, where
        there are any.
        """
        facts = self._of(subject, aspect, service)
        return [fact for fact in facts if self.is_graded(fact.rating)] or facts

    def current(self, subject: Subject, aspect: str, service: str) -> RatingFact | None:
        """Return the fact that counts."""
        return self.settle(subject, aspect, service)[0]

    def before(self, subject: Subject, aspect: str, service: str) -> str | None:
        """Return the rating before the current one."""
        return self.settle(subject, aspect, service)[1]

    def contradictions(self, subject: Subject, aspect: str, service: str) -> list[RatingFact]:
        """Return the newest facts where they contradict each other."""
        return self.settle(subject, aspect, service)[2]

    def ever(self, subject: Subject, aspect: str, service: str) -> set[str]:
        """Return every rating that is or was held."""
        speaking, found = self.speaking(subject, aspect, service), set()
        for fact in self._of(subject, aspect, service):
            if fact in speaking and self.contradict(
                [one for one in speaking if one.published == fact.published]
            ):
                continue
            found |= {self.same(word) for word in (fact.rating, fact.previous_rating) if word is not None}
        return found

    def rank(self, subject: Subject, aspect: str, service: str) -> int | None:
        """Return the place of the current rating on its scale."""
        fact = self.current(subject, aspect, service)
        return None if fact is None else self.scale.place(fact.rating, fact.source.document, aspect)

    def rank_before(self, subject: Subject, aspect: str, service: str) -> int | None:
        """Return the place of the rating before the current one, on the scale of that."""
        fact, rating = self.current(subject, aspect, service), self.before(subject, aspect, service)
        return None if fact is None else self.scale.place(rating, fact.source.document, aspect)

    def told(self, fact: RatingFact) -> RatingFact:
        """Return a fact as it is told: under its subject's present name and columns, with the rating before
        it.
        """
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

    # Columns of subjects ------------------------------------------------------------------------------------

    def _cell(self, subject: Subject, name: str) -> str | None:
        if name != "inherited":
            return subject.columns.get(name)
        fact = self.current(subject, *self.home())
        value = fact.attributes.get("inherited") if fact is not None else None
        return None if value in NOTHING else value

    def _cells(self, name: str) -> list[str]:
        """Every subject's cell, of those that have one; of "inherited", every fact's."""
        if name == "inherited":
            facts = [fact for one in self.everybody for fact in one.facts]
            return [
                value
                for fact in facts
                if (value := fact.attributes.get(name)) not in (None, *NOTHING) and value is not None
            ]
        return [value for one in self.everybody if (value := one.columns.get(name)) is not None]

    def holds_field(self, name: str) -> bool:
        """Whether any subject has this column."""
        return bool(self._cells(name))

    def type_of(self, name: str) -> str:
        """Return what the values of a column are: "yesno", "number", "date" or "category"."""
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
        """Return what values of a column are compared by."""
        kind = self.type_of(name)
        if kind == "number":
            return float(value) if _PLAIN_NUMBER.fullmatch(value) else None
        if kind == "yesno":
            return _YES_OR_NO.get(key(value), key(value))
        if kind == "date":
            return read_date(value) or key(value)
        return value.casefold() if name in ("identifier", "provider_identifier", "postcode") else key(value)

    def key_of(self, subject: Subject, name: str) -> Any:
        """Return what a subject's value is compared by; ``None`` for an empty cell."""
        value = self._cell(subject, name)
        return None if value is None else self.value_key(name, value)

    def number(self, subject: Subject, name: str) -> float | None:
        """Return the number in a column."""
        value = self._cell(subject, name)
        return None if value is None else float(value)

    def label(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value in the commonest of its spellings."""
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
        """Whether a subject has closed, by the day of these rows."""
        status, closed = subject.columns.get("status"), subject.columns.get("closed")
        if closed is None:
            return status is not None and says_closed(status)
        date = read_date(closed)
        return self.at is None or date is None or date <= self.at

    def sort_key(self, subject: Subject, name: str) -> Any:
        """Return what subjects are sorted by: a number, or a label without regard to case."""
        if self.type_of(name) == "number":
            return self.number(subject, name)
        label = self.label(subject, name)
        return None if label is None else (label.casefold(), label)

    def as_told(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value as its facts tell it: of categories the commonest spelling, else as
        printed.
        """
        alike = self.type_of(name) == "category" and name not in (
            "identifier",
            "provider_identifier",
            "street",
            "postcode",
        )
        return self.label(subject, name) if alike else self._cell(subject, name)

    def value(self, subject: Subject, name: str) -> str | None:
        """Return a subject's value where it is asked for."""
        return (
            self.as_told(subject, name)
            if name in BY_NAME and name != "inherited"
            else self.label(subject, name)
        )
