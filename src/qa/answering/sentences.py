"""Query + Result → the sentences of the answer and every number in them. The Result's shape chooses the
sentence.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from qa.answering.comparing import tell_sides
from qa.answering.context import Context, Telling
from qa.answering.dating import date_figures, history_figures
from qa.answering.distances import how_far, measured_from
from qa.answering.figures import tell_figure
from qa.answering.groups import tell_groups
from qa.answering.history import tell_events, tell_times
from qa.answering.missing import held, lacking
from qa.answering.rows import tell_rows
from qa.answering.values import tell_values
from qa.answering.yes_no_answers import tell_claim
from qa.facts.result import Result
from qa.phrasing import long_date
from qa.question.query import Dates, Events, Query, Ratings, Times, Values


def tell(query: Query, result: Result, context: Context) -> Telling:
    """Return the wording of a Result, the answer first; every number and date in the text is
    also a figure.
    """
    if query.at is not None:
        newest = min(query.at, context.as_of) if context.as_of else None
        context = replace(context, as_of=newest)
    telling = _tell(query, result, context)
    if query.at is not None and result.missing is None:
        telling = replace(telling, text=_as_at(telling.text, query.at))
    figures = (*telling.figures, *history_figures(telling.text, result))
    if result.missing is None and (lead := how_far(query, result, context)).text:
        telling = Telling(f"{lead.text} {telling.text}")
        figures = (*lead.figures, *figures)
    if result.missing is None and (begin := measured_from(query, result, context)).text:
        telling = Telling(f"{telling.text} {begin.text}")
        figures += begin.figures
    return Telling(telling.text, (*figures, *date_figures(telling.text, query, [result], context)))


def _as_at(text: str, at: datetime.date) -> str:
    """``As it stood on 31 December 2019: …``; after the "Yes" or "No" of a claim."""
    for lead in ("Yes", "None", "No"):
        if text.startswith((f"{lead}.", f"{lead}:")):
            return f"{lead}, as it stood on {long_date(at)}{text.removeprefix(lead)}"
    return f"As it stood on {long_date(at)}: {text}"


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
    if isinstance(query.measure, Events):
        return tell_events(query.measure, query, result, context)
    if isinstance(query.measure, Times):
        return tell_times(query.measure, query, result, context)
    if isinstance(query.measure, Values):
        return tell_values(query, result, context)
    if isinstance(query.measure, Ratings | Dates):
        return tell_rows(query, result, context)
    return tell_figure(query, result, context)
