"""What is rated at a place, laid out for its page: one section for each meaning of its name."""

from __future__ import annotations

from dataclasses import dataclass

from qa.question.query import And, Condition, Is, Query
from qa.service import Service
from qa.web.api.schemas import Area, PlaceDetails, RatingCount
from qa.web.pages.badges import Badge
from qa.web.pages.chart_shapes import SplitPart, rating_badge, split
from qa.web.pages.chips import Readings
from qa.web.pages.list_address import ListAddress


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of place: the address of its list, its split, and how many have each rating of the section."""

    name: str
    href: str
    total: int
    split: tuple[SplitPart, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """One meaning of the name: "Ludlow", "town"."""

    name: str
    label: str
    href: str
    total: int
    split: tuple[SplitPart, ...]
    ratings: tuple[Badge, ...]
    kinds: tuple[KindRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place's page."""

    name: str
    areas: tuple[AreaView, ...]
    json: str


def place_view(held: Service, details: PlaceDetails, readings: Readings) -> PlaceView:
    """Lay out the page of a place."""
    areas = tuple(_area(held, area, readings) for area in details.areas)
    return PlaceView(details.areas[0].name, areas, f"/places/{details.id}.json")


def _area(held: Service, area: Area, readings: Readings) -> AreaView:
    scope = Is(area.field, (area.name,))
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
        held.context.field(area.field).label,
        _list_href(scope, readings),
        area.total,
        split(_pairs(area.ratings)),
        tuple(rating_badge(one.rating) for one in area.ratings),
        kinds,
    )


def _pairs(ratings: tuple[RatingCount, ...]) -> list[tuple[str, int]]:
    return [(one.rating, one.count) for one in ratings]


def _list_href(scope: Condition, readings: Readings) -> str:
    question = readings.asks((Query(scope),))
    return ListAddress((question,)).at("/list") if question else ""
