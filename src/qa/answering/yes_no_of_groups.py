"""Words yes/no answers about groups: how many of the regions match, and which do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import up_to
from qa.answering.english import listed, number
from qa.answering.groups import tell_groups
from qa.answering.groups_asked import dimension, havings
from qa.answering.subjects import SOME
from qa.answering.wording import scope_phrase
from qa.facts.result import Group, Result, percent
from qa.question.query import EVERYTHING, Condition, Having, Is, Quantifier, Query, conjunction, parts_of
from qa.records import Figure


def tell_claim_of_groups(query: Query, result: Result, context: Context) -> Telling:
    """``No. 4 of 5 regions have a care home rated Outstanding. London does not.``"""
    assert query.claim
    if query.ranks is not None:
        return _of_places(query, result, context)
    quantifier, count, of = query.claim.quantifier, result.matching or 0, result.whole or 0
    asked, (one, several) = _asked(query, context), dimension(query, context)
    lead, dated = "Yes" if result.verdict else "No", up_to(result, context)
    label = f"{several} with {asked}"
    counts = (count_figure(label, count), count_figure(several, of))
    figures = (*counts, *share_figure(quantifier, label, count, of))
    if not of:
        scope = scope_phrase(query.scope, None, context)
        return Telling(f"{lead}: no {one} with {scope} is in the tables. {dated}", figures)
    opposite = _opposite(query)
    if not count and opposite:
        asked = havings((opposite,), _within(query), context)
        return Telling(f"{lead}. {_counted(of, of, one, several)} {_has(of)} {asked}. {dated}", figures)
    part = share_said(quantifier, count, of)
    told = f"{_counted(count, of, one, several)}{part} {_has(count)} {asked}"
    text, more = _named(quantifier, result, told, ("has", "have") if opposite else ("does not", "do not"))
    return Telling(f"{lead}. {text} {dated}", (*figures, *more))


def _of_places(query: Query, result: Result, context: Context) -> Telling:
    """``No. Kent has 11. Norfolk (15) has the most care homes.``: name the groups at the requested ranks."""
    ranked = tell_groups(replace(query, claim=None), result, context)
    lead, others = "Yes" if result.verdict else "No", () if result.matching else result.others[:SOME]
    told = "".join(f"{'; '.join(one.labels)} has {number(one.figure)}. " for one in others)
    figures = tuple(count_figure("; ".join(one.labels), one.figure) for one in others)
    seen = {figure.label for figure in ranked.figures}
    return Telling(
        f"{lead}. {told}{ranked.text}", (*ranked.figures, *(one for one in figures if one.label not in seen))
    )


def _has(count: int) -> str:
    return "has" if count < 2 else "have"


def share_said(quantifier: Quantifier, count: int, of: int) -> str:
    """`` (55.6%)`` if a quantifier is about a part, but not about all."""
    return f" ({percent(count, of):g}%)" if of and _is_part(quantifier) else ""


def share_figure(quantifier: Quantifier, label: str, count: int, of: int) -> tuple[Figure, ...]:
    """Return that percentage as a figure."""
    return (Figure(label, percent(count, of), "percent"),) if of and _is_part(quantifier) else ()


def _is_part(quantifier: Quantifier) -> bool:
    return quantifier.is_share and 1 not in (quantifier.least, quantifier.under)


def _asked(query: Query, context: Context) -> str:
    """Return the conditions on each group, and the condition on a subject in it."""
    assert query.claim
    condition = query.claim.condition
    asked = [Having(Quantifier(low=1), condition)] if condition != EVERYTHING or not query.having else []
    return havings((*query.having, *asked), _within(query), context)


def _within(query: Query) -> Condition:
    """Return the scope within a group: without the conditions that the groups are made of."""
    kept = (part for part in parts_of(query.scope) if not (isinstance(part, Is) and part.field in query.by))
    return conjunction(*kept)


def _opposite(query: Query) -> Having | None:
    """Return what every group has if no group lacks it: "none has no …" is hard to read."""
    (having, *more) = query.having or (Having(Quantifier(low=1)),)
    if more or having.quantifier != Quantifier(high=0):
        return None
    return Having(Quantifier(low=1), having.condition)


def _counted(count: int, of: int, one: str, several: str) -> str:
    """``4 of 5 regions``, ``All 5 regions``, ``None of the 5 regions``."""
    if of == 1:
        return f"The only {one}" if count else f"Not even the only {one}"
    if not count:
        return f"None of the {number(of)} {several}"
    every = "Both" if of == 2 else f"All {number(of)}"
    return f"{every} {several}" if count == of else f"{number(count)} of {number(of)} {several}"


def _named(
    quantifier: Quantifier, result: Result, told: str, verb: Sequence[str]
) -> tuple[str, tuple[Figure, ...]]:
    """Name the groups that match, or the exceptions if nearly all match.

    ``verb`` says that they do not match, for one group and for several; ``told`` is the sentence so far.
    """
    count, of = result.matching or 0, result.whole or 0
    if count in (0, of) and of > 1:
        return f"{told}.", ()
    but = quantifier.least == 1 or quantifier.under == 1 or (quantifier.is_share and of - count < count)
    if not but or not result.others:
        names, more = _names(result.groups, count)
        return (f"{told}: {names}." if names else f"{told}."), more
    names, more = _names(result.others, of - count)
    return f"{told}. {names} {verb[of - count > 1]}.", more


def _names(groups: Sequence[Group], total: int) -> tuple[str, tuple[Figure, ...]]:
    names = ["; ".join(group.labels) for group in groups[:SOME]]
    more = total - len(names)
    if more > 0 and names:
        return listed([*names, f"{number(more)} more"], SOME + 1), (count_figure("more", more),)
    return listed(names, SOME), ()
