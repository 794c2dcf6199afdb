"""Dates of the ratings in the previous answer: "is it good for safe, and when was that published?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import unique
from qa.question.families import names_somebody
from qa.question.parse import Parsed
from qa.question.query import Query, parts_of
from qa.question.reading import Reading

_OF_RATINGS = frozenset("published rating ratings that these this those".split())
_OWN = ("aspect", "aspects", "service", "kind")
_MOST = 6  # dates in one answer


def ask_dates_of_told(parsed: Parsed, before: Reading | None) -> None:
    """If ``parsed`` asks when "that" or "those ratings" were published, ask for the dates of the ratings that
    ``before`` told or claimed. "When was it inspected?" asks for the overall rating."""
    if before is None or [query.measure for query in parsed.queries] != [q.Dates()]:
        return
    if parsed.has(*_OWN) or _OF_RATINGS.isdisjoint(word.text for word in parsed.annotated.words):
        return
    told = unique(one for query in before.queries for one in _told(query))[:_MOST]
    if told:
        parsed.queries = [replace(parsed.queries[0], measure=q.Dates(*one)) for one in told]


def _told(query: Query) -> Iterator[tuple[str, str]]:
    """Yield the key question and service of each rating that was told of a named subject."""
    if not names_somebody(query):
        return
    if query.claim is not None:
        rated = (part for part in parts_of(query.claim.condition) if isinstance(part, q.Rated))
        yield from ((one.aspect, one.service) for one in rated)
    elif isinstance(query.measure, q.Ratings):
        yield from ((aspect, query.measure.service) for aspect in query.measure.aspects)
