"""Words rankings of single subjects by rating date, rating or a number column: the oldest, the best, the
largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.distances import away, nearest
from qa.answering.english import is_plural, listed, number, ordinal, published
from qa.answering.lists import counted, each_dated, unique
from qa.answering.most_changed import tell_most_changed
from qa.answering.rating_phrases import for_what
from qa.answering.subjects import FEW, SOME, by_subject, name
from qa.answering.wording import scope_phrase, subjects_of
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import WHOLE, Query, Ratings, near_parts
from qa.records import RatingFact

_ENDS = {
    ("date", False): "oldest",
    ("date", True): "newest",
    ("rating", True): "highest",
    ("rating", False): "lowest",
}


def tell_dates(query: Query, result: Result, context: Context) -> Telling:
    """State when ratings were published: each date if there are few, one that they share once, otherwise from
    when to when.
    """
    subjects = by_subject(result.facts)
    if len(subjects) == result.total <= (SOME if subjects_of(query.scope) else FEW):
        told = " ".join(_date(one[0]) for one in subjects)
        return Telling(f"{told} The tables give publication dates, not inspection dates.")
    listing = counted(query.scope, result.total, result, context)
    if len(subjects) == result.total and (date := one_date(result.facts)):
        said = f"{listing.text} Their ratings were all published on {long_date(date)}."
        return Telling(said, listing.figures)
    if len(subjects) == result.total <= SOME:
        return each_dated(query.scope, result, context)
    if result.oldest is None or result.newest is None or result.oldest == result.newest:
        return listing
    return Telling(
        f"{listing.text} Theirs are from {long_date(result.oldest)} to {long_date(result.newest)}.",
        listing.figures,
    )


def _date(fact: RatingFact) -> str:
    what = for_what(fact.aspect, fact.service or WHOLE)
    rating = f", {fact.rating}," if fact.rating else ""
    if fact.published is None:
        return f"The date of the rating{what} of {name(fact)}{rating} was not published."
    before = f"; before it was {fact.previous_rating}" if fact.previous_rating else ""
    return f"The rating{what} of {name(fact)}{rating} was published on {long_date(fact.published)}{before}."


def tell_ranked(query: Query, result: Result, context: Context) -> Telling:
    """Name the subjects that come first in the Query's order, or at the requested place in it."""
    assert query.order
    assert query.ranks
    if query.order.key == "distance" and near_parts(query.scope):
        return _nearest(query, result, context)
    if query.order.key == "steps":
        return tell_most_changed(query, result, context)
    subjects = [one[0] for one in by_subject(result.facts)]
    label = scope_phrase(query.scope, None, context)
    figures = (count_figure(label, max(result.total, len(subjects))),)
    told = [_ranked_one(one, query) for one in subjects[: SOME + 1]]
    end = _ENDS.get((query.order.key, query.order.descending))
    if end is None:
        return Telling(f"{_by_column(query, told, len(subjects), context)}.", figures)
    first, last = query.ranks
    had, _, when = _tense(query)
    if first != last:
        lead = f"The {number(len(subjects))} {label} with the {end} ratings{_of_what(query)}{when}"
        return Telling(f"{lead}: {listed(told, SOME)}.", figures)
    best = f"the {_place(query)}{end} rating{_of_what(query)}"
    if len(subjects) == 1:
        return Telling(f"{listed(told)} {had} {best} of {label}{when}.")
    return Telling(_at_one_place(query, result, subjects, best, context), figures)


def _is_of_before(query: Query) -> bool:
    """True if subjects are ordered by their previous ratings."""
    by_rating = query.order is not None and query.order.key == "rating"
    return by_rating and isinstance(query.measure, Ratings) and query.measure.before


def _tense(query: Query) -> tuple[str, str, str]:
    """Return "has" or "have", and what follows the rating, in the tense of the ratings that are ordered."""
    return ("had", "had", " before") if _is_of_before(query) else ("has", "have", "")


def _place(query: Query) -> str:
    """Return the rank asked for, followed by a space: ``second ``; empty for the first."""
    assert query.ranks
    first, last = query.ranks
    return f"{ordinal(first)} " if first == last > 1 else ""


def _at_one_place(
    query: Query, result: Result, subjects: Sequence[RatingFact], best: str, context: Context
) -> str:
    """``5 care homes have the highest rating, Good: …``: several subjects that share a place."""
    label = scope_phrase(query.scope, None, context)
    _, have, when = _tense(query)
    shared = _shared(subjects, up_to(result, context), _is_of_before(query))
    names = unique([fact.subject for fact in subjects])
    if subjects_of(query.scope) and len(names) <= SOME:
        return f"{listed(names, SOME)} {have} {best} of {label}{when}{shared.rating}{shared.when}"
    return f"{number(max(result.total, len(subjects)))} {label} {have} {best}{when}{shared}"


def _nearest(query: Query, result: Result, context: Context) -> Telling:
    """``The care home in Wem rated Good nearest to Prees is Oak House (1.2 miles, Good, published …)``."""
    subjects, far = by_subject(result.facts), away(query, result)
    one, label = len(subjects) == 1, nearest(query, len(subjects), context)
    told = [
        f"{facts[0].subject} ({far.get(facts[0].id, 'distance not known')}, "
        f"{', '.join(map(_rated, facts))}, {published(facts[0])})"
        for facts in subjects[: SOME + 1]
    ]
    count = "" if one else f"{number(len(subjects))} "
    lead = f"The {count}{label} {'is' if one else 'are'}"
    figures = () if one else (count_figure(label, len(subjects)),)
    return Telling(f"{lead} {listed(told, SOME)}.", figures)


def _rated(fact: RatingFact) -> str:
    """``Good``, ``Good for Safe``."""
    return f"{fact.rating or 'not rated'}{'' if fact.aspect == WHOLE else f' for {fact.aspect}'}"


def _of_what(query: Query) -> str:
    """The key questions and the service whose ratings are ordered: `` for Safe``; empty for overall
    ratings."""
    measure = query.measure
    if (
        not isinstance(measure, Ratings)
        or not measure.aspects
        or query.order is None
        or query.order.key == "name"
    ):
        return ""
    return for_what(measure.aspects[0], measure.service)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the subjects at one place have in common: ``, Good``, their names, and `` (published …).``."""

    rating: str
    names: str
    when: str

    def __str__(self) -> str:
        return (
            f"{self.rating}{self.when} {self.names}"
            if self.names.endswith(".")
            else f"{self.rating}{self.names}{self.when}"
        )


def _shared(subjects: Sequence[RatingFact], dated: str, then: bool) -> _Shared:
    """Return the rating that all share, now or ``then``, their names, and the date."""
    date = one_date(subjects)
    ratings = {fact.previous_rating if then else fact.rating for fact in subjects}
    rating = f", {ratings.pop()}" if len(ratings) == 1 else ""
    when = f" (published {long_date(date)})." if date else f". {dated}"
    names = unique([fact.subject for fact in subjects])
    if len(names) > SOME:
        return _Shared(rating, f"Among them are {listed(names[:FEW])}.", when)
    return _Shared(rating, f": {listed(names)}", when)


def _by_column(query: Query, told: Sequence[str], count: int, context: Context) -> str:
    """``Oak House (40, as published …) has the most beds of care homes``; values that are not numbers come in
    their own order.
    """
    assert query.order
    field, label = context.field(query.order.key), scope_phrase(query.scope, None, context)
    if field.type != "number":
        return f"{label[:1].upper()}{label[1:]} in the order of the {field.label}: {listed(told, SOME)}"
    ends = ("most", "fewest") if is_plural(field.label) else ("highest", "lowest")
    most = ends[not query.order.descending]
    have = "has" if count == 1 else "have"
    return f"{listed(told, SOME)} {have} the {_place(query)}{most} {field.label} of {label}"


def _ranked_one(fact: RatingFact, query: Query) -> str:
    """``Oak House (Good, published 2 March 2020)``: a subject with the value or earlier rating that it is
    ordered by."""
    if _is_of_before(query):
        return f"{name(fact)} ({fact.previous_rating}; now {fact.rating or 'not rated'}, {published(fact)})"
    value = fact.attributes.get(query.order.key) if query.order is not None else None
    told = f"{value}, as" if value else f"{fact.rating or 'not rated'},"
    return f"{name(fact)} ({told} {published(fact)})"
