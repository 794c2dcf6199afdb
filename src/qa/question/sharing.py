"""Whether several subjects have the same place or owner: "are any two in the same town?", "do any three
belong to the same trust?"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.group_claims import of_all_groups
from qa.question.query import Claim, Having, Quantifier, Query
from qa.question.shape import Shape, asks, scope_left, take

_LEAST = 2  # "are any in the same town?"


def in_the_same(shape: Shape) -> Query | None:
    """Return the Query of a question whether a number of subjects have the same value in a column; ``None``
    for any other question."""
    same = _same(shape)
    listed = asks(shape, "which", "list")
    if same is None or shape.chunks.of("subject", "by", "spread", "super") or not (shape.yes_no or listed):
        return None
    said, column, field = same
    numbers = [one for one in shape.chunks.of("quantity") if one.value.plain]
    if not _is_about_a_few(shape, numbers, listed) or _names_a_value(shape, column):
        return None
    for chunk in (said, column, *numbers):
        chunk.use("claim")
    take(shape, "quantifier", "any", part="claim")
    take(shape, "run_by", part="claim")
    take(shape, "measure", "share", part="claim")
    least = int(numbers[0].value.low) if numbers else _LEAST
    if not shape.yes_no:
        take(shape, "measure", "which", "list")
        return Query(scope_left(shape), q.Count(), (field,), (Having(Quantifier(low=least)),))
    scope, having = of_all_groups(shape, scope_left(shape), (Having(Quantifier(low=least)),))
    return Query(scope, q.Count(), (field,), having, claim=Claim(q.ANY, q.EVERYTHING))


def _names_a_value(shape: Shape, column: Chunk) -> bool:
    """True for "share the postcode SY1 1AA", which says what they share."""
    behind = shape.chunks.after(column)
    return behind is not None and behind.kind in ("where", "provider")


def _is_about_a_few(shape: Shape, numbers: Sequence[Chunk], listed: bool) -> bool:
    """True for "any", a single number or a list; not for "all", "most" or "none"."""
    if len(numbers) > 1 or shape.chunks.saying("quantifier", "all", "each", "most", "none", "both"):
        return False
    return listed or bool(numbers or shape.chunks.saying("quantifier", "any"))


def _same(shape: Shape) -> tuple[Chunk, Chunk, str] | None:
    """The word "same", or "share a", with the word for a column right after it, and that column."""
    for chunk in shape.chunks:
        if not chunk.says("versus", "same") and chunk.text not in _SHARE:
            continue
        behind = shape.chunks.after(chunk)
        while behind is not None and behind.kind == "function":
            behind = shape.chunks.after(behind)
        names = _columns(behind)
        if behind is not None and len(names) == 1 and names[0] in shape.vocabulary.field_names:
            return chunk, behind, names[0]
    return None


_SHARE = frozenset(("share", "shares", "sharing"))


def _columns(chunk: Chunk | None) -> tuple[str, ...]:
    """The columns that a word stands for; "provider" alone may also mean what is rated."""
    if chunk is None:
        return ()
    if chunk.text in ("company", "owner", "provider"):
        return ("provider",)
    return chunk.value if chunk.kind == "field" else ("postcode",) if chunk.kind == "postcode" else ()
