"""Misspelt words: the nearest word that the passages have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 6  # letters of a word that is corrected; shorter ones are near to too many
ONE_SLIP = 9  # letters up to which a word may be one slip away from what was meant; longer ones may be two


class Spelling:
    """Words by their first letter and length, which a slip rarely changes by much."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = defaultdict[tuple[str, int], list[str]](list)
        for word in words:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._words[word[0], len(word)].append(word)

    def nearest(self, word: str) -> str | None:
        """The word of the passages that is one or two slips away: a letter left out, added, changed, or two swapped."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        slips = 1 if len(word) <= ONE_SLIP else 2
        near = [
            (distance, other)
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in self._words.get((word[0], length), ())
            if (distance := OSA.distance(word, other, score_cutoff=slips)) <= slips
        ]
        return min(near, default=(0, None))[1]
