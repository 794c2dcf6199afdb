"""Headings and values to Columns: the rules that identify a table's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from qa.question.query import WHOLE
from qa.reading.column_headings import (
    FIELDS,
    Columns,
    RatingColumn,
    aspect_named,
    aspect_of,
    is_number,
    judgement_named,
    plain,
    rating_role,
    speaks_of_judgement,
    speaks_of_ratings,
    year_of_ratings,
)
from qa.reading.description import Sidecar
from qa.reading.headed_columns import HeadedColumns, Values
from qa.reading.ratings import NOTHING, read_rating, split_mark
from qa.reading.written_dates import read_date


def recognise(headings: Sequence[str], values: Values, sidecar: Sidecar, by_values: bool = False) -> Columns:
    """Return the contents of the columns under ``headings``.

    ``values(index)`` are the first filled cells of a column. ``by_values``: if no heading is about ratings,
    the one column with nothing but ratings is taken as the rating column.
    """
    spelt = [plain(split_mark(heading.strip())[0]) for heading in headings]
    found = _Recognition(spelt, values, sidecar)
    if "subject" not in found.fields:
        found = _Recognition([heading.removeprefix("provider ") for heading in spelt], values, sidecar)
        found.find_other_subject()
    found.find_ratings(by_values)
    return found.columns(headings)


class _Recognition(HeadedColumns):
    """All columns: those of fields, those of ratings, and the table's own."""

    ratings: tuple[RatingColumn, ...] = ()
    by_values: int | None = None

    def columns(self, printed: Sequence[str]) -> Columns:
        """Return the columns that were found; ``printed`` are the headings as printed."""
        fields = {
            field: index for field, index in self.fields.items() if field not in ("rating", "previous_rating")
        }
        used = {
            *fields.values(),
            *(index for column in self.ratings for index in (column.index, column.previous)),
        }
        own, unused = dict[str, int](), list[str]()
        for index, heading in enumerate(printed):
            name = _own_heading(heading)
            if name and index not in used:
                if name in own:
                    unused.append(name)
                own.setdefault(name, index)
        by_values = None if self.by_values is None else printed[self.by_values]
        return Columns(fields, self.ratings, own, tuple(unused), tuple(self.doubts), by_values)

    def find_ratings(self, by_values: bool) -> None:
        """Take the column of ratings, that of the ratings before, or a column for each aspect."""
        by_aspect = self._by_aspect()
        for role in ("rating", "previous_rating"):
            self._take_role(role, set(by_aspect.values()))
        if "rating" not in self.fields and not by_aspect:
            self._take_years()
        by_aspect |= self._judgements(by_aspect)
        rating, previous = self.fields.get("rating"), self.fields.get("previous_rating")
        if rating is None and len(by_aspect) == 1 and "aspect" in self.fields:
            rating, by_aspect = next(iter(by_aspect.values())), {}
        if by_values and rating is None and not by_aspect:
            rating = self.by_values = self._only_column_of_ratings()
        self._doubt_ratings(rating, by_aspect)
        whole = [] if rating is None else [RatingColumn(rating, None, previous)]
        before = {WHOLE: previous}
        parts = [RatingColumn(index, aspect, before.get(aspect)) for aspect, index in by_aspect.items()]
        self.ratings = (*whole, *parts)

    def _doubt_ratings(self, rating: int | None, by_aspect: Mapping[str, int]) -> None:
        """Note if it is unclear which columns are the ratings."""
        if by_aspect and "aspect" in self.fields:
            self.doubts.append("there are both a column of aspects and a column for each aspect")
        if rating is not None and WHOLE in by_aspect:
            self.doubts.append(
                f"“{self.headings[rating]}” and “{self.headings[by_aspect[WHOLE]]}” may both be the "
                "overall rating"
            )

    def _judgements(self, by_aspect: Mapping[str, int]) -> dict[str, int]:
        """Return the further rating columns: each is an aspect under its own heading; one
        headed "overall" is the whole.

        None are looked for if a column names the aspects or the description does, and a single one without
        others does not count.
        """
        declared = self.sidecar.columns.keys() & {"rating", "previous_rating"}
        if "aspect" in self.fields or self.sidecar.aspects or declared:
            return {}
        found = self._judgement_columns({*self.taken, *by_aspect.values()})
        if "rating" in self.fields or by_aspect:
            return _by_aspect_named(found)
        overall = [i for i, name in found.items() if "overall" in name.split()]
        whole = min(overall, key=lambda i: len(found[i]), default=None)
        if whole is None:
            return _by_aspect_named(found) if len(found) > 1 else {}
        del found[whole]
        return {WHOLE: whole, **_by_aspect_named(found)}

    def _judgement_columns(self, taken: Container[int]) -> dict[int, str]:
        """Return the columns not yet taken that hold nothing but ratings and have a heading for a judgement,
        each with what is judged."""
        found: dict[int, str] = {}
        for index, heading in enumerate(self.headings):
            name = judgement_named(heading) if index not in taken else None
            if name and self._all_ratings(index) and not any(map(is_number, self.values(index))):
                found[index] = name
        return found

    def _take_role(self, role: str, taken: set[int]) -> None:
        """Take the column whose heading is about ratings, otherwise one that says "From" or
        "To" above words.
        """
        if role in self.fields:
            return
        found = [
            i
            for i, heading in enumerate(self.headings)
            if i not in self.taken and i not in taken and rating_role(heading) == role
        ]
        spoken = [index for index in found if speaks_of_ratings(self.headings[index])]
        found = spoken or [
            index for index in found if not any(map(_is_number_or_date, set(self.values(index))))
        ]
        if found:
            self.take_first(role, found, doubted=True)

    def _take_years(self) -> None:
        """Take two columns of ratings that are headed by their years: the older is the rating before."""
        years = {
            i: year
            for i, heading in enumerate(self.headings)
            if i not in self.taken and (year := year_of_ratings(heading))
        }
        found = sorted(
            (year, index)
            for index, year in years.items()
            if not self.values(index) or self._all_ratings(index)
        )
        if len(found) == 2 and found[0][0] < found[1][0] and "previous_rating" not in self.fields:
            self.taken[found[0][1]], self.taken[found[1][1]] = "previous_rating", "rating"

    def _by_aspect(self) -> dict[str, int]:
        """Return the rating columns of single aspects."""
        found: dict[str, int] = {}
        for index, heading in enumerate(self.headings):
            aspect = None if index in self.taken else aspect_of(heading, self.sidecar.aspects)
            if aspect is None or not (heading in self.sidecar.aspects or self._has_rating(index)):
                continue
            if aspect in found:
                self.doubts.append(f"two columns hold the ratings of “{aspect}”")
            found.setdefault(aspect, index)
        return found

    def _has_rating(self, index: int) -> bool:
        values = self.values(index)
        return not values or any(read_rating(value, self.sidecar.scale).rating for value in set(values))

    def _only_column_of_ratings(self) -> int | None:
        found = [
            index
            for index in range(len(self.headings))
            if index not in self.taken and self._all_ratings(index)
        ]
        if len(found) > 1:
            names = ", ".join(f"“{self.headings[index]}”" for index in found)
            self.doubts.append(
                f"the columns {names} all hold ratings, and their headings do not tell which is which"
            )
        if len(found) != 1:
            return None
        (index,) = found
        judged = self._judged_in_other_words(index)
        if judged and self._is_sparse(index):
            self.doubts.append(
                f"“{self.headings[index]}” holds ratings in few rows, and “{judged[0]}” words that "
                "are not on the scale"
            )
            return None
        return index

    def _is_sparse(self, index: int) -> bool:
        """True if a column has values in less than half as many rows as another."""
        filled_most = max(len(self.values(other)) for other in range(len(self.headings)))
        return len(self.values(index)) * 2 < filled_most

    def _judged_in_other_words(self, index: int) -> list[str]:
        """Return the headings of other columns with values that speak of a judgement."""
        return [
            heading
            for other, heading in enumerate(self.headings)
            if other not in (*self.taken, index) and speaks_of_judgement(heading) and self.values(other)
        ]

    def _all_ratings(self, index: int) -> bool:
        times = Counter(self.values(index))
        known = sum(
            count
            for value, count in times.items()
            if read_rating(value, self.sidecar.scale).rating is not None
        )
        return known > 0 and known >= 0.8 * times.total()


def _by_aspect_named(named: Mapping[int, str]) -> dict[str, int]:
    """Return columns by the aspect that their heading names; of two for one aspect, the last."""
    return {aspect_named(name): index for index, name in named.items()}


def _own_heading(printed: str) -> str:
    """Return the name of a column of no known field: its heading, made different from the names
    of the known ones.
    """
    heading = split_mark(" ".join(printed.split()))[0]
    return heading.title() if heading in FIELDS else heading


def _is_number_or_date(value: str) -> bool:
    return is_number(value) or read_date(value) is not None


def filled(cells: Sequence[str]) -> list[str]:
    """Return the cells that say something."""
    return [cell for cell in map(str.strip, cells) if cell not in NOTHING]
