"""Two claims in one: "are any outstanding, or are they all just good?", "no home is outstanding and just one
is inadequate"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question import query as q
from qa.question.chunking import OF_MANY, as_quantifier
from qa.question.chunks import Chunk, unique
from qa.question.conditions import condition_of
from qa.question.query import Claim, Condition, Quantifier, Query, conjunction
from qa.question.shape import Shape, scope_left, take_all

_NUMBERS = ("portion", "quantity")
_SMALL = ("follow", "function", "kind", "rated", "quality", "time", "aspect", "service")
_WHOSE = ("kind", "where", "provider")


def claims_apart(shape: Shape) -> list[Query] | None:
    """Return the two claims of a question that says how many for each of two ratings; ``None`` for anything
    else."""
    told = shape.chunks.included("cond")
    seam = _seam(shape, told)
    if seam is None or _is_of_groups(shape):
        return None
    before, said, whose = _said_of(shape, told, seam)
    if not said or not _fits(seam, before, whose, shape) or _takes_mere(seam, said, before, told):
        return None
    of_one = bool(shape.chunks.of("subject"))  # "is Elm House outstanding or just good?"
    for chunk in (*told, seam, *said, *before):
        chunk.use("measure" if of_one else "claim")
    if of_one:
        return [_ratings_of(shape, told)]
    first, second = (condition_of(chunk, shape.vocabulary) or q.EVERYTHING for chunk in told)
    scope, other = _scopes(shape, whose, seam)
    return [
        Query(scope, claim=Claim(_how_many(before), first)),
        Query(other, claim=Claim(_how_many(said), second)),
    ]


def _said_of(
    shape: Shape, told: Sequence[Chunk], seam: Chunk
) -> tuple[list[Chunk], list[Chunk], list[Chunk]]:
    """How many the first half says, how many the second, and what the second is about if it says so; the
    second is empty if there is more between the seam and its rating."""
    after = shape.chunks[shape.chunks.index(seam) + 1 :]
    behind = after[: after.index(told[1])]
    before = [one for one in shape.chunks if _is_how_many(one) and one.start < told[0].start]
    said = [one for one in behind if _is_how_many(one)]
    whose = [one for one in after if _is_own(one)]
    plain = all(one in (*said, *whose) or _is_small(one) for one in behind)
    return before, said if plain else [], whose


def _is_small(chunk: Chunk) -> bool:
    return chunk.kind in _SMALL and not chunk.says("follow", "other")  # "and are the rest good?"


def _fits(seam: Chunk, before: Sequence[Chunk], whose: Sequence[Chunk], shape: Shape) -> bool:
    """True if what is joined by "and" says how many twice, and what by "or" neither a number nor a scope of
    its own."""
    if seam.kind == "and":
        return bool(before)
    return not whose and not any(one.kind in _NUMBERS for one in shape.chunks)


def _takes_mere(seam: Chunk, said: Sequence[Chunk], before: Sequence[Chunk], told: Sequence[Chunk]) -> bool:
    """True for "are any outstanding for caring but just good for safety?", where "just" says how good, not
    how many; it is taken."""
    aspects = [part.aspect for chunk in told for part in q.parts_of(chunk.value) if isinstance(part, q.Rated)]
    counted = all(one.says("quantifier", "any", "none") for one in before)
    mere = seam.text == "but" and counted and all(one.says("quantifier", "only") for one in said)
    if not mere or len(set(aspects)) < len(told):
        return False
    for chunk in said:
        chunk.kind, chunk.value = "function", chunk.text
    return True


def _seam(shape: Shape, told: Sequence[Chunk]) -> Chunk | None:
    """The one word that joins the two halves."""
    if not shape.yes_no or len(told) != 2:
        return None
    between = [one for one in shape.chunks if one.kind in ("or", "and")]
    between = [one for one in between if told[0].end <= one.start < told[1].end]
    return between[0] if len(between) == 1 else None


def _is_of_groups(shape: Shape) -> bool:
    """True for a question about groups, a comparison or a ranking."""
    return bool(shape.chunks.of("by", "field", "versus")) or any(
        not _is_how_many(one) for one in shape.chunks.of("super")
    )


def _is_how_many(chunk: Chunk) -> bool:
    if chunk.kind in _NUMBERS:
        return True
    return (chunk.kind == "quantifier" and not chunk.used) or (chunk.kind == "super" and chunk.text == "most")


def _how_many(said: Sequence[Chunk]) -> Quantifier:
    """Return the quantifier of the first word that gives one: "all just" is all; "just good" by itself is all
    as well."""
    for chunk in said:
        if chunk.kind in _NUMBERS:
            return as_quantifier(chunk.value)
    values = [chunk.value for chunk in said]
    found = next((OF_MANY[value] for value in values if value in OF_MANY), None)
    return found or (q.ALL if values else q.ANY)


def _is_own(chunk: Chunk) -> bool:
    """True for what the second half is about, but not for "one" and "places"."""
    if chunk.kind not in _WHOSE or chunk.out:
        return False
    return chunk.kind != "kind" or any(kind.field for kind in chunk.value)


def _ratings_of(shape: Shape, told: Sequence[Chunk]) -> Query:
    parts = [part for chunk in told for part in q.parts_of(chunk.value)]
    aspects = unique(part.aspect for part in parts if isinstance(part, q.Rated))
    return Query(scope_left(shape), q.Ratings(aspects or (q.WHOLE,)))


def _scopes(shape: Shape, whose: Sequence[Chunk], seam: Chunk) -> tuple[Condition, Condition]:
    """The scope of each half: the second keeps what it has no word of its own for."""
    if not whose:
        scope = scope_left(shape)
        return scope, scope
    again = {one.kind for one in whose}
    replaced = [one for one in shape.chunks.of(*again) if not one.out and one.start < seam.start]
    own = (take_all(shape, replaced), take_all(shape, list(whose)))
    rest = scope_left(shape)
    return conjunction(own[0], rest), conjunction(own[1], rest)
