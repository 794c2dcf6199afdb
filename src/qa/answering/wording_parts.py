"""The English of each kind of condition, with and without "not": the table, and places, kinds and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qa.answering.context import Context
from qa.answering.english import is_plural, listed, listed_or, period, singular, with_article
from qa.answering.past_phrases import happened, moved, published
from qa.answering.phrases import Phrase, be, bounds, have
from qa.answering.rating_phrases import aspect_against, rated, rated_against, rated_for, unrated
from qa.question.query import (
    AspectAgainst,
    Closed,
    Condition,
    Dated,
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
_BELONGS = {"provider": "run by", "brand": "of the brand"}


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
        return have(with_article(field.label) if field.name == "inherited" else field.label, holds == yes)
    return have(f"{values} as {field.label}", holds)


def _kind(label: str, holds: bool) -> Phrase:
    one = with_article(singular(label))
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


def _measured(part: Measured, holds: bool, context: Context) -> Phrase:
    label, told = context.field(part.field).label, bounds(part.low, part.high)
    return have(f"{told} {label}" if is_plural(label) else f"{with_article(label)} of {told}", holds)


def _dated(part: Dated, holds: bool, context: Context) -> Phrase:
    return have(f"{with_article(context.field(part.field).label)} {period(part.since, part.until)}", holds)


def _closed(part: Closed, holds: bool, context: Context) -> Phrase:
    if holds:
        return Phrase("now closed", "has closed", "have closed")
    return Phrase("not closed", "has not closed", "have not closed")


PHRASES: Mapping[type, Callable[[Any, bool, Context], Phrase]] = {
    Rated: rated,
    Named: _named,
    Is: _is,
    Postcode: _postcode,
    Near: _near,
    NameHas: _name_has,
    Measured: _measured,
    RatedFor: rated_for,
    AspectAgainst: aspect_against,
    RatedAgainst: rated_against,
    Published: published,
    Moved: moved,
    Happened: happened,
    Dated: _dated,
    Closed: _closed,
    Unrated: unrated,
}
