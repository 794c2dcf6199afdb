"""Several of one name, asked about by it; and what is asked second of those that were counted: their names,
where they are.
"""

from __future__ import annotations

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *(
        "Location ID",
        "Location Name",
        "Care Home?",
        "Location Street Address",
        "Location Address Line 2",
        "Location City",
    ),
    *("Location Post Code", "Latest Rating", "Publication Date"),
)
TOWNS = ("Ashby", "Brigg", "Caistor", "Driffield", "Epworth", "Filey")
RATINGS = ("Good", "Good", "Good", "Inadequate", "Good", "Good")
OTHERS = (
    ("The Old Forge Nursing Home", "Ashby", "Good"),
    ("Sea Lodge", "Brigg", "Inadequate"),
    ("Hill Lodge", "Caistor", "Good"),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    places = [
        *(("The Old Forge", town, rating) for town, rating in zip(TOWNS, RATINGS, strict=True)),
        *OTHERS,
    ]
    rows = [
        [str(number), name, "Y", f"{number} Mill Lane", "", town, f"DN{number} 1AA", rating, "01/02/2021"]
        for number, (name, town, rating) in enumerate(places, 1)
    ]
    return serve(tmp_path_factory.mktemp("called"), rows, HEADS)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "How many places are called exactly The Old Forge?",
            "6 places called The Old Forge: 5 Good and 1 Inadequate.",
        ),
        (
            "how many homes go by the name The Old Forge",
            "6 places called The Old Forge: 5 Good and 1 Inadequate.",
        ),
        (
            "how many homes go by the exact name The Old Forge",
            "6 places called The Old Forge: 5 Good and 1 Inadequate.",
        ),
        (
            "What are the inadequate homes in Brigg called?",
            "1 care home in Brigg (postal town) was rated Inadequate: Sea Lodge",
        ),
        (
            "How many care homes called The Old Forge are good?",
            "5 of the 6 places called The Old Forge were rated Good.",
        ),
        (
            "How many homes called just The Old Forge are outstanding?",
            "None of the 6 called The Old Forge was rated Outstanding.",
        ),
        (
            "What percentage of the homes called The Old Forge are good?",
            "83.3%: 5 of 6 places called The Old Forge with a rating",
        ),
        (
            "Are all care homes named The Old Forge good?",
            "No. 5 of 6 rated places called The Old Forge were rated Good.",
        ),
        (
            "Which homes called The Old Forge are inadequate?",
            "The Old Forge in Driffield was rated Inadequate",
        ),
        (
            "Of the care homes called The Old Forge how many are inadequate, and where are they",
            "1 of the 6 places called The Old Forge was rated Inadequate: The Old Forge (published 1 "
            "February 2021). The Old Forge is at 4 Mill Lane, Driffield, DN4 1AA.",
        ),
        (
            "How many care homes in Brigg are inadequate and what are they called",
            "1 care home in Brigg (postal town) was rated Inadequate: Sea",
        ),
        (
            "How many care homes in Caistor are there? names please",
            "2 care homes in Caistor (postal town): The Old Forge",
        ),
        (
            "How many care homes in Brigg are inadequate, and where?",
            "1 care home in Brigg (postal town) was rated Inadequate: Sea Lodge (published 1 February 2021). "
            "1 care home in Brigg (postal town) was rated Inadequate: Sea Lodge (8 Mill Lane, Brigg, "
            "DN8 1AA).",
        ),
        (
            "Is the care home called The Old Forge good?",
            "There are 6 called The Old Forge.",
        ),
        ("Are all homes called The Old Forge in Filey good?", "Yes. The Old Forge in Filey was rated Good"),
        ("Is the home called The Old Forge in Filey good?", "Yes. The Old Forge in Filey was rated Good"),
    ],
)
def test_those_of_one_name_are_told_by_it_once(service: Service, question: str, text: str) -> None:
    answer = service.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()
