"""Chunks of the scope → conditions: places, providers, kinds, periods, names, numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from qa.question.chunks import Chunk, unique
from qa.question.query import (
    And,
    Condition,
    Is,
    Measured,
    Named,
    NameHas,
    Near,
    Not,
    Postcode,
    Published,
    Unrated,
    conjunction,
    disjunction,
    near_parts,
)
from qa.question.vocabulary import Vocabulary


def condition_of(chunk: Chunk, vocabulary: Vocabulary) -> Condition | None:
    """Return the condition of a chunk of the scope; ``None`` if it has none."""
    made = _plain(chunk, vocabulary)
    if made is None or not chunk.out:
        return made
    known = dict.fromkeys(Near(one.of, None, one.unit) for one in near_parts(made))
    return conjunction(*known, Not(made))  # further away than a distance: the distance must be known


def _plain(chunk: Chunk, vocabulary: Vocabulary) -> Condition | None:
    make = _MAKERS.get(chunk.kind)
    return None if make is None else make(chunk, vocabulary)


def members(chunk: Chunk, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """Return the conditions for the items of a list, one each: the sides of a comparison."""
    if chunk.kind == "cond":
        return chunk.members or (chunk.value,)
    if chunk.kind == "subject":
        return tuple(Named(value.subjects, value.labels) for value in chunk.value)
    one_by_one = (replace(chunk, value=(value,), out=False) for value in chunk.value)
    return tuple(made for one in one_by_one if (made := _plain(one, vocabulary)) is not None)


def _where(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    fields: dict[str, tuple[str, ...]] = {}
    areas: tuple[str, ...] = ()
    near = [value for value in chunk.value if isinstance(value, Near | And)]
    if near:
        return disjunction(*near)
    for value in chunk.value:
        if isinstance(value, Postcode):
            areas = unique((*areas, *value.areas))
        else:
            fields[value.field] = unique((*fields.get(value.field, ()), *value.values))
    parts: list[Condition] = [Is(name, values) for name, values in fields.items()]
    return disjunction(*parts, *([Postcode(areas)] if areas else []))


def _of_values(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    return _where(chunk, vocabulary)


def _subjects(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    numbers = unique(number for value in chunk.value for number in value.subjects)
    return Named(numbers, tuple(label for value in chunk.value for label in value.labels))


def _kinds(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    conditions = [vocabulary.kinds.condition(kind) for kind in chunk.value]
    merged: dict[str, tuple[str, ...]] = {}
    for condition in conditions:
        if isinstance(condition, Is):
            merged[condition.field] = unique((*merged.get(condition.field, ()), *condition.values))
    parts: list[Condition] = [Is(name, values) for name, values in merged.items()]
    parts += [condition for condition in conditions if isinstance(condition, NameHas)]
    return disjunction(*parts) if parts else And()


def _periods(chunk: Chunk, vocabulary: Vocabulary) -> Condition | None:
    if all(period.impossible for period in chunk.value):
        return None  # a day that does not exist gives no bounds
    spans: list[tuple[datetime.date | None, datetime.date | None]] = []
    for period in sorted(chunk.value, key=lambda one: (one.since is not None, one.since)):
        since, until = spans[-1] if spans else (None, None)
        if spans and until is not None and period.since is not None and period.since <= until:
            spans[-1] = (since, None if period.until is None else max(until, period.until))
        else:
            spans.append((period.since, period.until))
    return disjunction(*(Published(since, until) for since, until in spans))


def _is(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    name, _, value = str(chunk.value).partition("=")
    return Is(name, (value,))


def _measured(chunk: Chunk, vocabulary: Vocabulary) -> Condition:
    name, bounds = chunk.value
    if not bounds.beyond:
        return Measured(name, bounds.low, bounds.high)
    if bounds.high is None:
        return Measured(name, vocabulary.number_above(name, bounds.low - 1), None)
    return Measured(name, bounds.low, vocabulary.number_below(name, bounds.high + 1))


_MAKERS: Mapping[str, Callable[[Chunk, Vocabulary], Condition | None]] = {
    "where": _where,
    "provider": _of_values,
    "value": _of_values,
    "subject": _subjects,
    "kind": _kinds,
    "period": _periods,
    "is": _is,
    "measured": _measured,
    "unrated": lambda chunk, vocabulary: Unrated(),
    "named": lambda chunk, vocabulary: disjunction(*map(NameHas, chunk.value)),
    "cond": lambda chunk, vocabulary: chunk.value,
}
