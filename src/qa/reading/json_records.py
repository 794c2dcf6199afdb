"""Records of any JSON as rows of a table: a column for each value, headed by its path, e.g.

"address.town" or "ratings.1.grade".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qa.reading.column_headings import Row
from qa.reading.problems import Unreadable

_DEEPEST = 8
_MOST_COLUMNS = 500
_MOST_ITEMS = 20  # of a list of objects that columns are made of


def records_of(value: Any, path: str | None) -> list[dict[str, Any]]:
    """Return the list of objects at ``path``, or without one the only list of objects there is.
    Raises Unreadable.
    """
    if path is not None:
        return _list_at(path, value)
    found = [items for items in _lists(value) if items and all(isinstance(item, dict) for item in items)]
    if len(found) != 1:
        message = (
            "The JSON holds no list of records" if not found else "The JSON holds several lists of records"
        )
        mend = (
            "Name the list in a file of its name with “.toml” added: rows = “…”, its keys with a point "
            "between them."
        )
        raise Unreadable(f"{message}.", mend)
    return found[0]


def _list_at(path: str, value: Any) -> list[dict[str, Any]]:
    """Return the objects of the list at ``path``. Raises Unreadable if there is none."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise Unreadable(
            f"There is no list “{path}” in the file, which its description names.", "Fix “rows” in it."
        )
    return [item for item in value if isinstance(item, dict)]


def _lists(value: Any) -> list[list[Any]]:
    """Return the lists that may be the records: the whole document, or the values of its keys."""
    if isinstance(value, list):
        return [value]
    return [item for item in value.values() if isinstance(item, list)] if isinstance(value, dict) else []


def rows_of_records(records: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the heading and a row for each record, numbered from 1. Raises Unreadable if there
    are too many columns.
    """
    flat = [_flattened(record) for record in records]
    heading = tuple(dict.fromkeys(path for cells in flat for path in cells))
    if len(heading) > _MOST_COLUMNS:
        raise Unreadable(
            f"The records have {len(heading):,} values; {_MOST_COLUMNS} are read at most.",
            "Leave out what is not needed.",
        )
    rows = (
        Row(number, tuple(cells.get(path, "") for path in heading)) for number, cells in enumerate(flat, 1)
    )
    return [Row(0, heading), *rows]


def _flattened(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a record by their paths; a list of texts is one value, its items between
    semicolons.
    """
    cells: dict[str, str] = {}
    left: list[tuple[str, Any, int]] = [("", record, 0)]
    while left:
        path, value, depth = left.pop()
        below: Iterable[tuple[str, Any]] = ()
        if isinstance(value, dict) and depth < _DEEPEST:
            below = value.items()
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            below = ((str(number), item) for number, item in enumerate(value[:_MOST_ITEMS], 1))
        elif isinstance(value, list):
            cells[path] = "; ".join(filter(None, map(_text, value)))
        elif not isinstance(value, dict):
            cells[path] = _text(value)
        left += reversed([(f"{path}.{key}" if path else str(key), item, depth + 1) for key, item in below])
    return cells


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
