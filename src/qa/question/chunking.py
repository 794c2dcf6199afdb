"""The sequence of passes that turns a segmentation into chunks: choose senses, bind numbers, join lists,
apply negations."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question import query as q
from qa.question.all_but import count_left_out
from qa.question.chunks import Bounds, Chunks
from qa.question.columns_said import said_columns
from qa.question.correcting import bind_corrections
from qa.question.distances import bind_distances, bind_reach
from qa.question.listing import join_lists, name_fields
from qa.question.negating import bind_negations
from qa.question.parts import Span
from qa.question.pluperfect import bind_pluperfect
from qa.question.quantities import bind_numbers, count_questions, count_rated
from qa.question.query import Quantifier
from qa.question.ratings_said import bind_ratings
from qa.question.senses import apart, chosen
from qa.question.vocabulary import Vocabulary


def chunks_of(spans: Sequence[Span], vocabulary: Vocabulary, yes_no: bool) -> Chunks:
    """Return the chunks of a segmentation. ``yes_no`` is true if the question opens as one answered by yes or
    no."""
    chunks = Chunks(
        chunk for place in range(len(spans)) for chunk in apart(chosen(spans, place, yes_no), spans, place)
    )
    for step in (
        bind_corrections,
        bind_reach,
        bind_numbers,
        count_rated,
        bind_ratings,
        count_questions,
        join_lists,
        said_columns,
        name_fields,
        bind_distances,
        count_left_out,
        bind_pluperfect,
        bind_negations,
    ):
        chunks = step(chunks, vocabulary)
    return chunks


OF_MANY = {"none": q.NONE, "most": q.MOST, "all": q.ALL, "both": q.ALL, "each": q.ALL, "any": q.ANY}
"""The quantifier of each word for how many; of several words about one thing, the first here counts."""


def as_quantifier(quantity: Bounds | Quantifier) -> Quantifier:
    """Return a quantity, or a part of a whole, as a quantifier."""
    if isinstance(quantity, Quantifier):
        return quantity
    return Quantifier(low=int(quantity.low), high=None if quantity.high is None else int(quantity.high))
