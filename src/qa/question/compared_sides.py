"""The sides of a comparison: a list of one kind, two things around "than", ratings before and now."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.question import query as q
from qa.question.beside_the_rest import beside_the_rest
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of, members
from qa.question.everywhere import EVERYWHERE, rest_of_place
from qa.question.query import Condition, conjunction
from qa.question.shape import Shape, asks, take

_ORDER = ("subject", "where", "provider", "cond", "kind", "value", "period")  # the first found is compared
_ORDER_OF_KINDS = ("subject", "where", "provider", "kind", "cond", "value", "period")


def sides_of(shape: Shape, relation: q.Relation) -> list[tuple[Chunk, Condition]]:
    """The things compared: a list of one kind, or two of a kind around "than"."""
    if apart := _kinds_with_ratings(shape) or _moves_on_both_sides(shape) or _steps_on_both_sides(shape):
        return apart
    if whole := _beside_the_whole(shape) or beside_the_rest(shape):
        return whole
    kinds = _ORDER_OF_KINDS if _are_kinds_compared(shape) else _ORDER
    for kind in kinds[:3] if relation == "same" else kinds:
        if sides := _of_one_kind(shape, kind):
            return sides
    return _than_sides(shape)


def _of_one_kind(shape: Shape, kind: str) -> list[tuple[Chunk, Condition]]:
    """The things of one kind, each once, or all if that leaves only one, for a subject is not compared with
    itself. Chunks that only repeat one of them are taken: "Leeds v Sheffield: how many more in Leeds?"."""
    chunks = shape.chunks.included(kind)
    found = [(chunk, one) for chunk in chunks for one in _sides_in(shape, chunk)]
    first = {condition: chunk for chunk, condition in found[::-1]}
    if len(first) < 2:
        return found if len(found) > 1 else []
    for chunk in chunks:
        if chunk not in first.values():
            chunk.use("against")
    return [(chunk, one) for chunk, one in found if first[one] is chunk]


def _sides_in(shape: Shape, chunk: Chunk) -> tuple[Condition, ...]:
    """The sides that a list names; "Essex and Surrey put together" is one side."""
    behind = shape.chunks.after(chunk)
    pooled = (
        condition_of(chunk, shape.vocabulary)
        if behind is not None and behind.says("measure", "sum")
        else None
    )
    if pooled is None or len(chunk.value) < 2 or behind is None:
        return members(chunk, shape.vocabulary)
    behind.use("against")
    return (pooled,)


def _are_kinds_compared(shape: Shape) -> bool:
    """True for "good or outstanding: surgeries or care homes?": ratings joined by "or" are one condition if
    kinds are so joined, too, or are on both sides of the word that compares."""
    rated = shape.chunks.included("cond")
    kinds = shape.chunks.included("kind")
    apart = len(kinds) == 1 and kinds[0].either and len(kinds[0].value) > 1
    said = shape.chunks.of("versus")
    around = len(kinds) == 2 and any(kinds[0].end <= one.start < kinds[1].start for one in said)
    return len(rated) == 1 and rated[0].either and (apart or around)


def _beside_the_whole(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """Return the sides of "in Norfolk compared with England", "against the national share": one place, and
    all of them or the rest of them."""
    places = shape.chunks.included("where")
    found = [(chunk, one) for chunk in places for one in members(chunk, shape.vocabulary)]
    whole = _whole_behind(shape)
    if whole is None or len(found) != 1 or shape.chunks.of("subject", "provider", "by"):
        return []
    rest = rest_of_place(shape.chunks)
    if rest:
        take(shape, "follow", "other", part="against")
    _take_average(shape, whole)
    return [found[0], (whole, q.Not(found[0][1]) if rest else q.EVERYTHING)]


def _take_average(shape: Shape, whole: Chunk) -> None:
    """Take "average" in "the national average", which is the share of the whole."""
    average = shape.chunks.after(whole)
    if average is not None and average.says("measure", "mean"):
        average.use("against")


def _whole_behind(shape: Shape) -> Chunk | None:
    """The word for the whole country behind the word that compares, in tables of one; or "above average"."""
    said = shape.chunks.of("versus")
    if len(said) == 1 and said[0].text.endswith("average"):
        return said[0]
    if not shape.vocabulary.is_national:
        return None
    behind = shape.chunks[shape.chunks.index(said[0]) :] if said else []
    found = [chunk for chunk in behind if chunk.text in EVERYWHERE]
    return found[0] if len(found) == 1 else None


def _kinds_with_ratings(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """ "More outstanding dentists than inadequate homes": return two kinds of place, each with its own
    rating."""
    kinds, again = _kinds_named(shape)
    rated = shape.chunks.included("cond")
    if len(kinds) != 2 or len(rated) != 2 or not _are_apart(kinds, rated):
        return []
    one_rating = rated[0].value == rated[1].value and asks(shape, "share")  # "… % good vs … % good"
    for chunk in (*rated[one_rating:], *again):
        chunk.use("against")
    nouns = [q.disjunction(*members(kind, shape.vocabulary)) for kind in kinds]
    if one_rating:
        return list(zip(kinds, nouns, strict=True))
    return [
        (kind, conjunction(noun, condition.value))
        for kind, noun, condition in zip(kinds, nouns, rated, strict=True)
    ]


def _kinds_named(shape: Shape) -> tuple[list[Chunk], list[Chunk]]:
    """The kinds of place, without those that only repeat the one before: "home care (community based
    care)"."""
    named = [one for one in shape.chunks.included("kind") if any(kind.field for kind in one.value)]
    again = [two for one, two in pairwise(named) if one.value == two.value]
    return [one for one in named if one not in again], again


def _are_apart(kinds: list[Chunk], rated: list[Chunk]) -> bool:
    """True if the first kind and the first rating both come before the second ones."""
    return max(kinds[0].start, rated[0].start) <= min(kinds[1].start, rated[1].start)


def _moves_on_both_sides(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """Return the sides of "more went up to good than to outstanding" and "… from requires improvement to good
    than from good to outstanding": the conditions of each side, with the direction applied to both."""
    than = next(iter(shape.chunks.saying("versus", "than")), None)
    rated = shape.chunks.included("cond")
    if than is None or len(rated) < 3:
        return []
    ahead = [one for one in rated if one.start < than.start]
    behind = rated[len(ahead) :]
    if not ahead or not behind or not isinstance(ahead[0].value, q.Moved):
        return []
    for one in (*ahead[:-1], *behind[:-1]):
        one.use("against")
    values = [one.value for one in behind]
    if not isinstance(values[0], q.Moved):
        values.insert(0, _move_again(shape, ahead[0].value, than))
    return [
        (ahead[-1], conjunction(*(one.value for one in ahead))),
        (behind[-1], conjunction(*values)),
    ]


def _move_again(shape: Shape, moved: q.Moved, than: Chunk) -> q.Moved:
    """The move of the side after "than": the same one, unless a word gives another direction."""
    for one in shape.chunks:
        if one.start >= than.end and one.text in _WAYS:
            return replace(moved, signs=_WAYS[one.text])
    return moved


def _steps_on_both_sides(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """ "Good to outstanding v requires improvement to good": return a rating before and one now for each
    side."""
    rated = [one for one in shape.chunks.of("cond") if isinstance(one.value, q.Rated) and not one.out]
    said = shape.chunks.saying("versus", "compare")
    if len(rated) != 4 or len(said) != 1 or not rated[1].start < said[0].start < rated[2].start:
        return []
    steps = [(rated[0], rated[1]), (rated[2], rated[3])]
    if any(_between_are(shape, first, last) != ["to"] for first, last in steps):
        return []
    for first, _ in steps:
        first.use("against")
    return [(last, conjunction(replace(first.value, when="before"), last.value)) for first, last in steps]


def _between_are(shape: Shape, first: Chunk, last: Chunk) -> list[str]:
    return [one.text for one in shape.chunks[shape.chunks.index(first) + 1 : shape.chunks.index(last)]]


_WAYS = {"up": (1,), "down": (-1,)}  # "than down to inadequate"


def _than_sides(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """ "More are good now than before", "below good for well-led than for safe": return one rating twice."""
    than = shape.chunks.saying("versus", "than")
    rated = [chunk for chunk in shape.chunks.of("cond") if isinstance(chunk.value, q.Rated)]
    if not than or len(rated) != 1:
        return []
    told: q.Rated = rated[0].value
    behind = shape.chunks[shape.chunks.index(than[0]) :]
    for chunk in behind:
        if chunk.kind == "aspect" and not chunk.used:
            return [(rated[0], told), (chunk, replace(told, aspect=chunk.value[0]))]
    for chunk in behind:
        if chunk.says("time", "before", "start") and chunk.used in ("", "bound"):
            return [(rated[0], replace(told, when="now")), (chunk, replace(told, when="before"))]
    return []
