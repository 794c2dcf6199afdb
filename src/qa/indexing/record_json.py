"""Records as JSON, for messages to and from the build process and for manifests."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def as_json(value: object) -> object:
    """Return a value that JSON can hold for one that it can't: the fields of a record, otherwise the text."""
    return fields_of(value) if is_dataclass(value) else str(value)


def fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record by their names, as they are."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
