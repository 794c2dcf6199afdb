"""Words why the tables have no answer: no data, no history, contradictory ratings."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from qa.answering.comparing import tell_sides
from qa.answering.context import Context, Telling
from qa.answering.english import listed, listed_or, period, sentence
from qa.answering.subjects import statements
from qa.answering.wording import scope_phrase, split_scope, subjects_of
from qa.answering.wording_parts import place_label
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import (
    EVERYTHING,
    WHOLE,
    Condition,
    Count,
    Dates,
    Is,
    Measure,
    Published,
    Query,
    Rated,
    Ratings,
    Share,
    conjunction,
    near_parts,
    parts_of,
    simple_conditions,
)


def lacking(query: Query, result: Result, context: Context) -> Telling:
    """Explain what could not be found, and for which subjects. Contradictory ratings are all listed."""
    whom = listed(_names(result)) or _whom(query, context)
    if result.missing == "contradiction":
        return _contradiction(result, whom, context)
    if result.missing in ("before", "history"):
        return Telling(_no_history(query, result, whom))
    if result.missing == "scale":
        return Telling(_several_scales(result))
    if result.missing in ("coordinates", "middle"):
        return Telling(_no_distance(query, result, context))
    field = context.field(result.detail).plural if result.detail else "that"
    if result.missing == "row" and query.at:
        return Telling(
            f"The tables have no {_rating(query)} of {whom} published up to {long_date(query.at)}."
        )
    what = {
        "row": f"The tables have no {_rating(query)} of {whom}; they may rate parts of it separately.",
        "period": _period(query, result) if result.missing == "period" else "",
        "field": f"The loaded tables have no column for {field}.",
        "aspect": _no_aspect(result, context),
        "service": "The loaded tables have no rating of the service "
        f"{f'“{result.detail}”' if result.detail else 'asked for'}.",
    }
    return Telling(what[result.missing or "row"])


def never_rated(query: Query, context: Context, holds: Callable[[Query], bool]) -> str:
    """``The loaded tables rate no care home for “Maternity”.``: for a service that nothing of the kind in
    question is rated for, because "none is rated Good" would mean something else. Empty if there is none."""
    kinds = [part for part in parts_of(query.scope) if isinstance(part, Is) and part.field in _KINDS]
    if not kinds or not isinstance(query.measure, Ratings | Count) or query.claim:
        return ""
    for aspect, service in _rated_for(query):
        rated = Rated(context.scale.ratings, aspect, service)
        if service != WHOLE and not holds(Query(conjunction(*kinds, rated))):
            kind = scope_phrase(conjunction(*kinds), 1, context)
            return f"The loaded tables rate no {kind} for “{service}”."
    return ""


def _rated_for(query: Query) -> list[tuple[str, str]]:
    """Return the key questions and services whose ratings a list or count is about."""
    asked = [(part.aspect, part.service) for part in parts_of(query.scope) if isinstance(part, Rated)]
    if isinstance(query.measure, Ratings):
        asked += [(aspect, query.measure.service) for aspect in query.measure.aspects or (WHOLE,)]
    return asked


_KINDS = ("care_home", "kind", "type")


def _no_distance(query: Query, result: Result, context: Context) -> str:
    """Explain why nearness is unknown: no table has locations, or none of the places measured from has
    one."""
    if result.missing == "coordinates":
        return "The loaded tables have no latitude and longitude, so they can’t say how far apart places are."
    places = list(dict.fromkeys(place_label(near.of, context) for near in near_parts(query.scope)))
    where = listed_or(places) if places else "that"
    return f"The loaded tables do not say where {where} is, so no distance from it is known."


def _no_aspect(result: Result, context: Context) -> str:
    if result.detail == WHOLE and context.aspects:
        return f"The tables have no overall rating; they rate {listed(context.aspects)} separately."
    return f"The loaded tables have no rating for {result.detail or 'that'}."


def _several_scales(result: Result) -> str:
    """``These ratings are on 2 scales, which can’t be set against each other: Good to Poor; 5 to 0.``"""
    scales = result.detail.split("; ")
    return f"These ratings are on different scales, which can’t be set against each other: {listed(scales)}."


def held(query: Query, result: Result, context: Context) -> Telling:
    """When only some of the subjects have data, report those, without a yes/no verdict."""
    if result.sides:
        return tell_sides(query, result, context)
    facts = tuple({fact.id: fact for fact in (*result.facts, *result.exceptions)}.values())
    return Telling(*statements(facts, context))


def _names(result: Result) -> list[str]:
    """Return the subjects for which something is missing."""
    return (
        result.detail.split("; ")
        if result.detail and result.missing in ("row", "before", "history", "contradiction")
        else []
    )


def _contradiction(result: Result, whom: str, context: Context) -> Telling:
    names = set(_names(result))
    told, figures = statements([fact for fact in result.facts if not names or fact.subject in names], context)
    others, more = statements([fact for fact in result.facts if names and fact.subject not in names], context)
    lead = (
        f"The tables give {whom} different ratings with the same date, so it is not clear which one is right"
    )
    return Telling(
        " ".join(filter(None, [others, f"{lead}: {told}" if told else sentence(lead)])), (*more, *figures)
    )


def _no_history(query: Query, result: Result, whom: str) -> str:
    """Say that there is no earlier rating in the tables, which is not the same as "no" or "none"."""
    named = subjects_of(query.scope)
    one = len(_names(result)) == 1 or (named is not None and len(named.subjects) == 1)
    only = f"only one rating of {'it' if one else 'each'}"
    return (
        f"The tables have no earlier rating of {whom}. They have {only}, so there is nothing to compare with."
    )


def _whom(query: Query, context: Context) -> str:
    named = subjects_of(query.scope)
    return (
        listed(named.labels)
        if named and named.labels
        else scope_phrase(split_scope(query.scope).who, None, context)
    )


def _rating(query: Query) -> str:
    """``overall rating``, ``rating for Safe``, ``rating for Safe in “Surgery”``, ``rating for “Surgery”``."""
    asked = query.claim.condition if query.claim else query.measure
    aspects, service = _asked_of(asked)
    told = [aspect for aspect in aspects if aspect != WHOLE]
    if service != WHOLE:
        return f"rating for {listed(told)} in “{service}”" if told else f"rating for “{service}”"
    return f"rating for {listed(told)}" if told else "overall rating" if aspects else "rating"


def _asked_of(asked: Condition | Measure) -> tuple[tuple[str, ...], str]:
    """Return the aspects and the service whose ratings are asked for."""
    if isinstance(asked, Ratings):
        return asked.aspects, asked.service
    return ((asked.aspect,), asked.service) if isinstance(asked, Rated | Dates) else ((), WHOLE)


def _period(query: Query, result: Result) -> str:
    """``The tables have no rating published in 2030; theirs were published from … to …``."""
    dates = [datetime.date.fromisoformat(part) for part in result.detail.split(" to ") if part]
    asked = _asked(query.scope) or _asked(subject_of(query))
    if query.at:
        asked = f"up to {long_date(query.at)}"
    span = (
        f"from {long_date(dates[0])} to {long_date(dates[-1])}"
        if dates and dates[0] != dates[-1]
        else f"on {long_date(dates[0])}"
        if dates
        else ""
    )
    between = f"; theirs were published {span}" if span and not query.at else ""
    return f"The tables have no rating published {asked or 'then'}{between}."


def subject_of(query: Query) -> Condition:
    """Return the condition that a claim or a share is about; everything if the Query has neither."""
    if query.claim:
        return query.claim.condition
    return query.measure.of if isinstance(query.measure, Share) else EVERYTHING


def _asked(condition: Condition) -> str:
    dated = (one for one in simple_conditions(condition) if isinstance(one, Published))
    return next(filter(None, (period(one.since, one.until) for one in dated)), "")
