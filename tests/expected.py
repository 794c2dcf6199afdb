"""What each kind of question must be answered with: one function a kind, which chooses the slots' values and counts the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from made import NOWHERE, UNKNOWN_NAMES, Chooser, Chosen
from plain_table import SCALE, WHOLE, Key, Location, Scope

from qa.records import Answer, RatingFact

MOST_FACTS = 50
FigureTold = tuple[str | None, float | str, str]  # label, where it matters; value; unit


@dataclass(frozen=True)
class Expected:
    """What an answer must say. ``key`` is the service and aspect that its facts are about; ``None`` where either of two may be told.

    A question for yes or no may be put so that a plain answer does as well; a wrong "yes" or "no" never does.
    """

    status: str = "answered"
    locations: tuple[Location, ...] = ()
    key: Key | None = WHOLE
    figures: tuple[FigureTold, ...] = ()  # at the head of the answer's figures, in this order
    says: tuple[str, ...] = ()  # in the text
    names_first: str = ""  # the text begins with it
    yes: bool | None = None

    def faults(self, answer: Answer, *, strict: bool = True) -> list[str]:
        """Every way in which ``answer`` is not as expected; unless ``strict``, a yes or no may be left unsaid."""
        if answer.status != self.status:
            return [f"status is {answer.status}, not {self.status}"]
        text = answer.answer.text
        wrong = [*self._faults_of_facts(answer), *self._faults_of_figures(answer)]
        wrong += [f"text does not say {words!r}" for words in self.says if words.casefold() not in text.casefold()]
        wrong += [] if text.startswith(self.names_first) else [f"text does not begin with {self.names_first!r}"]
        said = {"Yes": True, "No": False}.get(text.partition(".")[0])
        if self.yes is not None and said is not self.yes and (strict or said is not None):
            wrong.append(f"text says {said}, not {self.yes}")
        return wrong

    def _faults_of_figures(self, answer: Answer) -> list[str]:
        told: list[FigureTold] = [(figure.label, figure.value, figure.unit) for figure in answer.figures]
        told += [("", "none", "")] * len(self.figures)
        return [
            f"figure {place} is {found}, not {wanted}"
            for place, (found, wanted) in enumerate(zip(told, self.figures, strict=False), 1)
            if found[1:] != wanted[1:] or wanted[0] not in (None, found[0])
        ]

    def _faults_of_facts(self, answer: Answer) -> list[str]:
        wanted = {location.identifier: location for location in self.locations}
        told = [fact.attributes.get("identifier", "") for fact in answer.facts]
        wrong = []
        if answer.facts_total != len(wanted):
            wrong.append(f"facts_total is {answer.facts_total}, not {len(wanted)}")
        if len(set(told)) != len(told) or len(told) != min(len(wanted), MOST_FACTS) or not wanted.keys() >= set(told):
            wrong.append(f"facts are {len(told)} of which {len(set(told) - wanted.keys())} are wrong, not {len(wanted)}")
        return wrong + [f"untrue fact {fact.id}" for fact in answer.facts if not self._true(fact, wanted)]

    def _true(self, fact: RatingFact, wanted: Mapping[str, Location]) -> bool:
        key, location = (fact.service or "Overall", fact.aspect), wanted.get(fact.attributes.get("identifier", ""))
        if location is None or (self.key is not None and key != self.key):
            return location is None  # told above
        rated = location.ratings[key]
        return (fact.subject, fact.rating, fact.published, fact.previous_rating) == (location.name, rated.rating, rated.date, rated.before)


NOT_FOUND = Expected("not_found")
Filled = tuple[dict[str, str], Expected] | None
Maker = Callable[[Chooser, set[str]], Filled]


def _counted(locations: Sequence[Location], key: Key | None = WHOLE) -> Expected:
    return Expected(locations=tuple(locations), key=key, figures=((None, len(locations), "count"),))


# One location -------------------------------------------------------------------------------------------------------


def _lookup(choose: Chooser, location: Location | None, key: Key, values: dict[str, str]) -> Filled:
    if location is None:
        return None
    typed = {"name": choose.case(location.name)} | values
    if key not in location.ratings:
        return typed, NOT_FOUND
    return typed, Expected(locations=(location,), key=key, says=(location.ratings[key].rating,))


def _lookup_overall(choose: Chooser, wanted: set[str]) -> Filled:
    return _lookup(choose, choose.location(), WHOLE, {})


def _aspect(choose: Chooser, wanted: set[str]) -> tuple[dict[str, str], Key]:
    typed, aspect = choose.word(
        "quality" if "quality" in wanted else "aspect", lambda aspect: ("Overall", aspect) in choose.table.keys
    ) or ("", "")
    return {"aspect": typed, "quality": typed}, ("Overall", aspect)


def _lookup_aspect(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = _aspect(choose, wanted)
    return _lookup(choose, choose.location(), key, values) if key[1] else None


def _lookup_service(choose: Chooser, wanted: set[str]) -> Filled:
    typed, service = choose.word("service") or ("", "")
    key = (service, "Overall")
    return _lookup(choose, choose.location(lambda one: key in one.ratings), key, {"service": typed})


def _rated(choose: Chooser, but: Location | None = None) -> Location | None:
    return choose.location(lambda one: WHOLE in one.ratings, but)


def _when(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.date is not None)
    if location is None or (date := location.overall.date) is None:
        return None
    figures: tuple[FigureTold, ...] = ((None, date.isoformat(), "date"),)
    return {"name": choose.case(location.name)}, Expected(locations=(location,), figures=figures, says=(f"{date.day} {date:%B %Y}",))


def _who_runs(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.columns["provider"] not in ("", "-"))
    told = location and Expected(locations=(location,), says=(location.columns["provider"],))
    return ({"name": choose.case(location.name)}, told) if location and told else None


def _yes_no_rating(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE)
    if location is None:
        return None
    now = location.overall.rating
    typed, words = choose.rating(wanted, "single_rating", near=now)
    expected = Expected(locations=(location,), says=(now,), yes=now in words)
    return {"name": choose.case(location.name), "single_rating": typed}, expected


def _shared_name(choose: Chooser, wanted: set[str]) -> Filled:
    group = choose.random.choice(choose.shared) if choose.shared else None
    if not group or len({one.name for one in group}) > 1:
        return None
    return {"shared": choose.case(group[0].name)}, Expected("ambiguous", tuple(group))


def _shared_settled(choose: Chooser, wanted: set[str]) -> Filled:
    group = choose.random.choice(choose.shared) if choose.shared else []
    alone = [one for one in group if [other.columns["town"] for other in group].count(one.columns["town"]) == 1]
    if not alone or len({one.name for one in group}) > 1:
        return None
    location = choose.random.choice(alone)
    told = {"shared": choose.case(location.name), "town": choose.case(location.columns["town"])}
    return told, Expected(locations=(location,), says=(location.overall.rating,))


def _compare_subjects(choose: Chooser, wanted: set[str]) -> Filled:
    first = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE)
    second = choose.location(lambda one: WHOLE in one.ratings and one.overall.rating in SCALE, first)
    if first is None or second is None:
        return None
    values = {"name": choose.case(first.name), "other": choose.case(second.name)}
    return values, Expected(locations=(first, second), says=(first.overall.rating, second.overall.rating), names_first=_lead(first, second))


def _lead(first: Location, second: Location) -> str:
    """The better rated one is named first."""
    better, worse = sorted((first, second), key=lambda one: SCALE.index(one.overall.rating))
    return "" if better.overall.rating == worse.overall.rating else better.name


# Many locations -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """A kind and a place that some location fits, and a rating."""

    values: dict[str, str]
    place: Chosen
    kind: Chosen
    ratings: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        return self.place.scope & self.kind.scope


def _asked(choose: Chooser, wanted: set[str], key: Key = WHOLE, rating: str = "rating") -> _Asked | None:
    kind = choose.kind()
    held = choose.table.within(kind.scope, key)
    if not held:
        return None
    location = choose.random.choice(held)
    place = choose.place_of(location)
    if not choose.table.within(place.scope & kind.scope):  # the place's name stands for another one
        return None
    typed, ratings = choose.rating(wanted, rating, near=location.ratings[key].rating)
    values = {"kind": kind.typed, "place": place.typed, "rating": typed, "that_is": typed, "single_rating": typed}
    return _Asked(values, place, kind, ratings)


def _filtered(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    return (asked.values, _counted(choose.table.within(asked.scope, WHOLE, asked.ratings))) if asked else None


def _count_kind_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    return (asked.values, _counted(choose.table.within(asked.scope))) if asked else None


def _count_rating_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    return (asked.values, _counted(choose.table.within(asked.place.scope, WHOLE, asked.ratings))) if asked else None


def _by_aspect(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = _aspect(choose, wanted)
    asked = _asked(choose, wanted, key) if key[1] else None
    return (asked.values | values, _counted(choose.table.within(asked.scope, key, asked.ratings), key)) if asked else None


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def _share(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
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


def _checked(verdict: Callable[[int, int], bool], *, exceptions: bool = False) -> Maker:
    """A question for yes or no about a scope; ``exceptions`` are what a "no" rests on."""

    def make(choose: Chooser, wanted: set[str]) -> Filled:
        asked = _asked(choose, wanted)
        if asked is None:
            return None
        whole, hits = choose.table.within(asked.scope), choose.table.within(asked.scope, WHOLE, asked.ratings)
        yes = verdict(len(hits), len(whole))
        told = [one for one in whole if one not in hits] if exceptions and not yes else hits
        return asked.values, Expected(locations=tuple(told), figures=((None, len(hits), "count"),), yes=yes)

    return make


def _combination(choose: Chooser, wanted: set[str]) -> Filled:
    typed, key = _aspect(choose, wanted)
    asked = _asked(choose, wanted, rating="single_rating") if key[1] else None
    if asked is None:
        return None
    both = [one for one in choose.table.within(asked.scope, WHOLE, asked.ratings) if key in one.ratings]
    near = choose.random.choice(both).ratings[key].rating if both else None
    other, ratings = choose.rating({"single_rating"}, "single_rating", near=near)
    hits = [one for one in both if one.ratings[key].rating in ratings]
    return (asked.values | typed | {"other_rating": other}, _counted(hits, None)) if ratings != asked.ratings else None


def _published_year(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    if asked is None:
        return None
    held = choose.table.within(asked.scope)
    years = [one.overall.date.year if one.overall.date else None for one in held]
    year = choose.random.choice(years)
    return (
        (asked.values | {"year": str(year)}, _counted([one for one, of in zip(held, years, strict=True) if of == year])) if year else None
    )


# Figures beside each other ------------------------------------------------------------------------------------------


def _ranked(hits: Mapping[str, Sequence[Location]], values: Mapping[str, float], unit: str, *, low: bool = False) -> Expected:
    """Every label with its figure, the winner first; ties by label. The facts are the winners'."""
    order = sorted(values, key=lambda label: (values[label] if low else -values[label], label))
    winners = [label for label in order if values[label] == values[order[0]]]
    locations = tuple(location for label in winners for location in hits[label])
    figures = tuple((label, values[label], unit) for label in order[:20])
    return Expected(locations=locations, figures=figures, says=tuple(winners[:12]))


def _compare_places(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    hits = {_label(place): choose.table.within(asked.kind.scope & place.scope, WHOLE, asked.ratings) for place in (asked.place, other)}
    return asked.values | {"other_place": other.typed}, _ranked(hits, {label: len(found) for label, found in hits.items()}, "count")


def _label(place: Chosen) -> str:
    [(value,)] = place.scope.values.values()
    return value


def _compare_shares(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    scopes = {_label(place): asked.kind.scope & place.scope for place in (asked.place, other)}
    hits = {label: choose.table.within(scope, WHOLE, asked.ratings) for label, scope in scopes.items()}
    wholes = {label: len(choose.table.within(scope, WHOLE, SCALE)) for label, scope in scopes.items()}
    if not all(wholes.values()):
        return None
    values = {label: _percent(len(found), wholes[label]) for label, found in hits.items()}
    return asked.values | {"other_place": other.typed}, _ranked(hits, values, "percent")


def _compare_providers(choose: Chooser, wanted: set[str]) -> Filled:
    first = choose.provider()
    second = choose.provider(but=first[1]) if first else None
    if first is None or second is None:
        return None
    hits = {name: choose.table.within(Scope({"provider": (name,)})) for _, name in (first, second)}
    values = {"provider": first[0], "other_provider": second[0]}
    return values, _ranked(hits, {name: len(found) for name, found in hits.items()}, "count")


def _rank(*, low: bool = False, within: bool = False) -> Maker:
    def make(choose: Chooser, wanted: set[str]) -> Filled:
        chosen, asked = choose.word("group"), _asked(choose, wanted)
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


def _rank_share(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    if asked is None:
        return None
    wholes = choose.table.groups(choose.table.within(asked.kind.scope, WHOLE, SCALE), "region")
    hits = {label: [one for one in found if one.overall.rating in asked.ratings] for label, found in wholes.items()}
    if not any(hits.values()):
        return None
    return asked.values, _ranked(hits, {label: _percent(len(hits[label]), len(wholes[label])) for label in hits}, "percent")


# Providers ----------------------------------------------------------------------------------------------------------


def _provider(*, rated: bool = False) -> Maker:
    def make(choose: Chooser, wanted: set[str]) -> Filled:
        provider = choose.provider()
        if provider is None:
            return None
        scope = Scope({"provider": (provider[1],)})
        typed, ratings = choose.rating(wanted, "rating", near=choose.random.choice(choose.table.within(scope)).overall.rating)
        hits = choose.table.within(scope, WHOLE, ratings if rated else ())
        return {"provider": provider[0], "rating": typed}, _counted(hits)

    return make


# Follow-ups ---------------------------------------------------------------------------------------------------------


def _follow_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    other = choose.other_place(asked.place) if asked else None
    if asked is None or other is None:
        return None
    return asked.values | {"other_place": other.typed}, _counted(choose.table.within(asked.kind.scope & other.scope, WHOLE, asked.ratings))


def _follow_rating(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted)
    if asked is None:
        return None
    near = choose.random.choice(choose.table.within(asked.scope)).overall.rating
    typed, ratings = choose.rating({"single_rating"}, "single_rating", near=near)
    return asked.values | {"other_rating": typed}, _counted(choose.table.within(asked.scope, WHOLE, ratings))


def _follow_those(choose: Chooser, wanted: set[str]) -> Filled:
    asked = _asked(choose, wanted, rating="single_rating")
    return (asked.values, _counted(choose.table.within(asked.scope, WHOLE, asked.ratings))) if asked else None


def _follow_name(choose: Chooser, wanted: set[str]) -> Filled:
    values, key = _aspect(choose, wanted)
    first = choose.location(lambda one: key in one.ratings)
    second = choose.location(lambda one: key in one.ratings, first)
    if first is None or second is None:
        return None
    values |= {"name": choose.case(first.name), "other": choose.case(second.name)}
    return values, Expected(locations=(second,), key=key, says=(second.ratings[key].rating,))


# What is not there --------------------------------------------------------------------------------------------------


def _unknown_name(choose: Chooser, wanted: set[str]) -> Filled:
    name = choose.absent(UNKNOWN_NAMES)
    return ({"unknown": choose.case(name)}, NOT_FOUND) if name else None


def _unknown_place(choose: Chooser, wanted: set[str]) -> Filled:
    asked, place = _asked(choose, wanted), choose.absent(NOWHERE)
    return (asked.values | {"nowhere": choose.case(place)}, NOT_FOUND) if asked and place else None


def _not_held(choose: Chooser, wanted: set[str]) -> Filled:
    location, asked = _rated(choose), _asked(choose, wanted)
    return ({"name": choose.case(location.name), "place": asked.place.typed}, NOT_FOUND) if location and asked else None


# Two directories ----------------------------------------------------------------------------------------------------


def _before(choose: Chooser, wanted: set[str]) -> Filled:
    location = _rated(choose)
    if location is None:
        return None
    before = location.overall.before
    told = Expected(locations=(location,), says=(before,)) if before else NOT_FOUND
    return {"name": choose.case(location.name)}, told


def _changed(choose: Chooser, wanted: set[str]) -> Filled:
    location = choose.location(lambda one: WHOLE in one.ratings and one.overall.change is not None)
    if location is None:
        return None
    says = (location.overall.rating, str(location.overall.before))
    return {"name": choose.case(location.name)}, Expected(locations=(location,), says=says)


def _moved(change: int) -> Maker:
    def make(choose: Chooser, wanted: set[str]) -> Filled:
        asked = _asked(choose, wanted)
        if asked is None:
            return None
        return asked.values, _counted([one for one in choose.table.within(asked.scope) if one.overall.change == change])

    return make


MAKERS: Mapping[str, Maker] = {
    "lookup_overall": _lookup_overall,
    "lookup_aspect": _lookup_aspect,
    "lookup_service": _lookup_service,
    "when": _when,
    "who_runs": _who_runs,
    "count_kind_rating_place": _filtered,
    "count_kind_place": _count_kind_place,
    "count_rating_place": _count_rating_place,
    "count_aspect": _by_aspect,
    "list_kind_rating_place": _filtered,
    "list_aspect": _by_aspect,
    "share": _share,
    "compare_subjects": _compare_subjects,
    "compare_places": _compare_places,
    "compare_shares": _compare_shares,
    "compare_providers": _compare_providers,
    "rank_most": _rank(),
    "rank_fewest": _rank(low=True),
    "rank_within": _rank(within=True),
    "rank_share": _rank_share,
    "provider_count": _provider(),
    "provider_rating": _provider(rated=True),
    "provider_list": _provider(),
    "yes_no_rating": _yes_no_rating,
    "any_place": _checked(lambda hits, whole: hits > 0),
    "all_place": _checked(lambda hits, whole: hits == whole, exceptions=True),
    "none_place": _checked(lambda hits, whole: hits == 0),
    "combination": _combination,
    "published_year": _published_year,
    "shared_name": _shared_name,
    "shared_settled": _shared_settled,
    "follow_place": _follow_place,
    "follow_rating": _follow_rating,
    "follow_those": _follow_those,
    "follow_aspect": _lookup_aspect,
    "follow_when": _when,
    "follow_name": _follow_name,
    "follow_provider": _who_runs,
    "unknown_name": _unknown_name,
    "unknown_place": _unknown_place,
    "not_held": _not_held,
    "not_held_place": _not_held,
}
HISTORY_MAKERS: Mapping[str, Maker] = {
    "history_before": _before,
    "history_changed": _changed,
    "history_improved": _moved(1),
    "history_worsened": _moved(-1),
    "history_follow": _before,
}
