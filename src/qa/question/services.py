"""Questions about several services at once: "rated for surgery and critical care", "outstanding for surgery
or maternity"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qa.language.tokens import key
from qa.phrasing import joined
from qa.question import query as q
from qa.question.chunks import Chunks, unique
from qa.question.families import names_somebody
from qa.question.query import Condition, Query, change_throughout, conjunction, disjunction
from qa.question.several_scales import conditions_asked
from qa.question.vocabulary import Vocabulary


def of_each_service(queries: Sequence[Query], chunks: Chunks, vocabulary: Vocabulary) -> list[Query]:
    """Return Queries about the first of several services as Queries about all: a condition on a rating
    becomes one for each service, and a question about named subjects is asked for each service."""
    overall = _joined_to_overall(chunks)
    said = [one for one in chunks if one.kind == "service"]
    listed = next((one for one in said if overall or len(one.value) > 1), None)
    if listed is None:
        return list(queries)
    services = [told for told in map(vocabulary.service, listed.value) if told is not None]
    found = list[Query]()
    for query in queries:
        made = _conditions_of_each(query, services, listed.either)
        asked = [q.WHOLE, *services] if overall else services
        found += _asked_of_each(query, services, asked) if made == query else [made]
    return found


def _asked_of_each(query: Query, services: Sequence[str], asked: Sequence[str]) -> list[Query]:
    """Return a question for ratings of one of ``services`` as a Query for each of those ``asked`` about."""
    measure = query.measure
    if not isinstance(measure, q.Ratings | q.Dates) or measure.service not in services:
        return [query]
    return [replace(query, measure=replace(measure, service=one)) for one in asked]


def _joined_to_overall(chunks: Chunks) -> bool:
    """True for "its overall rating and that of maternity", which asks for both."""
    for place, chunk in enumerate(chunks):
        if chunk.kind != "aspect" or chunk.value != (q.WHOLE,):
            continue
        behind = [one for one in chunks[place + 1 :] if one.kind not in ("function", "rated", "follow")]
        return [one.kind for one in behind[:2]] == ["and", "service"]
    return False


def _conditions_of_each(query: Query, services: Sequence[str], either: bool) -> Query:
    join = disjunction if either else conjunction

    def each(condition: Condition) -> Condition:
        if getattr(condition, "service", None) != services[0]:
            return condition
        simple: Any = condition
        return join(*(replace(simple, service=one) for one in services))

    return change_throughout(query, each)


def services_alike(queries: Sequence[Query], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return a sentence that names the services whose names begin with the one asked for, and are rated apart
    from it: "Maternity and gynaecology" beside "Maternity"; an empty tuple if there are none."""
    asked = unique(one.service for query in queries if not names_somebody(query) for one in _rated_in(query))
    found = [one for name in asked if name != q.WHOLE for one in _beginning_so(name, vocabulary)]
    found = [one for one in unique(found) if one not in asked]
    if not found:
        return ()
    quoted = [f"“{one}”" for one in found]
    are = "are" if len(quoted) > 1 else "is"
    return (f"{joined(quoted)} {are} rated apart, and not counted here.",)


def _beginning_so(name: str, vocabulary: Vocabulary) -> list[str]:
    """The services with longer names that begin with the words of ``name``."""
    return [one for one in vocabulary.services if key(one).startswith(f"{key(name)} ")]


def _rated_in(query: Query) -> list[q.Rated]:
    """The conditions on a rating in what a question asks to be listed or counted."""
    simple = [part for one in conditions_asked(query) for part in q.simple_conditions(one)]
    return [part for part in simple if isinstance(part, q.Rated)]
