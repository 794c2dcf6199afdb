"""A table's description: ``<table file>.toml`` beside it, e.g.

``inspections.csv.toml``, for what the table itself does not tell.

Every key may be left out::

    title = "School inspections"            # how answers name the table; else its file name
    url = "https://example.org/inspections" # for rows that have no link of their own
    published = 2024-09-01                  # for rows that have no date of their own
    date_format = "%m/%d/%Y"                # as of strptime; else dates are read day first
    header_row = 3                          # 1-based line, or row of the sheet; else it is found
    sheet = "Outcomes"                      # of a spreadsheet; else every sheet that holds ratings is read
    rows = "data.inspections"               # of JSON: where the records are; else the only list there is

    [columns]                               # what a column holds = its heading
    subject = "School"                      # also rating, previous_rating, aspect, service, published, url
    local_authority = "LEA"                 # and attributes, e.g. identifier, provider, town, region

    [aspects]                               # a rating column's heading, or a word of the aspect column
    "Overall effectiveness" = "Overall"
    "Behaviour" = "Behaviour and attitudes"

    [scale]
    ratings = ["Outstanding", "Good", "Requires improvement", "Inadequate"]   # best first
    unrated = ["Not judged"]                # words for "no rating"
    synonyms = { "1" = "Outstanding", "2" = "Good" }

Without a scale the Care Quality Commission's is used.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.reading.column_headings import FIELDS, plain
from qa.reading.problems import Unreadable
from qa.reading.written_dates import FORMS_IN_WORDS, read_date
from qa.scale import CQC, Scale, TableScale, folded

SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is declared about a table; the default declares nothing."""

    title: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    date_format: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    rows: str | None = None  # path of the list of records in a file of JSON
    columns: Mapping[str, str] = field(default_factory=dict)  # field → heading
    aspects: Mapping[str, str] = field(default_factory=dict)  # plain heading or word → aspect
    scale: Scale = CQC
    scales: Mapping[str, Scale] = field(default_factory=dict)  # folded aspect → its own scale

    @property
    def table_scale(self) -> TableScale:
        """What rates the table."""
        return TableScale(self.scale, self.scales)


class _Wrong(Exception):
    """A value of the description that does not suit its key."""


def read_sidecar(table: Path) -> Sidecar:
    """Return the declarations in the description beside ``table``. Raises Unreadable, naming
    the key and what it needs.
    """
    path = table.with_name(table.name + SUFFIX)
    if not path.is_file():
        return Sidecar()
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(
            f"Its description {path.name} is not valid TOML: {error}.",
            "Fix that line, or delete the description.",
        ) from error
    except RecursionError as error:
        raise Unreadable(
            f"Its description {path.name} is nested too deeply.", "Fix it, or delete the description."
        ) from error
    return Sidecar(**{key: _read(path.name, key, value) for key, value in declared.items()})


def _read(file: str, key: str, value: object) -> Any:
    read = _KEYS.get(key)
    if read is None:
        raise Unreadable(f"Its description {file} has an unknown key “{key}”.", f"Use {_listed(_KEYS)}.")
    try:
        return read(value)
    except _Wrong as wrong:
        raise Unreadable(
            f"In its description {file}, “{key}” {wrong}.", "Fix it, or leave it out."
        ) from wrong


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("needs a text in quotation marks")
    return value.strip()


def _address(value: object) -> str:
    if not (address := _text(value)).startswith(("http://", "https://")):
        raise _Wrong("needs an address that starts with https:// or http://")
    return address


def _date(value: object) -> datetime.date:
    date = (
        value.date()
        if isinstance(value, datetime.datetime)
        else value
        if isinstance(value, datetime.date)
        else read_date(_text(value))
    )
    if date is None:
        raise _Wrong(f"is not a date that can be read. {FORMS_IN_WORDS.rstrip('.')}")
    return date


def _date_format(value: object) -> str:
    form, example = _text(value), datetime.date(2018, 3, 15)
    has_year = example.strftime(form) != example.replace(year=2017).strftime(
        form
    )  # newer Pythons warn of dates without one
    if not has_year or read_date(example.strftime(form), form) != example:
        raise _Wrong('needs a date format with day, month and year, such as "%d/%m/%Y"')
    return form


def _row(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _Wrong("needs the number of a row, 1 or more")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _Wrong("needs a list of words")
    return tuple(map(_text, value))


def _pairs(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Wrong("needs to be a table of pairs")
    return {_text(key): _text(word) for key, word in value.items()}


def _columns(value: object) -> dict[str, str]:
    columns = _pairs(value)
    if unknown := sorted(columns.keys() - FIELDS):
        raise _Wrong(f"has no field “{unknown[0]}”; it knows {_listed(FIELDS)}")
    return columns


def _aspects(value: object) -> dict[str, str]:
    return {plain(name): aspect for name, aspect in _pairs(value).items()}


def _scale(value: object) -> Scale:
    if (
        not isinstance(value, dict)
        or not value.keys() <= {"ratings", "unrated", "synonyms"}
        or "ratings" not in value
    ):
        raise _Wrong("needs ratings, and may have unrated and synonyms")
    ratings, synonyms = _texts(value["ratings"]), _pairs(value.get("synonyms", {}))
    unrated = _texts(value["unrated"]) if value.get("unrated") else ()
    words = [folded(word) for word in (*ratings, *unrated)]
    if len(set(words)) < len(words):
        raise _Wrong("has a word twice")
    if stray := [word for word in synonyms.values() if folded(word) not in words]:
        raise _Wrong(f"has a synonym of “{stray[0]}”, which is not on the scale")
    return Scale(ratings, unrated, synonyms)


def _scales(value: object) -> dict[str, Scale]:
    if not isinstance(value, dict):
        raise _Wrong("needs a table for each aspect that is rated by words of its own")
    return {folded(_text(aspect)): _scale(scale) for aspect, scale in value.items()}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


_KEYS: Mapping[str, Callable[[object], object]] = {
    "title": _text,
    "url": _address,
    "published": _date,
    "date_format": _date_format,
    "header_row": _row,
    "sheet": _text,
    "rows": _text,
    "columns": _columns,
    "aspects": _aspects,
    "scale": _scale,
    "scales": _scales,
}
