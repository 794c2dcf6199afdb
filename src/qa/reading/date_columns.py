"""How the dates of one column of a table are written, decided from all of its values: the day first or the
month, years of two digits.

Glossary, with example values:

* *decisive* dates can be read in one order only: "17/01/2011" has the day first, "1/17/2011" the month;
* a *form* is ``DateForm("month", sure=True, example="1/17/2011")``: what decided, or the first date that is
  told of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.language.stretches import MONTH_NUMBERS
from qa.reading.problems import quoted
from qa.reading.written_dates import read_date
from qa.records import Report

Order = Literal["day", "month"]

_TIME = r"(?:[ T]\d{1,2}:\d{2}.*)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTH_AND_YEAR = re.compile(r"([A-Za-z]{3,9})\.?[\s-]+(\d{4}|\d{2})")
_PIVOT = 70  # years of two digits from here on lie in the twentieth century
_SAYS_DATE = frozenset(("date", "dates", "published", "opened", "closed", "since", "until", "day", "on"))


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a column's dates are written.

    ``order`` is ``None`` if the column mixes both orders. ``sure`` is false if every date could
    be read in either order. ``example`` is a printed date that shows the order, ``other`` one
    of the other order if there is one.
    """

    order: Order | None = "day"
    sure: bool = True
    example: str = ""
    other: str = ""
    date_format: str | None = None

    def read(self, text: str) -> datetime.date | None:
        """Return the date in a cell; ``None`` if there is none, or if it could be two."""
        if self.date_format is not None:
            return read_date(text, self.date_format)
        text = " ".join(text.split())
        if (numbers := _NUMBERS.fullmatch(text)) is not None:
            return self._of_numbers(int(numbers[1]), int(numbers[3]), _year(numbers[4]))
        if (compact := _COMPACT.fullmatch(text)) is not None:
            return _date(int(compact[1]), int(compact[2]), int(compact[3]))
        return _first_of_month(text) or read_date(text)

    def _of_numbers(self, first: int, second: int, year: int) -> datetime.date | None:
        if self.order is None and first != second and max(first, second) <= 12:
            return None
        month_first = self.order == "month" or (self.order is None and second > 12)
        return _date(year, first, second) if month_first else _date(year, second, first)

    def format_for(self, order: Order) -> str:
        """Return the ``date_format`` for dates like the example in this ``order``."""
        numbers = _NUMBERS.fullmatch(self.example)
        mark, year = (numbers[2], numbers[4]) if numbers else ("/", "2018")
        return (
            mark.join(("%d", "%m") if order == "day" else ("%m", "%d"))
            + mark
            + ("%Y" if len(year) == 4 else "%y")
        )


def lacks_day(text: str) -> bool:
    """Return whether a cell prints a month and its year, and no day: "March 2018", "Mar-18"."""
    return _first_of_month(" ".join(text.split())) is not None


def form_of(values: Iterable[str], date_format: str | None = None) -> DateForm:
    """Return how the dates among ``values`` are written; the day first if none of them decides."""
    if date_format is not None:
        return DateForm(date_format=date_format)
    decisive: dict[Order, str] = {}
    doubtful = ""
    for value in values:
        numbers = _NUMBERS.fullmatch(" ".join(value.split()))
        if numbers is None:
            continue
        first, second = int(numbers[1]), int(numbers[3])
        if first > 12 >= second:
            decisive.setdefault("day", numbers[0])
        elif second > 12 >= first:
            decisive.setdefault("month", numbers[0])
        elif first != second:
            doubtful = doubtful or numbers[0]
    if len(decisive) == 2:
        return DateForm(None, True, decisive["day"], decisive["month"])
    if decisive:
        ((order, example),) = decisive.items()
        return DateForm(order, True, example)
    return DateForm("day", not doubtful, doubtful)


def forms_of(columns: Mapping[int, Iterable[str]], formats: Mapping[int, str]) -> dict[int, DateForm]:
    """Return the form of each column's dates by its index; one that nothing in it decides is written as the
    table's others are.
    """
    forms = {index: form_of(values, formats.get(index)) for index, values in columns.items()}
    orders = {form.order for form in forms.values() if form.example and form.sure} | set(
        map(_order_of, formats.values())
    )
    if len(orders) == 1:
        order = orders.pop()
        forms = {
            index: form if form.sure else replace(form, order=order, sure=True)
            for index, form in forms.items()
        }
    return forms


def tell_forms(
    forms: Mapping[int, DateForm], headings: Mapping[int, str], file: str, line: int, report: Report
) -> None:
    """Tell of the columns whose dates could be read in two ways, and of the ``date_format`` that
    says which.
    """
    unsure = [index for index, form in forms.items() if not form.sure]
    month_first = [index for index, form in forms.items() if form.sure and form.order == "month"]
    beside = f"rite into {file.rpartition('/')[2]}.toml"
    if unsure:
        form = forms[unsure[0]]
        message = (
            f"The dates under {_named(unsure, headings)}, such as “{form.example}”, may have the day or the "
            "month first; "
        )
        choice = f'date_format = "{form.format_for("day")}", or date_format = "{form.format_for("month")}"'
        report.warn(file, line, f"{message}read with the day first.", f"W{beside} which it is: {choice}.")
    if month_first:
        example = next((forms[index].example for index in month_first if forms[index].example), "")
        message = (
            f"The dates under {_named(month_first, headings)} were read with the month first, as "
            f"“{example}” shows."
        )
        report.warn(file, line, message, "Ignore this if the dates are right.")
    for index, form in forms.items():
        if form.order is None:
            message = (
                f"Under “{headings[index]}” dates have the day first (“{form.example}”) and the month first "
                f"(“{form.other}”); "
            )
            mend = (
                f"Write them all in one way, best as 2018-03-15, and w{beside}: date_format = "
                f'"{form.format_for("day")}".'
            )
            report.error(file, line, f"{message}those that could be either are left out.", mend)


def _named(indexes: Sequence[int], headings: Mapping[int, str]) -> str:
    return quoted([headings[index] for index in indexes])


def _order_of(date_format: str) -> Order:
    """Return which of the two comes first in a ``date_format``."""
    return (
        "month"
        if date_format.find("%d")
        > max(date_format.find("%m"), date_format.find("%b"), date_format.find("%B"))
        else "day"
    )


def holds_dates(heading: str, values: Iterable[str]) -> bool:
    """Return whether a column consists of dates; plain numbers count only if the ``heading`` is
    about dates.
    """
    told = list(values)
    spoken = not _SAYS_DATE.isdisjoint(heading.split())
    either = DateForm("month"), DateForm("day")
    return bool(told) and all(
        (spoken or not value.strip().isdigit()) and any(form.read(value) is not None for form in either)
        for value in told
    )


def _first_of_month(text: str) -> datetime.date | None:
    found = _MONTH_AND_YEAR.fullmatch(text)
    return _date(_year(found[2]), MONTH_NUMBERS.get(found[1].casefold(), 0), 1) if found else None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
