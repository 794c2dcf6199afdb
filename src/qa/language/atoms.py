"""Words for a stretch of days: "March 2020", "12/03/2020", "2019/20", "the first half of 2019", "last year".

Glossary, with example values for "March and April 2019":

* an *atom* is what the words from one place on name: "April 2019" is ``Atom(Stretch(1 April, 1 May), after=4,
  month=4)``;
* an atom without a year takes that of the atom it is joined to ("March" is March 2019 here), else the newest
  that is not after the newest date held, and says so: ``assumed``;
* a *stretch* is half-open: from the first day up to, but not on, ``until``. One of no days is an edge: "the
  end of 2018".
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from qa.language.cursor import ENDINGS, FIRST_YEAR, LAST_YEAR, Cursor
from qa.language.numbers import NUMBER_WORDS
from qa.language.stretches import MONTH_NUMBERS, Stretch, months, next_day, shifted, years
from qa.language.tokens import Piece, words_of

JOINS = frozenset({"and", "or", "to", "until", "till", "through", "-", "–", "—", ",", "/", "&"})
VAGUE = words_of(
    "early earlier late later mid middle around circa approximately roughly nearly almost winter"
)
_DASHES = frozenset("-–—")
_WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_BESIDE = {
    "to": -1,
    "ending": -1,
    "ended": -1,
    "until": -1,
    "up": -1,
    "before": -1,
    "after": 1,
    "of": 0,
    "from": 0,
    "since": 0,
}
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
}  # their first months; a winter lies in two years, and tells neither
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Atom:
    """What words name: a stretch of days, or ``None`` for days that do not exist (``impossible``) or are not
    exact ("early 2020").

    ``after`` is the place behind the words. ``month`` and ``day`` are those said; ``joined`` is true where
    the year may be lent to an atom before it. ``bare`` is true where the words name a time even with no "in"
    or "since" before them.
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


class Calendar(Cursor):
    """Reads the atoms of one text; ``as_of`` is the newest date held, without which nothing is counted back
    and no year assumed.
    """

    def __init__(self, words: Sequence[Piece], as_of: datetime.date | None) -> None:
        super().__init__(words)
        self.as_of = as_of
        self.atoms: list[Atom | None] = [None] * (len(words) + 1)
        for place in range(len(words) - 1, -1, -1):  # from behind, as an atom may take its year from the next
            text = words[place].text
            readers = _OF_DIGITS if text.isdecimal() else _READERS.get(text)
            if readers:
                self.atoms[place] = self._atom(place, readers)

    def atom(self, place: int) -> Atom | None:
        """Return the atom that begins at ``place``; ``None`` where none does."""
        return self.atoms[place] if 0 <= place < len(self.words) else None

    def back(self, by_months: int, by_days: int = 0) -> datetime.date | None:
        """Return the day so long before the newest date held; ``None`` where there is none."""
        return None if self.as_of is None else shifted(self.as_of, -by_months, -by_days)

    def _atom(self, place: int, readers: _Readers) -> Atom | None:
        for read in readers:
            atom = read(self, place)
            if atom is not None:
                after = atom.after + 2 * (self.has(atom.after, "'", "s") or self.has(atom.after, "’", "s"))
                return replace(atom, after=after) if after != atom.after else atom
        return None

    # In digits ----------------------------------------------------------------------------------------------

    def _numeric(self, place: int) -> Atom | None:
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
        if (
            self.text(place + 1) in {"q", "h"}
            and self.text(place + 2) in _PLACES
            and self.is_glued(place + 2)
        ):
            part = self._part(year, 3 if self.text(place + 1) == "q" else 6, _PLACES[self.text(place + 2)])
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
        return self._day(year, month, day, place + 5)

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

    # In words -----------------------------------------------------------------------------------------------

    def _dated(self, place: int) -> Atom | None:
        """Read "12th of March, 2020", "12 March", "March 12th, 2020", "March 2020" and "March"; "5" of "5 to
        9 March".
        """
        at = place + (self.text(place) in _WEEKDAYS)
        at += at > place and self.text(at) == ","
        if (day := self.day_number(at)) is not None:
            after = day[1] + (self.text(day[1]) == "of")
            if (month := MONTH_NUMBERS.get(self.text(after), 0)) and not self.is_glued(after):
                return self._with_year(month, day[0], after + 1)
            return self._lent_day(day[0], day[1])
        month = MONTH_NUMBERS.get(self.text(at), 0)
        if not month:
            return None
        after = at + 1 + (self.text(at + 1) == "." and len(self.text(at)) < 5)
        day = self.day_number(after + (self.text(after) == "the"))
        return self._with_year(month, day[0] if day else 0, day[1] if day else after)

    def _with_year(self, month: int, day: int, after: int) -> Atom | None:
        at = after
        while at < after + 2 and self.text(at) in {",", "of"}:
            at += 1
        year = self.year(at)
        following = self.atom(at)
        if year is not None and following is not None and following.after == at + 1:
            return self._of(year, month, day, at + 1)
        short = self.text(at + 1)
        if (
            day
            and self.text(at) in {"'", "’"}
            and len(short) == 2
            and short.isdecimal()
            and self.words[at + 1].glued
        ):
            return self._of(2000 + int(short), month, day, at + 2)
        return self._without_year(month, day, after)

    def _without_year(self, month: int, day: int, after: int) -> Atom | None:
        other = self._next(after)
        if other is not None and other.stretch is not None and (other.month or other.lends):
            year = other.stretch.since.year
            year -= 0 < other.month < month
            return replace(
                self._of(year, month, day, after), assumed=other.assumed, bare=other.bare or day > 0
            )
        if self.as_of is None:
            return None
        newest = self._of(self.as_of.year, month, day, after)
        if newest.stretch is None or newest.stretch.since > self.as_of:
            earlier = self._of(self.as_of.year - 1, month, day, after)
            newest = newest if earlier.stretch is None else earlier
        return replace(newest, assumed=True, bare=day > 0)

    def _lent_day(self, day: int, after: int) -> Atom | None:
        """Read "5" of "5 to 9 March 2020"."""
        other = self._next(after)
        if (
            other is None
            or other.stretch is None
            or not (other.day and other.month)
            or self.text(after) not in JOINS - {",", "/"}
        ):
            return None
        return replace(self._of(other.stretch.since.year, other.month, day, after), assumed=other.assumed)

    def _next(self, after: int) -> Atom | None:
        """Return the atom that is joined to the one before ``after``: "March *and April 2019*", "March, *or
        April 2019*".
        """
        at = after
        while at < after + 2 and self.text(at) in JOINS:
            at += 1
        return self.atom(at) if at > after else None

    def _edge(self, place: int) -> Atom | None:
        """Read "the end of 2018" and "the start of March 2019" as edges between two days."""
        if self.text(place) not in {"start", "beginning", "end", "close"} or self.text(place + 1) != "of":
            return None
        whole = self.atom(place + 2)
        if whole is None or whole.stretch is None:
            return whole
        edge = whole.stretch.until if self.text(place) in {"end", "close"} else whole.stretch.since
        return replace(whole, stretch=Stretch(edge, edge), bare=False, lends=False)

    def _named_part(self, place: int) -> Atom | None:
        """Read "Q1 2019", "first quarter of 2019", "second half of 2019", "H1 2019" and "spring 2019"."""
        number, length, after = self._fraction(place)
        if not length:
            return None
        at = after + (self.text(after) == "of")
        year, whole = self.year(at), self.atom(at)
        if year is None or whole is None or whole.after != at + 1:
            return None
        part = self._part(year, length, number)
        return None if part is None else Atom(part, at + 1)

    def _fraction(self, place: int) -> tuple[int, int, int]:
        """Return which part of how many months is named, and the place behind; no months where none is."""
        text, following = self.text(place), self.text(place + 1)
        if text in {"q", "h"} and following in _PLACES and self.is_glued(place + 1):
            return _PLACES[following], 3 if text == "q" else 6, place + 2
        if text in _SEASONS:
            return _SEASONS[text], 1, place + 1
        if text not in _PLACES and text != "last":
            return 0, 0, place
        at = place + 1 + (following in ENDINGS)
        length = {"quarter": 3, "half": 6}.get(self.text(at), 0)
        return (_PLACES.get(text, 12 // length) if length else 0), length, at + 1

    def _part(self, year: int, length: int, number: int) -> Stretch | None:
        if length == 1:
            return months(year, number, 3)
        return months(year, length * (number - 1) + 1, length) if length * number <= 12 else None

    def _year_to(self, place: int) -> Atom | None:
        """Read "the year to March 2020", "the 12 months ending 31 March 2020" and "the two years
        after 2018".
        """
        span = self.span(place) or ((12, 0, place + 1) if self.text(place) == "year" else None)
        if span is None or self.text(span[2]) not in _BESIDE:
            return None
        word = self.text(span[2])
        at = span[2] + 1 + (self.has(span[2], "up", "to"))
        other = self.atom(at) or (self.atom(at + 1) if self.text(at) in {"the", "in", "on"} else None)
        if other is None or other.stretch is None or (word == "up" and self.text(at - 1) != "to"):
            return other if word != "up" else None
        if _BESIDE[word] == 0 or (word in {"before", "after"} and self.text(place - 1) != "the"):
            return Atom(None, other.after)  # "two years after 2018" is a day, as far as it is one
        edge = other.stretch.since if word == "before" else other.stretch.until
        far = shifted(edge, _BESIDE[word] * span[0], _BESIDE[word] * span[1])
        if far is None:
            return None
        return replace(
            other, stretch=Stretch(min(edge, far), max(edge, far)), lends=False, month=0, day=0, bare=True
        )

    def _relative(self, place: int) -> Atom | None:
        """Read "last year", "this month", "last March" and "two years ago"."""
        if self.as_of is None:
            return None
        if self.text(place) in {"this", "last"}:
            return self._this_or_last(place, self.text(place) == "last")
        span = self.span(place)
        if span is None or self.text(span[2]) != "ago":
            return None
        day = self.back(*span[:2])
        return (
            None
            if day is None
            else Atom(Stretch(day, next_day(day)), span[2] + 1, bare=False, counted_back=True)
        )

    def _this_or_last(self, place: int, last: bool) -> Atom | None:
        as_of = self.as_of
        assert as_of is not None
        at = place + 1 + (self.text(place + 1) == "calendar")
        unit = self.text(at)
        if unit in {"year", "years", "month"} and self.text(place - 1) == "the" and at == place + 1:
            return None  # "the last year" is counted back
        if unit in {"year", "years"}:  # "last year's" is cut without its apostrophe
            return Atom(years(as_of.year - last), at + 1, counted_back=True)
        if unit == "month":
            month = shifted(as_of.replace(day=1), -int(last))
            return Atom(months(month.year, month.month), at + 1, counted_back=True) if month else None
        if unit in MONTH_NUMBERS and at == place + 1:
            named = self.atom(at)
            return (
                replace(named, bare=True) if named is not None and named.assumed and not named.day else None
            )
        return None

    def _led(self, place: int) -> Atom | None:
        """Read what stands behind "the", "the year", "the financial year", "early"."""
        text = self.text(place)
        if text in VAGUE:
            at = place + 1 + (self.text(place + 1) in {"-", "in", "of", "the"})
            atom = self.atom(at)
            return None if atom is None or not atom.bare else Atom(None, atom.after)
        if text in {"the", "calendar"}:
            return self.atom(place + 1)
        if text == "year":
            atom = self.atom(place + 1)
            return atom if atom is not None and self.year(place + 1) is not None else None
        return self._financial(place) if text in {"financial", "fiscal", "fy"} else None

    def _financial(self, place: int) -> Atom | None:
        """Read "the financial year 2019/20", "the financial year ending March 2020" and "FY19/20"."""
        at = place + 1 + (self.text(place + 1) == "year")
        at += self.text(at) == "of"
        one, two = self.text(at), self.text(at + 2)
        if (
            (one + two).isdecimal()
            and len(one) == len(two) == 2
            and self.text(at + 1) == "/"
            and int(two) == int(one) + 1
        ):
            return Atom(
                Stretch(datetime.date(2000 + int(one), 4, 1), datetime.date(2000 + int(two), 4, 1)), at + 3
            )
        atom = self.atom(at)
        return atom if atom is not None and (atom.after >= at + 3 or one in {"ending", "ended"}) else None

    # What atoms are made of ---------------------------------------------------------------------------------

    def _day(self, year: int, month: int, day: int, after: int) -> Atom | None:
        return self._of(year, month, day, after) if FIRST_YEAR <= year <= LAST_YEAR else None

    def _of(self, year: int, month: int, day: int, after: int) -> Atom:
        if not day:
            return Atom(months(year, month), after, month)
        try:
            first = datetime.date(year, month, day)
        except ValueError:
            return Atom(None, after, month, day, impossible=True)
        return Atom(Stretch(first, next_day(first)), after, month, day)


_Readers: TypeAlias = tuple[Callable[[Calendar, int], Atom | None], ...]
_OF_DIGITS: _Readers = (
    Calendar._numeric,
    Calendar._named_part,
    Calendar._year_to,
    Calendar._relative,
    Calendar._dated,
)
_READERS: dict[str, _Readers] = {
    word: readers
    for words, readers in (
        (NUMBER_WORDS, (Calendar._year_to, Calendar._relative)),
        (_PLACES, (Calendar._named_part,)),
        (_SEASONS, (Calendar._named_part,)),
        (("q", "h"), (Calendar._named_part,)),
        (("this", "last"), (Calendar._named_part, Calendar._relative)),
        (("year",), (Calendar._year_to, Calendar._led)),
        (MONTH_NUMBERS, (Calendar._dated,)),
        (_WEEKDAYS, (Calendar._dated,)),
        (("start", "beginning", "end", "close"), (Calendar._edge,)),
        (VAGUE, (Calendar._led,)),
        (("the", "calendar", "financial", "fiscal", "fy"), (Calendar._led,)),
    )
    for word in words
    if not word.isdecimal()
}
