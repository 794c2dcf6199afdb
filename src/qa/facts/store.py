"""The store of rating facts: read-only once built, shared by threads."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qa.errors import CorpusError
from qa.facts.building import build
from qa.facts.listing import FactList, beginning, listed, ordering
from qa.facts.queries import CODED, FIELDS, NOUN, FactQuery, marks, where
from qa.folding import key
from qa.records import FactSource, RatingFact

KEPT = 1024  # subjects, after which all are dropped
_FACT = (
    "f.key, f.aspect, f.named_service, f.rating, f.previous_rating, f.published, f.note, f.url, f.row, f.inherited, f.extra, "
    "t.document, t.title, s.name, " + ", ".join(f"s.{field}" for field in FIELDS)
)
_FIELDS = ", ".join(FIELDS)
_FROM = "FROM facts f JOIN subjects s ON s.id = f.subject JOIN tables t ON t.id = f.place"


@dataclass(frozen=True, slots=True)
class Name:
    """What a folded name may mean: ``field`` is "subject" (``value`` its number) or one of :data:`FIELDS`."""

    key: str
    field: str
    value: str
    form: str  # "full" or "short"


@dataclass(frozen=True, slots=True)
class Subject:
    """A rated subject; ``attributes`` are those of its newest fact."""

    id: int
    name: str
    attributes: Mapping[str, str]


class FactStore:
    """Typed queries over one database of facts. Every method is safe to call from any thread."""

    def __init__(self, path: Path | None, connection: sqlite3.Connection | None = None) -> None:
        self._path = path
        self._shared = connection
        self._local = threading.local()
        self._kept: dict[int, Subject] = {}  # subjects read of late, by number

    @classmethod
    def in_memory(cls, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> FactStore:
        """Build a store that lives as long as the process. ``scale`` maps rating words to ranks, 0 the best."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(connection, facts, scale)
        return cls(None, connection)

    @classmethod
    def at(cls, path: Path, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> FactStore:
        """Build a store file: whole or not at all, whatever dies meanwhile. Raises OSError where it can't be written."""
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
        finally:
            unfinished.unlink(missing_ok=True)
        return cls(path)

    @classmethod
    def existing(cls, path: Path) -> FactStore:
        """Open a store file that was built before. Raises OSError where there is none, CorpusError where it is not one."""
        if not path.is_file():
            raise FileNotFoundError(path)
        store = cls(path)
        try:
            _ = store.size
        except sqlite3.Error:
            raise CorpusError(f"The index file {path} is damaged. Delete it; it is built anew at the next start.") from None
        return store

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._shared is not None:
            return self._shared
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"{Path(str(self._path)).as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._local.connection = connection
        return connection

    # Facts ----------------------------------------------------------------------------------------------------------

    def find(self, query: FactQuery, limit: int = 50) -> tuple[RatingFact, ...]:
        """Return at most ``limit`` facts, in the order in which they were read."""
        condition, parameters = where(query)
        found = f"SELECT fact FROM rated r WHERE {condition} ORDER BY fact LIMIT ?"
        return self._facts(f"f.id IN ({found}) ORDER BY f.id", [*parameters, limit])

    def count(self, query: FactQuery) -> int:
        """Return how many facts the query matches: one a subject."""
        condition, parameters = where(query)
        found: tuple[int] = self._connection.execute(f"SELECT count(*) FROM rated r WHERE {condition}", parameters).fetchone()
        return found[0]

    def span(self, query: FactQuery) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the oldest and the newest publication date of the facts that the query matches; ``None`` where none has any."""
        condition, parameters = where(query)
        dates = self._connection.execute(f"SELECT min(r.published), max(r.published) FROM rated r WHERE {condition}", parameters)
        oldest, newest = dates.fetchone()
        return _date(oldest), _date(newest)

    def groups(self, query: FactQuery, field: str, limit: int = -1) -> list[tuple[str, int]]:
        """Count the query's facts by one of :data:`CODED` or by "rating": the most first, ties by label; at most ``limit``, -1 for all."""
        if field not in (*CODED, "rating"):
            raise ValueError(f"no such field: {field}")
        condition, parameters = where(query)
        counted = f"SELECT r.{field} AS code, count(*) AS number FROM rated r WHERE {condition} GROUP BY r.{field}"
        rows = self._connection.execute(
            f"SELECT value, number FROM ({counted}) JOIN codes USING (code) WHERE value != '-' ORDER BY number DESC, value LIMIT ?",
            [*parameters, limit],
        )
        return rows.fetchall()

    def history(self, subjects: Sequence[int], aspect: str | None = None, service: str | None = None) -> tuple[RatingFact, ...]:
        """Return every fact of these subjects, superseded ones too, the newest first; one aspect and service, or all."""
        condition, parameters = f"f.subject IN ({marks(len(subjects))})", list[object](subjects)
        for column, value in (("aspect", aspect), ("service", service)):
            if value is not None:
                condition += f" AND f.{column} = ?"
                parameters.append(value)
        return self._facts(f"{condition} ORDER BY f.published DESC, f.id", parameters)

    def contradictions(self, subjects: Sequence[int], aspect: str, service: str) -> tuple[RatingFact, ...]:
        """Return the facts of these subjects that carry one date and different ratings, and so count nowhere."""
        condition = f"f.state = 2 AND f.subject IN ({marks(len(subjects))}) AND f.aspect = ? AND f.service = ? ORDER BY f.id"
        return self._facts(condition, [*subjects, aspect, service])

    def page(self, wanted: FactList, limit: int, offset: int = 0) -> tuple[tuple[RatingFact, ...], int]:
        """Return at most ``limit`` facts of a list from place ``offset`` on, and how many the whole list has."""
        condition, parameters = listed(wanted)
        total: tuple[int] = self._connection.execute(f"SELECT count(*) FROM facts f WHERE {condition}", parameters).fetchone()
        order = ordering(wanted)
        found = f"SELECT f.id FROM facts f WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
        return self._facts(f"f.id IN ({found}) ORDER BY {order}", [*parameters, limit, offset]), total[0]

    def with_ids(self, ids: Sequence[str]) -> dict[str, RatingFact]:
        """Return the facts of these ids, as far as there are any."""
        return {fact.id: fact for fact in self._facts(f"f.key IN ({marks(len(ids))})", ids)}

    def _facts(self, condition: str, parameters: Sequence[object]) -> tuple[RatingFact, ...]:
        return tuple(map(_fact, self._connection.execute(f"SELECT {_FACT} {_FROM} WHERE {condition}", parameters)))

    # Subjects and the vocabulary ------------------------------------------------------------------------------------

    def subjects(self, numbers: Sequence[int] | None = None) -> list[Subject]:
        """Return the subjects of these numbers, in number order; all of them for ``None``. Those read of late are kept."""
        if numbers is None:
            return self._subjects("")
        found = {number: held for number in numbers if (held := self._kept.get(number))}
        lacking = [number for number in numbers if number not in found]
        if lacking:
            read = {subject.id: subject for subject in self._subjects(f"WHERE id IN ({marks(len(lacking))})", lacking)}
            found |= read
            if len(self._kept) >= KEPT:
                self._kept = {}
            self._kept.update(read)
        return [found[number] for number in sorted(found)]

    def _subjects(self, limited: str, numbers: Sequence[int] = ()) -> list[Subject]:
        rows = self._connection.execute(f"SELECT id, name, {_FIELDS} FROM subjects {limited} ORDER BY id", numbers)
        return [Subject(row[0], row[1], _attributes(row[2:])) for row in rows]

    def services_of(self, subjects: Sequence[int]) -> set[str]:
        """Return the services for which any of these subjects is or was rated."""
        condition = f"subject IN ({marks(len(subjects))}) AND named_service IS NOT NULL"
        return {service for (service,) in self._connection.execute(f"SELECT DISTINCT named_service FROM facts WHERE {condition}", subjects)}

    def subjects_where(self, field: str, value: str) -> list[int]:
        """Return the numbers of the subjects whose ``field`` holds ``value``."""
        if field not in FIELDS:
            raise ValueError(f"no such field: {field}")
        return [number for (number,) in self._connection.execute(f"SELECT id FROM subjects WHERE {field} = ? ORDER BY id", (value,))]

    def names(self, keys: Sequence[str] | None = None) -> list[Name]:
        """Return what the folded names ``keys`` may mean; all names for ``None``."""
        limited = f"WHERE key IN ({marks(len(keys))})" if keys is not None else ""
        return [Name(*row) for row in self._connection.execute(f"SELECT key, field, value, form FROM names {limited}", tuple(keys or ()))]

    def subjects_like(self, text: str, limit: int) -> list[Subject]:
        """Return at most ``limit`` subjects in whose name each word of ``text`` begins a word: names that begin with it first."""
        condition, parameters = beginning(text)
        if not parameters:
            return []
        typed = key(text)
        told = "CAST(n.value AS INTEGER) AS id, min(CASE WHEN substr(n.key, 1, ?) = ? THEN 0 ELSE 1 END) AS place, min(n.key) AS name"
        rows = self._connection.execute(
            f"SELECT s.id, s.name, {', '.join(f's.{field}' for field in FIELDS)} FROM subjects s JOIN "
            f"(SELECT {told} FROM names n WHERE {condition} GROUP BY n.value) l "
            "ON l.id = s.id ORDER BY l.place, l.name, s.id LIMIT ?",
            [len(typed), typed, *parameters, limit],
        )
        return [Subject(row[0], row[1], _attributes(row[2:])) for row in rows]

    def words(self) -> dict[str, int]:
        """Return every word of the names, with how many subjects' names and streets hold it."""
        return dict(self._connection.execute("SELECT word, subjects FROM words").fetchall())

    def values(self, field: str) -> tuple[str, ...]:
        """Return the distinct values of a subject's field, or of "aspect", "service", "rating" or "previous_rating"."""
        of_facts = field in ("aspect", "service", "rating", "previous_rating")
        if not of_facts and field not in (*FIELDS, NOUN):
            raise ValueError(f"no such field: {field}")
        table, state = ("facts", "state > 0 AND") if of_facts else ("subjects", "")
        rows = self._connection.execute(
            f"SELECT DISTINCT {field} FROM {table} WHERE {state} {field} IS NOT NULL AND {field} != '' ORDER BY 1"
        )
        return tuple(value for (value,) in rows)

    @cached_property
    def size(self) -> tuple[int, int]:
        """The numbers of facts and of subjects."""
        found: tuple[int, int] = self._connection.execute("SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM subjects)").fetchone()
        return found

    @cached_property
    def dates(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The oldest and the newest publication date."""
        oldest, newest = self._connection.execute("SELECT min(published), max(published) FROM facts").fetchone()
        return _date(oldest), _date(newest)

    def tables(self) -> tuple[str, ...]:
        """Return the paths of the tables that the facts come from."""
        return tuple(path for (path,) in self._connection.execute("SELECT document FROM tables ORDER BY id"))


def _fact(row: tuple[object, ...]) -> RatingFact:
    key, aspect, service, rating, previous, published, note, url, number, inherited, extra, document, title, subject, *values = row
    attributes = _attributes(values)
    if inherited:
        attributes["inherited"] = str(inherited)
    if extra:
        attributes.update(json.loads(str(extra)))
    source = FactSource(str(document), str(title), _text(url), int(str(number)))
    return RatingFact(
        str(key),
        str(subject),
        str(aspect),
        _text(service),
        _text(rating),
        _text(previous),
        _date(published),
        _text(note),
        attributes,
        source,
    )


def _attributes(values: Iterable[object]) -> dict[str, str]:
    return {field: str(value) for field, value in zip(FIELDS, values, strict=True) if value}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(value: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None
