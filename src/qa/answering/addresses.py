"""Builds the address that lists all facts of an answer, if one address can."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from qa.facts.result import Result
from qa.question.query import WHOLE, Count, Is, Query, Rated, Ratings, parts_of

_FIELDS = ("provider", "town", "local_authority", "region", "kind", "care_home")  # filters of /facts
_MOST = 20  # values of one filter


def facts_next(query: Query, result: Result) -> str | None:
    """Return the address of all facts of a list or count of which only some are given.

    ``None`` if all are given, or if no address lists exactly those.
    """
    return _address(query) if result.total > len(result.facts) and _is_plain(query) else None


def _address(query: Query) -> str | None:
    parts = parts_of(query.scope)
    rated = [part for part in parts if isinstance(part, Rated)]
    filters = {part.field: part.values for part in parts if isinstance(part, Is)}
    asked = _asked(query, rated)
    if len(rated) + len(filters) < len(parts) or asked is None or not _are_listed(filters):
        return None
    pairs = [(name, value) for name, values in filters.items() for value in values]
    pairs += [("rating", rating) for part in rated for rating in part.ratings]
    return f"/facts?{urlencode([*pairs, ('aspect', asked[0]), ('service', asked[1])])}"


def _asked(query: Query, rated: Sequence[Rated]) -> tuple[str, str] | None:
    """Return the one aspect and service that the question asks about, now; ``None`` if there are several."""
    measure = query.measure if isinstance(query.measure, Ratings) else None
    asked = {(part.aspect, part.service) for part in rated}
    if measure:
        asked.add((measure.aspects[0], measure.service))
    if len(rated) > 1 or len(asked) > 1 or any(part.when != "now" for part in rated):
        return None
    return asked.pop() if asked else (WHOLE, WHOLE)


def _is_plain(query: Query) -> bool:
    """True if the facts are all facts of the scope's subjects, one for each."""
    listed = isinstance(query.measure, Ratings) and len(query.measure.aspects) == 1
    counted = isinstance(query.measure, Count) and query.measure.of is None
    return (listed or counted) and not (query.by or query.against or query.claim or query.ranks or query.at)


def _are_listed(filters: dict[str, tuple[str, ...]]) -> bool:
    return all(name in _FIELDS and len(values) <= _MOST for name, values in filters.items())
