"""Follow-ups to a ranking or comparison: "its homes", "those" or "it" refer to whatever came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from qa.facts.query_parts import OF_GROUPS
from qa.facts.run import run
from qa.fields import FIELDS
from qa.question import query as q
from qa.question.all_ranked import all_ranked
from qa.question.better_side import of_the_better
from qa.question.chunks import Chunk, unique
from qa.question.leaning import asks_what_they_are, points
from qa.question.pairs_asked import next_asked, place_asked
from qa.question.parse import Parsed
from qa.question.query import Is, Named, Query, conjunction, parts_of
from qa.question.shape import ITS_PLACE, OTHER_END
from qa.question.vocabulary import Vocabulary

# Words that rank, group or limit again.
_ANEW = frozenset("super by spread quantity near nearest furthest number".split())
_TURNING = frozenset("function and measure super ordinal follow compare".split())
_HIGHEST, _LOWEST = ("best", "most"), ("worst", "least")
_FEW = 50  # the most rows that answers list
MOST_GROUPS = 50  # more can't be referred to as "these"
_TIES = 3  # the most that may share the first rank for "it" to mean them


def of_the_first(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """Return ``before``, a ranking or a comparison, as a Query about what came first in it, if ``parsed``
    asks more about that; otherwise ``None``.

    "Which provider runs most homes?" – "how many of its homes are good?" is about the homes of that provider.
    """
    if _asks_overall(before, parsed):
        return _row(replace(before, ranks=None, order=None), vocabulary, _FEW)
    if before.against:
        return of_the_better(before, parsed, vocabulary)
    ranked = before.ranks is not None and before.ranks[0] == before.ranks[1]
    if not ranked or before.claim is not None or before.across is not None:
        return None
    if parsed.has(*_ANEW) or parsed.any("follow", "instead") or not _asks_more(parsed, before):
        return None
    return _group(before, vocabulary) if before.by else _first_or_all(before, parsed, vocabulary)


def _first_or_all(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    first = _row(before, vocabulary, _TIES)
    if first is not None and parsed.any("follow", "other", "others"):  # the others of those that were ranked
        return replace(first, scope=conjunction(before.scope, first.scope))
    of_one = first is not None and _is_of_one(first)
    return all_ranked(before, parsed) or first if of_one else first


def _is_of_one(query: Query) -> bool:
    return isinstance(query.scope, Named) and len(query.scope.subjects) == 1


def _asks_more(parsed: Parsed, before: Query) -> bool:
    """True if more is asked about what came first, or about the others, rather than what comes first
    elsewhere: "and in Ludlow?"."""
    pointed = points(parsed) or (not before.by and parsed.any("follow", "other", "others"))
    return (
        pointed
        or parsed.yes_no
        or any(
            chunk.kind in ("cond", "aspect") or chunk.says("measure", "share", "list")
            for chunk in parsed.chunks
        )
    )


def _group(before: Query, vocabulary: Vocabulary) -> Query | None:
    if not are_of_a_column(before):
        return None
    first = group_labels(before, vocabulary)
    if not first or len(first) > _TIES:
        return None
    return Query(conjunction(before.scope, Is(before.by[0], first)), before.measure)


def are_of_a_column(query: Query) -> bool:
    """True if the groups of a Query are those of one column of the tables, by which each can be asked
    about."""
    return len(query.by) == 1 and query.by[0] not in OF_GROUPS


def group_labels(query: Query, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names of the groups that answer a Query, in their order."""
    groups = run(query, vocabulary.store, vocabulary.scale).groups
    return tuple(group.labels[0] for group in groups)


def _asks_overall(before: Query, parsed: Parsed) -> bool:
    """True for "what is the overall rating of each?" after a list for a key question, which gives only that
    rating."""
    told = [*parts_of(before.scope), *(parts_of(before.claim.condition) if before.claim is not None else ())]
    for_aspect = any(isinstance(one, q.Rated) and one.aspect != q.WHOLE for one in told)
    whole = any(
        (chunk.kind == "aspect" and chunk.value == (q.WHOLE,))
        or (chunk.kind == "rated" and "overall" in chunk.text.split())
        for chunk in parsed.chunks
    )
    listed = not (before.by or before.against)
    return listed and for_aspect and whole and asks_what_they_are(parsed)


def _row(before: Query, vocabulary: Vocabulary, most: int) -> Query | None:
    result = run(before, vocabulary.store, vocabulary.scale, limit=most)
    subjects = unique(place + 1 for place in vocabulary.store.subjects_of([fact.id for fact in result.facts]))
    if not subjects or len(subjects) < result.total:
        return None
    labels = unique(fact.subject for fact in result.facts)
    return Query(Named(tuple(subjects), labels), q.Ratings())


def turned(before: Query, parsed: Parsed) -> Query | None:
    """Return the ranking ``before`` from its other end ("… and the lowest?", "which has the fewest?") or at
    another rank ("who comes second?"), or the ranking that "does any other town have more?" asks about."""
    if (ranked := of_ranking(before, parsed)) is not None:
        for chunk in parsed.chunks:
            chunk.use("order")
        return ranked
    if before.order is None or not _only_turns(before, before.order, parsed):
        return None
    highest = _end_said(before.order, parsed)
    if highest is None:
        return None
    for chunk in parsed.chunks.of("super"):
        chunk.use("order")
    ranks = next((query.ranks for query in parsed.queries if query.ranks is not None), before.ranks)
    return replace(before, order=q.Order(before.order.key, highest), ranks=ranks)


def _only_turns(before: Query, order: q.Order, parsed: Parsed) -> bool:
    """True if a fragment after a ranking or a comparison only asks for another end or rank of it."""
    if before.ranks is None and not before.against:
        return False
    if parsed.any("follow", "pronoun") or order.key == "date":
        return False
    return all(
        (chunk.kind in _TURNING and _asks_for_no_figure(chunk)) or _is_by(chunk, before)
        for chunk in parsed.chunks
    )


def _asks_for_no_figure(chunk: Chunk) -> bool:
    return not chunk.says("measure") or chunk.says("measure", "which", "list")


def _end_said(order: q.Order, parsed: Parsed) -> bool | None:
    """True if a fragment asks for the highest end of an order: "and the most?", "and at the other end?";
    ``None`` if it asks for neither or both."""
    highest, lowest = parsed.any("super", *_HIGHEST), parsed.any("super", *_LOWEST)
    if parsed.any("super", OTHER_END):
        return not order.descending
    return None if highest == lowest else highest


def ranked_among(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query of "… in the North East, and where does it rank?": the figure before for all values of its
    column, in order, if they are few enough to list."""
    if not _is_plain_figure(before) or not _asks_its_place(parsed):
        return None
    named = _values_named(before)
    fields = unique(part.field for part in named)
    if len(fields) != 1 or len(vocabulary.store.values(fields[0])) > _TOLD:
        return None
    if not _fields_said(parsed.chunks) <= {*fields}:
        return None
    for chunk in parsed.chunks:
        chunk.use("order")
    rest = conjunction(*(part for part in parts_of(before.scope) if part not in named))
    return Query(rest, before.measure, fields, order=q.Order())


def _is_plain_figure(query: Query) -> bool:
    return isinstance(query.measure, q.Count | q.Share) and not (query.by or query.claim)


def _asks_its_place(parsed: Parsed) -> bool:
    """True for a fragment that asks for a rank and nothing else."""
    small = all(chunk.kind in (*_TURNING, "quality", "field") for chunk in parsed.chunks)
    return small and parsed.any("super", ITS_PLACE)


def _values_named(query: Query) -> list[Is]:
    """The values of columns that a Query is about; with sides, the value of each if the sides differ in
    nothing else."""
    if not query.against:
        return [part for part in parts_of(query.scope) if _is_one_value(part)]
    scopes = [query.scope, *query.against]
    shared = q.shared_parts(scopes)
    own = [part for scope in scopes for part in parts_of(scope) if part not in shared]
    named = [part for part in own if _is_one_value(part)]
    return named if len(named) == len(own) else []


def _is_one_value(part: q.Condition) -> TypeGuard[Is]:
    return isinstance(part, Is) and part.field in _OF_ALL and len(part.values) == 1


def _fields_said(chunks: Sequence[Chunk]) -> set[str]:
    return {name for chunk in chunks if chunk.kind == "field" for name in chunk.value}


_TOLD = 10  # the most groups that an answer lists


def _is_by(chunk: Chunk, before: Query) -> bool:
    """True for the word for the groups before: "and the region at the other end?"."""
    return chunk.kind == "field" and set(chunk.value) <= {*before.by}


def of_ranking(before: Query | None, parsed: Parsed) -> Query | None:
    """Return the Query of a fragment that means nothing without the figures ``before``: a rank in their
    order, or whether others are ahead; ``None`` if it asks for something else."""
    if before is None or before.claim is not None or before.across is not None or before.against:
        return None
    if (ranked := _at_place(before, parsed)) is not None:
        return ranked
    if before.by or not parsed.yes_no:
        return None
    return _others_ahead(before, parsed) or _is_the_most(before, parsed)


def _others_ahead(before: Query, parsed: Parsed) -> Query | None:
    """The Query of "Does any other town have more?" after the number in one town: whether that town comes
    first."""
    more = [chunk for chunk in parsed.chunks if chunk.says("compare", "more", "fewer")]
    others = [chunk for chunk in parsed.chunks if chunk not in more]
    if len(more) != 1 or not _speak_of_others(others):
        return None
    return _first_of_its_sort(before, others, q.NONE, most=more[0].value == "more")


def _speak_of_others(chunks: Sequence[Chunk]) -> bool:
    """True for "anybody else" or "any other town" with nothing but small words beside it."""
    somebody = any(chunk.says("quantifier", "any") or chunk.text in _ELSE for chunk in chunks)
    return somebody and all(chunk.kind in _SMALL or chunk.text in _OTHERS for chunk in chunks)


def _is_the_most(before: Query, parsed: Parsed) -> Query | None:
    """The Query of "Is that the most of any council?" after the number in one council: whether that one comes
    first."""
    ends = [one for one in parsed.chunks if one.says("super", "most", "least") or one.text == "most of"]
    others = [chunk for chunk in parsed.chunks if chunk not in ends]
    small = all(chunk.kind in _SMALL or chunk.says("follow", "pronoun") for chunk in others)
    if len(ends) != 1 or not small or not parsed.any("follow", "pronoun"):
        return None
    return _first_of_its_sort(before, others, q.ANY, most=ends[0].value != "least")


def _first_of_its_sort(
    before: Query, said: Sequence[Chunk], quantifier: q.Quantifier, *, most: bool
) -> Query | None:
    """The claim that the place or owner that was counted comes first of all of its sort, or that it does not;
    ``None`` if none was counted."""
    if before.measure != q.Count():
        return None
    asked = _fields_said(said)
    for part in parts_of(before.scope):
        if isinstance(part, Is) and len(part.values) == 1 and part.field in (asked or _OF_ALL):
            rest = conjunction(*(one for one in parts_of(before.scope) if one != part))
            claim = q.Claim(quantifier, part)
            return Query(
                rest, q.Count(), (part.field,), order=q.Order("figure", most), ranks=(1, 1), claim=claim
            )
    return None


_OF_ALL = frozenset(("provider", "brand", *(field.name for field in FIELDS if field.place)))
_ELSE = frozenset(("anybody else", "anyone else", "anywhere else", "else", "elsewhere"))
_OTHERS = _ELSE | {"other"}
_SMALL = frozenset("function and quantifier field run_by rated".split())


def _at_place(before: Query, parsed: Parsed) -> Query | None:
    """The ranking ``before`` at the one rank that a fragment asks for: "who is second?", "which towns come
    joint third?", "and the runner-up?"."""
    grouped = bool(before.by) and isinstance(before.measure, q.Count | q.Share | q.Total)
    ranks = _ranks_asked(before, parsed) if before.ranks is not None or grouped else None
    fields = _fields_said(parsed.chunks)
    if ranks is None or not fields <= {*before.by}:
        return None
    order = _from_the_end_said(before.order or q.Order(), parsed)
    return None if order is None else replace(before, order=order, ranks=ranks)


def _ranks_asked(before: Query, parsed: Parsed) -> tuple[int, int] | None:
    """The first and last rank that a fragment asks for: "who is second?", "who comes next?". Several next
    ones are told together with those before them."""
    if (place := place_asked(parsed)) is not None:
        return place.value, place.value
    if (number := next_asked(parsed)) is None:
        return None
    last = before.ranks[1] if before.ranks is not None else 1
    return (1 if number > 1 else last + 1), last + number


def _from_the_end_said(order: q.Order, parsed: Parsed) -> q.Order | None:
    """The order from the end that a fragment asks for, "the second fewest"; unchanged if it asks for none."""
    if not parsed.has("super"):
        return order
    highest, lowest = parsed.any("super", *_HIGHEST), parsed.any("super", *_LOWEST)
    return None if order.key == "date" or highest == lowest else replace(order, descending=highest)
