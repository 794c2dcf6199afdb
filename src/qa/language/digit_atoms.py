"""Stretches of days in digits: "2020-03-12", "12/03/2020", "03/2020", "2019/20", "2019 Q1"."""

from __future__ import annotations

import datetime

from qa.language.atoms import PLACES, Atom, Atoms
from qa.language.stretches import Stretch, months, years

_DASHES = frozenset("-–—")
_OF_TWO_YEARS = _DASHES | {"/"}


class DigitAtoms(Atoms):
    """Reads the atoms that begin with a number."""

    def numeric(self, place: int) -> Atom | None:
        """Read "2020-03-12", "12/03/2020", "12.3.20", "03/2020", "2019/20", "2019-21", "2019" and "2010s"."""
        if not self.is_number(place) or self.is_glued(place):
            return None
        if self.is_joined(place + 1) and self.is_number(place + 2) and not self.is_within_code(place):
            if self._are_three(place):
                return None if self.is_glued(place + 5) else self._in_full(place)
            if not self.is_glued(place + 3) and (atom := self._two_numbers(place)) is not None:
                return atom
        year = self.year(place)
        return None if year is None else self._year(place, year)

    def _are_three(self, place: int) -> bool:
        """True if two numbers are followed by a third, with the same mark between them: "12/03/2020"."""
        mark = self.text(place + 1)
        return (
            self.text(place + 3) == mark
            and mark in "/.-"
            and self.is_joined(place + 3)
            and self.is_number(place + 4)
        )

    def _year(self, place: int, year: int) -> Atom | None:
        """Read "2019", "2010s" and "2019 Q1"; not the beginning of a code or a decimal."""
        if self.text(place + 1) == "s" and self.is_glued(place + 1) and year % 10 == 0:
            return Atom(years(year, 10), place + 2)
        decimal = self.text(place + 1) == "." and self.is_joined(place + 1)
        return None if decimal or self.is_glued(place + 1) else self._then_quarter(place, year)

    def _then_quarter(self, place: int, year: int) -> Atom:
        """Read "2019 Q1" and "2019"."""
        if self.text(place + 1) in {"q", "h"} and self.text(place + 2) in PLACES and self.is_glued(place + 2):
            part = self.part(year, 3 if self.text(place + 1) == "q" else 6, PLACES[self.text(place + 2)])
            if part is not None:
                return Atom(part, place + 3)
        return Atom(years(year), place + 1, lends=True)

    def _in_full(self, place: int) -> Atom | None:
        one, two, three = (self.text(place + further) for further in (0, 2, 4))
        if len(one) == 4:
            year, month, day = int(one), int(two), int(three[:3])
        elif len(three) in (2, 4) and len(one) < 3:
            year, month, day = int(three) + 2000 * (len(three) == 2), int(two[:3]), int(one)
        else:
            return None
        return self.date(year, month, day, place + 5)

    def _two_numbers(self, place: int) -> Atom | None:
        """Read a financial year ("2019/20", "2019-20"), years ("2014-16") or a month ("03/2020",
        "2020-03").
        """
        year, mark, two = self.year(place), self.text(place + 1), self.text(place + 2)
        if year is None:
            return self._month_and_year(place)
        if len(two) not in (2, 4) or (len(two) == 4 and mark != "/"):
            return None
        end = _last_year(year, two)
        if end == year + 1 and mark in _OF_TWO_YEARS:
            said = self.text(place + 3) in {"financial", "fiscal"} and self.text(place + 4) == "year"
            return Atom(Stretch(datetime.date(year, 4, 1), datetime.date(end, 4, 1)), place + 3 + 2 * said)
        if end > year + 1 and mark in _DASHES:
            return Atom(years(year, end - year + 1), place + 3)
        return Atom(months(year, int(two)), place + 3) if mark == "-" and 0 < int(two) < 13 else None

    def _month_and_year(self, place: int) -> Atom | None:
        """Read "03/2020"."""
        month, year = self.text(place), self.year(place + 2)
        if self.text(place + 1) != "/" or not year or len(month) > 2 or not 0 < int(month) < 13:
            return None
        return Atom(months(year, int(month)), place + 3)


def _last_year(year: int, digits: str) -> int:
    """Return the year that follows another, written with two or four digits: 2000 in 1999/00."""
    if len(digits) == 4:
        return int(digits)
    century = year - year % 100
    return century + int(digits) + 100 * (year % 100 == 99 and int(digits) == 0)
