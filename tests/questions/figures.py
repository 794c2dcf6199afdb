"""Questions about many locations: counts, lists, shares, comparisons, rankings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from questions.choosing import Chooser, Chosen
from questions.expected import Expected, FigureTold, counted
from questions.filling import Filled, Maker, an_aspect, filters
from questions.plain_table import SCALE, WHOLE, Location, Scope


def filtered(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    return (asked.values, counted(choose.table.within(asked.scope, WHOLE, asked.ratings))) if asked else None


def count_kind_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    return (asked.values, counted(choose.table.within(asked.scope))) if asked else None


def count_rating_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    return (
        (asked.values, counted(choose.table.within(asked.place.scope, WHOLE, asked.ratings)))
        if asked
        else None
    )


def by_aspect(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = an_aspect(choose, wanted)
    asked = filters(choose, wanted, key) if key[1] else None
    return (
        (asked.values | values, counted(choose.table.within(asked.scope, key, asked.ratings), key))
        if asked
        else None
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def share(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    whole = choose.table.within(asked.scope, WHOLE, SCALE) if asked else []
    if asked is None or not whole:
        return None
    hits = choose.table.within(asked.scope, WHOLE, asked.ratings)
    figures: tuple[FigureTold, ...] = (
        (None, _percent(len(hits), len(whole)), "percent"),
        (None, len(hits), "count"),
        (None, len(whole), "count"),
    )
    return asked.values, Expected(locations=tuple(hits), figures=figures)


def checked(verdict: Callable[[int, int], bool], *, exceptions: bool = False) -> Maker:
    """A question for yes or no about a scope, of those with a rating of the scale; ``exceptions`` are
    what a "no" rests on.
    """

    def make(choose: Chooser, wanted: set[str]) -> Filled:
        asked = filters(choose, wanted)
        if asked is None:
            return None
        whole, hits = (
            choose.table.within(asked.scope, WHOLE, SCALE),
            choose.table.within(asked.scope, WHOLE, asked.ratings),
        )
        yes = verdict(len(hits), len(whole))
        told = [one for one in whole if one not in hits] if exceptions and not yes else hits
        return asked.values, Expected(locations=tuple(told), figures=((None, len(hits), "count"),), yes=yes)

    return make


def combination(choose: Chooser, wanted: set[str]) -> Filled:
    typed, key = an_aspect(choose, wanted)
    asked = filters(choose, wanted, rating="single_rating") if key[1] else None
    if asked is None:
        return None
    both = [one for one in choose.table.within(asked.scope, WHOLE, asked.ratings) if key in one.ratings]
    near = choose.random.choice(both).ratings[key].rating if both else None
    other, ratings = choose.rating({"single_rating"}, "single_rating", near=near)
    hits = [one for one in both if one.ratings[key].rating in ratings]
    return (
        (asked.values | typed | {"other_rating": other}, counted(hits, None))
        if ratings != asked.ratings
        else None
    )


def published_year(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    if asked is None:
        return None
    held = choose.table.within(asked.scope)
    years = [one.overall.date.year if one.overall.date else None for one in held]
    year = choose.random.choice(years)
    return (
        (
            asked.values | {"year": str(year)},
            counted([one for one, of in zip(held, years, strict=True) if of == year]),
        )
        if year
        else None
    )


# Figures beside each other ----------------------------------------------------------------------------------


def _compared(hits: Mapping[str, Sequence[Location]], values: Mapping[str, float], unit: str) -> Expected:
    """Every label with its figure, the winner first; ties as asked. The facts are the winners'."""
    return _told(sorted(values, key=lambda label: -values[label]), hits, values, unit)


def _ranked(
    hits: Mapping[str, Sequence[Location]], values: Mapping[str, float], unit: str, *, low: bool = False
) -> Expected:
    """The winners alone, with their figure; ties by label."""
    best = (min if low else max)(values.values())
    return _told(sorted(label for label in values if values[label] == best), hits, values, unit)


def _told(
    order: Sequence[str], hits: Mapping[str, Sequence[Location]], values: Mapping[str, float], unit: str
) -> Expected:
    winners = [label for label in order if values[label] == values[order[0]]]
    locations = tuple(location for label in winners for location in hits[label])
    figures = tuple((label, values[label], unit) for label in order[:20])
    return Expected(locations=locations, figures=figures, says=tuple(winners[:3]))


def compare_places(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    hits = {
        _label(place): choose.table.within(asked.kind.scope & place.scope, WHOLE, asked.ratings)
        for place in (asked.place, other)
    }
    return asked.values | {"other_place": other.typed}, _compared(
        hits, {label: len(found) for label, found in hits.items()}, "count"
    )


def _label(place: Chosen) -> str:
    [(value,)] = place.scope.values.values()
    return value


def compare_shares(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    scopes = {_label(place): asked.kind.scope & place.scope for place in (asked.place, other)}
    hits = {label: choose.table.within(scope, WHOLE, asked.ratings) for label, scope in scopes.items()}
    wholes = {label: len(choose.table.within(scope, WHOLE, SCALE)) for label, scope in scopes.items()}
    if not all(wholes.values()):
        return None
    values = {label: _percent(len(found), wholes[label]) for label, found in hits.items()}
    return asked.values | {"other_place": other.typed}, _compared(hits, values, "percent")


def compare_providers(choose: Chooser, wanted: set[str]) -> Filled:
    first = choose.provider()
    second = choose.provider(but=first[1]) if first else None
    if first is None or second is None:
        return None
    hits = {name: choose.table.within(Scope({"provider": (name,)})) for _, name in (first, second)}
    values = {"provider": first[0], "other_provider": second[0]}
    return values, _compared(hits, {name: len(found) for name, found in hits.items()}, "count")


def rank(*, low: bool = False, within: bool = False) -> Maker:
    def make(choose: Chooser, wanted: set[str]) -> Filled:
        chosen, asked = choose.word("group"), filters(choose, wanted)
        if chosen is None or asked is None:
            return None
        region = choose.place(choose.random.choice(choose.table.values("region")))
        scope = asked.kind.scope & region.scope if within else asked.kind.scope
        hits = choose.table.groups(choose.table.within(scope, WHOLE, () if low else asked.ratings), chosen[1])
        if not hits or (within and chosen[1] == "region"):
            return None
        values = asked.values | {"group": chosen[0], "region": region.typed}
        return values, _ranked(hits, {label: len(found) for label, found in hits.items()}, "count", low=low)

    return make


def rank_share(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    if asked is None:
        return None
    wholes = choose.table.groups(choose.table.within(asked.kind.scope, WHOLE, SCALE), "region")
    hits = {
        label: [one for one in found if one.overall.rating in asked.ratings]
        for label, found in wholes.items()
    }
    if not any(hits.values()):
        return None
    return asked.values, _ranked(
        hits, {label: _percent(len(hits[label]), len(wholes[label])) for label in hits}, "percent"
    )


# Providers --------------------------------------------------------------------------------------------------


def provider(*, rated: bool = False) -> Maker:
    def make(choose: Chooser, wanted: set[str]) -> Filled:
        provider = choose.provider()
        if provider is None:
            return None
        scope = Scope({"provider": (provider[1],)})
        typed, ratings = choose.rating(
            wanted, "rating", near=choose.random.choice(choose.table.within(scope)).overall.rating
        )
        hits = choose.table.within(scope, WHOLE, ratings if rated else ())
        return {"provider": provider[0], "rating": typed}, counted(hits)

    return make


# Follow-ups -------------------------------------------------------------------------------------------------


def follow_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    return asked.values | {"other_place": other.typed}, counted(
        choose.table.within(asked.kind.scope & other.scope, WHOLE, asked.ratings)
    )


def follow_rating(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted)
    if asked is None:
        return None
    near = choose.random.choice(choose.table.within(asked.scope)).overall.rating
    typed, ratings = choose.rating({"single_rating"}, "single_rating", near=near)
    return asked.values | {"other_rating": typed}, counted(choose.table.within(asked.scope, WHOLE, ratings))


def follow_those(choose: Chooser, wanted: set[str]) -> Filled:
    asked = filters(choose, wanted, rating="single_rating")
    return (asked.values, counted(choose.table.within(asked.scope, WHOLE, asked.ratings))) if asked else None


def follow_name(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = an_aspect(choose, wanted)
    first = choose.location(lambda one: key in one.ratings)
    second = choose.location(lambda one: key in one.ratings, first)
    if first is None or second is None:
        return None
    values |= {"name": choose.case(first.name), "other": choose.case(second.name)}
    return values, Expected(locations=(second,), key=key, says=(second.ratings[key].rating,))
