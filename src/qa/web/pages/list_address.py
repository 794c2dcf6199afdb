"""The address of a list: the question that it answers, its filters, how it is sorted, and which page of it is
shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, cast, get_args
from urllib.parse import urlencode

from qa.errors import RequestError
from qa.facts.whole_list import FACETS, ListRequest, Sort
from qa.web.pages.conversation import Form, from_link
from qa.web.pages.links import BEFORE, QUESTION

PAGE = 50  # rows
FILTERS = ("rating", *FACETS)
MOST_FILTERS = 20
SORTS = get_args(Sort)
_LAST_PAGE = 1_000_000


class Values(Form, Protocol):
    """The part of werkzeug's MultiDict that is needed here."""

    def items(self, multi: bool = False) -> Iterable[tuple[str, str]]:
        """Return every field with its value."""


@dataclass(frozen=True, slots=True)
class ListAddress:
    """What is listed: the last of ``questions``, read in the light of those before it; pages count from 1."""

    questions: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    sort: Sort = "told"
    descending: bool = False
    page: int = 1

    @property
    def wanted(self) -> ListRequest:
        """The requested rows: those of this page."""
        return ListRequest(self.filters, self.sort, self.descending, PAGE * (self.page - 1), PAGE)

    @property
    def everything(self) -> ListRequest:
        """The rows of all pages."""
        return ListRequest(self.filters, self.sort, self.descending, limit=None)

    def at(self, path: str) -> str:
        """Return the address below ``path``, "/list" or "/answer.csv"."""
        *before, question = self.questions
        pairs = [(QUESTION, question), *((BEFORE, text) for text in before), *self.filters]
        if self.sort != "told":
            pairs.append(("sort", f"{'-' if self.descending else ''}{self.sort}"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"{path}?{urlencode(pairs)}"

    def with_filter(self, field: str, value: str) -> ListAddress:
        """Return the address with one more value, or without it if it is chosen already."""
        one = (field, value)
        chosen = (
            tuple(held for held in self.filters if held != one)
            if one in self.filters
            else (*self.filters, one)
        )
        return replace(self, filters=chosen, page=1)

    def without_filters(self) -> ListAddress:
        """Return the address of all rows."""
        return replace(self, filters=(), page=1)

    def sorted_by(self, sort: Sort) -> ListAddress:
        """Return the address sorted by a column; if it is already, in the other direction."""
        return replace(self, sort=sort, descending=self.sort == sort and not self.descending, page=1)

    def on(self, page: int) -> ListAddress:
        """Return the address of another page."""
        return replace(self, page=page)


def read_list_address(values: Values) -> ListAddress:
    """Read ``?q=…&after=…&rating=…&sort=-published&page=2``. Raises RequestError (422) if the
    address is not of this form.
    """
    asked = from_link(values)
    if not asked.questions:
        raise _wrong(QUESTION, asked.error or "is missing")
    filters = []
    for name, value in values.items(multi=True):
        if name in FILTERS:
            filters.append((name, value))
        elif name not in (QUESTION, BEFORE, "sort", "page"):
            raise _wrong(name, f"is not known; a list can be filtered by {', '.join(FILTERS)}")
    if len(filters) > MOST_FILTERS:
        raise _wrong(filters[0][0], f"is given too often; a list takes at most {MOST_FILTERS} filters")
    sort, descending = _sort(values.get("sort", "told"))
    return ListAddress(
        asked.questions, tuple(dict.fromkeys(filters)), sort, descending, _page(values.get("page", "1"))
    )


def _sort(text: str) -> tuple[Sort, bool]:
    name = text.removeprefix("-")
    if name not in SORTS:
        raise _wrong("sort", f"must be one of {', '.join(SORTS)}, with - before it to reverse the order")
    return cast("Sort", name), name != text


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= _LAST_PAGE:
        raise _wrong("page", "must be the number of a page")
    return number


def _wrong(field: str, detail: str) -> RequestError:
    return RequestError(f"The field {field} can't be used: it {detail}.", fields={field: detail})
