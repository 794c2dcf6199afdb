"""Ratings on a page about one place: a table of aspects and ratings that does not name whom it rates, for the
page's title does::

    Elm House
    Key question | Rating
    Overall | Good
    Safe | Requires improvement

Such a table gets the columns that it lacks: the name, and what else the page tells of the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.reading.column_headings import HEADINGS, Row, aspect_of, is_heading, is_number, plain
from qa.reading.description import Sidecar
from qa.reading.ratings import NOTHING, read_rating
from qa.records import ATTRIBUTES

_LONGEST_NAME = 120
_LONGEST_VALUE = 120
_KNOWN = {name: attribute for attribute in ATTRIBUTES for name in HEADINGS.get(attribute, ())}
_BEDS = frozenset(("beds", "number of beds"))


@dataclass(frozen=True, slots=True)
class Place:
    """The place that a page is about; ``told`` are pairs of a heading and a value in the page's lists."""

    name: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """What is kept of it: the headings of the columns that its tables get, and their values."""
        kept = {heading: value for heading, value in self.told.items() if _is_kept(plain(heading), value)}
        return {"Name": self.name, **kept}


def _is_kept(heading: str, value: str) -> bool:
    if len(value) > _LONGEST_VALUE or value.strip() in NOTHING:
        return False
    return heading in _KNOWN or (heading in _BEDS and is_number(value))


def with_place(rows: Sequence[Row], place: Place | None, sidecar: Sidecar) -> list[Row]:
    """Return a table's rows, with the columns of ``place`` before its own if it rates aspects and names
    nobody.
    """
    filled = [row for row in rows if any(map(str.strip, row.cells))]
    if place is None or not _is_name(place.name) or not filled:
        return list(rows)
    heading: Sequence[str] = ("Key question", "Rating")
    number, body = 0, filled
    if not _rates(filled[0], sidecar):
        heading, number, body = filled[0].cells, filled[0].number, filled[1:]
    if not body or not all(_rates(row, sidecar) for row in body):
        return list(rows)
    names, values = tuple(place.columns), tuple(place.columns.values())
    return [Row(number, (*names, *heading)), *(replace(row, cells=(*values, *row.cells)) for row in body)]


def _is_name(title: str) -> bool:
    return 0 < len(title) <= _LONGEST_NAME and not is_heading(plain(title))


def _rates(row: Row, sidecar: Sidecar) -> bool:
    """Return whether a row has an aspect and a rating on the scale, and otherwise only empty cells."""
    aspect, *ratings = row.cells if row.cells else ("",)
    told = [cell for cell in ratings if cell.strip() not in NOTHING]
    return (
        aspect_of(aspect, sidecar.aspects) is not None
        and len(told) == 1
        and read_rating(told[0], sidecar.scale).rating is not None
    )
