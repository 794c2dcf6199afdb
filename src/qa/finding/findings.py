"""What the tables say to one question."""

from __future__ import annotations

from dataclasses import dataclass

from qa.records import RatingFact
from qa.understanding.question import Named


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a comparison or ranking: its name, how many it counts, and of how many where it is a share."""

    label: str
    number: int
    whole: int | None = None

    @property
    def value(self) -> float:
        """The count, or the percentage with one decimal."""
        return self.number if self.whole is None else percent(self.number, self.whole)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the tables say. ``missing`` names why nothing could be found, for the text to explain."""

    facts: tuple[RatingFact, ...] = ()
    total: int = 0
    groups: tuple[Group, ...] = ()
    whole: int | None = None  # of a share: the locations that hold a rating; of a check: all that were looked at
    verdict: bool | None = None
    exceptions: tuple[RatingFact, ...] = ()
    ambiguous: Named | None = None
    missing: str | None = None
    detail: str = ""


def percent(part: int, whole: int) -> float:
    """Return 100 × part / whole to one decimal; 0 where there is no whole."""
    return round(100 * part / whole, 1) if whole else 0.0
