"""The whole list behind an answer: filtered by facets, sorted, and read one page at a time.

Everything is compared as columns of numbers; only the facts of the page are read from the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qa.facts.columns import value_key
from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.facts.run import told
from qa.facts.shown_facts import ShownFacts, Teller
from qa.facts.store import FactStore
from qa.facts.view import View
from qa.question.query import Query
from qa.records import RatingFact
from qa.scale import Scale

FACETS = (
    "kind",
    "local_authority",
    "town",
    "region",
    "provider",
    "brand",
)  # fields of subjects that filter a list
UNRATED = "no rating"  # the name of an empty cell in a list
Sort = Literal["told", "subject", "town", "provider", "rating", "published", "distance"]
_AT_ONCE = 500  # facts read by one statement


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of a list: ``filters`` are (field or "rating", value), and values of one field are
    alternatives; ``limit`` of ``None`` is all.
    """

    filters: tuple[tuple[str, str], ...] = ()
    sort: Sort = "told"
    descending: bool = False
    offset: int = 0
    limit: int | None = 50


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that filters a list, and the number of rows it leaves with all other filters."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A field ("town" or "rating"), its values with most rows first; ``more`` counts the values
    that are not named.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class WholeList:
    """One page of a list.

    ``total`` counts the rows that the filters leave, ``whole`` all rows; ``split`` counts ``total`` by
    rating. ``distances`` are the miles to the subject of each of ``facts``; empty if the question asks for no
    distance.
    """

    facts: tuple[RatingFact, ...]
    total: int
    whole: int
    split: tuple[tuple[str, int], ...]
    facets: tuple[Facet, ...]
    subjects: Numbers  # of all rows left, by number less one
    ratings: tuple[str | None, ...]  # of all rows left
    distances: tuple[float | None, ...] = ()


def whole_list(
    query: Query, store: FactStore, scale: Scale, wanted: ListRequest, *, named: int = 6
) -> WholeList | None:
    """Return a page of what a Query lists, with at most ``named`` values of each facet.

    ``None`` if the Query lists no subjects: groups, claims, comparisons, passages.
    """
    view = store.view(scale, None, query.at)
    found = told(query, view)
    return None if found is None else _List(view, *found).page(wanted, named)


class _List:
    """The rows of a list in display order."""

    def __init__(self, view: View, teller: Teller, listed: ShownFacts) -> None:
        self.view, self.store, self.teller = view, view.store, teller
        self.rows = rows = listed.rows
        self.subjects: Numbers = self.store.column("fact.subject")[rows]
        self.rating: Numbers = view.ratings.alike[self.store.column("fact.rating")[rows]]
        self.fields = tuple(name for name in FACETS if self.store.field(name) is not None)

    def page(self, wanted: ListRequest, named: int) -> WholeList:
        """Filter, count, sort, and read the page."""
        chosen = {
            name: [value for field, value in wanted.filters if field == name] for name, _ in wanted.filters
        }
        fitting = {name: self._fitting(name, values) for name, values in chosen.items()}
        kept = _all(fitting.values(), len(self.rows))
        facets = (
            self._facet(name, chosen.get(name, []), fitting, named)
            for name in ("rating", *self.fields)
            if named
        )
        order = self._order(np.flatnonzero(kept), wanted)
        words = {code: self.view.ratings.word(code) for code in np.unique(self.rating).tolist()}
        end = None if wanted.limit is None else wanted.offset + wanted.limit
        return WholeList(
            facts=self._facts(self.rows[order[wanted.offset : end]]),
            total=len(order),
            whole=len(self.rows),
            split=self._split(kept),
            facets=tuple(
                facet for facet in facets if len(facet.values) + facet.more > 1 or chosen.get(facet.field)
            ),
            subjects=self.subjects[kept],
            ratings=tuple(map(words.__getitem__, self.rating[kept].tolist())),
            distances=self._distances(order[wanted.offset : end]),
        )

    def _distances(self, shown: NDArray[np.intp]) -> tuple[float | None, ...]:
        if self.teller.miles is None:
            return ()
        return tuple(
            None if isnan(miles) else miles for miles in self.teller.miles[self.subjects[shown]].tolist()
        )

    def _facts(self, rows: Numbers) -> tuple[RatingFact, ...]:
        parts = (rows[start : start + _AT_ONCE].tolist() for start in range(0, len(rows), _AT_ONCE))
        return tuple(fact for part in parts for fact in self.teller.facts(part))

    def _codes(self, name: str) -> NDArray[Any]:
        return self.rating if name == "rating" else self.view.field(name)[self.subjects]

    def _fitting(self, name: str, values: Sequence[str]) -> Flags:
        if name == "rating":
            words = [value for value in values if value != UNRATED]
            fits = self.view.ratings.codes_of(words)[self.rating]
            return fits | (self.rating == NOTHING) if UNRATED in values else fits
        field = self.store.field(name)
        if field is None:
            return np.zeros(len(self.rows), np.bool_)
        wanted = self.store.codes(name, [value_key(name, field.type, value) for value in values])
        return np.isin(self._codes(name), wanted)

    def _facet(self, name: str, chosen: Sequence[str], fitting: dict[str, Flags], named: int) -> Facet:
        others = _all((flags for field, flags in fitting.items() if field != name), len(self.rows))
        codes = self._codes(name)[others]
        told, more = self._most_frequent(name, codes, named)
        if name == "rating":
            told = self._in_order(told, unrated=int((codes == NOTHING).sum()))
        shown = {label.casefold() for label, _ in told}
        told += [(value, 0) for value in chosen if value.casefold() not in shown]
        folded = {value.casefold() for value in chosen}
        values = tuple(FacetValue(label, count, label.casefold() in folded) for label, count in told)
        return Facet(name, values, more)

    def _most_frequent(self, name: str, codes: NDArray[Any], named: int) -> tuple[list[tuple[str, int]], int]:
        """Return up to ``named`` values of a field with their counts, the most frequent first, and how many
        values more there are.
        """
        counts = np.bincount(codes[codes != NOTHING]) if len(codes) else np.empty(0, np.int64)
        held = np.flatnonzero(counts)
        first = held[np.argsort(-counts[held], kind="stable")][:named].tolist()
        labels = (
            {code: self.view.ratings.word(code) or "" for code in first}
            if name == "rating"
            else self.store.labels(name, first)
        )
        return [(labels[code], int(counts[code])) for code in first], max(0, len(held) - len(first))

    def _in_order(self, told: list[tuple[str, int]], unrated: int) -> list[tuple[str, int]]:
        """Return ratings with their counts in the order of the scale, the unrated last."""
        ordered = sorted(told, key=lambda one: self._rank(one[0]))
        return [*ordered, (UNRATED, unrated)] if unrated else ordered

    def _rank(self, word: str) -> int:
        rank = self.view.scale.rank(word)
        return len(self.view.scale.ratings) if rank is None else rank

    def _split(self, kept: Flags) -> tuple[tuple[str, int], ...]:
        codes, counts = np.unique(self.rating[kept], return_counts=True)
        pairs = zip(codes.tolist(), counts.tolist(), strict=True)
        words = [
            (UNRATED if code == NOTHING else self.view.ratings.word(code) or UNRATED, count)
            for code, count in pairs
        ]
        return tuple(sorted(words, key=lambda one: (one[0] == UNRATED, self._rank(one[0]), one[0])))

    def _order(self, kept: NDArray[np.intp], wanted: ListRequest) -> NDArray[np.intp]:
        """Return the places of the kept rows in the requested order; empty values come last,
        ties keep the display order.
        """
        if wanted.sort == "told":
            return kept[::-1] if wanted.descending else kept
        key = self._key(wanted.sort)[kept].astype(np.float64)
        unknown = key == NOTHING
        return kept[np.lexsort((-key if wanted.descending else key, unknown))]

    def _key(self, sort: str) -> NDArray[Any]:
        if sort == "subject":
            return self.store.column("name.order")[self.subjects]
        if sort == "rating":
            return self.view.ratings.ranks[self.rating]
        if sort == "distance" and self.teller.miles is not None:
            return np.nan_to_num(self.teller.miles[self.subjects], nan=NOTHING)
        if sort == "published":
            return self.store.column("fact.published")[self.rows]
        return self._codes(sort) if sort in self.fields else np.zeros(len(self.rows))


def _all(flags: Iterable[Flags], size: int) -> Flags:
    found = np.ones(size, np.bool_)
    for one in flags:
        found &= one
    return found
