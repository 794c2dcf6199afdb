"""Which of a subject's rating facts counts for an aspect and service, and which came before it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import cached_property

from qa.evaluation.plain.subjects import Subject, gather
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.records import RatingFact
from qa.scale import Scale, folded


class Settled:
    """All facts, in the order of reading, subject by subject."""

    def __init__(self, facts: Iterable[RatingFact], scale: Scale) -> None:
        self.scale = scale
        self.facts = list(facts)
        self._places = {fact.id: place for place, fact in enumerate(self.facts)}
        self._every_pair = list(dict.fromkeys((fact.aspect, fact.service or WHOLE) for fact in self.facts))
        self.everybody = gather(self.facts)
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

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        here = {(key(fact.aspect), key(fact.service or WHOLE)) for fact in self.facts}
        first: dict[tuple[str, str], tuple[str, str]] = {}
        for aspect, service in self._every_pair:
            first.setdefault((key(aspect), key(service)), (aspect, service))
        return [pair for folded_pair, pair in first.items() if folded_pair in here]

    def pairs(self) -> list[tuple[str, str]]:
        """The aspects and services of the facts, in the order of reading."""
        return self._pairs

    def home(self) -> tuple[str, str]:
        """The default aspect and service: the whole, or what comes first in tables without
        overall ratings.
        """
        return self._home

    @cached_property
    def _home(self) -> tuple[str, str]:
        held = [pair for pair in self._pairs if (key(pair[0]), key(pair[1])) == (key(WHOLE), key(WHOLE))]
        return (held or self._pairs or [(WHOLE, WHOLE)])[0]

    def counting(self, subject: Subject) -> RatingFact | None:
        """Return the fact by which a subject counts by default; in a table without overall ratings, the first
        area rated."""
        fact = self.current(subject, *self.home())
        if fact is None and any(one.source.document in self._areas_only for one in subject.facts):
            fact = next(
                (one for pair in self._pairs if (one := self.current(subject, *pair)) is not None), None
            )
        return fact

    def telling_date(self, subject: Subject, aspect: str, service: str) -> RatingFact | None:
        """Return the fact that shows when a subject was rated."""
        return (
            self.counting(subject)
            if (aspect, service) == (WHOLE, WHOLE)
            else self.current(subject, aspect, service)
        )

    def aspects(self, service: str) -> list[str]:
        """Return the aspects in the tables for a service."""
        return [aspect for aspect, other in self._pairs if key(other) == key(service)]

    def spelt(self, part: str, word: str) -> tuple[int, str]:
        """Return the position of an aspect or service among all, in the order of reading, and
        its first spelling.
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

    def same(self, rating: str) -> str:
        """Return the key by which ratings are compared."""
        return self.scale.canonical(rating) or folded(rating)

    def _of(self, subject: Subject, aspect: str, service: str) -> list[RatingFact]:
        return [
            fact
            for fact in subject.facts
            if key(fact.aspect) == key(aspect) and key(fact.service or WHOLE) == key(service)
        ]

    def dated(self, facts: list[RatingFact]) -> list[list[RatingFact]]:
        """Return facts grouped by date, the newest first, those without a date last."""
        dates = sorted({fact.published for fact in facts if fact.published is not None}, reverse=True)
        groups = [[fact for fact in facts if fact.published == date] for date in dates]
        undated = [fact for fact in facts if fact.published is None]
        return groups + ([undated] if undated else [])

    def contradict(self, facts: Sequence[RatingFact]) -> bool:
        """True if facts give different ratings."""
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
            return None, None, self._one_of_each_rating(newest)
        fact = next((one for one in newest if one.rating is not None), newest[0])
        before, older = fact.previous_rating, self._second_newest(dated)
        if before is None or (not self.is_graded(before) and older is not None):
            before = older
        return fact, before, []

    def _one_of_each_rating(self, facts: Sequence[RatingFact]) -> list[RatingFact]:
        """Return the first fact with each of the ratings."""
        first: dict[str, RatingFact] = {}
        for fact in facts:
            if fact.rating is not None:
                first.setdefault(self.same(fact.rating), fact)
        return list(first.values())

    def _second_newest(self, dated: Sequence[list[RatingFact]]) -> str | None:
        """Return the rating of the second newest date; ``None`` if there is none or it contradicts itself."""
        if len(dated) < 2 or dated[1][0].published is None or self.contradict(dated[1]):
            return None
        return next((one.rating for one in dated[1] if one.rating is not None), None)

    def is_graded(self, word: str | None) -> bool:
        """True if a word is a rating of the scale."""
        return word is not None and self.scale.rank(word) is not None

    def speaking(self, subject: Subject, aspect: str, service: str) -> list[RatingFact]:
        """Return the facts that represent a subject's rating: those with a rating of the scale,
        if there are any.
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
        """Return the newest facts if they contradict each other."""
        return self.settle(subject, aspect, service)[2]

    def ever(self, subject: Subject, aspect: str, service: str) -> set[str]:
        """Return every present or past rating."""
        speaking, found = self.speaking(subject, aspect, service), set()
        for fact in self._of(subject, aspect, service):
            if fact in speaking and self.contradict(
                [one for one in speaking if one.published == fact.published]
            ):
                continue
            found |= {self.same(word) for word in (fact.rating, fact.previous_rating) if word is not None}
        return found

    def rank(self, subject: Subject, aspect: str, service: str) -> int | None:
        """Return the position of the current rating on its scale."""
        fact = self.current(subject, aspect, service)
        return None if fact is None else self.scale.place(fact.rating, fact.source.document, aspect)

    def rank_before(self, subject: Subject, aspect: str, service: str) -> int | None:
        """Return the position of the rating before the current one, on the scale of the current one."""
        fact, rating = self.current(subject, aspect, service), self.before(subject, aspect, service)
        return None if fact is None else self.scale.place(rating, fact.source.document, aspect)
