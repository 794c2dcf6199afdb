"""What is rated at a place, laid out for its page: one section for each meaning of its name, with the first
places, the filters, and questions about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.answering.natural import natural
from qa.facts.run import run
from qa.facts.whole_list import ListRequest, WholeList, whole_list
from qa.question.distances import NEAR_MILES
from qa.question.query import And, Condition, Count, Is, Near, Query, Rated, conjunction
from qa.service import Service
from qa.web.api.schemas import Area, PlaceDetails, RatingCount
from qa.web.pages.badges import Badge
from qa.web.pages.chart_shapes import SplitPart, rating_badge, split
from qa.web.pages.chips import Readings
from qa.web.pages.list_address import ListAddress
from qa.web.pages.list_view import ListView, list_view, value_href

FIRST = 5  # places that a section lists
MOST_ASKS = 5
_WIDER = ("local_authority", "region")  # what a place may lie in, the smallest first
_ADDRESS = "address"  # a second line of an address, which adds little to a town or council of the same name
_MOST_KINDS = 3  # kinds that questions are offered about


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of place: the address of its list, its split, and how many have each rating of the section."""

    name: str
    href: str
    total: int
    split: tuple[SplitPart, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wider:
    """A larger place that contains this one: "Shropshire", "council area"."""

    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class AreaView:
    """One meaning of the name: "Ludlow", "postal town". ``listed`` has its first places; it is ``None``, and
    ``href`` empty, if no question lists them.
    """

    name: str
    label: str
    href: str
    total: int
    split: tuple[SplitPart, ...]
    ratings: tuple[Badge, ...]
    kinds: tuple[KindRow, ...]
    listed: ListView | None
    wider: tuple[Wider, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place's page."""

    name: str
    areas: tuple[AreaView, ...]
    asks: tuple[str, ...]
    json: str


def place_view(held: Service, details: PlaceDetails, readings: Readings) -> PlaceView:
    """Lay out the page of a place. Columns that mean the same places by its name share a section."""
    areas = list[AreaView]()
    seen = dict[bytes, int]()
    told = [area for area in details.areas if area.field != _ADDRESS] or details.areas
    for area in told:
        listed = _first_places(held, area)
        same = seen.setdefault(listed.subjects.tobytes() if listed else area.field.encode(), len(areas))
        if same < len(areas):
            label = f"{areas[same].label} and {_label(held, area)}"
            areas[same] = replace(areas[same], label=label)
        else:
            areas.append(_area(held, area, listed, readings, mapped=not areas))
    asks = tuple(_asks(held, told[0]))[:MOST_ASKS]
    return PlaceView(told[0].name, tuple(areas), asks, f"/places/{details.id}.json")


def _first_places(held: Service, area: Area) -> WholeList | None:
    query = Query(Is(area.field, (area.name,)))
    return whole_list(query, held.facts, held.scale, ListRequest(limit=FIRST))


def _area(
    held: Service, area: Area, listed: WholeList | None, readings: Readings, *, mapped: bool
) -> AreaView:
    """Lay out one meaning; ``mapped`` is whether its places are drawn, as those of the first are."""
    scope = Is(area.field, (area.name,))
    question = readings.asks((Query(scope),))
    address = ListAddress((question,)) if question else None
    places = list_view(held, Query(scope), listed, address) if listed and address else None
    kinds = tuple(
        KindRow(
            one.kind,
            _list_href(And((scope, Is("kind", (one.kind,)))), readings),
            one.total,
            split(_pairs(one.ratings)),
            tuple(dict(_pairs(one.ratings)).get(rating.rating, 0) for rating in area.ratings),
        )
        for one in area.kinds
    )
    return AreaView(
        area.name,
        _label(held, area),
        address.at("/list") if address else "",
        area.total,
        split(_pairs(area.ratings)),
        tuple(rating_badge(one.rating) for one in area.ratings),
        kinds,
        places if places is None or mapped else replace(places, map=None),
        tuple(_wider(held, area)),
    )


def _label(held: Service, area: Area) -> str:
    return held.context.field(area.field).label


def _pairs(ratings: tuple[RatingCount, ...]) -> list[tuple[str, int]]:
    return [(one.rating, one.count) for one in ratings]


def _list_href(scope: Condition, readings: Readings) -> str:
    question = readings.asks((Query(scope),))
    return ListAddress((question,)).at("/list") if question else ""


def _wider(held: Service, area: Area) -> Iterator[Wider]:
    """The larger places that contain this one: all its places are in them, and others are, too."""
    scope = Is(area.field, (area.name,))
    for field in _WIDER[_WIDER.index(area.field) + 1 :] if area.field in _WIDER else _WIDER:
        if held.facts.field(field) is None:
            continue
        groups = run(Query(scope, Count(), by=(field,)), held.facts, held.scale, limit=2).groups
        if len(groups) == 1 and round(groups[0].figure) == area.total:
            name = groups[0].labels[0]
            yield Wider(name, held.context.field(field).label, value_href(field, name))


def _asks(held: Service, area: Area) -> Iterator[str]:
    """Questions about the place that the tables answer: how its kinds are rated, the best and worst of the
    first kind, and what is near.
    """
    here = Is(area.field, (area.name,))
    offered = (conjunction(kind, here) for kind in held.offers.kinds)
    scopes = [scope for scope in offered if _holds(held, scope)][:_MOST_KINDS] or [here]
    near = conjunction(*(part for part in held.offers.kinds[:1]), Near(here, NEAR_MILES))
    ratings = held.scale.ratings
    queries = [Query(scopes[0], Count(), by=("rating",))]
    queries += [Query(conjunction(scopes[0], Rated((one,)))) for one in (*ratings[:1], *ratings[-1:])]
    queries += [Query(near), *(Query(scope) for scope in scopes[1:])]
    for query in queries:
        if _holds(held, query.scope) and (question := natural(query, held.context)):
            yield question


def _holds(held: Service, scope: Condition) -> bool:
    found = run(Query(scope), held.facts, held.scale, limit=1)
    return found.total > 0 and not found.missing
