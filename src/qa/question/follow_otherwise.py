"""Fragments that change one thing of the Query before: near there, the first of its groups, another
service, a rating above or below the one before, what is so of which the other way round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.distances import NEAR_MILES, Reach
from qa.question.families import families, family
from qa.question.leaning import HEADS
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of
from qa.question.references import is_pointer
from qa.scale import Scale

_SAID = ("cond", "rated", "quality", "aspect", "service", "by", "spread")


def near_there(before: Query, own: Sequence[Condition], parsed: Parsed) -> list[Condition]:
    """Return the condition of "… and near there?" or "within 20 miles": near the place of the Query before,
    or within another distance of the same place."""
    places = [one for one in parts_of(before.scope) if family(one) == "where"]
    if len(places) != 1 or families(own) & {"where", "subject"}:
        return []
    found = next(((chunk, reach) for chunk in parsed.chunks if (reach := _reach(chunk))), None)
    if found is None:
        return []
    chunk, reach = found
    chunk.kind, chunk.value = "near", reach
    if not _is_measurable(places[0]):  # "near" is left out, and blocks the answer
        parsed.leave_out(chunk)
        return []
    chunk.use("scope")
    parsed.left_out[:] = [one for one in parsed.left_out if one is not chunk]
    of = places[0].of if isinstance(places[0], q.Near) else places[0]
    return [q.Near(of, reach.distance, reach.unit)]


def _reach(chunk: Chunk) -> Reach | None:
    """The distance in a chunk that gives no place to measure from; ``None`` if there is none."""
    if chunk.kind not in ("function", "word", "unheld") or (chunk.kind == "unheld" and chunk.value != "here"):
        return None
    told = next((one.value for one in chunk.taken if one.kind == "reach"), None)
    if isinstance(told, Reach):
        return told if told.least is None else None
    near = any(span.says("near", "near") for span in chunk.spans)
    return Reach(NEAR_MILES, "miles") if near else None


def _is_measurable(place: Condition) -> bool:
    """True for a town, a postcode district, and near one of these; nothing is near the middle of a county."""
    if isinstance(place, q.Is):
        return place.field == "town" and len(place.values) == 1
    return isinstance(place, q.Near) or (isinstance(place, q.Postcode) and len(place.areas) == 1)


def of_groups_before(before: Query, query: Query, parsed: Parsed) -> Query | None:
    """Return the Query of "just the top 5" after figures of groups: the first of those groups."""
    counted = isinstance(before.measure, q.Count | q.Share | q.Total) and not (before.claim or before.across)
    ways = [chunk for chunk in parsed.chunks if chunk.says("super", "top", "bottom", "most", "least")]
    if len(before.by) != 1 or not counted or len(ways) != 1 or query.by or query.ranks is None:
        return None
    if parsed.has(*HEADS, *_SAID) or parsed.chunks.of("measure"):
        return None
    return replace(before, order=q.Order("figure", ways[0].value in ("top", "most")), ranks=query.ranks)


def rated_for_other_service(old: Sequence[Condition], query: Query, parsed: Parsed) -> q.Rated | None:
    """Return the rating condition before with the service that the fragment names alone: "… and
    maternity?"."""
    rated = [one for one in old if isinstance(one, q.Rated)]
    alone = isinstance(query.measure, q.Ratings) and query.measure.service != q.WHOLE
    if len(rated) != 1 or rated[0].service == q.WHOLE or not alone or parsed.has("cond", "rated", "super"):
        return None
    if parsed.has("aspect", "measure", "quality", *HEADS):
        return None
    assert isinstance(query.measure, q.Ratings)
    return replace(rated[0], service=query.measure.service)


def than_that(before: Query, parsed: Parsed, scale: Scale) -> list[Query]:
    """Return the Query of "… and which one finished higher than that?" after those with one rating: those
    with a rating above or below it; none for any other question."""
    way, rated = _way_from_that(parsed), _only_rating(before)
    if not way or rated is None:
        return []  # "that" is no rating
    ratings = _beyond(scale.above if way == "better" else scale.below, rated.ratings)
    if not ratings:
        return []
    for chunk in parsed.chunks:
        chunk.use(chunk.used or "rating")
    kept = [part for part in parts_of(before.scope) if part is not rated]
    return [_rated_so(kept, replace(rated, ratings=ratings), parsed)]


def _only_rating(before: Query) -> q.Rated | None:
    """The one present rating of a Query that neither compares, claims nor groups."""
    rated = [part for part in parts_of(before.scope) if isinstance(part, q.Rated) and part.when == "now"]
    if len(rated) != 1 or before.against or before.claim is not None or before.by:
        return None
    return rated[0]


def _beyond(reach: Callable[[str], tuple[str, ...]], ratings: Sequence[str]) -> tuple[str, ...]:
    """The ratings that are beyond all of ``ratings``."""
    every = [reach(one) for one in ratings]
    return tuple(one for one in every[0] if all(one in others for others in every))


def _way_from_that(parsed: Parsed) -> str:
    """ "better" or "worse" if a question asks for ratings above or below "that", and nothing else."""
    said = [chunk for chunk in parsed.chunks if chunk.says("versus", "better", "worse")]
    behind = parsed.chunks.after(said[0]) if len(said) == 1 else None
    if behind is None or behind.text not in _THAT or not said[0].text.endswith((" than", " above", " below")):
        return ""
    plain = all(chunk.kind in _THAN or is_pointer(chunk) for chunk in parsed.chunks)
    return str(said[0].value) if plain else ""


def _rated_so(kept: list[Condition], rated: q.Rated, parsed: Parsed) -> Query:
    if parsed.yes_no:
        return Query(conjunction(*kept), claim=q.Claim(q.ANY, rated))
    return Query(conjunction(*kept, rated), q.Count() if parsed.any("measure", "count") else q.Ratings())


_THAT = frozenset("that these this those".split())
_THAN = frozenset("and follow function measure quantifier rated time versus".split())


def the_other_way_round(before: Query, parsed: Parsed) -> Query | None:
    """Return the Query of "… and how many the other way round?": each of two ratings for what the other was
    for, what rose as what fell; ``None`` if nothing in the Query before can be turned round."""
    said = parsed.chunks.saying("follow", "reversed")
    parts = [one for one in _simple(before) if isinstance(one, q.Rated | q.AspectAgainst | q.Moved)]
    if not said or not parts or any(chunk.kind not in _ROUND for chunk in parsed.chunks):
        return None
    turned = _turned(parts)
    if turned is None:
        return None
    for chunk in parsed.chunks:
        chunk.use(chunk.used or "follow")
    return q.change_throughout(before, lambda one: turned.get(one, one))


_ROUND = frozenset("and follow function measure rated".split())


def _simple(query: Query) -> list[Condition]:
    """The simple conditions of a Query, those of its claim or share included."""
    found = [*q.simple_conditions(query.scope)]
    if query.claim is not None:
        found += q.simple_conditions(query.claim.condition)
    if isinstance(query.measure, q.Share):
        found += q.simple_conditions(query.measure.of)
    return found


def _turned(parts: Sequence[Condition]) -> dict[Condition, Condition] | None:
    """What each of these conditions is the other way round; ``None`` if they can't be turned."""
    if len(parts) == 1:
        (one,) = parts
        if isinstance(one, q.AspectAgainst) and one.sign:
            return {one: replace(one, sign=-one.sign)}
        if isinstance(one, q.Moved) and one.signs in ((1,), (-1,)):
            return {one: replace(one, signs=(-one.signs[0],))}
        return None
    rated = [part for part in parts if isinstance(part, q.Rated)]
    if len(parts) != 2 or len(rated) != 2 or rated[0].ratings == rated[1].ratings:
        return None
    first, second = rated
    return {first: replace(second, ratings=first.ratings), second: replace(first, ratings=second.ratings)}


def overall_instead(before: Query, parsed: Parsed) -> Query | None:
    """Return the Query of "and overall?" after ratings for a service or a key question were told, compared or
    claimed: the same of the ratings overall."""
    said = [chunk for chunk in parsed.chunks if chunk.kind == "aspect" and chunk.value == (q.WHOLE,)]
    if not said or any(chunk not in said and chunk.kind not in _SMALL for chunk in parsed.chunks):
        return None
    whole = _of_whole(before)
    if whole in (None, before):
        return None
    for chunk in parsed.chunks:
        chunk.use(chunk.used or "follow")
    return whole


def _of_whole(before: Query) -> Query | None:
    """The Query for the rating overall; ``None`` if it asks for no ratings, or for groups of them."""
    if before.by or not (before.claim or isinstance(before.measure, q.Ratings)):
        return None
    if isinstance(before.measure, q.Ratings):
        before = replace(before, measure=replace(before.measure, aspects=(q.WHOLE,), service=q.WHOLE))
    return q.change_throughout(before, _rated_overall)


def _rated_overall(condition: Condition) -> Condition:
    if not isinstance(condition, q.Rated):
        return condition
    return replace(condition, aspect=q.WHOLE, service=q.WHOLE)


_SMALL = frozenset("and function follow measure versus rated quality super".split())
