"""Groups of subjects and their figures: labels, counts, shares and totals, conditions on
groups, and their order.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.facts import query_parts
from qa.facts.columns import number_label
from qa.facts.conditions import Conditions
from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.facts.figures import comparing, counts, holding, numbered, shares, total
from qa.facts.history import events
from qa.facts.result import Group
from qa.facts.shown_facts import within
from qa.facts.standing import Spoken
from qa.facts.view import View
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Query


@dataclass(frozen=True)
class Unit:
    """A scope that is grouped in one step, over the facts of one aspect and service.

    ``labels`` are the codes of the aspect and the service if these are dimensions. ``members`` are the places
    of the subjects that make groups, ``counts`` says which subjects count in them.
    """

    spoken: Spoken
    labels: tuple[tuple[str, int], ...] = ()
    members: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    counts: Flags = field(default_factory=lambda: np.empty(0, np.bool_))


@dataclass
class Grouping:
    """Groups: the codes of the labels of each, and the unit, subject and group of each member."""

    labels: NDArray[np.int64]  # groups × fields of ``by``
    figure: NDArray[np.float64]
    matching: NDArray[np.int64] | None
    whole: NDArray[np.int64] | None
    counted: Flags  # which groups have a figure
    rows: list[tuple[Unit, Numbers, Numbers]]  # for each unit, its subjects and their groups
    compared: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None  # two numbers of each group


class Grouper:
    """Groups the subjects of a Query. The caller supplies ``units``, because it knows how to
    count a scope.
    """

    def __init__(self, view: View, conditions: Conditions, query: Query) -> None:
        self.view = view
        self.conditions = conditions
        self.query = query

    def group(self, units: Sequence[Unit]) -> Grouping:
        """Return the groups of the members of ``units``, and their figures."""
        placed = [self._placed(unit) for unit in units]
        labels, groups = numbered([codes for _, codes in placed], len(self.query.by))
        rows, start = [], 0
        for unit, (subjects, codes) in zip(units, placed, strict=True):
            counting = unit.counts[subjects]
            rows.append((unit, subjects[counting], groups[start : start + len(codes)][counting]))
            start += len(codes)
        grouping = Grouping(labels, np.zeros(len(labels)), None, None, np.ones(len(labels), np.bool_), rows)
        self._measure(grouping)
        return grouping

    def _placed(self, unit: Unit) -> tuple[Numbers, NDArray[np.int64]]:
        """Return the unit's subjects with known labels, and the codes of these."""
        members, told = unit.members, dict(unit.labels)
        columns = [
            np.full(len(members), told[name], np.int64)
            if name in told
            else self._codes(name, unit)[members].astype(np.int64)
            for name in self.query.by
        ]
        codes = np.stack(columns, axis=1) if columns else np.empty((len(members), 0), np.int64)
        known = (codes != NOTHING).all(axis=1)
        return members[known], codes[known]

    def _codes(self, name: str, unit: Unit) -> NDArray[Any]:
        standing = self.view.standing(unit.spoken)
        if name == "rating":
            return self.view.ratings.alike[standing.rating]
        if name == "year":
            days, epoch = standing.published, np.int64(datetime.date(1970, 1, 1).toordinal())
            years = (days - epoch).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
            return np.where(days == NOTHING, NOTHING, years + 1970)
        values = self.view.field(name)
        if values.dtype.kind != "f":
            return values
        known = ~np.isnan(values)
        codes = np.full(len(values), NOTHING, np.int64)
        codes[known] = np.searchsorted(self._numbers(name), values[known])
        return codes

    def _numbers(self, name: str) -> NDArray[np.float64]:
        values = self.view.field(name)
        return np.unique(values[~np.isnan(values)])

    # Figures ------------------------------------------------------------------------------------------------

    def _measure(self, grouping: Grouping) -> None:
        measure, number = self.query.measure, len(grouping.labels)
        if isinstance(measure, q.Share):
            grouping.matching, grouping.whole = self._parts(grouping, measure.of)
            grouping.counted = grouping.whole > 0
            if measure.of == q.EVERYTHING and "rating" in self.query.by:
                grouping.whole = self._of_every_rating(grouping.labels, grouping.whole)
            grouping.figure = shares(grouping.matching, grouping.whole)
        elif isinstance(measure, q.Total):
            self._total(grouping, measure)
        elif isinstance(measure, q.Times):
            for unit, subjects, groups in grouping.rows:
                happened = self._times(measure, unit)[subjects]
                grouping.figure += np.bincount(groups, weights=happened, minlength=number)
        elif isinstance(measure, q.Count) and measure.of is not None:
            pairs = [
                np.stack((groups, self._of(measure.of)[subjects]), axis=1)
                for _, subjects, groups in grouping.rows
            ]
            distinct, _ = numbered([both[both[:, 1] != NOTHING].astype(np.int64) for both in pairs], 2)
            grouping.figure = np.bincount(distinct[:, 0], minlength=number).astype(np.float64)
        else:
            grouping.figure = counts(((groups for _, _, groups in grouping.rows)), number).astype(np.float64)

    def _of_every_rating(self, labels: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the denominator for each rating's share: everything with the same other labels."""
        others = [place for place, name in enumerate(self.query.by) if name != "rating"]
        _, back = np.unique(labels[:, others], axis=0, return_inverse=True)
        return np.bincount(back.reshape(-1), weights=whole).astype(np.int64)[back.reshape(-1)]

    def _times(self, measure: q.Times, unit: Unit) -> Numbers:
        asked = said_of(q.Happened(measure.event), self.query.by, unit.spoken)
        assert isinstance(asked, q.Happened)
        held = self.view.history((asked.event.aspect, asked.event.service))
        return held.count(events(self.view, held, asked.event))

    def _of(self, field: str) -> NDArray[np.int64]:
        values = self.view.field(field)
        if values.dtype.kind != "f":
            return values.astype(np.int64)
        codes = np.searchsorted(self._numbers(field), values).astype(np.int64)
        codes[np.isnan(values)] = NOTHING
        return codes

    def _total(self, grouping: Grouping, measure: q.Total) -> None:
        numbers = self.view.field(measure.field)
        gathered: dict[int, list[float]] = {}
        for _, subjects, groups in grouping.rows:
            told = numbers[subjects]
            known = ~np.isnan(told)
            for group, value in zip(groups[known].tolist(), told[known].tolist(), strict=True):
                gathered.setdefault(group, []).append(value)
        grouping.counted = np.zeros(len(grouping.labels), np.bool_)
        for group, values in gathered.items():
            grouping.counted[group] = True
            grouping.figure[group] = total(measure.function, values)

    def _parts(
        self, grouping: Grouping, condition: q.Condition
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Count in each group the subjects that meet a condition, and the subjects in all."""
        number = len(grouping.labels)
        matching, whole = np.zeros(number, np.int64), np.zeros(number, np.int64)
        for unit, subjects, groups in grouping.rows:
            asked = said_of(condition, self.query.by, unit.spoken)
            rated = self.conditions.rated(query_parts.rated(asked, self.view.scale))
            counted = rated[subjects]
            whole += np.bincount(groups[counted], minlength=number)
            matching += np.bincount(
                groups[counted & self.conditions.holds(asked)[subjects]], minlength=number
            )
        return matching, whole

    def having(self, grouping: Grouping) -> Flags:
        """Return which groups meet all the Query's conditions on groups."""
        kept = grouping.counted.copy()
        for having in self.query.having:
            matching, whole = self._parts(grouping, having.condition)
            if having.than is None:
                kept &= holding(having.quantifier, matching, whole)
                continue
            other, _ = self._parts(grouping, having.than)
            kept &= comparing(having.quantifier, matching, other)
            grouping.compared = grouping.compared or (matching, other)
        return kept

    def fulfilling(self, grouping: Grouping, condition: q.Condition) -> Flags:
        """Return which groups have a subject that meets ``condition``."""
        return self._parts(grouping, condition)[0] > 0

    # Order and labels ---------------------------------------------------------------------------------------

    def ordered(self, grouping: Grouping, kept: Flags) -> tuple[Numbers, Numbers]:
        """Return the kept groups in the Query's order, ties in the order of their labels. If it names none,
        the largest, or those whose two numbers differ most, are first. Groups at the requested places come
        first, then, separately, the others.
        """
        order = self.query.order or q.Order()
        chosen = np.flatnonzero(kept)
        ranked = [
            self._ranked(name, grouping.labels[chosen, place]) for place, name in enumerate(self.query.by)
        ]
        figure = grouping.figure[chosen]
        if self.query.order is None and grouping.compared is not None:
            figure = np.abs(grouping.compared[0] - grouping.compared[1])[chosen]
        key, falling = self._key(order, ranked, figure)
        sorting = np.lexsort((*reversed(ranked), -key if falling else key))
        chosen, key = chosen[sorting], key[sorting]
        wanted = within(key, self.query.ranks)
        return chosen[wanted].astype(np.int32), chosen[~wanted].astype(np.int32)

    def _key(
        self, order: q.Order, ranked: Sequence[NDArray[Any]], figure: NDArray[np.float64]
    ) -> tuple[NDArray[Any], bool]:
        by = self.query.by
        name = {"date": "year", "name": by[0]}.get(order.key, order.key)
        if name not in by:
            return figure, order.descending
        falling = (
            order.descending if name != "rating" else not order.descending
        )  # the best has the lowest number
        return ranked[by.index(name)], falling

    def _ranked(self, name: str, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Turn codes of labels into numbers that follow the order of the labels."""
        if name != "rating":
            return codes
        words = self.view.store.rating_words
        ranks = np.where(
            self.view.ratings.ranks == NOTHING, len(self.view.scale.ratings), self.view.ratings.ranks
        ).tolist()
        told = sorted(
            range(len(words)),
            key=lambda code: (ranks[code], self.view.scale.canonical(words[code]) or words[code]),
        )
        place = np.empty(len(words), np.int64)
        place[told] = np.arange(len(words))
        return place[codes]

    def groups(self, grouping: Grouping, chosen: Numbers) -> tuple[Group, ...]:
        """Return the chosen groups as records."""
        columns = [
            self._labels(name, grouping.labels[chosen, place].tolist())
            for place, name in enumerate(self.query.by)
        ]
        made = []
        for place, group in enumerate(chosen.tolist()):
            labels = tuple(column[place] for column in columns)
            matching, whole = (
                None if told is None else int(told[group]) for told in (grouping.matching, grouping.whole)
            )
            told = grouping.compared
            compared = None if told is None else (int(told[0][group]), int(told[1][group]))
            made.append(Group(labels, float(grouping.figure[group]), matching, whole, compared))
        return tuple(made)

    def _labels(self, name: str, codes: Sequence[int]) -> list[str]:
        if name == "year":
            return [str(code) for code in codes]
        if name == "rating":
            return [
                self.view.scale.canonical(word) or word
                for word in (self.view.store.rating_words[code] for code in codes)
            ]
        if name in ("aspect", "service"):
            held = list(self._parts_held(name).values())
            return [held[code] for code in codes]
        if self.view.held(name).type == "number":
            numbers = self._numbers(name)
            return [number_label(float(numbers[code])) for code in codes]
        labels = self.view.store.labels(name, list(set(codes)))
        return [labels[code] for code in codes]

    def _parts_held(self, name: str) -> dict[str, str]:
        """Return the aspects or the services in the tables, by their folded names."""
        held: dict[str, str] = {}
        for pair in self.view.pairs:
            held.setdefault(getattr(pair, f"{name}_key"), getattr(pair, name))
        return held

    def spoken(self, own: Spoken) -> Iterator[tuple[Spoken, tuple[tuple[str, int], ...]]]:
        """Yield the aspects and services to group: each in the tables if they are a dimension,
        otherwise ``own``.
        """
        aspects, services = list(self._parts_held("aspect")), list(self._parts_held("service"))
        for pair in self.view.pairs:
            if all(
                told != key(WHOLE) if name in self.query.by else told == key(spoken)
                for name, told, spoken in (
                    ("aspect", pair.aspect_key, own[0]),
                    ("service", pair.service_key, own[1]),
                )
            ):
                labels = (
                    ("aspect", aspects.index(pair.aspect_key)),
                    ("service", services.index(pair.service_key)),
                )
                yield (pair.aspect, pair.service), labels


def said_of(condition: q.Condition, by: Sequence[str], spoken: Spoken) -> q.Condition:
    """Return the condition as it applies within one group: conditions on the whole apply to the group's own
    aspect and service."""
    if "rating" in by:
        return condition
    return query_parts.replace_whole(
        condition, spoken[0] if "aspect" in by else None, spoken[1] if "service" in by else None
    )
