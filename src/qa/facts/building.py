"""Rating facts into a database file, in one pass, then put in order: which fact counts, what came before it, what changed.

One subject is one identifier; without identifiers, one name and postcode; without postcodes, one name and address. Of the facts about a
subject's aspect and service the newest counts (state 1); older ones are its history (state 0); facts of the same newest date that
contradict each other count nowhere (state 2).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from qa.facts.queries import CODED, FIELDS, NOUN, WHOLE, marks
from qa.folding import key
from qa.records import RatingFact

_SCHEMA = f"""
CREATE TABLE tables (id INTEGER PRIMARY KEY, document TEXT UNIQUE, title TEXT);
CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT, {", ".join(f"{field} TEXT" for field in FIELDS)}, {NOUN} TEXT);
CREATE TABLE facts (
  id INTEGER PRIMARY KEY, key TEXT, subject INTEGER, aspect TEXT, service TEXT, named_service TEXT,
  rating TEXT COLLATE NOCASE, previous_rating TEXT COLLATE NOCASE, published TEXT, note TEXT, url TEXT,
  place INTEGER, row INTEGER, inherited TEXT, extra TEXT, state INTEGER DEFAULT 0, change INTEGER
);
CREATE TABLE codes (code INTEGER PRIMARY KEY, field TEXT, value TEXT COLLATE NOCASE, UNIQUE (field, value));
CREATE TABLE rated (
  aspect INTEGER, service INTEGER, fact INTEGER, subject INTEGER, rating INTEGER, previous_rating INTEGER, change INTEGER,
  published TEXT, inherited TEXT, place INTEGER, {", ".join(f"{field} INTEGER" for field in CODED)}, PRIMARY KEY (aspect, service, fact)
) WITHOUT ROWID;
CREATE TABLE scale (rating TEXT PRIMARY KEY COLLATE NOCASE, rank INTEGER);
CREATE TABLE names (key TEXT, field TEXT, value TEXT, form TEXT);
CREATE TABLE words (word TEXT PRIMARY KEY, subjects INTEGER) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX facts_by_key ON facts (key);
CREATE INDEX facts_by_subject ON facts (subject, aspect, service, state);
CREATE INDEX rated_by_subject ON rated (subject);
CREATE INDEX rated_by_provider ON rated (provider);
CREATE INDEX rated_by_town ON rated (town);
CREATE INDEX rated_by_local_authority ON rated (local_authority);
CREATE INDEX rated_by_kind ON rated (kind);
CREATE INDEX subjects_by_postcode ON subjects (postcode);
CREATE INDEX names_by_key ON names (key, field, value);
ANALYZE;
"""
# The newest date's facts of each subject, aspect and service; among equal ones the first row stands for all.
_STATES = """
CREATE TEMP TABLE ranked (id INTEGER PRIMARY KEY, rating TEXT, age INTEGER, copy INTEGER, low TEXT, high TEXT);
INSERT INTO ranked SELECT id, rating,
    rank() OVER (PARTITION BY subject, aspect, service ORDER BY published IS NULL, published DESC),
    row_number() OVER (PARTITION BY subject, aspect, service, published, rating ORDER BY id),
    min(rating) OVER same, max(rating) OVER same
  FROM facts WINDOW same AS (PARTITION BY subject, aspect, service, published);
UPDATE facts SET state = (SELECT CASE WHEN low IS NOT high THEN 2 ELSE 1 END FROM ranked WHERE ranked.id = facts.id)
  WHERE id IN (SELECT id FROM ranked WHERE age = 1 AND copy = 1 AND (rating IS NOT NULL OR high IS NULL));
DROP TABLE ranked;
"""
# What the publisher gives as the rating before stands; else it is the newest older fact's.
_HISTORY = """
UPDATE facts SET previous_rating = (
    SELECT older.rating FROM facts older
    WHERE older.subject = facts.subject AND older.aspect = facts.aspect AND older.service = facts.service
      AND older.published < facts.published
    ORDER BY older.published DESC LIMIT 1)
  WHERE previous_rating IS NULL AND state = 1
    AND subject IN (SELECT subject FROM facts WHERE state = 0);
UPDATE facts SET change = (
    SELECT sign(before.rank - after.rank) FROM scale before, scale after
    WHERE before.rating = facts.previous_rating AND after.rating = facts.rating)
  WHERE state = 1 AND previous_rating IS NOT NULL;
"""
_BATCH = 5_000
_NAMED_FIELDS = ("provider", "town", "local_authority", "region", "kind")
_COUNCIL_FORMS = ((", city of", ""), (", county of", ""), ("city of ", ""), ("county of ", ""))
_LEGAL_FORMS = {"limited", "plc", "llp", "cic", "uk", "company"}


def build(connection: sqlite3.Connection, facts: Iterable[RatingFact], scale: Mapping[str, int]) -> None:
    """Write ``facts`` and all that is derived from them. ``scale`` maps rating words to ranks, 0 the best."""
    connection.executescript(_SCHEMA)
    connection.executemany("INSERT OR IGNORE INTO scale VALUES (?, ?)", scale.items())
    _insert(connection, facts)
    connection.executescript(_STATES)
    connection.execute("CREATE INDEX history ON facts (subject, aspect, service, published)")
    connection.executescript(_HISTORY)
    connection.execute("DROP INDEX history")
    _insert_rated(connection)
    _insert_names(connection)
    connection.executescript(_INDEXES)
    connection.commit()


class _Subjects:
    """Gives every subject its number: by identifier, else by name and postcode, or what else there is of an address."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}
        self.identified: set[int] = set()
        self.latest: dict[int, tuple[str, tuple[str | None, ...]]] = {}

    def number(self, fact: RatingFact) -> int:
        identifier, named = fact.attributes.get("identifier"), ("name", key(fact.subject), _where(fact))
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

    def _keep_latest(self, number: int, fact: RatingFact) -> None:
        date = fact.published.isoformat() if fact.published else ""
        if number not in self.latest or date > self.latest[number][0]:
            self.latest[number] = (date, (fact.subject, *(fact.attributes.get(field) for field in FIELDS), _noun(fact)))


def _noun(fact: RatingFact) -> str | None:
    """What people call a subject of no told kind: the last word of its name."""
    words = [] if fact.attributes.get("kind") else key(fact.subject).split()
    return words[-1] if words else None


def _insert(connection: sqlite3.Connection, facts: Iterable[RatingFact]) -> None:
    subjects, places, batch = _Subjects(), dict[str, int](), list[tuple[object, ...]]()
    insert = f"INSERT INTO facts VALUES ({marks(15)}, 0, NULL)"
    for number, fact in enumerate(facts, 1):
        place = places.get(fact.source.document)
        if place is None:
            place = places[fact.source.document] = len(places) + 1
            connection.execute("INSERT INTO tables VALUES (?, ?, ?)", (place, fact.source.document, fact.source.title))
        batch.append((number, *_columns(fact, subjects.number(fact), place)))
        if len(batch) == _BATCH:
            connection.executemany(insert, batch)
            batch.clear()
    connection.executemany(insert, batch)
    rows = ((number, *values) for number, (_, values) in subjects.latest.items())
    connection.executemany(f"INSERT INTO subjects VALUES ({marks(3 + len(FIELDS))})", rows)


def _columns(fact: RatingFact, subject: int, place: int) -> tuple[object, ...]:
    extra = {name: value for name, value in fact.attributes.items() if name not in FIELDS and name != "inherited"}
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


class _Codes:
    """Gives every value of a field its number; case does not tell values apart."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {}
        self.values: list[tuple[int, str, str]] = []

    def number(self, field: str, value: str | None) -> int | None:
        if not value:
            return None
        number = self.numbers.get((field, value))
        if number is None:
            number = self.numbers.setdefault((field, value.casefold()), len(self.values) + 1)
            self.numbers[(field, value)] = number
            if number > len(self.values):
                self.values.append((number, field, value))
        return number


def _insert_rated(connection: sqlite3.Connection) -> None:
    """Write the facts that count once more, as numbers and in the order in which they are asked for: what counting runs over."""
    codes = _Codes()
    subjects = {
        row[0]: tuple(codes.number(field, value) for field, value in zip(CODED, row[1:], strict=True))
        for row in connection.execute(f"SELECT id, {', '.join(CODED)} FROM subjects")
    }
    told = connection.execute(
        "SELECT aspect, service, id, subject, rating, previous_rating, change, published, inherited, place FROM facts "
        "WHERE state = 1 ORDER BY id"
    )
    rows = (
        (
            codes.number("aspect", aspect),
            codes.number("service", service),
            fact,
            subject,
            codes.number("rating", rating),
            codes.number("rating", previous),
            *rest,
            *subjects[subject],
        )
        for aspect, service, fact, subject, rating, previous, *rest in told
    )
    connection.executemany(f"INSERT INTO rated VALUES ({marks(10 + len(CODED))})", rows)
    connection.executemany("INSERT INTO codes VALUES (?, ?, ?)", codes.values)


def _insert_names(connection: sqlite3.Connection) -> None:
    """Write every name that a question may use, under each of its forms, and every word of them."""
    words: dict[str, int] = {}
    rows: list[tuple[str, str, str, str]] = []
    for number, name, street, address in connection.execute("SELECT id, name, street, address FROM subjects"):
        rows += [(form, "subject", str(number), kind) for form, kind in _subject_forms(name)]
        for word in {word for text in (name, street, address) if text for word in key(text).split()}:
            words[word] = words.get(word, 0) + 1
    for field in _NAMED_FIELDS:
        for (value,) in connection.execute(f"SELECT DISTINCT {field} FROM subjects WHERE {field} IS NOT NULL AND {field} != ''"):
            rows += [(form, field, value, kind) for form, kind in _value_forms(field, value)]
            for word in key(value).split():
                words.setdefault(word, 0)
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO words VALUES (?, ?)", words.items())


def _where(fact: RatingFact) -> str:
    """The postcode; where there is none, street, town and council, which tell apart those of one name."""
    told = fact.attributes
    return told.get("postcode") or " ".join(key(told.get(field, "")) for field in ("street", "town", "local_authority")).strip()


def _subject_forms(name: str) -> Iterator[tuple[str, str]]:
    full = key(name)
    yield full, "full"
    for form in {full.removeprefix("the "), _without_legal_form(full), key(name.split(" - ")[0])} - {full, ""}:
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
