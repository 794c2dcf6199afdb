"""Columns of numbers in the database, on which queries over whole tables run.

Each value of a field has a code, in the order of the values' labels; spellings that fold to one key are one
value, shown in the commonest spelling. A column of subjects has one code for each subject, or the numbers
themselves if the field is numeric. Columns of facts are sorted by aspect and service, subject, date (the
newest first) and order of reading, so that each aspect and service is one slice.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.fields import BY_NAME, PLACE_HEADINGS, Field, FieldType, own_field
from qa.fields import FIELDS as FIELDS_OF_SUBJECTS
from qa.language.tokens import key
from qa.reading.written_dates import read_date
from qa.records import ATTRIBUTES

FIELDS = tuple(
    name for name in BY_NAME if name != "inherited"
)  # fields of a subject, which facts carry as attributes
NOUN = Field(
    "noun", "kind", "kinds"
)  # the last word of the name of a subject without a kind; not listed among the others
SCHEMA = """
CREATE TABLE columns (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE fields (
  id INTEGER PRIMARY KEY, name TEXT UNIQUE, label TEXT, plural TEXT, type TEXT, words TEXT,
  place INTEGER, address INTEGER, named INTEGER, own INTEGER
);
CREATE TABLE field_values (
  field INTEGER, key TEXT, code INTEGER, value TEXT, PRIMARY KEY (field, key)
) WITHOUT ROWID;
CREATE TABLE name_words (word TEXT PRIMARY KEY, subjects BLOB) WITHOUT ROWID;
CREATE TABLE rating_words (code INTEGER PRIMARY KEY, word TEXT);
CREATE TABLE pairs (
  id INTEGER PRIMARY KEY, aspect TEXT, service TEXT, aspect_key TEXT, service_key TEXT,
  first INTEGER, last INTEGER
);
"""
INDEXES = "CREATE INDEX field_values_by_code ON field_values (field, code);"
EXTRAS = frozenset(
    ("rating_as_printed", "previous_rating_as_printed")
)  # attributes of a fact that are not fields of its subject
EMPTY = frozenset(("", "-", "–", "—"))
_IDENTIFIERS = frozenset(("identifier", "provider_identifier"))
_AS_PRINTED = _IDENTIFIERS | {"street", "postcode"}  # shown as each row has them
_TAKEN = frozenset(
    (*ATTRIBUTES, "aspect", "service", "rating", "year", "figure", "date", "name", "distance", "steps")
)  # names that own columns can't have
_NUMBER = re.compile(
    r"[£$€]?\s?(-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?|-?[1-9]\.\d+e[+-]?\d{1,2})\s?%?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})")
_YES_NO = {"y": "y", "yes": "y", "true": "y", "n": "n", "no": "n", "false": "n"}


def number_of(value: str) -> float | None:
    """Return the number in a cell such as "1,250", "£3.50" or "12%"; ``None`` if there is none, or if it is a
    code such as "007".
    """
    found = _NUMBER.fullmatch(value.strip())
    return float(found[1].replace(",", "")) if found else None


def number_label(number: float) -> str:
    """Format a number as tables write it."""
    return str(int(number)) if number.is_integer() else repr(number)


def value_key(field: str, type: FieldType, value: str) -> str:
    """Return the key by which values of a field are compared."""
    if field == "postcode":
        return postcode_key(value)
    if field in _IDENTIFIERS:
        return value.casefold()
    folded = key(value) or value.casefold()
    if type == "yesno":
        return _YES_NO.get(folded, folded)
    if type == "date":
        date = read_date(value)
        return date.isoformat() if date else folded
    return folded


def postcode_key(value: str) -> str:
    """Return a postcode in lower case with one space between its halves: "tq5 9ab"."""
    plain = " ".join(value.casefold().split())
    found = _POSTCODE.fullmatch(plain)
    return f"{found[1]} {found[2]}" if found else plain


class Fields:
    """Collects the fields of subjects: ``keep`` those of a subject's newest fact, then take its
    ``columns``.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}  # heading → place
        self._codes: list[dict[str, int]] = []  # for each heading: its cells as printed
        self._rows: dict[int, list[int]] = {}

    def keep(self, subject: int, attributes: Mapping[str, str]) -> None:
        """Store the cells of a subject, replacing earlier ones."""
        row = [-1] * len(self._places)
        for heading, value in attributes.items():
            if value in EMPTY or heading in EXTRAS or heading == "inherited":
                continue
            place = self._places.get(heading)
            if place is None:
                place = self._places[heading] = len(self._places)
                self._codes.append({})
            if place >= len(row):
                row += [-1] * (place + 1 - len(row))
            codes = self._codes[place]
            row[place] = codes.setdefault(value, len(codes))
        self._rows[subject] = row

    def columns(self, inherited: Counter[str]) -> Iterator[Column]:
        """Yield a column for each field, the common fields first; ``inherited`` counts the
        cells of that column.
        """
        cells = np.full((len(self._places), max(self._rows, default=0)), -1, np.int32)
        for subject, row in self._rows.items():
            cells[: len(row), subject - 1] = row
        self._rows.clear()
        by_name = self._names()
        known = [name for name in BY_NAME if name in by_name]
        for name in (*known, *(name for name in by_name if name not in BY_NAME)):
            column = self._column(name, by_name[name], cells)
            if column.counts.any():
                yield column
        if inherited:
            numbers = dict(zip(inherited, range(len(inherited)), strict=True))
            yield Column(
                BY_NAME["inherited"], numbers, np.array(list(inherited.values())), np.empty(0, np.int32)
            )

    def _names(self) -> dict[str, list[str]]:
        """Return the headings of each field, by the field's name; headings of several tables
        that fold to one are one field.
        """
        found: dict[str, list[str]] = {}
        for heading in self._places:
            found.setdefault(heading if heading in BY_NAME else own_name(heading), []).append(heading)
        return found

    def _column(self, name: str, headings: Sequence[str], cells: NDArray[np.int32]) -> Column:
        values, codes = dict[str, int](), np.full(cells.shape[1], -1, np.int32)
        for heading in headings:
            place = self._places[heading]
            renumbered = np.array(
                [values.setdefault(value, len(values)) for value in self._codes[place]] + [-1], np.int32
            )
            codes = np.where(codes == -1, renumbered[cells[place]], codes)
            self._codes[place] = {}
        counts = np.bincount(codes[codes >= 0], minlength=len(values))
        used = [value for value, count in zip(values, counts.tolist(), strict=True) if count]
        return Column(BY_NAME.get(name) or _own(headings[0], name, used), values, counts, codes)


class Column:
    """A field, its values as printed with their counts, and the value of each subject."""

    def __init__(
        self, field: Field, values: Mapping[str, int], counts: NDArray[np.int64], subjects: NDArray[np.int32]
    ) -> None:
        self.field = field
        self.printed = list(values)
        self.counts = counts
        self.subjects = subjects
        self.keys = (
            []
            if field.type == "number"
            else [value_key(field.name, field.type, value) for value in self.printed]
        )
        self.labels: dict[str, str] = {}  # key → label
        numbered = zip(self.keys, self.printed, counts.tolist(), strict=bool(self.keys))
        for one, value, count in sorted(numbered, key=lambda row: (-row[2], row[1])):
            if count:
                self.labels.setdefault(one, value)
        ordered = sorted(self.labels, key=lambda one: (self.labels[one].casefold(), self.labels[one]))
        self.codes = {one: code for code, one in enumerate(ordered)}

    def code(self, value: str) -> int:
        """Return the code of a value as printed; -1 for an empty one."""
        return self.codes.get(value_key(self.field.name, self.field.type, value), -1) if value else -1

    def texts(self) -> list[str | None]:
        """Return the value shown for each subject: in its commonest spelling, or as printed if
        values are not categories.
        """
        alike = self.field.type == "category" and self.field.name not in _AS_PRINTED
        told = [self.labels.get(one) for one in self.keys] if alike else self.printed
        return [told[code] if code >= 0 else None for code in self.subjects.tolist()]

    def write(self, connection: sqlite3.Connection, number: int) -> None:
        """Write the field, its values and, but for "inherited", the column of subjects."""
        one = self.field
        flags = (one.place, one.address, one.named, one.own)
        row = (number, one.name, one.label, one.plural, one.type, "\n".join(one.words), *map(int, flags))
        connection.execute("INSERT INTO fields VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if one.type == "number":
            numbers = np.array([*map(number_of, self.printed), np.nan], np.float64)
            write_column(connection, f"subject.{one.name}", numbers[self.subjects])
            return
        rows = ((number, value, code, self.labels[value]) for value, code in self.codes.items())
        connection.executemany("INSERT INTO field_values VALUES (?, ?, ?, ?)", rows)
        if one.name != "inherited":
            codes = np.array([*(self.codes.get(value, -1) for value in self.keys), -1], np.int32)
            write_column(connection, f"subject.{one.name}", codes[self.subjects])


def column_of(field: Field, cells: Sequence[str | None]) -> Column:
    """Return the column of a field from the cell of each subject."""
    numbers: dict[str, int] = {}
    codes = np.array(
        [-1 if cell is None else numbers.setdefault(cell, len(numbers)) for cell in cells], np.int32
    )
    return Column(field, numbers, np.bincount(codes[codes >= 0], minlength=len(numbers)), codes)


def marks(number: int) -> str:
    """Return ``number`` SQL parameter marks."""
    return ", ".join("?" * number)


def write_column(
    connection: sqlite3.Connection, name: str, values: NDArray[np.int32] | NDArray[np.float64]
) -> None:
    """Write a column: 32-bit integers, or 64-bit floats."""
    wanted = "<f8" if values.dtype == np.float64 else "<i4"
    connection.execute(
        "INSERT INTO columns VALUES (?, ?)", (name, values.astype(wanted, copy=False).tobytes())
    )


def write_names(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    """Write the order of the subjects' names, and which of them contain each folded word; ``names`` are in
    the order of subjects.
    """
    keys = [key(name) for name in names]
    places = {name: place for place, name in enumerate(sorted(set(keys)))}
    write_column(connection, "name.order", np.array([places[name] for name in keys], np.int32))
    holding: dict[str, array[int]] = {}
    for subject, name in enumerate(keys):
        for word in set(name.split()):
            holding.setdefault(word, array("i")).append(subject)
    rows = ((word, np.array(subjects, "<i4").tobytes()) for word, subjects in sorted(holding.items()))
    connection.executemany("INSERT INTO name_words VALUES (?, ?)", rows)


def _listed(fields: Iterable[Field]) -> dict[str, str]:
    """Map what a heading may say, with underscores, to the name of the listed field; readers know the
    headings of :data:`ATTRIBUTES`.
    """
    more = [field for field in fields if field.name not in ATTRIBUTES]
    return {
        form.replace(" ", "_"): field.name
        for field in more
        for form in (*field.words, field.label, field.name)
    }


_LISTED = _listed(FIELDS_OF_SUBJECTS)


def own_name(heading: str) -> str:
    """Return the field name of a table's own column: "Location Ward Name" is "ward"; a listed
    field keeps its name.
    """
    words = key(heading).split()
    if words[:1] == ["location"] and len(words) > 1:
        del words[0]
    if words[-1:] == ["name"] and len(words) > 1:
        words.pop()
    name = "_".join(words) or "column"
    return f"{name}_2" if name in _TAKEN else _LISTED.get(name, name)


def _own(heading: str, name: str, values: Iterable[str]) -> Field:
    """Return the field of a table's own column, typed by all its values."""
    kind = _type(values)
    words = heading.replace("_", " ").split()
    if words[0].casefold() == "location" and len(words) > 1:
        del words[0]
    if words[-1].casefold() == "name" and len(words) > 1:
        words.pop()
    return own_field(
        " ".join(words), name, kind, place=kind == "category" and words[-1].casefold() in PLACE_HEADINGS
    )


def _type(values: Iterable[str]) -> FieldType:
    told = list(values)
    if all(key(value) in _YES_NO for value in told):
        return "yesno"
    if all(number_of(value) is not None for value in told):
        return "number"
    return "date" if all(read_date(value) for value in told) else "category"
