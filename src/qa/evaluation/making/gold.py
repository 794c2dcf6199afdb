"""(Query, Result) → the gold of a question: what a right answer contains, in the form of a question set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa.facts.result import Group, Result
from qa.question import query as q
from qa.question.query import WHOLE, Query
from qa.scale import Scale

Gold = Mapping[str, Any]

LONGEST_LIST = 20  # the most names in a gold
YES, NO = r"^yes\b", r"^no\b"


def gold(query: Query, result: Result, scale: Scale) -> Gold | None:
    """Return the gold; ``None`` if the tables lack what is asked, or if the answer is too long to be
    judged."""
    if result.missing:
        return None
    if query.claim is not None:
        return None if query.by else _claimed(query, query.claim, result)
    if query.by:
        return _grouped(query, result)
    if query.against:
        return _compared(query, result, scale)
    return _MEASURES[type(query.measure)](query, result)


def _claimed(query: Query, claim: q.Claim, result: Result) -> Gold | None:
    if isinstance(query.scope, q.Named) and _supposes_present(claim.condition):
        return None
    told = {"direct": [YES if result.verdict else NO]}
    is_part = result.matching and result.whole and result.matching < result.whole
    return {**told, "value": result.matching} if is_part and not isinstance(query.scope, q.Named) else told


def _supposes_present(condition: q.Condition) -> bool:
    """True for "is it safe", which is answered by the rating and its date, never by a bare yes."""
    aspects = (
        condition.aspect != WHOLE if isinstance(condition, q.Rated) else isinstance(condition, q.RatedFor)
    )
    return aspects and isinstance(condition, q.Rated | q.RatedFor) and len(condition.ratings) > 1


# Groups -----------------------------------------------------------------------------------------------------


def _grouped(query: Query, result: Result) -> Gold | None:
    if query.across:
        return None if result.figure is None else _value(result.figure)
    if not result.groups:
        return {"value": 0} if query.having else None
    return _groups_told(query, result.groups) if result.groups_total <= LONGEST_LIST else None


def _groups_told(query: Query, groups: Sequence[Group]) -> Gold:
    told: dict[str, Any] = {"names": sorted({label for group in groups for label in group.labels})}
    if all(one.condition == q.EVERYTHING for one in query.having):
        told["values"] = {" / ".join(group.labels): round(group.figure, 1) for group in groups}
    if query.ranks and query.ranks[0] != query.ranks[1] and len(query.by) == 1:
        told["winner"] = sorted(group.labels[0] for group in groups if group.figure == groups[0].figure)
    return told


# Comparisons ------------------------------------------------------------------------------------------------


def _compared(query: Query, result: Result, scale: Scale) -> Gold | None:
    if isinstance(query.measure, q.Ratings):
        return _subjects_compared(query, query.measure, result, scale)
    figures = [side.figure for side in result.sides if side.figure is not None]
    if len(figures) < len(result.sides):
        return None
    if query.relation == "difference":
        return None if result.figure is None else _value(result.figure)
    if query.relation != "compare":
        return None
    labels = [_differing(query, scope) for scope in (query.scope, *query.against)]
    values = {label: round(figure, 1) for label, figure in zip(labels, figures, strict=True)}
    return {"values": values, "names": sorted(labels), **_winner(list(values), list(values.values()))}


def _winner(names: Sequence[str], values: Sequence[float]) -> Gold:
    """Return the name with the highest value; nothing if several tie."""
    winners = [name for name, value in zip(names, values, strict=True) if value == max(values)]
    return {"winner": winners} if len(winners) == 1 else {}


def _differing(query: Query, scope: q.Condition) -> str:
    """Return the value that distinguishes a side from the others."""
    others = {part for one in (query.scope, *query.against) if one != scope for part in q.parts_of(one)}
    own = next(part for part in q.parts_of(scope) if part not in others)
    return own.values[0] if isinstance(own, q.Is) else ""


def _subjects_compared(query: Query, measure: q.Ratings, result: Result, scale: Scale) -> Gold | None:
    facts = [side.facts[0] for side in result.sides if len(side.facts) == 1]
    ranks = [rank for fact in facts if fact.rating and (rank := scale.rank(fact.rating)) is not None]
    if len(ranks) < len(result.sides):
        return None
    values = {fact.subject: fact.rating for fact in facts}
    told: dict[str, Any] = {"names": list(values), "values": values, **_domain(measure)}
    if query.relation != "compare":
        return {**told, "direct": [YES if result.verdict else NO]}
    return {**told, **_winner([fact.subject for fact in facts], [-rank for rank in ranks])}


# One measure ------------------------------------------------------------------------------------------------


def _ratings(query: Query, result: Result) -> Gold | None:
    measure = query.measure
    assert isinstance(measure, q.Ratings)
    if query.most is not None:
        return {"total": result.total} if result.total else None
    if isinstance(query.scope, q.Named):
        return _looked_up(measure, result)
    if result.total > LONGEST_LIST:
        return {"total": result.total}
    told = {"total": result.total, "names": sorted({fact.subject for fact in result.facts})}
    if query.order is not None and query.ranks and query.order.key == "date":
        return {**told, **_date_of_first(result)}
    return told


def _date_of_first(result: Result) -> Gold:
    first = result.facts[0].published if result.facts else None
    return {"date": first.isoformat()} if first else {}


def _looked_up(measure: q.Ratings, result: Result) -> Gold | None:
    facts = [fact for fact in result.facts if not measure.aspects or fact.aspect == measure.aspects[0]]
    if not facts:
        return None
    if measure.before:
        return {
            "names": [fact.subject for fact in facts],
            "direct": [str(fact.previous_rating) for fact in facts if fact.previous_rating],
        }
    return {"values": {fact.subject: fact.rating for fact in facts if fact.rating}, **_domain(measure)}


def _domain(measure: q.Ratings) -> Gold:
    return {"domain": measure.aspects[0]} if measure.aspects and measure.aspects[0] != WHOLE else {}


def _values(_: Query, result: Result) -> Gold | None:
    told = sorted({value.value for value in result.values if value.value})
    return {"names": told} if told and result.total <= LONGEST_LIST else None


def _dates(_: Query, result: Result) -> Gold | None:
    dates = [fact.published for fact in result.facts if fact.published]
    return {"date": dates[0].isoformat()} if result.total == 1 and dates else None


def _events(_: Query, result: Result) -> Gold | None:
    names = sorted({fact.subject for fact in result.facts})
    if not names or result.total > LONGEST_LIST:
        return None
    return {"names": names, **(_date_of_first(result) if len(result.facts) == 1 else {})}


def _figure(query: Query, result: Result) -> Gold | None:
    if result.figure is None and not isinstance(query.measure, q.Count):
        return None
    return _value(result.total if result.figure is None else result.figure)


def _value(figure: float) -> Gold:
    return {"value": int(figure) if figure == int(figure) else round(figure, 1)}


_MEASURES: Mapping[type, Callable[[Query, Result], Gold | None]] = {
    q.Ratings: _ratings,
    q.Values: _values,
    q.Dates: _dates,
    q.Count: _figure,
    q.Share: _figure,
    q.Total: _figure,
    q.Events: _events,
    q.Times: _figure,
}
