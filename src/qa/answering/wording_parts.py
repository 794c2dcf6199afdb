"""The English of each kind of condition, in three forms, with and without "not"."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from qa.answering.context import Context
from qa.answering.english import a, day, exact, is_plural, listed, listed_or, period, singular
from qa.question.query import (
    WHOLE,
    AspectAgainst,
    Closed,
    Condition,
    Dated,
    Event,
    Happened,
    Is,
    Measured,
    Moved,
    Named,
    NameHas,
    Near,
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
_OF_RATING = (Rated, RatedFor, AspectAgainst, RatedAgainst, Moved, Happened, Unrated)
_MOVES: Mapping[tuple[int, ...], str] = {
    (1,): "a higher rating than before",
    (-1,): "a lower rating than before",
    (0,): "the same rating as before",
}
_DAY = datetime.timedelta(days=1)
_CHANGED: Mapping[tuple[int, ...], str] = {(1,): "higher", (-1,): "lower", (0,): "the same"}
_BELONGS = {"provider": "run by", "brand": "of the brand"}
_HIGHER = {1: "higher", 0: "the same", -1: "lower"}


class Phrase(NamedTuple):
    """A condition in the form after a noun, and as a statement about one and about several."""

    after: str
    one: str
    several: str

    def beside_a_rating(self) -> Phrase:
        """``in ratings published in 2020``, if the ratings come before it."""
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
    """Whether a condition is about ratings, rather than about what a subject is."""
    return isinstance(condition, _OF_RATING)


def is_bare_rating(rated: Rated) -> bool:
    """Whether a rating is the present overall one."""
    return (rated.aspect, rated.service, rated.when) == (WHOLE, WHOLE, "now")


def for_what(aspect: str, service: str, *, overall: bool = False) -> str:
    """`` for Safe``, `` for “Maternity”``, `` for Safe in “Maternity”``; `` overall`` for the overall rating
    beside others.
    """
    if aspect != WHOLE:
        return f" for {aspect} in “{service}”" if service != WHOLE else f" for {aspect}"
    if service != WHOLE:
        return f" for “{service}”"
    return " overall" if overall else ""


def rated_together(parts: Sequence[Rated]) -> Phrase:
    """Word several ratings of one subject: ``rated Outstanding for Caring and Good for Well-led``."""
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
    if part.since is not None or part.until is not None:
        return f" at any time {period(part.since, part.until)}"
    return {"before": " before", "first": " at first", "ever": " at any time"}.get(
        part.when, " now" if now else ""
    )


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


def _near(part: Near, holds: bool, context: Context) -> Phrase:
    place = place_label(part.of, context)
    if part.distance is None:
        return be(f"at a known distance from {place}", holds)
    told = length(part.distance, part.unit)
    return be(f"within {told} of {place}" if holds else f"more than {told} from {place}")


def between(part: Near, nearer: Near, context: Context) -> Phrase:
    """``between 5 and 10 miles from Wem``."""
    ends = f"{nearer.distance:.15g} and {length(part.distance or 0, part.unit)}"
    return be(f"between {ends} from {place_label(part.of, context)}")


def length(value: float, unit: str) -> str:
    """``5 miles``, ``1 mile``, ``2.5 km``."""
    told = f"{value:.15g}"
    return f"{told} {'mile' if told == '1' and unit == 'miles' else unit}"


def place_label(condition: Condition, context: Context) -> str:
    """Return what distances are measured from: ``Wem (postal town)``, ``SY13``, ``Elm House``."""
    if isinstance(condition, Named):
        return listed(condition.labels, len(condition.labels)) or "the one named"
    if isinstance(condition, Postcode):
        return listed_or(condition.areas)
    make = PHRASES.get(type(condition))
    told = make(condition, True, context).after if make is not None else "those described"
    return told.removeprefix("in ")


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
        f"{part.label or 'the one named'}{' before' if part.before else ''}",
        holds,
    )


def _published(part: Published, holds: bool, context: Context) -> Phrase:
    return have(
        f"a rating{for_what(part.aspect, part.service)} published {period(part.since, part.until)}", holds
    )


def _moved(part: Moved, holds: bool, context: Context) -> Phrase:
    what = for_what(part.aspect, part.service)
    if part.since is None and part.until is None:
        return be(f"given {_move(part.signs)}{what}", holds)
    ends = f"on {day(part.until - _DAY)}" if part.until is not None else "now"
    begins = f"on {day(part.since)}" if part.since is not None else "at first"
    than = "as" if part.signs == (0,) else "than"
    return be(f"rated {_CHANGED.get(part.signs, 'differently')}{what} {ends} {than} {begins}", holds)


def _move(signs: Sequence[int]) -> str:
    held = tuple(sorted(set(signs)))
    if held in _MOVES:
        return _MOVES[held]
    return "a different rating than before" if 0 not in held else listed_or([_MOVES[one,] for one in held])


def event_phrase(event: Event, context: Context) -> str:
    """Word a rating that was given, for use after "was": ``rated Good for Safe in 2019``, ``given a higher
    rating than before``.
    """
    what, when = for_what(event.aspect, event.service), ""
    if event.since is not None or event.until is not None:
        when = f" in ratings published {period(event.since, event.until)}"
    told = f"rated {listed_or(event.ratings)}{what}" if event.ratings else ""
    if event.before:
        told = f"{told or f'rated{what}'} after {listed_or(event.before)}"
    if event.new:
        told = f"newly {told}" if told else f"rated for the first time{what}"
    if event.signs:
        moved = f"given {_move(event.signs)}" + ("" if told else what)
        told = f"{told}, {moved}" if told else moved
    return f"{told or f'rated{what}'}{when}"


def _happened(part: Happened, holds: bool, context: Context) -> Phrase:
    told = event_phrase(part.event, context)
    if (part.low, part.high) != (1, None):
        told = f"{told} {times_said(part.low, part.high)}"
    return be(told, holds)


def times_said(low: int, high: int | None) -> str:
    """``exactly 2 times``, ``at least once``, ``never``."""
    if high == 0:
        return "at no time"
    told = bounds(low or None, high)
    return told.removesuffix(" 1") + " once" if told.endswith(" 1") else f"{told} times"


def _dated(part: Dated, holds: bool, context: Context) -> Phrase:
    return have(f"{a(context.field(part.field).label)} {period(part.since, part.until)}", holds)


def _closed(part: Closed, holds: bool, context: Context) -> Phrase:
    if holds:
        return Phrase("now closed", "has closed", "have closed")
    return Phrase("not closed", "has not closed", "have not closed")


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
    Near: _near,
    NameHas: _name_has,
    Measured: _measured,
    RatedFor: _rated_for,
    AspectAgainst: _aspect_against,
    RatedAgainst: _rated_against,
    Published: _published,
    Moved: _moved,
    Happened: _happened,
    Dated: _dated,
    Closed: _closed,
    Unrated: _unrated,
}
