"""Follow-ups to a comparison: "it", "that one" and "there" are the side that came out ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.facts.result import Side
from qa.facts.run import run
from qa.question import query as q
from qa.question.chunks import Chunk, unique
from qa.question.families import family
from qa.question.leaning import asks_which
from qa.question.parse import Parsed
from qa.question.query import Condition, Named, Query, conjunction, disjunction, parts_of, shared_parts
from qa.question.vocabulary import Vocabulary
from qa.scale import Scale, on_one_scale

# Words that refer to one of those before.
_ONE = frozenset(
    ("it", "its", "of that", "that one", "that place", "that trust", "the place", "there", "this one")
)
_FIGURES = (q.Count, q.Share, q.Total)
_DETAILS = (q.Values, q.Dates, q.Events)  # what is said of one place, and not compared


def of_the_better(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """Return ``before``, a comparison that asks which side is ahead, as a Query about that side (about all
    that are level), if ``parsed`` asks more about one; otherwise ``None``.

    "Which has more inadequate homes, Kent or Surrey?" – "what are they called?" is about those of one county,
    "who runs it?" after "is A or B better?" about the better one, "who runs them?" about both.
    """
    one = any(map(_is_one, parsed.chunks))
    scope = ahead_in(before, vocabulary) if one or _names_counted(before, parsed) else None
    if scope is None and _asks_details(before, parsed):
        scope = either((before.scope, *before.against))
    if scope is None:
        return None
    return Query(scope, q.Count() if isinstance(before.measure, q.Count) else q.Ratings())


def _asks_details(before: Query, parsed: Parsed) -> bool:
    """True for what is not compared, asked about subjects that were: "who runs them?"."""
    named = all(isinstance(scope, Named) for scope in (before.scope, *before.against))
    return named and any(isinstance(query.measure, _DETAILS) for query in parsed.queries)


def ahead_in(before: Query, vocabulary: Vocabulary) -> Condition | None:
    """Return the side of a comparison that is ahead, or all that are level; ``None`` if it does not say which
    side is ahead."""
    if not before.against or before.claim is not None or before.by or not _has_end(before):
        return None
    scopes = (before.scope, *before.against)
    if not all(_is_one_place(scope, scopes) for scope in scopes):
        return None
    sides = run(before, vocabulary.store, vocabulary.scale).sides
    held = _held(before, scopes, sides, vocabulary.scale)
    if len(held) < len(scopes):
        return None
    target = (max if _highest(before) else min)(held.values())
    return either([scope for scope, value in held.items() if value == target])


def _has_end(before: Query) -> bool:
    """True if the comparison says which side is ahead: of ratings only in an order."""
    if isinstance(before.measure, _FIGURES):
        return before.relation in ("compare", "better", "worse")
    return isinstance(before.measure, q.Ratings) and before.order is not None and before.order.key == "rating"


def _is_one_place(scope: Condition, scopes: Sequence[Condition]) -> bool:
    """True if a side is a subject, a place or an owner, not one of several ratings."""
    shared = shared_parts(scopes)
    return any(family(part) in _PLACES for part in parts_of(scope) if part not in shared)


_PLACES = frozenset(("subject", "where", "provider", "brand"))


def _is_one(chunk: Chunk) -> bool:
    """True for a word for one of those before, which reads as a subject where they are known by name."""
    return chunk.kind in ("follow", "subject") and chunk.text in _ONE


def _names_counted(before: Query, parsed: Parsed) -> bool:
    """True for "what are they called?" after a comparison of numbers: those that were counted."""
    return isinstance(before.measure, q.Count) and asks_which(parsed, before.by)


def _highest(before: Query) -> bool:
    """True if more, or a better rating, is ahead. Places on a scale count from the best."""
    low = before.relation == "worse" or (before.order is not None and not before.order.descending)
    return low is not isinstance(before.measure, _FIGURES)


def _held(
    before: Query, scopes: Sequence[Condition], sides: Sequence[Side], scale: Scale
) -> Mapping[Condition, float]:
    """Return the figure of each side, or the place on the scale of its one rating; sides without are left
    out, and so are all if the ratings can't be compared."""
    if isinstance(before.measure, _FIGURES):
        return {
            scope: side.figure for scope, side in zip(scopes, sides, strict=True) if side.figure is not None
        }
    held: dict[Condition, float] = {}
    was = isinstance(before.measure, q.Ratings) and before.measure.before
    for scope, side in zip(scopes, sides, strict=True):
        places = {
            scale.place(fact.previous_rating if was else fact.rating, fact.source.document, fact.aspect)
            for fact in side.facts
        }
        if len(places) == 1 and (place := places.pop()) is not None:
            held[scope] = place
    return held if on_one_scale(map(int, held.values())) else {}


def either(scopes: Sequence[Condition]) -> Condition:
    """Return the condition that one of several holds, of subjects as one list of names; what all have in
    common is said once."""
    if len(scopes) == 1:
        return scopes[0]
    named = [scope for scope in scopes if isinstance(scope, Named)]
    if len(named) == len(scopes):
        return _named_together(named)
    shared = shared_parts(scopes)
    apart = [conjunction(*(part for part in parts_of(scope) if part not in shared)) for scope in scopes]
    return conjunction(*shared, disjunction(*apart))


def _named_together(named: Sequence[Named]) -> Named:
    """One list of subjects, each with its own label, also where two have the same."""
    labels = {number: label for one in named for number, label in zip(one.subjects, one.labels, strict=False)}
    return Named(unique(number for one in named for number in one.subjects), tuple(labels.values()))
