"""Dates and lists in English: the one place that writes them, for answers, readings, messages and pages.

``strftime`` is not used, because its names of months follow the language of the machine.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_and_year(day: datetime.date) -> str:
    """``March 2018``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_date(day: datetime.date) -> str:
    """``15 March 2018``."""
    return f"{day.day} {month_and_year(day)}"


def joined(items: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``, with ``last`` before the last one; empty if there is nothing."""
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)
