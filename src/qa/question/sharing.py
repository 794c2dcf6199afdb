"""Whether several are of one place or one owner: "are any two in the same town?", "do any three belong to the
same trust?"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.group_claims import of_all_groups
from qa.question.query import Claim, Having, Quantifier, Query
from qa.question.shape import Shape, scope_left, take

_LEAST = 2  # "are any in the same town?"


def in_the_same(shape: Shape) -> Query | None:
    """Return the Query of a question whether so many are alike in a column; ``None`` of any other."""
    same = _same(shape)
    if same is None or shape.chunks.of("subject", "by", "spread", "super") or not shape.yes_no:
        return None
    (said, column, field), numbers = same, [one for one in shape.chunks.of("quantity") if one.value.plain]
    every = shape.chunks.saying("quantifier", "all", "each", "most", "none", "both")
    if every or len(numbers) > 1 or (not numbers and not shape.chunks.saying("quantifier", "any")):
        return None
    for chunk in (said, column, *numbers):
        chunk.use("claim")
    take(shape, "quantifier", "any", part="claim")
    take(shape, "run_by", part="claim")
    take(shape, "measure", "share", part="claim")
    least = int(numbers[0].value.low) if numbers else _LEAST
    scope, having = of_all_groups(shape, scope_left(shape), (Having(Quantifier(low=least)),))
    return Query(scope, q.Count(), (field,), having, claim=Claim(q.ANY, q.EVERYTHING))


def _same(shape: Shape) -> tuple[Chunk, Chunk, str] | None:
    """The word "same" with what stands for a column right behind it, and which column that is."""
    for chunk in shape.chunks.saying("versus", "same"):
        behind = shape.chunks.after(chunk)
        while behind is not None and behind.kind == "function":
            behind = shape.chunks.after(behind)
        if behind is None or behind.kind not in ("field", "postcode"):
            continue
        names = behind.value if behind.kind == "field" else ("postcode",)
        if len(names) == 1 and names[0] in shape.vocabulary.field_names:
            return chunk, behind, names[0]
    return None
