"""A fragment and the Query before it → the whole Query: its parts replace parts of the same family, or narrow
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qa.fields import FIELDS
from qa.question import query as q
from qa.question.follow_past import of_another_time
from qa.question.parse import Parsed
from qa.question.query import Condition, Query, conjunction, parts_of
from qa.question.references import is_pointer, rest_of_place

_FAMILIES: dict[type, str] = {
    q.Named: "subject",
    q.Postcode: "where",
    q.Near: "where",
    q.Rated: "rated",
    q.RatedFor: "rated",
    q.AspectAgainst: "rated",
    q.RatedAgainst: "rated",
    q.Unrated: "rated",
    q.Moved: "moved",
    q.Happened: "moved",
    q.Dated: "dated",
    q.Closed: "closed",
    q.Published: "published",
    q.NameHas: "name",
    q.Measured: "measured",
}
_PLACES = frozenset(("address", *(field.name for field in FIELDS if field.place)))
_KINDS = frozenset(("kind", "care_home", "type", "noun"))
_PRONOUNS = frozenset("it its they them their theirs he she that this".split())
_SEVERAL = frozenset("them each those these".split())
_HEADS = ("kind", "subject", "where", "provider", "strange", "field", "word", "aspects")
_SHORT = 6  # words of a question that may be a fragment


def family(condition: Condition) -> str:
    """Return what a condition is about: conditions of one family replace each other."""
    if isinstance(condition, q.Not):
        return family(condition.part)
    if isinstance(condition, q.Or | q.And):
        families = {family(part) for part in condition.parts}
        return families.pop() if len(families) == 1 else "mixed"
    if isinstance(condition, q.Is):
        return (
            "where"
            if condition.field in _PLACES
            else "kind"
            if condition.field in _KINDS
            else condition.field
        )
    return _FAMILIES[type(condition)]


def leans(parsed: Parsed) -> bool:
    """True if a question can't be understood without the one before."""
    if parsed.any("follow", "reset"):
        return False
    if parsed.any("follow", "start", "other", "pronoun", "person"):
        return True
    if asks_before(parsed) or _leaves_out(parsed):
        return True
    if parsed.any("follow", "two") and not any(chunk.kind in _HEADS for chunk in parsed.chunks):
        return True
    words = [word.text for word in parsed.annotated.words]
    begins = bool(words) and words[0] in (
        "and",
        "but",
        "or",
        "without",
        "excluding",
        "except",
        "minus",
        "outside",
        "including",
        "compared",
        "only",
        "just",
        "in",
        "for",
        "same",
        "not",
        "as",
        "by",
        "sorted",
        "now",
        "so",
        "then",
    )
    if begins and len(words) <= 2 * _SHORT:
        return True
    if parsed.any("follow", "there") and not parsed.any("where"):
        place = words.index("there") if "there" in words else 0
        existing = place > 0 and words[place - 1] in ("is", "are", "was", "were", "many")
        return not existing or (len(words) <= _SHORT and not parsed.any("kind"))
    return len(words) <= _SHORT and not any(
        chunk.kind in _HEADS and not is_pointer(chunk) for chunk in parsed.chunks
    )


def _leaves_out(parsed: Parsed) -> bool:
    """True of "now leave out those in Kent": an exception first, from what was told before."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "time", "and")]
    first = chunks[0] if chunks else None
    kinds = any(kind.field for chunk in chunks if chunk.kind == "kind" for kind in chunk.value)
    if first is None or first.kind not in ("except", "not") or kinds:
        return False
    return any(map(is_pointer, chunks)) or not {"ones", "those"}.isdisjoint(first.text.split())


def asks_before(parsed: Parsed) -> bool:
    """True of "what was it before?", which asks of whatever was told before what that was earlier."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and")]
    earlier = parsed.any("time", "before", "start") and parsed.any("subject")
    return earlier and all(
        chunk.text in _PRONOUNS if chunk.kind == "subject" else chunk.kind in ("measure", "time")
        for chunk in chunks
    )


def take_denial(parsed: Parsed) -> None:
    """Take a "not" with nothing behind it, "which ones aren't?", as those of whom it is not true."""
    if _denies(parsed):
        denial = parsed.chunks[-1]
        denial.use("scope")
        parsed.left_out = [chunk for chunk in parsed.left_out if chunk is not denial]


def _denies(parsed: Parsed) -> bool:
    return (
        len(parsed.chunks) > 1
        and parsed.chunks[-1].kind == "not"
        and all(chunk.kind in ("measure", "function", "and") for chunk in parsed.chunks[:-1])
    )


def is_bare(parsed: Parsed, before: Query | None) -> bool:
    """True of nothing but a name or a place that the question before is asked of: "Norwich?"."""
    heads = {chunk.kind for chunk in parsed.chunks if chunk.kind not in ("function", "and", "or")}
    if (
        before is None
        or before.prose is not None
        or len(heads) != 1
        or not parsed.text.rstrip().endswith("?")
    ):
        return False
    wanted = {"subject": "subject", "where": "where"}.get(heads.pop())
    return wanted is not None and any(family(part) == wanted for part in parts_of(before.scope))


def merge(before: Query, parsed: Parsed, *, historic: bool = False) -> list[Query]:
    """Return the Queries of a fragment made whole by the Query before it."""
    of_time = of_another_time(before, parsed) if historic else None
    if of_time is not None:
        return [of_time]
    if before.across == "count" and _asks_which(parsed):
        return [replace(before, across=None)]
    if (
        before.by
        and before.claim is not None
        and before.claim.condition == q.EVERYTHING
        and _asks_which(parsed)
    ):
        return [replace(before, claim=None)]  # "is any town without one? Which?"
    return [_merged(before, query, parsed) for query in parsed.queries]


def _asks_which(parsed: Parsed) -> bool:
    """True of nothing but "which?", "name them": the groups that were counted."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and", "follow")]
    return bool(telling) and all(chunk.says("measure", "which", "list") for chunk in telling)


def _merged(before: Query, query: Query, parsed: Parsed) -> Query:
    own = _conditions(query)
    old = _conditions(before)
    if parsed.any("versus", "compare", "better", "worse") or parsed.any("compare", "more", "fewer"):
        beside = _beside(before, own, parsed)
        if beside is not None:
            return beside
    own = own if before.claim is None and asks_what_they_are(parsed) else _of_aspects(old, own, parsed)
    if query.claim is None and not isinstance(query.measure, q.Share):
        query = replace(query, scope=conjunction(*own))
    if asks_before(parsed) and isinstance(query.measure, q.Ratings):
        return replace(query, at=before.at, measure=replace(query.measure, **_told_of(before)))
    if rest_of_place(parsed.chunks) and any(family(one) == "where" for one in parts_of(before.scope)):
        return _rest_of_place(before, own)
    if parsed.any("follow", "other") or _denies(parsed) or _others_of(parsed):
        return _rest(before, query, own)
    kept = _kept(old, own, parsed)
    scope = conjunction(*sorted((*kept, *own), key=_order))
    for chunk in parsed.chunks.of("by"):
        if before.by:  # "… and how many in each?"
            chunk.use("by")
            query = replace(query, by=before.by)
        elif chunk.text.endswith("each"):  # "… and the rating of each"
            chunk.use("follow")
    if _figure_of_each(before, query, parsed):
        query = replace(query, by=before.by)
    if _measured(parsed) or (_is_of_holding(before) and _how_rated(parsed)):
        return _own_measure(before, query, kept, parsed)
    return _old_measure(before, query, scope, own)


def _figure_of_each(before: Query, query: Query, parsed: Parsed) -> bool:
    """True of "… and how many are good?" behind a figure for each group, whose groups are meant again."""
    grouped = before.by and before.ranks is None and not (before.having or before.across or before.claim)
    figures = isinstance(before.measure, q.Count | q.Share) and isinstance(query.measure, q.Count | q.Share)
    heads = any(chunk.kind in _HEADS and not is_pointer(chunk) for chunk in parsed.chunks)
    return bool(grouped) and figures and not query.by and not heads and not points(parsed)


def _told_of(before: Query) -> dict[str, Any]:
    """The aspects and the service whose ratings a Query told, its claim's among them."""
    rated = [one for one in _conditions(before) if isinstance(one, q.Rated)]
    if before.claim is not None and rated:
        return {"aspects": tuple(dict.fromkeys(one.aspect for one in rated)), "service": rated[0].service}
    if isinstance(before.measure, q.Ratings):
        return {"aspects": before.measure.aspects, "service": before.measure.service}
    return {}


def _beside(before: Query, own: Sequence[Condition], parsed: Parsed) -> Query | None:
    """ "And compared with Surrey, who has more?": the scope before beside the same with what is said now."""
    held = parts_of(before.scope)
    places = [one for one in own if family(one) in ("where", "provider", "kind") and one not in held]
    old = [one for one in parts_of(before.scope) if places and family(one) == family(places[0])]
    if not places or not old or not isinstance(before.measure, q.Count | q.Share):
        return None
    for chunk in (*parsed.chunks.of("versus"), *parsed.chunks.of("compare")):
        chunk.use("against")
    other = conjunction(*(places[0] if one == old[0] else one for one in parts_of(before.scope)))
    return Query(before.scope, before.measure, against=(other,), relation="compare")


def _others_of(parsed: Parsed) -> bool:
    """True of "its other places": those of whoever was told that were not told."""
    ahead = [parsed.chunks.before(chunk) for chunk in parsed.chunks if chunk.text == "other"]
    return any(one is not None and one.says("follow", "pronoun", "person") for one in ahead)


def asks_what_they_are(parsed: Parsed) -> bool:
    """True of "what are they overall?", "what is the overall rating of each?": of those that were told."""
    what = any(chunk.says("measure", "which") and chunk.text.startswith("what") for chunk in parsed.chunks)
    return what and points(parsed)


def _of_aspects(old: Sequence[Condition], own: list[Condition], parsed: Parsed) -> list[Condition]:
    """ "… and how many for effective?": the rating before, of another aspect."""
    rated = next((one for one in old if isinstance(one, q.Rated) and one.aspect != q.WHOLE), None)
    aspects = [
        aspect
        for chunk in parsed.chunks
        if chunk.kind == "aspect" and not chunk.out
        for aspect in chunk.value
    ]
    if (
        rated is None
        or not aspects
        or parsed.any("cond")
        or any(chunk.kind in ("cond", "super") for chunk in parsed.chunks)
    ):
        return own
    rest = [one for one in own if family(one) != "rated"]
    return [*rest, *(replace(rated, aspect=aspect) for aspect in aspects)]


def _conditions(query: Query) -> list[Condition]:
    """The conditions of a Query, what it claims or shares among them."""
    found = list(parts_of(query.scope))
    if query.claim is not None:
        found += parts_of(query.claim.condition)
    if isinstance(query.measure, q.Share):
        found += parts_of(query.measure.of)
    return list(dict.fromkeys(found))


def _kept(old: Sequence[Condition], own: Sequence[Condition], parsed: Parsed) -> list[Condition]:
    """What stays of the conditions before: those of no family that is said anew; nothing of places where
    somebody is named."""
    said = {family(one) for one in own}
    if "subject" in said:
        return [one for one in old if family(one) in ("published",) and "published" not in said]
    narrowed = parsed.any("follow", "pronoun") and not parsed.any("follow", "start")
    said -= {family(one) for one in own if isinstance(one, q.Not)}  # "without Bradford" narrows
    kept = [
        one
        for one in old
        if family(one) not in said
        or (narrowed and family(one) == "rated" and _aspect(one) not in map(_aspect, own))
    ]
    if said & {"where", "kind", "provider"}:
        kept = [one for one in kept if family(one) != "subject"]
    return kept


def _aspect(condition: Condition) -> str:
    return getattr(condition, "aspect", "")


def _is_of_holding(query: Query) -> bool:
    """True of a claim that there are so many: "are there two homes at TF7 5LE?"."""
    return query.claim is not None and query.claim.condition == q.EVERYTHING and not query.by


def _how_rated(parsed: Parsed) -> bool:
    """ "How is each one rated?"."""
    how = any(chunk.kind == "quality" and chunk.text.startswith("how") for chunk in parsed.chunks)
    return how and not parsed.yes_no


def _measured(parsed: Parsed) -> bool:
    """True if a fragment says itself what is to be told."""
    told = any(chunk.kind in ("measure", "spread", "super", "by") for chunk in parsed.chunks)
    how = any(chunk.kind == "quality" and chunk.text.startswith("how") for chunk in parsed.chunks)
    told = told or (how and any(chunk.kind == "aspect" for chunk in parsed.chunks))
    return told or (
        parsed.yes_no and any(chunk.kind not in ("function", "subject", "where") for chunk in parsed.chunks)
    )


def _own_measure(before: Query, query: Query, kept: Sequence[Condition], parsed: Parsed) -> Query:
    subjects = [one for one in kept if family(one) == "subject"]
    claim = before.claim
    if (
        claim is not None
        and (claim.quantifier.is_share or claim.quantifier.high == 0)
        and query.claim is None
    ):
        kept = [
            one for one in kept if one not in parts_of(claim.condition)
        ]  # "are all good, and who runs them?"
    counted = isinstance(before.measure, q.Count)  # of several named those that are so: "and where are they?"
    if not counted and (
        query.claim is not None
        or isinstance(query.measure, q.Share | q.Values | q.Dates)
        or _asks_of_subject(query, subjects)
    ):
        kept = [one for one in kept if not (subjects and family(one) in ("rated", "moved"))]
    if isinstance(query.measure, q.Share) and not parts_of(query.measure.of):
        told = [one for one in kept if family(one) in ("rated", "moved")]
        rest = [one for one in kept if one not in told]
        scope = conjunction(*sorted((*rest, *parts_of(query.scope)), key=_order))
        return replace(query, scope=scope, measure=q.Share(conjunction(*told)))
    if before.order is not None and before.order.key == "date" and not before.by and query.order is not None:
        query = replace(query, order=_last_of_dates(query.order, parsed))  # "… rated first, and which last?"
    of_it = points(parsed) and isinstance(query.measure, q.Values | q.Dates)
    if _ranks_rows(before) and query.order is None and (of_it or _only_which(query, parsed)):
        query = replace(query, order=before.order, ranks=before.ranks)
    if query.claim is not None:
        kept = [
            one
            for one in kept
            if family(one) not in {family(part) for part in parts_of(query.claim.condition)}
        ]
    return replace(query, scope=conjunction(*sorted((*kept, *parts_of(query.scope)), key=_order)))


def _last_of_dates(order: q.Order, parsed: Parsed) -> q.Order:
    bare = [chunk.text for chunk in parsed.chunks if chunk.kind == "super"]
    return q.Order("date", bare == ["last"]) if bare in (["last"], ["first"]) else order


def _ranks_rows(query: Query) -> bool:
    return query.order is not None and not query.by


def points(parsed: Parsed) -> bool:
    """True if a word points at whoever was spoken of: "who runs it?", "how many of its homes"."""
    return any(word.text in _PRONOUNS or word.text in _SEVERAL for word in parsed.annotated.words)


def is_of_many(before: Query, parsed: Parsed, queries: Sequence[Query]) -> bool:
    """True of "is it safe?" behind "which home is worst?" where many are, and of "how many of those homes …?"
    behind a count of providers: whoever is meant was not told."""
    if before.across == "count" and points(parsed) and not _asks_which(parsed):
        return True
    return (
        _ranks_rows(before)
        and before.ranks is not None
        and points(parsed)
        and any(query.claim is not None for query in queries)
    )


def _only_which(query: Query, parsed: Parsed) -> bool:
    """ "… and which home is it?" asks for the names behind what was told before."""
    asked = {chunk.value for chunk in parsed.chunks if chunk.kind == "measure"}
    return asked <= {"which", "list"} and query.order is None and query.measure == q.Ratings()


def _asks_of_subject(query: Query, subjects: Sequence[Condition]) -> bool:
    return bool(subjects) and isinstance(query.measure, q.Ratings)


def _old_measure(before: Query, query: Query, scope: Condition, own: Sequence[Condition]) -> Query:
    """The measure before, over the new scope: "and in Leeds?", "what about Sheffield?", "what about
    effective?"."""
    if (
        isinstance(query.measure, q.Ratings)
        and (query.measure.aspects, query.measure.service) != ((q.WHOLE,), q.WHOLE)
        and before.claim is not None
        and not own
    ):
        return replace(query, scope=before.scope)  # "is it well led?" – "what about effective?"
    made = replace(before, scope=scope)
    aspects = query.measure.aspects if isinstance(query.measure, q.Ratings) else ()
    rated = [one for one in own if family(one) in ("rated", "moved")]
    if before.claim is not None:
        told = rated or list(parts_of(before.claim.condition))
        rest = [
            one for one in parts_of(scope) if one not in rated and one not in parts_of(before.claim.condition)
        ]
        made = replace(
            made, scope=conjunction(*rest), claim=replace(before.claim, condition=conjunction(*told))
        )
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


def _rest(before: Query, query: Query, own: Sequence[Condition]) -> Query:
    """ "The rest?": those that the conditions before leave out; of somebody named, the others."""
    conditions = _conditions(before)
    told = [one for one in conditions if family(one) in ("rated", "moved", "subject")] or conditions[-1:]
    kept = [one for one in conditions if one not in told]
    measure = query.measure if not isinstance(query.measure, q.Ratings) else q.Ratings()
    if isinstance(before.measure, q.Count) and not own:
        measure = before.measure
    return Query(conjunction(*kept, *own, *(q.Not(one) for one in told)), measure)


def _rest_of_place(before: Query, own: Sequence[Condition]) -> Query:
    """ "And the rest of Kent?": the question before, of that place without where it was asked of."""
    old = [one for one in parts_of(before.scope) if family(one) == "where"]
    kept = [one for one in parts_of(before.scope) if one not in old]
    where = [one for one in own if family(one) == "where"]
    scope = conjunction(*sorted((*kept, *where, *(q.Not(one) for one in old)), key=_order))
    return replace(before, scope=scope)


def _order(condition: Condition) -> int:
    ranks = {"subject": 0, "kind": 1, "provider": 2, "where": 3}
    return ranks.get(family(condition), 4)


def arranged(query: Query) -> Query:
    """Return ``query`` with the conditions of its scopes in the order in which they are said: who, what kind,
    whose, where, the rest."""
    scopes = [_arranged(scope) for scope in (query.scope, *query.against)]
    return replace(query, scope=scopes[0], against=tuple(scopes[1:]))


def _arranged(scope: Condition) -> Condition:
    return (
        conjunction(*sorted(parts_of(scope), key=_order))
        if isinstance(scope, q.And) and scope.parts
        else scope
    )
