"""Dates as British readers write them, independent of the machine's language."""

from __future__ import annotations

import datetime

from qa.language.stretches import MONTHS


def long_date(day: datetime.date) -> str:
    """``4 March 2026``, with spaces that do not break."""
    return f"{day.day}\N{NO-BREAK SPACE}{MONTHS[day.month - 1]}\N{NO-BREAK SPACE}{day.year}"


def short_date(day: datetime.date) -> str:
    """``4 Mar 2026``, with spaces that do not break."""
    return f"{day.day}\N{NO-BREAK SPACE}{MONTHS[day.month - 1][:3]}\N{NO-BREAK SPACE}{day.year}"
