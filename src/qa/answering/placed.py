"""Words the position of one group in a ranking: ``Telford is second of 18 towns by number of care homes``."""

from __future__ import annotations

from qa.answering.context import (
    Context,
    Telling,
    count_figure,
    int_if_whole,
    part_figures,
    part_said,
    unit_of,
)
from qa.answering.english import number, ordinal
from qa.answering.groups_asked import dimension, of_each
from qa.facts.result import Group, Result
from qa.question.query import Is, Query, Share
from qa.records import Figure


def tell_place(query: Query, result: Result, context: Context) -> Telling:
    """Word the position, the figure, and how many others share it; or that the group is not ranked."""
    share, each = isinstance(query.measure, Share), of_each(query, context)
    several, whole = dimension(query, context)[1], result.whole or 0
    what = f"{'share' if share else 'number'} of {each}"
    if result.place is None:
        having = f"a {what}" if share else each
        text = f"{_value(query)} is not among the {number(whole)} {several} with {having}."
        return Telling(text, (count_figure(several, whole),))
    (group,) = result.groups
    place, others = ordinal(result.place), (result.matching or 1) - 1
    joint = f"joint {place} (with {number(others)} more)" if others else place
    among = f"{joint} of {number(whole)} {several} by {what}, highest first"
    text = f"{group.labels[0]} is {among}: {_figure(query, group)}."
    counted = [
        ("place", result.place),
        (several, whole),
        *([("more in the same place", others)] if others else []),
    ]
    return Telling(text, (*(count_figure(*one) for one in counted), *_figures(query, group)))


def _value(query: Query) -> str:
    """Return the name of the group whose position is asked for."""
    named = query.claim.condition if query.claim is not None else None
    return named.values[0] if isinstance(named, Is) else ""


def _figure(query: Query, group: Group) -> str:
    rounded = int_if_whole(round(group.figure, 1))
    if isinstance(query.measure, Share):
        return f"{rounded:g}% ({part_said(group.matching, group.whole)})"
    return number(group.figure)


def _figures(query: Query, group: Group) -> list[Figure]:
    name, rounded = group.labels[0], int_if_whole(round(group.figure, 1))
    own = Figure(name, rounded, unit_of(query), None)
    return [own, *part_figures(name, group.matching, group.whole)]
