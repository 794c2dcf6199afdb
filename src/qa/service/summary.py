"""What a service has loaded, as figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from qa.facts import FactStore
from qa.shelf import Card


@dataclass(frozen=True, slots=True)
class Summary:
    """What is loaded, in figures, with at most six questions to begin with: pairs of a label and
    a question.
    """

    title: str
    publisher: str | None
    documents: int
    passages: int
    facts: int
    subjects: int
    first: datetime.date | None
    as_of: datetime.date | None
    examples: tuple[tuple[str, str], ...]


def summary(
    facts: FactStore,
    passages: int,
    cards: Sequence[Card],
    as_of: datetime.date | None,
    examples: tuple[tuple[str, str], ...],
) -> Summary:
    """Return what is loaded, in figures."""
    count, subjects = facts.size
    dates = [date for date in (facts.dates[0], *(card.published for card in cards)) if date]
    title = cards[0].title if len(cards) == 1 else ""
    publishers = {card.publisher for card in cards if card.publisher}
    publisher = publishers.pop() if len(publishers) == 1 else None
    return Summary(
        title,
        publisher,
        len(cards),
        passages,
        count,
        subjects,
        min(dates, default=None),
        as_of,
        examples,
    )
