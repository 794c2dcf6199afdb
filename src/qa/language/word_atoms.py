"""Stretches of days in words: "12th of March", "the end of 2018", "Q1 2019", "the year to March"."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qa.language.atoms import JOINS, PLACES, Atom, Atoms
from qa.language.cursor import ENDINGS
from qa.language.stretches import MONTH_NUMBERS, Stretch, months, next_day, shifted, years
from qa.language.tokens import words_of

VAGUE = words_of(
    "early earlier late later mid middle around circa approximately roughly nearly almost winter"
)
WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
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
SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
}  # their first months; a winter is in two years, so the year is ambiguous


class WordAtoms(Atoms):
    """Reads the atoms that begin with a word, or with a number before a word."""

    def dated(self, place: int) -> Atom | None:
        """Read "12th of March, 2020", "12 March", "March 12th, 2020", "March 2020" and "March"; "5" in "5 to
        9 March"."""
        at = place + (self.text(place) in WEEKDAYS)
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
            return self.of(year, month, day, at + 1)
        short = self.text(at + 1)
        if (
            day
            and self.text(at) in {"'", "’"}
            and len(short) == 2
            and short.isdecimal()
            and self.words[at + 1].glued
        ):
            return self.of(2000 + int(short), month, day, at + 2)
        return self._without_year(month, day, after)

    def _without_year(self, month: int, day: int, after: int) -> Atom | None:
        other = self.next_atom(after)
        if other is not None and other.stretch is not None and (other.month or other.lends):
            year = other.stretch.since.year
            year -= 0 < other.month < month
            return replace(
                self.of(year, month, day, after), assumed=other.assumed, bare=other.bare or day > 0
            )
        if self.as_of is None:
            return None
        newest = self.of(self.as_of.year, month, day, after)
        if newest.stretch is None or newest.stretch.since > self.as_of:
            earlier = self.of(self.as_of.year - 1, month, day, after)
            newest = newest if earlier.stretch is None else earlier
        return replace(newest, assumed=True, bare=day > 0)

    def _lent_day(self, day: int, after: int) -> Atom | None:
        """Read "5" in "5 to 9 March 2020"."""
        other = self.next_atom(after)
        if (
            other is None
            or other.stretch is None
            or not (other.day and other.month)
            or self.text(after) not in JOINS - {",", "/"}
        ):
            return None
        return replace(self.of(other.stretch.since.year, other.month, day, after), assumed=other.assumed)

    def edge(self, place: int) -> Atom | None:
        """Read "the end of 2018" and "the start of March 2019" as edges between two days."""
        if self.text(place) not in {"start", "beginning", "end", "close"} or self.text(place + 1) != "of":
            return None
        whole = self.atom(place + 2)
        if whole is None or whole.stretch is None:
            return whole
        edge = whole.stretch.until if self.text(place) in {"end", "close"} else whole.stretch.since
        return replace(whole, stretch=Stretch(edge, edge), bare=False, lends=False)

    def named_part(self, place: int) -> Atom | None:
        """Read "Q1 2019", "first quarter of 2019", "second half of 2019", "H1 2019" and "spring 2019"."""
        number, length, after = self._fraction(place)
        if not length:
            return None
        at = after + (self.text(after) == "of")
        year, whole = self.year(at), self.atom(at)
        if year is None or whole is None or whole.after != at + 1:
            return None
        part = self.part(year, length, number)
        return None if part is None else Atom(part, at + 1)

    def _fraction(self, place: int) -> tuple[int, int, int]:
        """Return the number of the part and its months, and the place after it; no months if no part is
        named."""
        text, following = self.text(place), self.text(place + 1)
        if text in {"q", "h"} and following in PLACES and self.is_glued(place + 1):
            return PLACES[following], 3 if text == "q" else 6, place + 2
        if text in SEASONS:
            return SEASONS[text], 1, place + 1
        if text not in PLACES and text != "last":
            return 0, 0, place
        at = place + 1 + (following in ENDINGS)
        length = {"quarter": 3, "half": 6}.get(self.text(at), 0)
        return (PLACES.get(text, 12 // length) if length else 0), length, at + 1

    def year_to(self, place: int) -> Atom | None:
        """Read "the year to March 2020", "the 12 months ending 31 March 2020" and "the two years
        after 2018".
        """
        found = self._span_beside(place)
        if found is None:
            return None
        months, days, word, after = found
        other = self._time_after(after)
        if other is None or other.stretch is None:
            return None if word == "up" else other
        if _BESIDE[word] == 0 or (word in {"before", "after"} and self.text(place - 1) != "the"):
            return Atom(None, other.after)  # "two years after 2018" is not a stretch of days
        edge = other.stretch.since if word == "before" else other.stretch.until
        far = shifted(edge, _BESIDE[word] * months, _BESIDE[word] * days)
        if far is None:
            return None
        beside = Stretch(min(edge, far), max(edge, far))
        return replace(other, stretch=beside, lends=False, month=0, day=0, bare=True)

    def _span_beside(self, place: int) -> tuple[int, int, str, int] | None:
        """Return the months and days of "the year to" or "two years after", the word that says on which side
        of a time they lie, and the place after it."""
        span = (12, 0, place + 1) if self.text(place) == "year" else self.span(place)
        if span is None:
            return None
        months, days, after = span
        word = self.text(after)
        if word not in _BESIDE or (word == "up" and self.text(after + 1) != "to"):
            return None
        return months, days, word, after + 1 + (word == "up")

    def _time_after(self, place: int) -> Atom | None:
        """Return the atom here, or after "the", "in" or "on"."""
        return self.atom(place) or (self.atom(place + 1) if self.text(place) in {"the", "in", "on"} else None)

    def relative(self, place: int) -> Atom | None:
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
        return self._assumed_month(at) if unit in MONTH_NUMBERS and at == place + 1 else None

    def _assumed_month(self, place: int) -> Atom | None:
        """Return a month without a year or a day as a time, even without "in" before it."""
        named = self.atom(place)
        return replace(named, bare=True) if named is not None and named.assumed and not named.day else None

    def led(self, place: int) -> Atom | None:
        """Read what comes after "the", "the year", "the financial year", "early"."""
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
