"""Groups of subjects: their figures and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from qa.evaluation.plain.asked import said_of
from qa.evaluation.plain.grouping import Grouping, Labels, Members
from qa.evaluation.plain.history import happened
from qa.evaluation.plain.measures import total
from qa.evaluation.plain.missing import of_nothing
from qa.evaluation.plain.rows import Pair
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Group, Result, share
from qa.question import query as q
from qa.question.query import Claim, Condition
from qa.records import RatingFact

Parts = tuple[float | None, int | None, int | None]  # a figure, and the part and the whole behind it
Figures = tuple[float | None, int | None, int | None, tuple[int, int] | None]  # and two numbers compared


class Grouped(Grouping):
    """One Query that puts subjects into groups, and the figure of each."""

    def grouped(self) -> Result:
        """Return the groups, the figure over all of them, and the facts of their members."""
        every = [labels for labels in self.groups if self.figures[labels][0] is not None]
        kept = [
            labels
            for labels in every
            if all(self.fulfils(self.groups[labels], having) for having in self.query.having)
        ]
        claim = self.query.claim
        if claim is not None and q.asks_place(self.query):
            return self.placed(claim, kept)
        if claim is None:
            return self.told_groups(self.across(kept), *self.ordered_groups(kept))
        if self.query.ranks is not None:
            return self.claimed_of_places(claim, kept)
        return self.claimed_of_groups(claim, every, kept)

    def placed(self, claim: Claim, kept: Sequence[Labels]) -> Result:
        """Return the place of one group in the order of all."""
        order, _ = self.ordered_groups(kept)
        chosen = [labels for labels in order if labels in self.matching(claim, kept)]
        own = [self.figures[labels][0] for labels in chosen]
        figures = [self.figures[labels][0] for labels in order]
        place = figures.index(own[0]) + 1 if own else None
        sharing = figures.count(own[0]) if own else 0
        facts = [fact for labels in chosen for fact in self.facts_of_group(self.groups[labels])]
        groups = tuple(map(self.group, chosen))
        result = Result(
            matching=sharing, whole=len(kept), place=place, groups=groups, groups_total=len(chosen)
        )
        return self.with_facts(sorted(facts, key=self.rows.place), result)

    def across(self, kept: Sequence[Labels]) -> Result:
        """Return the figure over all groups, if one is asked for."""
        if self.query.across == "count":
            return Result(figure=float(len(kept)))
        if self.query.across == "mean":
            numbers = (self.figures[labels][0] for labels in kept)
            return Result(figure=total("mean", [number for number in numbers if number is not None]))
        return Result()

    def claimed_of_groups(self, claim: Claim, every: Sequence[Labels], kept: Sequence[Labels]) -> Result:
        """Return whether a claim is true, for how many groups, and the groups for which it is not."""
        matching = self.matching(claim, kept)
        besides = [labels for labels in every if labels not in matching]
        verdict = claim.quantifier.holds(len(matching), len(every))
        result = Result(matching=len(matching), whole=len(every), verdict=verdict)
        chosen, _ = self.ordered_groups(matching)
        others, _ = self.ordered_groups(besides)
        return self.told_groups(result, chosen, others)

    def claimed_of_places(self, claim: Claim, kept: Sequence[Labels]) -> Result:
        """Return whether a claim is true for the groups at some ranks of an order, and the other groups for
        which it is true."""
        chosen, others = self.ordered_groups(kept)
        fulfilling = self.matching(claim, kept)
        matching = [labels for labels in chosen if labels in fulfilling]
        elsewhere, behind = self.ordered_groups([one for one in fulfilling if one in others])
        verdict = claim.quantifier.holds(len(matching), len(chosen))
        result = Result(matching=len(matching), whole=len(chosen), verdict=verdict)
        return self.told_groups(result, chosen, [*elsewhere, *behind])

    def matching(self, claim: Claim, kept: Iterable[Labels]) -> list[Labels]:
        """Return the groups with a member that meets a claim's condition."""
        return [one for one in kept if self.parts_of_group(self.groups[one], claim.condition)[0]]

    def told_groups(self, result: Result, chosen: Sequence[Labels], others: Sequence[Labels]) -> Result:
        """Return a result with its groups and the facts of their members."""
        facts = [fact for labels in chosen for fact in self.facts_of_group(self.groups[labels])]
        facts.sort(key=self.rows.place)
        result = replace(
            result,
            groups=tuple(map(self.group, chosen[: self.shown])),
            groups_total=len(chosen),
            others=tuple(map(self.group, others[: self.shown])),
        )
        result = self.with_facts(facts, result)
        told = any(self.telling_in(self.groups[labels]) for labels in chosen)
        return result if told else of_nothing(self.query, self.rows, result)

    def group(self, labels: Labels) -> Group:
        """Return a group as a record."""
        figure, matching, whole, compared = self.figures[labels]
        return Group(tuple(label for _, label in labels), figure or 0.0, matching, whole, compared)

    def telling_in(self, group: Members) -> Members:
        """Return the members of a group whose facts are shown: those that meet a share's condition, or what
        some of the group must."""
        some = [
            one.condition
            for one in self.query.having
            if one.quantifier.low > 0 or not (one.quantifier.over is one.quantifier.least is None)
        ]
        of_places = self.query.claim is not None and self.query.ranks is not None
        whom = q.EVERYTHING if of_places else said_of(self.query)
        found = []
        for subject, pair in group:

            def is_so(condition: Condition, subject: Subject = subject, pair: Pair = pair) -> bool:
                return bool(self.parts([subject], self.meant(condition, pair))[0])

            if is_so(whom) and (not some or any(map(is_so, some))):
                found.append((subject, pair))
        return found

    def facts_of_group(self, group: Members) -> list[RatingFact]:
        """Return the facts shown for a group; for a subject with none for the requested aspect,
        its overall one.
        """
        found = (
            self.rows.current(one, *pair) or self.rows.counting(one) for one, pair in self.telling_in(group)
        )
        return [fact for fact in found if fact is not None]

    @cached_property
    def figures(self) -> dict[Labels, Figures]:
        """The figure of every group."""
        parts = {labels: self.figure_of(group) for labels, group in self.groups.items()}
        if self.query.measure == q.Share(q.EVERYTHING) and "rating" in self.query.by:
            parts = {labels: self.of_every_rating(labels, parts) for labels in parts}
        return {labels: (*parts[labels], self.two_numbers(group)) for labels, group in self.groups.items()}

    def figure_of(self, group: Members) -> Parts:
        """Return the figure of a group, with its numerator and denominator."""
        measure, subjects = self.query.measure, [one for one, _ in group]
        if isinstance(measure, q.Share):
            matching, whole = self.parts_of_group(group, measure.of)
            return (share(matching, whole) if whole else None), matching, whole
        if isinstance(measure, q.Total):
            numbers = [
                number for one in subjects if (number := self.rows.number(one, measure.field)) is not None
            ]
            return total(measure.function, numbers), None, None
        if isinstance(measure, q.Times):
            times = [len(happened(one, self.event_of(measure.event, pair), self.rows)) for one, pair in group]
            return float(sum(times)), None, None
        number = self.count(subjects, measure) if isinstance(measure, q.Count) else len(subjects)
        return float(number), None, None

    def of_every_rating(self, labels: Labels, figures: Mapping[Labels, Parts]) -> Parts:
        """Return the share of one rating among all groups that differ only in the rating."""
        place = self.query.by.index("rating")
        alike = [
            figures[other]
            for other in figures
            if all(one == two for at, (one, two) in enumerate(zip(labels, other, strict=True)) if at != place)
        ]
        part, whole = figures[labels][2] or 0, sum(counted or 0 for _, _, counted in alike)
        return (share(part, whole) if part else None), part, whole

    def two_numbers(self, group: Members) -> tuple[int, int] | None:
        """Return the two numbers of a group that are compared, if any are."""
        for having in self.query.having:
            if having.than is not None:
                one, other = (self.parts_of_group(group, part)[0] for part in having.conditions)
                return one, other
        return None

    def fulfils(self, group: Members, having: q.Having) -> bool:
        """True if a group meets a condition on groups."""
        matching, whole = self.parts_of_group(group, having.condition)
        if having.than is None:
            return having.quantifier.holds(matching, whole)
        return having.quantifier.compares(matching, self.parts_of_group(group, having.than)[0])

    def parts_of_group(self, group: Members, condition: Condition) -> tuple[int, int]:
        """Count the subjects of a group that meet a condition, and the whole."""
        matching = whole = 0
        for subject, pair in group:
            here = self.parts([subject], self.meant(condition, pair))
            matching, whole = matching + len(here[0]), whole + len(here[1])
        return matching, whole

    def ordered_groups(self, kept: Iterable[Labels]) -> tuple[list[Labels], list[Labels]]:
        """Return the labels of groups in order: those at the requested ranks, then separately the others."""
        order, name = self.query.order or q.Order(), self.label_to_sort_by()
        best_first = name == "rating"  # the best rank is the lowest
        found = sorted(kept, key=lambda labels: tuple(label[0] for label in labels))
        found.sort(key=self.sorts_group_by, reverse=order.descending != best_first)
        if self.query.ranks is None:
            return found, []
        places = self.places([self.sorts_group_by(labels) for labels in found])
        chosen = [labels for labels, place in zip(found, places, strict=True) if self.is_within(place)]
        return chosen, [labels for labels in found if labels not in chosen]

    def sorts_group_by(self, labels: Labels) -> Any:
        """Return the sort key of a group: one of its labels, its figure, or, if two numbers are compared
        without an order, the difference between them."""
        name = self.label_to_sort_by()
        if name is not None:
            return labels[self.query.by.index(name)][0]
        figure, _, _, compared = self.figures[labels]
        if self.query.order is None and compared is not None:
            return abs(compared[0] - compared[1])
        return figure or 0.0

    def label_to_sort_by(self) -> str | None:
        """Return the field whose labels groups are sorted by; ``None`` if they are sorted by their figure."""
        order, by = self.query.order or q.Order(), self.query.by
        name = {"date": "year", "name": by[0]}.get(order.key, order.key)
        return name if name in by else None
