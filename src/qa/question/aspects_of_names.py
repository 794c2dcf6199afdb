"""The key questions for which a named subject has a rating: "What is Elm House inadequate for?"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.query import Query
from qa.question.shape import Shape, asks, scope_left, take

_DANGLING = frozenset("at for in on with".split())
_LETTING = frozenset(
    "drag dragging drags hold holding holds keep keeping keeps let lets letting pull pulls".split()
)
_WHICH = ("which ", "what ")
_DOWN = frozenset(("back", "down"))


def aspects_of_names(shape: Shape) -> Query | None:
    """Return the Query for all key questions of the named subjects if the question asks which of them have a
    rating: "Which key questions is Elm House inadequate for?", "what is it not good at?", "what lets it
    down?". Return ``None`` for any other question."""
    five = shape.vocabulary.key_questions
    named = any(not chunk.out for chunk in shape.chunks.of("subject")) or shape.chunks.any(
        "follow", "pronoun"
    )
    if not five or not named or shape.yes_no:
        return None
    rated = shape.chunks.of("cond")
    asked = _aspects_asked(shape, rated) if rated else _lets_down(shape)
    if not asked or not all(_is_overall(chunk) for chunk in rated):
        return None
    for chunk in (*rated, *asked):
        chunk.use("measure")
    take(shape, "measure", "which", "list", "count")
    return Query(scope_left(shape), q.Ratings(five))


def _is_overall(chunk: Chunk) -> bool:
    """True for a condition on the current overall rating."""
    return isinstance(chunk.value, q.Rated) and chunk.value == q.Rated(chunk.value.ratings)


def _aspects_asked(shape: Shape, rated: list[Chunk]) -> list[Chunk]:
    """The words that ask for key questions: their names, "ratings", or the "for" at the end of "what is it
    inadequate for?"."""
    named = [chunk for chunk in shape.chunks if _is_of_aspects(chunk)]
    which = asks(shape, "which", "list", "count") or any(one.text.startswith(_WHICH) for one in named)
    if not which:
        return []
    last = shape.chunks[-1]
    dangles = last.text in _DANGLING and shape.chunks.before(last) is rated[-1]
    return named or ([last] if dangles else [])


def _is_of_aspects(chunk: Chunk) -> bool:
    return chunk.says("aspects", "name", "five") or (chunk.kind == "rated" and chunk.text == "ratings")


def _lets_down(shape: Shape) -> list[Chunk]:
    """The words of "what lets Elm House down?" and "what holds it back?"."""
    verbs = [chunk for chunk in shape.chunks if chunk.text in _LETTING]
    if not verbs or shape.chunks[-1].text not in _DOWN:
        return []
    return [verbs[0], shape.chunks[-1], *filter(_is_of_aspects, shape.chunks)]
