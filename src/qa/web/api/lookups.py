"""Look-ups in the corpus, shared by the endpoints, the pages and the MCP tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NoReturn
from urllib.parse import quote

from qa.errors import RequestError
from qa.facts import FactStore, Subject
from qa.facts.columns import value_key
from qa.facts.profile import profile
from qa.facts.subject_id import find_subject, slug, subject_id
from qa.facts.whole_list import ListRequest, WholeList, whole_list
from qa.library import sections
from qa.question.query import And, Condition, Is, Query
from qa.web.api.schemas import (
    Area,
    DocumentPage,
    DocumentText,
    FactPage,
    FactsRequest,
    KindCount,
    NamedSubject,
    NearSubject,
    OwnerDetails,
    PageRequest,
    PassageSpan,
    PassageText,
    PlaceDetails,
    RatingCount,
    SubjectDetails,
    SubjectList,
    SubjectsRequest,
    links,
)
from qa.web.api.validation import broken

if TYPE_CHECKING:
    from qa.service import Service

_KINDS = 40  # of a place that are told
CLOSED = ("rating", "aspect", "service")  # filters with few values, so that an unknown one must be a slip
_NAMED = 30  # the most values of such a filter in a message


def documents(service: Service, asked: PageRequest) -> DocumentPage:
    """Return a page of the list of documents."""
    library = service.library
    total = len(library.documents)
    shown = tuple(library.listed(asked.offset, asked.limit))
    return DocumentPage(
        shown,
        total,
        asked.limit,
        asked.offset,
        service.facts.tables(),
        links("/documents", asked, total),
        service.index,
    )


def document(service: Service, path: str) -> DocumentText:
    """Return a document. Raises RequestError (404) if there is none with this path."""
    library = service.library
    found = library.document(path)
    if found is None:
        _missing("There is no document with this path. /documents lists them all.")
    spans = tuple(PassageSpan(passage.id, passage.start, passage.end) for passage in library.passages(found))
    return DocumentText(library.described(found), found.text, sections(found), spans, service.index)


def passage(service: Service, identifier: str, revision: str | None = None) -> PassageText:
    """Return the passage with an id. Raises RequestError (404) if there is none, or none of that revision."""
    found = service.library.passage(identifier)
    if found is None:
        _missing(
            "There is no passage with this id: the document may have changed, or was taken out. "
            "/documents lists those that are there."
        )
    source = service.library.source(found)
    if revision not in (None, source.revision):
        _missing(
            f"The document has changed since: it now has the revision {source.revision}. Ask again to "
            "be quoted what it says."
        )
    link = f"/passages/{quote(found.id)}?revision={source.revision}"
    return PassageText(found.id, found.text, found.headings, source, link, service.index)


def facts(service: Service, asked: FactsRequest) -> FactPage:
    """Return a page of a list of facts.

    Raises RequestError (422) if it names a table that is not loaded, or a rating, key question or service
    that is in no table.
    """
    if not set(asked.document) <= set(service.facts.tables()):
        raise broken({"document": "names a table that is not loaded"})
    unknown = {name: told for name in CLOSED if (told := _unknown(service, name, getattr(asked, name)))}
    if unknown:
        raise broken(unknown)
    found, total = service.facts.page(asked.wanted(), asked.limit, asked.offset)
    return FactPage(found, total, asked.limit, asked.offset, links("/facts", asked, total), service.index)


def values_of(service: Service, name: str) -> list[str]:
    """Return the possible values of a filter with few: those in the tables; for ratings all of the scale."""
    return list(
        dict.fromkeys((*service.facts.values(name), *(service.scale.ratings if name == "rating" else ())))
    )


def _unknown(service: Service, name: str, values: Sequence[str]) -> str:
    """Return a message that lists the possible values of a filter, if a requested one is not among them;
    otherwise an empty one.
    """
    held = service.facts.values(name)
    known = set(map(str.casefold, values_of(service, name)))
    if all(value.casefold() in known for value in values):
        return ""
    shown = ", ".join(held[:_NAMED])
    return f"must be one of {shown}{' …' if len(held) > _NAMED else ''}" if held else "is in no row"


def subjects(service: Service, asked: SubjectsRequest) -> SubjectList:
    """Return the subjects whose names begin as typed."""
    return SubjectList(tuple(map(_named, service.facts.subjects_like(asked.q, asked.limit))), service.index)


def subject(service: Service, identifier: str) -> SubjectDetails:
    """Return everything known about the subject with an id. Raises RequestError (404) if there is none."""
    found = find_subject(service.facts, identifier)
    if found is None:
        _missing("There is no place or trust with this id. Ask for it by its name.")
    held = profile(service.facts, found)
    near = (
        NearSubject(one.name, one.attributes, subject_id(one.name, one.attributes), round(miles, 2))
        for one, miles in held.near
    )
    return SubjectDetails(
        id=subject_id(found.name, found.attributes),
        name=found.name,
        attributes=found.attributes,
        current=held.current,
        contradictory=held.contradictory,
        history=held.history,
        same_name=tuple(map(_named, held.namesakes)),
        same_name_total=held.named_so,
        near=tuple(near),
        index=service.index,
    )


def owner(service: Service, field: Literal["provider", "brand"], identifier: str) -> OwnerDetails:
    """Return the places of a provider or a brand. Raises RequestError (404) if there is none
    with this name.
    """
    name = owner_name(service, field, identifier)
    listed = whole_list(Query(Is(field, (name,))), service.facts, service.scale, ListRequest(), named=1)
    if listed is None:
        _missing(f"The tables have no rating of a place with this {field}.")
    return OwnerDetails(slug(name), name, listed.total, _counts(listed), listed.facts, service.index)


def owner_name(service: Service, field: Literal["provider", "brand"], identifier: str) -> str:
    """Return the name of a provider or a brand as published. Raises RequestError (404) if there
    is none with this name.
    """
    name = value_named(service.facts, field, identifier)
    if name is None:
        _missing(f"There is no {field} of this name. Ask for it by its name.")
    return name


def ratings_where(service: Service, field: str, value: str) -> tuple[RatingCount, ...]:
    """Return how those are rated whose ``field`` has a value, the best rating first."""
    listed = _listed(service, Is(field, (value,)))
    return _counts(listed) if listed else ()


def quoted(identifier: str) -> str:
    """Return an id as a part of an address."""
    return quote(identifier)


def place(service: Service, identifier: str) -> PlaceDetails:
    """Return what is rated at a place, for each column with its name. Raises RequestError (404)
    if no column has it.
    """
    fields = service.vocabulary.place_fields
    named = ((field, value_named(service.facts, field, identifier)) for field in fields)
    areas = tuple(_area(service, field, name) for field, name in named if name is not None)
    if not areas:
        _missing("There is no place with this name in the tables. Ask for it by its name.")
    return PlaceDetails(slug(areas[0].name), areas, service.index)


def value_named(facts: FactStore, field: str, identifier: str) -> str | None:
    """Return the value of a field that an address names; ``None`` if no subject has it."""
    held = facts.field(field)
    codes = facts.codes(field, [value_key(field, held.type, identifier)]) if held else []
    return next(iter(facts.labels(field, codes).values()), None) if codes else None


def _area(service: Service, field: str, name: str) -> Area:
    listed = _listed(service, Is(field, (name,)), named=_KINDS)
    kinds = next((facet.values for facet in listed.facets if facet.field == "kind"), ()) if listed else ()
    return Area(
        field,
        name,
        listed.total if listed else 0,
        _counts(listed) if listed else (),
        tuple(_kind(service, field, name, one.value, one.count) for one in kinds),
    )


def _kind(service: Service, field: str, name: str, kind: str, count: int) -> KindCount:
    listed = _listed(service, And((Is(field, (name,)), Is("kind", (kind,)))))
    return KindCount(kind, count, _counts(listed) if listed else ())


def _listed(service: Service, scope: Condition, named: int = 0) -> WholeList | None:
    return whole_list(Query(scope), service.facts, service.scale, ListRequest(limit=0), named=named)


def _counts(listed: WholeList) -> tuple[RatingCount, ...]:
    return tuple(RatingCount(rating, count) for rating, count in listed.split)


def _named(one: Subject) -> NamedSubject:
    return NamedSubject(one.name, one.attributes, subject_id(one.name, one.attributes))


def _missing(detail: str) -> NoReturn:
    raise RequestError(detail, status=404)
