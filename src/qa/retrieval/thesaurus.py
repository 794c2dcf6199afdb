"""The thesaurus: other words for the words that people ask with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Other words for words and phrases."""

    @classmethod
    def load(cls, path: Path | None = None) -> Thesaurus:
        """The shipped thesaurus, extended by an operator's own file where one is given."""
        return cls()
