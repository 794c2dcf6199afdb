"""Rating scales: which words a publisher rates with, from best to worst, and which words say that nothing was rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def folded(word: str) -> str:
    """Return ``word`` in the spelling in which rating words are compared: case and white space folded."""
    return " ".join(word.casefold().split())


@dataclass(frozen=True, slots=True)
class Scale:
    """A publisher's rating words. ``synonyms`` maps other words to words of the scale."""

    ratings: tuple[str, ...]  # best first
    unrated: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    _canonical: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _ranks: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {folded(word): word for word in (*self.ratings, *self.unrated)}
        words |= {folded(word): words[folded(meant)] for word, meant in self.synonyms.items()}
        object.__setattr__(self, "_canonical", words)
        object.__setattr__(self, "_ranks", {word: rank for rank, word in enumerate(self.ratings)})

    def canonical(self, word: str) -> str | None:
        """Return the scale's own spelling of ``word``, rated or unrated; ``None`` where the scale does not know it."""
        return self._canonical.get(folded(word))

    def rank(self, word: str) -> int | None:
        """Return the place of ``word`` on the scale, 0 the best; ``None`` for an unrated or unknown word."""
        canonical = self.canonical(word)
        return None if canonical is None else self._ranks.get(canonical)


# The words in which the Care Quality Commission publishes: its four ratings, then what it prints where there is none.
CQC = Scale(
    ratings=("Outstanding", "Good", "Requires improvement", "Inadequate"),
    unrated=(
        "Not rated",
        "Not applicable",
        "Not formally rated",
        "Not yet rated",
        "Unrated",
        "Insufficient evidence to rate",
        "Inspected but not rated",
        "No published rating",
        "No rating",
        "Regulations met",
        "Regulations not met",
        "All standards were being met",
        "No action required",
        "Action required",
        "Actions needed",
        "Improvement action required",
        "Enforcement action needed",
        "Under appeal",
        "Suspended",
    ),
)
