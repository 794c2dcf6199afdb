"""Chunks → Queries: what is measured, over which scope, how grouped and ordered. Each step takes the words
that it knows."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qa.question.asides import take_small
from qa.question.aspects_of_names import aspects_of_names
from qa.question.aspects_ranked import aspects_ranked
from qa.question.chunks import Chunks
from qa.question.claiming import claimed
from qa.question.claims_apart import claims_apart
from qa.question.columns_beside import columns_beside
from qa.question.compared_measure import with_ratings_beside
from qa.question.comparisons import compared, for_every, like_one
from qa.question.defaults import default_queries
from qa.question.field_of_each import field_of_each
from qa.question.foremost import foremost
from qa.question.group_claims_apart import group_claims_apart
from qa.question.grouping import from_both_ends, grouped, with_the_places
from qa.question.groups_against import groups_against
from qa.question.number_columns import bind_numbers
from qa.question.only_without import only_without
from qa.question.past import of_the_past
from qa.question.past_times import as_it_stands, days_of_several_years, in_windows
from qa.question.place_in_order import place_in_order
from qa.question.query import Query
from qa.question.ratings_apart import each_rating_apart
from qa.question.services import of_each_service
from qa.question.shape import Shape, asks
from qa.question.sharing import in_the_same
from qa.question.sorting import sort_by
from qa.question.steps import by_steps
from qa.question.vocabulary import Vocabulary


def queries_of(chunks: Chunks, vocabulary: Vocabulary, yes_no: bool) -> list[Query]:
    """Return the Queries for these chunks: one, or two if two kinds of place are side by side."""
    shape = Shape(chunks, vocabulary, yes_no)
    sort_by(shape)
    columns_beside(shape)
    field_of_each(shape)
    take_small(shape)
    bind_numbers(shape)
    like_one(shape)
    by_steps(shape)
    as_it_stands(shape)
    if days := days_of_several_years(shape):
        asked = default_queries(shape)[0]
        return [replace(asked, at=_held_until(day, shape)) for day in days]
    made = each_rating_apart(of_each_service(_made(shape), chunks, vocabulary), shape)
    if shape.at is not None:
        return [replace(query, at=_held_until(shape.at, shape)) for query in made]
    return [in_windows(query, shape) for query in made] if vocabulary.history else made


def _held_until(day: datetime.date, shape: Shape) -> datetime.date:
    """Return the last day of a time, or the newest date if the time has begun but not ended."""
    newest = shape.vocabulary.as_of
    begun = newest is not None and any(
        span.since is not None and span.since <= newest < day
        for chunk in shape.chunks
        if chunk.kind == "period"
        for span in chunk.value
    )
    return newest if begun and newest is not None else day


def _made(shape: Shape) -> list[Query]:
    if (claims := claims_apart(shape) or group_claims_apart(shape)) is not None:
        return claims
    for step in (
        of_the_past,
        aspects_ranked,
        aspects_of_names,
        for_every,
        in_the_same,
        place_in_order,
        only_without,
        foremost,
        groups_against,
        compared,
        grouped,
    ):
        if (made := step(shape)) is not None:
            if step is compared:
                return with_ratings_beside(shape, made)
            if step is grouped:
                ranked = from_both_ends(shape, made)
                return ranked if len(ranked) > 1 else with_the_places(shape, made)
            return [made]
    if shape.yes_no and not asks(shape, "which", "list"):
        return [claimed(shape)]
    made_of = default_queries(shape)
    return from_both_ends(shape, made_of[0]) if len(made_of) == 1 else made_of
