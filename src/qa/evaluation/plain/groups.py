"""Groups of rows: their labels, figures and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from qa.evaluation.plain.asked import ON_RATINGS, pairs, said_of
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.counted import stable_reversed
from qa.evaluation.plain.history import happened
from qa.evaluation.plain.measures import Measured, total
from qa.evaluation.plain.missing import of_nothing
from qa.evaluation.plain.rows import Pair
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Group, Result, share
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Claim, Condition
from qa.records import RatingFact

Parts = tuple[float | None, int | None, int | None]  # a figure, and the part and the whole behind it
Figures = tuple[float | None, int | None, int | None, tuple[int, int] | None]  # and two numbers compared


class GroupRows:
    """The subjects of a group, each with the aspect and service that put it there."""

    def __init__(self) -> None:
        self.counting: list[tuple[Subject, Pair]] = []


class Grouped(Measured):
    """One Query whose subjects make groups."""

    def grouped(self) -> Result:
        """Return the groups, the figure over all of them, and the facts of their members."""
        query = self.query
        groups: dict[tuple[Any, ...], GroupRows] = {}
        for pair in self.grouped_pairs():
            self.fill(groups, pair)
        parts = {labels: self.figure_of(group) for labels, group in groups.items()}
        if (
            isinstance(self.query.measure, q.Share)
            and self.query.measure.of == q.EVERYTHING
            and "rating" in self.query.by
        ):
            parts = {labels: self.of_every_rating(labels, parts) for labels in parts}
        figures = {labels: (*parts[labels], self.two_numbers(group)) for labels, group in groups.items()}
        every = {labels: group for labels, group in groups.items() if figures[labels][0] is not None}
        kept = {
            labels: group
            for labels, group in every.items()
            if all(self.fulfils(group, having) for having in query.having)
        }
        result, besides = Result(), None
        if query.claim is not None and query.ranks is not None:
            return self.claimed_of_places(query.claim, kept, figures)
        if query.claim is not None:
            condition = query.claim.condition
            kept = {
                labels: group for labels, group in kept.items() if self.parts_of_group(group, condition)[0]
            }
            besides = [labels for labels in every if labels not in kept]
            verdict = query.claim.quantifier.holds(len(kept), len(every))
            result = Result(matching=len(kept), whole=len(every), verdict=verdict)
        numbers = [figures[labels][0] for labels in kept]
        if query.across == "count":
            result = replace(result, figure=float(len(kept)))
        elif query.across == "mean":
            result = replace(
                result, figure=total("mean", [number for number in numbers if number is not None])
            )
        chosen, others = self.ordered_groups(kept, figures)
        if besides is not None:
            others, _ = self.ordered_groups(besides, figures)
        told, untold = ([self.group(labels, figures) for labels in some] for some in (chosen, others))
        facts = [fact for labels in chosen for fact in self.facts_of_group(kept[labels])]
        facts.sort(key=self.rows.place)
        result = replace(result, groups=tuple(told[: self.shown]), groups_total=len(chosen))
        result = self.with_facts(facts, replace(result, others=tuple(untold[: self.shown])))
        return (
            result
            if any(self.telling_in(kept[labels]) for labels in chosen)
            else of_nothing(self.query, self.rows, result)
        )

    def claimed_of_places(
        self, claim: Claim, kept: dict[tuple[Any, ...], GroupRows], figures: dict[tuple[Any, ...], Figures]
    ) -> Result:
        """Return whether a claim is true for the groups at some ranks of an order, and the other groups for
        which it is true."""
        chosen, others = self.ordered_groups(kept, figures)
        fulfilling = [labels for labels in kept if self.parts_of_group(kept[labels], claim.condition)[0]]
        matching = [labels for labels in chosen if labels in fulfilling]
        elsewhere, behind = self.ordered_groups(
            {one: kept[one] for one in fulfilling if one in others}, figures
        )
        facts = sorted(
            (fact for labels in chosen for fact in self.facts_of_group(kept[labels])), key=self.rows.place
        )
        told, untold = (
            [self.group(labels, figures) for labels in some] for some in (chosen, [*elsewhere, *behind])
        )
        result = Result(
            matching=len(matching),
            whole=len(chosen),
            verdict=claim.quantifier.holds(len(matching), len(chosen)),
        )
        result = replace(
            result,
            groups=tuple(told[: self.shown]),
            groups_total=len(chosen),
            others=tuple(untold[: self.shown]),
        )
        result = self.with_facts(facts, result)
        return (
            result
            if any(self.telling_in(kept[labels]) for labels in chosen)
            else of_nothing(self.query, self.rows, result)
        )

    def group(self, labels: tuple[Any, ...], figures: dict[tuple[Any, ...], Figures]) -> Group:
        """Return a group as a record."""
        figure, matching, whole, compared = figures[labels]
        return Group(tuple(label for _, label in labels), figure or 0.0, matching, whole, compared)

    def telling_in(self, group: GroupRows) -> list[tuple[Subject, Pair]]:
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
        for subject, pair in group.counting:

            def is_so(condition: Condition, subject: Subject = subject, pair: Pair = pair) -> bool:
                return bool(self.parts([subject], self.meant(condition, pair))[0])

            if is_so(whom) and (not some or any(map(is_so, some))):
                found.append((subject, pair))
        return found

    def facts_of_group(self, group: GroupRows) -> list[RatingFact]:
        """Return the facts shown for a group; for a subject with none for the requested aspect,
        its overall one.
        """
        found = (
            self.rows.current(one, *pair) or self.rows.counting(one) for one, pair in self.telling_in(group)
        )
        return [fact for fact in found if fact is not None]

    def grouped_pairs(self) -> list[Pair]:
        """Return the aspects and services by which subjects are in groups."""
        own = self.telling[0] if self.telling else self.rows.home()
        by = self.query.by
        if "aspect" not in by and "service" not in by:
            return [own]
        wanted = []
        for aspect, service in self.rows.pairs():
            fits_aspect = key(aspect) != key(WHOLE) if "aspect" in by else key(aspect) == key(own[0])
            fits_service = key(service) != key(WHOLE) if "service" in by else key(service) == key(own[1])
            wanted += [(aspect, service)] if fits_aspect and fits_service else []
        return wanted

    def meant(self, condition: Condition, pair: Pair) -> Condition:
        """Return what a condition means in the group of an aspect or service."""
        if "rating" in self.query.by:
            return condition
        return q.change_simple(condition, lambda one: self._meant(one, pair))

    def _meant(self, condition: Condition, pair: Pair) -> Condition:
        by = self.query.by
        if isinstance(condition, q.Happened):
            event = condition.event
            event = replace(event, aspect=pair[0]) if "aspect" in by and event.aspect == WHOLE else event
            event = replace(event, service=pair[1]) if "service" in by and event.service == WHOLE else event
            return replace(condition, event=event)
        if not isinstance(condition, ON_RATINGS):
            return condition
        if (
            "aspect" in by
            and not isinstance(condition, q.RatedFor | q.AspectAgainst)
            and condition.aspect == WHOLE
        ):
            condition = replace(condition, aspect=pair[0])
        return (
            replace(condition, service=pair[1])
            if "service" in by and condition.service == WHOLE
            else condition
        )

    def fill(self, groups: dict[tuple[Any, ...], GroupRows], pair: Pair) -> None:
        """Put every subject into its group for an aspect and service."""
        query = self.query
        scope, about = self.meant(query.scope, pair), self.meant(said_of(query), pair)
        fewest = isinstance(query.measure, q.Count) and query.order == q.Order("figure", descending=False)
        making = q.And(tuple(part for part in q.parts_of(scope) if not pairs(part))) if fewest else scope
        parts = "aspect" in query.by or "service" in query.by
        for one in self.rows.subjects:
            fact = self.rows.current(one, *pair)
            labels = tuple(self.label(one, name, pair, fact) for name in query.by)
            if (
                None in labels
                or not holds(making, one, self.rows)
                or not self.can_count(one, scope, about)
                or (parts and fact is None)
            ):
                continue
            group = groups.setdefault(labels, GroupRows())
            if holds(scope, one, self.rows):
                group.counting.append((one, pair))

    def label(self, subject: Subject, name: str, pair: Pair, fact: RatingFact | None) -> Any:
        """Return the label of a subject in a grouping, as (sort key, text); ``None`` if it is unknown."""
        if name in ("aspect", "service"):
            return self.rows.spelt(name, pair[0] if name == "aspect" else pair[1])
        if name == "rating":
            if fact is None or fact.rating is None:
                return None
            label = self.rows.scale.canonical(fact.rating) or fact.rating
            rank = self.rows.scale.rank(fact.rating)
            return (len(self.rows.scale.ratings) if rank is None else rank, label), label
        if name == "year":
            return (
                (fact.published.year, str(fact.published.year))
                if fact is not None and fact.published is not None
                else None
            )
        value = self.rows.label(subject, name)
        return None if value is None else (self.rows.sort_key(subject, name), value)

    def parts_of_group(self, group: GroupRows, condition: Condition) -> tuple[int, int]:
        """Count the subjects of a group that meet a condition, and the whole."""
        matching = whole = 0
        for subject, pair in group.counting:
            here = self.parts([subject], self.meant(condition, pair))
            matching, whole = matching + len(here[0]), whole + len(here[1])
        return matching, whole

    def fulfils(self, group: GroupRows, having: q.Having) -> bool:
        """True if a group meets a condition on groups."""
        matching, whole = self.parts_of_group(group, having.condition)
        if having.than is None:
            return having.quantifier.holds(matching, whole)
        return having.quantifier.compares(matching, self.parts_of_group(group, having.than)[0])

    def two_numbers(self, group: GroupRows) -> tuple[int, int] | None:
        """Return the two numbers of a group that are compared, if any are."""
        for having in self.query.having:
            if having.than is not None:
                one, other = (self.parts_of_group(group, part)[0] for part in having.conditions)
                return one, other
        return None

    def figure_of(self, group: GroupRows) -> Parts:
        """Return the figure of a group, with its numerator and denominator."""
        measure, subjects = self.query.measure, [one for one, _ in group.counting]
        if isinstance(measure, q.Share):
            matching, whole = self.parts_of_group(group, measure.of)
            return (share(matching, whole) if whole else None), matching, whole
        if isinstance(measure, q.Total):
            numbers = [
                number for one in subjects if (number := self.rows.number(one, measure.field)) is not None
            ]
            return total(measure.function, numbers), None, None
        if isinstance(measure, q.Times):
            return (
                float(
                    sum(
                        len(happened(one, self.event_of(measure.event, pair), self.rows))
                        for one, pair in group.counting
                    )
                ),
                None,
                None,
            )
        if isinstance(measure, q.Count) and measure.of is not None:
            return float(len(self.different(subjects, measure.of))), None, None
        return float(len(subjects)), None, None

    def of_every_rating(self, labels: tuple[Any, ...], figures: Mapping[tuple[Any, ...], Parts]) -> Parts:
        """Return the share of one rating among all groups that differ only in the rating."""
        place = self.query.by.index("rating")
        alike = [
            figures[other]
            for other in figures
            if all(one == two for at, (one, two) in enumerate(zip(labels, other, strict=True)) if at != place)
        ]
        part, whole = figures[labels][2] or 0, sum(counted or 0 for _, _, counted in alike)
        return (share(part, whole) if part else None), part, whole

    def event_of(self, event: q.Event, pair: Pair) -> q.Event:
        """Return what an event means in the group of an aspect or service."""
        meant = self.meant(q.Happened(event), pair)
        return meant.event if isinstance(meant, q.Happened) else event

    def ordered_groups(
        self, kept: Iterable[tuple[Any, ...]], figures: dict[tuple[Any, ...], Figures]
    ) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return the labels of groups in order: those at the requested ranks, then separately the others."""
        order, by = self.query.order or q.Order(), self.query.by
        name = {"date": "year", "name": by[0]}.get(order.key, order.key)
        found = sorted(kept, key=lambda labels: tuple(label[0] for label in labels))

        def sorts_by(labels: tuple[Any, ...]) -> Any:
            if name in by:
                return labels[by.index(name)][0]
            figure, _, _, compared = figures[labels]
            lead = self.query.order is None and compared is not None
            return abs(compared[0] - compared[1]) if lead and compared else figure or 0.0

        falling = order.descending if name != "rating" or name not in by else not order.descending
        found = (
            stable_reversed(sorted(found, key=sorts_by), sorts_by, found)
            if falling
            else sorted(found, key=sorts_by)
        )
        if self.query.ranks is None:
            return found, []
        within = [self.is_within(place) for place in self.places([sorts_by(labels) for labels in found])]
        chosen = [labels for labels, wanted in zip(found, within, strict=True) if wanted]
        return chosen, [labels for labels in found if labels not in chosen]
