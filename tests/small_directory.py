"""A directory of a dozen locations, rated Good throughout: what reading a question needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from made_facts import fact, vocabulary_of

from qa.records import RatingFact
from qa.understanding import Question, Vocabulary

HOME, GP, CARERS, NHS = "Residential social care", "GP Practices", "Community based adult social care services", "Acute hospital - NHS"

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
    ("Royal Otley Infirmary", f"{NHS} non-specialist", "Otley", "Leeds", "Yorkshire and The Humber", "North Marches NHS Trust"),
    ("Kestrelgate Eye Hospital", f"{NHS} specialist", "Leeds", "Leeds", "Yorkshire and The Humber", "North Marches NHS Trust"),
]
ASPECTS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")


def _rows() -> Iterator[RatingFact]:
    for number, (name, kind, town, council, region, provider) in enumerate(SUBJECTS, 1):
        attributes = {"identifier": str(number), "kind": kind, "care_home": "Y" if kind == HOME else "N", "town": town}
        attributes |= {"local_authority": council, "region": region, "provider": provider, "postcode": f"AB{number} 1CD"}
        for aspect in ASPECTS:
            yield fact(name, "Good", "2020-05-01", aspect=aspect, street=f"{number} Tannerfold Street", **attributes)
        if kind == GP:
            yield fact(name, "Good", "2020-05-01", service="Older people", **attributes)
        if kind.startswith(NHS):
            yield fact(name, "Good", "2020-05-01", service="Surgery", **attributes)


@cache
def small_directory() -> Vocabulary:
    """The vocabulary of the dozen; it is never changed."""
    return vocabulary_of(*_rows())


def names(question: Question, vocabulary: Vocabulary) -> list[list[str]]:
    """For each name in the question, the identifiers of those that it may mean."""
    return [[subject.attributes["identifier"] for subject in vocabulary.store.subjects(list(one.subjects))] for one in question.named]
