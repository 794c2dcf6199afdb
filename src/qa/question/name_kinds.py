"""How well a word for a kind of place fits a subject: its own kind, and the kind in its name.

Learned from the loaded names: of the places with "surgery" in their name, nearly all are GP practices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.engines.pack import Parts, array, nested, within
from qa.engines.strings import Numbered, Strings
from qa.question.name_index import Entries
from qa.question.name_words import KIND_WORDS

_HOME_WORDS = frozenset(["care", "home", "homes", "nursing", "residential", "rest", "retirement"])
_TOLD_KIND = 1.0  # bits of a kind word that is known to fit, where nothing can be learned
_FEW = 5  # with fewer names than this, nothing is learned about a kind word


class NameKinds:
    """The kinds of entries, and what the kind words in their names say about them.

    The bits are log2 of P(kind | the words are in a name) over P(kind).
    """

    def __init__(self, parts: Parts) -> None:
        """Make them of their :meth:`parts`."""
        self._parts = parts
        self._kinds = array(parts, "kinds")  # of each entry
        names, homes = (Strings.of_parts(within(parts, name)) for name in ("names", "homes"))
        self._told = list(zip(names, homes, strict=True))  # of each kind: its name, and whether a care home
        self._prior = _prior(self._kinds, len(self._told))
        self._words = Numbered.of_parts(within(parts, "words"))
        self._tables: NDArray[np.float64] = array(parts, "tables")
        self._alike: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}

    @classmethod
    def of(cls, entries: Entries, fields: Collection[str]) -> NameKinds:
        """Learn them from the entries of a table with these fields."""
        told = next((field for field in ("kind", "type") if field in entries.columns), "kind")
        nothing = [""] * entries.size
        columns = [entries.columns.get(field, nothing) for field in (told, "care_home") if field in fields]
        of = list(zip(*columns, strict=True)) if len(columns) == 2 else []
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(of))}
        kinds = np.array([numbers[kind] for kind in of], np.int32)
        tables = _tables(entries, kinds, len(numbers)) if of else {}
        whole = nested(
            names=Strings.of(kind for kind, _ in numbers).parts(),
            homes=Strings.of(home for _, home in numbers).parts(),
            words=Numbered.of(tables).parts(),
        )
        learned = np.array(list(tables.values())).reshape(len(tables), len(numbers))
        return cls(whole | {"kinds": kinds, "tables": learned})

    def parts(self) -> Parts:
        """Return the arrays of which they consist."""
        return self._parts

    def bits(self, words: tuple[str, ...], entry: int) -> float:
        """Return the bits by which typed kind words (one or a pair) agree with an entry's kind; negative if
        they disagree.

        If too few names have the words, a word of the kind's own name agrees, as those of homes do with a
        care home; nothing disagrees.
        """
        if not len(self._kinds):
            return 0.0
        kind, care_home = self._told[self._kinds[entry]]
        if not kind:
            return 0.0
        table = self._table(words)
        if table is not None:
            return float(table[self._kinds[entry]])
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
            one, two = self._table(words), self._table(others)
            if one is None or two is None:
                return 0.0
            found = float(np.log2(np.sum(self._prior * np.exp2(one + two))))
            self._alike[words, others] = found
        return found

    def _table(self, words: tuple[str, ...]) -> NDArray[np.float64] | None:
        number = self._words.number(" ".join(words))
        return None if number < 0 else self._tables[number]


class NoKinds:
    """Stands in for :class:`NameKinds` for owners, which have no kind."""

    def bits(self, words: tuple[str, ...], entry: int) -> float:
        """Return 0."""
        return 0.0

    def alike(self, words: tuple[str, ...], others: tuple[str, ...]) -> float:
        """Return 0."""
        return 0.0


def _prior(kinds: NDArray[np.int32], number: int) -> NDArray[np.floating[Any]]:
    """Return the share of each kind among all entries, smoothed."""
    return (np.bincount(kinds, minlength=number) + 0.5) / (len(kinds) + 1)


def _tables(entries: Entries, kinds: NDArray[np.int32], number: int) -> dict[str, NDArray[np.float64]]:
    """Return for the words for kinds that enough names have the bits of each kind."""
    prior, found = _prior(kinds, number), dict[str, NDArray[np.float64]]()
    for words, holders in sorted(_holders(entries.names).items()):
        if len(holders) >= _FEW:
            held = np.bincount(kinds[holders], minlength=number)
            found[" ".join(words)] = np.log2((held + 2 * prior) / (len(holders) + 2) / prior)
    return found


def _holders(names: Iterable[str]) -> dict[tuple[str, ...], list[int]]:
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
