"""What a follow-up asks for: a measure of its own, or the one before over another scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import OF_MANY
from qa.question.chunks import Chunk
from qa.question.families import family, is_rating, saying_order
from qa.question.group_fields import says_each
from qa.question.leaning import counts_among, points
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of


def is_of_holding(query: Query) -> bool:
    """True for a claim that a number of subjects exist: "are there two homes at TF7 5LE?"."""
    return query.claim is not None and query.claim.condition == q.EVERYTHING and not query.by


def how_rated(parsed: Parsed) -> bool:
    """True for "how is each one rated?"."""
    return any(chunk.kind == "quality" and chunk.text.startswith("how") for chunk in parsed.chunks)


def has_own_measure(parsed: Parsed) -> bool:
    """True if a fragment itself says what is asked."""
    if only_what(parsed):
        return False
    told = parsed.has("measure", "spread", "super", "by")
    how = any(chunk.kind == "quality" and chunk.text.startswith("how") for chunk in parsed.chunks)
    told = told or (how and parsed.has("aspect"))
    return told or (
        parsed.yes_no and any(chunk.kind not in ("function", "subject", "where") for chunk in parsed.chunks)
    )


def only_what(parsed: Parsed) -> bool:
    """True for "… and what in Leeds?", which asks the previous question for another place."""
    measures = [chunk.text for chunk in parsed.chunks if chunk.kind == "measure"]
    rest = [chunk for chunk in parsed.chunks if chunk.kind not in ("measure", "and")]
    elsewhere = any(chunk.kind in ("where", "kind", "provider") for chunk in rest)
    return measures == ["what"] and elsewhere and all(_is_of_elsewhere(chunk) for chunk in rest)


def _is_of_elsewhere(chunk: Chunk) -> bool:
    return chunk.kind in ("where", "kind", "provider") or chunk.text in ("at", "for", "in", "of", "the")


def own_measure(before: Query, query: Query, kept: Sequence[Condition], parsed: Parsed) -> Query:
    """Return ``query``, which has a measure of its own, with the earlier conditions that it keeps."""
    if _is_of_all_sides(before, query, parsed):
        for chunk in (
            *parsed.chunks.saying("versus", "better", "worse"),
            *parsed.chunks.saying("measure", "which", "address"),
            *parsed.chunks.of("by"),
        ):
            chunk.use("against")  # "… and where is the share higher?", "… in each?"
        return replace(_on_all_sides(before, query, kept), relation=relation_asked(parsed))
    subjects = [one for one in kept if family(one) == "subject"]
    claim = before.claim
    if (
        claim is not None
        and (claim.quantifier.is_share or claim.quantifier.high == 0)
        and query.claim is None
        and not _counts_elsewhere(query)
    ):
        kept = [
            one for one in kept if one not in parts_of(claim.condition)
        ]  # "are all good, and who runs them?"
    counted = isinstance(before.measure, q.Count)  # of named subjects, those that match: "where are they?"
    if not counted and (
        query.claim is not None
        or isinstance(query.measure, q.Share | q.Values | q.Dates)
        or _asks_of_subject(query, subjects)
    ):
        kept = [one for one in kept if not (subjects and is_rating(one))]
    if isinstance(query.measure, q.Share) and not parts_of(query.measure.of):
        told = [one for one in kept if is_rating(one)]
        told = told or [one for one in kept if family(one) not in ("kind", "subject")][-1:]
        rest = [one for one in kept if one not in told]
        scope = conjunction(*sorted((*rest, *parts_of(query.scope)), key=saying_order))
        return replace(query, scope=scope, measure=q.Share(conjunction(*told)))
    if before.order is not None and before.order.key == "date" and not before.by and query.order is not None:
        query = replace(query, order=_last_of_dates(query.order, parsed))  # "… rated first, and which last?"
    of_it = points(parsed) and isinstance(query.measure, q.Values | q.Dates)
    if ranks_rows(before) and query.order is None and (of_it or _only_which(query, parsed)):
        query = replace(query, order=before.order, ranks=before.ranks)
    if query.claim is not None:
        query = _of_same_service(before, query, parsed)
        claimed = parts_of(query.claim.condition) if query.claim is not None else ()
        kept = [one for one in kept if not any(is_replaced(one, by, parsed) for by in claimed)]
    return replace(query, scope=conjunction(*sorted((*kept, *parts_of(query.scope)), key=saying_order)))


def _counts_elsewhere(query: Query) -> bool:
    """True for "is none in Kent inadequate, and how many are in Essex?", which counts what was claimed."""
    own = parts_of(query.scope)
    return isinstance(query.measure, q.Count) and bool(own) and all(family(one) == "where" for one in own)


def _of_same_service(before: Query, query: Query, parsed: Parsed) -> Query:
    """ "How many A&Es are inadequate? Are most below good?": return the claim about the rating of the service
    before."""
    services = {one.service for one in parts_of(before.scope) if isinstance(one, q.Rated)} - {q.WHOLE}
    if len(services) != 1 or query.claim is None or parsed.has("service", "aspect", "kind", "subject"):
        return query
    service = services.pop()

    def of_service(leaf: Condition) -> Condition:
        if isinstance(leaf, q.Rated) and leaf.service == q.WHOLE and leaf.aspect == q.WHOLE:
            return replace(leaf, service=service)
        return leaf

    condition = q.change_simple(query.claim.condition, of_service)
    return replace(query, claim=replace(query.claim, condition=condition))


def is_replaced(old: Condition, new: Condition, parsed: Parsed) -> bool:
    """True for a condition of the same family as a new one, except a rating for something else, which is
    added to "them": "which are poor for safe, and are any of them good overall?"."""
    if family(old) != family(new):
        return False
    among = parsed.any("follow", "pronoun") or counts_among(parsed)
    narrowed = among and not parsed.any("follow", "start")
    return not narrowed or family(old) != "rated" or rated_for(old) == rated_for(new)


def rated_for(condition: Condition) -> tuple[str, str]:
    """The key question and the service that a condition is about."""
    return getattr(condition, "aspect", ""), getattr(condition, "service", "")


def relation_asked(parsed: Parsed) -> q.Relation:
    """How sides are compared: by their difference, if that is asked for."""
    apart = parsed.chunks.saying("measure", "difference")
    for chunk in apart:
        chunk.use("against")
    return "difference" if apart else "compare"


def _on_all_sides(before: Query, query: Query, kept: Sequence[Condition]) -> Query:
    """The newly asked figure for both sides of the comparison before; a share is a part of a whole side."""
    own, sides = parts_of(query.scope), before
    if isinstance(query.measure, q.Share):
        kept = [one for one in kept if not is_rating(one)]
        bare = (
            conjunction(*(part for part in parts_of(side) if not is_rating(part))) for side in before.against
        )
        sides = replace(before, against=tuple(bare))
    whole = conjunction(*sorted((*kept, *own), key=saying_order))
    return replace(query, scope=whole, against=_on_each_side(sides, own), relation="compare")


def _is_of_all_sides(before: Query, query: Query, parsed: Parsed) -> bool:
    """True for "… and how many are outstanding?" and "… how many homes each?" after a comparison: asks about
    both sides."""
    figures = isinstance(before.measure, q.Count | q.Share) and isinstance(query.measure, q.Count | q.Share)
    bare = not (query.against or query.by or query.claim or before.by)
    each = _says_each_or_both(parsed)
    own = parts_of(query.scope)
    return (
        bool(before.against)
        and figures
        and bare
        and all(is_rating(one) or (each and family(one) == "kind") for one in own)
    )


def _says_each_or_both(parsed: Parsed) -> bool:
    return any(says_each(one) or one.says("quantifier", "both") for one in parsed.chunks)


def _last_of_dates(order: q.Order, parsed: Parsed) -> q.Order:
    bare = [chunk.text for chunk in parsed.chunks if chunk.kind == "super"]
    return q.Order("date", bare == ["last"]) if bare in (["last"], ["first"]) else order


def ranks_rows(query: Query) -> bool:
    """True for a Query that orders places rather than groups."""
    return query.order is not None and not query.by


def _only_which(query: Query, parsed: Parsed) -> bool:
    """True for "… and which home is it?", which asks for the names behind the previous answer."""
    asked = {chunk.value for chunk in parsed.chunks if chunk.kind == "measure"}
    return asked <= {"which", "list"} and query.order is None and query.measure == q.Ratings()


def _asks_of_subject(query: Query, subjects: Sequence[Condition]) -> bool:
    return bool(subjects) and isinstance(query.measure, q.Ratings)


def _is_one_group(before: Query, own: Sequence[Condition]) -> bool:
    """True for "what about Kent?" after "Which council is the worst?": asks for the figure of one of the
    groups."""
    alone = not (before.claim or before.having or before.across) and len(before.by) == 1
    return alone and any(
        isinstance(one, q.Is) and one.field in before.by and len(one.values) == 1 for one in own
    )


def _on_each_side(before: Query, own: Sequence[Condition]) -> tuple[Condition, ...]:
    """The other sides of a comparison with the new conditions: "… and good ones?" applies to both, "… and
    York?" replaces one."""
    said = {family(one) for one in own}
    sides = [before.scope, *before.against]
    alike = q.shared_parts(sides)
    if any(family(part) in said and part not in alike for side in sides for part in parts_of(side)):
        return before.against
    return tuple(
        conjunction(
            *sorted((*(part for part in parts_of(side) if family(part) not in said), *own), key=saying_order)
        )
        for side in before.against
    )


def old_measure(
    before: Query, query: Query, scope: Condition, own: Sequence[Condition], parsed: Parsed
) -> Query:
    """Return the Query with the measure before over the new scope: "and in Leeds?", "what about Sheffield?",
    "what about effective?"."""
    if (
        isinstance(query.measure, q.Ratings)
        and (query.measure.aspects, query.measure.service) != ((q.WHOLE,), q.WHOLE)
        and before.claim is not None
        and not any(is_rating(one) for one in own)
    ):  # "is it well led?" – "what about effective?"
        rest = [one for one in parts_of(scope) if one not in parts_of(before.claim.condition)]
        return replace(query, scope=conjunction(*rest) if own else before.scope)
    made = replace(before, scope=scope, against=_on_each_side(before, own))
    if _is_one_group(before, own):
        made = replace(made, by=(), order=None, ranks=None)
    aspects = query.measure.aspects if isinstance(query.measure, q.Ratings) else ()
    rated = [one for one in own if is_rating(one)]
    if before.claim is not None:
        made = _claim_again(made, before.claim, rated or _times_instead(before.claim, own), parsed)
    elif isinstance(before.measure, q.Share):
        told = rated or list(parts_of(before.measure.of))
        rest = [one for one in parts_of(scope) if one not in rated and one not in parts_of(before.measure.of)]
        made = replace(made, scope=conjunction(*rest), measure=q.Share(conjunction(*told)))
    if isinstance(before.measure, q.Ratings) and isinstance(query.measure, q.Ratings):
        if aspects != (q.WHOLE,):
            made = replace(made, measure=replace(before.measure, aspects=aspects))
        if query.measure.service != q.WHOLE:  # "how is a&e there rated?"
            made = replace(made, measure=query.measure)
        if query.measure.before:
            made = replace(made, measure=replace(query.measure, aspects=before.measure.aspects))
    return replace(
        made, order=query.order or made.order, ranks=query.ranks or made.ranks, by=query.by or made.by
    )


def _claim_again(made: Query, claim: q.Claim, own: Sequence[Condition], parsed: Parsed) -> Query:
    """Return ``made`` with the claim before, with the conditions ``own`` instead of its own ones, if any, and
    of as many as the fragment says: "… and none inadequate?"."""
    old = parts_of(claim.condition)
    rest = [one for one in parts_of(made.scope) if one not in own and one not in old]
    first = next((one for one in parsed.chunks if one.kind not in ("and", "function")), None)
    quantifier = claim.quantifier
    if claim.condition != q.EVERYTHING and first is not None and first.says("quantifier", *_ANEW):
        first.use("claim")
        quantifier = OF_MANY[first.value]
    return replace(made, scope=conjunction(*rest), claim=q.Claim(quantifier, conjunction(*(own or old))))


_ANEW = ("none", "most", "all", "any")


def _times_instead(claim: q.Claim, own: Sequence[Condition]) -> list[Condition]:
    """The times of a fragment, after a claim about nothing but times: "… rated in 2020? And before 2019?"."""
    if any(family(one) != "published" for one in parts_of(claim.condition)):
        return []
    return [one for one in own if family(one) == "published"]
