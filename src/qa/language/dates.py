"""Every expression of time in a question → a half-open period of publication dates.

>>> [(one.since, one.until) for one in find_periods("rated in 2020 or not since March 2018")]
[(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)), (None, datetime.date(2018, 4, 1))]

Dates are day first. "Until 2018", "by 2018" and "no later than 2018" include all of 2018, "before 2018" and
"older than 2017" nothing of the year named, "after 2019" begins with 2020, "not since 2019" ends with 2019.
Inexact times ("early 2020", "around 2019") are not read. :func:`say_period` puts a period into English that
is read back as the same period.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeVar

from qa.language import time_words as tw
from qa.language.atoms import Atom
from qa.language.calendar import Calendar
from qa.language.cursor import UNITS
from qa.language.stretches import Stretch
from qa.language.tokens import pieces
from qa.phrasing import MONTHS

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` up to, but not on, ``until``; ``None`` is open.

    ``said`` is the text from ``start`` to ``end``.

    ``assumed``: there was no year, and the newest such month or day in the tables was taken.
    ``counted_back``: counted from the newest date in the tables. ``impossible``: a day that does not exist;
    there are no bounds. ``standing``: the ratings as they were then are meant ("as at 31 March 2020").
    """

    since: datetime.date | None
    until: datetime.date | None
    start: int
    end: int
    said: str
    assumed: bool = False
    counted_back: bool = False
    impossible: bool = False
    standing: bool = False


def find_periods(text: str, as_of: datetime.date | None = None) -> list[Period]:
    """Return the periods that ``text`` names, in order.

    ``as_of`` is the newest date in the tables: "last year" and "in the last two years" are counted from it,
    and a month without a year is the newest not after it. Without it such words are not read.
    """
    return _Reader(text, as_of).periods()


def say_period(period: Period) -> str:
    """Return ``period`` in English, as :func:`find_periods` reads it back; empty for one without bounds.

    Bounds are years if they can be, otherwise months if they can be, otherwise days.
    """
    since, until = period.since, period.until
    if since is None or until is None:
        return f"since {_edge(since)}" if since else f"before {_edge(until)}" if until else ""
    unit = max(_unit(since), _unit(until))
    first, last = _say_day(since, unit), _say_day(until - datetime.timedelta(days=1), unit)
    if first != last:
        return f"from {first} to {last}"
    return f"as at {first}" if period.standing else f"on {first}" if unit == _DAY else f"in {first}"


_YEAR, _MONTH, _DAY = range(3)
_MOST_BETWEEN = 7  # words between "not" and "since"


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The bounds from a relation and a date, from piece ``start`` to the one before ``after``."""

    since: datetime.date | None
    until: datetime.date | None
    start: int
    after: int
    assumed: bool = False
    counted_back: bool = False
    impossible: bool = False
    standing: bool = False
    exact: bool = True


class _Reader:
    """Goes once through the pieces of a text, from one relation to the next."""

    def __init__(self, text: str, as_of: datetime.date | None) -> None:
        self.text, self.words = text, pieces(text)
        self.calendar = Calendar(self.words, as_of)

    def periods(self) -> list[Period]:
        found, place = list[_Bounds](), 0
        while place < len(self.words):
            bounds = self._at(place)
            if bounds is None:
                place += 1
                continue
            joined = self._intersected(found[-1], bounds) if found else None
            if joined is not None:
                found[-1] = joined
            else:
                found.append(bounds)
            place = bounds.after
        return [self._period(bounds) for bounds in found if bounds.exact]

    def _period(self, bounds: _Bounds) -> Period:
        start, end = self.words[bounds.start].start, self.words[bounds.after - 1].end
        flags = bounds.assumed, bounds.counted_back, bounds.impossible, bounds.standing
        return Period(bounds.since, bounds.until, start, end, self.text[start:end], *flags)

    def _at(self, place: int) -> _Bounds | None:
        """Return the bounds of the time named from ``place`` on."""
        for words, relation in tw.PREFIXES.get(self.calendar.text(place), ()):
            if self.calendar.has(place, *words) and (
                bounds := self._related(place, place + len(words), relation)
            ):
                return bounds
        counted = (self._recently(place) or self._by_age(place)) if self.calendar.spans else None
        return counted or self._bare(place)

    def _related(self, start: int, place: int, relation: str) -> _Bounds | None:
        atom = self.calendar.atom(place)
        if atom is None:
            return None
        if relation in (tw.RANGE, tw.FROM):
            ends = self._range(start, atom, tw.TO | {"and", "&"} if relation == tw.RANGE else tw.TO)
            if ends is not None or relation == tw.RANGE:
                return ends
            return self._from(start, atom)
        if relation == tw.IN:
            return self._within(start, atom)
        if relation == tw.SINCE and self.calendar.text(start) == "since":
            return self._since(start, atom, tw.SINCE)
        if relation == tw.BEFORE and self.calendar.text(start) == "since":
            return self._since(start, atom, tw.BEFORE)
        return self._bounds(start, atom, relation, self._behind(atom.after, tw.LATEST))

    def _since(self, start: int, atom: Atom, relation: str) -> _Bounds | None:
        """Read "since 2019", and with it the "not" of "not rated since (before) 2019"."""
        first = start
        while first > start - _MOST_BETWEEN and self.calendar.text(first - 1) in tw.OF_RATING - tw.NEGATIONS:
            first -= 1
        if self.calendar.text(first - 1) in tw.NEGATIONS:
            return self._bounds(first - 1, atom, tw.UNTIL if relation == tw.SINCE else relation, atom.after)
        return self._bounds(start, atom, relation, self._behind(atom.after, tw.LATER))

    def _from(self, start: int, atom: Atom) -> _Bounds | None:
        """Read "from 2019 on", "from 2018 or earlier", and "from 2019": the year beside a word for something
        dated or beside another year, otherwise everything since."""
        if (earlier := self._behind(atom.after, tw.EARLIER)) > atom.after:
            return self._bounds(start, atom, tw.UNTIL, earlier)
        later = self._behind(atom.after, tw.LATER)
        if (
            later == atom.after
            and self.calendar.text(later) == "on"
            and self.calendar.atom(later + 1) is None
        ):
            later += 1
        one_of = self.calendar.text(start - 1) in tw.OF_REPORTS or self._goes_on(atom)
        within = self.calendar.text(start) != "from" or (later == atom.after and one_of)
        return self._bounds(start, atom, tw.IN if within else tw.SINCE, later)

    def _goes_on(self, atom: Atom) -> bool:
        """True for the first of several times: "from 2018 or 2019", "from 2017, 2018 and 2020"."""
        joined = self.calendar.text(atom.after) in {"or", "and", ","}
        behind = self.calendar.atom(atom.after + 1) if joined else None
        return behind is not None and behind.bare

    def _bare(self, place: int) -> _Bounds | None:
        """Read a date without a word before it: "2019 to 2021", "the ratings of 2019"."""
        atom = self.calendar.atom(place)
        if (
            atom is None
            or not (atom.bare or _is_edge(atom))
            or (atom.lends and self.calendar.text(place - 1) in tw.COUNTS)
        ):
            return None
        return self._within(place, atom)

    def _within(self, start: int, atom: Atom) -> _Bounds | None:
        ends = self._range(start, atom, tw.TO)
        if ends is not None:
            return ends
        if (after := self._behind(atom.after, tw.LATER)) > atom.after:
            return self._bounds(start, atom, tw.SINCE, after)
        if (after := self._behind(atom.after, tw.EARLIER)) > atom.after:
            return self._bounds(start, atom, tw.UNTIL, after)
        return self._bounds(start, atom, tw.IN, atom.after)

    def _range(self, start: int, first: Atom, joins: frozenset[str]) -> _Bounds | None:
        if self.calendar.text(first.after) not in joins:
            return None
        last = self.calendar.atom(first.after + 1)
        if last is None:
            return None
        flags = (
            first.assumed and last.assumed,
            first.counted_back or last.counted_back,
            first.impossible or last.impossible,
        )
        after = last.after + (self.calendar.text(last.after) == "inclusive")
        if first.stretch is None or last.stretch is None:
            return _Bounds(None, None, start, after, *flags, exact=flags[2])
        one, two = first.stretch, _following(first, last)
        return _Bounds(min(one.since, two.since), max(one.until, two.until), start, after, *flags)

    def _bounds(self, start: int, atom: Atom, relation: str, after: int) -> _Bounds | None:
        flags = atom.assumed, atom.counted_back, atom.impossible
        if atom.stretch is None:
            return _Bounds(None, None, start, after, *flags, exact=atom.impossible)
        since, until = atom.stretch.since, atom.stretch.until
        if relation == tw.AT:
            return self._standing(start, atom, atom.stretch)
        if relation == tw.IN and _is_edge(atom):
            return _Bounds(None, None, start, after, exact=False)
        if relation == tw.IN and atom.counted_back and not atom.bare:
            return None
        ends = {
            tw.SINCE: (since, None),
            tw.AFTER: (until, None),
            tw.BEFORE: (None, since),
            tw.UNTIL: (None, until),
        }
        return _Bounds(*ends.get(relation, (since, until)), start, after, *flags)

    def _standing(self, start: int, atom: Atom, stretch: Stretch) -> _Bounds | None:
        """Read "as at 31 March 2020" and "at the end of 2018", which is its last day; "at 2019"
        is no time.
        """
        since, until = stretch.since, stretch.until
        if self.calendar.text(start) == "at" and since != until and not atom.day:
            return None
        if since == until:
            said = {self.calendar.text(place) for place in range(start, atom.after)}
            ends = bool(said & {"end", "close"})
            since, until = (since - _ONE_DAY, until) if ends else (since, until + _ONE_DAY)
        return _Bounds(since, until, start, atom.after, atom.assumed, atom.counted_back, standing=True)

    def _phrase(self, place: int, phrases: tw.Phrases[_T]) -> tuple[int, _T] | None:
        """Return the place after the one of ``phrases`` at ``place``, and its value."""
        for words, meaning in phrases.get(self.calendar.text(place), ()):
            if self.calendar.has(place, *words):
                return place + len(words), meaning
        return None

    def _behind(self, place: int, phrases: tw.Phrases[None]) -> int:
        """Return the place after a phrase that does not belong to the next date: "2020 or after May 2022" are
        two periods."""
        found = self._phrase(place, phrases)
        return found[0] if found and self.calendar.atom(found[0]) is None else place

    # Counted back from the newest date in the tables --------------------------------------------------------

    def _recently(self, place: int) -> _Bounds | None:
        """Read "in the last two years", "the past 18 months" and "within the last year"."""
        at = place + (
            self.calendar.text(place) in {"in", "within", "during", "over", "for", "from", "throughout", "of"}
        )
        the = self.calendar.text(at) in {"the", "this", "these"}
        at += the
        at += self.calendar.has(at, "most", "recent")
        if self.calendar.text(at) not in tw.RECENT:
            return None
        span = self.calendar.span(at + 1)
        if span is None and self.calendar.text(at + 1) in UNITS and (the or self.calendar.text(at) == "past"):
            months, days = UNITS[self.calendar.text(at + 1)]
            span = months, days, at + 2
        since = self.calendar.back(*span[:2]) if span else None
        return _Bounds(since, None, place, span[2], counted_back=True) if span and since else None

    def _by_age(self, place: int) -> _Bounds | None:
        """Read "more than 3 years old", "over five years ago", "less than a year old" and "not rated for over
        two years".
        """
        than = self._phrase(place, tw.THAN)
        if than is None:
            return self._more_than(place)
        at, sign = than
        span = self.calendar.span(at)
        if span is None:
            return None
        after = self._behind(span[2], tw.AGED)
        if after == span[2] and self.calendar.text(at - 2) not in tw.BY_AGE:
            return self._not_for(place, span)
        day = self.calendar.back(*span[:2])
        if day is None:
            return None
        if sign < 0:
            return _Bounds(day, None, place, after, counted_back=True)
        least = self.calendar.text(place) in {"at", "no", "not"}
        return _Bounds(None, day + _ONE_DAY if least else day, place, after, counted_back=True)

    def _more_than(self, place: int) -> _Bounds | None:
        """Read "three or more years old", "3 years old or older" and "not rated for two years"."""
        count = self.calendar.count(place) if self.calendar.spans else None
        if count is None:
            return None
        at = self._behind(count[1], tw.OR_MORE)
        months, days = UNITS.get(self.calendar.text(at), (0, 0))
        day = self.calendar.back(months * count[0], days * count[0])
        if day is None or not (months or days):
            return None
        aged = self._behind(at + 1, tw.AGED)
        after = self._behind(aged, tw.OR_OLDER)
        if aged == at + 1 or (at == count[1] and after == aged):
            return self._not_for(place, (months * count[0], days * count[0], at + 1))
        return _Bounds(None, day + _ONE_DAY, place, after, counted_back=True)

    def _not_for(self, place: int, span: tuple[int, int, int]) -> _Bounds | None:
        """Read "not rated for (over) two years", with the numbers at ``place``."""
        if self.calendar.text(place - 1) not in {"for", "in"}:
            return None
        months, days, after = span
        first = place - 1
        while (
            first > place - 1 - _MOST_BETWEEN and self.calendar.text(first - 1) in tw.OF_RATING - tw.NEGATIONS
        ):
            first -= 1
        day = self.calendar.back(months, days)
        if self.calendar.text(first - 1) not in tw.NEGATIONS or day is None:
            return None
        return _Bounds(None, day, first - 1, after, counted_back=True)

    def _intersected(self, one: _Bounds, two: _Bounds) -> _Bounds | None:
        """Return the period of "since 2018 and before 2020": two open ends joined by "and", "but" or
        nothing."""
        begins, ends = (two, one) if one.since is None else (one, two)
        if begins.since is None or ends.until is None or begins.until is not None or ends.since is not None:
            return None
        between = [word.text for word in self.words[one.after : two.start]]
        if len(between) > 2 or not {*between} <= {"and", "but", ","} or begins.since >= ends.until:
            return None
        return _Bounds(
            begins.since,
            ends.until,
            one.start,
            two.after,
            one.assumed or two.assumed,
            one.counted_back or two.counted_back,
        )


_ONE_DAY = datetime.timedelta(days=1)


def _is_edge(atom: Atom) -> bool:
    return atom.stretch is not None and atom.stretch.since == atom.stretch.until


def _following(first: Atom, last: Atom) -> Stretch:
    """Return the days of ``last``; if its year was assumed, the ones next after ``first``: "from November
    2019 to February"."""
    assert first.stretch is not None
    assert last.stretch is not None
    if first.assumed or not last.assumed:
        return last.stretch
    year = first.stretch.since.year + (last.month < first.month)
    moved = year - last.stretch.since.year
    return Stretch(_in_year(last.stretch.since, moved), _in_year(last.stretch.until, moved))


def _in_year(day: datetime.date, further: int) -> datetime.date:
    return (
        day.replace(year=day.year + further)
        if (day.month, day.day) != (2, 29)
        else datetime.date(day.year + further, 3, 1)
    )


def _unit(day: datetime.date) -> int:
    return _DAY if day.day > 1 else _MONTH if day.month > 1 else _YEAR


def _edge(day: datetime.date | None) -> str:
    assert day is not None
    return _say_day(day, _unit(day))


def _say_day(day: datetime.date, unit: int) -> str:
    """Return "2019", "March 2019" or "5 March 2019"."""
    return " ".join(
        [str(day.day)] * (unit == _DAY) + [MONTHS[day.month - 1]] * (unit >= _MONTH) + [str(day.year)]
    )
