"""Detects repeated and contradictory rows without using much memory."""

from __future__ import annotations

from qa.reading.problems import SHOWN, counted
from qa.records import RatingFact, Report

_ROW_BITS = 40


class Repeats:
    """Stores 16 bytes per fact: a hash of what it is about, its row and a hash of its rating."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._repeated: list[tuple[int, int]] = []
        self._contradicting: list[tuple[int, int]] = []
        self._counts = [0, 0]

    def add(self, fact: RatingFact) -> None:
        """Compare ``fact`` with those before it."""
        identity = fact.attributes.get("identifier") or (fact.subject, fact.attributes.get("postcode"))
        about = hash((identity, fact.aspect, fact.service, fact.published))
        rating = hash((fact.rating, fact.previous_rating)) & 0xFFFF
        first = self._seen.setdefault(about, rating << _ROW_BITS | fact.source.row)
        row, known = first & ((1 << _ROW_BITS) - 1), first >> _ROW_BITS
        if row == fact.source.row:
            return
        contradicts = known != rating
        self._counts[contradicts] += 1
        rows = self._contradicting if contradicts else self._repeated
        if len(rows) < SHOWN:
            rows.append((row, fact.source.row))

    def tell(self, file: str, report: Report) -> None:
        """Add the findings to ``report``: one line for the repeated rows, one for the contradictory ones."""
        repeated, contradicting = self._counts
        if repeated:
            rows = counted([row for _, row in self._repeated], repeated)
            report.warn(
                file,
                self._repeated[0][1],
                f"{rows}: the same subject, aspect, date and rating as a row above.",
                "Delete the repeated rows.",
            )
        if contradicting:
            pairs = "; ".join(f"rows {first:,} and {row:,}" for first, row in self._contradicting)
            more = (
                f" and {contradicting - len(self._contradicting):,} more"
                if contradicting > len(self._contradicting)
                else ""
            )
            report.warn(
                file,
                self._contradicting[0][1],
                f"Same date, different ratings: {pairs}{more}; both are shown.",
                "Find out which is right, and delete the other.",
            )
