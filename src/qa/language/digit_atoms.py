"""Stretches of days in digits: "2020-03-12", "12/03/2020", "03/2020", "2019/20", "2019 Q1"."""

from __future__ import annotations

import datetime

from qa.language.atoms import PLACES, Atom, Atoms
from qa.language.stretches import Stretch, months, years

_DASHES = frozenset("-–—")


class DigitAtoms(Atoms):
    """Reads the atoms that begin with a number."""

    def numeric(self, place: int) -> Atom | None:
        """Read "2020-03-12", "12/03/2020", "12.3.20", "03/2020", "2019/20", "2019-21", "2019" and "2010s"."""
        if not self.is_number(place) or self.is_glued(place):
            return None
        marks = self.text(place + 1), self.text(place + 3)
        joined = self.is_joined(place + 1) and self.is_number(place + 2) and not self.is_within_code(place)
        if (
            joined
            and marks[0] == marks[1]
            and marks[0] in "/.-"
            and self.is_joined(place + 3)
            and self.is_number(place + 4)
        ):
            return None if self.is_glued(place + 5) else self._in_full(place)
        if joined and not self.is_glued(place + 3) and (atom := self._two_numbers(place)) is not None:
            return atom
        year = self.year(place)
        if year is None:
            return None
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
        one, mark, two = self.text(place), self.text(place + 1), self.text(place + 2)
        year = self.year(place)
        if year is None:
            last = self.year(place + 2)
            return (
                Atom(months(last, int(one)), place + 3)
                if mark == "/" and last and len(one) < 3 and 0 < int(one) < 13
                else None
            )
        if len(two) not in (2, 4) or (len(two) == 4 and mark != "/"):
            return None
        end = (
            int(two)
            if len(two) == 4
            else year - year % 100 + int(two) + 100 * (year % 100 == 99 and int(two) == 0)
        )
        if mark in _DASHES | {"/"} and end == year + 1:
            said = self.text(place + 3) in {"financial", "fiscal"} and self.text(place + 4) == "year"
            return Atom(Stretch(datetime.date(year, 4, 1), datetime.date(end, 4, 1)), place + 3 + 2 * said)
        if mark in _DASHES and end > year + 1:
            return Atom(years(year, end - year + 1), place + 3)
        return Atom(months(year, int(two)), place + 3) if mark == "-" and 0 < int(two) < 13 else None
