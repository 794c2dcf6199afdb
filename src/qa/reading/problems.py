"""How readers report what they could not read: at once by :class:`Unreadable`, or collected over many rows by
a :class:`Tally`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qa.records import Report

SHOWN = 5  # rows, and values, named in a gathered problem
_KEPT = 1_000  # different values of one problem that are counted


class Unreadable(Exception):
    """A file, or the rest of it, can't be read. The registry turns it into a problem of the report."""

    def __init__(self, message: str, mend: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.line = line

    def tell(self, file: str, report: Report) -> None:
        """Add this to ``report`` as an error of ``file``."""
        report.error(file, self.line, self.message, self.mend)


@dataclass(slots=True)
class _Gathered:
    count: int = 0
    last: int | None = None
    rows: list[int] = field(default_factory=list)
    values: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """Collects problems that many rows share, so that a report has one line for each kind, and not one for
    each row or value.

    A message contains ``{rows}``, which becomes e.g. "rows 5, 9 and 40 more", and may contain ``{values}``:
    "“Goood”, “Badd” and 3 more".
    """

    file: str
    unit: str = "row"
    _found: dict[tuple[str, str, Literal["error", "warning"]], _Gathered] = field(default_factory=dict)

    def warn(self, message: str, mend: str, row: int, value: str = "") -> None:
        """Count a row that was read, but not as its owner may expect; ``value`` is the cell that
        it is about.
        """
        self._add((message, mend, "warning"), row, value)

    def error(self, message: str, mend: str, row: int, value: str = "") -> None:
        """Count a row that could not be read."""
        self._add((message, mend, "error"), row, value)

    def _add(self, key: tuple[str, str, Literal["error", "warning"]], row: int, value: str) -> None:
        gathered = self._found.setdefault(key, _Gathered())
        if row != gathered.last:  # of several cells of one row it is one
            gathered.count, gathered.last = gathered.count + 1, row
            if len(gathered.rows) < SHOWN:
                gathered.rows.append(row)
        if value and len(gathered.values) < _KEPT:
            gathered.values[value] = None

    def tell(self, report: Report) -> None:
        """Add everything collected to ``report``, in the order in which it was first found."""
        for (message, mend, severity), gathered in self._found.items():
            rows = counted(gathered.rows, gathered.count, self.unit)
            add = report.error if severity == "error" else report.warn
            told = message.replace("{rows}", rows).replace("{values}", quoted(list(gathered.values)))
            add(self.file, gathered.rows[0], told, mend)
        self._found.clear()


def quoted(values: list[str]) -> str:
    """Return the first of different cells in words, e.g.

    "“a”", "“a” and “b”" or "“a”, “b”, “c”, “d”, “e” and 3 more".
    """
    names = [f"“{value[:60]}”" for value in values[:SHOWN]]
    if len(values) > SHOWN:
        names.append(f"{len(values) - SHOWN:,} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def counted(rows: list[int], count: int, unit: str = "row") -> str:
    """Return ``rows`` in words, e.g.

    "row 5", "rows 5 and 9" or "rows 5, 9 and 40 more" for a ``count`` of 42.
    """
    names = [f"{row:,}" for row in rows]
    if count > len(rows):
        names.append(f"{count - len(rows):,} more")
    if len(names) == 1:
        return f"{unit} {names[0]}"
    return f"{unit}s {', '.join(names[:-1])} and {names[-1]}"
