"""A list as a page shows it: rows with links, headings that sort, facets that filter, the split by rating, a
map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from qa.answering.distances import in_unit
from qa.facts.coordinates import Coordinates
from qa.facts.subject_id import id_of, slug
from qa.facts.whole_list import UNRATED, Facet, ListRequest, Sort, WholeList, whole_list
from qa.question.query import WHOLE, Query, nears
from qa.records import RatingFact
from qa.service import Service
from qa.web.pages.badges import Badge, badge
from qa.web.pages.chart_shapes import DotMap, SplitPart, dot_map, rating_badge, split
from qa.web.pages.list_address import PAGE, ListAddress

LEAST_LISTED = 4  # rows; with fewer, an answer is not called a list
_LEAST_FACETS = 6  # rows; a shorter list needs no filters
_LONGEST = 40  # characters of a facet's value


@dataclass(frozen=True, slots=True)
class ListRow:
    """One rating with the addresses of its subject and of its owner."""

    fact: RatingFact
    href: str
    place: str
    provider: str
    provider_href: str
    before: Badge | None
    now: Badge
    distance: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the address of the list sorted by it, and how it is sorted now ("ascending", "descending" or
    "none").
    """

    label: str
    css: str
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Pill:
    """A facet's value, the number of rows it leaves, and the address of the list with it, or
    without it if it is chosen.
    """

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list; addresses are empty if there is no such page."""

    rows: tuple[ListRow, ...]
    headings: tuple[Heading, ...]
    pills: tuple[tuple[str, tuple[Pill, ...]], ...]  # by the name of the facet
    split: tuple[SplitPart, ...]
    total: int
    whole: int
    first: int
    last: int
    chosen: tuple[str, ...]  # the values that filter it
    all_rated: str  # the rating that all rows have, empty where they differ
    unfiltered: str
    previous: str
    next: str
    csv: str
    workbook: str
    map: DotMap | None
    with_provider: bool
    with_service: bool
    with_aspect: bool
    with_before: bool
    with_distance: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The list behind an answer: its split by rating, and its address."""

    split: tuple[SplitPart, ...]
    whole: str


def listing(held: Service, query: Query, address: ListAddress) -> Listing | None:
    """Return the list behind an answer; ``None`` if it is no list, or a short one."""
    found = whole_list(query, held.facts, held.scale, ListRequest(limit=0), named=0)
    if found is None or found.whole < LEAST_LISTED:
        return None
    return Listing(split(found.split) if len(found.split) > 1 else (), address.at("/list"))


def list_view(held: Service, query: Query, listed: WholeList, address: ListAddress) -> ListView:
    """Lay out a page of a list."""
    unit = next((near.unit for near in nears(query)), "")
    off = [distance_told(miles, unit) for miles in listed.distances] or [""] * len(listed.facts)
    facts, first = listed.facts, PAGE * (address.page - 1)
    last = first + len(facts)
    return ListView(
        rows=tuple(map(list_row, facts, off)),
        headings=tuple(_headings(facts, address, measured=bool(listed.distances))),
        pills=tuple(_pills(held, listed, address)),
        split=split(listed.split) if len(listed.split) > 1 else (),
        total=listed.total,
        whole=listed.whole,
        first=first + 1,
        last=last,
        chosen=tuple(_chosen(address)),
        all_rated=rating_badge(listed.split[0][0]).words if len(listed.split) == 1 else "",
        unfiltered=address.without_filters().at("/list") if address.filters else "",
        previous=address.on(address.page - 1).at("/list") if address.page > 1 else "",
        next=address.on(address.page + 1).at("/list") if last < listed.total else "",
        csv=address.at("/answer.csv"),
        workbook=address.at("/answer.xlsx"),
        map=_map(held, listed),
        with_provider=_several_owners(facts),
        with_service=any(fact.service not in (None, WHOLE) for fact in facts),
        with_aspect=any(fact.aspect != WHOLE for fact in facts),
        with_before=mostly_with_before(facts),
        with_distance=bool(listed.distances),
    )


def _chosen(address: ListAddress) -> Iterator[str]:
    """The values that filter the list, as the page writes them."""
    for field, value in address.filters:
        yield rating_badge(value).words if field == "rating" else value


def mostly_with_before(facts: Sequence[RatingFact]) -> bool:
    """Whether a column of previous ratings is worth showing: if at least half of the rows have one."""
    return 0 < len(facts) <= 2 * sum(fact.previous_rating is not None for fact in facts)


def _several_owners(facts: Sequence[RatingFact]) -> bool:
    """Whether the "Run by" column is worth showing: not if one owner runs everything."""
    owners = {fact.attributes.get("provider", "") for fact in facts}
    return len(owners) > 1 or (len(facts) == 1 and owners != {""})


def distance_told(miles: float | None, unit: str) -> str:
    """Return a distance as tables show it: ``1.2 miles``; an unknown one is said to be unknown."""
    return "not known" if miles is None else length_told(in_unit(miles, unit), unit)


def length_told(length: float, unit: str) -> str:
    """``1.2 miles``; ``under 0.1 miles`` instead of zero."""
    return f"{length:.1f} {unit}" if round(length, 1) else f"under 0.1 {unit}"


def list_row(fact: RatingFact, distance: str = "") -> ListRow:
    """Lay out one rating, with the distance of its subject if the question asks for distances."""
    provider = fact.attributes.get("provider", "")
    return ListRow(
        fact,
        subject_href(fact),
        place_of(fact),
        provider,
        value_href("provider", provider) if provider else "",
        badge(fact.previous_rating) if fact.previous_rating is not None else None,
        badge(fact.rating),
        distance,
    )


def subject_href(fact: RatingFact) -> str:
    """Return the address of the page of a fact's subject."""
    return f"/subjects/{quote(id_of(fact))}"


def value_href(field: str, value: str) -> str:
    """Return the address of a provider's, a brand's or a place's page."""
    section = {"provider": "providers", "brand": "brands"}.get(field, "places")
    return f"/{section}/{quote(slug(value))}"


def place_of(fact: RatingFact) -> str:
    """Return town and council, each once: ``Ludlow, Shropshire``."""
    parts = (fact.attributes.get("town"), fact.attributes.get("local_authority"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _headings(facts: tuple[RatingFact, ...], address: ListAddress, *, measured: bool) -> Iterator[Heading]:
    columns: list[tuple[str, Sort, str]] = [("Name", "subject", "")]
    if _several_owners(facts):
        columns.append(("Run by", "provider", ""))
    columns += [("Distance", "distance", "")] if measured else []
    columns += [("Rating", "rating", ""), ("Published", "published", "")]
    for label, sort, css in columns:
        way = "none" if address.sort != sort else "descending" if address.descending else "ascending"
        yield Heading(label, css, address.sorted_by(sort).at("/list"), way)


def _pills(held: Service, listed: WholeList, address: ListAddress) -> Iterator[tuple[str, tuple[Pill, ...]]]:
    """The facets with their values; none of a short list, unless it is one because of its filters."""
    if listed.whole < _LEAST_FACETS and not address.filters:
        return
    for facet in listed.facets:
        pills = tuple(
            _pill(facet, place, address)
            for place, one in enumerate(facet.values)
            if one.chosen or 0 < one.count < listed.whole
        )
        if pills:
            label = "Rating" if facet.field == "rating" else held.context.field(facet.field).label
            yield f"{label[:1].upper()}{label[1:]}", pills


def _pill(facet: Facet, place: int, address: ListAddress) -> Pill:
    one = facet.values[place]
    label = rating_badge(one.value).words if facet.field == "rating" else one.value
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    return Pill(short, one.count, address.with_filter(facet.field, one.value).at("/list"), one.chosen)


def _map(held: Service, listed: WholeList) -> DotMap | None:
    found = Coordinates.of(held.facts)
    if found is None:
        return None
    ratings = [word if word is not None else UNRATED for word in listed.ratings]
    known = found.known[listed.subjects]
    latitude, longitude = found.latitude[listed.subjects].copy(), found.longitude[listed.subjects].copy()
    latitude[~known] = longitude[~known] = float("nan")
    return dot_map(latitude, longitude, ratings, [word for word, _ in listed.split])
