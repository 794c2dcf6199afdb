"""Questions without a predicate, which take that of the question before: "Is Oxleas outstanding?", "Which
trusts are?"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.families import family, is_rating, saying_order
from qa.question.kept_conditions import kept_conditions
from qa.question.parse import Parsed
from qa.question.query import Claim, Condition, Query, conjunction, parts_of
from qa.question.sides import FINITE

_ASKING = ("which", "list", "count", "share")
_WHO = ("kind", "where", "subject", "provider", "follow", "field", "unrated")
_SMALL = ("function", "and", "or", "not", "except", "quality", "by", "measure", "quantifier")
_POINTERS = ("pronoun", "person", "there")
_TELLING = frozenset(("rated", "published", "moved", "measured", "closed", "dated"))


def with_predicate(before: Query, parsed: Parsed, places: Collection[str]) -> list[Query]:
    """Complete a question without a predicate with the ratings told or claimed in ``before``, and return its
    Query; return nothing for any other question. ``places`` are the columns of places.

    "Is Elm House outstanding?" – "which homes in Ludlow are?", "which aren't?", "how many are?", "does Oak
    House?".
    """
    said = _predicate(before) if _is_cut_short(parsed) else None
    if said is None:
        return []
    (query,) = parsed.queries
    own = [*parts_of(query.scope), *(parts_of(query.claim.condition) if query.claim is not None else ())]
    scope = (*_still_meant(before, said, query, own, parsed, places), *own)
    if parsed.chunks[-1].kind == "not":
        said = q.Not(said)
    _take_small(parsed)
    if query.claim is not None and before.claim is not None and not parsed.has("quantifier"):
        query = replace(query, claim=before.claim)  # "is the same true of Kent?"
    return [_asked(query, parsed, conjunction(*sorted(scope, key=saying_order)), said)]


def _take_small(parsed: Parsed) -> None:
    """Take the words that stand for what was said: "others", "not", "is the same true of"."""
    for chunk in parsed.chunks:
        if chunk.kind in ("not", "follow") or chunk is parsed.chunks[-1]:
            chunk.use("rating")
    parsed.left_out = [chunk for chunk in parsed.left_out if not chunk.used]


def lacks_predicate(before: Query | None, parsed: Parsed) -> bool:
    """True if a question has no predicate, but ``before`` has."""
    return before is not None and _is_cut_short(parsed) and _predicate(before) is not None


def _still_meant(
    before: Query,
    said: Condition,
    query: Query,
    own: Sequence[Condition],
    parsed: Parsed,
    places: Collection[str],
) -> list[Condition]:
    """Return the earlier conditions that still apply: not the names, and not the place if the question asks
    for places."""
    held = [one for one in parts_of(before.scope) if one not in parts_of(said)]
    replaced = {"subject", "where"} if set(query.by) & {*places} else {"subject"}
    kept = [one for one in kept_conditions(held, own, parsed, places) if family(one) not in replaced]
    others = parsed.any("follow", "other", "others")
    return [*kept, *(q.Not(one) for one in held if others and family(one) == "subject")]


def _asked(query: Query, parsed: Parsed, scope: Condition, said: Condition) -> Query:
    """Return the Query about ``scope``, with ``said`` as its predicate."""
    if query.claim is not None:
        return replace(query, scope=scope, claim=replace(query.claim, condition=said))
    if parsed.yes_no:
        return Query(scope, claim=Claim(q.ALL if parsed.has("subject") else q.ANY, said))
    if isinstance(query.measure, q.Share):
        return replace(query, scope=scope, measure=q.Share(said))
    return replace(query, scope=conjunction(scope, said))


def _is_cut_short(parsed: Parsed) -> bool:
    """True if a question ends with "are", "do" or "aren't", or only names somebody: "does Telford?"."""
    chunks = [one for one in parsed.chunks if not one.says("follow", "so", "start")]
    if not chunks or not _says_only_who(parsed):
        return False
    asked = [one for one in chunks if one.kind == "measure"]
    if not asked:
        same = parsed.any("follow", "start")  # "is the same true of surgeries?"
        return parsed.yes_no and (same or (chunks[0].text in FINITE and not parsed.has("kind")))
    return _asks_for_whom(asked) and _ends_with_verb(asked[-1], chunks)


def _says_only_who(parsed: Parsed) -> bool:
    """True if one thing is asked, no word is about a rating, number or time, and no pronoun points at a
    subject."""
    if len(parsed.queries) != 1:
        return False
    denied = parsed.chunks[-1].kind == "not"  # "are there any that have not?"
    points = parsed.any("follow", *(_POINTERS[:-1] if denied else _POINTERS))
    return {one.kind for one in parsed.chunks} <= {*_SMALL, *_WHO} and not points


def _asks_for_whom(asked: Sequence[Chunk]) -> bool:
    """True for "which", "how many" and "what percentage"."""
    first, *more = asked
    return asked[-1].value in _ASKING and (not more or (first.value == "which" and len(more) == 1))


def _ends_with_verb(asked: Chunk, chunks: Sequence[Chunk]) -> bool:
    """True for "which homes are?"; not for "who the practices are", which asks for names, nor for "homes do
    they have", which asks what an owner has."""
    last, behind = chunks[-1], chunks[chunks.index(asked) + 1 :]
    verbs = [one for one in behind if one.text in FINITE]
    named = asked.value in ("which", "list") and any(one.text in _OWNING for one in behind[:1])
    return len(verbs) <= 1 and not named and (last.kind == "not" or last.text.split()[-1] in FINITE)


_OWNING = ("the", "its", "their", "of")


def _predicate(before: Query) -> Condition | None:
    """The conditions told or claimed in the Query before, if they were about ratings."""
    if any((before.by, before.against, before.ranks, before.prose)):
        return None
    scope = parts_of(before.scope)
    told = _claimed(before) or list(filter(is_rating, scope))
    told += [one for one in scope if family(one) == "published"]
    if not set(map(family, told)) <= _TELLING or not any(map(is_rating, told)):
        return None
    return conjunction(*dict.fromkeys(told))


def _claimed(before: Query) -> list[Condition]:
    """The conditions of a claim or share."""
    if before.claim is not None:
        return [*parts_of(before.claim.condition)]
    return [*parts_of(before.measure.of)] if isinstance(before.measure, q.Share) else []
