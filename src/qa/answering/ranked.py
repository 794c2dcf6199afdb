"""Subjects by the dates of their ratings, by their ratings and by a column: the oldest, the best, the
largest."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.english import day, is_plural, listed, number, ordinal, published
from qa.answering.lists import counted, unique
from qa.answering.subjects import FEW, SOME, by_subject, name
from qa.answering.wording import scope_phrase, subjects_of
from qa.facts.result import Result
from qa.question.query import WHOLE, Query, Ratings
from qa.records import RatingFact

_ENDS = {
    ("date", False): "oldest",
    ("date", True): "newest",
    ("rating", True): "highest",
    ("rating", False): "lowest",
}


def tell_dates(query: Query, result: Result, context: Context) -> Telling:
    """Tell when ratings were published: of few each, of many from when to when."""
    subjects = by_subject(result.facts)
    if len(subjects) == result.total <= (SOME if subjects_of(query.scope) else FEW):
        told = " ".join(_date(one[0]) for one in subjects)
        return Telling(f"{told} The tables hold publication dates, not inspection dates.")
    listing = counted(query.scope, result.total, result, context)
    if result.oldest is None or result.newest is None or result.oldest == result.newest:
        return listing
    return Telling(
        f"{listing.text} Theirs are from {day(result.oldest)} to {day(result.newest)}.", listing.figures
    )


def _date(fact: RatingFact) -> str:
    what = f" for {fact.aspect}" if fact.aspect != WHOLE else ""
    rating = f", {fact.rating}," if fact.rating else ""
    if fact.published is None:
        return f"The date of the rating{what} of {name(fact)}{rating} was not published."
    before = f"; before it was {fact.previous_rating}" if fact.previous_rating else ""
    return f"The rating{what} of {name(fact)}{rating} was published on {day(fact.published)}{before}."


def tell_ranked(query: Query, result: Result, context: Context) -> Telling:
    """Tell who comes first in the Query's order, or at the place of it that is asked for."""
    assert query.order
    assert query.ranks
    first, last = query.ranks
    subjects = [one[0] for one in by_subject(result.facts)]
    label = scope_phrase(query.scope, None, context)
    figures = (count_figure(label, max(result.total, len(subjects))),)
    place = f"{ordinal(first)} " if first == last > 1 else ""
    then = isinstance(query.measure, Ratings) and query.measure.before and query.order.key == "rating"
    told = [_ranked_before(one) if then else _ranked_one(one, query.order.key) for one in subjects[:SOME]]
    has, have, when = ("had", "had", " before") if then else ("has", "have", "")
    end = _ENDS.get((query.order.key, query.order.descending))
    if end is None:
        return Telling(f"{_by_column(query, told, len(subjects), place, context)}.", figures)
    if first != last:
        return Telling(
            f"The {number(len(subjects))} {label} with the {end} ratings{when}: {listed(told)}.", figures
        )
    if len(subjects) == 1:
        return Telling(f"{listed(told)} {has} the {place}{end} rating of {label}{when}.")
    lead = f"{number(int(figures[0].value))} {label} {have} the {place}{end} rating{when}"
    return Telling(f"{lead}{_shared(subjects, up_to(result, context), then)}", figures)


def _shared(subjects: Sequence[RatingFact], dated: str, then: bool) -> str:
    """The rating that all share, now or ``then``, who they are, and when."""
    date = one_date(subjects)
    ratings = {fact.previous_rating if then else fact.rating for fact in subjects}
    rating = f", {ratings.pop()}" if len(ratings) == 1 else ""
    when = f" (published {day(date)})." if date else f". {dated}"
    names = unique([fact.subject for fact in subjects])
    if len(names) > SOME:
        return f"{rating}{when} Among them are {listed(names[:FEW])}."
    return f"{rating}: {listed(names)}{when}"


def _by_column(query: Query, told: Sequence[str], count: int, place: str, context: Context) -> str:
    """``Oak House (40, as published …) has the most beds of care homes``; by what is no number, in its
    order."""
    assert query.order
    field, label = context.field(query.order.key), scope_phrase(query.scope, None, context)
    if field.type != "number":
        return f"{label[:1].upper()}{label[1:]} in the order of the {field.label}: {listed(told, SOME)}"
    ends = ("most", "fewest") if is_plural(field.label) else ("highest", "lowest")
    most = ends[not query.order.descending]
    return (
        f"{listed(told, SOME)} {'has' if count == 1 else 'have'} the {place}{most} {field.label} of {label}"
    )


def _ranked_before(fact: RatingFact) -> str:
    return f"{name(fact)} ({fact.previous_rating}; now {fact.rating or 'not rated'}, {published(fact)})"


def _ranked_one(fact: RatingFact, key: str) -> str:
    value = fact.attributes.get(key)
    told = f"{value}, as" if value else f"{fact.rating or 'not rated'},"
    return f"{name(fact)} ({told} {published(fact)})"
