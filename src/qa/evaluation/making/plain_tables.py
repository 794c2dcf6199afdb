"""Rating facts as plain Python lists: one entry per subject, made without the store that answers questions.

The newest fact about one aspect of a subject counts, unless two with that date contradict each other; only
ratings of the subject as a whole are used, not those of its services.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.evaluation.received import plain
from qa.question.query import WHOLE
from qa.records import RatingFact
from qa.scale import Scale


@dataclass(frozen=True)
class Entry:
    """A rated subject: its current facts by aspect, and its previous overall rating, if known."""

    name: str
    attributes: Mapping[str, str]
    facts: Mapping[str, RatingFact]
    before: str | None
    scale: Scale

    @property
    def rating(self) -> str | None:
        """The current overall rating if it is on the scale, otherwise ``None``."""
        fact = self.facts.get(WHOLE)
        return (
            self.scale.canonical(fact.rating)
            if fact and fact.rating and self.scale.rank(fact.rating) is not None
            else None
        )

    @property
    def improved(self) -> bool:
        """True if the current overall rating is better than the one before."""
        before = self.scale.rank(self.before) if self.before else None
        now = self.scale.rank(self.rating) if self.rating else None
        return before is not None and now is not None and now < before


@dataclass(frozen=True)
class Tables:
    """Everything loaded: the entries with an overall rating, and every word of every name and column."""

    entries: tuple[Entry, ...]
    words: frozenset[str]


def tables(facts: Iterable[RatingFact], scale: Scale) -> Tables:
    """Sort facts into entries; ``scale`` is the scale of the tables, or several side by side."""
    words: set[str] = set()
    by_subject: dict[tuple[str, str], list[RatingFact]] = defaultdict(list)
    known: dict[tuple[str, str], str] = {}
    for fact in facts:
        named = plain(fact.subject), fact.attributes.get("postcode", "")
        identifier = fact.attributes.get("identifier") or known.get(named)
        if identifier:
            known.setdefault(named, identifier)
        by_subject[("", identifier) if identifier else named].append(fact)
    for of_subject in by_subject.values():
        for text in (of_subject[0].subject, *of_subject[0].attributes.values()):
            words.update(plain(text).replace(",", " ").split())
    entries = (_entry(of_subject, scale) for of_subject in by_subject.values())
    return Tables(tuple(entry for entry in entries if WHOLE in entry.facts), frozenset(words))


def _entry(facts: list[RatingFact], scale: Scale) -> Entry:
    by_aspect: dict[str, list[RatingFact]] = defaultdict(list)
    for fact in facts:
        if (fact.service or WHOLE) == WHOLE:
            by_aspect[fact.aspect].append(fact)
    current = {
        aspect: newest
        for aspect, of_aspect in by_aspect.items()
        if (newest := _newest(of_aspect)) is not None
    }
    latest = max(facts, key=_age)
    return Entry(
        latest.subject,
        latest.attributes,
        current,
        _before(by_aspect[WHOLE], current.get(WHOLE)),
        scale.parts[scale.part(latest.source.document, WHOLE)],
    )


def _age(fact: RatingFact) -> str:
    return fact.published.isoformat() if fact.published else ""


def _newest(facts: list[RatingFact]) -> RatingFact | None:
    """Return the newest fact; ``None`` if that date gives different ratings."""
    last = max(map(_age, facts))
    newest = [fact for fact in facts if _age(fact) == last]
    return newest[0] if len({plain(fact.rating) for fact in newest}) == 1 else None


def _before(facts: list[RatingFact], current: RatingFact | None) -> str | None:
    """Return the previous rating as published, otherwise the newest older fact's."""
    if current is None or current.previous_rating:
        return current.previous_rating if current else None
    older = [fact for fact in facts if _age(fact) < _age(current)]
    return max(older, key=_age).rating if older else None
