"""Follow-ups about the things asked about before, together or one after the other: "which of the two is
better?", "what is the difference?", "in either group?", "who is second?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk, unique
from qa.question.families import as_share, family, is_rating
from qa.question.order_of_both import counted_anew, order_of_both, share_of_better
from qa.question.parse import Parsed
from qa.question.query import Condition, Named, Query, Relation, conjunction, parts_of
from qa.scale import Scale

BESIDE = frozenset("function and measure versus compare super quantity rated quality follow time or".split())


def of_both(
    before: Query, beside: Query | None, earlier: Named | None, parsed: Parsed, scale: Scale
) -> Query | None:
    """Return the Query of "which of the two is better?" or "what is the difference?", about two things asked
    about together or one after the other. "Which of the two has more inadequate ones?" compares their
    numbers."""
    relation, number, counted = _relation(parsed), _number_of_them(parsed), counted_anew(parsed)
    small = all(one.kind in BESIDE or one in counted or _is_most(one) for one in parsed.chunks)
    if relation is None or not small:
        return None
    asked = _pairs(before, beside, earlier, number)
    found = next(((query, sides) for query, sides in asked if _fits(query, relation)), None)
    if found is None:
        return None
    query, sides = _by_quality(parsed, *_counting(found, counted), scale)
    _take_comparing(parsed)
    query, sides = _as_shares(parsed, query, sides)
    if isinstance(query.measure, q.Ratings) and parsed.any("time"):
        query = replace(query, measure=replace(query.measure, before=parsed.any("time", "before", "start")))
    query = replace(query, scope=sides[0], against=tuple(sides[1:]), relation=relation)
    return replace(query, order=order_of_both(parsed, query, scale) if relation == "compare" else None)


def _counting(
    asked: tuple[Query, Sequence[Condition]], counted: Sequence[Chunk]
) -> tuple[Query, Sequence[Condition]]:
    """The Query and its sides; if ``counted`` has a rating, for how many of each side have it."""
    if not counted:
        return asked
    for chunk in counted:
        chunk.use("against")
    query, sides = asked
    return replace(query, measure=q.Count()), [
        conjunction(_without_ratings(side), counted[0].value) for side in sides
    ]


def _by_quality(
    parsed: Parsed, query: Query, sides: Sequence[Condition], scale: Scale
) -> tuple[Query, Sequence[Condition]]:
    """The Query and its sides: by how good they are, if "better" is asked of sides that were only counted."""
    rated = any(is_rating(part) for side in sides for part in parts_of(side))
    share = share_of_better(parsed, scale)
    if share is not None and not rated and isinstance(query.measure, q.Count):
        query = replace(query, measure=share)
    return query, sides


def _take_comparing(parsed: Parsed) -> None:
    for chunk in parsed.chunks:
        if chunk.kind in _COMPARING or _is_most(chunk):
            chunk.use("against")


_COMPARING = ("versus", "compare", "super", "quantity", "measure")


def _as_shares(parsed: Parsed, query: Query, sides: Sequence[Condition]) -> tuple[Query, Sequence[Condition]]:
    """The Query and its sides for the share asked for after a number: that of the rating counted, the same on
    each side. Without one it is left out, as it could be of anything."""
    said = [chunk for chunk in parsed.chunks if chunk.says("measure", "share")]
    if not said or isinstance(query.measure, q.Share):
        return query, sides
    if isinstance(query.measure, q.Count) and (told := _rated_alike(sides)):
        shares = [as_share(replace(query, scope=side), told) for side in sides]
        return shares[0], [one.scope for one in shares]
    for chunk in said:
        parsed.leave_out(chunk)
    return query, sides


def _rated_alike(sides: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions on ratings that all sides have; none if the sides differ in them."""
    told = {tuple(part for part in parts_of(side) if isinstance(part, q.Rated)) for side in sides}
    return told.pop() if len(told) == 1 else ()


def of_either(before: Query, beside: Query | None, earlier: Named | None, parsed: Parsed) -> list[Query]:
    """The claims of "is anything inadequate in either group?", one for each of the two asked about; none for
    any other question."""
    claim = next((query.claim for query in parsed.queries if query.claim is not None), None)
    if claim is None or not _only_claims_of_either(parsed):
        return []
    pair = next((sides for _, sides in _pairs(before, beside, earlier, 2)), ())
    for chunk in parsed.chunks if pair else ():
        chunk.use(chunk.used or "claim")
    return [Query(_without_ratings(side), claim=claim) for side in pair]


def _only_claims_of_either(parsed: Parsed) -> bool:
    small = all(one.kind in _OF_EITHER or one.text in EITHER for one in parsed.chunks)
    return small and says_either(parsed) and parsed.has("cond") and len(parsed.queries) == 1


def _without_ratings(scope: Condition) -> Condition:
    return conjunction(*(one for one in parts_of(scope) if not is_rating(one)))


def says_either(parsed: Parsed) -> bool:
    """True for "either", "in either group": each of the two before."""
    said = [one for one in parsed.chunks if one.text == "either"]
    behind = parsed.chunks.after(said[0]) if said else None
    return bool(said) and (behind is None or behind.text in EITHER)


EITHER = frozenset("category group kind one sort type".split())  # "in either …"
_OF_EITHER = frozenset("and aspect cond follow function or quantifier rated".split())


def _is_most(chunk: Chunk) -> bool:
    """True for "most" in "who has the most of the three?"."""
    return chunk.says("quantifier", "most") and chunk.text == "most of"


def _number_of_them(parsed: Parsed) -> int | None:
    """How many "the three", "both" or "the pair" are; ``None`` if no number is given."""
    for chunk in parsed.chunks:
        if chunk.kind == "quantity" and chunk.value.plain and chunk.value.low > 1:
            return int(chunk.value.low)
        if chunk.text.split()[-1] in ("two", "2", "both", "pair"):
            return 2
    return None


def _relation(parsed: Parsed) -> Relation | None:
    if parsed.any("measure", "difference"):
        return "difference"
    if parsed.any("measure", "ratio"):
        return "ratio"
    if parsed.any("versus", "same"):
        return "same"
    ways = parsed.any("versus", "better", "worse", "compare") or parsed.any("compare", "more", "fewer")
    end = parsed.any("super", "best", "worst", "most", "least") or any(map(_is_most, parsed.chunks))
    return "compare" if ways or (end and _number_of_them(parsed) is not None) else None


def _fits(query: Query, relation: Relation) -> bool:
    return relation in ("compare", "same") or isinstance(query.measure, q.Count | q.Share)


def _pairs(
    before: Query, beside: Query | None, earlier: Named | None, number: int | None = None
) -> Iterator[tuple[Query, Sequence[Condition]]]:
    """Yield Queries without sides, each with sides that it may have: those compared before, two names, two
    similar questions, two places at once. If a number is given, only as many as ``number``."""
    each = _one_by_one(before.scope)
    if number is not None and number == len(each) and not before.against:
        yield replace(before, order=None, ranks=None), each  # "and in Essex and Surrey?", "of the two"
    for told, sides in _groups_of_sides(before, beside, earlier):
        if number in (None, len(sides)):
            yield told, sides


def _groups_of_sides(
    before: Query, beside: Query | None, earlier: Named | None
) -> Iterator[tuple[Query, Sequence[Condition]]]:
    if before.against:
        yield before, (before.scope, *before.against)
        return
    parts = parts_of(before.scope)
    named = next((part for part in parts if isinstance(part, Named)), None)
    told = replace(before, order=None, ranks=None)
    if named is not None:
        if earlier is not None:
            yield _rated(told), [_with_part(parts, named, one) for one in (earlier, named)]
        return
    each = _one_by_one(before.scope)
    if beside is not None and _alike(beside, before):
        yield told, (beside.scope, before.scope)
        if len(all_of_them := [*_one_by_one(beside.scope), *each]) > 2:
            yield told, all_of_them  # "in Kent?", "and in Essex and Surrey?", "of the three"
    if len(each) > 1:
        yield told, each


def _with_part(parts: Sequence[Condition], part: Condition, instead: Condition) -> Condition:
    """All ``parts`` as one condition, with ``instead`` in place of ``part``."""
    return conjunction(*(instead if one is part else one for one in parts))


def _one_by_one(scope: Condition) -> list[Condition]:
    """One scope for each value of a list in it; the scope by itself if it has none."""
    parts = parts_of(scope)
    for part in parts:
        if isinstance(part, q.Is) and len(part.values) > 1 and family(part) != "kind":
            return [_with_part(parts, part, replace(part, values=(value,))) for value in part.values]
    return [scope]


def _rated(query: Query) -> Query:
    """Turn a Query that claimed something about ratings into one that asks for those ratings."""
    if query.claim is None:
        return query
    rated = [part for part in parts_of(query.claim.condition) if isinstance(part, q.Rated)]
    aspects = unique(part.aspect for part in rated) or (q.WHOLE,)
    return replace(query, claim=None, measure=q.Ratings(aspects, rated[0].service if rated else q.WHOLE))


def _alike(first: Query, second: Query) -> bool:
    """True if two Queries ask the same about scopes that differ in one condition on one field."""
    if replace(first, scope=second.scope) != second or first.scope == second.scope:
        return False
    one, other = set(parts_of(first.scope)), set(parts_of(second.scope))
    apart = [*(one - other), *(other - one)]
    return len(apart) == 2 and type(apart[0]) is type(apart[1])


def place_asked(parsed: Parsed) -> Chunk | None:
    """Return the ordinal of a fragment that only asks for a rank: "who is second?", "which towns come joint
    third?", "and the runner-up?"; ``None`` if it asks for more."""
    said = [chunk for chunk in parsed.chunks if chunk.kind == "ordinal"]
    if len(said) != 1 or not all(chunk is said[0] or _is_of_a_rank(chunk) for chunk in parsed.chunks):
        return None
    return said[0]


def next_asked(parsed: Parsed) -> int | None:
    """How many of the next ranks a fragment asks for, if it asks for nothing else: "who comes next?", "and
    the next two?"; otherwise ``None``."""
    said = [chunk for chunk in parsed.chunks if chunk.text == "next"]
    numbers = [chunk for chunk in parsed.chunks if chunk.kind == "quantity" and chunk.value.plain]
    if len(said) != 1 or not all(
        chunk in (*said, *numbers) or _is_of_a_rank(chunk) for chunk in parsed.chunks
    ):
        return None
    for chunk in (*said, *numbers):
        chunk.use("order")
    return int(numbers[0].value.low) if numbers else 1


def _is_of_a_rank(chunk: Chunk) -> bool:
    """True for the small words of a question for a rank: "which", "place", "joint"."""
    if chunk.kind == "measure":
        return chunk.says("measure", "which", "list")
    return chunk.kind in _OF_PLACES or chunk.text in _PLACES


_OF_PLACES = BESIDE | {"and", "field", "quantifier"}
_PLACES = frozenset("line place places position positions rank slot spot joint jointly equal tied".split())


def without_what_is_told(queries: Iterable[Query]) -> tuple[Query, ...]:
    """Drop a comparison if its difference is also asked for, since the difference states both sides."""
    found = tuple(queries)
    apart = [one for one in found if one.relation in ("difference", "ratio")]
    return tuple(one for one in found if not any(_is_part(one, other) for other in apart))


def _is_part(one: Query, difference: Query) -> bool:
    """True for a comparison of the same sides, and for a figure for both of them at once."""
    if one is difference or one.measure != difference.measure or one.by:
        return False
    compared = {difference.scope, *difference.against}
    if one.against:
        return one.relation != difference.relation and {one.scope, *one.against} == compared
    sides = next((sides for _, sides in _pairs(one, None, None)), ())
    return bool(sides) and set(sides) == compared
