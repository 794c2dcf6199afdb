"""Whether the tables can answer what may be asked next about a named subject.

Suggestions ask this several times after every answer. The result is that of :func:`qa.facts.run.run`, looked
up for one subject without the columns of all others.
"""

from __future__ import annotations

import numpy as np

from qa.facts import query_parts
from qa.facts.current_facts import NOTHING
from qa.facts.missing import first_missing, lack
from qa.facts.store import FactStore
from qa.facts.view import View
from qa.question import query as q
from qa.question.query import Query
from qa.scale import Scale

_EVERY = q.Events()


def tells_of_one(query: Query, store: FactStore, scale: Scale) -> bool | None:
    """Return whether the tables have everything that a Query asks about the one subject that it names; for
    its history, more than one rating.

    ``None`` for any Query other than for the ratings, the whole history or some fields of one named subject.
    """
    named, measure = query.scope, query.measure
    if not isinstance(named, q.Named) or len(named.subjects) != 1 or query != Query(named, measure):
        return None
    if not isinstance(measure, q.Ratings | q.Values) and measure != _EVERY:
        return None
    view, subject = store.view(scale), named.subjects[0] - 1
    if first_missing(query, view) is not None:
        return False
    if isinstance(measure, q.Values):
        return bool(view.present[subject])
    if lack(query, view, query_parts.focus(query, view), subject)[0] is not None:
        return False
    return measure != _EVERY or _ratings(view, subject) > 1


def _ratings(view: View, subject: int) -> int:
    """The number of dated ratings of a subject in the tables."""
    history = view.history((q.WHOLE, q.WHOLE))
    first, last = np.searchsorted(history.subject, (subject, subject + 1))
    dated = history.told[first:last] & (history.published[first:last] != NOTHING)
    return int(dated.sum())
