"""A town said without what sets it apart: "St Leonards" for St Leonards On Sea, beside the name of a place there."""

import pytest
from made_corpus import HEADS, row, serve

from qa.question.align_context import begins_town
from qa.service import Service

HELD = [
    ("Kingsmere House Nursing Home", "St Leonards On Sea"),
    ("Kingsmere House", "Leeds"),
    ("Kingsmere Court", "Hull"),
    ("Abbey Rosedene", "St Leonards"),
    ("Tidewell Lodge", "Newcastle-upon-Tyne"),
    ("Fernacre Lodge", "Sutton Coldfield"),
    ("Oakhanger View", "Sutton"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        row(number, name, "Good", "01/02/2020", town=town, care_home="Y", provider=f"Owner {number} Limited")
        for number, (name, town) in enumerate(HELD)
    ]
    return serve(tmp_path_factory.mktemp("corpus"), rows, HEADS)


@pytest.mark.parametrize(
    "question",
    [
        "What was the overall rating at Kingsmere House Nursing Home in St Leonards?",
        "What is Kingsmere House Nursing Home in St Leonards rated?",
        "Is Kingsmere House Nursing Home in St Leonards good?",
        "How is Kingsmere House Nursing Home, St Leonards, rated?",
        "When was Kingsmere House Nursing Home in St Leonards rated?",
        "What was the food like and what was the overall rating at Kingsmere House Nursing Home in St Leonards?",
    ],
)
def test_a_place_is_found_by_its_town_without_on_sea(question: str, service: Service) -> None:
    assert [fact.subject for fact in service.ask(question).facts] == ["Kingsmere House Nursing Home"]


@pytest.mark.parametrize(
    "question", ["What is Fernacre Lodge in Sutton rated?", "What is Tidewell Lodge in St Leonards rated?"]
)
def test_another_town_is_no_such_town(question: str, service: Service) -> None:
    assert service.ask(question).facts == ()


@pytest.mark.parametrize(
    ("said", "town", "told"),
    [
        ("st leonards", "st leonards on sea", True),
        ("newcastle", "newcastle upon tyne", True),
        ("ashby", "ashby in the wold", True),
        ("sutton", "sutton coldfield", False),
        ("sutton", "sutton", False),
        ("st", "st leonards on sea", False),
        ("", "on sea", False),
    ],
)
def test_what_sets_a_town_apart(said: str, town: str, told: bool) -> None:
    assert begins_town(said, town) is told
