""" "Elsewhere" is everywhere but the place asked about before; without one it is asked about."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    "said",
    ["and elsewhere", "how many are there elsewhere", "and how many are anywhere else", "and somewhere else"],
)
@pytest.mark.parametrize(("rating", "number"), [("outstanding", 1), ("good", 2), ("inadequate", 1)])
def test_a_number_elsewhere(said: str, rating: str, number: int, county: Service) -> None:
    answer = county.ask(f"{said}?", [f"How many {rating} homes are in Ripon?"])
    assert answer.answer.text.startswith(f"{number} care home")
    assert "outside Ripon" in answer.answer.text


@pytest.mark.parametrize(
    "said", ["is there one elsewhere", "are there any anywhere else", "which are elsewhere"]
)
def test_a_second_half_about_elsewhere(said: str, county: Service) -> None:
    answer = county.ask(f"Which outstanding homes are in Ripon, and {said}?")
    assert answer.status == "answered"
    assert not answer.understood.left_out
    assert "1 care home outside Ripon (postal town) was rated Outstanding: Saltersgate" in answer.answer.text


def test_a_share_elsewhere(county: Service) -> None:
    text = county.ask("What share of homes in Ripon is good, and what is it elsewhere?").answer.text
    assert "2 of 3 care homes in Ripon" in text
    assert "2 of 7 care homes outside Ripon" in text


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("How many homes elsewhere are good?", []),
        ("Does it have any elsewhere?", ["Who runs Dunmere Lodge?"]),
        ("Do they run homes elsewhere?", ["Which homes in Ripon are outstanding?", "Who runs them?"]),
        ("And elsewhere?", ["How many good homes are outside Ripon?"]),
        ("Is there an outstanding home in Selby, or one elsewhere?", []),
    ],
)
def test_without_one_place_to_leave_out_the_word_is_asked_about(
    question: str, history: list[str], county: Service
) -> None:
    answer = county.ask(question, history)
    assert answer.status == "not_found"
    assert "elsewhere" in answer.answer.text
