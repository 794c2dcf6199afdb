"""What is small or said beside: words that only point, and numbers that belong to a column."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.shape import Shape, next_of, take


def take_small(shape: Shape) -> None:
    """Take what only says that a rating is meant, or points at all there are: "rated", "the seven"."""
    for step in (_plain_words, _all_five, _all_of_a_number, _overall, _by_a_number, _the_only, _pointed_at):
        step(shape)


def _plain_words(shape: Shape) -> None:
    small = ("rated", "quality", "function")
    for chunk in shape.chunks:
        joins = chunk.kind == "and" and chunk.text != "but"
        if chunk.kind in small or joins or chunk.says("time", "after", "to", "from"):
            chunk.use("small")
    if any(
        isinstance(value, q.Postcode)
        for chunk in shape.chunks
        if chunk.kind == "where"
        for value in chunk.value
    ):
        take(shape, "postcode", part="scope")


def _all_five(shape: Shape) -> None:
    """ "All five constituencies": no key questions are meant."""
    for chunk in shape.chunks.saying("aspects", "five"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.kind in ("field", "kind"):
            chunk.kind, chunk.value = "quantifier", "all"


def _all_of_a_number(shape: Shape) -> None:
    """ "All seven trusts": however many there are."""
    for chunk in shape.chunks.saying("quantifier", "both", "all", "each"):
        behind = shape.chunks.after(chunk)
        if (
            behind is not None
            and behind.kind == "quantity"
            and behind.value.plain
            and not shape.chunks.any("super")
        ):
            behind.use("small")


def _overall(shape: Shape) -> None:
    """ "Rated overall" says no more than "rated"."""
    for chunk in shape.chunks.of("aspect"):
        if chunk.value == (q.WHOLE,) and not chunk.out:
            chunk.use("measure")


def _by_a_number(shape: Shape) -> None:
    """ "Biggest provider by number of homes", "across the country": no groups are meant."""
    for chunk in shape.chunks.of("by"):
        behind = shape.chunks.after(chunk)
        if chunk.text.startswith("across") and next_of(shape, chunk, "field", "aspects") is None:
            chunk.use("small")
        if behind is not None and behind.says("measure", "count", "share", "when"):
            chunk.use("order")
            if behind.value == "when":
                behind.use("order")


def _the_only(shape: Shape) -> None:
    """ "The only practice that …"."""
    for chunk in shape.chunks.saying("quantifier", "only"):
        ahead = shape.chunks.before(chunk)
        if ahead is not None and ahead.text == "the" and not shape.yes_no:
            chunk.use("small")


def _pointed_at(shape: Shape) -> None:
    """ "One that …", "of the five key questions", "the six that …": numbers that count nothing."""
    for chunk in shape.chunks.of("quantity"):
        if chunk.value.plain and _is_pointing(chunk, shape.chunks.after(chunk)):
            chunk.use("small")
    for chunk in shape.chunks.of("quantity"):
        ahead = shape.chunks.before(chunk)
        pointed = ahead is not None and ahead.text in ("the", "these", "those")
        if pointed and chunk.value.plain and not shape.chunks.any("super"):
            chunk.use("small")


def _is_pointing(chunk: Chunk, behind: Chunk | None) -> bool:
    if behind is None:
        return False
    return behind.kind == "aspects" or (chunk.text == "one" and behind.kind in ("function", "rated", "cond"))


def bind_numbers(shape: Shape) -> None:
    """Number columns: "with more than 60 beds", "deprivation decile 1"."""
    numeric = {one.name for one in shape.vocabulary.fields if one.type == "number"}
    for chunk in list(shape.chunks.of("field")):
        if not numeric.intersection(chunk.value):
            continue
        beside = [one for one in (shape.chunks.before(chunk), shape.chunks.after(chunk)) if one is not None]
        quantity = next((one for one in beside if one.kind == "quantity" and not one.used), None)
        if quantity is not None:
            made = Chunk(
                "measured",
                (chunk.value[0], quantity.value),
                (*quantity.spans, *chunk.spans),
                taken=[quantity],
            )
            shape.chunks[shape.chunks.index(chunk)] = made
            quantity.used = "bound"
