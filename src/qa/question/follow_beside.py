"""Compares the scope of the Query before with another place, or with all places: "and compared with
Surrey?"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.everywhere import rest_of_place
from qa.question.families import family, is_rating
from qa.question.following_measure import relation_asked
from qa.question.kept_conditions import means_everywhere
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of


def set_beside(
    before: Query, own: Sequence[Condition], parsed: Parsed, places: Collection[str]
) -> Query | None:
    """Return the Query that compares the scope before with the fragment's: "and compared with Surrey?"."""
    if before.against:  # "what about maternity at both?"
        for chunk in parsed.chunks.saying("quantifier", "both"):
            chunk.use("against")
    before = _as_figure(before) if parsed.any("versus", "compare") else before
    return _beside(before, own, parsed, places) if _is_compared(before, parsed) else None


def _as_figure(before: Query) -> Query:
    """The share or the number that a claim about a rating bounds: "is it true that more than one in five …,
    and how does that compare with …?"."""
    claim = before.claim
    if claim is None or before.by or not any(map(is_rating, parts_of(claim.condition))):
        return before
    if claim.quantifier.is_share:
        return replace(before, claim=None, measure=q.Share(claim.condition))
    return replace(before, claim=None, measure=q.Count(), scope=conjunction(before.scope, claim.condition))


def _is_compared(before: Query, parsed: Parsed) -> bool:
    """True if the figure before is compared with another."""
    compared = parsed.any("versus", "compare", "better", "worse") or parsed.any("compare", "more", "fewer")
    return (compared or any(map(says_match, parsed.chunks))) and isinstance(before.measure, q.Count | q.Share)


def says_match(chunk: Chunk) -> bool:
    """True for "match" and "as high as", which ask whether a figure reaches another."""
    return chunk.says("versus", "same") and chunk.text in _MATCHING


_MATCHING = frozenset(
    ("as high", "as high as", "level with", "match", "matches", "on a par with", "on par with")
)


def _beside(before: Query, own: Sequence[Condition], parsed: Parsed, fields: Collection[str]) -> Query | None:
    """Return the Query that compares the scope before with the same scope for the new place: "And compared
    with Surrey, who has more?"."""
    held = parts_of(before.scope)
    heads = {"where", "provider", "kind", *fields}
    places = [one for one in own if family(one) in heads and one not in held]
    old = [one for one in held if places and family(one) == family(places[0])]
    if not places or not old:
        return None
    for chunk in (*parsed.chunks.of("versus"), *parsed.chunks.of("compare")):
        chunk.use("against")
    asked = _with_own_ratings(held, own)
    other = conjunction(*(places[0] if one == old[0] else one for one in asked))
    return _set_beside(before, conjunction(*asked), other, relation_asked(parsed))


def _set_beside(before: Query, scope: Condition, other: Condition, relation: q.Relation) -> Query:
    """The comparison of two scopes; of a mean of groups, the mean of the other, told after that before."""
    if before.by and before.across == "mean":
        return replace(before, scope=other)
    return Query(scope, before.measure, against=(other,), relation=relation)


def _with_own_ratings(held: Sequence[Condition], own: Sequence[Condition]) -> Sequence[Condition]:
    """Return the conditions before with the ratings of the fragment, if it names any: "… and compare how many
    are inadequate"."""
    rated = [one for one in own if is_rating(one)]
    return [*(one for one in held if not is_rating(one)), *rated] if rated else held


def set_beside_the_whole(before: Query, parsed: Parsed) -> Query | None:
    """Return the Query that compares the scope before with all of it, or the rest of it: "How does that
    compare with England?", "… nationally?"."""
    where = [one for one in parts_of(before.scope) if family(one) == "where"]
    if (
        not _is_compared(before, parsed)
        or not where
        or not means_everywhere(parsed)
        or parsed.has("kind", "cond", "aspect", "field")
    ):
        return None
    before = _as_figure(before)
    rest = rest_of_place(parsed.chunks)
    for chunk in (*parsed.chunks.of("versus", "compare"), *parsed.chunks.saying("follow", "other")):
        chunk.use("against")
    kept = [one for one in parts_of(before.scope) if one not in where]
    other = conjunction(*kept, *(q.Not(one) for one in where if rest))
    return Query(before.scope, before.measure, against=(other,), relation="compare")
