"""Locations as the Care Quality Commission's API gives them: current and earlier ratings, facts about the
place, commentary.

A location, with what is read of it::

    {"locationId": "1-101", "name": "Elm House", "registrationStatus": "Registered", "numberOfBeds": 32,
     "currentRatings": {"overall": {"rating": "Good", "reportDate": "2018-03-15",
                        "keyQuestionRatings": [...]}, "serviceRatings": [...]},
     "historicRatings": [{"reportDate": "2016-02-01", "overall": {...}, "serviceRatings": [...]}],
     "assessment": [{"assessmentPlanPublishedDateTime": "2024-05-01 00:00:00",
                     "ratings": {"overall": [...], "asgRatings": [...]}}],
     "relationships": [{"type": "HSCA Predecessor", "relatedLocationName": "The Elms"}]}

Names of managers, telephone numbers and whatever else is not listed here are left out. A provider is read as
a location is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from qa.question.query import WHOLE
from qa.reading.cqc_misspelt_keys import misspelt
from qa.reading.problems import Tally
from qa.reading.ratings import read_rating
from qa.reading.written_dates import read_date
from qa.records import FactSource, RatingFact
from qa.scale import Scale

PUBLISHER = "Care Quality Commission"
LICENCE = "Open Government Licence v3.0"
_PAGES = {"locationId": "https://www.cqc.org.uk/location/", "providerId": "https://www.cqc.org.uk/provider/"}

_CHECK_FILE = "Check whether the file is complete."

# What is kept of a place: the attribute, or the heading that it is kept under, and the name that the API
# gives it.
_ATTRIBUTES: Mapping[str, str] = {
    "type": "type",
    "care_home": "careHome",
    "provider": "providerName",
    "provider_identifier": "providerId",
    "brand": "brandName",
    "street": "postalAddressLine1",
    "address": "postalAddressLine2",
    "town": "postalAddressTownCity",
    "postcode": "postalCode",
    "local_authority": "localAuthority",
    "region": "region",
    "status": "registrationStatus",
    "opened": "registrationDate",
    "closed": "deregistrationDate",
    "Constituency": "constituency",
    "ICB": "onspdIcbName",
    "Beds": "numberOfBeds",
    "Latitude": "onspdLatitude",
    "Longitude": "onspdLongitude",
}
_LISTS: Mapping[str, str] = {
    "Service types": "gacServiceTypes",
    "Specialisms": "specialisms",
    "Regulated activities": "regulatedActivities",
}
_RELATED: Mapping[str, str] = {"predecessor": "HSCA Predecessor", "successor": "HSCA Successor"}
# The population groups of general practices, as historic ratings abbreviate them.
_SERVICES: Mapping[str, str] = {
    "old": "Older people",
    "conditions": "People with long term conditions",
    "mothers": "Families, children and young people",
    "population": "Working age people (including those recently retired and students)",
    "vulnerable": "People whose circumstances may make them vulnerable",
    "problems": "People experiencing poor mental health (including people with dementia)",
}


class Given(NamedTuple):
    """A rating as the file gives it; ``service`` is ``None`` of the whole place."""

    service: str | None
    aspect: str
    rating: str
    published: str


def is_location(value: object) -> bool:
    """Return whether ``value`` is a location or provider of the API, with a name and more than an entry in a
    list of names has.
    """
    return isinstance(value, dict) and bool(identifier_of(value)) and bool(text_of(value.get("name")))


def is_listed(value: object) -> bool:
    """Return whether ``value`` only names a location, as the API's lists do."""
    return (
        isinstance(value, dict)
        and bool(identifier_of(value))
        and bool(text_of(value.get("locationName") or value.get("providerName")))
    )


def identifier_of(place: Mapping[str, Any]) -> str:
    """Return the identifier of a location, or of a provider; empty if there is none."""
    return text_of(place.get("locationId")) or text_of(place.get("providerId"))


def page_of(place: Mapping[str, Any]) -> str:
    """Return the address of a place's page."""
    key = "locationId" if text_of(place.get("locationId")) else "providerId"
    return _PAGES[key] + identifier_of(place)


def text_of(value: object) -> str:
    """Return a text or number as stripped text; anything else as an empty one."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return " ".join(str(value).split())


def items_of(value: object) -> list[dict[str, Any]]:
    """Return the objects in a list; none for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def location_facts(
    place: Mapping[str, Any], scale: Scale, prefix: str, source: FactSource, tally: Tally
) -> Iterator[RatingFact]:
    """Yield a fact for each dated rating of a place, or one without a rating if none was published.

    ``prefix`` begins their ids.
    """
    subject, attributes = text_of(place.get("name")), attributes_of(place)
    told = list(dict.fromkeys(_ratings(place)))
    for name, meant in misspelt(place):
        message = "{rows}: names that nothing is read from, but for a letter: {values}."
        tally.warn(message, _CHECK_FILE, source.row, f"{name} (for {meant})")
    if not told:
        tally.warn("{rows}: no rating is given.", "Ignore this if none was published.", source.row)
    if any(given.rating and not given.published for given in told):
        tally.warn("{rows}: a rating without the date of its report.", _CHECK_FILE, source.row)
    for given in told or [Given(None, WHOLE, "", "")]:
        cell = read_rating(given.rating, scale)
        if cell.rating is None and cell.printed:
            message = "{rows}: not on the rating scale, so treated as unrated: {values}."
            tally.warn(message, _CHECK_FILE, source.row, cell.printed)
        printed = {} if cell.printed is None else {"rating_as_printed": cell.printed}
        yield RatingFact(
            id=":".join(filter(None, (prefix, given.service, given.aspect, given.published))),
            subject=subject,
            aspect=given.aspect,
            service=given.service,
            rating=cell.rating,
            previous_rating=None,
            published=_date(given.published, source.row, tally),
            note=None,
            attributes=attributes | printed,
            source=source,
        )


def _date(text: str, row: int, tally: Tally) -> datetime.date | None:
    date = day_of(text)
    if text and date is None:
        tally.warn("{rows}: {values} can't be read as a date; treated as undated.", _CHECK_FILE, row, text)
    elif (
        date is not None and date > datetime.datetime.now(datetime.UTC).date()
    ):  # for the warning only; no fact depends on today
        tally.warn("{rows}: a date in the future: {values}.", _CHECK_FILE, row, text)
    return date


def day_of(text: str) -> datetime.date | None:
    """Return the day of a date with or without a time."""
    return read_date(text.replace("T", " ").split(" ")[0]) if text else None


# Attributes -------------------------------------------------------------------------------------------------


def attributes_of(place: Mapping[str, Any]) -> dict[str, str]:
    """Return the attributes of a place that are kept."""
    found = {"identifier": identifier_of(place), "kind": _kind(place)}
    found |= {name: text_of(place.get(key)) for name, key in _ATTRIBUTES.items()}
    found |= {name: _names(items_of(place.get(key))) for name, key in _LISTS.items()}
    related = items_of(place.get("relationships"))
    for name, relation in _RELATED.items():
        found[name] = _names(
            (item for item in related if text_of(item.get("type")) == relation), "relatedLocationName"
        )
    if found["Beds"] == "0":
        del found["Beds"]  # of a place that has none, it says nothing
    return {name: value for name, value in found.items() if value not in ("", "-")}


def _kind(place: Mapping[str, Any]) -> str:
    """Return the primary category of inspection, otherwise the only one."""
    categories = items_of(place.get("inspectionCategories"))
    primary = [
        item
        for item in categories
        if text_of(item.get("primary")).casefold() == "true" or item.get("primary") is True
    ]
    found = primary or categories
    return text_of(found[0].get("name")) if len(found) == 1 else ""


def _names(items: Iterable[Mapping[str, Any]], key: str = "name") -> str:
    return "; ".join(dict.fromkeys(filter(None, (text_of(item.get(key)) for item in items))))


# Ratings ----------------------------------------------------------------------------------------------------


def _ratings(place: Mapping[str, Any]) -> Iterator[Given]:
    current = place.get("currentRatings")
    if isinstance(current, dict):
        yield from _of_visit(current)
    for visit in items_of(place.get("historicRatings")):
        yield from _of_visit(visit)
    for assessment in items_of(place.get("assessment")):
        yield from _of_assessment(assessment)


def _of_visit(visit: Mapping[str, Any]) -> Iterator[Given]:
    published = text_of(visit.get("reportDate"))
    overall = visit.get("overall")
    if isinstance(overall, dict):
        yield from _of_service(overall, None, published)
    for service in items_of(visit.get("serviceRatings")):
        if name := text_of(service.get("name")):
            yield from _of_service(service, _SERVICES.get(name, name), published)


def _of_service(rated: Mapping[str, Any], service: str | None, published: str) -> Iterator[Given]:
    """Yield the ratings of a place or service; each may have a date of its own."""
    published = text_of(rated.get("reportDate")) or published
    if rating := text_of(rated.get("rating")):
        yield Given(service, WHOLE, rating, published)
    questions = items_of(rated.get("keyQuestionRatings"))
    if any(question.get("reportDate") for question in questions):
        published = ""  # each has a date of its own
    for question in questions:
        name, rating = text_of(question.get("name")), text_of(question.get("rating"))
        if name and rating:
            yield Given(service, name, rating, text_of(question.get("reportDate")) or published)


def _of_assessment(assessment: Mapping[str, Any]) -> Iterator[Given]:
    """Yield the ratings of an assessment; if it has a single service and no overall rating,
    that service's is the place's.
    """
    ratings = assessment.get("ratings")
    if not isinstance(ratings, dict):
        return
    published = text_of(assessment.get("assessmentPlanPublishedDateTime"))
    given = ratings.get("overall")
    overall = [given] if isinstance(given, dict) else items_of(given)
    services = items_of(ratings.get("asgRatings"))
    for whole in overall or (services if len(services) == 1 else ()):
        yield from _of_service(whole, None, published)
    for service in services if overall or len(services) > 1 else ():
        yield from _of_service(service, text_of(service.get("name")) or None, published)
