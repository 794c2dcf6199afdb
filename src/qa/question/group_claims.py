"""Yes/no questions about groups: "does every region have an outstanding hospice?"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import OF_MANY, as_quantifier
from qa.question.chunks import Chunk
from qa.question.groups_with import are_restricted
from qa.question.query import Claim, Condition, Having, Quantifier, Query, conjunction
from qa.question.shape import (
    Shape,
)


def over_groups(shape: Shape) -> Quantifier | None:
    """The quantifier over the groups of a claim: "every region", "most councils", "at least two regions"."""
    for chunk in (one for one in shape.chunks if one.kind == "field" and one.used == "by"):
        ahead = _ahead_of(shape, chunk)
        if ahead is None or ahead.used not in ("", "by"):
            continue
        if (found := _quantifier_said(shape, ahead)) is not None:
            return found
    return None


def _quantifier_said(shape: Shape, chunk: Chunk) -> Quantifier | None:
    """Take the quantifier that a chunk means and return it; ``None`` if it means none."""
    if chunk.kind == "by" and chunk.text.split()[-1] in ("every", "each", "all"):
        return q.ALL
    if chunk.kind in ("portion", "quantity"):
        chunk.use("claim")
        return as_quantifier(chunk.value)
    if chunk.kind == "quantifier" and chunk.value in OF_MANY:
        chunk.use("claim")
        return _not_all(shape, chunk) or OF_MANY[chunk.value]
    return None


def _ahead_of(shape: Shape, chunk: Chunk) -> Chunk | None:
    """Return what comes before a chunk, ignoring "of the"."""
    return shape.chunks.ahead_of(chunk, lambda one: one.kind == "function" and one.text in ("of", "the"))


def _not_all(shape: Shape, chunk: Chunk) -> Quantifier | None:
    """Return the quantifier of "not every region"."""
    ahead = shape.chunks.before(chunk)
    if ahead is None or ahead.kind != "not" or OF_MANY[chunk.value] != q.ALL:
        return None
    ahead.use("claim")
    return Quantifier(under=q.ALL.least)


def claim_of_groups(shape: Shape, scope: Condition, by: tuple[str, ...], over: Quantifier | None) -> Query:
    """ "Does every region have an outstanding hospice?": return the Query over all regions, including those
    without a hospice."""
    everyone = bool(shape.chunks.saying("quantifier", "all", "each", "both")) or shape.chunks.any("aspects")
    for chunk in (*shape.chunks.of("quantifier"), *shape.chunks.of("aspects")):
        chunk.use("claim")
    if are_restricted(shape) and len(shape.having) == 2 and not _exist(shape, over):
        return _rule_of_groups(shape, scope, by, over)
    if _is_of_two_kinds(shape):
        _ask_again(
            shape, "quantifier", "portion", "quantity", "field"
        )  # "do towns with two good homes have a surgery?"
    scope, having = of_all_groups(shape, scope, shape.having or (Having(q.ANY),))
    return Query(
        scope,
        q.Count(),
        by,
        having,
        claim=Claim(over or (q.ALL if everyone else q.ANY), q.EVERYTHING),
    )


def _is_of_two_kinds(shape: Shape) -> bool:
    kinds = {chunk.value for chunk in shape.chunks if chunk.kind == "kind" and chunk.used == "scope"}
    return len(kinds) > 1 and are_restricted(shape)


def _exist(shape: Shape, over: Quantifier | None) -> bool:
    """True for "is there a town …", "does any town …" and "do at least two towns …"."""
    counted = over is not None and over != q.ALL and not over.is_share
    return counted or bool(shape.chunks.saying("follow", "there"))


def _ask_again(shape: Shape, *kinds: str) -> None:
    """Leave chunks unused, so that the answer asks for other words."""
    for chunk in shape.chunks:
        if chunk.kind in kinds:
            chunk.used = ""


def _rule_of_groups(shape: Shape, scope: Condition, by: tuple[str, ...], over: Quantifier | None) -> Query:
    """ "Are towns without a dentist also without a surgery?": return the claim that no town is without the
    one and has the other. How many it is said of, "most", is left to be asked again."""
    which, what = shape.having
    both = any(chunk.text == "both" and which.quantifier == q.ANY for chunk in shape.chunks)
    if over not in (None, q.ALL) or both:
        _ask_again(shape, "quantifier", "portion", "quantity")
    against = replace(what, quantifier=q.NONE if what.quantifier == q.ANY else q.ANY)
    return Query(scope, q.Count(), by, (which, against), claim=Claim(q.NONE, q.EVERYTHING))


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
