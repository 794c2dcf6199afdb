"""Fragments about the groups of the Query before: which they are, how many in each, the first of them."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.families import family
from qa.question.leaning import HEADS, asks_which, points, says_each_last
from qa.question.parse import Parsed
from qa.question.query import Query, parts_of
from qa.question.references import is_pointer

_GROUNDS = ("where", "provider", "brand")


def groups_themselves(before: Query, parsed: Parsed) -> Query | None:
    """Return the groups that were counted, or whose existence the question before asked about: "is any town
    without one? Which?"."""
    if before.across == "count":
        made = replace(before, across=None)
    elif before.by and before.claim is not None and before.claim.condition == q.EVERYTHING:
        made = replace(before, claim=None)
    else:
        return None
    return made if asks_which(parsed, before.by) else None


def of_each_group(before: Query, query: Query, parsed: Parsed) -> Query:
    """If the fragment says "each", group the Query by the groups of the one before: "… and how many in
    each?"."""
    if _counts_of_each(query, parsed) and not before.against:
        query = replace(query, by=before.by or _listed(before))
    for chunk in parsed.chunks.of("by"):
        each = before.by or (_listed(before) if chunk.text.split()[-1] in ("each", "every") else ())
        if each:
            chunk.use("by")
            query = replace(query, by=each)
        elif chunk.text.endswith("each") and not before.against:  # "… and the rating of each"
            chunk.use("follow")
    return query


def _counts_of_each(query: Query, parsed: Parsed) -> bool:
    """True for "how many homes has each?" and "how many does each have?"."""
    return says_each_last(parsed) and isinstance(query.measure, q.Count | q.Share) and not query.by


def _listed(before: Query) -> tuple[str, ...]:
    """The column whose values the question before listed: "in Devon and in Cumbria … in each?"."""
    parts = [one for one in parts_of(before.scope) if isinstance(one, q.Is) and family(one) in _GROUNDS]
    several = [one.field for one in parts if len(one.values) > 1]
    return tuple(several) if len(several) == 1 and not before.against else ()


def first_of_groups(before: Query, query: Query, parsed: Parsed) -> Query:
    """Return the first of the groups before, ordered by another figure: "… and which has the highest share of
    them?"."""
    ranked = parsed.chunks.saying("super", "most", "least")
    figure = isinstance(query.measure, q.Count | q.Share)
    if not ranked or not before.by or not before.order or query.by or query.order or not figure:
        return query
    for chunk in (*ranked, *parsed.chunks.saying("measure", "which")):
        chunk.use("order")
    return replace(query, by=before.by, order=q.Order(descending=ranked[0].value == "most"), ranks=(1, 1))


def figure_of_each(before: Query, query: Query, parsed: Parsed) -> bool:
    """True for "… and how many are good?" after a figure for each group: it asks about the same groups."""
    grouped = before.by and before.ranks is None and not (before.having or before.across or before.claim)
    figures = isinstance(before.measure, q.Count | q.Share) and isinstance(query.measure, q.Count | q.Share)
    heads = any(chunk.kind in HEADS and not is_pointer(chunk) for chunk in parsed.chunks)
    return bool(grouped) and figures and not query.by and not heads and not points(parsed)


def counts_whole(before: Query, query: Query, parsed: Parsed) -> bool:
    """True for "… and the number of homes in each?" after a share: it counts the whole behind the share."""
    nouns = any(chunk.kind == "kind" and not is_pointer(chunk) for chunk in parsed.chunks)
    return isinstance(before.measure, q.Share) and isinstance(query.measure, q.Count) and nouns
