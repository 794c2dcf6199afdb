"""Comparisons with the rest: "do homes with an inherited rating do worse than the rest?", "is the share
higher in Kent than elsewhere?"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.conditions import condition_of
from qa.question.query import Condition
from qa.question.shape import Shape

_SIDES = ("where", "provider", "is", "value")
_REST = frozenset(("all the others", "elsewhere", "everywhere else", "others", "the others", "the rest"))


def beside_the_rest(shape: Shape) -> list[tuple[Chunk, Condition]]:
    """Return two sides: what is named before "than the rest", and everything else ("the rest of Kent":
    everything else in Kent). Return nothing for any other question."""
    rest = _rest_compared(shape)
    if rest is None or shape.chunks.of("subject"):
        return []
    named = shape.chunks.included(*_SIDES)
    behind = [one for one in named if one.start > rest.start]
    if len(named) - len(behind) != 1 or len(behind) != _is_of_place(shape, rest):
        return []
    side, *there = (condition_of(one, shape.vocabulary) or q.EVERYTHING for one in named)
    rest.use("against")
    return [(named[0], side), (behind[0] if behind else rest, q.conjunction(*there, q.Not(side)))]


def _rest_compared(shape: Shape) -> Chunk | None:
    """The words for the rest, if "than" or the like comes before them."""
    rest = next((chunk for chunk in shape.chunks.of("follow") if chunk.text in _REST), None)
    return rest if rest is not None and _is_compared(shape, rest) else None


def _is_compared(shape: Shape, rest: Chunk) -> bool:
    ahead = shape.chunks.ahead_of(rest, lambda one: one.kind == "function" or one.text == "with")
    return ahead is not None and ahead.kind == "versus"


def _is_of_place(shape: Shape, rest: Chunk) -> bool:
    after = shape.chunks.after(rest)
    return after is not None and after.text == "of"
