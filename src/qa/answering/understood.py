"""A Reading in the form that clients receive: intent, conditions, the Query as JSON, and how each word was
used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, TypeAlias

from qa.answering.context import Context
from qa.answering.english import listed_or, period
from qa.answering.phrases import bounds
from qa.answering.wording import condition_phrase
from qa.question.as_json import to_json
from qa.question.chunks import unique
from qa.question.query import (
    WHOLE,
    Condition,
    Count,
    Dates,
    Events,
    Happened,
    Is,
    Measured,
    Moved,
    Named,
    Not,
    Or,
    Postcode,
    Published,
    Query,
    Rated,
    Ratings,
    Share,
    Times,
    Total,
    Values,
    asks_place,
    parts_of,
)
from qa.question.reading import Care, Reading
from qa.records import FieldValue, Understood
from qa.retrieval import Retrieved

Intent: TypeAlias = (
    Literal[
        "lookup",
        "attribute",
        "when",
        "check",
        "list",
        "count",
        "share",
        "compare",
        "rank",
        "passage",
        "small_talk",
    ]
    | Care
)
_KINDS = ("care_home", "kind", "type")


def understood(reading: Reading, retrieved: Retrieved | None, context: Context) -> Understood:
    """Return how a question was read; ``retrieved`` is what was found in the passages, if they were asked."""
    asked = [query for query in reading.queries if query.prose is None]
    read = [reading, *(one.reading for one in reading.refused)]
    prose = retrieved if retrieved and len(asked) < len(reading.queries) else Retrieved((), 0.0, False)
    return Understood(
        intent=intent_of(reading),
        standalone=reading.standalone,
        subjects=tuple(dict.fromkeys(chain.from_iterable(map(_names, asked)))),
        filters=unique(chain.from_iterable(filters_of(query, context) for query in asked)),
        corrections=tuple(dict.fromkeys((*reading.corrections, *prose.corrections))),
        expanded=prose.expanded,
        unknown=unique(name.typed for one in read for name in one.unknown),
        reading=to_json(asked[0]) if asked else None,
        left_out=unique(chain.from_iterable(one.left_out for one in read)),
        words=reading.words,
    )


def intent_of(reading: Reading) -> Intent:
    """Return the kind of question in one word, for ``understood.intent``."""
    if reading.care or reading.spoken:
        return reading.care or "small_talk"
    return query_intent(reading.queries[0]) if reading.queries else "passage"


_MEASURED: Mapping[type, Intent] = {
    Count: "count",
    Total: "count",
    Share: "share",
    Dates: "when",
    Events: "when",
    Times: "count",
    Values: "attribute",
}


def query_intent(query: Query) -> Intent:
    """Return the kind of question that a Query is."""
    if query.prose is not None:
        return "passage"
    if query.claim:
        return "rank" if asks_place(query) else "check"
    if query.against:
        return "compare"
    if query.ranks:
        return "rank"
    if isinstance(query.measure, Ratings) and not query.by:
        return "lookup" if any(isinstance(part, Named) for part in parts_of(query.scope)) else "list"
    return _MEASURED.get(type(query.measure), "count")


def _names(query: Query) -> Iterator[str]:
    for scope in (query.scope, *query.against):
        for part in parts_of(scope):
            if isinstance(part, Named):
                yield from part.labels


# Conditions as pairs of a field and a value -----------------------------------------------------------------


def filters_of(query: Query, context: Context) -> Iterator[FieldValue]:
    """Yield the filters of a Query as pairs of a field and a value."""
    conditions = [part for scope in (query.scope, *query.against) for part in parts_of(scope)]
    if query.claim:
        conditions += parts_of(query.claim.condition)
    if isinstance(query.measure, Share):
        conditions += parts_of(query.measure.of)
    for condition in conditions:
        yield from _pairs(condition, context)
    if isinstance(query.measure, Ratings | Dates):
        yield from _measured(query.measure)


def _measured(measure: Ratings | Dates) -> Iterator[FieldValue]:
    aspects = measure.aspects if isinstance(measure, Ratings) else (measure.aspect,)
    yield from (FieldValue("aspect", aspect) for aspect in aspects if aspect != WHOLE)
    if measure.service != WHOLE:
        yield FieldValue("service", measure.service)


def _pairs(condition: Condition, context: Context) -> Sequence[FieldValue]:
    match condition:
        case Named():
            return ()
        case Is():
            return _is(condition, context)
        case Rated():
            return _rated(condition)
        case Not(Is(field, values)) if context.field(field).place:
            return tuple(FieldValue("outside", value) for value in values)
        case Or(parts) if all(isinstance(part, Is) for part in parts):
            return tuple(pair for part in parts for pair in _pairs(part, context))
    return _other_pairs(condition, context)


def _other_pairs(condition: Condition, context: Context) -> Sequence[FieldValue]:
    match condition:
        case Published(since, until):
            return (FieldValue("published", period(since, until)),)
        case Postcode(areas):
            return tuple(FieldValue("postcode", area) for area in areas)
        case Measured(field, low, high):
            return (FieldValue(field, bounds(low, high)),)
        case Moved() | Happened():
            return (FieldValue("change", condition_phrase(condition, context)),)
    return (FieldValue("condition", condition_phrase(condition, context)),)


def _is(condition: Is, context: Context) -> Sequence[FieldValue]:
    if condition.field in _KINDS and (label := context.label(condition.field, condition.values)):
        return (FieldValue("kind", label),)
    return tuple(FieldValue(condition.field, value) for value in condition.values)


def _rated(condition: Rated) -> Sequence[FieldValue]:
    field = "previous_rating" if condition.when == "before" else "rating"
    aspect = (FieldValue("aspect", condition.aspect),) if condition.aspect != WHOLE else ()
    service = (FieldValue("service", condition.service),) if condition.service != WHOLE else ()
    return (*aspect, *service, FieldValue(field, listed_or(condition.ratings)))
