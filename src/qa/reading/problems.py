"""How readers tell what they could not read: at once by :class:`Unreadable`, or gathered over many rows by a :class:`Tally`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qa.records import Report

SHOWN = 5  # rows named in a gathered problem
KINDS = 20  # different gathered problems of one sort, e.g. unknown words


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
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Gathers problems that many rows share, so that a report has one line for each sort and not one for each row.

    A message holds ``{rows}``, which becomes e.g. "rows 5, 9 and 40 more".
    """

    file: str
    unit: str = "row"
    _found: dict[tuple[str, str, str, Literal["error", "warning"]], _Gathered] = field(default_factory=dict)

    def warn(self, sort: str, message: str, mend: str, row: int) -> None:
        """Count a row that was read, but not as its owner may expect."""
        self._add((sort, message, mend, "warning"), row)

    def error(self, sort: str, message: str, mend: str, row: int) -> None:
        """Count a row that could not be read."""
        self._add((sort, message, mend, "error"), row)

    def _add(self, key: tuple[str, str, str, Literal["error", "warning"]], row: int) -> None:
        gathered = self._found.get(key)
        if gathered is None:
            if sum(known[0] == key[0] for known in self._found) >= KINDS:
                key = (key[0], f"There are more problems like these (“{key[0]}”): {{rows}}.", "Mend those above first.", key[3])
            gathered = self._found.setdefault(key, _Gathered())
        gathered.count += 1
        if len(gathered.rows) < SHOWN:
            gathered.rows.append(row)

    def tell(self, report: Report) -> None:
        """Add everything gathered to ``report``, in the order in which it was first found."""
        for (_, message, mend, severity), gathered in self._found.items():
            rows = counted(gathered.rows, gathered.count, self.unit)
            add = report.error if severity == "error" else report.warn
            add(self.file, gathered.rows[0], message.replace("{rows}", rows), mend)
        self._found.clear()


def counted(rows: list[int], count: int, unit: str = "row") -> str:
    """Return ``rows`` in words, e.g. "row 5", "rows 5 and 9" or "rows 5, 9 and 40 more" for a ``count`` of 42."""
    names = [f"{row:,}" for row in rows]
    if count > len(rows):
        names.append(f"{count - len(rows):,} more")
    if len(names) == 1:
        return f"{unit} {names[0]}"
    return f"{unit}s {', '.join(names[:-1])} and {names[-1]}"
