"""Whether a place is of a kind: "is Oak House a care home?", "and is it a surgery?"."""

from __future__ import annotations

import pytest

from qa.service import Service

ASKED = [
    ("Is {} a care home?", "Saltersgate", "Yes. Saltersgate in Malton is a care home."),
    ("Is {} a GP practice?", "Saltersgate", "No. Saltersgate in Malton is not a GP practice."),
    ("Is {} a care home?", "Park View Surgery", "No. Park View Surgery in Thirsk is not a care home."),
    ("Was {} a care home?", "Olwen Manor", "Yes. Olwen Manor in Selby is a care home."),
    ("Is {} a good care home?", "Saltersgate", "No. Saltersgate in Malton was rated Outstanding"),
    ("Is {} a care home or a dentist?", "Yarrowby", "Yes. Yarrowby in Malton"),
    ("Is {} a GP practice or a dentist?", "Yarrowby", "No. Yarrowby in Malton"),
    ("Is {} a care home in Malton?", "Yarrowby", "Yes. Yarrowby in Malton"),
]


@pytest.mark.parametrize(("asked", "name", "told"), ASKED)
def test_a_kind_that_is_asked_about_is_no_part_of_the_name(
    asked: str, name: str, told: str, county: Service
) -> None:
    answer = county.ask(asked.format(name))
    assert answer.answer.text.startswith(told)


@pytest.mark.parametrize("pronoun", ["it", "that", "this place"])
@pytest.mark.parametrize(("asked", "name", "told"), ASKED)
def test_a_kind_is_asked_of_the_place_before(
    asked: str, name: str, told: str, pronoun: str, county: Service
) -> None:
    answer = county.ask(asked.format(pronoun), [f"How is {name} rated?"])
    assert answer.answer.text.startswith(told)


@pytest.mark.parametrize("history", [[], ["How is Saltersgate rated?"]])
def test_a_kind_that_the_table_does_not_tell_apart_is_not_confirmed(
    history: list[str], county: Service
) -> None:
    asked = "Is it a nursing home?" if history else "Is Saltersgate a nursing home?"
    answer = county.ask(asked, history)
    assert answer.status == "not_found"
    assert "nursing homes" in answer.answer.text
