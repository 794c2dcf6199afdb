"""Follow-ups to groups that were told: "which of these has the most outstanding?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.facts.query_parts import OF_GROUPS
from qa.question import query as q
from qa.question.families import family
from qa.question.leaning import points
from qa.question.parse import Parsed
from qa.question.query import Condition, Is, Query, conjunction, parts_of
from qa.question.vocabulary import Vocabulary
from qa.question.winners import group_labels

_MOST_GROUPS = 50  # of which "these" may be said
_SMALL = frozenset("cond follow function kind measure quality rated super and".split())


def of_these_groups(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query of "which of these has the most outstanding?" after "which brands have no inadequate home?":
    the groups that were told, ranked by another number; or those of them with a rating, or without."""
    if (having := _of_these_with(before, parsed)) is not None:
        return having
    ways = parsed.chunks.saying("super", "most", "least")
    if not (len(ways) == 1 and _are_told(before) and _asks_among(parsed)):
        return None
    named = group_labels(before, vocabulary)
    if not 1 < len(named) <= _MOST_GROUPS:
        return None
    for chunk in (*ways, *parsed.chunks.saying("measure", "which", "count")):
        chunk.use("order")
    groups = Is(before.by[0], named)
    order = q.Order("figure", ways[0].value == "most")
    measure = parsed.queries[0].measure
    if not isinstance(measure, q.Share):
        measure = q.Count()
    scope = conjunction(*_whom(before, parsed), groups, *_rated(parsed, measure))
    return Query(scope, measure, before.by, order=order, ranks=(1, 1))


def _of_these_with(before: Query, parsed: Parsed) -> Query | None:
    """ "Which of those have none requiring improvement?", "do any of them have an inadequate one?": the
    groups before with one more condition on each."""
    rated = [one for one in parsed.chunks if one.kind == "cond" and not one.out]
    small = all(one.kind in _OF_THESE for one in parsed.chunks) and points(parsed)
    if len(rated) != 1 or not (small and _are_told(before)) or parsed.any("measure", "count", "share"):
        return None
    none = parsed.chunks.saying("quantifier", "none")
    for chunk in (*rated, *parsed.chunks.of("quantifier"), *parsed.chunks.of("quantity")):
        chunk.use("having")
    return replace(before, having=(*before.having, q.Having(q.NONE if none else q.ANY, rated[0].value)))


_OF_THESE = frozenset("cond follow function kind measure quality quantifier quantity rated and".split())


def _are_told(before: Query) -> bool:
    """True for groups with a condition on each, all of which an answer names."""
    whole = before.ranks is None and not (before.claim or before.across or before.against)
    return whole and bool(before.having) and len(before.by) == 1 and before.by[0] not in OF_GROUPS


def _asks_among(parsed: Parsed) -> bool:
    """True for a question of its own about "these", without other groups."""
    query = parsed.queries[0]
    small = all(one.kind in _SMALL for one in parsed.chunks)
    return small and points(parsed) and not query.by and query.claim is None


def _whom(before: Query, parsed: Parsed) -> list[Condition]:
    """The kind and the places of those counted: the kind that the question names, otherwise that before."""
    own = [one for one in parts_of(parsed.queries[0].scope) if family(one) == "kind"]
    old = [one for one in parts_of(before.scope) if family(one) in ("where", *(() if own else ("kind",)))]
    return [*own, *old]


def _rated(parsed: Parsed, measure: q.Measure) -> Sequence[Condition]:
    """The ratings counted; a share has them in its measure."""
    told = [one.value for one in parsed.chunks if one.kind == "cond" and not one.out]
    return () if isinstance(measure, q.Share) else told
