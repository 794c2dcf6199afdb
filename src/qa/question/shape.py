"""A Query in the making: its chunks, what is known of it so far, and the steps that all questions share."""

from __future__ import annotations

import datetime
from collections.abc import Set
from dataclasses import dataclass, field, replace

from qa.question import query as q
from qa.question.chunks import Chunk, Chunks, unique
from qa.question.conditions import condition_of
from qa.question.query import Condition, Having, Order, conjunction
from qa.question.sides import TOLD, predicate
from qa.question.vocabulary import Vocabulary

SCOPE = (
    "cond",
    "kind",
    "where",
    "provider",
    "value",
    "subject",
    "period",
    "is",
    "unrated",
    "named",
    "measured",
)

AS_MANY = frozenset(("as many", "as many as", "equally many", "just as many", "the same number of"))
OTHER_END = "other end"  # of an order: "and the region at the other end"
ITS_PLACE = "place"  # the rank is asked for: "where does Kent rank?"


@dataclass(slots=True)
class Shape:
    """A Query under construction; functions take chunks and record what they mean."""

    chunks: Chunks
    vocabulary: Vocabulary
    yes_no: bool
    by: tuple[str, ...] = ()
    having: tuple[Having, ...] = ()
    order: Order | None = None
    way: str = ""  # the word for the order: "most", "worst" …
    ranks: tuple[int, int] | None = None
    most: int | None = None
    across: str | None = None
    by_quality: bool = False  # rank groups by the ratings in each: the best and the worst of them
    at: datetime.date | None = None
    columns: tuple[str, ...] = ()  # what a list should give for each item
    dated: bool = False  # likewise the date
    rated: bool = False  # likewise the rating, beside such columns
    extra: list[Condition] = field(default_factory=list)


def asks(shape: Shape, *values: str) -> bool:
    """True if the question asks for one of these measures."""
    return bool(shape.chunks.saying("measure", *values))


def take(shape: Shape, kind: str, *values: str, part: str = "measure") -> bool:
    """Use the chunks of a kind with one of these values for a part of the Query; return true if there are
    any."""
    found = shape.chunks.saying(kind, *values)
    for chunk in found:
        chunk.use(part)
    return bool(found)


def scope_left(shape: Shape) -> Condition:
    """Combine all unused conditions with "and"; those joined by "or" become a disjunction."""
    if any(not chunk.out for chunk in shape.chunks.of("subject")):
        take_whereabouts(shape)
    parts: list[Condition] = list(shape.extra)
    last: Chunk | None = None
    for chunk in shape.chunks.of(*SCOPE):
        condition = None if chunk.used else condition_of(chunk, shape.vocabulary)
        if condition is None:
            continue
        joined = _or_between(shape, last, chunk) if last is not None else None
        if joined is not None and parts:
            joined.use("scope")
            parts[-1] = q.disjunction(parts[-1], condition)
        else:
            parts.append(condition)
        chunk.use("scope" if chunk.kind != "cond" else "rating")
        last = chunk
    return conjunction(*_without_excepted(_met(_without_plain_change(parts))))


def take_whereabouts(shape: Shape) -> None:
    """Take the places and kinds beside names: they identify the subject and narrow nothing."""
    for chunk in shape.chunks.of("where", "kind"):
        if not chunk.out and not _is_measured(chunk):
            chunk.use("subject")


def _is_measured(chunk: Chunk) -> bool:
    """True for a distance, which is a condition on any named subject."""
    return chunk.kind == "where" and any(isinstance(value, q.Near | q.And) for value in chunk.value)


def _or_between(shape: Shape, last: Chunk, chunk: Chunk) -> Chunk | None:
    begin, end = shape.chunks.index(last) + 1, shape.chunks.index(chunk)
    between = shape.chunks[begin:end]
    # "in Telford are either good or outstanding": "either" begins what is joined, it does not join
    found = next((one for one in between if one.kind == "or" and one.text != "either"), None)
    return found if last.kind != "kind" or chunk.kind == "kind" else None


def next_of(shape: Shape, chunk: Chunk, *kinds: str) -> Chunk | None:
    """Return the next unused chunk of one of these kinds, with at most small words between; otherwise
    ``None``."""
    place = shape.chunks.index(chunk)
    for one in shape.chunks[place + 1 : place + 4]:
        if one.kind in kinds and not one.used:
            return one
        if one.kind not in ("function", "quantifier"):
            return None
    return None


def cut_of(shape: Shape, ways: list[Chunk]) -> tuple[int, int] | None:
    """Take the ordinal or number in an order; return the first and last rank wanted."""
    ordinal = next(iter(shape.chunks.of("ordinal")), None)
    if ordinal is not None:
        ordinal.use("order")
        ahead = [one for one in ways if one.start < ordinal.start]  # "the most and second most"
        joined = ahead and any(one.value == ahead[0].value and one.start > ordinal.start for one in ways)
        return (1 if joined else ordinal.value), ordinal.value
    quantity = next((one for one in shape.chunks.of("quantity") if one.value.plain), None)
    if quantity is not None:
        quantity.use("order")
        return 1, int(quantity.value.low)
    return None


def supposed(shape: Shape, told: list[Chunk]) -> Condition | None:
    """Return the assumed condition: a rating, otherwise good or better for an aspect, otherwise
    what follows.
    """
    if told:
        return take_all(shape, told)
    aspects, service = take_aspects(shape)
    if aspects and aspects != (q.WHOLE,):
        best = shape.vocabulary.scale.fine
        return conjunction(*(q.Rated(best, aspect, service) for aspect in aspects))
    if shape.chunks.of("subject"):
        chunks = shape.chunks.of("where", "provider", "value", "period", "kind")
        return take_all(shape, _without_own_place(shape, chunks)) if chunks else None
    if rated := shape.chunks.of("period"):  # "have most been rated since 2021?"
        return take_all(shape, rated)
    return q.EVERYTHING if shape.chunks.of("kind", "where", "provider") else None


def _without_own_place(shape: Shape, chunks: list[Chunk]) -> list[Chunk]:
    """Leave out the place of a named subject if more is asked: "is Elm House in Leeds a care home?"."""
    named = {chunk.end for chunk in shape.chunks.of("subject")}
    own = []
    for chunk in chunks:
        before = shape.chunks.ahead_of(chunk, lambda one: one.kind == "function")
        if chunk.kind == "where" and before is not None and before.end in named:
            own.append(chunk)
    return [chunk for chunk in chunks if chunk not in own] or chunks


def take_changes(shape: Shape) -> None:
    """Take words for changes beside ratings: "Oxleas rating change", "who improved more"."""
    for chunk in shape.chunks.of("cond"):
        if isinstance(chunk.value, q.Moved) and not chunk.out:
            chunk.use("measure")


def is_totalled(shape: Shape, chunk: Chunk) -> bool:
    """True for "the mean deprivation score" and "the largest number of beds": a number for each place,
    without groups."""
    numbers = {field.name for field in shape.vocabulary.fields if field.type == "number"}
    before = shape.chunks.ahead_of(
        chunk, lambda one: one.kind == "function" or one.says("measure", "count")
    )  # "number of"
    if before is None or not numbers.intersection(chunk.value):
        return False
    return before.says("measure", "mean", "sum") or before.says("super", "most", "least")


def total_asked(shape: Shape) -> q.Total | None:
    """Take the words for a total of a column of numbers and return it; ``None`` if there are none."""
    numeric = {one.name for one in shape.vocabulary.fields if one.type == "number"}
    field_chunk = next(
        (chunk for chunk in shape.chunks.of("field") if numeric.intersection(chunk.value)), None
    )
    if field_chunk is None:
        return None
    functions = (
        ("measure", "mean", "mean"),
        ("measure", "sum", "sum"),
        ("super", "most", "most"),
        ("super", "least", "least"),
    )
    for kind, value, function in functions:
        if take(shape, kind, value):
            field_chunk.use("measure")
            return q.Total(function, field_chunk.value[0])  # type: ignore[arg-type]
    if asks(shape, "count"):
        take(shape, "measure", "count")
        field_chunk.use("measure")
        return q.Total("sum", field_chunk.value[0])
    return None


def take_aspects(shape: Shape) -> tuple[tuple[str, ...], str]:
    """Take the aspects and the service that the question asks about and return them."""
    aspects = [chunk for chunk in shape.chunks.of("aspect") if not chunk.out]
    for chunk in aspects:
        chunk.use("measure")
    service = q.WHOLE
    for chunk in shape.chunks:
        if chunk.kind == "service" and (chunk.used in ("", "rating")):
            told = shape.vocabulary.service(chunk.value[0]) or q.WHOLE
            if service in (q.WHOLE, told):  # a second service is left out, and the answer says so
                service = told
                chunk.use("measure")
    return unique(name for chunk in aspects for name in chunk.value), service


def telling(shape: Shape) -> list[Chunk]:
    """Return the chunks with the conditions in question: the predicate of a claim or a share, otherwise its
    ratings, changes, "inherited"; if they are on both sides of a noun, those after it."""
    if said := predicate(shape.chunks, yes_no=shape.yes_no):
        return said
    found = [chunk for chunk in shape.chunks.of(*TOLD) if not chunk.out or chunk.kind != "cond"]
    share = next((one for one in shape.chunks if one.says("measure", "share")), None)
    if share is not None and (asked := _behind_noun(found, share)) != found:
        return asked  # "among homes poor for safe, what share is good for caring?"
    noun = next(iter(shape.chunks.of("kind")), None)
    return found if noun is None else _behind_noun(found, noun)


def _behind_noun(found: list[Chunk], noun: Chunk) -> list[Chunk]:
    """If chunks are on both sides of a noun, return those after it: "which bad homes are outstanding for
    caring?"."""
    behind = [chunk for chunk in found if chunk.start > noun.start]
    ahead = [chunk for chunk in found if chunk.start < noun.start]
    return behind if behind and ahead else found


def take_all(shape: Shape, chunks: list[Chunk]) -> Condition:
    """Take these chunks as one condition; of those joined by "or", one is enough."""
    parts: list[Condition] = []
    last: Chunk | None = None
    for chunk in chunks:
        condition = condition_of(chunk, shape.vocabulary)
        chunk.use("rating" if chunk.kind in TOLD else "claim")
        if condition is None:
            continue
        joined = None if last is None else _or_between(shape, last, chunk)
        if joined is not None and parts:
            joined.use("claim")
            parts[-1] = q.disjunction(parts[-1], condition)
        else:
            parts.append(condition)
        last = chunk
    return conjunction(*_met(parts))


def _without_excepted(parts: list[Condition]) -> list[Condition]:
    """Remove excepted names from a list of names: "of A, B and C all but C"."""
    named = [part for part in parts if isinstance(part, q.Named)]
    gone = {number for part in parts for number in _excepted(part)}
    if len(named) != 1 or not gone < set(named[0].subjects):
        return parts
    rest = _named_but(named[0], gone)
    return [rest if part is named[0] else part for part in parts if not _excepted(part)]


def _excepted(part: Condition) -> tuple[int, ...]:
    """The subjects that a condition excludes by name."""
    return part.part.subjects if isinstance(part, q.Not) and isinstance(part.part, q.Named) else ()


def _named_but(named: q.Named, gone: Set[int]) -> q.Named:
    labels = named.labels if len(named.labels) == len(named.subjects) else ()
    left = [place for place, number in enumerate(named.subjects) if number not in gone]
    return q.Named(
        tuple(named.subjects[place] for place in left), tuple(labels[place] for place in left if labels)
    )


def _met(parts: list[Condition]) -> list[Condition]:
    """Merge two sets of ratings for the same thing into the ratings in both: "good or better, not counting
    outstanding ones" is good."""
    found: list[Condition] = []
    for part in parts:
        if isinstance(part, q.Is) and (narrower := _narrower(found, part)) is not None:
            found[found.index(narrower[0])] = narrower[1]
            continue
        same = next((one for one in found if isinstance(part, q.Rated) and _is_alike(one, part)), None)
        if isinstance(same, q.Rated) and isinstance(part, q.Rated):
            both = tuple(rating for rating in same.ratings if rating in part.ratings)
            found[found.index(same)] = replace(same, ratings=both)
        else:
            found.append(part)
    return found


def _narrower(found: list[Condition], part: q.Is) -> tuple[q.Is, q.Is] | None:
    """Find a condition on the same column with values in common; return it and the two as one: "Leeds,
    Yorkshire"."""
    for one in found:
        if isinstance(one, q.Is) and one.field == part.field and {*one.values} & {*part.values}:
            return one, replace(one, values=tuple(value for value in one.values if value in part.values))
    return None


def _is_alike(one: Condition, other: q.Rated) -> bool:
    """True for current ratings for the same thing with some in common."""
    if not isinstance(one, q.Rated) or one.when != "now" or not {*one.ratings} & {*other.ratings}:
        return False
    return replace(one, ratings=other.ratings) == other


def _without_plain_change(parts: list[Condition]) -> list[Condition]:
    """Drop a plain change beside "went from good to outstanding", which says more."""
    times = {part.when for part in parts if isinstance(part, q.Rated)}
    return [
        part
        for part in parts
        if not (isinstance(part, q.Moved) and len(part.signs) == 2 and times >= {"now", "before"})
    ]
