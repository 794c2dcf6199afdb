"""Names made of a place and of what is done there: whole names of owners, and names that nobody
here bears.
"""

import pytest
from made_corpus import HEADS, row, serve

from qa.service import Service

GREATER = (
    "Bolton",
    "Bury",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
)
HELD = [
    ("Kindly Folk - Manchester Mental Health Services", "Manchester", "Kindly Folk Limited"),
    ("Millbank Point", "Dudley", "West Midlands Ambulance Service University NHS Foundation Trust"),
    ("Careline Yard", "Stafford", "West Midlands Ambulance Service University NHS Foundation Trust"),
    ("Ambulance Station", "Dudley", "Alpha Rescue Limited"),
    ("Bridge Court", "Nottingham", "East Midlands Ambulance Service NHS Trust"),
    ("Vale Lodge", "Taunton", "Somerset Care Limited"),
    ("Tone View", "Taunton", "Somerset Care Limited"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    towns = [
        (f"{town} Hall", town, f"{town} Homes Limited")
        for town in (*GREATER, "Taunton", "Dudley", "Nottingham", "Stafford")
    ]
    rows = [
        row(
            number,
            name,
            "Good",
            "01/02/2020",
            town=town,
            provider=owner,
            care_home="N" if "mbulance" in owner + name else "Y",
        )
        for number, (name, town, owner) in enumerate([*HELD, *towns])
    ]
    return serve(tmp_path_factory.mktemp("corpus"), rows, HEADS)


@pytest.mark.parametrize(
    "question",
    [
        "What is Greater Manchester Mental Health rated?",
        "Greater Manchester Mental Health NHS Foundation Trust",
        "How is Greater Manchester Mental Health NHS Foundation Trust rated?",
        "is Stockport Mental Health Services any good",
    ],
)
def test_a_place_told_beside_common_words_names_nobody_of_whose_name_more_is_untold(
    service: Service, question: str
) -> None:
    answer = service.ask(question)
    assert "was rated" not in answer.answer.text
    assert "is run by" not in answer.answer.text
    assert answer.facts == ()


@pytest.mark.parametrize(
    "question",
    [
        "Manchester Mental Health Services",
        "is Kindly Folk Manchester good",
        "Kindly Folk Mental Health in Manchester",
    ],
)
def test_who_is_named_by_words_of_their_own_is_told(service: Service, question: str) -> None:
    assert {fact.subject for fact in service.ask(question).facts} == {HELD[0][0]}


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("What is West Midlands Ambulance Service rated?", "West Midlands"),
        ("west midlands ambulance service rating", "West Midlands"),
        ("Is East Midlands Ambulance Service good?", "East Midlands"),
        ("is Somerset Care any good", "Somerset"),
    ],
)
def test_words_that_begin_the_name_of_one_owner_mean_it_and_no_kind_in_a_place(
    service: Service, question: str, owner: str
) -> None:
    run_by = {name for name, _, held_by in HELD if held_by.startswith(owner)}
    assert {fact.subject for fact in service.ask(question).facts} == run_by
