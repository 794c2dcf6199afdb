"""Random tables of ratings, small and full of what occurs in real ones: histories, ties, blanks,
contradictions, spellings, own columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from random import Random

from qa.evaluation.making.random_conditions import Words
from qa.facts import FactStore
from qa.language.tokens import key
from qa.question.query import WHOLE
from qa.records import FactSource, RatingFact
from qa.scale import Scale

_ASPECTS = (WHOLE, "Safe", "Caring", "Well-led")
_SERVICES = (None, WHOLE, "Surgery", "Older people")
_DATES = tuple(datetime.date(year, month, 1) for year in (2018, 2019, 2020) for month in (1, 7))
_FIRST, _SECOND = ("Oak", "Elm", "Rose", "St Anne's"), ("House", "Lodge", "Surgery", "House Surgery")
_CELLS = {
    "kind": ("Homes", "GP Practices", "Dentists"),
    "care_home": ("Y", "N"),
    "provider": ("Larkmoor Ltd", "Larkmoor Limited", "Harrow Trust", "Vale Homes"),
    "brand": ("Vale", "-"),
    "town": ("Leeds", "York", "Stoke-on-Trent", "Stoke On Trent", "STOKE ON TRENT"),
    "postcode": ("LS1 1AA", "LS11 1AA", "LS1A 2BB", "L1 1AA", "YO9 1AB", "YO9 2AB"),
    "local_authority": ("Leeds", "North Yorkshire", "Staffordshire"),
    "region": ("North", "Midlands"),
    "Ward Name": ("Castle", "castle", "Abbey", "Bridge End"),
    "Beds": ("5", "12", "30", "30.5", "0"),
    "Latitude": ("52.7", "52.71", "52.74", "53.0", "53.2", "91"),
    "Longitude": ("-2.7", "-2.71", "-2.66", "-3.05"),
    "Refurbished": ("2001-05-01", "1 May 2001", "02/03/2010"),
    "status": ("Registered", "Deregistered", "Inactive-Dereg", "Open, but proposed to close"),
    "opened": ("2001-05-01", "2010-03-02"),
    "closed": ("2019-01-01", "2020-03-01"),
    "predecessor": ("Old Oak", "Elm Lodge"),
    "Dementia care": ("Yes", "No", "yes"),
}

_CLOSING = ("status", "closed")


def random_table(random: Random, scale: Scale) -> list[RatingFact]:
    """Return the facts of one to thirty subjects, each rated once or more for several aspects and services,
    from one or two files.
    """
    columns = _columns(random)
    aspects = (
        [WHOLE, *random.sample(_ASPECTS[1:], random.randint(0, 3))]
        if random.random() < 0.97
        else list(_ASPECTS[1:])
    )
    services = (
        [None, *random.sample(_SERVICES[1:], random.randint(1, 3))] if random.random() < 0.5 else [None]
    )
    words = [*scale.ratings, *scale.ratings, *scale.unrated[:2]]
    facts: list[RatingFact] = []
    for subject in range(random.choice((1, 2, 5, 10, 20, 30))):
        name = f"{random.choice(_FIRST)} {random.choice(_SECOND)}"
        cells = {"identifier": f"1-{subject}"} | {
            column: random.choice(_CELLS[column]) for column in columns if random.random() < _chance(column)
        }
        for _ in range(random.randint(1, 3 * len(aspects))):
            row = len(facts) + 2
            told = _own_cells(random, columns)
            document = random.choice(("a.csv", "a.csv", "b.csv"))
            facts.append(
                RatingFact(
                    id=f"{document}:{row}",
                    subject=name,
                    aspect=random.choice(aspects),
                    service=random.choice(services),
                    rating=_word(random, words) if random.random() < 0.93 else None,
                    previous_rating=_word(random, words) if random.random() < 0.15 else None,
                    published=random.choice(_DATES) if random.random() < 0.93 else None,
                    note=None,
                    attributes=cells | told,
                    source=FactSource(document, document, None, row),
                )
            )
    random.shuffle(facts)
    return facts


def _columns(random: Random) -> list[str]:
    return [name for name in _CELLS if random.random() < (0.15 if name in _CLOSING else 0.8)]


def _own_cells(random: Random, columns: Sequence[str]) -> dict[str, str]:
    """Return the cells of one row that its subject's other rows may lack: inherited ones, and a column whose
    value has since changed."""
    told = {"inherited": random.choice("YN")} if random.random() < 0.3 else {}
    if columns and random.random() < 0.1:
        changed = random.choice(columns)
        told[changed] = random.choice(_CELLS[changed])
    return told


def _chance(column: str) -> float:
    return 0.2 if column == "closed" else 0.85


def _word(random: Random, words: list[str]) -> str:
    word = random.choice(words)
    return word.upper() if random.random() < 0.1 else word


def words_of(store: FactStore, scale: Scale) -> Words:
    """Return what Queries over a store can choose from."""
    values = {field.name: store.values(field.name) for field in store.fields if field.type != "number"}
    subjects = store.subjects()
    oldest, newest = store.dates
    return Words(
        fields=store.fields,
        values=values,
        numbers={field.name: store.numbers(field.name) for field in store.fields if field.type == "number"},
        aspects=store.values("aspect"),
        services=tuple(service for service in store.values("service") if service != WHOLE),
        ratings=scale.ratings,
        unrated=scale.unrated[:2],
        subjects=tuple((subject.id, subject.name) for subject in subjects),
        name_words=tuple(sorted({word for subject in subjects for word in key(subject.name).split()})),
        areas=_areas(values.get("postcode", ())),
        dates=_between(oldest, newest) if oldest and newest else (),
    )


def _areas(postcodes: Iterable[str]) -> tuple[str, ...]:
    """Return the areas, districts and sectors of postcodes."""
    outward = [(told.partition(" ")[0], told) for told in postcodes]
    areas = (
        part
        for district, told in outward
        for part in (district.rstrip("0123456789"), district, told[: len(district) + 2])
        if part
    )
    return tuple(dict.fromkeys(areas))


def _between(oldest: datetime.date, newest: datetime.date) -> tuple[datetime.date, ...]:
    """Return the two dates, the starts of the years between them, and a day beyond each end."""
    years = (datetime.date(year, 1, 1) for year in range(oldest.year, newest.year + 2))
    return tuple(sorted({oldest, newest, *years, oldest - datetime.timedelta(days=200)}))
