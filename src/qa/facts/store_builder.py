"""Writes rating facts into a database file in one pass, then works out which fact counts, what came before it
and what changed.

One subject is one identifier; without identifiers, one name and postcode; without postcodes, one name and
address. For each aspect and service of a subject the newest rated fact counts, or the newest of all if none
is rated (state 1); older ones, and later visits without a rating, are its history (state 0); contradictory
facts with the same newest date do not count (state 2).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from qa.facts import columns
from qa.facts.columns import EXTRAS, FIELDS, NOUN, Fields, column_of, marks, write_names
from qa.facts.fact_columns import Rows
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.records import RatingFact

_SCHEMA = f"""
CREATE TABLE tables (id INTEGER PRIMARY KEY, document TEXT UNIQUE, title TEXT);
CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT, {", ".join(f"{field} TEXT" for field in FIELDS)});
CREATE TABLE facts (
  id INTEGER PRIMARY KEY, key TEXT, subject INTEGER, aspect TEXT, service TEXT, named_service TEXT,
  rating TEXT COLLATE NOCASE, previous_rating TEXT COLLATE NOCASE, published TEXT, note TEXT, url TEXT,
  place INTEGER, row INTEGER, inherited TEXT, extra TEXT, state INTEGER
);
CREATE TABLE scale (rating TEXT PRIMARY KEY COLLATE NOCASE, rank INTEGER);
CREATE TABLE fact_values (field TEXT, place INTEGER, value TEXT, PRIMARY KEY (field, place)) WITHOUT ROWID;
CREATE TABLE names (key TEXT, field TEXT, value TEXT, form TEXT);
CREATE TABLE words (word TEXT PRIMARY KEY, subjects INTEGER) WITHOUT ROWID;
{columns.SCHEMA}"""
_INDEXES = f"""
CREATE INDEX facts_by_key ON facts (key);
CREATE INDEX facts_by_subject ON facts (subject, aspect, service, state);
CREATE INDEX subjects_by_postcode ON subjects (postcode);
CREATE INDEX names_by_key ON names (key, field, value);
{columns.INDEXES}ANALYZE;
"""
FACT_FIELDS = ("aspect", "service", "rating", "previous_rating")  # of facts, not of their subjects
_BATCH = 5_000
_NAMED_FIELDS = ("provider", "town", "local_authority", "region", "kind")
_COUNCIL_FORMS = ((", city of", ""), (", county of", ""), ("city of ", ""), ("county of ", ""))
_LEGAL_FORMS = {"limited", "plc", "llp", "cic", "uk", "company"}


def build(connection: sqlite3.Connection, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> None:
    """Write ``facts`` and everything derived from them. ``scale`` maps rating words to ranks, 0 the best."""
    connection.executescript(_SCHEMA)
    connection.executemany("INSERT OR IGNORE INTO scale VALUES (?, ?)", scale.items())
    subjects, rows = _Subjects(), Rows(scale)
    _insert(connection, facts, subjects, rows)
    subjects.write(connection, rows)
    rows.write(connection)
    _insert_names(connection)
    connection.executescript(_INDEXES)
    _insert_fact_values(connection)
    connection.commit()


class _Subjects:
    """Numbers the subjects: by identifier, otherwise by name and postcode, or what else there
    is of an address.
    """

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}
        self.identified: set[int] = set()
        self.first: dict[
            str, tuple[str, frozenset[str], str]
        ] = {}  # for each identifier: the table, the words of the name, and the place
        self.latest: dict[int, str] = {}  # the date of the newest fact
        self.names: dict[
            int, tuple[str, str | None]
        ] = {}  # of the newest fact, with the noun for it if the table gives no kind
        self.fields = Fields()

    def number(self, fact: RatingFact) -> int:
        identifier, named = self._identifier(fact), ("name", key(fact.subject), _where(fact))
        number = self.numbers.get(("identifier", identifier)) if identifier else self.numbers.get(named)
        if number is None and identifier:  # the same subject in a table without identifiers
            number = self.numbers.get(named)
            number = None if number in self.identified else number
        if number is None:
            number = len(self.latest) + 1
        if identifier:
            self.numbers[("identifier", identifier)] = number
            self.identified.add(number)
        self.numbers.setdefault(named, number)
        self._keep_latest(number, fact)
        return number

    def _identifier(self, fact: RatingFact) -> str | None:
        """Return the identifier, qualified by its table if another table uses it for a quite
        different name and address.
        """
        identifier = fact.attributes.get("identifier")
        if not identifier:
            return None
        document = fact.source.document
        known = self.first.get(identifier)
        if known is not None and known[0] == document:
            return identifier
        words, where = frozenset(key(fact.subject).split()), _where(fact)
        if known is None:
            self.first[identifier] = document, words, where
        elif words.isdisjoint(known[1]) and where and known[2] and where != known[2]:
            return f"{identifier} in {document}"
        return identifier

    def _keep_latest(self, number: int, fact: RatingFact) -> None:
        date = fact.published.isoformat() if fact.published else ""
        if number not in self.latest or date > self.latest[number]:
            self.latest[number] = date
            self.names[number] = fact.subject, _noun(fact)
            self.fields.keep(number, fact.attributes)

    def write(self, connection: sqlite3.Connection, rows: Rows) -> None:
        """Write the subjects with the fields of their newest facts; ``rows`` get the codes of "inherited"."""
        texts: dict[str, list[str | None]] = {}
        for number, column in enumerate(self.fields.columns(rows.inherited), 1):
            column.write(connection, number)
            if column.field.name in FIELDS:
                texts[column.field.name] = column.texts()
            elif column.field.name == "inherited":
                rows.codes_of_inherited = {value: column.code(value) for value in column.printed}
        nothing = [None] * len(self.names)
        told = zip(*(texts.get(field, nothing) for field in FIELDS), strict=True)
        named = (
            (number, name, *values)
            for (number, (name, _)), values in zip(self.names.items(), told, strict=True)
        )
        connection.executemany(f"INSERT INTO subjects VALUES ({marks(2 + len(FIELDS))})", named)
        column_of(NOUN, [noun for _, noun in self.names.values()]).write(connection, 0)
        write_names(connection, [name for name, _ in self.names.values()])


def _noun(fact: RatingFact) -> str | None:
    """Return the noun for a subject without a kind: the last word of its name."""
    words = [] if fact.attributes.get("kind") else key(fact.subject).split()
    return words[-1] if words else None


def _insert(
    connection: sqlite3.Connection, facts: Iterable[RatingFact], subjects: _Subjects, rows: Rows
) -> None:
    places, batch = dict[str, int](), list[tuple[object, ...]]()
    insert = f"INSERT INTO facts VALUES ({marks(15)}, 1)"
    for number, fact in enumerate(facts, 1):
        place = places.get(fact.source.document)
        if place is None:
            place = places[fact.source.document] = len(places) + 1
            connection.execute(
                "INSERT INTO tables VALUES (?, ?, ?)", (place, fact.source.document, fact.source.title)
            )
        subject = subjects.number(fact)
        rows.add(fact, subject, place)
        batch.append((number, *_columns(fact, subject, place)))
        if len(batch) == _BATCH:
            connection.executemany(insert, batch)
            batch.clear()
    connection.executemany(insert, batch)


def _columns(fact: RatingFact, subject: int, place: int) -> tuple[object, ...]:
    extra = {name: value for name, value in fact.attributes.items() if name in EXTRAS}
    return (
        fact.id,
        subject,
        fact.aspect,
        fact.service or WHOLE,
        fact.service,
        fact.rating,
        fact.previous_rating,
        fact.published.isoformat() if fact.published else None,
        fact.note,
        fact.source.url,
        place,
        fact.source.row,
        fact.attributes.get("inherited"),
        json.dumps(extra) if extra else None,
    )


def _insert_names(connection: sqlite3.Connection) -> None:
    """Write every name that a question may use, in each of its forms, and every word of them."""
    words: dict[str, int] = {}
    rows: list[tuple[str, str, str, str]] = []
    for number, name, street, address in connection.execute("SELECT id, name, street, address FROM subjects"):
        rows += [(form, "subject", str(number), kind) for form, kind in _subject_forms(name)]
        for word in {word for text in (name, street, address) if text for word in key(text).split()}:
            words[word] = words.get(word, 0) + 1
    for field in _NAMED_FIELDS:
        for (value,) in connection.execute(
            f"SELECT DISTINCT {field} FROM subjects WHERE {field} IS NOT NULL AND {field} != ''"
        ):
            rows += [(form, field, value, kind) for form, kind in _value_forms(field, value)]
            for word in key(value).split():
                words.setdefault(word, 0)
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO words VALUES (?, ?)", words.items())


def _insert_fact_values(connection: sqlite3.Connection) -> None:
    """Write the distinct values of facts, sorted."""
    for field in FACT_FIELDS:
        found = connection.execute(
            f"SELECT DISTINCT {field} FROM facts WHERE state > 0 AND {field} IS NOT NULL ORDER BY 1"
        ).fetchall()
        rows = ((field, place, value) for place, (value,) in enumerate(found))
        connection.executemany("INSERT INTO fact_values VALUES (?, ?, ?)", rows)


def _where(fact: RatingFact) -> str:
    """Return the postcode; if there is none, street, town and council, which distinguish subjects with one
    name."""
    told = fact.attributes
    return (
        told.get("postcode")
        or " ".join(key(told.get(field, "")) for field in ("street", "town", "local_authority")).strip()
    )


def _subject_forms(name: str) -> Iterator[tuple[str, str]]:
    full = key(name)
    yield full, "full"
    for form in {full.removeprefix("the "), _without_legal_form(full), key(name.split(" - ")[0])} - {
        full,
        "",
    }:
        yield form, "full" if form == full.removeprefix("the ") else "short"


def _value_forms(field: str, value: str) -> Iterator[tuple[str, str]]:
    full = key(value)
    yield full, "full"
    shorter = (
        {full.removeprefix("the "), _without_legal_form(full.removeprefix("the "))}
        if field == "provider"
        else {_council(value), full.replace(" the ", " ")}
    )
    for short in shorter - {full, ""}:
        yield short, "short"


def _without_legal_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _council(value: str) -> str:
    plain = value.casefold()
    for form, short in _COUNCIL_FORMS:
        plain = plain.replace(form, short)
    return key(plain)
