"""Words answers that are one number: a count, a share, a total of a column."""

from __future__ import annotations

from qa.answering.context import Context, Telling, count_figure, int_if_whole
from qa.answering.dating import up_to
from qa.answering.english import exact, is_plural, listed, number, singular
from qa.answering.lists import counted, unique
from qa.answering.subjects import FEW, SOME
from qa.answering.wording import condition_phrase, predicate, scope_phrase, speaks_of_rated, split_scope
from qa.facts.result import Result
from qa.question.query import Count, Query, Share, Total
from qa.records import Figure

_RUNS = {"provider": ("runs", "run")}
_ENDS = {"least": "smallest", "most": "largest"}


def tell_figure(query: Query, result: Result, context: Context) -> Telling:
    """Word an answer that is a single number."""
    if isinstance(query.measure, Share):
        return _share(query.measure, query, result, context)
    if isinstance(query.measure, Total):
        return _total(query.measure, query, result, context)
    if isinstance(query.measure, Count) and query.measure.of:
        return _different(query.measure.of, query, result, context)
    if result.whole is not None and result.matching is not None:
        return _part_of_whole(query, result, context)
    total = result.total if result.figure is None else int(result.figure)
    return counted(query.scope, total, result, context)


def _part_of_whole(query: Query, result: Result, context: Context) -> Telling:
    """``4 of the 8 homes run by Oak Care were rated Inadequate``; for several ratings, how many have each."""
    count, of = result.matching or 0, result.whole or 0
    who, what = split_scope(query.scope)
    scope = scope_phrase(who, None, context)
    figures = [count_figure(scope_phrase(query.scope, None, context), count), count_figure(scope, of)]
    lead = f"{number(count)} of the {number(of)} {scope} {predicate(what, count, context)}"
    if len(result.groups) > 1:
        told = [count_figure(group.labels[0], group.figure) for group in result.groups]
        lead += f": {listed([f'{number(float(one.value))} {one.label}' for one in told])}"
        figures += told
    return Telling(f"{lead}. {up_to(result, context)}", tuple(figures))


def _different(name: str, query: Query, result: Result, context: Context) -> Telling:
    """Count the values of a field: ``8 providers run care homes in Kent``."""
    field, count = context.field(name), int(result.figure or 0)
    of, label = (
        scope_phrase(query.scope, None, context),
        f"{field.plural} of {scope_phrase(query.scope, None, context)}",
    )
    one, several = _RUNS.get(name, ("has", "have"))
    verb = one if count == 1 else several
    lead = (
        f"{number(count)} {field.label if count == 1 else field.plural} {verb} {of}"
        if count
        else f"None: no {field.label} {one} {of}"
    )
    return Telling(f"{lead}. {up_to(result, context)}", (count_figure(label, count),))


def share_label(measure: Share, query: Query, context: Context) -> str:
    """``care homes in Kent (council area): rated Good``."""
    return f"{scope_phrase(query.scope, None, context)}: {condition_phrase(measure.of, context)}"


def _share(measure: Share, query: Query, result: Result, context: Context) -> Telling:
    scope, count, of = scope_phrase(query.scope, None, context), result.matching or 0, result.whole or 0
    held = " with a rating" if speaks_of_rated(measure.of) else ""
    if not of or result.figure is None:
        return Telling(
            f"There is no share to give: no {scope_phrase(query.scope, 1, context)}"
            f"{' has a rating' if held else ' is in the tables'}.",
            (count_figure(f"{scope}{held}", 0),),
        )
    value = int_if_whole(round(result.figure, 1))
    stated = predicate(measure.of, count, context)
    text = f"{value:g}%: {number(count)} of {number(of)} {scope}{held} {stated}. {up_to(result, context)}"
    label = share_label(measure, query, context)
    figures = (
        Figure(label, value, "percent"),
        count_figure(label, count),
        count_figure(f"{scope}{held}", of),
    )
    return Telling(text, figures)


def _total(measure: Total, query: Query, result: Result, context: Context) -> Telling:
    field, scope = context.field(measure.field), scope_phrase(query.scope, None, context)
    if result.figure is None:
        return Telling(f"No {scope_phrase(query.scope, 1, context)} has {a_number(field.label)}.")
    counted_ones = result.total if result.matching is None else result.matching
    value, figures = (
        exact(result.figure) if measure.function in _ENDS else number(result.figure),  # of ends as held
        [count_figure(f"{measure.function} of {field.label}: {scope}", round(result.figure, 1))],
    )
    if counted_ones:
        figures.append(count_figure(f"{scope} with {a_number(field.label)}", counted_ones))
    over = f"{number(counted_ones)} {scope_phrase(query.scope, counted_ones, context)}"
    if measure.function in _ENDS:
        names = unique([fact.subject for fact in result.facts])
        who = f", of {listed(names[:SOME])}" if 0 < len(names) <= FEW else ""
        lead = f"{value} is the {_ENDS[measure.function]} {_singular(field.label)}{who}, among {over}"
    else:
        unit = f" {field.label}" if is_plural(field.label) else ""
        average = {"sum": " in all", "mean": " on average"}[measure.function]
        lead = f"{value}{unit}{average}: {'' if unit else f'{field.label} of '}{over}"
    return Telling(f"{lead}. {up_to(result, context)}", tuple(figures))


def a_number(label: str) -> str:
    """``a number of beds``, ``a deprivation decile``: something that a subject may lack."""
    return f"a number of {label}" if is_plural(label) else f"a figure for {label}"


def _singular(label: str) -> str:
    return f"number of {label}" if is_plural(label) else singular(label)
