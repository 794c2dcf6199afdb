"""Ratings that no place can have at once are asked about one after the other: "the outstanding ones and any
inadequate ones", "total, outstanding and inadequate"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.contradictions import exclude
from qa.question.query import Condition, Query, conjunction, parts_of
from qa.question.shape import Shape


def each_rating_apart(queries: Sequence[Query], shape: Shape) -> list[Query]:
    """Return a Query that asks for one rating and for another as a Query for each, in their order; other
    Queries as they are."""
    if len(queries) != 1 or queries[0].claim is not None or queries[0].by:
        return list(queries)
    (query,) = queries
    if (shares := _each_share(query, shape)) is not None:
        return shares
    told = [chunk for chunk in shape.chunks if chunk.kind == "cond" and not chunk.out]
    if len(told) == 2:
        return _each_of_two(query, told, shape)
    return _beside_one(query, told[0], shape) if len(told) == 1 else [query]


def _each_of_two(query: Query, told: Sequence[Chunk], shape: Shape) -> list[Query]:
    """A Query for each of two ratings that are asked about separately, and that no place can have at once."""
    first, second = told[0].value, told[1].value
    if not {first, second} <= {*parts_of(query.scope)} or not exclude(first, second):
        return [query]
    halves = [_without(query, second), _without(query, first)]
    if ways := _ways(shape, told):
        return [_the_way_said(half, way) for half, way in zip(halves, ways, strict=True)]
    return halves if _asks_anew(shape, told) else [query]


def _beside_one(query: Query, told: Chunk, shape: Shape) -> list[Query]:
    """A Query for each rating listed in a comparison, and one for all places if the total is asked for as
    well."""
    if query.against:
        return _each_listed(query, told, shape) if isinstance(query.measure, q.Count) else [query]
    if query.order or not isinstance(query.measure, q.Count | q.Ratings):
        return [query]
    total = _total_beside(shape, told)
    if total is None:
        return [query]
    whole = replace(_without(query, told.value), measure=q.Count())
    return [whole, query] if total.start < told.start else [query, whole]


def _each_share(query: Query, shape: Shape) -> list[Query] | None:
    """ "Percentages good, requires improvement and inadequate": a share for each of the ratings listed, if
    the word is in the plural or the list has both good and poor ratings; otherwise ``None``."""
    if not isinstance(query.measure, q.Share):
        return None
    of = query.measure.of
    told = next((one for one in shape.chunks if one.kind == "cond" and one.value == of), None)
    listed = told is not None and len(told.members) > 1 and _EITHER.isdisjoint(told.text.split())
    if told is None or not listed or not (_says_shares(shape) or _is_mixed(told, shape)):
        return None
    return [replace(query, measure=q.Share(one)) for one in told.members]


def _says_shares(shape: Shape) -> bool:
    return any(one.text.split()[-1] in _SHARES for one in shape.chunks if one.says("measure", "share"))


_EITHER = frozenset(("or", "either"))
_SHARES = frozenset("percentages proportions rates shares".split())


def _is_mixed(told: Chunk, shape: Shape) -> bool:
    """True if the ratings listed are good as well as poor ones: nobody asks for those together."""
    fine = {*shape.vocabulary.scale.fine}
    return len({fine.isdisjoint(one.ratings) for one in told.members if isinstance(one, q.Rated)}) > 1


def _total_beside(shape: Shape, told: Chunk) -> Chunk | None:
    """Take the words that ask for all of them beside those with a rating: "total, and outstanding",
    "outstanding hospices, with the total number of hospices"."""
    for chunk in shape.chunks:
        first, last = sorted((chunk, told), key=lambda one: one.start)
        between = shape.chunks[shape.chunks.index(first) + 1 : shape.chunks.index(last)]
        listed = (
            first is chunk and "," in last.spans[0].gap
        )  # "…, total" at the end asks for the number with that rating
        joined = listed or any(one.kind == "and" for one in between)
        if chunk.kind == "measure" and "total" in chunk.text.split() and joined:
            chunk.use("measure")
            return chunk
    return None


def _ways(shape: Shape, told: Sequence[Chunk]) -> list[Chunk]:
    """The "more" or "fewer" of each of two ratings: "fewer outstanding ones than Kent, but more inadequate
    ones"; none if only one of them is said."""
    said = [one for one in shape.chunks if one.says("compare", "more", "fewer") or one.text in _AND_MORE]
    if len(said) != 2 or not said[0].start < told[0].start < said[1].start < told[1].start:
        return []
    for one in said:
        one.use("measure")
    return said


_AND_MORE = {"and more": "more", "and fewer": "fewer"}  # with a number ahead, "5 and more"


def _the_way_said(query: Query, way: Chunk) -> Query:
    """Return a comparison the way round that its own word says."""
    more = _AND_MORE.get(way.text, way.value) == "more"
    if query.relation in ("better", "worse"):
        query = replace(query, relation="better" if more else "worse")
    return query if query.order is None else replace(query, order=replace(query.order, descending=more))


def _asks_anew(shape: Shape, told: Sequence[Chunk]) -> bool:
    """True for a second rating with an asking word or a noun of its own: "and how many outstanding", "and any
    inadequate ones"."""
    place = shape.chunks.index(told[1])
    between = shape.chunks[shape.chunks.index(told[0]) + 1 : place]
    if not any(one.kind == "and" or "," in told[1].spans[0].gap for one in between):
        return False
    again = [one for one in between if one.says("quantifier", "any") or one.says("measure", "count")]
    noun = [one for one in shape.chunks[place + 1 : place + 2] if one.text == "ones"]
    if not (again or noun):
        return False
    for one in shape.chunks.saying("quantifier", "any"):
        one.use("small")
    return True


def _each_listed(query: Query, told: Chunk, shape: Shape) -> list[Query]:
    """Both sides of a comparison for each of several listed ratings, and without any if a total is asked
    for."""
    ahead = shape.chunks.before(told)
    total = ahead is not None and ahead.says("measure", "sum") and "and" in told.text.split()
    apart = len(told.members) > 1 and "or" not in told.text.split() and (total or _is_mixed(told, shape))
    listed = [_without(query, told.value, one) for one in told.members] if apart else []
    return [*([_without(query, told.value)] if total else []), *(listed or [query])]


def _without(query: Query, condition: Condition, instead: Condition = q.EVERYTHING) -> Query:
    """Return the Query with a condition removed from all of its scopes, or replaced by ``instead``."""

    def changed(scope: Condition) -> Condition:
        kept = (instead if part == condition else part for part in parts_of(scope))
        return conjunction(*kept)

    return replace(query, scope=changed(query.scope), against=tuple(map(changed, query.against)))
