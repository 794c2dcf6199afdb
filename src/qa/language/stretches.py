"""Stretches of days, and calendar arithmetic."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from qa.phrasing import MONTHS

MONTH_NUMBERS = {
    name.lower()[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))
} | {"sept": 9}  # three letters are enough


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``since`` up to, but not on, ``until``."""

    since: datetime.date
    until: datetime.date


def shifted(day: datetime.date, by_months: int, by_days: int = 0) -> datetime.date | None:
    """Return the day this many months and days later; the last of the month if there is no such day, ``None``
    outside the calendar."""
    count = 12 * day.year + day.month - 1 + by_months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        return None
    last = (months(year, month + 1).until - datetime.timedelta(days=1)).day if year < 9999 else 28
    try:
        return datetime.date(year, month + 1, min(day.day, last)) + datetime.timedelta(days=by_days)
    except OverflowError:
        return None


def next_day(day: datetime.date) -> datetime.date:
    """Return the day after."""
    return day + datetime.timedelta(days=1)


def years(year: int, count: int = 1) -> Stretch:
    """Return ``count`` whole years, the first of them ``year``."""
    return Stretch(datetime.date(year, 1, 1), datetime.date(year + count, 1, 1))


def months(year: int, month: int, count: int = 1) -> Stretch:
    """Return ``count`` whole months, the first of them ``month`` of ``year``."""
    further, following = divmod(month - 1 + count, 12)
    return Stretch(datetime.date(year, month, 1), datetime.date(year + further, following + 1, 1))
