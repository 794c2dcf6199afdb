"""Everything known about one subject, with its namesakes and nearest neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa.facts.coordinates import nearest
from qa.facts.current_facts import CONTRADICTORY, CURRENT
from qa.facts.store import FactStore
from qa.facts.store_rows import Subject
from qa.facts.subject_id import namesakes
from qa.question.query import WHOLE
from qa.records import RatingFact

NEAR = 5  # subjects
_ALIKE = ("care_home", "kind")  # fields in which subjects nearby must equal it


@dataclass(frozen=True, slots=True)
class Profile:
    """A subject. ``current`` are its current ratings, ``contradictory`` those with the same newest date that
    contradict each other, ``history`` the dated overall ratings, the oldest first. ``namesakes`` are others
    with its name, out of ``named_so`` in all; ``near`` are the nearest of its kind, with their distance in
    miles."""

    subject: Subject
    current: tuple[RatingFact, ...]
    contradictory: tuple[RatingFact, ...]
    history: tuple[RatingFact, ...]
    namesakes: tuple[Subject, ...]
    named_so: int
    near: tuple[tuple[Subject, float], ...]


def profile(store: FactStore, subject: Subject) -> Profile:
    """Gather everything known about a subject."""
    facts = store.with_states(subject.id)
    others, number = namesakes(store, subject)
    return Profile(
        subject=subject,
        current=tuple(fact for fact, state in facts if state == CURRENT),
        contradictory=tuple(fact for fact, state in facts if state == CONTRADICTORY),
        history=_history([fact for fact, _ in facts]),
        namesakes=tuple(others),
        named_so=number,
        near=_near(store, subject),
    )


def overall(facts: tuple[RatingFact, ...]) -> RatingFact | None:
    """Return the overall rating among some; from a table without overall ratings, the first."""
    whole = (fact for fact in facts if fact.aspect == WHOLE and fact.service in (None, WHOLE))
    return next(whole, facts[0] if facts else None)


def _history(facts: list[RatingFact]) -> tuple[RatingFact, ...]:
    """Return the dated overall ratings, each date and rating once, the oldest first."""
    told: dict[tuple[object, str], RatingFact] = {}
    for fact in facts:
        if fact.aspect == WHOLE and fact.service in (None, WHOLE) and fact.published and fact.rating:
            told.setdefault((fact.published, fact.rating.casefold()), fact)
    return tuple(sorted(told.values(), key=lambda fact: str(fact.published)))


def _near(store: FactStore, subject: Subject) -> tuple[tuple[Subject, float], ...]:
    place = subject.id - 1
    alike = np.ones(store.size[1], np.bool_)
    for name in _ALIKE:
        if (field := store.field(name)) and field.type != "number":
            column = store.column(f"subject.{name}")
            alike &= column == column[place]
    found = dict(nearest(store, place, alike, NEAR))
    held = {one.id - 1: one for one in store.subjects([number + 1 for number in found])}
    return tuple((held[number], miles) for number, miles in found.items())
