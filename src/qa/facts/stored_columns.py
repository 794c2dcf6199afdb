"""The columns of a store: fields, codes and their values, aspects and services, the words of ratings."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.facts.columns import NOUN, marks
from qa.fields import Field


@dataclass(frozen=True, slots=True)
class Pair:
    """An aspect and a service that facts are about, by name and folded; its facts are rows ``first`` up to
    ``last`` of their columns.
    """

    aspect: str
    service: str
    aspect_key: str
    service_key: str
    first: int
    last: int


class Columns:
    """The columns of one database. All methods are thread-safe."""

    def __init__(self) -> None:
        self._columns: dict[str, NDArray[Any]] = {}

    @property
    def _connection(self) -> sqlite3.Connection:
        raise NotImplementedError

    @cached_property
    def _every_field(self) -> Mapping[str, tuple[int, Field]]:
        sql = (
            "SELECT id, name, label, plural, type, words, place, address, named, own FROM fields ORDER BY id"
        )
        return {
            name: (
                number,
                Field(
                    name, label, plural, type, tuple(words.split("\n")) if words else (), *map(bool, flags)
                ),
            )
            for number, name, label, plural, type, words, *flags in self._connection.execute(sql).fetchall()
        }

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields in the tables: first the common ones, then the tables' own columns."""
        return tuple(field for _, field in self._every_field.values() if field != NOUN)

    @cached_property
    def _field_ids(self) -> Mapping[str, int]:
        return {name: number for name, (number, _) in self._every_field.items()}

    def field(self, name: str) -> Field | None:
        """Return the field of this name; ``None`` if no table has it."""
        return self._every_field[name][1] if name in self._every_field else None

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of numbers: "subject.town" (codes of values, or the numbers of a number column),
        "fact.rating" …; read once.
        """
        held = self._columns.get(name)
        if held is None:
            found = self._connection.execute("SELECT data FROM columns WHERE name = ?", (name,)).fetchone()
            if found is None:
                raise KeyError(name)
            field = self.field(name.removeprefix("subject.")) if name.startswith("subject.") else None
            floats = field is not None and field.type == "number"
            held = self._columns[name] = np.frombuffer(found[0], np.dtype("<f8" if floats else "<i4"))
        return held

    def codes(self, field: str, keys: Sequence[str]) -> list[int]:
        """Return the codes of the values of a field with these folded keys."""
        sql = f"SELECT code FROM field_values WHERE field = ? AND key IN ({marks(len(keys))})"
        return [code for (code,) in self._connection.execute(sql, (self._field_ids[field], *keys))]

    def codes_beginning(self, field: str, start: str) -> list[tuple[str, int]]:
        """Return the keys that begin with ``start``, and their codes."""
        sql = "SELECT key, code FROM field_values WHERE field = ? AND key >= ? AND key < ?"
        return self._connection.execute(sql, (self._field_ids[field], start, f"{start}\U0010ffff")).fetchall()

    def labels(self, field: str, codes: Sequence[int]) -> dict[int, str]:
        """Return the values of these codes, each in its commonest spelling."""
        sql = f"SELECT code, value FROM field_values WHERE field = ? AND code IN ({marks(len(codes))})"
        return dict(self._connection.execute(sql, (self._field_ids[field], *codes)).fetchall())

    def named_with(self, word: str) -> NDArray[np.int32]:
        """Return the places (number less one) of the subjects with a folded word in their name."""
        found = self._connection.execute("SELECT subjects FROM name_words WHERE word = ?", (word,)).fetchone()
        return np.frombuffer(found[0] if found else b"", "<i4")

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The aspects and services that facts are about, in the order of reading."""
        rows = self._connection.execute(
            "SELECT aspect, service, aspect_key, service_key, first, last FROM pairs ORDER BY id"
        )
        return tuple(Pair(*row) for row in rows)

    @cached_property
    def rating_words(self) -> tuple[str, ...]:
        """The words in rating cells, by code."""
        return tuple(
            word for (word,) in self._connection.execute("SELECT word FROM rating_words ORDER BY code")
        )

    @cached_property
    def documents(self) -> Mapping[str, int]:
        """The numbers of the tables, by path."""
        return dict(self._connection.execute("SELECT document, id FROM tables").fetchall())

    def numbers(self, field: str) -> tuple[float, ...]:
        """Return the distinct numbers in a number column, the lowest first."""
        column = self.column(f"subject.{field}")
        return tuple(np.unique(column[~np.isnan(column)]).tolist())
