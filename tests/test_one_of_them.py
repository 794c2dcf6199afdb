""" "One" as a pronoun: "is a single one of them …?", "is one of them …?", "are there any in Thirsk?"."""

import pytest

from qa.service import Service

# Of the homes in Selby two require improvement, none is good or outstanding; of those in Ripon one is
# outstanding and two are good; in Thirsk one is good.


@pytest.mark.parametrize(
    "said",
    [
        "is a single one of them {}",
        "is even one of them {}",
        "is one of them {}",
        "is a single one {}",
        "is there a single one that is {}",
        "has one of them been rated {}",
        "was one of those rated {}",
    ],
)
@pytest.mark.parametrize("rating", ["outstanding", "good", "inadequate"])
@pytest.mark.parametrize("town", ["Ripon", "Selby"])
def test_one_of_them_is_any_of_them(said: str, rating: str, town: str, county: Service) -> None:
    answer = county.ask(f"How many homes are there in {town}, and {said.format(rating)}?")
    number = {"Ripon": {"outstanding": 1, "good": 2}, "Selby": {}}[town].get(rating, 0)
    text = answer.answer.text
    assert answer.status == "answered"
    assert not answer.understood.left_out
    assert text.startswith(f"{3 if town == 'Ripon' else 2} care homes in {town}")
    assert (f"Yes. {number} of 3" if number else "No. None of the") in text


@pytest.mark.parametrize("question", ["is one of them good?", "is even one of them good?", "is one good?"])
def test_of_many_good_ones_one_is_good(question: str, county: Service) -> None:
    answer = county.ask(question, ["Which homes are in Ripon?"])
    assert answer.answer.text.startswith("Yes. 2 of 3")


def test_not_one_of_them_is_a_claim_of_none(county: Service) -> None:
    text = county.ask("How many homes are in Selby, and is not one of them outstanding?").answer.text
    assert text.startswith("2 care homes in Selby")
    assert "Yes. None of the 2 rated" in text


@pytest.mark.parametrize("number", ["only one", "exactly one", "just one"])
def test_a_number_of_them_stays_a_number(number: str, county: Service) -> None:
    assert county.ask(f"Is {number} of the homes in Ripon good?").answer.text.startswith("No. 2 of 3")
    assert county.ask(f"Is {number} of the homes in Thirsk good?").answer.text.startswith("Yes. 1 of 3")


@pytest.mark.parametrize("said", ["are there any", "is there one", "is there any"])
def test_whether_there_are_any_elsewhere_keeps_what_was_asked(said: str, county: Service) -> None:
    history = ["How many outstanding homes are in Selby?"]
    assert county.ask(f"{said} in Thirsk?", history).answer.text.startswith("No: there is no care home")
    found = county.ask(f"and {said} in Malton?", history).answer.text
    assert found.startswith("Yes. There is 1 care home in Malton (postal town) rated Outstanding")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Among towns with two homes or more, is there one with no good homes?", "Yes. 1 of 4 towns"),
        ("Of the towns, is there one with only good homes?", "No. None of the 4 towns"),
        ("Among councils, is there one without an inadequate home?", "Yes. 2 of 3 councils"),
    ],
)
def test_one_of_the_groups_is_any_of_them(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)
