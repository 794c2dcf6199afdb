"""Which subjects belong to which group."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from qa.evaluation.plain.asked import ON_RATINGS, pairs, said_of
from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.measures import Measured
from qa.evaluation.plain.rows import Pair
from qa.evaluation.plain.subjects import Subject
from qa.language.tokens import key
from qa.question import query as q
from qa.question.query import WHOLE, Condition
from qa.records import RatingFact

Labels = tuple[Any, ...]  # (sort key, text) for each field of ``Query.by``
Members = list[tuple[Subject, Pair]]  # each subject with the aspect and service that put it there


class Grouping(Measured):
    """One Query that puts subjects into groups."""

    @cached_property
    def groups(self) -> dict[Labels, Members]:
        """Every group and its members; a group may be empty."""
        groups: dict[Labels, Members] = {}
        for pair in self.grouped_pairs():
            self.fill(groups, pair)
        return groups

    def fill(self, groups: dict[Labels, Members], pair: Pair) -> None:
        """Put every subject into its group for an aspect and service."""
        scope, about = self.meant(self.query.scope, pair), self.meant(said_of(self.query), pair)
        making = self.making_groups(scope)
        for one in self.rows.subjects:
            labels = self.labels(one, pair)
            if labels is None or not holds(making, one, self.rows) or not self.can_count(one, scope, about):
                continue
            members = groups.setdefault(labels, [])
            if holds(scope, one, self.rows):
                members.append((one, pair))

    def making_groups(self, scope: Condition) -> Condition:
        """Return the condition that makes a subject's group exist. For the fewest, groups in which nobody has
        the requested ratings exist as well."""
        query = self.query
        fewest = isinstance(query.measure, q.Count) and query.order == q.Order("figure", descending=False)
        return q.And(tuple(part for part in q.parts_of(scope) if not pairs(part))) if fewest else scope

    def grouped_pairs(self) -> list[Pair]:
        """Return the aspects and services by which subjects are grouped."""
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

    def labels(self, subject: Subject, pair: Pair) -> Labels | None:
        """Return the labels of a subject's group; ``None`` if it is in none."""
        fact, by = self.rows.current(subject, *pair), self.query.by
        if fact is None and ("aspect" in by or "service" in by):
            return None
        labels = tuple(self.label(subject, name, pair, fact) for name in by)
        return None if None in labels else labels

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

    def event_of(self, event: q.Event, pair: Pair) -> q.Event:
        """Return what an event means in the group of an aspect or service."""
        meant = self.meant(q.Happened(event), pair)
        return meant.event if isinstance(meant, q.Happened) else event
