"""What a follow-up asks for: a measure of its own, or the one before over another scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunking import OF_MANY
from qa.question.chunks import Chunk
from qa.question.families import families, family, in_saying_order, is_rating
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
    kept = _without_answered(before, query, kept)
    if isinstance(query.measure, q.Share) and not parts_of(query.measure.of):
        return _share_of_those(query, kept)
    query = _in_order_before(before, query, parsed)
    if query.claim is not None:
        claim = _of_same_service(before, query.claim, parsed)
        query = replace(query, claim=claim)
        claimed = parts_of(claim.condition)
        kept = [one for one in kept if not any(is_replaced(one, by, parsed) for by in claimed)]
    return replace(query, scope=in_saying_order(*kept, *parts_of(query.scope)))


def _without_answered(before: Query, query: Query, kept: Sequence[Condition]) -> Sequence[Condition]:
    """The earlier conditions, without those that only belonged to what the question before asked."""
    of_subjects = "subject" in families(kept)
    if before.claim is not None and _leaves_claim(before.claim, query):
        claimed = parts_of(before.claim.condition)
        kept = [one for one in kept if one not in claimed]  # "are all good, and who runs them?"
    counted = isinstance(before.measure, q.Count)  # of named subjects, those that match: "where are they?"
    if of_subjects and not counted and _asks_of_each_subject(query):
        kept = [one for one in kept if not is_rating(one)]
    return kept


def _leaves_claim(claim: q.Claim, query: Query) -> bool:
    """True if a claim was about all, none or a part, and the fragment asks about everything that it
    covered."""
    of_all = claim.quantifier.is_share or claim.quantifier.high == 0
    return of_all and query.claim is None and not _counts_elsewhere(query)


def _asks_of_each_subject(query: Query) -> bool:
    """True for a claim, a share, values, dates and ratings, which are asked for every named subject."""
    return query.claim is not None or isinstance(query.measure, q.Share | q.Values | q.Dates | q.Ratings)


def _share_of_those(query: Query, kept: Sequence[Condition]) -> Query:
    """The share among those asked about before: of the fragment's ratings, otherwise of the condition asked
    about last."""
    told = [one for one in kept if is_rating(one)]
    told = told or [one for one in kept if family(one) not in ("kind", "subject")][-1:]
    rest = [one for one in kept if one not in told]
    scope = in_saying_order(*rest, *parts_of(query.scope))
    return replace(query, scope=scope, measure=q.Share(conjunction(*told)))


def _in_order_before(before: Query, query: Query, parsed: Parsed) -> Query:
    """The Query in the order before, if it asks more about what came first, or for the other end of that
    order."""
    if before.order is None or before.by:
        return query
    if query.order is not None:
        by_date = before.order.key == "date"  # "… rated first, and which last?"
        return replace(query, order=_last_of_dates(query.order, parsed)) if by_date else query
    of_it = points(parsed) and isinstance(query.measure, q.Values | q.Dates)
    if of_it or _only_which(query, parsed):
        return replace(query, order=before.order, ranks=before.ranks)
    return query


def _counts_elsewhere(query: Query) -> bool:
    """True for "is none in Kent inadequate, and how many are in Essex?", which counts what was claimed."""
    own = parts_of(query.scope)
    return isinstance(query.measure, q.Count) and bool(own) and all(family(one) == "where" for one in own)


def _of_same_service(before: Query, claim: q.Claim, parsed: Parsed) -> q.Claim:
    """ "How many A&Es are inadequate? Are most below good?": return the claim about the rating of the service
    before."""
    services = {one.service for one in parts_of(before.scope) if isinstance(one, q.Rated)} - {q.WHOLE}
    if len(services) != 1 or parsed.has("service", "aspect", "kind", "subject"):
        return claim
    service = services.pop()

    def of_service(leaf: Condition) -> Condition:
        if isinstance(leaf, q.Rated) and leaf.service == q.WHOLE and leaf.aspect == q.WHOLE:
            return replace(leaf, service=service)
        return leaf

    return replace(claim, condition=q.change_simple(claim.condition, of_service))


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
    whole = in_saying_order(*kept, *own)
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
    return asked <= {"which", "list"} and query.measure == q.Ratings()


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
    said = families(own)
    sides = [before.scope, *before.against]
    alike = q.shared_parts(sides)
    if any(family(part) in said and part not in alike for side in sides for part in parts_of(side)):
        return before.against
    return tuple(
        in_saying_order(*(part for part in parts_of(side) if family(part) not in said), *own)
        for side in before.against
    )


def old_measure(
    before: Query, query: Query, scope: Condition, own: Sequence[Condition], parsed: Parsed
) -> Query:
    """Return the Query with the measure before over the new scope: "and in Leeds?", "what about Sheffield?",
    "what about effective?"."""
    rated = [one for one in own if is_rating(one)]
    if before.claim is not None and not rated and _asks_of_aspect(query):
        whole = _without(scope, parts_of(before.claim.condition)) if own else before.scope
        return replace(query, scope=whole)
    made = replace(before, scope=scope, against=_on_each_side(before, own))
    if _is_one_group(before, own):
        made = replace(made, by=(), order=None, ranks=None)
    made = _asked_again(made, query, own, rated, parsed)
    return replace(
        made, order=query.order or made.order, ranks=query.ranks or made.ranks, by=query.by or made.by
    )


def _asked_again(
    made: Query, query: Query, own: Sequence[Condition], rated: Sequence[Condition], parsed: Parsed
) -> Query:
    """Return ``made``, whose claim or measure is the one before, about what the fragment names."""
    if made.claim is not None:
        made = _claim_again(made, made.claim, rated or _times_instead(made.claim, own), parsed)
    elif isinstance(made.measure, q.Share):
        made = _share_again(made, made.measure, rated)
    if isinstance(made.measure, q.Ratings) and isinstance(query.measure, q.Ratings):
        made = replace(made, measure=_ratings_again(made.measure, query.measure))
    return made


def _without(scope: Condition, *gone: Sequence[Condition]) -> Condition:
    """Return a scope without the conditions in any of ``gone``."""
    return conjunction(*(part for part in parts_of(scope) if not any(part in some for some in gone)))


def _asks_of_aspect(query: Query) -> bool:
    """True for "what about effective?" after "is it well led?", which asks for that rating."""
    measure = query.measure
    return isinstance(measure, q.Ratings) and (measure.aspects, measure.service) != ((q.WHOLE,), q.WHOLE)


def _share_again(made: Query, share: q.Share, rated: Sequence[Condition]) -> Query:
    """Return ``made`` with the share before, for the ratings of the fragment if it has any."""
    old = parts_of(share.of)
    measure = q.Share(conjunction(*(rated or old)))
    return replace(made, scope=_without(made.scope, rated, old), measure=measure)


def _ratings_again(old: q.Ratings, new: q.Ratings) -> q.Ratings:
    """The ratings asked for before, with the aspects, the service or the time that the fragment gives."""
    if new.before:
        return replace(new, aspects=old.aspects)
    if new.service != q.WHOLE:
        return new  # "how is a&e there rated?"
    return replace(old, aspects=new.aspects) if new.aspects != (q.WHOLE,) else old


def _claim_again(made: Query, claim: q.Claim, own: Sequence[Condition], parsed: Parsed) -> Query:
    """Return ``made`` with the claim before, with the conditions ``own`` instead of its own ones, if any, and
    of as many as the fragment says: "… and none inadequate?"."""
    old = parts_of(claim.condition)
    first = next((one for one in parsed.chunks if one.kind not in ("and", "function")), None)
    quantifier = claim.quantifier
    if claim.condition != q.EVERYTHING and first is not None and first.says("quantifier", *_ANEW):
        first.use("claim")
        quantifier = OF_MANY[first.value]
    return replace(
        made,
        scope=_without(made.scope, own, old),
        claim=q.Claim(quantifier, conjunction(*(own or old))),
    )


_ANEW = ("none", "most", "all", "any")


def _times_instead(claim: q.Claim, own: Sequence[Condition]) -> list[Condition]:
    """The times of a fragment, after a claim about nothing but times: "… rated in 2020? And before 2019?"."""
    if any(family(one) != "published" for one in parts_of(claim.condition)):
        return []
    return [one for one in own if family(one) == "published"]
