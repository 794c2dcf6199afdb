"""Dates as British publishers write them: day first. A date that could be read in two ways is not read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache

from qa.language.stretches import MONTH_NUMBERS

_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?:[ T]\d{1,2}:\d{2}.*)?"
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_YEARS = range(1900, 2101)

# Each form of date in full. Two-digit years are read only beside a month's name, where no other reading is
# possible; a table's column, whose other values help, is read by qa.reading.date_columns.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}){_TIME}",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d{{2}})",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
    )
)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}.*$")  # the time of day, beside a date
_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.\d+)?")
# A date within a line of other text, e.g. after "Published:".
IN_TEXT = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?\s+[A-Za-z]{{3,9}}\.?,?\s+\d{{4}}",
    re.IGNORECASE,
)

FORMS_IN_WORDS = "Write it as 2018-03-15, 15/03/2018 or 15 March 2018."


@lru_cache(maxsize=16_384)
def read_date(text: str, date_format: str | None = None) -> datetime.date | None:
    """Return the date that ``text`` stands for; ``None`` where it is not a whole, possible date of 1900 to
    2100.

    Reads ISO dates, day-first dates, dates with the month's name and spreadsheet serial numbers (days since
    30 December 1899). With ``date_format`` (as of ``strptime``), only dates in that form and ISO dates are
    read, a time of day beside them or not.
    """
    text = " ".join(text.split())
    if date_format is not None:
        return (
            _by_format(text, date_format)
            or _by_format(_CLOCK.sub("", text), date_format)
            or _of(_FORMS[0].fullmatch(text))
        )
    for form in _FORMS:
        if (date := _of(form.fullmatch(text))) is not None:
            return date
    return _by_serial(text)


def _of(found: re.Match[str] | None) -> datetime.date | None:
    if found is None:
        return None
    month = _month(found["month"])
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _checked(lambda: datetime.date(year, month, int(found["day"])))


def _month(text: str) -> int:
    """Return the number of a month; 0, which no date has, for an unknown name."""
    if text.isdigit():
        return int(text)
    return MONTH_NUMBERS.get(text.casefold(), 0)


def _by_format(text: str, date_format: str) -> datetime.date | None:
    return _checked(lambda: datetime.datetime.strptime(text, date_format).date())  # noqa: DTZ007 - a day has no time zone


def _by_serial(text: str) -> datetime.date | None:
    found = _SERIAL.fullmatch(text)
    return _checked(lambda: _EXCEL_EPOCH + datetime.timedelta(days=int(found["days"]))) if found else None


def _checked(make: Callable[[], datetime.date]) -> datetime.date | None:
    try:
        date = make()
    except (ValueError, OverflowError):
        return None
    return date if date.year in _YEARS else None
