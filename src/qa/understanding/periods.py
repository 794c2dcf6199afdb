"""Dates in a question → a half-open period: "in 2020", "between 2018 and March 2019", "since 5 May 2020"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from qa.understanding.question import Period

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTH = "|".join(f"{month}|{month[:3]}" for month in _MONTHS) + "|sept"
_YEAR = r"(?:19|20)\d\d"  # without which there is no date
_DATE = rf"(?:(?:(?P<day{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?(?: of)? )?(?P<month{{0}}>{_MONTH}),? )?(?P<year{{0}}>{_YEAR})(?!\d)"
_ONE, _TWO = _DATE.format(1), _DATE.format(2)
_OF = r"(?:the )?(?:beginning of |start of )?"
_MONTH_ONE = rf"(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month1>{_MONTH})"  # of the year of the second date
_Bounds = tuple[datetime.date | None, datetime.date | None]

# The first pattern that fits decides; each makes a period of the first and the last day-range it holds.
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[_Bounds, _Bounds], _Bounds]], ...] = (
    (re.compile(rf"\b(?:between|from) {_ONE} (?:and|to|until|till|-) {_TWO}"), lambda one, two: (one[0], two[1])),
    (re.compile(rf"\b(?:(?:between|from) )?{_MONTH_ONE} ?(?:and|to|until|till|through|-|–) ?{_TWO}"), lambda one, two: (one[0], two[1])),
    (re.compile(rf"\b(?:is|are|was|were|dates?|dated|dating) (?:back )?(?:from|to) {_ONE}(?! on)"), lambda one, _: one),
    (
        re.compile(rf"\b(?:not|never|(?:has|have|had|was|were|is|are|did|does|do)n['’]?t)\b(?: \w+){{0,4}} since {_OF}{_ONE}"),
        lambda one, _: (None, one[1]),
    ),
    (re.compile(rf"\b(?:since|from) {_OF}{_ONE}(?: on| onwards)?"), lambda one, _: (one[0], None)),
    (re.compile(rf"\b(?:after|later than) {_ONE}"), lambda one, _: (one[1], None)),
    (re.compile(rf"\b(?:before|prior to|earlier than|older than|up to|until) {_ONE}"), lambda one, _: (None, one[0])),
    (re.compile(rf"\b{_ONE}(?: ?- ?| to ){_TWO}"), lambda one, two: (one[0], two[1])),
    (re.compile(rf"\b{_ONE} (?:or|and) (?:later|after|newer|onwards)"), lambda one, _: (one[0], None)),
    (re.compile(rf"\b{_ONE} (?:or|and) (?:earlier|before|older)"), lambda one, _: (None, one[1])),
    (re.compile(rf"\b(?:in |during |of |on |dated |for )?{_ONE}"), lambda one, _: one),
)


def find_period(text: str) -> tuple[Period, tuple[int, int]] | None:
    """Return the period that ``text`` names and the offsets of its words; ``None`` where it names none."""
    if not re.search(_YEAR, text):
        return None
    lowered = text.lower()
    for pattern, combine in _PATTERNS:
        found = pattern.search(lowered)
        if found:
            try:
                one = _range(found, 1)
                two = _range(found, 2) if "year2" in pattern.groupindex else one
            except ValueError:
                return None
            since, until = combine(one, two)
            return Period(since, until, text[found.start() : found.end()]), found.span()
    return None


def _range(found: re.Match[str], number: int) -> tuple[datetime.date, datetime.date]:
    year, month, day = (
        int(found[f"year{number}" if f"year{number}" in found.re.groupindex else "year2"]),
        found[f"month{number}"],
        found[f"day{number}"],
    )
    if not month:
        return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    index = next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    if not day:
        return datetime.date(year, index, 1), datetime.date(year + index // 12, index % 12 + 1, 1)
    first = datetime.date(year, index, int(day))
    return first, first + datetime.timedelta(days=1)
