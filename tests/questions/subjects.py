"""Questions about one or two locations: ratings, dates, providers, what came before, and what is
not there.
"""

from __future__ import annotations

from questions.choosing import NOWHERE, UNKNOWN_NAMES, Chooser
from questions.expected import NOT_FOUND, Expected, FigureTold, counted
from questions.filling import Filled, Maker, a_rated, an_aspect, filters
from questions.plain_table import SCALE, WHOLE, Key, Location


def _lookup(choose: Chooser, location: Location | None, key: Key, values: dict[str, str]) -> Filled:
    if location is None:
        return None
    typed = {"name": choose.case(location.name)} | values
    if key not in location.ratings:
        return typed, NOT_FOUND
    return typed, Expected(locations=(location,), key=key, says=(location.ratings[key].rating,))


def lookup_overall(choose: Chooser, wanted: set[str]) -> Filled:
    return _lookup(choose, choose.location(), WHOLE, {})


def lookup_aspect(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = an_aspect(choose, wanted)
    return _lookup(choose, choose.location(), key, values) if key[1] else None


def lookup_service(choose: Chooser, wanted: set[str]) -> Filled:
    typed, service = choose.word("service") or ("", "")
    key = (service, "Overall")
    return _lookup(choose, choose.location(lambda one: key in one.ratings), key, {"service": typed})


def when(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.date is not None)
    if location is None or (date := location.overall.date) is None:
        return None
    figures: tuple[FigureTold, ...] = ((None, date.isoformat(), "date"),)
    return {"name": choose.case(location.name)}, Expected(
        locations=(location,), figures=figures, says=(f"{date.day} {date:%B %Y}",)
    )


def who_runs(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.columns["provider"] not in ("", "-"))
    told = location and Expected(locations=(location,), says=(location.columns["provider"],))
    return ({"name": choose.case(location.name)}, told) if location and told else None


def yes_no_rating(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE)
    if location is None:
        return None
    now = location.overall.rating
    typed, words = choose.rating(wanted, "single_rating", near=now)
    expected = Expected(locations=(location,), says=(now,), yes=now in words)
    return {"name": choose.case(location.name), "single_rating": typed}, expected


def shared_name(choose: Chooser, wanted: set[str]) -> Filled:
    # Who runs them is no question of which is meant where one provider runs them all.
    groups = [group for group in choose.shared if len({one.folded["provider"] for one in group}) > 1]
    group = choose.random.choice(groups) if groups else None
    if not group or len({one.name for one in group}) > 1:
        return None
    return {"shared": choose.case(group[0].name)}, Expected("ambiguous", tuple(group))


def shared_settled(choose: Chooser, wanted: set[str]) -> Filled:
    group = choose.random.choice(choose.shared) if choose.shared else []
    alone = [
        one for one in group if [other.columns["town"] for other in group].count(one.columns["town"]) == 1
    ]
    if not alone or len({one.name for one in group}) > 1:
        return None
    location = choose.random.choice(alone)
    told = {"shared": choose.case(location.name), "town": choose.case(location.columns["town"])}
    return told, Expected(locations=(location,), says=(location.overall.rating,))


def compare_subjects(choose: Chooser, wanted: set[str]) -> Filled:
    first = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE)
    second = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE, first)
    if first is None or second is None:
        return None
    values = {"name": choose.case(first.name), "other": choose.case(second.name)}
    return values, Expected(
        locations=(first, second),
        says=(first.overall.rating, second.overall.rating),
        names_first=_lead(first, second),
    )


def _lead(first: Location, second: Location) -> str:
    """The better rated one is named first."""
    better, worse = sorted((first, second), key=lambda one: SCALE.index(one.overall.rating))
    return "" if better.overall.rating == worse.overall.rating else better.name


# What is not there ------------------------------------------------------------------------------------------


def unknown_name(choose: Chooser, wanted: set[str]) -> Filled:
    name = choose.absent(UNKNOWN_NAMES)
    return ({"unknown": choose.case(name)}, NOT_FOUND) if name else None


def unknown_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked, place = filters(choose, wanted), choose.absent(NOWHERE)
    return (asked.values | {"nowhere": choose.case(place)}, NOT_FOUND) if asked and place else None


def not_held(choose: Chooser, wanted: set[str]) -> Filled:
    location, asked = a_rated(choose), filters(choose, wanted)
    return (
        ({"name": choose.case(location.name), "place": asked.place.typed}, NOT_FOUND)
        if location and asked
        else None
    )


# Two directories --------------------------------------------------------------------------------------------


def before(choose: Chooser, wanted: set[str]) -> Filled:
    location = a_rated(choose)
    if location is None:
        return None
    before = location.overall.before
    told = Expected(locations=(location,), says=(before,)) if before else NOT_FOUND
    return {"name": choose.case(location.name)}, told


def changed(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.change is not None)
    if location is None:
        return None
    says = (location.overall.rating, str(location.overall.before))
    return {"name": choose.case(location.name)}, Expected(locations=(location,), says=says)


def moved(change: int) -> Maker:
    """Which of a scope moved; where no earlier rating of any of them is held, that is not known."""

    def make(choose: Chooser, wanted: set[str]) -> Filled:
        asked = filters(choose, wanted)
        if asked is None:
            return None
        held = choose.table.within(asked.scope)
        known = any(one.overall.before for one in held)
        return asked.values, counted(
            [one for one in held if one.overall.change == change]
        ) if known else NOT_FOUND

    return make
