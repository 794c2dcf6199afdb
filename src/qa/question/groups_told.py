"""Follow-ups to groups that were told or counted: "which of these has the most outstanding?", "which has the
most?", "as a share rather than a count"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.families import as_share, family
from qa.question.leaning import points
from qa.question.parse import Parsed
from qa.question.query import Condition, Is, Query, conjunction, parts_of
from qa.question.references import is_pointer
from qa.question.vocabulary import Vocabulary
from qa.question.winners import MOST_GROUPS, are_of_a_column, group_labels

_SMALL = frozenset("cond follow function kind measure quality rated super and".split())


def of_groups_told(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query of a fragment about the groups before: their first, a figure for each, the same ranking by
    share, or those of them with a rating; ``None`` if it asks for something else."""
    if before.against or before.claim is not None:
        return None
    return (
        _ranked_by_share(before, parsed)
        or _first_of_groups(before, parsed)
        or _of_each_ranked(before, parsed, vocabulary)
        or _of_these_with(before, parsed)
        or _of_these_groups(before, parsed, vocabulary)
    )


def _of_these_groups(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query of "which of these has the most outstanding?" after "which brands have no inadequate home?":
    the groups in the answer, ranked by another number."""
    ways = parsed.chunks.saying("super", "most", "least")
    if not (len(ways) == 1 and _are_told(before) and _asks_among(parsed)):
        return None
    named = group_labels(before, vocabulary)
    if not 1 < len(named) <= MOST_GROUPS:
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


def _first_of_groups(before: Query, parsed: Parsed) -> Query | None:
    """The Query of "which has the most?" after "how many providers run more than two homes?": the first of
    the groups that were counted or told."""
    ways = parsed.chunks.saying("super", "most", "least")
    bounded = bool(before.having) and before.ranks is None and before.across in (None, "count")
    if len(ways) != 1 or not (bounded and are_of_a_column(before)) or _counts(parsed):
        return None
    if not all(one.kind in _OF_FIRST or _is_their_column(one, before) for one in parsed.chunks):
        return None
    ways[0].use("order")
    return replace(before, order=q.Order("figure", ways[0].value == "most"), ranks=(1, 1), across=None)


_OF_FIRST = frozenset("and follow function measure run_by super".split())


def _is_their_column(chunk: Chunk, before: Query) -> bool:
    return chunk.kind == "field" and {*chunk.value} <= {*before.by}


def _counts(parsed: Parsed) -> bool:
    return parsed.any("measure", "count", "share")


def _of_each_ranked(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query of "how many good ones does each have?" after "top three brands": the number or share of
    those so rated in each of the groups that were told."""
    if before.ranks is None or before.across or not are_of_a_column(before) or not _asks_of_each(parsed):
        return None
    rated = [one for one in parsed.chunks if one.kind == "cond" and not one.out]
    named, measure = group_labels(before, vocabulary), parsed.queries[0].measure
    if not rated or not 1 < len(named) <= MOST_GROUPS or not isinstance(measure, q.Count | q.Share):
        return None
    for chunk in (*rated, *parsed.chunks.of("by", "quantifier")):
        chunk.use("by")
    scope = conjunction(*_whom(before, parsed), Is(before.by[0], named), *_rated(parsed, measure))
    return Query(scope, measure, before.by)


def _asks_of_each(parsed: Parsed) -> bool:
    """True for a number or share of those rated so, in "each" of what was told."""
    each = any("each" in one.text.split() for one in parsed.chunks if one.kind in _SAYING_EACH)
    return each and _counts(parsed) and all(one.kind in _OF_EACH or is_pointer(one) for one in parsed.chunks)


_SAYING_EACH = ("by", "follow", "quantifier")
_OF_EACH = frozenset("and by cond follow function measure quality quantifier rated run_by".split())


def _ranked_by_share(before: Query, parsed: Parsed) -> Query | None:
    """The Query of "and as a share rather than a count?" after a ranking by the number of places with a
    rating: the same ranking by their share."""
    rated = [one for one in parts_of(before.scope) if isinstance(one, q.Rated)]
    ranked = bool(before.by and rated) and before.order is not None and before.measure == q.Count()
    if not ranked or before.across or not _asks_share_instead(parsed):
        return None
    for chunk in parsed.chunks:
        chunk.use("measure")
    return as_share(before, rated)


def _asks_share_instead(parsed: Parsed) -> bool:
    instead = parsed.any("follow", "instead") and parsed.any("measure", "share")
    return instead and all(one.kind in _OF_SHARE for one in parsed.chunks)


_OF_SHARE = frozenset("and by follow function measure order".split())


def _of_these_with(before: Query, parsed: Parsed) -> Query | None:
    """ "Which of those have none requiring improvement?", "do any of them have an inadequate one?": the
    groups before with one more condition on each."""
    rated = [one for one in parsed.chunks if one.kind == "cond" and not one.out]
    small = all(one.kind in _OF_THESE for one in parsed.chunks) and points(parsed)
    if len(rated) != 1 or not (small and _are_told(before)) or _counts(parsed):
        return None
    none = parsed.chunks.saying("quantifier", "none")
    for chunk in (*rated, *parsed.chunks.of("quantifier"), *parsed.chunks.of("quantity")):
        chunk.use("having")
    return replace(before, having=(*before.having, q.Having(q.NONE if none else q.ANY, rated[0].value)))


_OF_THESE = frozenset("cond follow function kind measure quality quantifier quantity rated and".split())


def _are_told(before: Query) -> bool:
    """True for groups with a condition on each, all of which an answer names."""
    whole = before.ranks is None and not before.across
    return whole and bool(before.having) and are_of_a_column(before)


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
