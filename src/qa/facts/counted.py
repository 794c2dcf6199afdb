"""Which subjects count in the scope of a Query, and which of them meet a condition."""

from __future__ import annotations

import numpy as np

from qa.facts import query_parts
from qa.facts.chronicle import Chronicle
from qa.facts.conditions import Conditions
from qa.facts.current_facts import NOTHING, Flags
from qa.facts.shown_facts import Teller
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Query


class Counted:
    """One Query over one view: its scope."""

    def __init__(self, view: View, query: Query, limit: int) -> None:
        self.view = view
        self.query = query
        self.limit = limit
        self.conditions = Conditions(view)
        self.focus = query_parts.focus(query, view)
        self.teller = Teller(view, query, self.focus, limit, self.conditions.holds)
        self.chronicle = Chronicle(view, query, self.teller)

    def _countable(self, scope: q.Condition, subject: q.Condition) -> Flags:
        """Return which subjects can count in a scope; ``subject`` is the condition of a share or a claim."""
        countable = self._held(scope, subject)
        return countable if query_parts.asks_closed(self.query) else countable & ~self.view.closed

    def _held(self, scope: q.Condition, subject: q.Condition) -> Flags:
        if any(
            query_parts.any_leaf(one, lambda leaf: isinstance(leaf, q.Unrated)) for one in (scope, subject)
        ):
            return self.view.present
        told = (*query_parts.spoken(scope), *query_parts.spoken(subject)) or query_parts.measured(
            self.query, self.view
        )
        if not told and isinstance(self.query.measure, q.Values) and self.query.claim is None:
            return self.view.present
        if not told:
            return np.not_equal(self.view.counting, NOTHING)
        dated = any(query_parts.any_leaf(one, query_parts.dates_the_whole) for one in (scope, subject))
        held = np.not_equal(self.view.counting, NOTHING) if dated else np.zeros(self.view.size, np.bool_)
        for spoken in told:
            held |= self.view.standing(spoken).held
        return held

    def _counted(self) -> Flags:
        scope = self.query.scope
        return self.conditions.holds(scope) & self._countable(scope, query_parts.subject_of(self.query))

    def _parts(self, condition: q.Condition) -> tuple[Flags, Flags]:
        """Return which of the counted subjects meet a condition, and the whole that they are a part of."""
        whole = self._counted() & self.conditions.rated(query_parts.rated(condition, self.view.scale))
        return whole & self.conditions.holds(condition), whole
