"""Query → Result, row by row: the meaning of a Query, written as plainly as possible.

It computes the golds of made questions and tests :mod:`qa.facts.run`, with which it shares only the records;
it uses no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.evaluation.plain.conditions import holds
from qa.evaluation.plain.distances import with_distances
from qa.evaluation.plain.groups import Grouped
from qa.evaluation.plain.history import with_history
from qa.evaluation.plain.measures import Measured
from qa.evaluation.plain.missing import missing, of_absence
from qa.evaluation.plain.rows import Rows
from qa.facts.result import Result
from qa.question.query import Query
from qa.records import RatingFact
from qa.scale import Scale

__all__ = ["Rows", "evaluate", "evaluate_rows"]


def evaluate(
    query: Query,
    facts: Iterable[RatingFact],
    scale: Scale,
    documents: Sequence[str] | None = None,
    limit: int = 50,
) -> Result:
    """Return what ``facts``, in the order of reading, say to a Query, like :func:`qa.facts.run.run`."""
    return evaluate_rows(query, Rows(facts, scale), documents, limit)


def evaluate_rows(
    query: Query, rows: Rows, documents: Sequence[str] | None = None, limit: int = 50
) -> Result:
    """Return the same for rows that were already put in order."""
    if query.prose is not None:
        return Result()
    seen = rows.seen(documents, query.at)
    return missing(query, seen) or with_distances(
        query, seen, with_history(query, seen, of_absence(query, seen, _result(query, seen, limit))), holds
    )


def _result(query: Query, rows: Rows, limit: int) -> Result:
    if query.by:
        return Grouped(query, rows, limit).grouped()
    one = Measured(query, rows, limit)
    if query.claim is not None:
        return one.claimed(query.claim)
    return one.compared() if query.against else one.measured()
