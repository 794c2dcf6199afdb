"""Words comparisons of two or more scopes or subjects: which is higher, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answering.aspect_by_aspect import aspect_by_aspect
from qa.answering.context import Context, Telling, int_if_whole, part_figures, part_said, unit_of
from qa.answering.dating import up_to
from qa.answering.english import listed, number, sentence
from qa.answering.side_labels import shared_scope, side_labels
from qa.answering.subjects import by_subject, statement
from qa.answering.wording import condition_phrase, scope_phrase
from qa.facts.result import Result, Side
from qa.question.query import Count, Query, Ratings, Share, Total
from qa.records import Figure, RatingFact
from qa.scale import on_one_scale

_MOST_DIGITS = 4  # decimals of a percentage


def tell_sides(query: Query, result: Result, context: Context) -> Telling:
    """Word the sides of a Result: figures beside each other, or subjects by their ratings."""
    if isinstance(query.measure, Count | Share | Total):
        return _figures(query, result, context)
    return _subjects(query, result, context)


# Figures ----------------------------------------------------------------------------------------------------


def _figures(query: Query, result: Result, context: Context) -> Telling:
    labels, of = side_labels((query.scope, *query.against), context), _measured(query, context)
    sides, dated = list(zip(labels, result.sides, strict=True)), up_to(result, context)
    held = _in_order(query, sides)
    told = [(label, value) for label, value, _ in held]
    digits = _digits([value for _, value in told])
    figures = tuple(_figure(query, label, value, digits) for label, value in told)
    if len(held) == len(sides) == 2 and query.relation in ("difference", "ratio"):
        return _by_how_much(query, result, sides, of, figures, dated)
    each = [_side_said(query, label, side, value, digits) for label, value, side in held]
    if isinstance(query.measure, Share):
        for label, _, side in held:
            figures += tuple(part_figures(label, side.matching, side.whole))
    if len(held) < len(sides):
        return Telling(f"{_unknown_sides(sides, of, each)} {dated}", figures)
    return Telling(f"{_verdict(result)}{_lead(query, told, of)}: {listed(each, len(each))}. {dated}", figures)


def _in_order(query: Query, sides: Sequence[tuple[str, Side]]) -> list[tuple[str, float, Side]]:
    """Return the sides with a figure, highest first, or lowest first if the question asks for that."""
    held = [(label, side.figure, side) for label, side in sides if side.figure is not None]
    held.sort(key=lambda one: one[1], reverse=not _ascending(query))
    return held


def _unknown_sides(sides: Sequence[tuple[str, Side]], of: str, each: Sequence[str]) -> str:
    """``There is nothing to compare with for Kent, of hospices. Devon 3.``"""
    unknown = listed([label for label, side in sides if side.figure is None])
    besides = f" {listed(each)}." if each else ""
    return f"There is nothing to compare with for {unknown}, of {of}.{besides}"


def _side_said(query: Query, label: str, side: Side, value: float, digits: int) -> str:
    """``Kent 12``, ``Devon 25% (3 of 12)``."""
    colon = ":" if label[-1:].isdigit() else ""
    part = part_said(side.matching, side.whole) if isinstance(query.measure, Share) else ""
    return f"{label}{colon} {_said(query, value, digits)}{f' ({part})' if part else ''}"


def _by_how_much(
    query: Query,
    result: Result,
    sides: Sequence[tuple[str, Side]],
    of: str,
    figures: tuple[Figure, ...],
    dated: str,
) -> Telling:
    known = [(label, side.figure) for label, side in sides if side.figure is not None]
    if query.relation == "ratio":
        return _ratio(query, result, known, of, dated)
    return _difference(query, known, of, figures, dated)


def _ascending(query: Query) -> bool:
    """True if the question asks for the lowest."""
    return query.order is not None and not query.order.descending


def _measured(query: Query, context: Context) -> str:
    """Return what is counted on all sides: ``care homes rated Requires improvement``."""
    shared = scope_phrase(shared_scope((query.scope, *query.against)), None, context)
    if isinstance(query.measure, Share):
        return f"{shared} {condition_phrase(query.measure.of, context)}"
    if isinstance(query.measure, Total):
        return f"{shared}, {query.measure.function} of {context.field(query.measure.field).label}"
    return shared


def _figure(query: Query, label: str, value: float, digits: int = 1) -> Figure:
    return Figure(label, int_if_whole(round(value, digits)), unit_of(query))


def _digits(values: Sequence[float]) -> int:
    """Return the number of decimals that shows different values as different: 2.57% and 2.61% are not the
    same.
    """
    return next(
        (
            one
            for one in range(1, _MOST_DIGITS)
            if len({round(value, one) for value in values}) == len(set(values))
        ),
        _MOST_DIGITS,
    )


def _said(query: Query, value: float, digits: int = 1) -> str:
    return f"{int_if_whole(round(value, digits)):g}%" if isinstance(query.measure, Share) else number(value)


def _lead(query: Query, told: Sequence[tuple[str, float]], of: str) -> str:
    low = query.relation == "worse" or _ascending(query)
    target = (min if low else max)(value for _, value in told)
    winners = [label for label, value in told if value == target]
    if len(winners) == len(told):
        return f"They are the same, with {_said(query, target)} each, of {of}"
    ends = ("higher", "lower") if len(told) == 2 else ("highest", "lowest")
    what = "share" if isinstance(query.measure, Share) else "number"
    lead = listed(winners)
    lead = f"The {lead.removeprefix('the ')}" if lead.startswith("the ") else lead
    one = len(winners) == 1 and not _is_many(lead)
    return f"{lead[:1].upper()}{lead[1:]} {'has' if one else 'have'} the {ends[low]} {what} of {of}"


def _is_many(lead: str) -> bool:
    """True for the name of a kind in the plural: "care homes", "GP practices", but not "St Albans"."""
    noun = lead.partition(" rated ")[0]
    kind = lead[:1].islower() or noun.rpartition(" ")[2].islower()
    return kind and (noun.endswith("s") or lead.startswith("those "))


def _verdict(result: Result) -> str:
    return "" if result.verdict is None else "Yes. " if result.verdict else "No. "


def _difference(
    query: Query, told: Sequence[tuple[str, float]], of: str, figures: tuple[Figure, ...], dated: str
) -> Telling:
    """``3 more: Good 5 against Requires improvement 2, of care homes``."""
    (more, high), (less, low) = sorted(told, key=lambda one: -one[1])
    digits = _digits([high, low])
    gap = round(high - low, digits)
    figures = (Figure("difference", int_if_whole(gap), unit_of(query)), *figures)
    if high == low:
        return Telling(
            f"No difference: {more} and {less} have {_said(query, high)} each, of {of}. {dated}", figures
        )
    points = f"{gap:g} percentage points" if isinstance(query.measure, Share) else number(gap)
    sides = f"{more} {_said(query, high, digits)} against {less} {_said(query, low, digits)}"
    text = f"{points} more: {sides}, of {of}. {dated}"
    return Telling(text, figures)


def _ratio(query: Query, result: Result, told: Sequence[tuple[str, float]], of: str, dated: str) -> Telling:
    """``2.5 times as many: Good 5 against Requires improvement 2``, in the order asked."""
    against = " against ".join(f"{label} {_said(query, value)}" for label, value in told)
    figures = tuple(_figure(query, label, value) for label, value in told)
    if result.figure is None:
        return Telling(f"There is no ratio to give: {against}, of {of}. {dated}", figures)
    ratio = round(result.figure, 1 if result.figure >= 1 else 2)
    text = f"{ratio:g} times as many: {against}, of {of}. {dated}"
    return Telling(text, (Figure("ratio", int_if_whole(ratio), "count"), *figures))


# Subjects ---------------------------------------------------------------------------------------------------


def _subjects(query: Query, result: Result, context: Context) -> Telling:
    held = by_subject(_facts_once(result.sides))
    each = [sentence(statement(one, context)) for one in held]
    if not held and not result.missing:
        scopes = [scope_phrase(scope, None, context) for scope in (query.scope, *query.against)]
        return Telling(f"There is nothing to compare: the tables have no rating of {listed(scopes)}.")
    if result.missing:
        return Telling(" ".join(each))
    if len(held) == 1 < len(result.sides):
        return Telling(f"{_verdict(result)}It is the same one. {each[0]}")
    if len(held) < sum(map(len, held)) or any(map(_differ, result.sides)):
        lead = _verdict(result) or aspect_by_aspect(query, result, context)
        return Telling(f"{lead}{' '.join(each)}")
    return Telling(f"{_verdict(result)}{_compared(query, [one[0] for one in held], each, context)}")


def _facts_once(sides: Sequence[Side]) -> tuple[RatingFact, ...]:
    """Return the facts of all sides; one that is named on two sides is shown once."""
    return tuple({fact.id: fact for side in sides for fact in side.facts}.values())


def _differ(side: Side) -> bool:
    """True for several registrations of one place with different ratings."""
    return len({_folded(fact.rating) for fact in side.facts}) > 1


def _compared(query: Query, facts: Sequence[RatingFact], each: Sequence[str], context: Context) -> str:
    """Say which subject is rated higher, then the statements of ``each``, the winners first."""
    before = isinstance(query.measure, Ratings) and query.measure.before
    ratings = [fact.previous_rating if before else fact.rating for fact in facts]
    if len(set(map(_folded, ratings))) == 1:
        return f"They {_same(facts, ratings[0], before)}. {' '.join(each)}"
    low = query.relation == "worse" or _ascending(query)
    winners = _winners(facts, ratings, low, context)
    lead = _higher([facts[place].subject for place in winners], low, before) if winners else ""
    ordered = [*winners, *(place for place in range(len(facts)) if place not in winners)]
    return f"{lead}{' '.join(each[place] for place in ordered)}"


def _same(facts: Sequence[RatingFact], rating: str | None, before: bool) -> str:
    every = "both" if len(facts) == 2 else "all"
    if before:
        return f"were the same: {every} were rated {rating} before"
    moved = " and made the same change" if _changed_alike(facts) else ""
    return f"are the same: {every} are rated {rating}{moved}"


def _winners(
    facts: Sequence[RatingFact], ratings: Sequence[str | None], low: bool, context: Context
) -> list[int]:
    """Return the places with the highest rating, or the lowest; none if fewer than two are on one scale."""
    ranks = {
        place: context.place(fact, rating)
        for place, (fact, rating) in enumerate(zip(facts, ratings, strict=True))
    }
    known = {place: rank for place, rank in ranks.items() if rank is not None}
    if len(known) < 2 or not on_one_scale(known.values()):
        return []
    target = (max if low else min)(known.values())
    return [place for place, rank in known.items() if rank == target]


def _higher(names: Sequence[str], low: bool, before: bool) -> str:
    verb = ("was", "were") if before else ("is", "are")
    end = f"{'lower' if low else 'higher'}{' before' if before else ''}"
    return f"{listed(names)} {verb[len(names) > 1]} rated {end}. "


def _folded(rating: str | None) -> str:
    return (rating or "").casefold()


def _changed_alike(facts: Sequence[RatingFact]) -> bool:
    before = {_folded(fact.previous_rating) for fact in facts}
    return len(before) == 1 and before not in ({""}, {_folded(facts[0].rating)})
