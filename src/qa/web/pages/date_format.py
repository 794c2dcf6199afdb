"""Dates as British readers write them, independent of the machine's language."""

from __future__ import annotations

import datetime

from qa import phrasing


def long_date(day: datetime.date) -> str:
    """``4 March 2026``, with no-break spaces."""
    return phrasing.long_date(day).replace(" ", "\N{NO-BREAK SPACE}")


def short_date(day: datetime.date) -> str:
    """``4 Mar 2026``, with spaces that do not break."""
    return f"{day.day}\N{NO-BREAK SPACE}{phrasing.MONTHS[day.month - 1][:3]}\N{NO-BREAK SPACE}{day.year}"
