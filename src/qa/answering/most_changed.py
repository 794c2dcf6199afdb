"""Words which subjects improved or fell the most: by how many grades, from which rating to which."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.english import listed, number, ordinal, published
from qa.answering.rating_phrases import for_what
from qa.answering.subjects import FEW, SOME, by_subject, name
from qa.answering.wording import scope_phrase
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import Moved, Order, Query, conjunction, parts_of
from qa.records import Figure, RatingFact


def tell_most_changed(query: Query, result: Result, context: Context) -> Telling:
    """``2 care homes improved the most, by 2 grades each: Oak House (from Inadequate to Good) …``."""
    assert query.order
    assert query.ranks
    moved = next((part for part in parts_of(query.scope) if isinstance(part, Moved)), None)
    others = conjunction(*(part for part in parts_of(query.scope) if not isinstance(part, Moved)))
    did = _did(query.order, query.ranks, moved)
    subjects = [one[0] for one in by_subject(result.facts)]
    total = max(result.total, len(subjects))
    label = scope_phrase(others, None, context)
    if query.ranks[0] != query.ranks[1]:
        whom = scope_phrase(others, total, context)
        return Telling(
            _in_order(subjects, total, f"{whom} that {did}", context), (count_figure(label, total),)
        )
    by = _grades(subjects[0], context)
    if total == 1:
        text = f"{_told(subjects[0])} {did} of {label}: by {by}."
        return Telling(text, (_figure(subjects[0], context),))
    lead = f"{number(total)} {label} {did}, by {by} each"
    figures = (count_figure(label, total), _figure(subjects[0], context))
    if total > SOME:
        names = listed([one.subject for one in subjects[:FEW]])
        return Telling(f"{lead}. Among them are {names}. {up_to(result, context)}", figures)
    return Telling(f"{lead}: {_each(subjects)}.", figures)


def _did(order: Order, ranks: tuple[int, int], moved: Moved | None) -> str:
    """``improved the second most for Safe``."""
    first, last = ranks
    rose = order.descending if moved is None else moved.signs == (1,)
    place = f"{ordinal(first)} " if first == last > 1 else ""
    end = "most" if rose == order.descending else "least"
    of_what = for_what(moved.aspect, moved.service) if moved is not None else ""
    return f"{'improved' if rose else 'fell'} the {place}{end}{of_what}"


def _in_order(subjects: Sequence[RatingFact], total: int, whom: str, context: Context) -> str:
    """``The 3 care homes that improved the most are Oak House (2 grades, from …), …``."""
    told = [_told(one, f"{_grades(one, context)}, ") for one in subjects[:SOME]]
    more = [f"{number(total - len(told))} more"] if total > len(told) else []
    who = "is" if total == 1 else "are"
    return f"The {number(total)} {whom} {who} {listed([*told, *more], SOME + 1)}."


def _each(subjects: Sequence[RatingFact]) -> str:
    """Return the subjects with their ratings; a date that all share is given once."""
    date = one_date(subjects)
    when = "" if date is None else f" (published {long_date(date)})"
    return f"{listed([_told(one, dated=date is None) for one in subjects], SOME)}{when}"


def _told(fact: RatingFact, by: str = "", *, dated: bool = True) -> str:
    when = f", {published(fact)}" if dated else ""
    return f"{name(fact)} ({by}from {fact.previous_rating} to {fact.rating}{when})"


def _grades(fact: RatingFact, context: Context) -> str:
    steps = _steps(fact, context)
    return f"{number(steps)} grade{'' if steps == 1 else 's'}"


def _steps(fact: RatingFact, context: Context) -> int:
    now, before = (context.scale.rank(rating or "") for rating in (fact.rating, fact.previous_rating))
    return abs((before or 0) - (now or 0))


def _figure(fact: RatingFact, context: Context) -> Figure:
    return count_figure("grades", _steps(fact, context))
