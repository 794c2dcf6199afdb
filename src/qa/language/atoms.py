"""Words for a stretch of days: "March 2020", "12/03/2020", "2019/20", "the first half of 2019", "last year".

Glossary, with example values for "March and April 2019":

* an *atom* is the time named by the words from one position on: "April 2019" is ``Atom(Stretch(1 April, 1
  May), after=4, month=4)``;
* an atom without a year takes that of the atom it is joined to ("March" is March 2019 here), otherwise the
  newest that is not after the newest date in the tables, and is marked as ``assumed``;
* a *stretch* is half-open: from the first day up to, but not on, ``until``. One without days is an edge: "the
  end of 2018".
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.cursor import FIRST_YEAR, LAST_YEAR, Cursor
from qa.language.stretches import Stretch, months, next_day, shifted
from qa.language.tokens import Piece

JOINS = frozenset({"and", "or", "to", "until", "till", "through", "-", "–", "—", ",", "/", "&"})
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Atom:
    """The time that words name: a stretch of days, or ``None`` for days that do not exist (``impossible``) or
    are not exact ("early 2020").

    ``after`` is the position after the words. ``month`` and ``day`` are those named. ``lends`` is true if an
    atom before it may take its year. ``bare`` is true if the words name a time even without "in" or "since"
    before them.
    """

    stretch: Stretch | None
    after: int
    month: int = 0
    day: int = 0
    bare: bool = True
    lends: bool = False
    assumed: bool = False
    counted_back: bool = False
    impossible: bool = False


class Atoms(Cursor):
    """The atoms of one text, as far as they have been read. ``as_of`` is the newest date in the tables;
    without it nothing is counted back and no year is assumed."""

    def __init__(self, words: Sequence[Piece], as_of: datetime.date | None) -> None:
        super().__init__(words)
        self.as_of = as_of
        self.atoms: list[Atom | None] = [None] * (len(words) + 1)

    def atom(self, place: int) -> Atom | None:
        """Return the atom that begins at ``place``; ``None`` if none does."""
        return self.atoms[place] if 0 <= place < len(self.words) else None

    def back(self, by_months: int, by_days: int = 0) -> datetime.date | None:
        """Return the day this long before the newest date in the tables; ``None`` if that is not known."""
        return None if self.as_of is None else shifted(self.as_of, -by_months, -by_days)

    def next_atom(self, after: int) -> Atom | None:
        """Return the atom that is joined to the one before ``after``: "March *and April 2019*", "March, *or
        April 2019*"."""
        at = after
        while at < after + 2 and self.text(at) in JOINS:
            at += 1
        return self.atom(at) if at > after else None

    def part(self, year: int, length: int, number: int) -> Stretch | None:
        """Return a part of a year by its number: a quarter of 3 months or a half of 6. With a length of 1,
        return the season whose first month is ``number``. ``None`` if the year has no such part.
        """
        if length == 1:
            return months(year, number, 3)
        return months(year, length * (number - 1) + 1, length) if length * number <= 12 else None

    def date(self, year: int, month: int, day: int, after: int) -> Atom | None:
        """Return a day, or a month without a ``day``; ``None`` for an implausible year."""
        return self.of(year, month, day, after) if FIRST_YEAR <= year <= LAST_YEAR else None

    def of(self, year: int, month: int, day: int, after: int) -> Atom:
        """Return a day, or a month without a ``day``; an impossible atom if there is no such day."""
        if not day:
            return Atom(months(year, month), after, month)
        try:
            first = datetime.date(year, month, day)
        except ValueError:
            return Atom(None, after, month, day, impossible=True)
        return Atom(Stretch(first, next_day(first)), after, month, day)
