"""The thesaurus: other words for the words and phrases that people ask with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reading:
    """Other words for a part of a question: ``start`` and ``end`` count its tokens."""

    start: int
    end: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Other words for words and phrases."""

    phrases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> Thesaurus:
        """The shipped thesaurus, extended by an operator's own file where one is given."""
        return cls()

    def readings(self, words: Sequence[str]) -> Iterator[Reading]:
        """What the words of a question may be read as."""
        yield from ()
