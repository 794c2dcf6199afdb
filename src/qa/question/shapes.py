"""Chunks → Queries: what is measured, of whom, grouped and ordered how. Each step takes what it knows."""

from __future__ import annotations

from qa.question.asides import bind_numbers, take_small
from qa.question.chunks import Chunks
from qa.question.claiming import claimed
from qa.question.comparisons import against_all_aspects, compared, for_every
from qa.question.grouping import grouped
from qa.question.query import Query
from qa.question.shape import Shape, asks
from qa.question.told import told_of
from qa.question.vocabulary import Vocabulary


def queries_of(chunks: Chunks, vocabulary: Vocabulary, yes_no: bool) -> list[Query]:
    """Return the Queries that chunks stand for: one, or two where two kinds of place stand side by side."""
    shape = Shape(chunks, vocabulary, yes_no)
    take_small(shape)
    bind_numbers(shape)
    for step in (against_all_aspects, for_every, compared, grouped):
        if (made := step(shape)) is not None:
            return [made]
    if yes_no and not asks(shape, "which", "list"):
        return [claimed(shape)]
    return told_of(shape)
