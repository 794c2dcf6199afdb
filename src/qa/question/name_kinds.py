"""How well a word for a kind of place fits a subject: its own kind, and the kind in its name.

Learned from the loaded names: of the places with "surgery" in their name, nearly all are GP practices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa.question.name_index import Entries
from qa.question.name_words import KIND_WORDS

_HOME_WORDS = frozenset(["care", "home", "homes", "nursing", "residential", "rest", "retirement"])
_TOLD_KIND = 1.0  # bits of a kind word that is known to fit, where nothing can be learned
_FEW = 5  # with fewer names than this, nothing is learned about a kind word


class NameKinds:
    """The kinds of entries, and what the kind words in their names say about them.

    The bits are log2 of P(kind | the words are in a name) over P(kind).
    """

    def __init__(self, entries: Entries) -> None:
        columns = entries.columns
        told = next((field for field in ("kind", "type") if any(columns.get(field, ()))), "kind")
        self._of = list(zip(*(columns.get(field, ()) for field in (told, "care_home")), strict=False))
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(self._of))}
        self._kinds = np.fromiter((numbers[kind] for kind in self._of), np.int32, len(self._of))
        self._prior = (np.bincount(self._kinds, minlength=len(numbers)) + 0.5) / (len(self._of) + 1)
        self._tables: dict[tuple[str, ...], NDArray[np.float64]] = {}
        for words, holders in _holders(entries.names if self._of else ()).items():
            if len(holders) >= _FEW:
                held = np.bincount(self._kinds[holders], minlength=len(numbers))
                self._tables[words] = np.log2((held + 2 * self._prior) / (len(holders) + 2) / self._prior)
        self._alike: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}

    def bits(self, words: tuple[str, ...], entry: int) -> float:
        """Return the bits by which typed kind words (one or a pair) agree with an entry's kind; negative if
        they disagree.

        If too few names have the words, a word of the kind's own name agrees, as those of homes do with a
        care home; nothing disagrees.
        """
        if not self._of or not self._of[entry][0]:
            return 0.0
        table = self._tables.get(words)
        if table is not None:
            return float(table[self._kinds[entry]])
        kind, care_home = self._of[entry]
        own = kind.split()
        known = all(
            (care_home == "y" and word in _HOME_WORDS) or word in own or f"{word}s" in own for word in words
        )
        return _TOLD_KIND if known else 0.0

    def alike(self, words: tuple[str, ...], others: tuple[str, ...]) -> float:
        """Return the bits by which two words or pairs for kinds mean the same kind of place; 0 if too few
        names have them.

        A hospital and a medical centre may both be open out of hours, and are two kinds.
        """
        found = self._alike.get((words, others))
        if found is None:
            one, two = self._tables.get(words), self._tables.get(others)
            if one is None or two is None:
                return 0.0
            found = float(np.log2(np.sum(self._prior * np.exp2(one + two))))
            self._alike[words, others] = found
        return found


class NoKinds:
    """Stands in for :class:`NameKinds` for owners, which have no kind."""

    def bits(self, words: tuple[str, ...], entry: int) -> float:
        """Return 0."""
        return 0.0

    def alike(self, words: tuple[str, ...], others: tuple[str, ...]) -> float:
        """Return 0."""
        return 0.0


def _holders(names: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    """Map words for kinds, alone and in pairs, to the entries with them in their names."""
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        said = name.split()
        for word in sorted(KIND_WORDS.intersection(said)):
            held[(word,)].append(number)
        for one, two in pairwise(said):
            if one in KIND_WORDS and two in KIND_WORDS:
                held[one, two].append(number)
    return held
