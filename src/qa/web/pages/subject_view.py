"""Everything known about one rated subject, laid out for its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.answering.natural import natural
from qa.facts.profile import overall
from qa.facts.subject_id import find_subject
from qa.question import query as q
from qa.question.distances import NEAR_MILES
from qa.question.query import WHOLE
from qa.records import Passage, RatingFact
from qa.service import Service
from qa.web.api import lookups
from qa.web.api.schemas import NamedSubject, NearSubject, SubjectDetails
from qa.web.pages.badges import Badge, badge
from qa.web.pages.chart_shapes import Timeline, timeline
from qa.web.pages.glossary_page import entry_href
from qa.web.pages.list_view import length_told, place_of, subject_href, value_href

MOST_PASSAGES = 3
_COORDINATES = frozenset(("latitude", "lat", "longitude", "long", "lng", "lon", "easting", "northing"))
_MOST_COLUMNS = 12
_ASPECTS = (
    "Safe",
    "Effective",
    "Caring",
    "Responsive",
    "Well-led",
)  # the order in which the regulator prints them; others follow in the order of reading


@dataclass(frozen=True, slots=True)
class Rated:
    """One current rating: of a key question, or of a service."""

    label: str
    badge: Badge
    fact: RatingFact
    href: str = ""  # the address that explains the label


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the page: a term, its text, and the addresses that it links to."""

    term: str
    words: str
    href: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another subject: its address, and what distinguishes it, or its distance."""

    name: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A subject's page."""

    name: str
    line: str
    whole: RatingFact | None
    badge: Badge
    questions: tuple[Rated, ...]
    services: tuple[Rated, ...]
    contradictory: tuple[Rated, ...]
    before: Badge | None
    timeline: Timeline | None
    terms: tuple[Term, ...]
    columns: tuple[Term, ...]
    notes: tuple[str, ...]
    sources: tuple[RatingFact, ...]
    passages: tuple[Passage, ...]
    namesakes: tuple[Neighbour, ...]
    more_namesakes: int
    near: tuple[Neighbour, ...]
    asks: tuple[str, ...]
    json: str
    explained: str  # the address that explains the overall rating, empty if nothing does


def subject_view(held: Service, identifier: str) -> SubjectView:
    """Lay out the page of a subject. Raises RequestError (404) if there is none with this id."""
    details = lookups.subject(held, identifier)
    whole = overall(details.current)
    facts = details.current or details.contradictory or details.history
    return SubjectView(
        name=details.name,
        line=_line(facts),
        whole=whole,
        badge=badge(whole.rating if whole else None),
        questions=tuple(sorted(_questions(held, details, whole), key=_order)),
        services=tuple(_services(details)),
        contradictory=tuple(_rated(fact, _service(fact) or fact.aspect) for fact in details.contradictory),
        before=_before(details, whole),
        timeline=timeline(details.history, held.scale, held.facts.dates[1]),
        terms=tuple(_terms(held, details)),
        columns=tuple(_columns(held, identifier)),
        notes=tuple(dict.fromkeys(fact.note for fact in facts if fact.note)),
        sources=_sources(facts),
        passages=held.search.naming(details.name, MOST_PASSAGES),
        namesakes=tuple(_neighbour(one, _apart(one)) for one in details.same_name),
        more_namesakes=details.same_name_total - len(details.same_name),
        near=tuple(map(_near, details.near)),
        asks=tuple(_asks(held, identifier, details, whole)),
        json=f"{subject_href(facts[0])}.json" if facts else "",
        explained=_explained(held, whole),
    )


def _before(details: SubjectDetails, whole: RatingFact | None) -> Badge | None:
    """The rating before, if no history shows it with its date."""
    before = whole.previous_rating if whole is not None and len(details.history) < 2 else None
    return badge(before) if before else None


def _explained(held: Service, whole: RatingFact | None) -> str:
    return entry_href(held, whole.rating) if whole is not None and whole.rating else ""


def _questions(held: Service, details: SubjectDetails, whole: RatingFact | None) -> Iterator[Rated]:
    """The current ratings of the whole place, besides the overall one."""
    for fact in details.current:
        if fact.service in (None, WHOLE) and fact is not whole:
            yield replace(_rated(fact, fact.aspect), href=entry_href(held, fact.aspect))


def _order(one: Rated) -> int:
    return _ASPECTS.index(one.label) if one.label in _ASPECTS else len(_ASPECTS)


def _services(details: SubjectDetails) -> Iterator[Rated]:
    for fact in details.current:
        if fact.service not in (None, WHOLE):
            yield _rated(fact, _service(fact))


def _sources(facts: Sequence[RatingFact]) -> tuple[RatingFact, ...]:
    """A fact of each of the first few tables that they are from."""
    return tuple({(fact.source.document, fact.source.url): fact for fact in facts}.values())[:3]


def _near(one: NearSubject) -> Neighbour:
    return _neighbour(NamedSubject(one.name, one.attributes, one.id), length_told(one.miles, "miles"))


def _line(facts: Sequence[RatingFact]) -> str:
    """``Residential social care · Ludlow, Shropshire``."""
    if not facts:
        return ""
    parts = (facts[0].attributes.get("kind"), place_of(facts[0]))
    return " · ".join(part for part in parts if part)


def _rated(fact: RatingFact, label: str) -> Rated:
    return Rated(label, badge(fact.rating), fact)


def _service(fact: RatingFact) -> str:
    service = fact.service or ""
    return (
        service
        if fact.aspect == WHOLE
        else f"{service}, {fact.aspect}"
        if service not in ("", WHOLE)
        else fact.aspect
    )


def _terms(held: Service, details: SubjectDetails) -> Iterator[Term]:
    told = details.attributes
    for field, term in (("provider", "Run by"), ("brand", "Brand")):
        if value := told.get(field):
            yield Term(term, value, value_href(field, value), _places_of(held, field, value))
    address = ", ".join(told[name] for name in ("street", "address", "town", "postcode") if told.get(name))
    if address and address != told.get("town"):
        yield Term("Address", address)
    for field, term in (("town", "Town"), ("local_authority", "Council"), ("region", "Region")):
        if value := told.get(field):
            yield Term(term, value, value_href(field, value))
    for field, term in (
        ("kind", "Kind"),
        ("type", "Type"),
        ("identifier", "Identifier"),
        ("provider_identifier", "Provider’s identifier"),
    ):
        if value := told.get(field):
            yield Term(term, value)


def _places_of(held: Service, field: str, value: str) -> str:
    """``(2 places: 1 Outstanding, 1 Good)``; empty for an owner with only this place."""
    split = lookups.ratings_where(held, field, value)
    total = sum(one.count for one in split)
    if total < 2:
        return ""
    if len(split) == 1:
        return f"({total:,} places, all {split[0].rating})"
    return f"({total:,} places: {', '.join(f'{one.count:,} {one.rating}' for one in split)})"


def _columns(held: Service, identifier: str) -> Iterator[Term]:
    """The values of the columns that only this table has."""
    subject = find_subject(held.facts, identifier)
    own = [field for field in held.facts.fields if field.own and field.name not in _COORDINATES][
        :_MOST_COLUMNS
    ]
    if subject is not None:
        for field in own:
            if value := held.facts.value_of(field, subject.id):
                yield Term(f"{field.label[:1].upper()}{field.label[1:]}", value)


def _neighbour(one: NamedSubject, words: str) -> Neighbour:
    return Neighbour(one.name, f"/subjects/{lookups.quoted(one.id)}", words)


def _apart(one: NamedSubject) -> str:
    parts = (one.attributes.get("kind"), one.attributes.get("town"), one.attributes.get("postcode"))
    return " · ".join(part for part in parts if part)


def _told_apart(details: SubjectDetails) -> str:
    """A name that means only this subject: with its town, if others have the same name; empty if that does
    not help.
    """
    if not details.same_name_total:
        return details.name
    town = details.attributes.get("town")
    others = {one.attributes.get("town") for one in details.same_name}
    apart = town and town not in others and len(details.same_name) == details.same_name_total
    return f"{details.name} in {town}" if apart else ""


def _asks(held: Service, identifier: str, details: SubjectDetails, whole: RatingFact | None) -> Iterator[str]:
    """Questions about the subject, and about those like it, that this corpus can answer."""
    if whole is not None and whole.previous_rating and (name := _told_apart(details)):
        yield f"What was {name} rated before?"
    if held.search.naming(details.name, 1):
        yield f"What do the reports say about {details.name}?"
    kind = _kind(details)
    for query in _queries_of_kind(held, identifier, details, kind) if kind else ():
        if question := natural(query, held.context):
            yield question


def _kind(details: SubjectDetails) -> q.Is | None:
    """What sort of place the subject is."""
    if details.attributes.get("care_home") == "Y":
        return q.Is("care_home", ("Y",))
    kind = details.attributes.get("kind")
    return q.Is("kind", (kind,)) if kind else None


def _queries_of_kind(
    held: Service, identifier: str, details: SubjectDetails, kind: q.Is
) -> Iterator[q.Query]:
    """Others of its kind nearby; how those in its town are rated, and which are the best."""
    subject = find_subject(held.facts, identifier)
    if subject is not None and details.near and not details.same_name:
        here = q.Near(q.Named((subject.id,), (details.name,)), NEAR_MILES)
        yield q.Query(q.conjunction(kind, here))
    told = details.attributes
    field = next((name for name in ("town", "local_authority", "region") if told.get(name)), None)
    if field is not None:
        parts = (kind, q.Is(field, (told[field],)))
        yield q.Query(q.conjunction(*parts), q.Count(), by=("rating",))
        best = held.scale.ratings[:1]
        yield q.Query(q.conjunction(*parts, q.Rated(best)) if best else q.conjunction(*parts))
