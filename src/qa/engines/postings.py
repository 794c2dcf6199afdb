"""Flat postings: which entries have a term, its score in each, and how the best entries are picked."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qa.engines.protocol import Query, weighted
from qa.errors import EngineError

Scores: TypeAlias = NDArray[np.float64]

BLOCK = 256  # scores per block
_ARRAYS = ("offsets", "entries", "weights", "counts", "lengths")


class Scored(NamedTuple):
    """An entry by its number, with its score."""

    entry: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of all terms, one term after another, usually 13 bytes each.

    Term number ``t`` has the entries ``entries[offsets[t]:offsets[t + 1]]``, ascending, with their
    ``weights``.
    """

    numbers: dict[str, int]  # term → its number
    offsets: NDArray[np.int64]  # one more than there are terms
    entries: NDArray[np.int32]
    weights: Scores
    counts: NDArray[np.integer]  # how often the entry has the term
    lengths: NDArray[np.int32]  # for each entry: how many terms it has

    @property
    def size(self) -> int:
        """The number of indexed entries."""
        return len(self.lengths)

    def held_by(self, term: str) -> int:
        """Return how many entries have a term."""
        number = self.numbers.get(term)
        return 0 if number is None else int(self.offsets[number + 1] - self.offsets[number])

    def holding(self, term: str) -> list[int]:
        """Return the entries with a term, ascending."""
        number = self.numbers.get(term)
        if number is None:
            return []
        found: list[int] = self.entries[self.offsets[number] : self.offsets[number + 1]].tolist()
        return found

    def scores(self, query: Query) -> Scores:
        """Return every entry's score, 0 if it shares no term with the query; terms are added up in the
        query's order."""
        scores = np.zeros(self.size)
        for term, factor in weighted(query):
            number = self.numbers.get(term)
            if number is not None:
                held = slice(self.offsets[number], self.offsets[number + 1])
                weights = self.weights[held]
                np.add.at(scores, self.entries[held], weights if factor == 1 else factor * weights)
        return scores

    def save(self, folder: Path) -> None:
        """Write the postings into a folder, creating it if it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        (folder / "terms.json").write_text(json.dumps({"terms": list(self.numbers)}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Return the postings in a folder, mapped into memory. Raises EngineError if they are missing or
        incomplete."""
        try:
            stored = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
            numbers = {term: number for number, term in enumerate(stored["terms"])}
            arrays = {
                name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
            }
            return cls(numbers, **arrays)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise EngineError(
                f"The search index in {folder} can't be read ({error}). Build it again."
            ) from error


class Listed:
    """The postings of few entries, also as lists: walking short lists is faster than setting up arrays."""

    def __init__(self, postings: Postings) -> None:
        ends = postings.offsets.tolist()
        held = list(zip(postings.entries.tolist(), postings.weights.tolist(), strict=True))
        self._held = {
            term: held[ends[number] : ends[number + 1]] for term, number in postings.numbers.items()
        }

    def search(self, query: Query, k: int, among: Container[int] | None = None) -> list[Scored]:
        """Return the ``k`` best entries, scored and ordered like :func:`best` of :meth:`Postings.scores`;
        only those ``among`` the given ones."""
        scores: dict[int, float] = {}
        for term, factor in weighted(query):
            for entry, weight in self._held.get(term, ()):
                scores[entry] = scores.get(entry, 0.0) + factor * weight
        found = scores if among is None else filter(among.__contains__, scores)
        order = sorted(found, key=lambda entry: (-scores[entry], entry))
        return [Scored(entry, scores[entry]) for entry in order[: max(k, 0)]]


def best(scores: Scores, k: int) -> list[Scored]:
    """Return the ``k`` greatest scores above 0, the greatest first and equal ones in order of their places.

    Most scores are 0 or low, which makes selecting from all of them slow. But at least ``k`` entries reach
    the ``k``-th greatest of the maxima of blocks, so only entries that reach it need to be examined.
    """
    if k < 1 or not scores.size:
        return []
    maxima = np.maximum.reduceat(scores, np.arange(0, scores.size, BLOCK))
    floor = np.partition(maxima, -k)[-k] if k < maxima.size else 0.0
    places = np.flatnonzero(scores >= floor) if floor > 0 else np.flatnonzero(scores)
    places = _greatest(places, scores[places], k)
    return list(map(Scored, places.tolist(), scores[places].tolist()))


def _greatest(places: NDArray[np.intp], scores: Scores, k: int) -> NDArray[np.intp]:
    """Return the places of the ``k`` greatest scores, best first; sorting only these keeps many equal scores
    cheap."""
    if k < scores.size:
        kth = np.partition(scores, -k)[-k]
        above = np.flatnonzero(scores > kth)
        chosen = np.concatenate([above, np.flatnonzero(scores == kth)[: k - above.size]])
        places, scores = places[chosen], scores[chosen]
    return places[np.lexsort((places, -scores))]
