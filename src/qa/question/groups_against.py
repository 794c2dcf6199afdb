"""Groups that have more of one than of another: "which councils have more inadequate homes than outstanding
ones?", "providers whose good homes outnumber their poor ones"."""

from __future__ import annotations

from fractions import Fraction

from qa.question import query as q
from qa.question.chunks import Bounds, Chunk
from qa.question.compared_sides import sides_of
from qa.question.grouping import grouped
from qa.question.query import Having, Quantifier, Query
from qa.question.shape import AS_MANY, Shape

_OF_SUBJECTS = ("cond", "kind", "aspect", "time")  # what two numbers of one group may count
_OUTNUMBER = ("outnumber", "outnumbers", "outnumbered", "exceed", "exceeds")


def groups_against(shape: Shape) -> Query | None:
    """Return the groups that compare one number with another; ``None`` if the question asks for none."""
    if shape.chunks.of("super", "subject"):
        return None
    if shape.chunks.of("field", "aspects"):
        return _compared_in_groups(shape)
    owner = _owner(shape)
    if owner is None:
        return None
    as_asked = owner.kind, owner.value
    owner.kind, owner.value = "field", ("provider",)
    made = _compared_in_groups(shape)
    if made is None:
        owner.kind, owner.value = as_asked
    return made


def _compared_in_groups(shape: Shape) -> Query | None:
    said = _comparison(shape)
    if said is None:
        return None
    quantifier, words = said
    before = [(chunk, chunk.used) for chunk in shape.chunks]
    sides = sides_of(shape, "compare")
    if len(sides) == 2 and all(chunk.kind in _OF_SUBJECTS for chunk, _ in sides):
        for chunk in (*words, *(chunk for chunk, _ in sides)):
            chunk.use("having")
        (_, one), (_, other) = sides
        shape.having = (Having(quantifier, one, other),)
        if quantifier.compares(0, 0):  # "as many" only applies to groups that have any
            shape.having = (Having(q.ANY, q.disjunction(one, other)), *shape.having)
        if (made := grouped(shape)) is not None:
            return made
    shape.having = ()
    for chunk, used in before:
        chunk.used = used
    return None


def _owner(shape: Shape) -> Chunk | None:
    """Return the "who" of "who has more good homes than poor ones?", where the tables tell who runs them."""
    if not any(field.name == "provider" for field in shape.vocabulary.fields):
        return None
    asked = (chunk for chunk in shape.chunks if chunk.says("measure", "which", "provider"))
    return next((chunk for chunk in asked if chunk.text.split()[0] in ("who", "whos")), None)


def _comparison(shape: Shape) -> tuple[Quantifier, list[Chunk]] | None:
    """Return how two numbers are compared, and the words for it: "more … than", "outnumber", "as many …
    as"."""
    than, more = shape.chunks.saying("versus", "than"), shape.chunks.saying("compare", "more", "fewer")
    if len(than) == 1 and len(more) == 1 and more[0].start < than[0].start:
        return (q.MORE if more[0].value == "more" else q.FEWER), [*more, *than]
    for chunk in shape.chunks.saying("versus", "better", "same"):
        if chunk.text in _OUTNUMBER:
            return q.MORE, [chunk]
        if chunk.text in AS_MANY:
            return _as_many(shape, chunk)
    return None


def _as_many(shape: Shape, many: Chunk) -> tuple[Quantifier, list[Chunk]] | None:
    """Read "at least as many", "twice as many", "three times as many" and "as many"."""
    words = [many, *_times(shape, many)]
    number = next((one.value for one in words if one.kind in ("times", "quantity")), 1)
    times = Fraction(number.low if isinstance(number, Bounds) else number).limit_denominator(100)
    ahead = shape.chunks.before(words[-1])
    bound = "exactly" if times == 1 else "at_least"
    if isinstance(number, Bounds) and not number.plain:  # "at least three times"
        return None
    if ahead is not None and ahead.kind == "compare":
        bound = ahead.value
        words.append(ahead)
    made = {
        "exactly": Quantifier(least=times, most=times),
        "at_least": Quantifier(least=times),
        "at_most": Quantifier(most=times),
        "more": Quantifier(over=times),
        "fewer": Quantifier(under=times),
    }.get(bound)
    return None if made is None else (made, words)


def _times(shape: Shape, many: Chunk) -> list[Chunk]:
    """Return the words "twice" or "three times" right before "as many", the last first."""
    ahead = shape.chunks.before(many)
    if ahead is not None and ahead.kind == "times":
        return [ahead]
    number = None if ahead is None else shape.chunks.before(ahead)
    if ahead is None or ahead.text not in ("times", "time") or number is None or number.kind != "quantity":
        return []
    return [ahead, number]
