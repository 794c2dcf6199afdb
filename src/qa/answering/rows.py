"""Words rating facts: look-ups and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import up_to
from qa.answering.english import listed, number
from qa.answering.lists import counted, nobody
from qa.answering.ranked import tell_dates, tell_ranked
from qa.answering.remarks import joined
from qa.answering.subjects import FEW, by_subject, statements
from qa.answering.wording import scope_phrase, subjects_of
from qa.facts.result import Result
from qa.question.query import Condition, Dates, Happened, Moved, Query, Rated, Ratings, simple_conditions
from qa.records import RatingFact


def tell_rows(query: Query, result: Result, context: Context) -> Telling:
    """Word facts: for named subjects each with its date, otherwise how many there are, their split, and some
    names.
    """
    if isinstance(query.measure, Dates) and result.facts:
        return tell_dates(query, result, context)
    if query.ranks and query.order and result.facts:
        return tell_ranked(query, result, context)
    if _is_told_one_by_one(query, result):
        return _each(query, result, context)
    if query.ranks and query.order and query.order.key in ("rating", "date") and not result.total:
        nobody_rated = f"None: no {scope_phrase(query.scope, 1, context)} has a rating"
        return Telling(f"{nobody_rated}. {up_to(result, context)}")
    return _list(query, result, context)


def _is_told_one_by_one(query: Query, result: Result) -> bool:
    """True for named subjects, and for a few whose previous ratings are asked about."""
    if subjects_of(query.scope):
        return True
    if not result.facts or result.history is not None:  # the current rating says nothing about it
        return False
    return len(by_subject(result.facts)) <= FEW and _of_history(query)


def _each(query: Query, result: Result, context: Context) -> Telling:
    if not result.facts:
        return Telling(f"{nobody(query.scope, context)}. {up_to(result, context)}")
    told, figures = statements(result.facts, context)
    named = subjects_of(query.scope)
    if named is None:
        figures = (
            count_figure(scope_phrase(query.scope, None, context), len(by_subject(result.facts))),
            *figures,
        )
    return Telling(told, figures)


def _of_history(query: Query) -> bool:
    """True if the question is about ratings before the present ones."""
    return (isinstance(query.measure, Ratings) and query.measure.before) or _speaks_of_change(query.scope)


def _speaks_of_change(condition: Condition) -> bool:
    return any(
        isinstance(one, Moved | Happened) or (isinstance(one, Rated) and one.when != "now")
        for one in simple_conditions(condition)
    )


def _with_before(told: Telling, facts: Sequence[RatingFact], context: Context) -> Telling:
    """Add to ``told`` what the subjects were rated before: the one rating that all had, or how many had
    each."""
    counts = Counter(fact.previous_rating for fact in facts if fact.previous_rating)
    if len(counts) == 1 and counts.total() == len(facts):
        return replace(told, text=joined(told.text, f"They were all rated {next(iter(counts))} before."))
    ratings = sorted(counts, key=lambda one: _rank(one, context))
    figures = tuple(count_figure(f"{rating} before", counts[rating]) for rating in ratings)
    split = listed([f"{number(counts[rating])} {rating}" for rating in ratings])
    before = f"Before they were rated: {split}." if split else ""
    return Telling(joined(told.text, before), (*told.figures, *figures))


def _rank(rating: str, context: Context) -> int:
    rank = context.scale.rank(rating)
    return len(context.scale.ratings) if rank is None else rank


def _list(query: Query, result: Result, context: Context) -> Telling:
    if len(result.facts) == result.total:
        told = counted(query.scope, len(by_subject(result.facts)), result, context)
        asked = isinstance(query.measure, Ratings) and query.measure.before
        return _with_before(told, result.facts, context) if asked else told
    if (
        isinstance(query.measure, Ratings) and len(query.measure.aspects) != 1
    ):  # their total does not count subjects
        scope = scope_phrase(query.scope, None, context)
        text = f"{number(result.total)} ratings of {scope}. {up_to(result, context)}"
        return Telling(text, (count_figure(f"ratings of {scope}", result.total),))
    return counted(query.scope, result.total, result, context, query.most)
