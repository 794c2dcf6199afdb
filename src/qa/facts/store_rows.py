"""Rows of the database as records: facts, subjects, names."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.facts.columns import FIELDS
from qa.records import FactSource, RatingFact

FACT_COLUMNS = (
    "f.key, f.aspect, f.named_service, f.rating, f.previous_rating, f.published, f.note, f.url, f.row, "
    "f.inherited, f.extra, t.document, t.title, s.name, " + ", ".join(f"s.{field}" for field in FIELDS)
)
FIELD_COLUMNS = ", ".join(FIELDS)
FROM_FACTS = "FROM facts f JOIN subjects s ON s.id = f.subject JOIN tables t ON t.id = f.place"


@dataclass(frozen=True, slots=True)
class Name:
    """A possible meaning of a folded name: ``field`` is "subject" (``value`` its number) or one
    of :data:`FIELDS`.
    """

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


def fact_of(row: tuple[object, ...]) -> RatingFact:
    """Return the fact of a row of :data:`FACT_COLUMNS`."""
    (
        key,
        aspect,
        service,
        rating,
        previous,
        published,
        note,
        url,
        number,
        inherited,
        extra,
        document,
        title,
        subject,
        *values,
    ) = row
    attributes = attributes_of(values)
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
        date_of(published),
        _text(note),
        attributes,
        source,
    )


def attributes_of(values: Iterable[object]) -> dict[str, str]:
    """Return the fields that have a value, of a row of :data:`FIELD_COLUMNS`."""
    return {field: str(value) for field, value in zip(FIELDS, values, strict=True) if value}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def date_of(value: object) -> datetime.date | None:
    """Return a day as the database holds it."""
    return datetime.date.fromisoformat(str(value)) if value else None
