"""Conditions and scopes in English: ``care homes in Kent (council area) rated Inadequate for Safe``.

A scope is a noun phrase: the kinds of its subjects, then what is true of them. Each condition is a
:class:`Phrase`: words after a noun ("rated Good"), and a statement about one or about several ("was rated
Good", "were rated Good").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qa.answering.context import Context
from qa.answering.english import listed, listed_or, singular
from qa.answering.phrases import Phrase
from qa.answering.rating_phrases import of_rating, rated_together
from qa.answering.wording_parts import PHRASES, between
from qa.question.query import (
    EVERYTHING,
    And,
    Condition,
    Is,
    Moved,
    Named,
    Near,
    Not,
    Or,
    Published,
    Rated,
    Unrated,
    conjunction,
    parts_of,
    simple_conditions,
)

# The order of conditions in a phrase: what subjects are comes before their ratings.
_PLACE, _WHAT, _OTHER, _RATING, _DATE = range(5)
_KINDS = ("care_home", "kind", "type")
_SERVICES = "services "


class Split(NamedTuple):
    """A scope in two: which subjects, and the statement about them. Either may be empty."""

    who: Condition
    what: Condition


def scope_phrase(condition: Condition, count: int | None, context: Context) -> str:
    """Return ``condition`` as a noun phrase for ``count`` subjects: in the singular for 1, otherwise in the
    plural.
    """
    if isinstance(condition, Or) and (joined := _joined(condition, count, context)):
        return joined
    noun, rest = _noun(parts_of(condition), count, context)
    return f"{noun} {_said(rest, context)}".strip()


def _noun(parts: Sequence[Condition], count: int | None, context: Context) -> tuple[str, list[Condition]]:
    """Return the noun for the subjects, by name or by kind, and the remaining conditions."""
    heads = [part for part in parts if _head(part, context)]
    named = subjects_of(And(tuple(parts)))
    noun = str(_head(heads[0], context)) if heads else context.noun
    if len(heads) == 2 and not named and (whose := _of_type(heads, context)):
        noun, of_type = whose
        return f"{_counted(noun, count)} {of_type}", _without(parts, heads)
    if named and named.labels and len(heads) < 2:
        return names_of(named, _counted(noun, count)), _without(parts, (named, *heads))
    return _counted(noun, count), _without(parts, heads[:1])


def _counted(noun: str, count: int | None) -> str:
    return singular(noun) if count == 1 else noun


def shares_names(named: Named | None) -> bool:
    """True if several of the named subjects share one name."""
    return named is not None and len({*named.labels}) < len(named.labels)


def names_of(named: Named, noun: str) -> str:
    """Return the names of subjects, a shared name once: ``care homes called The Old Rectory``."""
    names = list(dict.fromkeys(named.labels))
    return f"{noun} called {listed_or(names)}" if shares_names(named) else listed(names, len(names))


def _without(parts: Sequence[Condition], said: Sequence[Condition]) -> list[Condition]:
    return [part for part in parts if part not in said]


def predicate(condition: Condition, count: int, context: Context) -> str:
    """Return ``condition`` as a statement about ``count`` subjects: ``were rated Good in ratings published in
    2020``.
    """
    phrases = _phrases(_without_implied(parts_of(condition), context), context)
    told = [phrase.one if count < 2 else phrase.several for phrase in phrases]
    beside = [
        one for one, phrase in zip(told, phrases, strict=True) if one == phrase.after
    ]  # "in ratings published …"
    told = [one for one in told if one not in beside]
    verb = "was " if count < 2 else "were "
    if all(one.startswith(verb) for one in told):
        told = [*told[:1], *(one.removeprefix(verb) for one in told[1:])]
    return " ".join([listed(told, len(told)), *beside]).strip()


def _without_implied(parts: Sequence[Condition], context: Context) -> list[Condition]:
    """Leave out a rise or fall that two ratings beside it imply: "Requires improvement before and Good
    now"."""
    implied = list[Condition]()
    for moved in (part for part in parts if isinstance(part, Moved) and not (part.since or part.until)):
        before, now = (_rank_of(parts, moved, when, context) for when in ("before", "now"))
        if before is not None and now is not None and before != now:
            implied += [moved] if moved.signs == ((1,) if now < before else (-1,)) else []
    return _without(parts, implied)


def _rank_of(parts: Sequence[Condition], moved: Moved, when: str, context: Context) -> int | None:
    """Return the rank of the rating that the ``moved`` subjects had at a time, if there is only one."""
    told = (
        part.ratings[0]
        for part in parts
        if isinstance(part, Rated) and part.when == when and len(part.ratings) == 1
        if (part.aspect, part.service) == (moved.aspect, moved.service)
    )
    rating = next(told, None)
    return None if rating is None else context.scale.rank(rating)


def condition_phrase(condition: Condition, context: Context) -> str:
    """Return ``condition`` in the form that follows a noun: ``rated Good for Safe``; empty for everything."""
    return _said(parts_of(condition), context)


def split_scope(condition: Condition) -> Split:
    """Cut a scope in two: which subjects, and the statement about their ratings."""
    parts = parts_of(condition)
    what = [part for part in parts if tells_of_ratings(part)]
    if what:
        what += [part for part in parts if isinstance(part, Published)]
    return Split(conjunction(*(part for part in parts if part not in what)), conjunction(*what))


def subjects_of(condition: Condition) -> Named | None:
    """Return the subjects that a scope names, if it does."""
    return next((part for part in parts_of(condition) if isinstance(part, Named)), None)


def fixes_rating(condition: Condition) -> bool:
    """True if all in the scope have one rating, so that there is no split to give."""
    rated = [part for part in parts_of(condition) if isinstance(part, Rated) and part.when == "now"]
    return any(len(part.ratings) == 1 for part in rated) or any(
        isinstance(part, Unrated) for part in parts_of(condition)
    )


def _of_type(heads: Sequence[Condition], context: Context) -> tuple[str, str] | None:
    """``hospices``, ``of NHS organisations``: of a kind and of a type of place, "services of NHS
    organisations"."""
    types = [one for one in heads if isinstance(one, Is) and one.field == "type"]
    kinds = [str(_head(one, context)) for one in heads if one not in types]
    label = str(_head(types[0], context)) if len(types) == 1 else ""
    return (kinds[0], label.removeprefix(_SERVICES)) if label.startswith(_SERVICES) else None


def _head(part: Condition, context: Context) -> str | None:
    """Return the noun for a condition, if it is about a kind."""
    if isinstance(part, Is) and part.field in _KINDS:
        return context.label(part.field, part.values)
    if isinstance(part, Or) and all(_head(one, context) for one in part.parts):
        return listed([str(_head(one, context)) for one in part.parts], len(part.parts))
    return None


def _joined(condition: Or, count: int | None, context: Context) -> str | None:
    """``hospices and care homes rated Outstanding``, if every part has its own noun."""
    if not all(any(_head(one, context) for one in parts_of(part)) for part in condition.parts):
        return None
    told = [scope_phrase(part, count, context) for part in condition.parts]
    return listed_or(told) if count == 1 else listed(told, len(told))


def undenied(condition: Condition) -> Condition:
    """Return a condition without a denial around it: "rated Good" for "not rated Good"."""
    return condition.part if isinstance(condition, Not) else condition


def tells_of_ratings(part: Condition) -> bool:
    """True if a condition, with all its parts, is about ratings rather than about what subjects are."""
    if isinstance(part, Not):
        return tells_of_ratings(part.part)
    if isinstance(part, And | Or):
        return bool(part.parts) and all(map(tells_of_ratings, part.parts))
    return of_rating(part)


def speaks_of_rated(part: Condition) -> bool:
    """True if a condition is about ratings and can't be true for a subject without one."""
    lacking = any(isinstance(one, Unrated) for one in simple_conditions(part))
    return tells_of_ratings(part) and not lacking


def _said(parts: Sequence[Condition], context: Context) -> str:
    """Return the words after the noun: first what subjects are, then their ratings, joined by "and", then the
    dates of these.
    """
    groups: dict[bool, list[Condition]] = {False: [], True: []}
    for part in parts:
        groups[tells_of_ratings(part)].append(part)
    dates = [
        part
        for part in groups[False]
        if isinstance(part, Published) and any(isinstance(one, Rated) for one in parts)
    ]
    are = [
        phrase.after for phrase in _phrases([part for part in groups[False] if part not in dates], context)
    ]
    rated = [phrase.after for phrase in _phrases(groups[True], context)]
    beside = [PHRASES[Published](part, True, context).beside_a_rating().after for part in dates]
    return " ".join([*are, *([listed(rated, len(rated))] if rated else []), *beside])


def _phrases(parts: Sequence[Condition], context: Context) -> list[Phrase]:
    """Return the phrases of a conjunction in reading order; ratings at one time are joined."""
    ranges = _ranges(parts)
    told = [part for part in parts if not _is_implied(part, parts, ranges)]
    ordered = sorted(told, key=lambda part: _order(part, context))
    rated = [part for part in ordered if isinstance(part, Rated)]
    return [
        _phrase_beside(part, rated, ranges, context)
        for part in ordered
        if not isinstance(part, Rated) or part is rated[0]  # worded together with the others
    ]


def _phrase_beside(
    part: Condition, rated: Sequence[Rated], ranges: Mapping[Near, Near], context: Context
) -> Phrase:
    """Return the phrase for one of several conditions; that for a rating covers all the ``rated`` ones."""
    if isinstance(part, Near) and part in ranges:
        return between(part, ranges[part], context)
    if isinstance(part, Rated) and len(rated) > 1:
        return rated_together(rated)
    if isinstance(part, Published) and rated:
        return PHRASES[Published](part, True, context).beside_a_rating()
    return phrase_of(part, context)


def _is_implied(part: Condition, parts: Sequence[Condition], ranges: Mapping[Near, Near]) -> bool:
    """True for a distance that another one implies: the nearer end of a range, and one without a bound beside
    "more than"."""
    if isinstance(part, Not):
        return part.part in ranges.values()
    if not isinstance(part, Near) or part.distance is not None:
        return False
    denied = [one.part for one in parts if isinstance(one, Not)]
    return any(isinstance(one, Near) and one.of == part.of for one in denied)


def _ranges(parts: Sequence[Condition]) -> dict[Near, Near]:
    """Return the nearer end of each distance with two ends: "between 5 and 10 miles from Wem"."""
    nearer = {
        part.part.of: part.part for part in parts if isinstance(part, Not) and isinstance(part.part, Near)
    }
    ends = (part for part in parts if isinstance(part, Near) and part.distance is not None)
    return {end: nearer[end.of] for end in ends if end.of in nearer and nearer[end.of].unit == end.unit}


def _order(part: Condition, context: Context) -> int:
    """Sort places first, so that "run by" does not seem to belong to them; then what subjects are, their
    ratings, and the dates of these.
    """
    inner = undenied(part)
    if isinstance(inner, Is):
        return _PLACE if context.field(inner.field).place else _WHAT if inner is part else _OTHER
    if isinstance(inner, Published):
        return _DATE
    return _RATING if tells_of_ratings(part) else _OTHER


def phrase_of(condition: Condition, context: Context, holds: bool = True) -> Phrase:
    """Return the phrase of one condition, or of its opposite if it is negated."""
    if isinstance(condition, Not):
        return phrase_of(condition.part, context, not holds)
    if isinstance(condition, And | Or):
        return _several(condition, context, holds)
    return PHRASES[type(condition)](condition, holds, context)


def _several(condition: And | Or, context: Context, holds: bool) -> Phrase:
    """``rated Good and in Kent``, ``rated Good or in Kent``, ``neither …nor …``, ``not … at once``."""
    if condition == EVERYTHING:
        return Phrase("of any kind", "was of any kind", "were of any kind")
    phrases = (
        _phrases(_without_implied(condition.parts, context), context)
        if isinstance(condition, And)
        else [phrase_of(part, context) for part in condition.parts]
    )
    if not phrases:
        return Phrase("of no kind", "was of no kind", "were of no kind")
    if len(phrases) == 1 and (holds or len(condition.parts) == 1):
        return phrases[0] if holds else phrase_of(condition.parts[0], context, holds=False)
    if isinstance(condition, And):
        return _all_of(phrases, holds)
    mixed = any(isinstance(part, And) for part in condition.parts)
    return _any_of(phrases, holds, mixed)


def _all_of(phrases: Sequence[Phrase], holds: bool) -> Phrase:
    after, one, several = (listed(told, len(told)) for told in zip(*phrases, strict=True))
    if holds:
        return Phrase(after, one, several)
    return Phrase(f"not at once {after}", f"was not at once {after}", f"were not at once {after}")


def _any_of(phrases: Sequence[Phrase], holds: bool, mixed: bool) -> Phrase:
    afters = [phrase.after for phrase in phrases]
    if not holds:
        told = f"neither {' nor '.join(afters)}"
        return Phrase(told, f"was {told}", f"were {told}")
    one, several = (
        listed_or(list(told)) for told in (tuple(p.one for p in phrases), tuple(p.several for p in phrases))
    )
    return Phrase(f"either {listed_or(afters)}" if mixed else listed_or(afters), one, several)
