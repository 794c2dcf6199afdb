"""Rating scales: which words a publisher rates with, from best to worst, and which words say that nothing was
rated.

A corpus may hold tables of several scales, and a table aspects of several: :class:`Scales` has them side by
side. A *place* says how high a rating is, and on which scale; places are compared on one scale only, see
:func:`on_one_scale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_STRIDE = 1_000  # more than any scale has ratings


def on_one_scale(places: Iterable[int]) -> bool:
    """Return whether places, as :meth:`Scale.place` gives them, are all on one scale, so that they may be
    compared.
    """
    return len({place // _STRIDE for place in places}) < 2


def scales_of(places: Iterable[int], scale: Scale) -> tuple[str, ...]:
    """Return each scale that places are on in words, e.g. "Outstanding to Inadequate"."""
    numbers = sorted({place // _STRIDE for place in places})
    return tuple(
        " to ".join((scale.parts[number].ratings[0], scale.parts[number].ratings[-1])) for number in numbers
    )


def of_one_scale(one: NDArray[np.int32], other: NDArray[np.int32] | np.int32) -> NDArray[np.bool_]:
    """Return, item by item, whether the places are on the same scale."""
    return np.equal(one // _STRIDE, other // _STRIDE)


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
        """Return the scale's own spelling of ``word``, rated or unrated; ``None`` if the scale
        does not know it.
        """
        return self._canonical.get(folded(word))

    def rank(self, word: str) -> int | None:
        """Return the place of ``word`` on the scale, 0 the best; ``None`` for an unrated or unknown word.

        Of several scales side by side it is the place in the order in which they are shown.
        """
        canonical = self.canonical(word)
        return None if canonical is None else self._ranks.get(canonical)

    # Several scales side by side ----------------------------------------------------------------------------

    @property
    def parts(self) -> tuple[Scale, ...]:
        """The scales that stand side by side: this one alone."""
        return (self,)

    def part(self, document: str, aspect: str) -> int:
        """Return which of the ``parts`` rates an aspect in a table."""
        return 0

    def places(self, words: Sequence[str | None]) -> NDArray[np.int32]:
        """Return the places of ``words`` on each of the ``parts``, part by word; -1 for those that are not on
        it.
        """
        ranks = [[None if word is None else part.rank(word) for word in words] for part in self.parts]
        told = [
            [-1 if rank is None else number * _STRIDE + rank for rank in row]
            for number, row in enumerate(ranks)
        ]
        return np.array(told, np.int32).reshape(len(self.parts), len(words))

    def place(self, word: str | None, document: str, aspect: str) -> int | None:
        """Return the position on its scale of a rating that a table gives for an aspect;
        ``None`` if it is not on it.
        """
        number = self.part(document, aspect)
        rank = None if word is None else self.parts[number].rank(word)
        return None if rank is None else number * _STRIDE + rank

    # Words that stand around others -------------------------------------------------------------------------

    @property
    def best(self) -> tuple[str, ...]:
        """The best rating, of each of the parts."""
        return _each_once(part.ratings[:1] for part in self.parts)

    @property
    def worst(self) -> tuple[str, ...]:
        """The worst rating, of each of the parts."""
        return _each_once(part.ratings[-1:] for part in self.parts)

    @property
    def fine(self) -> tuple[str, ...]:
        """The two best ratings, of each of the parts."""
        return _each_once(part.ratings[:2] for part in self.parts)

    @property
    def poor(self) -> tuple[str, ...]:
        """All but the two best ratings of each of the parts, as far as they are not fine on another."""
        return tuple(
            word for word in _each_once(part.ratings[2:] for part in self.parts) if word not in self.fine
        )

    def above(self, word: str) -> tuple[str, ...]:
        """Return the ratings better than ``word``, on each of the parts that has it."""
        return _each_once(part.ratings[:rank] for part, rank in self._having(word))

    def below(self, word: str) -> tuple[str, ...]:
        """Return the ratings worse than ``word``, on each of the parts that has it."""
        return _each_once(part.ratings[rank + 1 :] for part, rank in self._having(word))

    def others(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the ratings that are none of ``words``, of the parts that have any of them; of all parts if
        none has.
        """
        told = {folded(word) for word in words}
        having = [part for part in self.parts if any(folded(rating) in told for rating in part.ratings)]
        whole = _each_once(part.ratings for part in having or self.parts)
        return tuple(rating for rating in whole if folded(rating) not in told)

    def _having(self, word: str) -> list[tuple[Scale, int]]:
        ranked = ((part, part.rank(word)) for part in self.parts)
        return [(part, rank) for part, rank in ranked if rank is not None]


@dataclass(frozen=True, slots=True)
class TableScale:
    """The scales of a table: one for the table, and others for some of its aspects, by their folded names."""

    whole: Scale
    aspects: Mapping[str, Scale] = field(default_factory=dict)

    def of(self, aspect: str) -> Scale:
        """Return the scale of an aspect."""
        return self.aspects.get(folded(aspect), self.whole)


@dataclass(frozen=True, slots=True)
class Scales(Scale):
    """Several scales side by side; its words are those of all of them, those of the first first."""

    _parts: tuple[Scale, ...] = ()
    _tables: Mapping[str, TableScale] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Scale, ...]:
        """The scales, each once."""
        return self._parts

    def part(self, document: str, aspect: str) -> int:
        """Return which of the ``parts`` rates an aspect in a table; the first one in a table of no scale of
        its own.
        """
        table = self._tables.get(document)
        return 0 if table is None else self._parts.index(table.of(aspect))


def side_by_side(tables: Mapping[str, TableScale]) -> Scale:
    """Return the one scale of all ``tables``, by document, or their several scales side by
    side; CQC's if there are none.
    """
    told = [scale for table in tables.values() for scale in (table.whole, *table.aspects.values())]
    parts = [one for place, one in enumerate(told) if one not in told[:place]]
    if len(parts) < 2:
        return parts[0] if parts else CQC
    ratings = _each_once(part.ratings for part in parts)
    unrated = _without(_each_once(part.unrated for part in parts), ratings)
    synonyms = {word: meant for part in reversed(parts) for word, meant in part.synonyms.items()}
    others = _without(synonyms, (*ratings, *unrated))
    return Scales(
        ratings, unrated, {word: synonyms[word] for word in others}, _parts=tuple(parts), _tables=dict(tables)
    )


def _without(words: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are in no spelling among those ``known``."""
    spellings = set(map(folded, known))
    return tuple(word for word in words if folded(word) not in spellings)


def _each_once(words: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return words of several scales, each in its first spelling."""
    found: dict[str, str] = {}
    for told in words:
        for word in told:
            found.setdefault(folded(word), word)
    return tuple(found.values())


# The words in which the Care Quality Commission publishes: its four ratings, then what it prints where there
# is none. Ofsted has the same four for the care of children, and words of its own for visits that give no
# grade.
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
        *("Not judged", "Sustained effectiveness", "Improved effectiveness", "Declined in effectiveness"),
    ),
    synonyms={"Requires improvement to be good": "Requires improvement"},
)
