"""Two claims about groups in one sentence: "at least 90% of the homes in each region are good, and no region
has more than ten inadequate ones"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import OF_MANY
from qa.question.chunks import Chunk, Chunks
from qa.question.families import family
from qa.question.grouping import grouped
from qa.question.query import Condition, Query, conjunction, parts_of
from qa.question.shape import Shape


def group_claims_apart(shape: Shape) -> list[Query] | None:
    """Return a claim for each half of a sentence that says twice of how many groups something is true;
    ``None`` for anything else."""
    halves = _halves(shape)
    if halves is None:
        return None
    used = [chunk.used for chunk in shape.chunks]
    made = [grouped(Shape(Chunks(half), shape.vocabulary, yes_no=True)) for half in halves]
    queries = [one for one in made if one is not None and _is_of_groups(one)]
    if len(queries) == len(halves):
        return with_kind_before(queries)
    for chunk, part in zip(shape.chunks, used, strict=True):
        chunk.used = part
    return None


def with_kind_before(queries: Sequence[Query]) -> list[Query]:
    """Return the claims about groups with the kind of place of the first in those that name none: "… and no
    region has more than ten inadequate ones"; any other Queries as they are."""
    if not queries or not all(map(_is_of_groups, queries)):
        return list(queries)
    meant = [one for one in _parts(queries[0]) if family(one) == "kind"]
    if not meant:
        return list(queries)
    return [_of_kind(one, meant[0]) for one in queries]


def _of_kind(query: Query, meant: Condition) -> Query:
    if any(family(one) == "kind" for one in _parts(query)):
        return query
    having = tuple(replace(one, condition=conjunction(meant, one.condition)) for one in query.having)
    if all(one.quantifier.low for one in query.having):  # all groups count, those without one, too
        return replace(query, having=having)
    return replace(query, scope=conjunction(meant, query.scope))


def _parts(query: Query) -> list[Condition]:
    """The conditions of the scope and those on the groups."""
    return [*parts_of(query.scope), *(part for one in query.having for part in parts_of(one.condition))]


def _is_of_groups(query: Query) -> bool:
    """True for a claim about groups: "every region has …"."""
    claim = query.claim
    return claim is not None and claim.condition == q.EVERYTHING and bool(query.by and query.having)


def _halves(shape: Shape) -> tuple[list[Chunk], list[Chunk]] | None:
    """The chunks on both sides of the one "and" behind which groups are named again: "and no region has",
    "and none has"; ``None`` if there is none or several."""
    if not shape.yes_no:
        return None
    seams = [place for place, chunk in enumerate(shape.chunks) if chunk.kind == "and"]
    cut = [(shape.chunks[:place], shape.chunks[place + 1 :]) for place in seams]
    halves = [(ahead, _of_groups_again(ahead, behind)) for ahead, behind in cut]
    found = [(ahead, behind) for ahead, behind in halves if behind]
    return found[0] if len(found) == 1 else None


def _of_groups_again(ahead: Sequence[Chunk], behind: Sequence[Chunk]) -> list[Chunk]:
    """The second half with the word for its groups; empty if it is not about the groups of the first."""
    groups = [one for one in ahead if one.kind == "field"]
    said = [one for one in behind if one.kind != "function"][:2]
    if not groups or len(said) < 2 or not said[0].says("quantifier", *OF_MANY):
        return []
    if said[1].kind == "field":
        return list(behind) if said[1].value == groups[0].value else []
    if not _means_no_group(said, ahead):
        return []
    place = behind.index(said[0]) + 1  # "and none has more than ten"
    return [*behind[:place], replace(groups[0]), *behind[place:]]


def _means_no_group(said: Sequence[Chunk], ahead: Sequence[Chunk]) -> bool:
    """True for "none" before a number, which is none of the groups; not after "is there any with …"."""
    counted = said[0].text == "none" and said[1].kind == "quantity"
    return counted and not any(one.says("quantifier", "any") for one in ahead)
