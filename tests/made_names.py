"""Look-ups by name made from an invented directory: of subjects that it holds, in the ways in which people
write them, and of others.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from made_facts import fact, store, vocabulary_of

from qa.facts import FactStore
from qa.language.dictionary import ordinary, share
from qa.language.tokens import key
from qa.question.name_tables import NameTables
from qa.question.names import NameIndex
from qa.question.vocabulary import Vocabulary
from qa.records import RatingFact

HOME, GP, CARERS = "Residential social care", "GP Practices", "Community based adult social care services"
_TAILS = {
    HOME: [
        "House Care Home",
        "Lodge",
        "Court Residential Home",
        "Manor Nursing Home",
        "Hall",
        "Grange",
        "Care Home",
        "Villa",
    ],
    GP: ["Surgery", "Medical Centre", "Road Surgery", "Health Centre"],
    CARERS: ["Homecare", "Care at Home", "Support Services", "Domiciliary Care Agency"],
}
_GENERAL = {"care", "home", "residential", "nursing", "surgery", "medical", "centre", "health"}
_GENERAL |= {"homecare", "services", "agency", "domiciliary"}
_FRAMES = (
    "tell me how {} did with the inspectors",
    "{}: safe or not?",
    "Would you say {} is well run?",
    "need the grade of {}",
    "{} - latest report",
    "so {} then",
)
_ONSETS: list[str] = re.findall(
    "[a-z]+", "b bl br ch cl d dr f fl g gl h k l m n p pr q r s sh st t th tr v w wh y"
)
_MIDDLES: list[str] = re.findall("[a-z]+", "a e i o u ae ee oa ou ai")
_CODAS: list[str] = re.findall("[a-z]+", "b ck d f g lm n nd p r rn s sk t v x z")
_ENDS: list[str] = re.findall("[a-z]+", "ham wick stow by mere fold ness tarn garth shaw croft hythe")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the directory."""

    number: int
    name: str
    kind: str
    town: str
    postcode: str
    stem: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question, where the name stands in it, and who may be told or asked back; nobody if the subject is
    not held.
    """

    sort: str
    question: str
    start: int
    end: int
    meant: int
    accept: frozenset[int] = field(default=frozenset())


def index_of(held: FactStore) -> NameIndex:
    """The names of a store, with the words of English known."""
    return NameIndex(NameTables.of(held), ordinary, share)


@cache
def directory() -> tuple[NameIndex, tuple[Place, ...], tuple[str, ...]]:
    """The index of 600 invented places in 24 towns, the places, and stems of names that none of
    them bears.
    """
    facts, places, unheld = _made()
    return index_of(store(*facts)), places, unheld


@cache
def vocabulary() -> Vocabulary:
    """What questions about these places can be about."""
    return vocabulary_of(*_made()[0])


@cache
def _made() -> tuple[tuple[RatingFact, ...], tuple[Place, ...], tuple[str, ...]]:
    rng = random.Random(20)
    stems = list(dict.fromkeys(_stem(rng) for _ in range(900)))
    towns = [stem.capitalize() for stem in stems[:24]]
    borne, owners, unheld = stems[24:424], stems[424:464], stems[464:]
    places, facts = [], []
    for number in range(1, 601):
        stem, kind, town = rng.choice(borne), rng.choice([HOME, HOME, GP, CARERS]), rng.choice(towns)
        place = Place(
            number,
            f"{stem.capitalize()} {rng.choice(_TAILS[kind])}",
            kind,
            town,
            f"ZQ{number // 40} {number % 10}AB",
            stem,
        )
        places.append(place)
        facts.append(
            fact(
                place.name,
                identifier=str(number),
                kind=kind,
                care_home="Y" if kind == HOME else "N",
                town=town,
                local_authority=f"Council {towns.index(town) % 6}",
                region=f"Region {towns.index(town) % 3}",
                postcode=place.postcode,
                street=f"{number} {rng.choice(borne).capitalize()} Road",
                provider=f"{rng.choice(owners).capitalize()} Care Group Limited",
            )
        )
    return tuple(facts), tuple(places), tuple(unheld)


def _stem(rng: random.Random) -> str:
    return (
        rng.choice(_ONSETS)
        + rng.choice(_MIDDLES)
        + rng.choice(_CODAS)
        + rng.choice(_MIDDLES[:5])
        + rng.choice(_CODAS)
        + rng.choice(_ENDS)
    )


def _asked(
    rng: random.Random, sort: str, name: str, meant: int, accept: frozenset[int] = frozenset()
) -> Lookup:
    frame = rng.choice(_FRAMES)
    start = frame.index("{}")
    return Lookup(sort, frame.format(name), start, start + len(name), meant, accept)


@cache
def _core(name: str) -> str:
    return " ".join(word for word in key(name).split() if word not in _GENERAL)


def known(rng: random.Random, number: int) -> Iterator[Lookup]:
    """Look-ups of places that are held.

    Whoever bears the same telling words may be told or offered as well.
    """
    _, places, _ = directory()
    ways: dict[str, Callable[[Place], str]] = {
        "full name": lambda one: one.name,
        "capitals": lambda one: one.name.upper(),
        "core": lambda one: " ".join(word for word in one.name.split() if word.lower() not in _GENERAL),
        "with town": lambda one: f"{one.name}, {one.town}",
        "town first": lambda one: f"{one.town} {one.name}",
        "with postcode": lambda one: f"{one.name} {one.postcode.replace(' ', '').lower()}",
        "possessive": lambda one: f"{one.name}'s",
        "slip": lambda one: _slip(rng, one.name),
        "in pieces": lambda one: f"{one.stem[:4]} {one.stem[4:]} {one.name.split(' ', 1)[1]}",
    }
    for way in ways:
        for _ in range(number):
            one = rng.choice(places)
            same = frozenset(
                other.number
                for other in places
                if set(_core(one.name).split()) <= set(_core(other.name).split())
            )
            yield _asked(rng, way, ways[way](one), one.number, same)


def unknown(rng: random.Random, number: int) -> Iterator[Lookup]:
    """Look-ups of places that are not held, made from one that is, or from nothing."""
    _, places, unheld = directory()
    held = {_core(one.name) for one in places}
    towns = sorted({one.town for one in places})
    bearers = {one.stem: {other.town for other in places if other.stem == one.stem} for one in places}
    ways: dict[str, Callable[[Place], str]] = {
        "another stem": lambda one: f"{rng.choice(unheld).capitalize()} {one.name.split(' ', 1)[1]}",
        "another tail": lambda one: (
            f"{one.stem.capitalize()} {rng.choice(['Priory', 'Mews', 'Heights', 'Croft', 'Abbey'])}"
        ),
        "a word too many": lambda one: f"{rng.choice(unheld).capitalize()} {one.name}",
        "two crossed": lambda one: (
            f"{rng.choice([other for other in places if other.stem != one.stem]).stem.capitalize()} "
            f"{one.name}"
        ),
        "another town": lambda one: (
            f"{one.name} in {rng.choice([town for town in towns if town not in bearers[one.stem]])}"
        ),
        "a town unheld": lambda one: f"{one.name}, {rng.choice(unheld).capitalize()}",
        "a small word too many": lambda one: (
            f"{rng.choice(['Right', 'Years', 'Twelve', 'Presentation', 'English'])} {one.name}"
        ),
        "the kind of another": lambda one: (
            f"{one.stem.capitalize()} {'Surgery' if one.kind != GP else 'Homecare'}"
        ),
        "invented": lambda one: (
            f"{rng.choice(unheld).capitalize()} {rng.choice(['House', 'Surgery', 'Homecare'])}"
        ),
    }
    for way in ways:
        made = 0
        while made < number:
            one = rng.choice(places)
            name = ways[way](one)
            if _core(name) not in held and not (
                way == "the kind of another" and _is_of_kind(one, name, places)
            ):
                made += 1
                yield _asked(rng, way, name, 0 if way in ("another stem", "invented") else one.number)


def _is_of_kind(one: Place, name: str, places: tuple[Place, ...]) -> bool:
    """Whether some place of the stem is what the end of the name says."""
    kind = GP if name.endswith("Surgery") else CARERS
    return any(other.stem == one.stem and other.kind == kind for other in places)


def _slip(rng: random.Random, name: str) -> str:
    stem, rest = name.split(" ", 1)
    at = rng.randrange(2, len(stem) - 2)
    slips = [
        stem[:at] + stem[at + 1] + stem[at] + stem[at + 2 :],
        stem[:at] + stem[at + 1 :],
        stem[: at + 1] + stem[at:],
    ]
    return f"{rng.choice([slip for slip in slips if slip != stem])} {rest}"
