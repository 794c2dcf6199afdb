"""Records as JSON: as the build process is told of them, and as a manifest keeps them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def as_json(value: object) -> object:
    """Return what JSON takes for a value that it lacks: a record's fields, the text of anything else."""
    return fields_of(value) if is_dataclass(value) else str(value)


def fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record by their names, as they are."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
