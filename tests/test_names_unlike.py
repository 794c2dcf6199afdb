"""Names that are like somebody's, and are not theirs: other words in them, other kinds, another number."""

from __future__ import annotations

from functools import cache

import pytest
from made_facts import fact, vocabulary_of
from small_directory import asked, names

from qa.question.reading import Reading
from qa.question.vocabulary import Vocabulary

HOME, GP, HOSPITAL, NIGHTS = "Residential social care", "GP Practices", "Acute hospital - NHS", "Out of hours"
NAMES = (
    ("Great Ormskirk Street Hospital", HOSPITAL),
    ("Elm House", HOME),
    ("Tollgates House", HOME),
    ("Hollow Care Centre", HOME),
    ("Hollowcare Ltd", "Community based adult social care services"),
    ("Bridlestreet Medical Centre", NIGHTS),
    ("Trellis Healthcare Limited", HOME),
    ("Trellis Healthcare Plus Limited", HOME),
    ("A & K Home Care Services Ltd", "Community based adult social care services"),
    ("Family Medical Centre", GP),
    ("The Family Surgery", GP),
    ("Wexmouth Family Medical Centre", GP),
    ("New Wexmouth Medical Practice", GP),
    ("Larks By Classic (Healthcare At Home) Limited", HOME),
    ("Initial Care Services", "Community based adult social care services"),
    ("Cornel Nursing and Residential Care Home", HOME),
    *((f"{word} Hospital", HOSPITAL) for word in ("Ash", "Birch", "Cedar", "Dogwood", "Elder", "Furze")),
    *((f"{word} Hospital", NIGHTS) for word in ("Gorse", "Hazel", "Ivy", "Juniper", "Kale", "Lime")),
    *((f"{word} Medical Centre", GP) for word in ("Maple", "Nettle", "Oak", "Pine", "Quince", "Rowan")),
    *((f"{word} Surgery", GP) for word in ("Sorrel", "Tansy", "Umber", "Vetch", "Willow", "Yarrow")),
    *((f"The {word}", HOME) for word in ("Sorbus", "Tilia")),
    *(("High Street Surgery", GP),) * 2,
    ("The High Street Surgery", GP),
    *(("Stay At Home Senior Care", HOME),) * 45,
)
PROVIDERS = {
    "Trellis Healthcare Limited": "The Social Care Ltd",
    "Elm House": "Southmoor Health NHS Foundation Trust",
}


@cache
def vocabulary() -> Vocabulary:
    facts = []
    for number, (name, kind) in enumerate(NAMES, 1):
        attributes = {
            "identifier": str(number),
            "kind": kind,
            "care_home": "Y" if kind == HOME else "N",
            "provider": PROVIDERS.get(name, name),
            "town": ("Wexmouth", "Prior Bay", "Bushel")[number % 3],
            "postcode": f"QB{number % 9 + 1} {number % 7}AA",
            "street": f"{number} Station Road",
        }
        facts.append(fact(name, **attributes))
    return vocabulary_of(*facts)


def read(text: str) -> Reading:
    return asked(text, vocabulary=vocabulary())


def told(text: str) -> list[str]:
    """The names of those that a question is answered about without asking back."""
    reading = read(text)
    if reading.blocked or reading.ambiguous or reading.unknown:
        return []
    return sorted({NAMES[int(number) - 1][0] for one in names(reading, vocabulary()) for number in one})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("great ormskirk st hospital", "Great Ormskirk Street Hospital"),
        ("What is Trellis Healtcare Plus rated?", "Trellis Healthcare Plus Limited"),
        ("how is trellis healthcare plus rated", "Trellis Healthcare Plus Limited"),
        ("How is Wexmouth Family rated?", "Wexmouth Family Medical Centre"),
        ("What are New Wexmouth Medical Practices ratings?", "New Wexmouth Medical Practice"),
        (
            "How is Larks By Classic (Healthcare At Home) rated?",
            "Larks By Classic (Healthcare At Home) Limited",
        ),
        ("What are Elm Houses ratings?", "Elm House"),
        ("Is Bridlestreet Medical Centre good?", "Bridlestreet Medical Centre"),
    ],
)
def test_a_name_is_told_by_all_of_its_words(text: str, name: str) -> None:
    assert told(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "How is Elms House rated?",  # a plural within a name is another name
        "How is Tollgate House rated?",
        "What is Hollowcare Care Home rated?",  # one word in somebody else's name
        "Bridlestreet Hospital rating",  # kinds that are apart, though one place may be of either
        "Is K outstanding?",  # one letter names nobody
        "What's the rating for Cornel Nursing and, Bushel?",
        "What is Southmoor Health and Social Care Trust rated?",
        "wexford health and social care trust rating",
        "How is Family rated?",
        "Is Initial Care Home good?",
    ],
)
def test_a_name_that_nobody_bears_is_told_of_nobody(text: str) -> None:
    reading = read(text)
    assert not told(text)
    assert reading.blocked or reading.ambiguous or reading.unknown


@pytest.mark.parametrize(
    ("text", "count"),
    [("What is the High Street Surgery rated?", 3), ("Stay At Home Senior Care rating", 45)],
)
def test_all_that_bear_a_name_are_asked_back_about(text: str, count: int) -> None:
    choice = read(text).ambiguous
    assert choice is not None
    assert len(choice.subjects) == count
