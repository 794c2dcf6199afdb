"""Misspelt words → the known words that they may be.

A slip is a letter left out, added or changed, or two that are swapped. The first letter is normally right; a
word of fewer than ten letters may have one slip, a longer one two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 4  # the fewest letters of a word that is corrected; shorter words resemble too many
LONG = 10  # letters from which two slips are corrected


class Speller:
    """Known words, stored by first letter and length, so that those similar to a misspelt one are found fast.

    ``shortest`` is the fewest letters of a word that may be a misspelling.
    """

    def __init__(self, words: Iterable[str], shortest: int = SHORTEST) -> None:
        self.shortest = shortest
        self._by_shape = defaultdict[tuple[str, int], list[str]](list)
        for word in words:
            if len(word) >= shortest - 1:
                self._by_shape[word[0], len(word)].append(word)

    def near(self, word: str, most: int = 6) -> list[str]:
        """Return at most ``most`` known words that ``word`` may be a misspelling of, the nearest first, then
        in alphabetical order."""
        slips = slips_in(word) if len(word) >= self.shortest else 0
        lengths = range(len(word) - slips, len(word) + slips + 1) if slips else ()
        return _nearest(
            word, (other for length in lengths for other in self._by_shape.get((word[0], length), ())), most
        )

    def nearest(self, word: str) -> str | None:
        """Return the known word that ``word`` is most likely a misspelling of."""
        return next(iter(self.near(word, 1)), None)


def slips_in(word: str) -> int:
    """Return how many slips a word of this length may have."""
    return 1 if len(word) < LONG else 2


def _nearest(word: str, pool: Iterable[str], most: int) -> list[str]:
    slips = slips_in(word)
    found = ((OSA.distance(word, other, score_cutoff=slips), other) for other in pool)
    return [other for distance, other in sorted(found) if distance <= slips][:most]
