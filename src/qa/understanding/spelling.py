"""Misspelt words → the known words that they may be: same first letter, one edit, or two in a long word."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Words:
    """Known words, kept so that those near to a misspelt one are found fast: by first letter and length."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for word in words:
            self._by_shape.setdefault((word[:1], len(word)), []).append(word)

    def near(self, word: str, most: int = 6) -> list[str]:
        """Return known words that ``word`` may be a misspelling of; see :func:`near_words`."""
        edits = _edits(word)
        pool = [other for length in range(len(word) - edits, len(word) + edits + 1) for other in self._by_shape.get((word[:1], length), ())]
        return near_words(word, pool, most)


def near_words(word: str, known: Iterable[str], most: int = 6) -> list[str]:
    """Return known words that ``word`` may be a misspelling of, the nearest first: same first letter, 1 edit, or 2 in a long word."""
    edits = _edits(word)
    if not edits:
        return []
    pool = [other for other in known if other[:1] == word[:1] and abs(len(other) - len(word)) <= edits]
    return [other for other, _, _ in process.extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=most)]


def _edits(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 10 else 2
