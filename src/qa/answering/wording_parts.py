"""The English of each kind of condition, in three forms, with and without "not"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from qa.answering.context import Context
from qa.answering.english import a, exact, is_plural, listed, listed_or, period, singular
from qa.question.query import (
    WHOLE,
    AspectAgainst,
    Condition,
    Is,
    Measured,
    Moved,
    Named,
    NameHas,
    Postcode,
    Published,
    Rated,
    RatedAgainst,
    RatedFor,
    Unrated,
)

PLACE_KINDS = {
    "local_authority": "council area",
    "region": "region",
    "town": "postal town",
    "address": "second address line",
}
_OF_RATING = (Rated, RatedFor, AspectAgainst, RatedAgainst, Moved, Unrated)
_MOVES: Mapping[tuple[int, ...], str] = {
    (1,): "a higher rating than before",
    (-1,): "a lower rating than before",
    (0,): "the same rating as before",
}
_BELONGS = {"provider": "run by", "brand": "of the brand"}
_HIGHER = {1: "higher", 0: "the same", -1: "lower"}


class Phrase(NamedTuple):
    """A condition after a noun, and stated of one and of several."""

    after: str
    one: str
    several: str

    def beside_a_rating(self) -> Phrase:
        """``in ratings published in 2020``, where the ratings stand before it."""
        told = self.after.replace("with a rating", "in ratings", 1).replace(
            "without a rating", "not in ratings", 1
        )
        return Phrase(told, told, told)


def be(text: str, holds: bool = True) -> Phrase:
    """``rated Good``, ``was rated Good``; or ``not rated Good``."""
    told = text if holds else f"not {text}"
    return Phrase(told, f"was {told}", f"were {told}")


def have(text: str, holds: bool = True) -> Phrase:
    """``with a rating``, ``had a rating``; or ``without a rating``, ``did not have a rating``."""
    if holds:
        return Phrase(f"with {text}", f"had {text}", f"had {text}")
    return Phrase(f"without {text}", f"did not have {text}", f"did not have {text}")


def of_rating(condition: Condition) -> bool:
    """True if a condition tells of ratings, rather than of what a subject is."""
    return isinstance(condition, _OF_RATING)


def is_bare_rating(rated: Rated) -> bool:
    """True if a rating is the present one of the whole."""
    return (rated.aspect, rated.service, rated.when) == (WHOLE, WHOLE, "now")


def for_what(aspect: str, service: str, *, overall: bool = False) -> str:
    """`` for Safe``, `` for “Maternity”``, `` for Safe in “Maternity”``; `` overall`` of the whole where it
    stands beside others."""
    if aspect != WHOLE:
        return f" for {aspect} in “{service}”" if service != WHOLE else f" for {aspect}"
    if service != WHOLE:
        return f" for “{service}”"
    return " overall" if overall else ""


def rated_together(parts: Sequence[Rated]) -> Phrase:
    """Several ratings of one subject: ``rated Outstanding for Caring and Good for Well-led``."""
    overall, times = any(part.aspect != WHOLE for part in parts), {part.when for part in parts}
    clauses: dict[str, str] = {}
    for part in parts:
        words, time = listed_or(part.ratings), _time(part, now=len(times) > 1)
        told = for_what(part.aspect, part.service, overall=overall)
        same = f"{words}|{part.service}|{time}"
        if same in clauses and part.service == WHOLE != part.aspect:
            clauses[same] = f"{clauses[same].removesuffix(time)} and {part.aspect}{time}"
        else:
            clauses[same if same not in clauses else f"{same}|{told}"] = f"{words}{told}{time}"
    return be(f"rated {listed(list(clauses.values()), len(clauses))}")


def _time(part: Rated, *, now: bool) -> str:
    return {"before": " before", "ever": " at any time", "now": " now" if now else ""}[part.when]


def _rated(part: Rated, holds: bool, context: Context) -> Phrase:
    if set(part.ratings) == set(context.scale.ratings):
        return have(f"a rating{for_what(part.aspect, part.service)}{_time(part, now=False)}", holds)
    if all(context.scale.rank(rating) is None for rating in part.ratings):
        words = listed_or([f"“{rating}”" for rating in part.ratings])
        return have(
            f"the published result {words}{for_what(part.aspect, part.service)}{_time(part, now=False)}",
            holds,
        )
    return be(
        f"rated {listed_or(part.ratings)}{for_what(part.aspect, part.service)}{_time(part, now=False)}", holds
    )


def _named(part: Named, holds: bool, context: Context) -> Phrase:
    names = listed_or(part.labels) or "the one named"
    return (
        be(f"called {names}")
        if holds
        else Phrase(f"other than {names}", f"was not {names}", f"were not {names}")
    )


def _is(part: Is, holds: bool, context: Context) -> Phrase:
    field, called = context.field(part.field), context.label(part.field, part.values)
    values = called or listed_or(part.values)
    if field.place:
        kind = PLACE_KINDS.get(part.field, field.label)
        told = called or f"{values} ({kind if len(part.values) == 1 else f'{kind}s'})"
        return be(f"{'in' if holds else 'outside'} {told}")
    if part.field in _BELONGS:
        return be(f"{_BELONGS[part.field]} {values}", holds)
    if part.field in ("care_home", "kind", "type") and called:
        return _kind(called, holds)
    if field.type == "yesno" and len(part.values) == 1:
        yes = part.values[0].upper() in ("Y", "YES", "TRUE")
        return have(a(field.label) if field.name == "inherited" else field.label, holds == yes)
    return have(f"{values} as {field.label}", holds)


def _kind(label: str, holds: bool) -> Phrase:
    one = a(singular(label))
    if holds:
        return Phrase(f"that are {label}", f"was {one}", f"were {label}")
    return Phrase(f"other than {label}", f"was not {one}", f"were not {label}")


def _postcode(part: Postcode, holds: bool, context: Context) -> Phrase:
    return have(f"a postcode in {listed_or(part.areas)}", holds)


def _name_has(part: NameHas, holds: bool, context: Context) -> Phrase:
    return have(f"“{' '.join(part.words)}” in the name", holds)


def bounds(low: float | None, high: float | None) -> str:
    """``exactly 2``, ``at least 3``, ``at most 4``, ``3 to 5``."""
    if low is None or high is None:
        return (
            f"at least {exact(low)}"
            if low is not None
            else f"at most {exact(high)}"
            if high is not None
            else "any number of"
        )
    return f"exactly {exact(low)}" if low == high else f"{exact(low)} to {exact(high)}"


def _measured(part: Measured, holds: bool, context: Context) -> Phrase:
    label, told = context.field(part.field).label, bounds(part.low, part.high)
    return have(f"{told} {label}" if is_plural(label) else f"{a(label)} of {told}", holds)


def _rated_for(part: RatedFor, holds: bool, context: Context) -> Phrase:
    told = _aspects(part, bool(context.aspects) and set(part.aspects) == set(context.aspects))
    return be(f"rated {listed_or(part.ratings)} for {told}{for_what(WHOLE, part.service)}", holds)


def _aspects(part: RatedFor, every: bool) -> str:
    """``all 5 key questions``, ``Safe or Caring``, ``at least 3 of the 5 key questions``, ``none of …``."""
    number = len(part.aspects)
    high = number if part.high is None else min(part.high, number)
    called = f"the {number} key questions" if every else listed(part.aspects, number)
    if high == 0:
        return f"none of {called}"
    if part.low >= number:
        return f"all {number} key questions" if every else called
    if (part.low, high) == (1, number):
        return "any key question" if every else listed_or(part.aspects)
    return f"{bounds(part.low or None, high if high < number else None)} of {called}"


def _aspect_against(part: AspectAgainst, holds: bool, context: Context) -> Phrase:
    than = "as" if part.sign == 0 else "than"
    return be(
        f"rated {_HIGHER[part.sign]} for {part.aspect} {than} for {part.other}"
        f"{for_what(WHOLE, part.service)}",
        holds,
    )


def _rated_against(part: RatedAgainst, holds: bool, context: Context) -> Phrase:
    than = "as" if part.sign == 0 else "than"
    return be(
        f"rated {_HIGHER[part.sign]}{for_what(part.aspect, part.service)} {than} "
        f"{part.label or 'the one named'}",
        holds,
    )


def _published(part: Published, holds: bool, context: Context) -> Phrase:
    return have(
        f"a rating{for_what(part.aspect, part.service)} published {period(part.since, part.until)}", holds
    )


def _moved(part: Moved, holds: bool, context: Context) -> Phrase:
    signs = tuple(sorted(set(part.signs)))
    told = _MOVES.get(
        signs,
        "a different rating than before"
        if 0 not in signs
        else f"{listed_or([_MOVES[one,] for one in signs])}",
    )
    return be(f"given {told}{for_what(part.aspect, part.service)}", holds)


def _unrated(part: Unrated, holds: bool, context: Context) -> Phrase:
    told = f"a rating{for_what(part.aspect, part.service)}"
    return (
        have(told)
        if not holds
        else Phrase(
            f"without {told}",
            told.replace("a rating", "had no rating", 1),
            told.replace("a rating", "had no rating", 1),
        )
    )


PHRASES: Mapping[type, Callable[[Any, bool, Context], Phrase]] = {
    Rated: _rated,
    Named: _named,
    Is: _is,
    Postcode: _postcode,
    NameHas: _name_has,
    Measured: _measured,
    RatedFor: _rated_for,
    AspectAgainst: _aspect_against,
    RatedAgainst: _rated_against,
    Published: _published,
    Moved: _moved,
    Unrated: _unrated,
}
