"""Words for columns beside what is asked: "the Alder brand", "the category 'Hospices'", "council areas not
towns".
"""

from __future__ import annotations

import pytest
from made_corpus import serve

from qa.service import Service

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location Primary Inspection Category", "Location City"),
    *(
        "Location Local Authority",
        "Constituency",
        "Ward Name",
        "Latest Rating",
        "Publication Date",
        "Provider Name",
        "Brand Name",
    ),
)
HOME, CLINIC, COMMUNITY = (
    "Residential social care",
    "Slimming Clinics",
    "Mental health - community & residential - NHS",
)
# name, kind, town, council, constituency, ward, rating, provider, brand
PLACES = (
    (
        "Rill House",
        HOME,
        "Wexham",
        "Wexham",
        "Wexham East",
        "Market",
        "Good",
        "Alder Care Limited",
        "BRAND Alder Group",
    ),
    (
        "Combe Lodge",
        HOME,
        "Wexham",
        "Norland",
        "Wexham East",
        "Market",
        "Good",
        "Alder Care Limited",
        "BRAND Alder Group",
    ),
    (
        "Tarn View",
        HOME,
        "Norton",
        "Wexham",
        "Norland South",
        "Quayside",
        "Inadequate",
        "Tarn Homes Ltd",
        "BRAND Alder Group",
    ),
    (
        "Fell View",
        HOME,
        "Norton",
        "Norland",
        "Norland South",
        "Quayside",
        "Good",
        "Tarn Homes Ltd",
        "BRAND Birchwood Living",
    ),
    (
        "Mere Court",
        HOME,
        "Norton",
        "Norland",
        "Norland South",
        "Hilltop",
        "Requires improvement",
        "Mere Ltd",
        "BRAND Birchwood Living",
    ),
    ("Slim Now", CLINIC, "Wexham", "Wexham", "Wexham East", "Market", "Good", "Slim Now Ltd", "-"),
    (
        "Harbour Team",
        COMMUNITY,
        "Norton",
        "Norland",
        "Norland South",
        "Quayside",
        "Good",
        "Norland Trust",
        "-",
    ),
    (
        "Orchard Team",
        COMMUNITY,
        "Norton",
        "Norland",
        "Norland South",
        "Hilltop",
        "Requires improvement",
        "Norland Trust",
        "-",
    ),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [str(number), name, "Y" if kind == HOME else "N", kind, *where, rating, "01/02/2021", provider, brand]
        for number, (name, kind, *where, rating, provider, brand) in enumerate(PLACES, 1)
    ]
    return serve(tmp_path_factory.mktemp("labels"), rows, HEADS)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many places does the Alder brand have?", "3 places of the brand BRAND Alder Group"),
        (
            "How many homes belong to the Birchwood Living brand?",
            "2 care homes of the brand BRAND Birchwood Living",
        ),
        ("How many homes has the company Tarn Homes got?", "2 care homes run by Tarn Homes Ltd"),
        (
            "how many homes of the brands Alder and Birchwood Living are good?",
            "3 of the 5 care homes of the brand BRAND Alder Group or",
        ),
        (
            "Alder Group seems fine. What percentage of the brand's places are good?",
            "66.7%: 2 of 3 places of the brand BRAND Alder Group",
        ),
        (
            "Alder Group or Birchwood Living, which brand has the bigger share rated good",
            "BRAND Alder Group has the higher share",
        ),
        (
            "Alder Group vs Birchwood Living: which of the two brands has more good homes?",
            "BRAND Alder Group has the higher number",
        ),
        ("how many entries fall in the category slimming clinics", "1 slimming clinic"),
        ("which constituency has the fewest places registered", "Wexham East (3)"),
        ("Which brand has the most care homes?", "BRAND Alder Group (3) has the most care homes"),
        (
            "Are all places in the category 'Mental health - community & residential - NHS' good?",
            "No. 1 of 2",
        ),
        ("How many places are in the slimming clinics category?", "1 slimming clinic"),
        ("Which category has the most places?", "Residential social care (5)"),
        ("How many homes are in Wexham? council area not town", "2 care homes in Wexham (council area)"),
        ("How many homes are in Wexham (town, not council)?", "2 care homes in Wexham (postal town)"),
        (
            "How many homes are in Wexham, not the council but the town?",
            "2 care homes in Wexham (postal town)",
        ),
        (
            "How many homes in Wexham are good, the town I mean",
            "2 care homes in Wexham (postal town) were rated Good",
        ),
        ("List the homes in Norland, by town", "Norton has the most care homes in Norland (council area)"),
        ("Which electoral ward has the most places?", "It is a tie: Market and Quayside"),
        ("How many places are in the ward Quayside?", "3 places in Quayside (ward)"),
        ("Which parliamentary constituency has the most registered places?", "Norland South (5)"),
    ],
)
def test_a_column_that_is_named_says_what_is_meant(service: Service, question: str, text: str) -> None:
    answer = service.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("and which provider is it run by", "Rill House is run by Alder Care Limited."),
        ("which council is it in?", "Rill House is in Wexham (council area)."),
        ("what brand does it belong to?", "Rill House belongs to the brand BRAND Alder Group."),
    ],
)
def test_a_column_is_asked_of_whoever_was_spoken_of(service: Service, question: str, text: str) -> None:
    answer = service.ask(question, ("How is Rill House rated?",)).answer.text
    assert answer.startswith(text), answer


@pytest.mark.parametrize(
    "question",
    ["How many places does the Rill brand have?", "How many homes are in Norton, constituency not town?"],
)
def test_a_name_that_the_column_does_not_hold_is_not_read_as_of_another(
    service: Service, question: str
) -> None:
    answer = service.ask(question)
    assert answer.status in ("not_found", "ambiguous")
    assert answer.figures == ()
