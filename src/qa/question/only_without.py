"""Claims that one group is the only one without something: "Is Kent the only council without an inadequate
home?"."""

from __future__ import annotations

from qa.question.foremost import fields_said, members_named, of_field
from qa.question.grouping import grouped
from qa.question.query import Query
from qa.question.shape import Shape


def only_without(shape: Shape) -> Query | None:
    """If a question asks whether one place or owner is the only one without something, return the Query for
    all groups without it, so that the answer names them. Return ``None`` for any other question."""
    only, none = shape.chunks.saying("quantifier", "only"), shape.chunks.saying("quantifier", "none")
    if not shape.yes_no or len(only) != 1 or len(none) != 1 or none[0].start < only[0].start:
        return None
    members = [one for one in members_named(shape) if one.start < only[0].start]
    found = of_field(members, fields_said(shape), shape) if members and fields_said(shape) else None
    if found is None or shape.chunks.of("subject"):
        return None
    for chunk in (only[0], found[0]):
        chunk.use("claim")
    shape.yes_no = False
    return grouped(shape)
