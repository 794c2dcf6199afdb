"""Which columns hold which fields, according to their headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qa.reading.column_headings import HEADINGS, names_the_rated, plain, speaks_of_publication
from qa.reading.description import Sidecar

_YES_NO = frozenset(("y", "n", "yes", "no", "true", "false"))
# The subject of a table that has a column for providers or councils, but none for anything smaller.
_ELSE_SUBJECT = ("service", "provider", "local_authority")

Values = Callable[[int], Sequence[str]]


class HeadedColumns:
    """The fields under the headings of a table. Every column is taken once; ``doubts`` say what is
    unclear."""

    def __init__(self, headings: Sequence[str], values: Values, sidecar: Sidecar) -> None:
        self.headings = headings
        self.values = values
        self.sidecar = sidecar
        self.taken: dict[int, str] = {}
        self.doubts: list[str] = []
        self._headed = _columns_by_heading(headings)
        self._take_declared()
        for field, names in HEADINGS.items():
            self._take(field, names)
        self._take_only(
            "published", [i for i, heading in enumerate(headings) if speaks_of_publication(heading)]
        )

    @property
    def fields(self) -> dict[str, int]:
        """The columns that were taken, by the field that they hold."""
        return {field: index for index, field in self.taken.items()}

    def find_other_subject(self) -> None:
        """Take a column that names the subjects under a rarer heading, otherwise one of services, providers
        or councils."""
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
                self.take_first(field, found, doubted=field in ("subject", "aspect", "service", "published"))
                return

    def _take_only(self, field: str, found: Sequence[int]) -> None:
        """Take the column with a longer heading that mentions the field, if there is only one."""
        if field not in self.fields and len(found) == 1 and found[0] not in self.taken:
            self.taken[found[0]] = field

    def take_first(self, field: str, found: Sequence[int], doubted: bool) -> None:
        """Take the first of some columns; note a doubt if it is ``doubted`` and there are several."""
        if len(found) > 1 and doubted:
            names = " and ".join(f"column {index + 1} (“{self.headings[index]}”)" for index in found)
            self.doubts.append(f"{names} may both be the {field.replace('_', ' ')}")
        self.taken[found[0]] = field

    def _holds(self, field: str, index: int) -> bool:
        """Return whether the values of a column fit its heading."""
        values = self.values(index)
        if field in ("care_home", "inherited"):
            return all(value.casefold() in _YES_NO for value in values)
        if field == "url":
            return all(value.startswith(("http://", "https://")) for value in values)
        if field == "subject":
            return not values or not all(value.casefold() in _YES_NO or value.isdigit() for value in values)
        return True


def _columns_by_heading(headings: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Return each heading with the indexes of the columns that it heads."""
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        found.setdefault(heading, []).append(index)
    return found
