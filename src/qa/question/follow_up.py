"""A fragment and the Query before it → the whole Query: its parts replace parts of the same family, or narrow
them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from qa.question import query as q
from qa.question.everywhere import rest_of_place
from qa.question.families import family, is_rating, saying_order
from qa.question.follow_otherwise import (
    near_there,
    of_groups_before,
    overall_instead,
    rated_for_other_service,
    the_other_way_round,
)
from qa.question.follow_past import of_another_time
from qa.question.following_measure import (
    has_own_measure,
    how_rated,
    is_of_holding,
    is_replaced,
    old_measure,
    own_measure,
    ranks_rows,
    relation_asked,
)
from qa.question.leaning import (
    HEADS,
    asks_before,
    asks_what_they_are,
    asks_which,
    denies,
    points,
    says_each_last,
    says_everywhere,
)
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of
from qa.question.references import is_pointer


def merge(
    before: Query,
    parsed: Parsed,
    *,
    historic: bool = False,
    places: Collection[str] = (),
    national: bool = False,
) -> list[Query]:
    """Return the Queries of a fragment, completed by the Query before it; ``places`` are the columns of
    places, ``national`` tells whether the tables are of a whole country."""
    of_time = of_another_time(before, parsed, historic=historic)
    if of_time is not None:
        return [of_time]
    for made in (the_other_way_round(before, parsed), overall_instead(before, parsed)):
        if made is not None:
            return [made]
    if before.across == "count" and asks_which(parsed, before.by):
        return [replace(before, across=None)]
    if (
        before.by
        and before.claim is not None
        and before.claim.condition == q.EVERYTHING
        and asks_which(parsed, before.by)
    ):
        return [replace(before, claim=None)]  # "is any town without one? Which?"
    if (whole := _beside_the_whole(before, parsed) if national else None) is not None:
        return [whole]
    return [_merged(before, query, parsed, places) for query in parsed.queries]


def _merged(before: Query, query: Query, parsed: Parsed, places: Collection[str]) -> Query:
    own = _conditions(query)
    old = _conditions(before)
    alike = _is_so_too(old, own, query, parsed) or _set_beside(before, own, parsed, places)
    if (made := alike or of_groups_before(before, query, parsed)) is not None:
        return made
    if _counts_whole(before, query, parsed):
        old = list(parts_of(before.scope))
    own = own if before.claim is None and asks_what_they_are(parsed) else _of_aspects(old, own, parsed)
    own = _of_service(old, own, parsed)
    if (other := rated_for_other_service(old, query, parsed)) is not None:
        own, query = [*own, other], replace(query, measure=q.Ratings())
    own += near_there(before, own, parsed)
    if query.claim is None and not isinstance(query.measure, q.Share):
        query = replace(query, scope=conjunction(*own))
    if asks_before(parsed) and isinstance(query.measure, q.Ratings):
        return replace(query, at=before.at, measure=replace(query.measure, **_told_of(before)))
    if rest_of_place(parsed.chunks) and any(family(one) == "where" for one in parts_of(before.scope)):
        return _rest_of_place(before, own)
    if parsed.any("follow", "other") or denies(parsed) or _others_of(parsed):
        return _rest(before, query, own)
    kept = _kept(old, own, parsed, places)
    scope = conjunction(*sorted((*kept, *own), key=saying_order))
    query = _first_of_groups(before, _of_each_group(before, query, parsed), parsed)
    if _figure_of_each(before, query, parsed):
        query = replace(query, by=before.by)
    own_said = has_own_measure(parsed) and not _asks_it_everywhere(before, parsed)
    if own_said or (is_of_holding(before) and how_rated(parsed)):
        return own_measure(before, query, kept, parsed)
    return old_measure(before, query, scope, own, parsed)


def _set_beside(
    before: Query, own: Sequence[Condition], parsed: Parsed, places: Collection[str]
) -> Query | None:
    """The Query that compares the scope before with the fragment's: "and compared with Surrey?"."""
    if before.against:  # "what about maternity at both?"
        for chunk in parsed.chunks.saying("quantifier", "both"):
            chunk.use("against")
    return _beside(before, own, parsed, places) if _is_compared(before, parsed) else None


def _is_compared(before: Query, parsed: Parsed) -> bool:
    """True if the figure before is compared with another."""
    compared = parsed.any("versus", "compare", "better", "worse") or parsed.any("compare", "more", "fewer")
    return compared and isinstance(before.measure, q.Count | q.Share)


def _is_so_too(
    old: Sequence[Condition], own: Sequence[Condition], query: Query, parsed: Parsed
) -> Query | None:
    """ "… and is there a hospice that is too?", "any hospital like that?": return the Query with the ratings
    before, or what else was asked of them, for the newly named subjects."""
    said = parsed.chunks.saying("follow", "so")
    told = _told_before(old)
    if not said or not told or any(is_rating(one) for one in own):
        return None
    for chunk in said:
        chunk.use("follow")
    replaced = {"subject", *map(family, told), *map(family, own)}
    kept = [one for one in old if family(one) not in replaced]
    scope = conjunction(*sorted((*kept, *own), key=saying_order))
    if parsed.yes_no:
        return Query(scope, claim=q.Claim(q.ANY, conjunction(*told)))
    return replace(query, scope=conjunction(scope, *told))


def _told_before(old: Sequence[Condition]) -> list[Condition]:
    """Return what the question before asked about its subjects: their ratings, otherwise everything except
    which and where they are."""
    return [one for one in old if is_rating(one)] or [one for one in old if family(one) not in _WHOM]


_WHOM = frozenset(("subject", "kind", "provider", "brand", "where", "name"))


def _of_each_group(before: Query, query: Query, parsed: Parsed) -> Query:
    """Group the Query by the groups of the one before if it says "each": "… and how many in each?"."""
    if _counts_of_each(query, parsed) and not before.against:
        query = replace(query, by=before.by or _listed(before))
    for chunk in parsed.chunks.of("by"):
        each = before.by or (_listed(before) if chunk.text.split()[-1] in ("each", "every") else ())
        if each:
            chunk.use("by")
            query = replace(query, by=each)
        elif chunk.text.endswith("each") and not before.against:  # "… and the rating of each"
            chunk.use("follow")
    return query


def _counts_of_each(query: Query, parsed: Parsed) -> bool:
    """True for "how many homes has each?" and "how many does each have?"."""
    return says_each_last(parsed) and isinstance(query.measure, q.Count | q.Share) and not query.by


def _listed(before: Query) -> tuple[str, ...]:
    """The column of which the question before named several values: "in Devon and in Cumbria … in each?"."""
    parts = [one for one in parts_of(before.scope) if isinstance(one, q.Is) and family(one) in _GROUNDS]
    several = [one.field for one in parts if len(one.values) > 1]
    return tuple(several) if len(several) == 1 and not before.against else ()


_GROUNDS = ("where", "provider", "brand")


def _first_of_groups(before: Query, query: Query, parsed: Parsed) -> Query:
    """ "… and which has the highest share of them?": return the first of the groups before by another
    figure."""
    ranked = parsed.chunks.saying("super", "most", "least")
    figure = isinstance(query.measure, q.Count | q.Share)
    if not ranked or not before.by or not before.order or query.by or query.order or not figure:
        return query
    for chunk in (*ranked, *parsed.chunks.saying("measure", "which")):
        chunk.use("order")
    return replace(query, by=before.by, order=q.Order(descending=ranked[0].value == "most"), ranks=(1, 1))


def _counts_whole(before: Query, query: Query, parsed: Parsed) -> bool:
    """True for "… and the number of homes in each?" after a share: counts all that the share is a part of."""
    nouns = any(chunk.kind == "kind" and not is_pointer(chunk) for chunk in parsed.chunks)
    return isinstance(before.measure, q.Share) and isinstance(query.measure, q.Count) and nouns


def _figure_of_each(before: Query, query: Query, parsed: Parsed) -> bool:
    """True for "… and how many are good?" after a figure for each group, which means the same groups."""
    grouped = before.by and before.ranks is None and not (before.having or before.across or before.claim)
    figures = isinstance(before.measure, q.Count | q.Share) and isinstance(query.measure, q.Count | q.Share)
    heads = any(chunk.kind in HEADS and not is_pointer(chunk) for chunk in parsed.chunks)
    return bool(grouped) and figures and not query.by and not heads and not points(parsed)


def _told_of(before: Query) -> dict[str, Any]:
    """Return the aspects and the service of the ratings in the previous answer, including those of its
    claim."""
    rated = [one for one in _conditions(before) if isinstance(one, q.Rated)]
    if before.claim is not None and rated:
        return {"aspects": tuple(dict.fromkeys(one.aspect for one in rated)), "service": rated[0].service}
    if isinstance(before.measure, q.Ratings):
        return {"aspects": before.measure.aspects, "service": before.measure.service}
    return {}


def _beside(before: Query, own: Sequence[Condition], parsed: Parsed, fields: Collection[str]) -> Query | None:
    """ "And compared with Surrey, who has more?": return the Query that compares the scope before with the
    same scope for the new place."""
    held = parts_of(before.scope)
    heads = {"where", "provider", "kind", *fields}
    places = [one for one in own if family(one) in heads and one not in held]
    old = [one for one in held if places and family(one) == family(places[0])]
    if not places or not old:
        return None
    for chunk in (*parsed.chunks.of("versus"), *parsed.chunks.of("compare")):
        chunk.use("against")
    asked = _with_own_ratings(held, own)
    other = conjunction(*(places[0] if one == old[0] else one for one in asked))
    relation = relation_asked(parsed)
    return Query(conjunction(*asked), before.measure, against=(other,), relation=relation)


def _with_own_ratings(held: Sequence[Condition], own: Sequence[Condition]) -> Sequence[Condition]:
    """Return the conditions before with the ratings of the fragment, if it names any: "… and compare how many
    are inadequate"."""
    rated = [one for one in own if is_rating(one)]
    return [*(one for one in held if not is_rating(one)), *rated] if rated else held


def _beside_the_whole(before: Query, parsed: Parsed) -> Query | None:
    """ "How does that compare with England?", "… nationally?": the scope before beside all of it, or the rest
    of it."""
    where = [one for one in parts_of(before.scope) if family(one) == "where"]
    if (
        not _is_compared(before, parsed)
        or not where
        or not means_everywhere(parsed)
        or parsed.has("kind", "cond", "aspect", "field")
    ):
        return None
    rest = rest_of_place(parsed.chunks)
    for chunk in (*parsed.chunks.of("versus", "compare"), *parsed.chunks.saying("follow", "other")):
        chunk.use("against")
    kept = [one for one in parts_of(before.scope) if one not in where]
    other = conjunction(*kept, *(q.Not(one) for one in where if rest))
    return Query(before.scope, before.measure, against=(other,), relation="compare")


def _others_of(parsed: Parsed) -> bool:
    """True for "what about the others?", for "are others good?", which names nobody else, and for "its other
    places": places of the owner just mentioned, except those already listed."""
    alone = not parsed.has("except", *HEADS)
    for chunk in parsed.chunks:
        ahead = parsed.chunks.before(chunk)
        if chunk.says("follow", "others") and (alone or (ahead and ahead.text.split()[-1] == "the")):
            return True
        if chunk.text == "other" and ahead and ahead.says("follow", "pronoun", "person"):
            return True
    return False


def _of_aspects(old: Sequence[Condition], own: list[Condition], parsed: Parsed) -> list[Condition]:
    """ "… and how many for effective?": return the rating condition before for another aspect; of a rating
    overall, for "what about for safe?" of several subjects."""
    rated = next((one for one in old if isinstance(one, q.Rated) and _is_asked_again(one, old, parsed)), None)
    aspects = [
        aspect
        for chunk in parsed.chunks
        if chunk.kind == "aspect" and not chunk.out
        for aspect in chunk.value
    ]
    if rated is None or not aspects or parsed.any("cond") or parsed.has("cond", "super"):
        return own
    rest = [one for one in own if family(one) != "rated"]
    return [*rest, *(replace(rated, aspect=aspect) for aspect in aspects)]


def _is_asked_again(rated: q.Rated, old: Sequence[Condition], parsed: Parsed) -> bool:
    if rated.aspect != q.WHOLE:
        return True
    only = all(chunk.kind in _OF_ASPECT or chunk.says("follow", "start") for chunk in parsed.chunks)
    return only and rated.when == "now" and not any(family(one) == "subject" for one in old)


_OF_ASPECT = frozenset("and aspect function where kind".split())


def _of_service(old: Sequence[Condition], own: list[Condition], parsed: Parsed) -> list[Condition]:
    """ "How many wards …? Which are inadequate?": apply the new rating to the service of the Query before."""
    rated = [one for one in old if isinstance(one, q.Rated)]
    if len(rated) != 1 or rated[0].service == q.WHOLE or parsed.has("service", "aspect", *HEADS):
        return own
    service = rated[0].service
    return [
        replace(one, service=service) if isinstance(one, q.Rated) and one.service == q.WHOLE else one
        for one in own
    ]


def _conditions(query: Query) -> list[Condition]:
    """The conditions of a Query, including those of its claim or share."""
    found = list(parts_of(query.scope))
    if query.claim is not None:
        found += parts_of(query.claim.condition)
    if isinstance(query.measure, q.Share):
        found += parts_of(query.measure.of)
    return list(dict.fromkeys(found))


def _kept(
    old: Sequence[Condition], own: Sequence[Condition], parsed: Parsed, places: Collection[str]
) -> list[Condition]:
    """Return the earlier conditions that still apply: those whose family is not mentioned again. Place
    conditions are dropped if a subject is named."""
    said = {family(one) for one in own}
    if means_everywhere(parsed) and "where" not in said:
        said |= {"where", "provider", "brand", "subject"}
    meant = [
        one for one in own if not isinstance(one, q.Not)
    ]  # "without Bradford" is within the place before
    if any(family(one) == "where" or (isinstance(one, q.Is) and one.field in places) for one in meant):
        said.add("where")  # also a table's own column of places
        old = [one for one in old if not (isinstance(one, q.Is) and one.field in places)]
    named = [one for one in (*meant, *old) if family(one) == "subject"]
    if named and any(family(one) == "subject" for one in own):  # "other than Oxleas" narrows a list
        return [one for one in old if family(one) in ("published",) and "published" not in said]
    if said & _OWNERS and not parsed.any("follow", "pronoun"):
        said |= _OWNERS  # both say who owns it: "Springcare's homes" – "and Larkmoor's?"
    said -= {family(one) for one in own if isinstance(one, q.Not)}  # "without Bradford" narrows
    kept = [
        one
        for one in old
        if family(one) not in said
        or (family(one) == "rated" and not any(is_replaced(one, by, parsed) for by in own))
    ]
    if said & {"where", "kind", "provider"}:
        kept = [one for one in kept if family(one) != "subject"]
    return kept


def means_everywhere(parsed: Parsed) -> bool:
    """True for "… and nationally?" and "and in England?": the question before, for all places in the
    tables."""
    if parsed.has("where", "subject", "provider"):
        return False
    return says_everywhere(parsed)


def _asks_it_everywhere(before: Query, parsed: Parsed) -> bool:
    """True for "what is it nationally?" or "what's the national average?" after a share: asks for the same
    share. For anything else there is no such average, and the word is left over."""
    asked = [chunk for chunk in parsed.chunks if chunk.kind == "measure"]
    if not means_everywhere(parsed) or parsed.has("cond", "rated", "kind"):
        return False
    if isinstance(before.measure, q.Share):
        return bool(asked) and all(chunk.value in ("which", "list", "mean") for chunk in asked)
    for chunk in asked:
        if chunk.value == "mean":
            chunk.used = ""
            parsed.left_out += [] if chunk in parsed.left_out else [chunk]
    return False


_OWNERS = frozenset(("provider", "brand"))


def is_of_many(before: Query, parsed: Parsed, queries: Sequence[Query]) -> bool:
    """True for "is it safe?" after "which home is worst?" if there are many, and for "how many of those homes
    …?" after a count of providers: they are meant, but the last answer did not name them."""
    if before.across == "count" and points(parsed) and not asks_which(parsed, before.by):
        return True
    return (
        ranks_rows(before)
        and before.ranks is not None
        and points(parsed)
        and any(query.claim is not None for query in queries)
    )


def _rest(before: Query, query: Query, own: Sequence[Condition]) -> Query:
    """ "The rest?": return the Query for what the conditions before leave out; after a named subject, the
    others."""
    conditions = _conditions(before)
    told = [one for one in conditions if family(one) in ("rated", "moved", "subject")] or conditions[-1:]
    kept = [one for one in conditions if one not in told]
    left = [one for one in told if family(one) == "subject"] or told  # “is Elm House good?” – “and others?”
    plain = isinstance(query.measure, q.Ratings) and not query.measure.before
    measure = q.Ratings() if plain else query.measure  # "what did the rest start from?"
    if isinstance(before.measure, q.Count) and not own:
        measure = before.measure
    return Query(conjunction(*kept, *own, q.Not(conjunction(*left))), measure)


def _rest_of_place(before: Query, own: Sequence[Condition]) -> Query:
    """ "And the rest of Kent?": return the Query before for that place without the place asked about
    before."""
    old = [one for one in parts_of(before.scope) if family(one) == "where"]
    kept = [one for one in parts_of(before.scope) if one not in old]
    where = [one for one in own if family(one) == "where"]
    scope = conjunction(*sorted((*kept, *where, *(q.Not(one) for one in old)), key=saying_order))
    return replace(before, scope=scope)
