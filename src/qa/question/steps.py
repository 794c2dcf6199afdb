"""Changes by a number of steps of the scale: "moved up two grades", "by more than one grade"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.shape import Shape

_STEPS = frozenset("grade grades level levels band bands notch notches step steps rung rungs".split())
STEPS = _STEPS | {"rating", "ratings"}
_WAYS = {
    "up": 1,
    "higher": 1,
    "better": 1,
    "upwards": 1,
    "down": -1,
    "lower": -1,
    "worse": -1,
    "downwards": -1,
}


def by_steps(shape: Shape) -> None:
    """Replace a change with a number of steps by the pairs of ratings that are that far apart."""
    _with_direction(shape)
    _any_number(shape)
    for chunk in shape.chunks.of("cond"):
        quantity = _number_of_steps(shape, chunk)
        if quantity is not None and isinstance(chunk.value, q.Moved):
            pairs = _pairs(shape, chunk.value, quantity)
            if pairs:
                chunk.value = q.disjunction(*pairs)
                chunk.members = (chunk.value,)
                quantity.use("rating")


def _any_number(shape: Shape) -> None:
    """Take "or more" in "went up a grade or more", which means the same as "went up"."""
    for chunk in shape.chunks.saying("compare", "or_above"):
        words = [one.text for one in shape.chunks[: shape.chunks.index(chunk)][-2:]]
        if len(words) == 2 and words[0] in ("a", "one") and words[1] in _STEPS:
            chunk.use("rating")


def _with_direction(shape: Shape) -> None:
    """Make a change of "two grades up" or "one level higher", with the verb before it."""
    for quantity in shape.chunks.of("quantity"):
        place = shape.chunks.index(quantity)
        behind = shape.chunks[place + 1 : place + 3]
        if len(behind) < 2 or behind[0].text not in STEPS or behind[1].text not in _WAYS:
            continue
        pairs = _pairs(shape, q.Moved((_WAYS[behind[1].text],)), quantity)
        if not pairs:
            continue
        verb = shape.chunks[place - 1] if place else None
        moved = verb is not None and verb.kind == "cond" and isinstance(verb.value, q.Moved)
        taken = [quantity, *behind, *([verb] if moved and verb is not None else [])]
        made = Chunk("cond", q.disjunction(*pairs), quantity.spans, taken=taken)
        made.members = (made.value,)
        for one in taken:
            one.used = "bound"
        shape.chunks[place] = made


def _pairs(shape: Shape, moved: q.Moved, quantity: Chunk) -> list[q.Condition]:
    """For each rating before, the condition on the ratings now that are this many steps away."""
    least, most = quantity.value.low, quantity.value.high
    pairs: list[q.Condition] = []
    for part in shape.vocabulary.scale.parts:
        for place, old in enumerate(part.ratings):
            new = [
                rating
                for at, rating in enumerate(part.ratings)
                if _sign(place - at) in moved.signs
                and least <= abs(place - at)
                and (most is None or abs(place - at) <= most)
            ]
            if new and least > 0:
                before = q.Rated((old,), moved.aspect, moved.service, "before")
                pairs.append(q.conjunction(before, q.Rated(tuple(new), moved.aspect, moved.service)))
    return pairs


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _number_of_steps(shape: Shape, change: Chunk) -> Chunk | None:
    """Return the number after a change, and take the word for steps after it."""
    behind = [one for one in shape.chunks[shape.chunks.index(change) + 1 :] if one.kind != "function"]
    by = next((one for one in behind[:1] if one.text == "by"), None)
    behind = _without_rated(behind[1:] if by is not None else behind)
    near = (by, *behind[:1])  # "by two ratings", "jump two ratings"
    steps = STEPS if shape.chunks.after(change) in near else _STEPS
    if len(behind) < 2 or behind[0].kind != "quantity" or behind[1].text not in steps:
        return None
    for one in (*([by] if by is not None else []), behind[1]):
        one.use("rating")
    return behind[0]


def _without_rated(behind: list[Chunk]) -> list[Chunk]:
    """Take "rating" in "two rating levels"."""
    if len(behind) > 2 and behind[1].kind == "rated" and behind[2].text in _STEPS:
        behind[1].use("rating")
        return [behind[0], *behind[2:]]
    return behind
