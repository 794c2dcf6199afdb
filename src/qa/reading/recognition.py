"""Headings and values to Columns: the rules that identify a table's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from qa.question.query import WHOLE
from qa.reading.column_headings import (
    FIELDS,
    HEADINGS,
    Columns,
    RatingColumn,
    aspect_named,
    aspect_of,
    is_number,
    judgement_named,
    names_the_rated,
    plain,
    rating_role,
    speaks_of_judgement,
    speaks_of_publication,
    speaks_of_ratings,
    year_of_ratings,
)
from qa.reading.description import Sidecar
from qa.reading.ratings import NOTHING, read_rating, split_mark
from qa.reading.written_dates import read_date

_YES_NO = frozenset(("y", "n", "yes", "no", "true", "false"))
# What a table of providers or councils, without a column for anything smaller, is about.
_ELSE_SUBJECT = ("service", "provider", "local_authority")

Values = Callable[[int], Sequence[str]]


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


class _Recognition:
    """One pass over the headings; every column is taken once."""

    def __init__(self, headings: Sequence[str], values: Values, sidecar: Sidecar) -> None:
        self.headings = headings
        self.values = values
        self.sidecar = sidecar
        self.taken: dict[int, str] = {}
        self.doubts: list[str] = []
        self.ratings: tuple[RatingColumn, ...] = ()
        self.by_values: int | None = None
        self._headed = _columns_by_heading(headings)
        self._take_declared()
        for field, names in HEADINGS.items():
            self._take(field, names)
        self._take_only(
            "published", [i for i, heading in enumerate(headings) if speaks_of_publication(heading)]
        )

    @property
    def fields(self) -> dict[str, int]:
        return {field: index for index, field in self.taken.items()}

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

    def find_other_subject(self) -> None:
        """Take a column that names what is rated in rarer words, otherwise one of services,
        providers or councils.
        """
        for index, heading in enumerate(self.headings):
            if "subject" not in self.fields and index not in self.taken and names_the_rated(heading):
                self.taken[index] = "subject"
        for field in _ELSE_SUBJECT:
            if "subject" not in self.fields and field in self.fields:
                self.taken[self.fields[field]] = "subject"

    def _take_declared(self) -> None:
        for field, heading in self.sidecar.columns.items():
            found = self._columns_headed(plain(heading))
            if len(found) == 1:
                self.taken[found[0]] = field
            else:
                self.doubts.append(
                    f"“{heading}”, which the description names as {field}, heads {len(found) or 'no'} columns"
                )

    def _columns_headed(self, name: str) -> list[int]:
        return [index for index in self._headed.get(name, ()) if index not in self.taken]

    def _take(self, field: str, names: Sequence[str]) -> None:
        if field in self.taken.values():
            return
        for name in filter(self._headed.__contains__, names):
            found = [index for index in self._columns_headed(name) if self._holds(field, index)]
            if found:
                self._take_first(field, found, doubted=field in ("subject", "aspect", "service", "published"))
                return

    def _take_only(self, field: str, found: Sequence[int]) -> None:
        """Take the one column whose longer heading mentions it."""
        if field not in self.fields and len(found) == 1 and found[0] not in self.taken:
            self.taken[found[0]] = field

    def _take_first(self, field: str, found: Sequence[int], doubted: bool) -> None:
        if len(found) > 1 and doubted:
            names = " and ".join(f"column {index + 1} (“{self.headings[index]}”)" for index in found)
            self.doubts.append(f"{names} may both be the {field.replace('_', ' ')}")
        self.taken[found[0]] = field

    def _holds(self, field: str, index: int) -> bool:
        """Return whether the values of a column agree with its heading."""
        values = self.values(index)
        if field in ("care_home", "inherited"):
            return all(value.casefold() in _YES_NO for value in values)
        if field == "url":
            return all(value.startswith(("http://", "https://")) for value in values)
        if field == "subject":
            return not values or not all(value.casefold() in _YES_NO or value.isdigit() for value in values)
        return True

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
        if by_aspect and "aspect" in self.fields:
            self.doubts.append("there are both a column of aspects and a column for each aspect")
        if rating is not None and WHOLE in by_aspect:
            self.doubts.append(
                f"“{self.headings[rating]}” and “{self.headings[by_aspect['Overall']]}” may both be the "
                "overall rating"
            )
        whole = [] if rating is None else [RatingColumn(rating, None, previous)]
        self.ratings = (
            *whole,
            *(
                RatingColumn(i, aspect, previous if aspect == WHOLE else None)
                for aspect, i in by_aspect.items()
            ),
        )

    def _judgements(self, by_aspect: Mapping[str, int]) -> dict[str, int]:
        """Return the further rating columns: each is an aspect under its own heading; one
        headed "overall" is the whole.

        None are looked for if a column names the aspects or the description does, and a single one without
        others does not count.
        """
        if (
            "aspect" in self.fields
            or self.sidecar.aspects
            or self.sidecar.columns.keys() & {"rating", "previous_rating"}
        ):
            return {}
        taken = {*self.taken, *by_aspect.values()}
        named = ((i, judgement_named(heading)) for i, heading in enumerate(self.headings) if i not in taken)
        found = {
            i: name
            for i, name in named
            if name and self._all_ratings(i) and not any(map(is_number, self.values(i)))
        }
        if "rating" in self.fields or by_aspect:
            return {aspect_named(name): i for i, name in found.items()}
        whole = min(
            (i for i, name in found.items() if "overall" in name.split()),
            key=lambda i: len(found[i]),
            default=None,
        )
        if whole is None and len(found) < 2:
            return {}
        aspects = {aspect_named(name): i for i, name in found.items() if i != whole}
        return aspects if whole is None else {WHOLE: whole, **aspects}

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
            self._take_first(role, found, doubted=True)

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
        filled_most = max((len(self.values(index)) for index in range(len(self.headings))), default=0)
        fuller = [
            heading
            for index, heading in enumerate(self.headings)
            if index not in (*self.taken, *found) and speaks_of_judgement(heading) and self.values(index)
        ]
        if len(found) == 1 and fuller and len(self.values(found[0])) * 2 < filled_most:
            self.doubts.append(
                f"“{self.headings[found[0]]}” holds ratings in few rows, and “{fuller[0]}” words that "
                "are not on the scale"
            )
            return None
        if len(found) > 1:
            names = ", ".join(f"“{self.headings[index]}”" for index in found)
            self.doubts.append(
                f"the columns {names} all hold ratings, and their headings do not tell which is which"
            )
        return found[0] if len(found) == 1 else None

    def _all_ratings(self, index: int) -> bool:
        times = Counter(self.values(index))
        known = sum(
            count
            for value, count in times.items()
            if read_rating(value, self.sidecar.scale).rating is not None
        )
        return known > 0 and known >= 0.8 * times.total()


def _columns_by_heading(headings: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Return each heading with the indexes of the columns that it heads."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        found.setdefault(heading, []).append(index)
    return found


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
