"""The facts as columns of numbers: collected while they are read, then sorted, settled and written."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from qa.facts.columns import EMPTY, write_column
from qa.facts.current_facts import CURRENT, NOTHING, OLDER, Numbers, settle, speaking
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.records import RatingFact
from qa.scale import folded


class Rows:
    """One row of numbers per fact: :data:`NAMES` are its columns."""

    NAMES = ("pair", "subject", "published", "rating", "given", "place", "inherited")

    def __init__(self, scale: Mapping[str, int]) -> None:
        """``scale`` maps rating words to ranks."""
        self._scale = frozenset(map(folded, scale))
        self._cells = {name: array("i") for name in self.NAMES}
        self._pairs: dict[tuple[str, str], int] = {}  # by folded names
        self._named: dict[int, tuple[str, str]] = {}
        self._known: dict[tuple[str, str | None], int] = {}
        self._words: dict[str, int] = {}
        self._inherited: dict[str, int] = {}
        self.inherited: Counter[str] = Counter()
        self.codes_of_inherited: Mapping[str, int] = {}

    def add(self, fact: RatingFact, subject: int, place: int) -> None:
        """Add a fact by the numbers of its subject and its table."""
        cells = self._cells
        pair = self._known.get((fact.aspect, fact.service))
        cells["pair"].append(self._pair(fact) if pair is None else pair)
        cells["subject"].append(subject - 1)
        cells["published"].append(fact.published.toordinal() if fact.published else NOTHING)
        cells["rating"].append(self._word(fact.rating))
        cells["given"].append(self._word(fact.previous_rating))
        cells["place"].append(place)
        inherited = fact.attributes.get("inherited", "")
        if inherited in EMPTY:
            cells["inherited"].append(NOTHING)
        else:
            self.inherited[inherited] += 1
            cells["inherited"].append(self._inherited.setdefault(inherited, len(self._inherited)))

    def _pair(self, fact: RatingFact) -> int:
        aspect, service = fact.aspect, fact.service or WHOLE
        pair = self._pairs.setdefault((key(aspect), key(service)), len(self._pairs))
        self._named.setdefault(pair, (aspect, service))
        self._known[(aspect, fact.service)] = pair
        return pair

    def _word(self, rating: str | None) -> int:
        return NOTHING if rating is None else self._words.setdefault(rating, len(self._words))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the columns, and into the table of facts the state of each."""
        columns = {
            name: np.frombuffer(cells, np.int32) if cells else np.empty(0, np.int32)
            for name, cells in self._cells.items()
        }
        pair, subject, published = columns["pair"], columns["subject"], columns["published"]
        order = np.lexsort((np.arange(len(pair)), -published, subject, pair))
        columns = {name: cells[order] for name, cells in columns.items()} | {
            "fact": (order + 1).astype(np.int32)
        }
        codes = np.array(
            [*(self.codes_of_inherited.get(value, NOTHING) for value in self._inherited), NOTHING], np.int32
        )
        columns["inherited"] = codes[columns["inherited"]]
        for name, cells in columns.items():
            write_column(connection, f"fact.{name}", cells)
        self._write_pairs(connection, columns["pair"])
        connection.executemany(
            "INSERT INTO rating_words VALUES (?, ?)", ((code, word) for word, code in self._words.items())
        )
        self._settle(connection, columns)

    def _write_pairs(self, connection: sqlite3.Connection, pair: Numbers) -> None:
        numbers = np.arange(len(self._named))
        bounds = zip(
            np.searchsorted(pair, numbers).tolist(),
            np.searchsorted(pair, numbers, side="right").tolist(),
            strict=True,
        )
        keys = {number: folded_names for folded_names, number in self._pairs.items()}
        rows = ((number, *self._named[number], *keys[number], *both) for number, both in enumerate(bounds))
        connection.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _settle(self, connection: sqlite3.Connection, columns: Mapping[str, Numbers]) -> None:
        """Write into the table of facts which of them count, and the previous ratings."""
        words = [*self._words, None]
        alike = _numbered([None if word is None else folded(word) for word in words])
        graded = np.array([word is not None and folded(word) in self._scale for word in words])
        group = _dense(
            columns["pair"].astype(np.int64) * (int(columns["subject"].max(initial=0)) + 1)
            + columns["subject"]
        )
        rows = np.flatnonzero(speaking(group, graded[columns["rating"]]))
        settled = settle(group[rows], columns["published"][rows], alike[columns["rating"]][rows])
        state, previous = np.full(len(group), OLDER, np.int8), columns["given"].copy()
        state[rows] = settled.state
        older = np.where(settled.older == NOTHING, NOTHING, columns["rating"][rows[settled.older]])
        current = ~graded[columns["given"][rows]] & (older != NOTHING) & (settled.state == CURRENT)
        previous[rows[current]] = older[current]
        changed = np.flatnonzero((state != CURRENT) | (previous != columns["given"])).tolist()
        told = ((int(state[row]), words[previous[row]], int(columns["fact"][row])) for row in changed)
        connection.executemany("UPDATE facts SET state = ?, previous_rating = ? WHERE id = ?", told)


def _numbered(words: list[str | None]) -> Numbers:
    numbers: dict[str, int] = {}
    return np.array(
        [NOTHING if word is None else numbers.setdefault(word, len(numbers)) for word in words], np.int32
    )


def _dense(values: NDArray[np.int64]) -> Numbers:
    """Number the runs of equal values."""
    return (
        np.cumsum(np.append(False, values[1:] != values[:-1]), dtype=np.int32)
        if len(values)
        else np.empty(0, np.int32)
    )
