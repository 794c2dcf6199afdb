"""Who or what a name means: nothing typed is forgotten, and nobody else is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from made_facts import fact, store
from made_names import Lookup, directory, index_of, known, unknown, vocabulary

from qa.indexing.opening import open_index
from qa.language.tokens import fold, key
from qa.question.choosing import Choice
from qa.question.names import Evidence, NameIndex, Place
from qa.question.query import Named, parts_of
from qa.question.read import read
from qa.service import Service
from qa.settings import Settings

HOME, GP, CARERS, NHS = (
    "Residential social care",
    "GP Practices",
    "Community based adult social care services",
    "Acute hospital - NHS",
)
# name, kind, street, second line, town, council, region, postcode, provider
PLACES = [
    (
        "Brackwater House",
        HOME,
        "4 Tannery Lane",
        "",
        "Selmouth",
        "Norham",
        "Easter Vale",
        "QB1 2AA",
        "Harrowfen Care Limited",
    ),
    (
        "Brackwater House Care Home",
        HOME,
        "9 Mill Street",
        "",
        "Torrick",
        "Torrick",
        "Wester Vale",
        "QT4 1CD",
        "Olwen Homes Ltd",
    ),
    (
        "The Larches",
        HOME,
        "1 Ferry Road",
        "",
        "Selmouth",
        "Norham",
        "Easter Vale",
        "QB1 3BB",
        "Harrowfen Care Limited",
    ),
    (
        "The Larches",
        HOME,
        "22 Quay Street",
        "",
        "Torrick",
        "Torrick",
        "Wester Vale",
        "QT4 9ZZ",
        "Olwen Homes Ltd",
    ),
    (
        "St. Wilfreda's Nursing Home",
        HOME,
        "Abbot Street",
        "",
        "Marle",
        "Norham",
        "Easter Vale",
        "QB7 5TT",
        "Olwen Homes Ltd",
    ),
    (
        "Quennell Surgery",
        GP,
        "Station Road",
        "",
        "Marle",
        "Norham",
        "Easter Vale",
        "QB7 1GP",
        "Dr Quennell and Partners",
    ),
    (
        "Wend-Hollis Practice",
        GP,
        "Bridge Street",
        "Lower Wend",
        "Torrick",
        "Torrick",
        "Wester Vale",
        "QT4 2GP",
        "Wend-Hollis Practice",
    ),
    (
        "Total Homely Care",
        CARERS,
        "7 Mill Street",
        "",
        "Torrick",
        "Torrick",
        "Wester Vale",
        "QT4 1CE",
        "Total Homely Care Limited",
    ),
    (
        "Kestrane Eye Hospital",
        NHS,
        "Long Drive",
        "",
        "Selmouth",
        "Norham",
        "Easter Vale",
        "QB2 2NH",
        "Vale of Kestrane NHS Foundation Trust",
    ),
    (
        "Royal Torrick Infirmary",
        NHS,
        "Hill Road",
        "",
        "Torrick",
        "Torrick",
        "Wester Vale",
        "QT1 1RT",
        "North Torrick University NHS Trust",
    ),
    (
        "Dunmere Court",
        HOME,
        "3 Ferry Road",
        "",
        "Selmouth",
        "Norham",
        "Easter Vale",
        "QB1 3BC",
        "Dunmere Court Limited",
    ),
    (
        "Dunmere Court",
        CARERS,
        "3 Ferry Road",
        "",
        "Selmouth",
        "Norham",
        "Easter Vale",
        "QB1 3BC",
        "Dunmere Court Limited",
    ),
    (
        "HC-Onyx Pellworth",
        HOME,
        "5 Green Way",
        "",
        "Marle",
        "Norham",
        "Easter Vale",
        "QB7 8AA",
        "HC-Onyx Limited",
    ),
    (
        "Ashgrove Lodge",
        HOME,
        "12 Green Way",
        "",
        "Marle",
        "Norham",
        "Easter Vale",
        "QB7 8AB",
        "HC-Onyx Limited",
    ),
]


@cache
def index() -> NameIndex:
    facts = []
    fields = ("kind", "street", "address", "town", "local_authority", "region", "postcode", "provider")
    for number, (name, *values) in enumerate(PLACES, 1):
        attributes = {field: value for field, value in zip(fields, values, strict=True) if value}
        attributes |= {"identifier": str(number), "care_home": "Y" if attributes["kind"] == HOME else "N"}
        facts.append(fact(name, **attributes))
    return index_of(store(*facts))


def resolve(text: str, evidence: Evidence | None = None) -> Choice:
    words = fold(text)
    return index().resolve(words, (0, len(words)), evidence)


def rows(choice: Choice) -> list[int]:
    """The rows of the table above that a choice holds, counted from 0."""
    return sorted(int(value) - 1 for value in choice.values)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Brackwater House Care Home", [1]),
        ("Brackwater House Selmouth", [0]),
        ("Torrick Brackwater House", [1]),
        ("brackwater house QB1 2AA", [0]),
        ("brackwater house qb12aa", [0]),
        ("Brackwater House Tannery Lane", [0]),
        ("The Larches, 22 Quay Street", [3]),
        ("Saint Wilfredas", [4]),
        ("St Wilfreda’s care home", [4]),
        ("St Wilfredas's", [4]),
        ("Quennell", [5]),
        ("Quennell Practice", [5]),
        ("Quenell Surgery", [5]),
        ("Wend Hollis Practice", [6]),
        ("wendhollis practice", [6]),
        ("Total Homely Care", [7]),
        ("Kestrane Eye Hosp", [8]),
        ("Dunmere Court", [10, 11]),
        ("Royal Torrick", [9]),
        ("Wend + Hollis Practice", [6]),
        ("Quen\u00adnell Sur\u200bgery", [5]),
        ("HC-Onyx Pellworth", [12]),
        ("HC-Onyx Ashgrove Lodge", [13]),
    ],
)
def test_a_name_is_told_if_every_word_agrees(text: str, told: list[int]) -> None:
    choice = resolve(text)
    assert (choice.outcome, choice.field, rows(choice)) == ("tell", "subject", told)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Larches", [2, 3]),
        ("Brackwater House", [0, 1]),  # the tail is left out as often as not
        ("Brackwater", [0, 1]),
    ],
)
def test_a_shared_name_is_asked_back(text: str, asked: list[int]) -> None:
    choice = resolve(text)
    assert (choice.outcome, rows(choice)) == ("ask", asked)


@pytest.mark.parametrize(
    "text",
    [
        "Brackwater Court",
        "Brackwater Surgery",
        "Quennell Hospital",
        "Dunmere House",
        "Dunmere Court Torrick",
        "St Wilfreda's Glasgow",
        "Ashgrove Lodge QB1 2AA",
        "Royal Marsden",
        "Ashgrave Pellworth",
        "14 Station Road",
        "The Larches, 23 Quay Street",
        "care home",
        "zzz",
    ],
)
def test_a_word_that_disagrees_is_never_dropped(text: str) -> None:
    assert resolve(text).outcome != "tell"


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("Harrowfen Care", "Harrowfen Care Limited"),
        ("Olwen", "Olwen Homes Ltd"),
        ("HC-Onyx", "HC-Onyx Limited"),
        ("NTUT", "North Torrick University NHS Trust"),
        ("Vale of Kestrane", "Vale of Kestrane NHS Foundation Trust"),
    ],
)
def test_a_provider_is_named_where_no_place_is(text: str, provider: str) -> None:
    choice = resolve(text)
    assert (choice.outcome, choice.field, choice.values) == ("tell", "provider", (provider,))


def test_a_place_told_elsewhere_is_evidence_for_and_against() -> None:
    selmouth = Evidence(places=(Place("selmouth", (("town", "Selmouth"),)),))
    marle = Evidence(places=(Place("marle", (("town", "Marle"),)),))
    assert rows(resolve("The Larches", selmouth)) == [2]
    assert resolve("The Larches", marle).outcome != "tell"


def test_an_unknown_name_is_said_as_typed_and_offers_near_ones() -> None:
    text = "Is Brackwater View any good?"
    choice = index().resolve(fold(text), [1, 2])
    assert choice.outcome == "unknown"
    assert choice.text(text) == "Brackwater View"
    assert [candidate.value for candidate in choice.near] == [1, 2]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("is the larches any good", ("subject", "full", (3, 4))),
        ("homes of Harrowfen Care", ("provider", "short", ("Harrowfen Care Limited",))),
        ("homes in Torrick", ("local_authority", "full", ("Torrick",))),
        ("homes in Torrick", ("town", "full", ("Torrick",))),
        ("homes in Torick", ("town", "spelling", ("Torrick",))),
        ("what is at QT4 9ZZ", ("postcode", "full", (4,))),
        ("what is at qt49zz", ("postcode", "full", (4,))),
        ("the one at 22 Quay Street", ("street", "full", (4,))),
        ("rating of NTUT", ("provider", "initials", ("North Torrick University NHS Trust",))),
        ("homes in lower wend", ("address", "full", ("Lower Wend",))),
    ],
)
def test_mentions_hold_every_reading(text: str, reading: tuple[str, str, tuple[object, ...]]) -> None:
    assert reading in [(one.field, one.form, one.values) for one in index().mentions(fold(text))]


def test_the_bearers_of_a_name_are_all_of_that_name_and_no_others() -> None:
    names = index_of(
        store(
            fact("Oak House", identifier="1"),
            fact("OAK HOUSE", identifier="2"),
            fact("The Oak House", identifier="3"),
            fact("Oak House Surgery", identifier="4"),
            fact("!!!", identifier="5"),
        )
    )
    told = {name: names.bearers(name) for name in ("Oak-House", "the oak house", "Oak", "!!!", "")}
    assert told == {"Oak-House": (1, 2), "the oak house": (3,), "Oak": (), "!!!": (), "": ()}


def test_everyday_words_name_nobody_by_themselves() -> None:
    assert index().is_everyday(["care", "homes"])
    assert index().is_everyday(["second"])
    assert not index().is_everyday(["quennell"])


@cache
def _resolved(lookup: Lookup) -> Choice:
    index, _, _ = directory()
    words = fold(lookup.question)
    return index.resolve(
        words, [at for at, word in enumerate(words) if lookup.start <= word.start < lookup.end]
    )


def _part(lookups: list[Lookup], holds: Callable[[Lookup], bool]) -> float:
    return sum(map(holds, lookups)) / len(lookups)


def _told_wrongly(lookup: Lookup) -> bool:
    choice = _resolved(lookup)
    return choice.outcome == "tell" and choice.field == "subject" and not set(choice.values) <= lookup.accept


def test_made_lookups_of_the_known_find_them() -> None:
    lookups = list(known(random.Random(3), 120))

    def right(lookup: Lookup) -> bool:
        choice = _resolved(lookup)
        return lookup.meant in choice.values and (choice.outcome == "tell" or len(lookup.accept) > 1)

    def asked_in_vain(lookup: Lookup) -> bool:
        return _resolved(lookup).outcome == "ask" and len(lookup.accept) == 1

    assert _part(lookups, _told_wrongly) <= 0.001
    assert _part(lookups, right) >= 0.98
    assert _part(lookups, asked_in_vain) <= 0.005


def test_made_lookups_of_the_unknown_tell_nobody_and_offer_the_nearest() -> None:
    lookups = list(unknown(random.Random(4), 120))

    def offers(lookup: Lookup) -> bool:
        _, places, _ = directory()
        choice = _resolved(lookup)
        offered = {
            places[int(one.value) - 1].name
            for one in (*choice.candidates, *choice.near)
            if choice.field == "subject"
        }
        return places[lookup.meant - 1].name in offered

    assert _part(lookups, _told_wrongly) == 0
    assert _part([one for one in lookups if one.meant], offers) >= 0.9


def _told_by_reading(lookup: Lookup) -> set[int]:
    """Whose rating is told of a whole question; nobody's where somebody is unknown or asked back about."""
    reading = read(lookup.question, None, vocabulary())
    if reading.unknown or reading.ambiguous or reading.blocked:
        return set()
    named = [part for query in reading.queries for part in parts_of(query.scope) if isinstance(part, Named)]
    return {number for part in named for number in part.subjects}


def test_made_questions_about_the_unknown_tell_nobody() -> None:
    lookups = [
        one for one in unknown(random.Random(5), 40) if one.question[:1].islower()
    ]  # a capital says what is of a name
    assert [one.question for one in lookups if _told_by_reading(one) - one.accept] == []


def test_made_questions_about_the_known_tell_them_or_ask_back() -> None:
    lookups = list(known(random.Random(6), 20))
    assert _part(lookups, lambda one: bool(_told_by_reading(one) - one.accept)) <= 0.001
    assert _part(lookups, lambda one: one.meant in _told_by_reading(one) or len(one.accept) > 1) >= 0.97


NOT_HELD = (Path(__file__).parent / "data" / "not_held.txt").read_text(encoding="utf-8").splitlines()[1:]


@cache
def shipped_index() -> NameIndex:
    return index_of(open_index(Settings.load({"cache": "none"}, {})).facts)


@pytest.mark.parametrize("line", NOT_HELD, ids=lambda line: line.split(" | ")[0])
def test_a_trust_that_is_not_held_is_told_by_none_of_its_names(line: str) -> None:
    for name in filter(None, (name.strip() for name in line.split("|"))):
        words = fold(name)
        assert shipped_index().resolve(words, (0, len(words))).outcome == "unknown", name


@cache
def shipped() -> Service:
    return Service.open(Settings.load({"cache": "none"}, {}))


@pytest.mark.parametrize("line", NOT_HELD, ids=lambda line: line.split(" | ")[0])
@pytest.mark.parametrize("asked", ["What is {} rated?", "{} rating", "Is the {} any good?"])
def test_a_question_about_a_trust_that_is_not_held_is_told_of_no_other(line: str, asked: str) -> None:
    for name in filter(None, (name.strip() for name in line.split("|"))):
        for typed in (name, name.lower()):
            answer = shipped().ask(asked.format(typed))
            told = answer.status == "answered" and not set(key(name).split()) <= set(
                key(answer.answer.text).split()
            )
            assert not told, typed
            assert not answer.facts, typed


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Southern Health", []),  # one of four words of South West Yorkshire Partnership, and only alike
        ("Northern Devon Healthcare", []),
        ("Calderdale", ["Calderstones Partnership NHS Foundation Trust"]),
        ("Somerhill Partnership", ["Somerset Partnership NHS Foundation Trust"]),
        ("Sheffield Teaching Hospitals", ["Sheffield Health and Social Care NHS Foundation Trust"]),
        ("United Lincolnshire Hospitals", ["Lincolnshire Partnership NHS Foundation Trust"]),
    ],
)
def test_only_names_that_are_near_are_offered(text: str, near: list[str]) -> None:
    words = fold(text)
    choice = shipped_index().resolve(words, (0, len(words)))
    assert choice.outcome == "unknown"
    store = open_index(Settings.load({"cache": "none"}, {})).facts
    assert [subject.name for subject in store.subjects([int(one.value) for one in choice.near])] == near


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SWYPFT", "South West Yorkshire Partnership NHS Foundation Trust"),
        ("nschT", "North Staffordshire Combined Healthcare NHS Trust"),
        ("North Staffs", "North Staffordshire Combined Healthcare NHS Trust"),
        ("SW Yorks", "South West Yorkshire Partnership NHS Foundation Trust"),
        ("the Calderstones trust", "Calderstones Partnership NHS Foundation Trust"),
        ("Sheffeild Health & Social Care", "Sheffield Health and Social Care NHS Foundation Trust"),
    ],
)
def test_a_trust_that_is_held_is_told_by_its_short_names(text: str, name: str) -> None:
    words = fold(text)
    choice = shipped_index().resolve(words, (0, len(words)))
    store = open_index(Settings.load({"cache": "none"}, {})).facts
    assert choice.outcome == "tell"
    assert [subject.name for subject in store.subjects([int(value) for value in choice.values])] == [name]
