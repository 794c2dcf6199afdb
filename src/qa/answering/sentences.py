"""Query + Result → the sentences that tell it and every number in them. The Result's shape chooses the
sentence."""

from __future__ import annotations

from qa.answering.claims import tell_claim
from qa.answering.comparing import tell_sides
from qa.answering.context import Context, Telling
from qa.answering.dating import date_figures
from qa.answering.figures import tell_figure
from qa.answering.groups import tell_groups
from qa.answering.lacking import held, lacking
from qa.answering.rows import tell_rows
from qa.answering.values import tell_values
from qa.facts.result import Result
from qa.question.query import Dates, Query, Ratings, Values


def tell(query: Query, result: Result, context: Context) -> Telling:
    """Return what is told of a Result, the answer first; every number and date of the text is a figure."""
    telling = _tell(query, result, context)
    return Telling(telling.text, (*telling.figures, *date_figures(telling.text, query, [result], context)))


def _tell(query: Query, result: Result, context: Context) -> Telling:
    if result.missing is None:
        return _told(query, result, context)
    why = lacking(query, result, context)
    if result.missing == "contradiction":
        return why
    told = held(query, result, context)
    return Telling(f"{told.text} {why.text}".strip(), (*told.figures, *why.figures))


def _told(query: Query, result: Result, context: Context) -> Telling:
    if result.sides:
        return tell_sides(query, result, context)
    if result.verdict is not None and query.claim:
        return tell_claim(query, result, context)
    if query.by:
        return tell_groups(query, result, context)
    if isinstance(query.measure, Values):
        return tell_values(query, result, context)
    if isinstance(query.measure, Ratings | Dates):
        return tell_rows(query, result, context)
    return tell_figure(query, result, context)
