"""What sides are compared by: their ratings, a share, a number, or how good they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.grouping import quality_condition, quality_of, quality_said
from qa.question.query import Condition, Query, conjunction
from qa.question.rating_time import NOW
from qa.question.shape import Shape, asks, take, take_all, take_aspects, telling
from qa.question.worth import BETTER

_COMPARE = frozenset("against compare compared comparing comparison v versus vs".split()) | {
    "compare with",
    "compared to",
    "compared with",
    "compares with",
    "side by side",
}


def compared_by(shape: Shape, sides: Sequence[Condition]) -> q.Measure:
    """Take the words for what ``sides`` are compared by, and return it as a measure."""
    return (
        _share_said(shape)
        or _share_beside_whole(shape, sides)
        or _ratings_of_subjects(shape, sides)
        or _number_or_quality(shape, sides)
    )


def _share_said(shape: Shape) -> q.Share | None:
    """The share asked for: "what percentage is good", "which is most often good"."""
    told = telling(shape) if asks(shape, "share") or _says_often(shape) else []
    if not told:
        return None
    take(shape, "measure", "share")
    return q.Share(take_all(shape, told))


def _share_beside_whole(shape: Shape, sides: Sequence[Condition]) -> q.Share | None:
    """The share to use when a part is compared with its whole, since its number is always smaller."""
    if q.EVERYTHING not in sides or asks(shape, "count"):
        return None
    told = telling(shape)
    return q.Share(take_all(shape, told)) if told else quality_of(shape)


def _ratings_of_subjects(shape: Shape, sides: Sequence[Condition]) -> q.Ratings | None:
    """The ratings to compare named subjects by, unless a number is asked for."""
    if asks(shape, "count") or not all(isinstance(one, q.Named) for one in sides):
        return None
    aspects, service = take_aspects(shape)
    if not aspects and shape.vocabulary.key_questions and take(shape, "aspects"):
        aspects = shape.vocabulary.key_questions  # "differ on which key question?"
        take(shape, "by")  # "for every key question"
    now = any(one.says("time", "after") and one.text in NOW for one in shape.chunks)
    before = not now and take(shape, "time", "before", "start")  # for one now and one before: stays unused
    return q.Ratings(aspects or (q.WHOLE,), service, before)


def _number_or_quality(shape: Shape, sides: Sequence[Condition]) -> q.Measure:
    """The number of each side, or how good its subjects are if the question asks that and no side has a
    rating."""
    if take(shape, "measure", "count", "sum"):
        return q.Count()
    rated = any(isinstance(part, q.Rated | q.Moved) for one in sides for part in q.parts_of(one))
    if not rated and _of_quality(shape) and not telling(shape):
        return quality_of(shape)
    return quality_said(shape) or q.Count()


def _says_often(shape: Shape) -> bool:
    """True for "most often", which means a share: sides may be of very different sizes."""
    ways = [chunk for chunk in shape.chunks if chunk.kind == "super"]
    return any(way.text.endswith(("often", "frequently")) for way in ways)


def _of_quality(shape: Shape) -> bool:
    """True for "how do they compare" and "are they better", which ask for no number."""
    said = [
        one
        for one in shape.chunks
        if one.says("versus", "better", "worse") or one.says("super", "best", "worst")
    ]
    better = any(BETTER.intersection(chunk.text.split()) for chunk in said)
    more = any(chunk.says("compare", "more", "fewer") for chunk in shape.chunks)
    plain = any(chunk.text in _COMPARE for chunk in _said_to_compare(shape)) and not _numbered(shape)
    return shape.chunks.any("quality", "compare") or (better and not more) or plain


def _said_to_compare(shape: Shape) -> list[Chunk]:
    """Return the words that only say that sides are compared: "compare", "versus"."""
    return [chunk for chunk in shape.chunks if chunk.says("versus", "compare")]


def _numbered(shape: Shape) -> bool:
    """True if a question asks for the number of each side, or which has the most."""
    counts = ("count", "sum", "mean", "share", "difference", "ratio")
    return any(
        chunk.says("measure", *counts)
        or chunk.says("compare", "more", "fewer")
        or chunk.kind in ("super", "quantity", "portion", "field", "period", "by", "spread")
        for chunk in shape.chunks
    )


def with_ratings_beside(shape: Shape, made: Query) -> list[Query]:
    """Return a comparison and, if it is about quality and its sides are values of one field ("compare Kent
    with Essex"), a second Query for how many places of each side have each rating."""
    scopes = (made.scope, *made.against)
    shared = q.shared_parts(scopes)
    sides = [part for scope in scopes for part in q.parts_of(scope) if part not in shared]
    values = _values_of_one_field(sides) if len(sides) == len(scopes) else None
    if values is None or not _is_plainly_compared(shape, made):
        return [made, *_in_numbers_too(shape, made)]
    return [made, Query(conjunction(*shared, values), q.Count(), by=(values.field, "rating"))]


def _values_of_one_field(sides: Sequence[Condition]) -> q.Is | None:
    """The condition of having any of the sides' values, if these are values of one field."""
    values = [part for part in sides if isinstance(part, q.Is)]
    fields = {part.field for part in values}
    if len(values) != len(sides) or len(fields) != 1:
        return None
    return q.Is(fields.pop(), tuple(value for part in values for value in part.values))


def _is_plainly_compared(shape: Shape, made: Query) -> bool:
    """True for "compare Kent with Essex", which asks for no particular figure."""
    by_quality = made.relation == "compare" and made.measure == q.Share(quality_condition(shape))
    return by_quality and bool(_said_to_compare(shape)) and not _numbered(shape)


def _in_numbers_too(shape: Shape, made: Query) -> list[Query]:
    """The same comparison by number for "in percentage terms and in plain numbers"; otherwise nothing."""
    said = [one for one in shape.chunks.saying("measure", "count") if one.text.split()[0] in ("as", "in")]
    if not said or not isinstance(made.measure, q.Share):
        return []
    for chunk in said:
        chunk.use("measure")
    scope, *against = (conjunction(one, made.measure.of) for one in (made.scope, *made.against))
    return [replace(made, measure=q.Count(), scope=scope, against=tuple(against))]
