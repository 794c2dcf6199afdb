"""Brands of several words that places are called, too: who counts or compares owners means the brand."""

from __future__ import annotations

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location Primary Inspection Category", "Location City"),
    *("Latest Rating", "Publication Date", "Provider Name", "Brand Name"),
)
# name, town, rating, provider, brand
PLACES = (
    ("Green Lanes", "Wexham", "Good", "Aldous Ltd", "BRAND Aldous"),
    ("Green Lanes", "Norton", "Inadequate", "Tarn Homes Ltd", "BRAND Green Lanes"),
    ("Combe Lodge", "Norton", "Outstanding", "Tarn Homes Ltd", "BRAND Green Lanes"),
    ("Rill House", "Wexham", "Good", "Rill Ltd", "BRAND Green Lanes"),
    ("Three Oaks", "Wexham", "Good", "Three Oaks Ltd", "BRAND Three Oaks"),
    ("Fell View", "Norton", "Good", "Three Oaks Ltd", "BRAND Three Oaks"),
    ("Marl House", "Norton", "Good", "Wyvern (Norton) Ltd", "BRAND Wyvern Group"),
    ("Marl Lodge", "Wexham", "Inadequate", "Wyvern (Wexham) Ltd", "BRAND Wyvern Group"),
    ("Marl Court", "Wexham", "Good", "Wyvern (Wexham) Ltd", "BRAND Wyvern Group"),
    ("Alder House", "Norton", "Good", "Osier (North) Ltd", "-"),
    ("Rowan Court", "Norton", "Good", "Osier (South) Ltd", "-"),
    ("Linden Bank", "Norton", "Good", "Thornby Ltd", "BRAND Osier Group"),
    ("Tarrow House", "Wexham", "Good", "Cormorant Ltd", "-"),
    ("Tarrow House", "Norton", "Good", "Cormorant Ltd", "-"),
    ("Yew Bank", "Wexham", "Good", "Plover Ltd", "-"),
    ("Yew Bank", "Norton", "Good", "Dunlin Ltd", "-"),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [str(number), name, "Y", "Residential social care", town, rating, "01/02/2021", provider, brand]
        for number, (name, town, rating, provider, brand) in enumerate(PLACES, 1)
    ]
    return serve(tmp_path_factory.mktemp("brands"), rows, HEADS)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Green Lanes or Three Oaks, who has fewer good homes?", "BRAND Green Lanes has the lower number"),
        ("Green Lanes v Three Oaks: share of homes rated good", "BRAND Three Oaks has the higher share"),
        (
            "How many homes do Green Lanes and Three Oaks run?",
            "5 care homes of the brand BRAND Green Lanes or",
        ),
        ("How many homes does Green Lanes run?", "3 care homes of the brand BRAND Green Lanes"),
        ("How many homes are run by Green Lanes?", "3 care homes of the brand BRAND Green Lanes"),
        (
            "Which chain runs the most homes?",
            "It is a tie: BRAND Green Lanes and BRAND Wyvern Group (3 each)",
        ),
        (
            "How many homes are run by the brands Green Lanes and Three Oaks?",
            "5 care homes of the brand BRAND Green Lanes or BRAND Three Oaks",
        ),
        (
            "Which homes are of the companies Tarn Homes and Rill?",
            "3 care homes run by Tarn Homes Ltd or Rill Ltd",
        ),
        ("How many of the care homes are Aldous's?", "1 care home of the brand BRAND Aldous"),
        (
            "Aldous, Green Lanes and Three Oaks: who has most homes?",
            "BRAND Green Lanes has the highest number",
        ),
        # several companies begin so, and one brand that runs what they run
        ("Which of Wyvern's homes are good?", "2 care homes of the brand BRAND Wyvern Group were rated Good"),
        ("How many good homes are there in Wexham apart from Wyvern's?", "5 care homes in Wexham"),
        ("Is Wyvern doing better than Aldous?", "No. Aldous Ltd has the higher share"),
        ("Has Wyvern any inadequate homes?", "Yes. 1 of 3 rated care homes of the brand BRAND Wyvern Group"),
        ("Wyvern or Three Oaks: who has more homes?", "BRAND Wyvern Group has the higher number"),
        ("How many homes has Wyvern (Wexham) Ltd?", "2 care homes run by Wyvern (Wexham) Ltd"),
        ("Which Three Oaks Limited homes are good?", "2 care homes run by Three Oaks Ltd were rated Good"),
    ],
)
def test_whoever_runs_homes_is_the_brand(question: str, text: str, service: Service) -> None:
    assert service.ask(question).answer.text.startswith(text)


def test_a_place_of_that_name_is_still_asked_back(service: Service) -> None:
    assert service.ask("What is Green Lanes rated?").status == "ambiguous"
    assert service.ask("What is Three Oaks rated?").facts[0].subject == "Three Oaks"


def test_a_brand_that_runs_nothing_of_the_companies_is_not_meant(service: Service) -> None:
    answer = service.ask("Which of Osier's homes are good?")
    assert answer.status == "ambiguous", answer.answer.text


def test_who_may_be_meant_is_not_asked_back_where_the_answer_is_the_same(service: Service) -> None:
    answer = service.ask("Who runs Tarrow House?")
    assert (answer.status, answer.answer.text.count("Cormorant Ltd")) == ("answered", 1)
    assert service.ask("Who runs Yew Bank?").status == "ambiguous"


def test_what_is_answered_beside_a_part_that_is_not_understood_is_not_sure(service: Service) -> None:
    answer = service.ask(
        "How many homes are in Wexham, what share is good, and does any other town grumble more?"
    )
    assert answer.answer.text.startswith("7 care homes in Wexham")
    assert "I did not understand" in answer.answer.text
    assert answer.answer.confidence <= 0.7


VOYAGES = (
    ("Seaview", "Wexham", "Good", "Voyage 1 Ltd", "BRAND Voyage"),
    ("Westbury House", "Norton", "Good", "Voyage 1 Ltd", "BRAND Voyage"),
    ("Voyage Specialist Care", "Norton", "Inadequate", "Voyage Specialist Ltd", "-"),
    ("Voyager Family Health", "Norton", "Good", "Dr Pell", "-"),
)


@pytest.fixture(scope="module")
def voyages(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [str(number), name, "Y", "Residential social care", town, rating, "02/01/2019", provider, brand]
        for number, (name, town, rating, provider, brand) in enumerate((*VOYAGES, *PLACES), 1)
    ]
    return serve(tmp_path_factory.mktemp("voyages"), rows, HEADS)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How many care homes does Voyage run?", "2 care homes of the brand BRAND Voyage"),
        ("How many care homes does Voyage run in Norton?", "1 care home in Norton"),
        ("Voyage care homes in Wexham", "Seaview"),
        ("Which Voyage homes in Norton are good?", "Westbury House"),
    ],
)
def test_the_whole_name_of_a_brand_is_told_in_a_place_too(asked: str, told: str, voyages: Service) -> None:
    answer = voyages.ask(asked)
    assert answer.status == "answered", answer.answer.text
    assert told in answer.answer.text
