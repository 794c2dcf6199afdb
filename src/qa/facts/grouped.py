"""The groups of a Query: made of the subjects that count, chosen, and shown with their facts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qa.facts import query_parts
from qa.facts.counted import Counted
from qa.facts.current_facts import NOTHING, Flags, Numbers
from qa.facts.figures import total
from qa.facts.grouping import Grouper, Grouping, Unit, said_of
from qa.facts.missing import of_nothing
from qa.facts.result import Result
from qa.facts.shown_facts import ShownFacts
from qa.question import query as q


class Grouped(Counted):
    """One Query over one view: its groups."""

    def _grouped(self) -> Result:
        query = self.query
        grouper = Grouper(self.view, self.conditions, query)
        grouping = grouper.group(self._units(grouper))
        if q.asks_place(query):
            return self._placed(grouper, grouping)
        kept, result = grouper.having(grouping), Result()
        chosen, others = grouper.ordered(grouping, kept)
        if query.claim is not None:
            fulfilling, asked = grouper.fulfilling(grouping, query.claim.condition), grouping.counted
            if query.ranks is not None:  # a claim about the groups at some places of an order
                asked = np.isin(np.arange(len(kept)), chosen)
                others = np.concatenate(grouper.ordered(grouping, kept & fulfilling & ~asked))
            kept = kept & fulfilling & asked
            part, of = int(kept.sum()), int(asked.sum())
            result = Result(matching=part, whole=of, verdict=query.claim.quantifier.holds(part, of))
            if query.ranks is None:
                chosen, _ = grouper.ordered(grouping, kept)
                others, _ = grouper.ordered(grouping, grouping.counted & ~kept)
        if query.across is not None:
            figures = grouping.figure[kept].tolist()
            mean = total("mean", figures) if figures else None
            result = replace(result, figure=float(len(figures)) if query.across == "count" else mean)
        told, limit = self._told(grouping, chosen), self.teller.limit
        groups, besides = grouper.groups(grouping, chosen[:limit]), grouper.groups(grouping, others[:limit])
        result = self.teller.with_facts(
            told, replace(result, groups=groups, groups_total=len(chosen), others=besides)
        )
        return result if len(told.subjects) else of_nothing(query, self.view, self.conditions, result)

    def _placed(self, grouper: Grouper, grouping: Grouping) -> Result:
        """Return the place of one group in the order of all."""
        assert self.query.claim is not None
        kept = grouper.having(grouping) & grouping.counted
        chosen, _ = grouper.ordered(grouping, kept & grouper.fulfilling(grouping, self.query.claim.condition))
        place, sharing = None, 0
        if len(chosen):
            figures, own = grouping.figure[kept], grouping.figure[chosen[0]]
            place = 1 + int((figures > own).sum())
            sharing = int((figures == own).sum())
        told = self._told(grouping, chosen)
        groups = grouper.groups(grouping, chosen)
        result = Result(
            matching=sharing, whole=int(kept.sum()), place=place, groups=groups, groups_total=len(chosen)
        )
        return self.teller.with_facts(told, result)

    def _units(self, grouper: Grouper) -> list[Unit]:
        own = self.focus[0] if self.focus else self.view.home
        if not {"aspect", "service"} & {*self.query.by}:
            return [
                self._unit(Unit(own), self._countable(self.query.scope, query_parts.subject_of(self.query)))
            ]
        return [self._unit(Unit(spoken, labels), None) for spoken, labels in grouper.spoken(own)]

    def _unit(self, unit: Unit, countable: Flags | None) -> Unit:
        """Return a unit with its members. Each must have a fact of the unit's own aspect and
        service if these are dimensions.
        """
        query = self.query
        scope, subject = (
            said_of(one, query.by, unit.spoken) for one in (query.scope, query_parts.subject_of(query))
        )
        if countable is None:
            countable = self._countable(scope, subject) & self.view.standing(unit.spoken).held
        counts = self.conditions.holds(scope) & countable
        members = counts
        if isinstance(query.measure, q.Count) and query.order == q.Order("figure", descending=False):
            untold = tuple(part for part in q.parts_of(scope) if not query_parts.spoken(part))
            members = self.conditions.holds(q.And(untold)) & countable
        return replace(unit, members=np.flatnonzero(members).astype(np.int32), counts=counts)

    def _telling(self, unit: Unit) -> Flags:
        """Return the subjects shown for groups: the part of a share, and those that meet what some of a group
        must."""
        of_places = self.query.claim is not None and self.query.ranks is not None
        telling = self._fulfilling(q.EVERYTHING if of_places else query_parts.subject_of(self.query), unit)
        some = [self._fulfilling(one, unit) for one in query_parts.telling(self.query.having)]
        return telling & np.logical_or.reduce(some) if some else telling

    def _fulfilling(self, condition: q.Condition, unit: Unit) -> Flags:
        asked = said_of(condition, self.query.by, unit.spoken)
        return self.conditions.holds(asked) & self.conditions.rated(query_parts.rated(asked, self.view.scale))

    def _told(self, grouping: Grouping, chosen: Numbers) -> ShownFacts:
        """Return the facts to show for the chosen groups, in the order of reading."""
        wanted = np.zeros(len(grouping.labels), np.bool_)
        wanted[chosen] = True
        told = []
        for unit, members, groups in grouping.rows:
            inside = members[wanted[groups]]
            inside = inside[self._telling(unit)[inside]]
            row = self.view.standing(unit.spoken).row[inside]
            row = np.where(row == NOTHING, self.view.counting[inside], row)
            told.append(ShownFacts(row[row != NOTHING], inside))
        joined = ShownFacts.joined(told)
        read = self.view.store.column("fact.fact")[joined.rows]
        return ShownFacts(joined.rows[np.argsort(read, kind="stable")], joined.subjects)
