"""Closing: "has it closed?", "homes that closed in 2023"; which registration of a name is meant."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.parts import Meant
from qa.question.past_times import one_period
from qa.question.shape import Shape, asks, take
from qa.question.vocabulary import Vocabulary


def prefer_open(shape: Shape) -> None:
    """Of several registrations with one name, drop those that have closed, unless all have."""
    for chunk in shape.chunks.of("subject"):
        chunk.value = tuple(_open_of(value, shape.vocabulary) for value in chunk.value)


def _open_of(meant: Meant, vocabulary: Vocabulary) -> Meant:
    numbers = [place for place, number in enumerate(meant.subjects) if not vocabulary.has_closed(number)]
    if not numbers or len(numbers) == len(meant.subjects) or len(set(meant.labels)) > 1:
        return meant
    subjects = tuple(meant.subjects[place] for place in numbers)
    labels = tuple(meant.labels[place] for place in numbers if place < len(meant.labels))
    return replace(meant, subjects=subjects, labels=labels)


def close(shape: Shape) -> None:
    """Make conditions of "has it closed?" and "homes that closed in 2023"; "when did it close?" asks for a
    column."""
    for chunk in shape.chunks.of("closing"):
        began = chunk.value == "opened" or (chunk.value == "open" and asks(shape, "when"))
        column = "opened" if began else "closed"
        if asks(shape, "when") and column in shape.vocabulary.field_names:
            take(shape, "measure", "when")
            chunk.kind, chunk.value = "field", (column,)
        elif (condition := _condition(shape, chunk, column)) is not None:
            out = chunk.out != (chunk.value == "open")
            chunk.kind, chunk.value, chunk.out = "cond", q.Not(condition) if out else condition, False


def _condition(shape: Shape, chunk: Chunk, column: str) -> q.Condition | None:
    """The condition of having closed, or of a date in ``column`` if a period is given; ``None`` if the tables
    can't tell."""
    period = one_period(shape)
    if period is not None and chunk.value == "open":
        return None  # a list of closed places does not tell which were open then
    if period is not None and column in shape.vocabulary.field_names:
        period.use("scope")
        return q.Dated(column, period.value[0].since, period.value[0].until)
    return q.Closed() if column == "closed" else None
