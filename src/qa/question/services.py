"""Questions about several services at once: "rated for surgery and critical care", "outstanding for surgery
or maternity"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qa.question import query as q
from qa.question.chunks import Chunks
from qa.question.query import Condition, Query, change_throughout, conjunction, disjunction
from qa.question.vocabulary import Vocabulary


def of_each_service(queries: Sequence[Query], chunks: Chunks, vocabulary: Vocabulary) -> list[Query]:
    """Return Queries about the first of several services as Queries about all: a condition on a rating
    becomes one for each service, and a question about named subjects is asked for each service."""
    listed = next((chunk for chunk in chunks if chunk.kind == "service" and len(chunk.value) > 1), None)
    if listed is None:
        return list(queries)
    services = [told for name in listed.value if (told := vocabulary.service(name)) is not None]
    found = []
    for query in queries:
        made = _conditions_of_each(query, services, listed.either)
        measure = made.measure
        if made == query and isinstance(measure, q.Ratings | q.Dates) and measure.service in services:
            found += [replace(query, measure=replace(measure, service=one)) for one in services]
        else:
            found.append(made)
    return found


def _conditions_of_each(query: Query, services: Sequence[str], either: bool) -> Query:
    join = disjunction if either else conjunction

    def each(condition: Condition) -> Condition:
        if getattr(condition, "service", None) != services[0]:
            return condition
        simple: Any = condition
        return join(*(replace(simple, service=one) for one in services))

    return change_throughout(query, each)
