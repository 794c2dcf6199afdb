"""Whether a place or owner comes first of all: "Does Kent have the most homes?", "No region has more than
Kent"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.grouping import quality_of
from qa.question.listing import as_field
from qa.question.parts import Meant
from qa.question.query import Claim, Order, Quantifier, Query
from qa.question.shape import Shape, asks, cut_of, scope_left, take, take_all, telling
from qa.question.worth import puts_more_first

_ANYWHERE = frozenset("anybody anyone anywhere nobody nowhere".split()) | {"no one"}
_WAYS = ("most", "least", "top", "bottom", "best", "worst")
_UP = ("most", "top", "best")


def foremost(shape: Shape) -> Query | None:
    """Return the Query of a claim about the rank of a place or an owner among all of its sort.

    All of them are ordered by a count, which gives a claim, or by a share, where the answer is the order
    itself.
    """
    if not shape.yes_no or asks(shape, "which", "list") or _of_numbers(shape):
        return None
    if (only := _the_only(shape)) is not None:
        return only
    found = _more_than(shape) or _more_than_all(shape) or _at_the_end(shape)
    if found is None:
        return None
    member, field, quantifier = found
    meant = member.value[0]
    member.use("claim")
    _take_field(shape, field)
    measure = _ranked_by(shape)
    if field in ("provider", "brand"):
        take(shape, "measure", "provider", part="by")  # "the largest provider of homes"
    claim = Claim(quantifier, q.Is(field, meant.values)) if measure == q.Count() else None
    scope = scope_left(shape)
    if shape.order is not None and shape.way:
        more_first = puts_more_first(shape.vocabulary.scale, measure, scope, shape.way)
        shape.order = Order("figure", more_first)
    return Query(scope, measure, (field,), order=shape.order, ranks=shape.ranks, claim=claim)


def _take_field(shape: Shape, field: str) -> None:
    """Take the words for what is ranked: "council", "any other", "each"."""
    for chunk in shape.chunks.of("field", "by"):
        if chunk.kind == "by" or chunk.value == (field,):
            chunk.use("by")
    take(shape, "quantifier", "any", "all", "each", "none", part="claim")


def _ranked_by(shape: Shape) -> q.Measure:
    if take(shape, "measure", "share"):
        return q.Share(take_all(shape, telling(shape)))
    if shape.by_quality:
        return quality_of(shape)
    take(shape, "measure", "count", "sum")
    return q.Count()


def _of_numbers(shape: Shape) -> bool:
    """True if a column of numbers is asked about: "the most beds"."""
    return any(shape.vocabulary.is_number(name) for chunk in shape.chunks.of("field") for name in chunk.value)


def _at_the_end(shape: Shape) -> tuple[Chunk, str, Quantifier] | None:
    """Read "Does Kent have the most homes?" or "Is Larkmoor among the top 5 providers?": the member, its
    field and the ranks it may have."""
    ways = shape.chunks.saying("super", *_WAYS)
    if not ways or shape.chunks.of("subject") or shape.chunks.saying("versus"):
        return None
    members, fields = _members_before(shape, ways[0]), fields_said(shape)
    quality = _are_of_quality(ways)
    if any(one.either for one in members) or (quality and not fields):
        return None  # "Is Leeds the best?"
    found = of_field(members, fields, shape) if members else None
    if found is None:
        return None
    shape.order, shape.way = Order("figure", ways[0].value in _UP), ways[0].value
    shape.ranks = cut_of(shape, ways) or (1, 1)
    shape.by_quality = quality and not telling(shape)
    take(shape, "super", *_WAYS, part="order")
    return (*found, q.ANY)


def _are_of_quality(ways: list[Chunk]) -> bool:
    return all(chunk.value in ("best", "worst") for chunk in ways)


def _more_than(shape: Shape) -> tuple[Chunk, str, Quantifier] | None:
    """Read "No region has more homes than Kent" or "Does anybody run fewer homes than Larkmoor?": as for
    :func:`_at_the_end`."""
    more, than = _more_and_than(shape)
    said = shape.chunks.saying("quantifier", "none", "any")
    if more is None or than is None or len(said) != 1 or shape.chunks.of("subject"):
        return None
    members = [one for one in members_named(shape) if one.start > than.start]
    fields = fields_said(shape)
    if len(members) != 1 or (not fields and said[0].text not in _ANYWHERE):
        return None
    found = of_field(members, fields, shape)
    if found is None:
        return None
    _order_by_more(shape, more, than)
    take(shape, "follow", "other", part="claim")
    return (*found, q.ANY if said[0].value == "none" else q.NONE)


def _more_and_than(shape: Shape) -> tuple[Chunk | None, Chunk | None]:
    """The "more" or "fewer" and the "than" of a question; ``None`` for one that does not occur exactly
    once."""
    more, than = shape.chunks.saying("compare", "more", "fewer"), shape.chunks.saying("versus", "than")
    return more[0] if len(more) == 1 else None, than[0] if len(than) == 1 else None


def _order_by_more(shape: Shape, more: Chunk, *others: Chunk) -> None:
    """Set the order in which the one with the most, or the fewest, comes first."""
    shape.order, shape.ranks = Order("figure", more.value == "more"), (1, 1)
    for chunk in (more, *others):
        chunk.use("order")


def _more_than_all(shape: Shape) -> tuple[Chunk, str, Quantifier] | None:
    """Read "Does Kent have more homes than any other council?": it alone comes first."""
    more, than = _more_and_than(shape)
    if more is None or than is None:
        return None
    members = _members_before(shape, more)
    every = next((one for one in shape.chunks if one.start > than.start and one.kind != "function"), None)
    if not members or every is None or not _means_all(every):
        return None
    found = of_field(members, fields_said(shape), shape)
    if found is None:
        return None
    _order_by_more(shape, more, than, every)
    return (*found, q.ALL)


def _means_all(chunk: Chunk) -> bool:
    return chunk.says("quantifier", "any", "all", "each") or chunk.text in _ELSEWHERE


_ELSEWHERE = frozenset(("anybody else", "anyone else", "anywhere else", "everyone else", "the others"))


def _the_only(shape: Shape) -> Query | None:
    """ "Is Kent the only council with an inadequate home?": return the claim that all of those are there."""
    only, fields = shape.chunks.saying("quantifier", "only"), fields_said(shape)
    if len(only) != 1 or not fields or shape.chunks.of("subject"):
        return None
    members, told = _members_before(shape, only[0]), telling(shape)
    if not members or not (told or _names_kind(shape)):
        return None
    found = of_field(members, fields, shape)
    if found is None:
        return None
    member, field = found
    for chunk in (only[0], member, *shape.chunks.of("field")):
        chunk.use("claim")
    take(shape, "quantifier", "any", part="claim")
    condition = take_all(shape, told)
    return Query(
        q.conjunction(condition, scope_left(shape)), claim=Claim(q.ALL, q.Is(field, member.value[0].values))
    )


def _names_kind(shape: Shape) -> bool:
    return any(kind.field for one in shape.chunks.of("kind") for kind in one.value)


def members_named(shape: Shape) -> list[Chunk]:
    """The places and owners that are named."""
    found = shape.chunks.included("where", "provider")
    return [one for one in found if len(one.value) == 1 and isinstance(one.value[0], Meant)]


def _members_before(shape: Shape, chunk: Chunk) -> list[Chunk]:
    return [one for one in members_named(shape) if one.start < chunk.start]


def fields_said(shape: Shape) -> list[str]:
    """The columns that the question names without a value: "of all councils"."""
    return [chunk.value[0] for chunk in shape.chunks.of("field") if len(chunk.value) == 1]


def of_field(members: list[Chunk], fields: list[str], shape: Shape) -> tuple[Chunk, str] | None:
    """Return the place or owner that the claim is about, with its field: one of the mentioned sort, otherwise
    the last named."""
    for field in fields:
        for member in reversed(members):
            meant = as_field(member.value[0], field, shape.vocabulary)
            if meant is not None:
                member.value = (meant,)
                return member, field
    last = members[-1]
    one = len(last.value[0].values) == 1 and last.value[0].field in shape.vocabulary.field_names
    return (last, last.value[0].field) if one and not fields else None
