"""A fragment and the Query before it → the whole Query: its parts replace parts of the same family, or narrow
them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from qa.question import query as q
from qa.question.everywhere import rest_of_place
from qa.question.families import families, family, in_saying_order, is_rating
from qa.question.follow_beside import set_beside, set_beside_the_whole
from qa.question.follow_elsewhere import elsewhere, took_elsewhere
from qa.question.follow_groups import (
    counts_whole,
    figure_of_each,
    first_of_groups,
    groups_themselves,
    of_each_group,
)
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
    old_measure,
    own_measure,
    ranks_rows,
)
from qa.question.kept_conditions import kept_conditions, means_everywhere
from qa.question.leaning import (
    HEADS,
    asks_before,
    asks_what_they_are,
    asks_which,
    denies,
    points,
)
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of


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
    before = elsewhere(before, parsed)
    made = (
        of_another_time(before, parsed, historic=historic)
        or the_other_way_round(before, parsed)
        or overall_instead(before, parsed)
        or groups_themselves(before, parsed)
        or (set_beside_the_whole(before, parsed) if national else None)
    )
    return [made] if made else [_merged(before, query, parsed, places) for query in parsed.queries]


def _merged(before: Query, query: Query, parsed: Parsed, places: Collection[str]) -> Query:
    own = _conditions(query)
    old = _conditions(before)
    made = (
        _is_so_too(old, own, query, parsed)
        or set_beside(before, own, parsed, places)
        or of_groups_before(before, query, parsed)
    )
    if made is not None:
        return made
    if counts_whole(before, query, parsed):
        old = list(parts_of(before.scope))
    query, own = _with_old_ratings(before, query, old, own, parsed)
    if asks_before(parsed) and isinstance(query.measure, q.Ratings):
        return replace(query, at=before.at, measure=replace(query.measure, **_told_of(before)))
    if (rest := _rest_asked(before, query, own, parsed)) is not None:
        return rest
    kept = kept_conditions(old, own, parsed, places)
    query = first_of_groups(before, of_each_group(before, query, parsed), parsed)
    if figure_of_each(before, query, parsed):
        query = replace(query, by=before.by)
    if _asks_anew(before, parsed):
        return own_measure(before, query, kept, parsed)
    return old_measure(before, query, in_saying_order(*kept, *own), own, parsed)


def _asks_anew(before: Query, parsed: Parsed) -> bool:
    """True if the fragment has a measure of its own, rather than repeating the one before."""
    if has_own_measure(parsed) and not _asks_it_everywhere(before, parsed):
        return True
    return is_of_holding(before) and how_rated(parsed)


def _with_old_ratings(
    before: Query, query: Query, old: Sequence[Condition], own: list[Condition], parsed: Parsed
) -> tuple[Query, list[Condition]]:
    """The Query of the fragment and its conditions, where these only change what the conditions before are
    for, or near what."""
    if before.claim is not None or not asks_what_they_are(parsed):
        own = _of_aspects(old, own, parsed)
    own = _of_service(old, own, parsed)
    if (other := rated_for_other_service(old, query, parsed)) is not None:
        own, query = [*own, other], replace(query, measure=q.Ratings())
    own += near_there(before, own, parsed)
    if query.claim is None and not isinstance(query.measure, q.Share):
        query = replace(query, scope=conjunction(*own))
    return query, own


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
    scope = in_saying_order(*kept, *own)
    if parsed.yes_no:
        return Query(scope, claim=q.Claim(q.ANY, conjunction(*told)))
    return replace(query, scope=conjunction(scope, *told))


def _told_before(old: Sequence[Condition]) -> list[Condition]:
    """Return what the question before asked about its subjects: their ratings, otherwise everything except
    which and where they are."""
    return [one for one in old if is_rating(one)] or [one for one in old if family(one) not in _WHOM]


_WHOM = frozenset(("subject", "kind", "provider", "brand", "where", "name"))


def _told_of(before: Query) -> dict[str, Any]:
    """Return the aspects and the service of the ratings in the previous answer, including those of its
    claim."""
    rated = [one for one in _conditions(before) if isinstance(one, q.Rated)]
    if before.claim is not None and rated:
        return {"aspects": tuple(dict.fromkeys(one.aspect for one in rated)), "service": rated[0].service}
    if isinstance(before.measure, q.Ratings):
        return {"aspects": before.measure.aspects, "service": before.measure.service}
    return {}


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
    if parsed.has("cond", "super"):
        return own
    rated = next((one for one in old if isinstance(one, q.Rated) and _is_asked_again(one, old, parsed)), None)
    aspects = _aspects_said(parsed)
    if rated is None or not aspects:
        return own
    rest = [one for one in own if family(one) != "rated"]
    return [*rest, *(replace(rated, aspect=aspect) for aspect in aspects)]


def _aspects_said(parsed: Parsed) -> list[str]:
    said = [chunk for chunk in parsed.chunks if chunk.kind == "aspect" and not chunk.out]
    return [aspect for chunk in said for aspect in chunk.value]


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


def _asks_it_everywhere(before: Query, parsed: Parsed) -> bool:
    """True for "what is it nationally?", "… elsewhere?" or "what's the national average?" after a share,
    which ask for the same share. For anything else there is no average, and the word is left over."""
    asked = [chunk for chunk in parsed.chunks if chunk.kind == "measure"]
    if not (means_everywhere(parsed) or took_elsewhere(parsed)) or parsed.has("cond", "rated", "kind"):
        return False
    if isinstance(before.measure, q.Share):
        return bool(asked) and all(chunk.value in ("which", "list", "mean") for chunk in asked)
    for chunk in asked:
        if chunk.value == "mean":
            parsed.leave_out(chunk)
    return False


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


def _rest_asked(before: Query, query: Query, own: Sequence[Condition], parsed: Parsed) -> Query | None:
    """The Query for "the rest" of a place or of what was asked about before; ``None`` for anything else."""
    if rest_of_place(parsed.chunks) and "where" in families(parts_of(before.scope)):
        return _rest_of_place(before, own)
    if parsed.any("follow", "other") or denies(parsed) or _others_of(parsed):
        return _rest(before, query, own)
    return None


def _rest(before: Query, query: Query, own: Sequence[Condition]) -> Query:
    """ "The rest?": return the Query for what the conditions before leave out; after a named subject, the
    others."""
    conditions = _conditions(before)
    told = [one for one in conditions if family(one) in ("rated", "moved", "subject")] or conditions[-1:]
    kept = [one for one in conditions if one not in told]
    left = [one for one in told if family(one) == "subject"] or told  # “is Elm House good?” – “and others?”
    scope = conjunction(*kept, *own, q.Not(conjunction(*left)))
    return replace(query, scope=scope, measure=_measure_of_rest(before, query, own), claim=None)


def _measure_of_rest(before: Query, query: Query, own: Sequence[Condition]) -> q.Measure:
    """The measure for the rest: a count after a count, otherwise what the fragment asks for, or their
    ratings."""
    if isinstance(before.measure, q.Count) and not (own or isinstance(query.measure, q.Values | q.Dates)):
        return before.measure
    if isinstance(query.measure, q.Ratings) and not query.measure.before:
        return q.Ratings()
    return query.measure  # "what did the rest start from?"


def _rest_of_place(before: Query, own: Sequence[Condition]) -> Query:
    """ "And the rest of Kent?": return the Query before for that place without the place asked about
    before."""
    old = [one for one in parts_of(before.scope) if family(one) == "where"]
    kept = [one for one in parts_of(before.scope) if one not in old]
    where = [one for one in own if family(one) == "where"]
    scope = in_saying_order(*kept, *where, *(q.Not(one) for one in old))
    return replace(before, scope=scope)
