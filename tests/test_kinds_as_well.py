"""Groups that have one kind of place as well as another: both of them."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    "question",
    [
        "Which towns have care homes as well as dentists?",
        "List the towns with care homes as well as dentists",
        "How many towns have care homes as well as dentists?",
        "Are there towns that have care homes as well as dentists?",
    ],
)
def test_as_well_as_is_both(question: str, county: Service) -> None:
    text = county.ask(question).answer.text
    assert "Ripon" in text
    assert "both a care home and a dentist" in text
    assert "Thirsk" not in text


def test_a_number_of_each_counts_either(county: Service) -> None:
    text = county.ask("How many care homes as well as dentists are there in each town?").answer.text
    assert "Thirsk 3" in text
