"""The position of one group in a ranking: "How does Telford rank among towns by share of good homes?"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.foremost import fields_said, members_named, of_field
from qa.question.query import Claim, Order, Query
from qa.question.shape import ITS_PLACE, Shape, asks, scope_left, supposed, take, take_all, telling


def place_in_order(shape: Shape) -> Query | None:
    """Return the Query for a position in a ranking if the question says whose it is and what number or share
    ranks them; otherwise return ``None``, and the word that asks for it is left over."""
    asked = shape.chunks.saying("super", ITS_PLACE)
    members = members_named(shape)
    if len(asked) != 1 or not members or shape.yes_no or not asks(shape, "count", "share"):
        return None
    found = of_field(members, fields_said(shape), shape)
    if found is None:
        return None
    member, field = found
    for chunk in (*asked, member):
        chunk.use("order")
    for chunk in shape.chunks.of("field", "by", "order", "quality"):
        if chunk.kind != "field" or chunk.value == (field,):
            chunk.use("by")
    take(shape, "measure", "which", "list", "address")
    _take_how_high(shape)
    measure = _measure(shape)
    if measure == q.Share(q.EVERYTHING):
        asked[0].used = ""  # a share of what?
    claim = Claim(q.ANY, q.Is(field, member.value[0].values))
    return Query(scope_left(shape), measure, (field,), order=Order("figure"), claim=claim)


def _take_how_high(shape: Shape) -> None:
    """Take "how high" in "how high does Kent rank?", which asks for the position as "where" does."""
    for chunk in shape.chunks.saying("prose", "how"):
        behind = shape.chunks.after(chunk)
        if behind is not None and behind.text == "high":
            chunk.kind, chunk.value = "function", chunk.text
            for one in (chunk, behind):
                one.use("order")


def _measure(shape: Shape) -> q.Measure:
    if not take(shape, "measure", "share"):
        take(shape, "measure", "count", "sum")
        return q.Count()
    told = telling(shape)
    return q.Share(take_all(shape, told) if told else supposed(shape, []) or q.EVERYTHING)
