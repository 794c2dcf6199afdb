"""A directory of a dozen locations, rated Good throughout: what reading a question needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeVar

from made_facts import fact, vocabulary_of

from qa.question.query import WHOLE, Condition, Is, Named
from qa.question.read import read
from qa.question.reading import Reading
from qa.question.vocabulary import Vocabulary
from qa.records import RatingFact

HOME, GP, CARERS, NHS = (
    "Residential social care",
    "GP Practices",
    "Community based adult social care services",
    "Acute hospital - NHS",
)

# name, kind, town, council, region, provider
SUBJECTS = [
    ("Oak Tree House", HOME, "Leeds", "Leeds", "Yorkshire and The Humber", "Larkmoor Care Limited"),
    ("The Laurels", HOME, "Norwich", "Norfolk", "East of England", "Larkmoor Care Limited"),
    ("The Laurels", HOME, "Exeter", "Devon", "South West", "Harrow Vale Homes Ltd"),
    ("Quillbrook Nursing Home", HOME, "Otley", "Leeds", "Yorkshire and The Humber", "Harrow Vale Homes Ltd"),
    ("St. Bride's Lodge", HOME, "Torquay", "Torbay", "South West", "The Wrenfield Trust"),
    ("Norfolk Care Homes", HOME, "Cromer", "Norfolk", "East of England", "Norfolk Care Homes Ltd"),
    ("Thrushcombe Surgery", GP, "Bristol", "Bristol, City of", "South West", "Dr Okonjo"),
    ("Park View Medical Centre", GP, "Shrewsbury", "Shropshire", "West Midlands", "Park View Medical Centre"),
    ("Shrewsbury", CARERS, "Shrewsbury", "Shropshire", "West Midlands", "Tolland Support CIC"),
    ("Marlowhay Homecare", CARERS, "London", "Westminster", "London", "Tolland Support CIC"),
    (
        "Royal Otley Infirmary",
        f"{NHS} non-specialist",
        "Otley",
        "Leeds",
        "Yorkshire and The Humber",
        "North Marches NHS Trust",
    ),
    (
        "Kestrelgate Eye Hospital",
        f"{NHS} specialist",
        "Leeds",
        "Leeds",
        "Yorkshire and The Humber",
        "North Marches NHS Trust",
    ),
]
ASPECTS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")


def _rows() -> Iterator[RatingFact]:
    for number, (name, kind, town, council, region, provider) in enumerate(SUBJECTS, 1):
        attributes = {
            "identifier": str(number),
            "kind": kind,
            "care_home": "Y" if kind == HOME else "N",
            "town": town,
        }
        attributes |= {
            "local_authority": council,
            "region": region,
            "provider": provider,
            "postcode": f"AB{number} 1CD",
        }
        for aspect in ASPECTS:
            yield fact(
                name, "Good", "2020-05-01", aspect=aspect, street=f"{number} Tannerfold Street", **attributes
            )
        if kind == GP:
            yield fact(name, "Good", "2020-05-01", service="Older people", **attributes)
        if kind.startswith(NHS):
            yield fact(name, "Good", "2020-05-01", service="Surgery", **attributes)


@cache
def small_directory() -> Vocabulary:
    """The vocabulary of the dozen; it is never changed."""
    return vocabulary_of(*_rows())


def asked(*conversation: str, vocabulary: Vocabulary | None = None) -> Reading:
    """What the last question of a conversation is read as."""
    reading: Reading | None = None
    for text in conversation:
        reading = read(
            text,
            reading if reading is not None and reading.queries else None,
            vocabulary or small_directory(),
        )
    assert reading is not None
    return reading


Part = TypeVar("Part")


def every(kind: type[Part], told: object) -> Iterator[Part]:
    """Every part of this kind that a Query, a condition or a tuple of them holds, in order."""
    if isinstance(told, kind):
        yield told
    if isinstance(told, tuple):
        for one in told:
            yield from every(kind, one)
    elif is_dataclass(told):
        for field in fields(told):
            yield from every(kind, getattr(told, field.name))


def names(reading: Reading, vocabulary: Vocabulary | None = None) -> list[list[str]]:
    """For each scope with a name in it, the identifiers of those that are named."""
    store = (vocabulary or small_directory()).store
    scopes: list[Condition] = [scope for query in reading.queries for scope in (query.scope, *query.against)]
    found = [[number for one in every(Named, scope) for number in one.subjects] for scope in scopes]
    return [[one.attributes["identifier"] for one in store.subjects(numbers)] for numbers in found if numbers]


def values(reading: Reading, *of: str) -> list[tuple[str, str]]:
    """The values that are asked for of these fields, each with its field."""
    return [
        (one.field, value) for one in every(Is, reading.queries) if one.field in of for value in one.values
    ]


def places(reading: Reading) -> list[tuple[str, str]]:
    """The places that are asked for."""
    return values(reading, "local_authority", "region", "town")


def aspects(reading: Reading) -> list[str]:
    """The aspects that are asked for, but for Overall."""
    return list(
        dict.fromkeys(one for query in reading.queries for one in _told(query, "aspect") if one != WHOLE)
    )


def services(reading: Reading) -> list[str]:
    """The services that are asked for, but for Overall."""
    return list(
        dict.fromkeys(one for query in reading.queries for one in _told(query, "service") if one != WHOLE)
    )


def _told(part: object, name: str) -> Iterator[str]:
    """Every value of the fields called ``name``, or ``name`` in the plural, in a Query."""
    if isinstance(part, tuple):
        for one in part:
            yield from _told(one, name)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == name:
                yield value
            elif field.name == f"{name}s":
                yield from value
            else:
                yield from _told(value, name)
