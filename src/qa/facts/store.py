"""The store of rating facts: read-only once built, shared by threads."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from qa.database import Connection, Database
from qa.errors import CorpusError
from qa.facts.columns import FIELDS, marks, number_label
from qa.facts.current_facts import NOTHING
from qa.facts.fact_lists import FactList, beginning, listed, ordering
from qa.facts.store_builder import FACT_FIELDS, build
from qa.facts.store_rows import (
    FACT_COLUMNS,
    FIELD_COLUMNS,
    FROM_FACTS,
    Name,
    Subject,
    attributes_of,
    date_of,
    fact_of,
)
from qa.facts.stored_columns import Columns
from qa.facts.view import View
from qa.fields import Field
from qa.language.tokens import key
from qa.records import RatingFact
from qa.scale import Scale

KEPT = 1024  # the most subjects, and the most facts, in memory; beyond that all are dropped
KEPT_VIEWS = 8  # the most views in memory; beyond that all are dropped


class FactStore(Columns):
    """One database of facts, for :mod:`qa.facts.run` and lists of facts. All methods are thread-safe."""

    def __init__(self, held: Database | sqlite3.Connection) -> None:
        super().__init__()
        self._held = held
        self._kept: dict[int, Subject] = {}  # recently read subjects, by number
        self._kept_facts: dict[int, RatingFact] = {}  # recently read facts, by number
        self._views: dict[object, View] = {}

    @classmethod
    def in_memory(cls, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> FactStore:
        """Build a store that lasts as long as the process. ``scale`` maps rating words to
        ranks, 0 the best.
        """
        # Threads share it, and so may not share its statements: one could run what another is still binding
        # its values to.
        connection = sqlite3.connect(
            ":memory:", check_same_thread=False, factory=Connection, cached_statements=0
        )
        build(connection, facts, scale)
        return cls(connection)

    @classmethod
    def at(cls, path: Path, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> FactStore:
        """Build a store file: completely or not at all, even if the process dies. Raises
        OSError if it can't be written.
        """
        unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
        try:
            connection = sqlite3.connect(unfinished)
        except sqlite3.Error as error:
            raise OSError(f"{unfinished} can't be written: {error}") from None
        try:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            with contextlib.closing(connection):
                build(connection, facts, scale)
            unfinished.replace(path)
        except sqlite3.OperationalError as error:
            raise OSError(errno.ENOSPC, f"{path.name} can't be written: {error}") from None
        finally:
            unfinished.unlink(missing_ok=True)
        return cls(Database(path))

    @classmethod
    def existing(cls, path: Path) -> FactStore:
        """Open an existing store file. Raises OSError if there is none, CorpusError if it is not one."""
        if not path.is_file():
            raise FileNotFoundError(path)
        try:
            store = cls(Database(path))
            _ = store.size
        except sqlite3.Error:
            raise CorpusError(
                f"The index file {path} is damaged. Delete it; it is rebuilt at the next start."
            ) from None
        return store

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._held.connection if isinstance(self._held, Database) else self._held

    # Facts --------------------------------------------------------------------------------------------------

    def history(
        self, subjects: Sequence[int], aspect: str | None = None, service: str | None = None
    ) -> tuple[RatingFact, ...]:
        """Return every fact of these subjects, superseded ones too, the newest first; for one aspect and
        service, or all.
        """
        condition, parameters = f"f.subject IN ({marks(len(subjects))})", list[object](subjects)
        for column, value in (("aspect", aspect), ("service", service)):
            if value is not None:
                condition += f" AND f.{column} = ?"
                parameters.append(value)
        return self._facts(f"{condition} ORDER BY f.published DESC, f.id", parameters)

    def page(self, wanted: FactList, limit: int, offset: int = 0) -> tuple[tuple[RatingFact, ...], int]:
        """Return at most ``limit`` facts of a list from position ``offset`` on, and the length
        of the whole list.
        """
        condition, parameters = listed(wanted)
        total: tuple[int] = self._connection.execute(
            f"SELECT count(*) FROM facts f WHERE {condition}", parameters
        ).fetchone()
        order = ordering(wanted)
        found = f"SELECT f.id FROM facts f WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
        return self._facts(f"f.id IN ({found}) ORDER BY {order}", [*parameters, limit, offset]), total[0]

    def with_ids(self, ids: Sequence[str]) -> dict[str, RatingFact]:
        """Return the facts with these ids that exist."""
        return {fact.id: fact for fact in self._facts(f"f.key IN ({marks(len(ids))})", ids)}

    def subjects_of(self, ids: Sequence[str]) -> list[int]:
        """Return the place (number less one) of each fact's subject."""
        rows = self._connection.execute(
            f"SELECT key, subject FROM facts WHERE key IN ({marks(len(ids))})", tuple(ids)
        )
        subjects = dict(rows.fetchall())
        return [subjects[one] - 1 for one in ids]

    def with_states(self, subject: int) -> list[tuple[RatingFact, int]]:
        """Return every fact of a subject in the order of reading, each with its state: superseded, current or
        contradictory.
        """
        rows = self._connection.execute(
            f"SELECT f.state, {FACT_COLUMNS} {FROM_FACTS} WHERE f.subject = ? ORDER BY f.id", (subject,)
        )
        return [(fact_of(row[1:]), row[0]) for row in rows]

    def _facts(self, condition: str, parameters: Sequence[object]) -> tuple[RatingFact, ...]:
        return tuple(
            map(
                fact_of,
                self._connection.execute(f"SELECT {FACT_COLUMNS} {FROM_FACTS} WHERE {condition}", parameters),
            )
        )

    # Subjects and the vocabulary ----------------------------------------------------------------------------

    def subjects(self, numbers: Sequence[int] | None = None) -> list[Subject]:
        """Return the subjects with these numbers, in number order; all of them for ``None``.
        Recent ones are cached.
        """
        if numbers is None:
            return self._subjects("")
        found = {number: held for number in numbers if (held := self._kept.get(number))}
        lacking = [number for number in numbers if number not in found]
        if lacking:
            read = {
                subject.id: subject
                for subject in self._subjects(f"WHERE id IN ({marks(len(lacking))})", lacking)
            }
            found |= read
            if len(self._kept) >= KEPT:
                self._kept = {}
            self._kept.update(read)
        return [found[number] for number in sorted(found)]

    def _subjects(self, limited: str, numbers: Sequence[int] = ()) -> list[Subject]:
        rows = self._connection.execute(
            f"SELECT id, name, {FIELD_COLUMNS} FROM subjects {limited} ORDER BY id", numbers
        )
        return [Subject(row[0], row[1], attributes_of(row[2:])) for row in rows]

    def cells(self, field: str) -> list[str]:
        """Return the "name" or a field of :data:`FIELDS` of every subject, in number order; "" for an empty
        cell."""
        rows = self._connection.execute(f"SELECT ifnull({field}, '') FROM subjects ORDER BY id")
        return [value for (value,) in rows]

    def identifiers(self) -> list[tuple[int, str]]:
        """Return the number and the identifier of every subject that has one, in number order."""
        return self._connection.execute(
            "SELECT id, identifier FROM subjects WHERE identifier <> '' ORDER BY id"
        ).fetchall()

    def services_of(self, subjects: Sequence[int]) -> set[str]:
        """Return the services for which any of these subjects is or was rated."""
        condition = f"subject IN ({marks(len(subjects))}) AND named_service IS NOT NULL"
        rows = self._connection.execute(
            f"SELECT DISTINCT named_service FROM facts WHERE {condition}", tuple(subjects)
        )
        return {service for (service,) in rows}

    def names(self, keys: Sequence[str] | None = None) -> list[Name]:
        """Return what the folded names ``keys`` may mean; all names for ``None``."""
        limited = f"WHERE key IN ({marks(len(keys))})" if keys is not None else ""
        return [
            Name(*row)
            for row in self._connection.execute(
                f"SELECT key, field, value, form FROM names {limited}", tuple(keys or ())
            )
        ]

    def subjects_like(self, text: str, limit: int) -> list[Subject]:
        """Return at most ``limit`` subjects in whose name each word of ``text`` begins a word: names that
        begin with it first.
        """
        condition, parameters = beginning(text)
        if not parameters:
            return []
        typed = key(text)
        told = (
            "CAST(n.value AS INTEGER) AS id, min(CASE WHEN substr(n.key, 1, ?) = ? THEN 0 ELSE 1 END) AS "
            "place, min(n.key) AS name"
        )
        rows = self._connection.execute(
            f"SELECT s.id, s.name, {', '.join(f's.{field}' for field in FIELDS)} FROM subjects s JOIN "
            f"(SELECT {told} FROM names n WHERE {condition} GROUP BY n.value) l "
            "ON l.id = s.id ORDER BY l.place, l.name, s.id LIMIT ?",
            [len(typed), typed, *parameters, limit],
        )
        return [Subject(row[0], row[1], attributes_of(row[2:])) for row in rows]

    def words(self) -> dict[str, int]:
        """Return every word of the names, with the number of subjects that have it in their
        name or street.
        """
        return dict(self._connection.execute("SELECT word, subjects FROM words").fetchall())

    def values(self, field: str) -> tuple[str, ...]:
        """Return the distinct values of a field of subjects, or of the facts' "aspect", "service", "rating"
        or "previous_rating"; sorted. A field that no table has has none.
        """
        if field in FACT_FIELDS:
            rows = self._connection.execute(
                "SELECT value FROM fact_values WHERE field = ? ORDER BY place", (field,)
            )
        elif (held := self.field(field)) and held.type == "number":
            return tuple(map(number_label, self.numbers(field)))
        else:
            rows = self._connection.execute(
                "SELECT value FROM field_values WHERE field = ? ORDER BY 1", (self._field_ids.get(field),)
            )
        return tuple(value for (value,) in rows)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The fields that facts carry as attributes, and subjects as the newest of their rows prints them."""
        return FIELDS

    def view(
        self, scale: Scale, documents: frozenset[str] | None = None, at: datetime.date | None = None
    ) -> View:
        """Return the facts as of a day (``None``: now) and of some tables (``None``: all).
        Recent views are cached.
        """
        asked = (scale.ratings, scale.unrated, tuple(scale.synonyms.items()), documents, at)
        view = self._views.get(asked)
        if view is None:
            view = View(self, scale, documents, at)
            if len(self._views) >= KEPT_VIEWS:
                self._views = {}
            self._views[asked] = view
        return view

    def facts(self, numbers: Sequence[int]) -> list[RatingFact]:
        """Return the facts with these numbers, in this order. Recent ones are cached."""
        found = {number: held for number in numbers if (held := self._kept_facts.get(number))}
        lacking = [number for number in numbers if number not in found]
        if lacking:
            rows = self._connection.execute(
                f"SELECT f.id, {FACT_COLUMNS} {FROM_FACTS} WHERE f.id IN ({marks(len(lacking))})", lacking
            )
            read = {row[0]: fact_of(row[1:]) for row in rows}
            found |= read
            if len(self._kept_facts) >= KEPT:
                self._kept_facts = {}
            self._kept_facts.update(read)
        return [found[number] for number in numbers]

    @cached_property
    def size(self) -> tuple[int, int]:
        """The numbers of facts and of subjects."""
        found: tuple[int, int] = self._connection.execute(
            "SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM subjects)"
        ).fetchone()
        return found

    @cached_property
    def history_held(self) -> tuple[bool, bool]:
        """Return whether any subject has several dated ratings for one aspect and service, and whether half
        of the subjects do."""
        pair, subject, published = (self.column(f"fact.{name}") for name in ("pair", "subject", "published"))
        same = (pair[1:] == pair[:-1]) & (subject[1:] == subject[:-1])
        older = subject[1:][same & (published[1:] != published[:-1]) & (published[1:] != NOTHING)]
        number = len(np.unique(older))
        return number > 0, number * 2 >= max(1, self.size[1])

    @cached_property
    def dates(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The oldest and the newest publication date."""
        oldest, newest = self._connection.execute(
            "SELECT min(published), max(published) FROM facts"
        ).fetchone()
        return date_of(oldest), date_of(newest)

    def value_of(self, field: Field, subject: int) -> str | None:
        """Return the value of a field for the subject of a number, in the wording of lists;
        ``None`` if its cell is empty.
        """
        held = self.column(f"subject.{field.name}")[subject - 1]
        if field.type == "number":
            return None if np.isnan(held) else number_label(float(held))
        return self.labels(field.name, [int(held)]).get(int(held))

    def tables(self) -> tuple[str, ...]:
        """Return the paths of the tables with facts."""
        return tuple(path for (path,) in self._connection.execute("SELECT document FROM tables ORDER BY id"))
