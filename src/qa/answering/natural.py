"""Words a Query as a question that people would ask, for suggestions and examples, if it is short enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qa.answering.context import Context
from qa.answering.english import listed, listed_or
from qa.answering.wording import split_scope, subjects_of
from qa.answering.wording_parts import length
from qa.facts.store_rows import Subject
from qa.question.query import (
    WHOLE,
    Condition,
    Count,
    Event,
    Events,
    Is,
    Moved,
    Named,
    Near,
    Order,
    Postcode,
    Query,
    Rated,
    Ratings,
    Values,
    parts_of,
)

_MOVES: Mapping[tuple[int, ...], str] = {(1,): "improved", (-1,): "got worse"}


def natural(query: Query, context: Context) -> str | None:
    """Return the question, e.g. ``How many care homes in Leeds are rated Good for Safe?``; ``None`` if it
    would be too long.
    """
    more = query.claim, query.against, query.having, query.at, query.across, query.prose
    if any(one not in (None, ()) for one in more):
        return None
    if named := subjects_of(query.scope):
        return _of_named(query, named) if query.scope == named and named.labels else None
    if query.by:
        return _of_groups(query, context)
    return None if query.ranks or query.most or query.order else _of_scope(query, context)


def only_meant(
    query: Query,
    meant: Callable[[str, str], Named | None],
    subjects: Callable[[Sequence[int]], Sequence[Subject]],
) -> Query:
    """Return a Query about one named subject with a name that means no other: if another has the same name,
    with the town or council after it; without a name if that does not distinguish them either. ``meant``
    says who a name means with such words after it."""
    named = query.scope
    if not isinstance(named, Named) or len(named.subjects) != 1 or len(named.labels) != 1:
        return query
    places = [subjects(named.subjects)[0].attributes.get(field) for field in ("town", "local_authority")]
    name = named.labels[0]
    for where in ("", *(f"in {place}" for place in places if place)):
        found = meant(name, where)
        if found is not None and found.subjects == named.subjects:
            return replace(query, scope=replace(named, labels=(f"{name} {where}",))) if where else query
    return replace(query, scope=replace(named, labels=()))


def _of_named(query: Query, named: Named) -> str | None:
    labels = list(dict.fromkeys(named.labels))
    names, is_one = listed(labels, len(labels)), len(labels) == 1
    match query.measure:
        case Ratings((aspect,), service, before) if service == WHOLE:
            what = "" if aspect == WHOLE else f" for {aspect}"
            if before:
                return f"What {'was' if is_one else 'were'} {names} rated{what} before?"
            return f"What {'is' if is_one else 'are'} {names} rated{what}?"
        case Events(event, "every") if event == Event():
            return f"How {'has' if is_one else 'have'} {names} been rated over the years?"
        case Values(("provider",)):
            return f"Who runs {names}?"
    return None


def _of_scope(query: Query, context: Context) -> str | None:
    """``Which trusts improved?``, ``How many care homes in Leeds are rated Good?``, ``Which places are run by
    Oak Ltd?``.
    """
    starts = {Count(): "How many", Ratings(): "Which"}
    start = starts.get(query.measure) if isinstance(query.measure, Count | Ratings) else None
    who, what = split_scope(query.scope)
    plain, told = _plain(who, context), _stated(parts_of(what))
    if start is None or plain is None or told is None:
        return None
    if not told:
        return f"{start} {plain} are there?" if start == "How many" else f"Show all {plain}"
    return f"{start} {plain} {told}?"


def _of_groups(query: Query, context: Context) -> str | None:
    """``Which council has the most care homes rated Inadequate?``,
    ``How are the care homes in Leeds rated?``."""
    who, what = split_scope(query.scope)
    plain, told = _plain(who, context), _stated(parts_of(what))
    if (
        plain is None
        or told is None
        or not isinstance(query.measure, Count)
        or query.measure.of
        or len(query.by) > 1
    ):
        return None
    if query.by == ("rating",) and not query.order and not told:
        return f"How many {plain} have each rating?"
    if query.order == Order() and query.ranks == (1, 1):
        most = f"{plain} {told}".strip().replace(" are rated", " rated")
        return f"Which {context.field(query.by[0]).label} has the most {most}?"
    return None


def _plain(scope: Condition, context: Context) -> str | None:
    """Word a scope of a kind, a place and a provider: ``care homes in Leeds run by Oak Ltd``."""
    kinds: list[str | None] = []
    places: list[str] = []
    owners: list[str] = []
    for part in parts_of(scope):
        if near := _near(part):
            owners.append(near)
            continue
        if isinstance(part, Postcode) and len(part.areas) == 1:
            places.append(f"in {part.areas[0]}")
            continue
        if not isinstance(part, Is):
            return None
        label = context.label(part.field, part.values)
        if context.field(part.field).place:
            places.append(f"in {label or listed_or(part.values)}")
        elif part.field == "provider":
            owners.append(f"run by {listed_or(part.values)}")
        else:
            kinds.append(label)
    kind = kinds[0] if kinds else context.noun
    return " ".join([kind, *places, *owners]) if kind and max(len(kinds), len(places)) < 2 else None


def _near(part: Condition) -> str | None:
    """``within 5 miles of Wem``; ``None`` for another condition, or if the place it is measured from has no
    name.
    """
    match part:
        case Near(Is(_, (name,)) | Postcode((name,)) | Named((_,), (name,)), distance, unit) if distance:
            return f"within {length(distance, unit)} of {name}"
    return None


def _stated(parts: Sequence[Condition]) -> str | None:
    """Word the condition on the subjects: ``are rated Good for Safe``, ``improved``; empty for none."""
    if not parts:
        return ""
    match parts:
        case (Rated(ratings, aspect, service, when, None, None),) if service == WHOLE and when in (
            "now",
            "before",
        ):
            rated = listed_or(list(ratings)) + ("" if aspect == WHOLE else f" for {aspect}")
            return f"were rated {rated} before" if when == "before" else f"are rated {rated}"
        case (Moved(signs, aspect, service, None, None),) if (aspect, service) == (WHOLE, WHOLE):
            return _MOVES.get(signs)
    return None
