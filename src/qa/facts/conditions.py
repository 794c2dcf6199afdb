"""Conditions of a Query over a view of the facts: computes, for every subject, whether it meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatchmethod
from typing import cast

import numpy as np

from qa.facts import distances, history
from qa.facts.columns import number_of, postcode_key, value_key
from qa.facts.current_facts import NOTHING, Flags
from qa.facts.standing import Spoken
from qa.facts.view import View
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import Condition
from qa.scale import of_one_scale

_AREA = re.compile(r"[a-z]+")


class Conditions:
    """Computes for all subjects of a view at once whether they meet a condition."""

    def __init__(self, view: View) -> None:
        self.view = view

    def holds(self, condition: Condition) -> Flags:
        """Return, subject by subject, whether it meets the condition. The array belongs to the view: don't
        write to it."""
        return self.view.remember(condition, self._compute)

    @singledispatchmethod
    def _compute(self, condition: Condition) -> Flags:
        raise TypeError(f"no condition: {condition!r}")

    @_compute.register
    def _(self, condition: q.And) -> Flags:
        found = self.view.present.copy()
        for part in condition.parts:
            found &= self.holds(part)
        return found

    @_compute.register
    def _(self, condition: q.Or) -> Flags:
        found = np.zeros(self.view.size, np.bool_)
        for part in condition.parts:
            found |= self.holds(part)
        return found

    @_compute.register
    def _(self, condition: q.Not) -> Flags:
        return self.view.present & ~self.holds(condition.part)

    @_compute.register
    def _(self, condition: q.Named) -> Flags:
        return self.view.subjects(condition.subjects)

    @_compute.register
    def _(self, condition: q.Is) -> Flags:
        field = self.view.held(condition.field)
        if field.type == "number":
            numbers = [number for value in condition.values if (number := number_of(value)) is not None]
            return np.isin(self.view.field(field.name), numbers)
        keys = [value_key(field.name, field.type, value) for value in condition.values]
        return self._coded(field.name, self.view.store.codes(field.name, keys))

    def _coded(self, field: str, codes: list[int]) -> Flags:
        held = self.view.field(field)
        if len(codes) > 4:
            return np.isin(held, codes)
        found = np.zeros(self.view.size, np.bool_)
        for code in codes:
            found |= held == code
        return found

    @_compute.register
    def _(self, condition: q.Postcode) -> Flags:
        codes = []
        for area in condition.areas:
            asked = postcode_key(area)
            codes += [
                code
                for told, code in self.view.store.codes_beginning("postcode", asked)
                if within(told, asked)
            ]
        return self._coded("postcode", codes)

    @_compute.register
    def _(self, condition: q.Near) -> Flags:
        return distances.within(condition, self.view, self.holds)

    @_compute.register
    def _(self, condition: q.NameHas) -> Flags:
        found = np.ones(self.view.size, np.bool_)
        for word in (word for told in condition.words for word in key(told).split()):
            having = np.zeros(self.view.size, np.bool_)
            having[self.view.store.named_with(word)] = True
            found &= having
        return found

    @_compute.register
    def _(self, condition: q.Measured) -> Flags:
        numbers = self.view.field(condition.field)
        found = ~np.isnan(numbers)
        if condition.low is not None:
            found &= numbers >= condition.low
        if condition.high is not None:
            found &= numbers <= condition.high
        return cast("Flags", found)

    @_compute.register
    def _(self, condition: q.Rated) -> Flags:
        wanted, spoken = self.view.ratings.codes_of(condition.ratings), (condition.aspect, condition.service)
        if condition.when == "ever":
            if condition.since is None and condition.until is None:
                return self.view.ever(spoken, wanted)
            held = self.view.history(spoken)
            return held.count(held.stood(condition.since, condition.until) & wanted[held.code]) > 0
        if condition.when == "first":
            held = self.view.history(spoken)
            return held.count(held.first & wanted[held.code]) > 0
        standing = self.view.standing(spoken)
        return wanted[standing.rating if condition.when == "now" else standing.before]

    @_compute.register
    def _(self, condition: q.RatedFor) -> Flags:
        wanted, number = self.view.ratings.codes_of(condition.ratings), np.zeros(self.view.size, np.int32)
        known = np.zeros(self.view.size, np.bool_)
        for aspect in condition.aspects:
            rating = self.view.standing((aspect, condition.service)).rating
            number += wanted[rating]
            known |= rating != NOTHING
        high = len(condition.aspects) if condition.high is None else condition.high
        return known & (number >= condition.low) & (number <= high)

    @_compute.register
    def _(self, condition: q.AspectAgainst) -> Flags:
        one = self.view.standing((condition.aspect, condition.service)).rank
        other = self.view.standing((condition.other, condition.service)).rank
        found: Flags = (
            (one != NOTHING)
            & (other != NOTHING)
            & of_one_scale(one, other)
            & (np.sign(other - one) == condition.sign)
        )
        return found

    @_compute.register
    def _(self, condition: q.RatedAgainst) -> Flags:
        standing = self.view.standing((condition.aspect, condition.service))
        rank = standing.before_rank if condition.before else standing.rank
        place = condition.subject - 1
        mark = np.int32(rank[place] if 0 <= place < len(rank) else NOTHING)
        found = (
            (rank != NOTHING)
            & (mark != NOTHING)
            & of_one_scale(rank, mark)
            & (np.sign(mark - rank) == condition.sign)
        )
        return cast("Flags", found & ~self.view.subjects((condition.subject,)))

    @_compute.register
    def _(self, condition: q.Published) -> Flags:
        published = self.view.published((condition.aspect, condition.service))
        return history.in_period(published, condition.since, condition.until)

    @_compute.register
    def _(self, condition: q.Moved) -> Flags:
        spoken = condition.aspect, condition.service
        if condition.since is not None or condition.until is not None:
            return history.moved(self.view, self.view.history(spoken), condition)
        standing = self.view.standing(spoken)
        known = (standing.rank != NOTHING) & (standing.before_rank != NOTHING)
        return cast("Flags", known & np.isin(np.sign(standing.before_rank - standing.rank), condition.signs))

    @_compute.register
    def _(self, condition: q.Happened) -> Flags:
        held = self.view.history((condition.event.aspect, condition.event.service))
        number = held.count(history.events(self.view, held, condition.event))
        found = number >= condition.low
        return found if condition.high is None else found & (number <= condition.high)

    @_compute.register
    def _(self, condition: q.Dated) -> Flags:
        return history.in_period(self.view.days(condition.field), condition.since, condition.until)

    @_compute.register
    def _(self, condition: q.Closed) -> Flags:
        return self.view.present & self.view.closed

    @_compute.register
    def _(self, condition: q.Unrated) -> Flags:
        standing = self.view.standing((condition.aspect, condition.service))
        found: Flags = self.view.present & (standing.rank == NOTHING) & ~standing.contradictory
        return found

    def rated(self, asked: Iterable[Spoken]) -> Flags:
        """Return which subjects have a rating of the scale for every one of these aspects and services."""
        found = self.view.present.copy()
        for spoken in asked:
            found &= self.view.standing(spoken).rank != NOTHING
        return found


def within(postcode: str, area: str) -> bool:
    """Whether a folded postcode is in an area ("sw"), a district ("sw1", which includes "sw1a" but not
    "sw11") or a sector ("tq5 9").
    """
    outward, _, inward = postcode.partition(" ")
    district, _, sector = area.partition(" ")
    if sector:
        return outward == district and inward.startswith(sector)
    if found := _AREA.fullmatch(district):
        letters = _AREA.match(outward)
        return letters is not None and letters.group() == found.group()
    return outward == district or (outward[:-1] == district and outward[-1].isalpha())
