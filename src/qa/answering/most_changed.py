"""Words which subjects improved or fell the most: by how many grades, from which rating to which."""

from __future__ import annotations

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.english import listed, number, ordinal, published
from qa.answering.rating_phrases import for_what
from qa.answering.subjects import FEW, SOME, by_subject, name
from qa.answering.wording import scope_phrase
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import Moved, Query, conjunction, parts_of
from qa.records import Figure, RatingFact


def tell_most_changed(query: Query, result: Result, context: Context) -> Telling:
    """``2 care homes improved the most, by 2 grades each: Oak House (from Inadequate to Good) …``."""
    assert query.order
    assert query.ranks
    moved = [part for part in parts_of(query.scope) if isinstance(part, Moved)]
    others = conjunction(*(part for part in parts_of(query.scope) if part not in moved))
    subjects = [one[0] for one in by_subject(result.facts)]
    rose = query.order.descending if not moved else moved[0].signs == (1,)
    of_what = for_what(moved[0].aspect, moved[0].service) if moved else ""
    first, last = query.ranks
    place = f"{ordinal(first)} " if first == last > 1 else ""
    end = "most" if rose == query.order.descending else "least"
    did = f"{'improved' if rose else 'fell'} the {place}{end}{of_what}"
    total = max(result.total, len(subjects))
    label = scope_phrase(others, None, context)
    if first != last:
        told = [_told(one, f"{_grades(one, context)}, ") for one in subjects[:SOME]]
        who = "is" if total == 1 else "are"
        lead = f"The {number(total)} {scope_phrase(others, total, context)} that {did} {who}"
        more = [f"{number(total - len(told))} more"] if total > len(told) else []
        return Telling(f"{lead} {listed([*told, *more], SOME + 1)}.", (count_figure(label, total),))
    by = _grades(subjects[0], context)
    if total == 1:
        text = f"{_told(subjects[0])} {did} of {label}: by {by}."
        return Telling(text, (_figure(subjects[0], context),))
    lead = f"{number(total)} {label} {did}, by {by} each"
    figures = (count_figure(label, total), _figure(subjects[0], context))
    if total > SOME:
        names = listed([one.subject for one in subjects[:FEW]])
        return Telling(f"{lead}. Among them are {names}. {up_to(result, context)}", figures)
    date = one_date(subjects)
    told = [_told(one, dated=date is None) for one in subjects]
    when = "" if date is None else f" (published {long_date(date)})"
    return Telling(f"{lead}: {listed(told, SOME)}{when}.", figures)


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
