"""Yes/no questions about groups: "does every region have an outstanding hospice?"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import as_quantifier
from qa.question.chunks import Chunk
from qa.question.query import Claim, Condition, Having, Quantifier, Query, conjunction
from qa.question.shape import (
    Shape,
)

_OVER = {"all": q.ALL, "each": q.ALL, "both": q.ALL, "none": q.NONE, "any": q.ANY, "most": q.MOST}


def over_groups(shape: Shape) -> Quantifier | None:
    """The quantifier over the groups of a claim: "every region", "most councils", "at least two regions"."""
    for chunk in (one for one in shape.chunks if one.kind == "field" and one.used == "by"):
        ahead = _ahead_of(shape, chunk)
        if ahead is None or ahead.used not in ("", "by"):
            continue
        if ahead.kind in ("portion", "quantity"):
            ahead.use("claim")
            return ahead.value if isinstance(ahead.value, Quantifier) else as_quantifier(ahead.value)
        if ahead.kind == "by" and ahead.text.split()[-1] in ("every", "each", "all"):
            return q.ALL
        if ahead.kind == "quantifier" and ahead.value in _OVER:
            ahead.use("claim")
            return _not_all(shape, ahead) or _OVER[ahead.value]
    return None


def _ahead_of(shape: Shape, chunk: Chunk) -> Chunk | None:
    """Return what comes before a chunk, ignoring "of the"."""
    ahead = shape.chunks.before(chunk)
    while ahead is not None and ahead.kind == "function" and ahead.text in ("of", "the"):
        ahead = shape.chunks.before(ahead)
    return ahead


def _not_all(shape: Shape, chunk: Chunk) -> Quantifier | None:
    """Return the quantifier of "not every region"."""
    ahead = shape.chunks.before(chunk)
    if ahead is None or ahead.kind != "not" or _OVER[chunk.value] != q.ALL:
        return None
    ahead.use("claim")
    return Quantifier(under=q.ALL.least)


def claim_of_groups(shape: Shape, scope: Condition, by: tuple[str, ...], over: Quantifier | None) -> Query:
    """ "Does every region have an outstanding hospice?": return the Query over all regions, including those
    without a hospice."""
    everyone = bool(shape.chunks.saying("quantifier", "all", "each", "both")) or shape.chunks.any("aspects")
    for chunk in (*shape.chunks.of("quantifier"), *shape.chunks.of("aspects")):
        chunk.use("claim")
    scope, having = of_all_groups(shape, scope, shape.having or (Having(q.ANY),))
    return Query(
        scope,
        q.Count(),
        by,
        having,
        claim=Claim(over or (q.ALL if everyone else q.ANY), q.EVERYTHING),
    )


def of_all_groups(
    shape: Shape, scope: Condition, having: tuple[Having, ...]
) -> tuple[Condition, tuple[Having, ...]]:
    """Return the scope that makes the groups, and the conditions on each group; groups without a match
    count."""
    if not all(one.quantifier.low for one in having):
        return scope, having
    told = [part for part in q.parts_of(scope) if not _is_place(shape, part)]
    told.sort(key=lambda part: not isinstance(part, q.Is))  # kinds before ratings
    where = conjunction(*(part for part in q.parts_of(scope) if part not in told))
    return where, tuple(_with_both(one, told) for one in having)


def _with_both(having: Having, told: list[Condition]) -> Having:
    """Return a condition on groups that counts only subjects that also meet the conditions ``told``."""
    than = None if having.than is None else conjunction(*told, having.than)
    return replace(having, condition=conjunction(*told, having.condition), than=than)


def _is_place(shape: Shape, part: Condition) -> bool:
    """True if a condition is about the place or owner of subjects rather than about their kind."""
    fields = {"provider", "brand", *(one.name for one in shape.vocabulary.fields if one.place)}
    return isinstance(part, q.Postcode) or (isinstance(part, q.Is) and part.field in fields)
