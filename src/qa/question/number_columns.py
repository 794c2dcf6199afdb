"""Numbers beside a column of numbers: "more than 60 beds", "deprivation decile 1"."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.shape import Shape

_EQUALS = ("of", "is", "was", "are", "were")  # between a column of numbers and the number


def bind_numbers(shape: Shape) -> None:
    """Make conditions of numbers beside a column of numbers: "with more than 60 beds", "deprivation decile
    1", "a score of at least 60"."""
    numeric = {one.name for one in shape.vocabulary.fields if one.type == "number"}
    for chunk in list(shape.chunks.of("field")):
        quantity = _quantity_beside(shape, chunk) if numeric.intersection(chunk.value) else None
        if quantity is not None:
            made = Chunk(
                "measured",
                (chunk.value[0], quantity.value),
                (*quantity.spans, *chunk.spans),
                taken=[quantity],
            )
            shape.chunks[shape.chunks.index(chunk)] = made
            quantity.used = "bound"


def _quantity_beside(shape: Shape, chunk: Chunk) -> Chunk | None:
    """The number right before a column, or after it with nothing but "is" or "of" between."""
    behind = shape.chunks.after(chunk)
    if behind is not None and behind.kind == "function" and behind.text in _EQUALS:
        behind = shape.chunks.after(behind)
    for one in (shape.chunks.before(chunk), behind):
        if one is not None and one.kind == "quantity" and not one.used:
            return one
    return None
