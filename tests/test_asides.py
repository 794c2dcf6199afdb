"""What is told beside a question: it is not taken for what is asked, but a place told in it is where the
question is asked of.
"""

from __future__ import annotations

import pytest
from made_corpus import row, serve

from qa.service import Service

ACUTE = "Urgent and emergency services"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        row(1, "Hawthorn Manor Residential Home", "Good", "01/02/2021", town="Ely"),
        row(2, "Fern House", "Good", "01/02/2021", town="Ely"),
        row(3, "Moss House", "Inadequate", "01/02/2021", town="Soham"),
        row(4, "The Queen Maud Hospital", "Good", "01/02/2021", town="Soham", care_home="N"),
        row(
            4,
            "The Queen Maud Hospital",
            "Inadequate",
            "01/02/2021",
            town="Soham",
            care_home="N",
            service=ACUTE,
        ),
    ]
    return serve(tmp_path_factory.mktemp("asides"), rows)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "hi, is hawthorn manor in ely any good? mum's been offered a bed there",
            "Yes. Hawthorn Manor Residential Home in Ely was rated Good",
        ),
        (
            "is hawthorn manor good? gran has been told there are no vacancies",
            "Yes. Hawthorn Manor Residential Home in Ely was rated Good",
        ),
        (
            (
                "bit scared, might have to go to a&e at the queen maud in soham. is urgent and emergency "
                "care there rated inadequate?"
            ),
            "Yes. The Queen Maud Hospital in Soham was rated Inadequate for “Urgent and emergency services”",
        ),
        (
            "is a&e at the queen maud in soham inadequate?",
            "Yes. The Queen Maud Hospital in Soham was rated Inadequate for",
        ),
        ("thinking of moving nan to fern house. what is it rated?", "Fern House in Ely was rated Good"),
        ("Councillor here - which town has the most care homes?", "Ely (2) has the most care homes"),
        ("Journalist here: how many care homes are good?", "2 care homes were rated Good"),
        (
            "evening all, anyone know how fern house in ely was rated by cqc",
            "Fern House in Ely was rated Good",
        ),
        ("anyone here know what fern house was rated by the cqc?", "Fern House in Ely was rated Good"),
        ("I live in Soham. Which care homes are good?", "None: no care home in Soham"),
        (
            "My mum is moving to Ely, which care homes are there?",
            "2 care homes in Ely (council area): Hawthorn Manor",
        ),
        (
            "my son's school is in Soham, how many care homes are there?",
            "1 care home in Soham (council area)",
        ),
        (
            "moving to Soham soon. how many care homes are inadequate?",
            "1 care home in Soham (council area) was rated Inadequate",
        ),
        (
            "I live in Soham. Which care homes in Ely are good?",
            "2 care homes in Ely (council area) were rated Good",
        ),
    ],
)
def test_what_is_told_beside_is_set_aside(service: Service, question: str, text: str) -> None:
    answer = service.ask(question)
    assert answer.answer.text.startswith(text), answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    "before", ["How is the Queen Maud Hospital rated?", "Is the Queen Maud Hospital good?"]
)
def test_a_service_is_asked_of_whoever_was_spoken_of(service: Service, before: str) -> None:
    answer = service.ask("how is a&e there rated?", (before,)).answer.text
    assert answer.startswith(
        "The Queen Maud Hospital in Soham was rated Inadequate for “Urgent and emergency services”"
    ), answer


def test_only_the_unknown_name_is_told_as_unknown(service: Service) -> None:
    answer = service.ask(
        "evening all, anyone know how maple grange care home in ely was rated by cqc"
    ).answer.text
    assert answer.startswith("The loaded reports and ratings do not know “maple grange”."), answer


def test_a_claim_before_gives_way_to_the_service_asked_about(service: Service) -> None:
    answer = service.ask("and a&e there at the places?", ["Are all places in Soham good?"])
    assert answer.understood.standalone == f"Ratings in “{ACUTE}” of places, whose council is “Soham”"
    assert answer.answer.text.startswith(
        "1 place in Soham (council area): The Queen Maud Hospital (Inadequate for"
    )
