"""Words groups: figures by council, by rating, by key question … the winner first; in two dimensions by the
outer one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qa.answering.context import (
    Context,
    Telling,
    count_figure,
    int_if_whole,
    part_figures,
    part_said,
    unit_of,
)
from qa.answering.dating import up_to
from qa.answering.english import listed, more_are, number, ordinal
from qa.answering.groups_asked import dimension, havings, of_each, sides_of
from qa.answering.placed import tell_place
from qa.answering.wording import scope_phrase
from qa.facts.result import Group, Result
from qa.question.query import EVERYTHING, Count, Query, Ratings, Share, Total, asks_place
from qa.records import Figure

MOST = 12  # groups in the text
_AT_ONCE = 3  # names in one sentence; with more, the first place gets its own sentence
_OUTER = 6  # outer groups of a cross-table in the text


def tell_groups(query: Query, result: Result, context: Context) -> Telling:
    """Word the groups of a Result, or the figure over all groups."""
    if query.across:
        return _across(query, result, context)
    if asks_place(query):
        telling = tell_place(query, result, context)
        return Telling(f"{telling.text} {up_to(result, context)}", telling.figures)
    if not result.groups:
        return _no_group(query, result, context)
    if len(query.by) > 1:
        return _cross_table(query, result, context)
    if query.ranks and (query.order is None or query.order.key == "figure"):
        telling = _ranked(query, result, context)
        return Telling(f"{telling.text} {up_to(result, context)}", telling.figures)
    if query.having:
        return _having(query, result, context)
    telling = _split(query, result, context) if _is_split(query) else _all(query, result, context)
    return Telling(f"{telling.text} {up_to(result, context)}", telling.figures)


# Pieces -----------------------------------------------------------------------------------------------------


def _unit(query: Query) -> str:
    return "%" if isinstance(query.measure, Share) else ""


def told(query: Query, figure: float) -> str:
    """``12`` or ``8.3%``."""
    return f"{int_if_whole(round(figure, 1)):g}%" if _unit(query) else number(figure)


def _figures(query: Query, groups: Sequence[Group], others: Sequence[Group] = ()) -> tuple[Figure, ...]:
    """Return one figure per group, the winner's first; for shares, also the counts behind the
    winner's share.
    """
    found = []
    for group in (*groups, *others):
        outer = group.labels[0] if len(group.labels) > 1 else None
        found.append(Figure(group.labels[-1], int_if_whole(round(group.figure, 1)), unit_of(query), outer))
    if isinstance(query.measure, Share):
        found += part_figures(groups[0].labels[-1], groups[0].matching, groups[0].whole)
    return tuple(found)


def _tied(query: Query, groups: Sequence[Group], *, brackets: bool) -> list[str]:
    """``["Shrewsbury 48", "Bridgnorth and Oswestry with 7 each"]``: list groups with the same figure
    together.
    """
    found = []
    for figure, same in groupby(groups, key=lambda group: group.figure):
        labels = [group.labels[-1] for group in same]
        if len(labels) > 1 and brackets:
            found.append(f"{listed(labels, len(labels))} ({told(query, figure)} each)")
        elif len(labels) > 1:
            found.append(f"{listed(labels, len(labels))} with {told(query, figure)} each")
        else:
            found.append(
                f"{labels[0]} ({told(query, figure)})" if brackets else f"{labels[0]} {told(query, figure)}"
            )
    return found


# One dimension ----------------------------------------------------------------------------------------------


def _is_split(query: Query) -> bool:
    shares = isinstance(query.measure, Share) and query.measure.of == EVERYTHING
    return query.by == ("rating",) and (shares or isinstance(query.measure, Count | Ratings))


def _split(query: Query, result: Result, context: Context) -> Telling:
    """``139 care homes: 5 Outstanding, 103 Good and 31 Requires improvement``, in the scale's order; with
    shares, ``103 Good (74.1%)``.
    """
    groups = sorted(result.groups, key=lambda group: _rank(group, context))
    shares = isinstance(query.measure, Share)
    counts = [float(group.matching or 0) if shares else group.figure for group in groups]
    total = sum(counts)
    each = [f"{number(count)} {group.labels[0]}" for count, group in zip(counts, groups, strict=True)]
    if shares:
        each = [f"{one} ({told(query, group.figure)})" for one, group in zip(each, groups, strict=True)]
    split = listed(each, len(each))
    scope = scope_phrase(query.scope, int(total), context)
    figures = (count_figure(scope_phrase(query.scope, None, context), total), *_figures(query, result.groups))
    return Telling(f"{number(total)} {scope}: {split}.", figures)


def _all(query: Query, result: Result, context: Context) -> Telling:
    """``South East has the most hospices, 34. By region: South East 34, North West 33 …``."""
    groups, figures = result.groups, _figures(query, result.groups)
    each = [f"{group.labels[0]} {told(query, group.figure)}" for group in groups[:MOST]]
    rest = max(result.groups_total, len(groups)) - len(each)
    if rest > 0:
        each.append(f"{number(rest)} more")
        figures = (*figures, count_figure("more", rest))
    what, (one, _) = of_each(query, context), dimension(query, context)
    first = max(group.figure for group in groups)
    winners = [group.labels[0] for group in groups if group.figure == first]
    if len(groups) == 1:
        return Telling(f"{winners[0]} is the only {one} with {what}: {told(query, first)}.", figures)
    if len(winners) > min(3, len(groups) - 1) or (query.order and query.order.key != "figure"):
        return Telling(f"{what[:1].upper()}{what[1:]} by {one}: {listed(each, len(each))}.", figures)
    lead = (
        f"{listed(winners)} {_has(winners)} the {_most(query, descending=True)} {what}, {told(query, first)}."
    )
    return Telling(f"{lead} By {one}: {listed(each, len(each))}.", figures)


def _rank(group: Group, context: Context) -> tuple[int, str]:
    rating = group.labels[-1]
    rank = context.scale.rank(rating)
    return (len(context.scale.ratings) if rank is None else rank, rating)


def _ranked(query: Query, result: Result, context: Context) -> Telling:
    """``Norfolk (15) has the most care homes rated Inadequate``; the five with the most, and whether several
    share the last place.
    """
    assert query.ranks
    first, last = query.ranks
    groups, figures, what = (
        result.groups,
        _figures(query, result.groups, result.others),
        of_each(query, context),
    )
    most, several = (
        _most(query, descending=query.order is None or query.order.descending),
        dimension(query, context)[1],
    )
    labels = [group.labels[0] for group in groups]
    winners = [group for group in groups if group.figure == groups[0].figure]
    if len(winners) > _AT_ONCE:
        place = f"{ordinal(first)} " if first == last > 1 else ""
        text, more = _tie(query, result, len(winners), f"{several} have the {place}{most} {what}")
        return _with_those_behind(query, text, result, len(winners), several, (*figures, *more))
    if first == last:
        return Telling(_at_rank(query, groups, f"{most} {what}"), figures)
    if len(labels) <= _AT_ONCE or len(winners) == len(labels):
        told_at_once = listed(_tied(query, groups, brackets=True), len(labels))
        return Telling(f"{told_at_once} {_has(labels)} the {most} {what} of all {several}.", figures)
    lead = _tied(query, winners, brackets=True)[0]
    text = f"{lead} {_has([group.labels[0] for group in winners])} the {most} {what} of all {several}."
    return _with_those_behind(query, text, result, len(winners), several, figures)


def _at_rank(query: Query, groups: Sequence[Group], have: str) -> str:
    """``It is a tie: Kent and Norfolk (15 each) have the second most care homes.``: the groups that share a
    rank."""
    assert query.ranks
    labels, names = [group.labels[0] for group in groups], _tied(query, groups, brackets=True)[0]
    place = f"{ordinal(query.ranks[0])} " if query.ranks[0] > 1 else ""
    told = f"{names} {_has(labels)} the {place}{have}"
    if len(groups) > 1:
        return f"It is a tie: {told}."
    part = part_said(groups[0].matching, groups[0].whole)
    return f"{told}: {part}." if part else f"{told}."


def _tie(query: Query, result: Result, shown: int, have: str) -> tuple[str, tuple[Figure, ...]]:
    """``5 towns have the most hospices, 1 each: …``: state how many share a rank, and name them after that.

    Of a Result's groups, ``shown`` share it, and so do the ones beyond its limit, unless those may come
    later.
    """
    assert query.ranks
    unshown = result.groups_total - len(result.groups) if shown == len(result.groups) else 0
    later = unshown > 0 and shown <= query.ranks[1] - query.ranks[0]
    count = shown if later else shown + max(unshown, 0)
    labels = [group.labels[0] for group in result.groups[: min(shown, MOST)]]
    more = count - len(labels)
    names = listed([*labels, f"{number(more)} more"] if more else labels, len(labels) + 1)
    lead = (
        f"{'At least ' if later else ''}{number(count)} {have}, {told(query, result.groups[0].figure)} each"
    )
    figures = (count_figure("in this place", count), *([count_figure("more", more)] if more else []))
    return f"{lead}: {names}.", figures


def _with_those_behind(
    query: Query, text: str, result: Result, ahead: int, several: str, figures: tuple[Figure, ...]
) -> Telling:
    """Name, after the first of an order, those that come next; state if there are more than were asked
    for."""
    assert query.ranks
    first, last = query.ranks
    behind, total = result.groups[ahead:][: 2 * MOST], max(result.groups_total, len(result.groups))
    if behind:
        come = "comes" if len(behind) == 1 else "come"
        text += f" Then {come} {listed(_tied(query, behind, brackets=True), 2 * MOST)}."
    if not behind or total <= last - first + 1:
        return Telling(text, figures)
    told_of, whole = ahead + len(behind), number(total)
    many = (
        f"{whole} are named, as some" if told_of == total else f"{number(told_of)} of {whole} are named: many"
    )
    more = (count_figure(several, total), *([] if told_of == total else [count_figure("named", told_of)]))
    return Telling(f"{text} {many} share the last place.", (*figures, *more))


def _most(query: Query, *, descending: bool) -> str:
    if isinstance(query.measure, Share):
        return "highest share of" if descending else "lowest share of"
    if isinstance(query.measure, Total):
        return "highest" if descending else "lowest"
    return "most" if descending else "fewest"


def _has(labels: Sequence[str]) -> str:
    return "has" if len(labels) == 1 else "have"


def _having(query: Query, result: Result, context: Context) -> Telling:
    """``4 councils have at least 8 care homes rated Inadequate: Norfolk 15, …``."""
    one, several = dimension(query, context)
    total = max(result.groups_total, len(result.groups))
    plain = not _tells_figures(query)
    shown = [_shown(group, None if plain else told(query, group.figure)) for group in result.groups[:MOST]]
    figures: tuple[Figure, ...] = (
        count_figure(f"{several} with {havings(query.having, query.scope, context)}", total),
    )
    figures += _compared(query, result, context) if plain else _figures(query, result.groups)
    rest = total - len(shown)
    if rest > 0:
        shown.append(f"{number(rest)} more")
        figures += (count_figure("more", rest),)
    who = f"{one} has" if total == 1 else f"{several} have"
    lead = f"{number(total)} {who} {havings(query.having, query.scope, context)}"
    lead += "" if plain else _share_said(query, context)
    return Telling(f"{lead}: {listed(shown, len(shown))}. {up_to(result, context)}", figures)


def _tells_figures(query: Query) -> bool:
    """True if each group is told with its figure: the number or the share that it is chosen or sorted by."""
    if isinstance(query.measure, Share) and all(having.than is None for having in query.having):
        return True
    return all(having.condition == EVERYTHING for having in query.having)


def _share_said(query: Query, context: Context) -> str:
    """What the figures are a share of, if no condition on the groups says it."""
    measure = query.measure
    stated = not isinstance(measure, Share) or measure.of in [having.condition for having in query.having]
    return "" if stated else f". Share of {of_each(query, context)}"


def _shown(group: Group, figure: str | None) -> str:
    """``Kent``, ``Kent 15``, ``Kent (7 against 5)``."""
    if group.compared is not None:
        one, other = map(number, group.compared)
        return f"{group.labels[0]} ({one} against {other})"
    return group.labels[0] if figure is None else f"{group.labels[0]} {figure}"


def _compared(query: Query, result: Result, context: Context) -> tuple[Figure, ...]:
    """Return the two numbers that are compared in each group."""
    having = next((one for one in query.having if one.than is not None), None)
    if having is None:
        return ()
    sides = sides_of(having, query.scope, context)
    return tuple(
        Figure(side, count, "count", group.labels[-1])
        for group in result.groups
        for side, count in zip(sides, group.compared or (), strict=False)
    )


def _no_group(query: Query, result: Result, context: Context) -> Telling:
    one, several = dimension(query, context)
    having = havings(query.having, query.scope, context) if query.having else of_each(query, context)
    denied = any(part.quantifier.high == 0 for part in query.having)  # "no provider has no place" puzzles
    none = f"there is no {one} with" if denied else f"no {one} has"
    text = f"None: {none} {having}. {up_to(result, context)}"
    return Telling(text, (count_figure(f"{several} with {having}", 0),))


# All groups at once -----------------------------------------------------------------------------------------


def _across(query: Query, result: Result, context: Context) -> Telling:
    if query.across == "count":
        return _how_many(query, result, context)
    if result.figure is None:
        return _no_group(query, result, context)
    one, several = dimension(query, context)
    value, figure = told(query, round(result.figure, 1)), int_if_whole(round(result.figure, 1))
    what, total = f"{of_each(query, context)} per {one}", max(result.groups_total, len(result.groups))
    over = f", over {number(total)} {several if total > 1 else one}" if total else ""
    figures = (Figure(what, figure, unit_of(query)), *([count_figure(several, total)] if total else []))
    return Telling(f"{value} {what} on average{over}. {up_to(result, context)}", figures)


def _how_many(query: Query, result: Result, context: Context) -> Telling:
    """``28 councils have no care home rated Outstanding``; with their names if there are up to three."""
    one, several = dimension(query, context)
    count = max(result.groups_total, len(result.groups)) if result.figure is None else int(result.figure)
    if not count:
        return _no_group(query, result, context)
    having = (
        havings(query.having, query.scope, context)
        if query.having
        else scope_phrase(query.scope, None, context)
    )
    lead = f"{number(count)} {f'{one} has' if count == 1 else f'{several} have'} {having}"
    names = listed([group.labels[0] for group in result.groups]) if count == len(result.groups) <= 3 else ""
    text = f"{lead}{f': {names}' if names else ''}. {up_to(result, context)}"
    return Telling(text, (count_figure(f"{several} with {having}", count),))


# Two dimensions ---------------------------------------------------------------------------------------------


def _cross_table(query: Query, result: Result, context: Context) -> Telling:
    """``Kent: 60 Good, 5 Outstanding. Devon: …``: outer groups in the Result's order, six of them."""
    outer: dict[str, list[Group]] = {}
    for group in result.groups:
        outer.setdefault(group.labels[0], []).append(group)
    by_rating = query.by[1] == "rating" and not _unit(query)
    lines = []
    for label, groups in list(outer.items())[:_OUTER]:
        if by_rating:
            groups.sort(key=lambda group: _rank(group, context))
        each = [
            f"{told(query, one.figure)} {one.labels[1]}"
            if by_rating
            else f"{one.labels[1]} {told(query, one.figure)}"
            for one in groups[:MOST]
        ]
        lines.append(f"{label}: {listed(each, MOST)}.")
    rest = len(outer) - _OUTER
    more = f" {more_are(rest, 'in the figures')}" if rest > 0 else ""
    names = " and ".join(dimension(query, context, place)[0] for place in range(2))
    what, counted = of_each(query, context), _counted_once(query, result, context)
    lead = f"{number(int(counted.value))} {counted.label}" if counted else f"{what[:1].upper()}{what[1:]}"
    text = f"{lead} by {names}. {' '.join(lines)}{more} {up_to(result, context)}"
    figures = _figures(query, result.groups) + ((counted,) if counted else ())
    return Telling(text, figures + ((count_figure("more", rest),) if rest > 0 else ()))


def _counted_once(query: Query, result: Result, context: Context) -> Figure | None:
    """Count what is in the groups of a cross-table, if each is in only one of them."""
    once = query.measure == Count() and not {"aspect", "service", "year"} & {*query.by} and not query.having
    label = scope_phrase(query.scope, result.total, context)
    return count_figure(label, result.total) if once and result.total else None
