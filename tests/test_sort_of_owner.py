"""Whether a council, a charity or a company runs a place is in no table; a council by its name is an owner."""

from __future__ import annotations

import pytest
from county import HEADS, rows
from made_corpus import serve

from qa.service import Service

TOLD = "whether a council, a charity or a company runs a place"


@pytest.mark.parametrize(
    "asked",
    [
        "How many homes are run by the council?",
        "Which care homes in Ripon are council run?",
        "care homes owned by a local authority",
        "Which homes does the council run?",
        "Is Saltersgate privately run?",
        "How many homes are run by charities?",
        "Homes in Thirsk not run by the council",
        "Which homes are family run and good?",
    ],
)
def test_the_sort_of_owner_is_not_told(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.status == "not_found"
    assert TOLD in answer.answer.text


def test_a_council_by_its_name_is_an_owner(tmp_path_factory: pytest.TempPathFactory) -> None:
    table = [[*row[:-1], "Harlow Dale Council"] if row[1] == "Kestrane Court" else row for row in rows()]
    service = serve(tmp_path_factory.mktemp("council"), table, HEADS)
    assert "Kestrane Court" in service.ask("Which homes are run by Harlow Dale Council?").answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "where does the data come from?",
        "Is your data up to date?",
        "How up to date is this?",
        "When was the data last updated?",
    ],
)
def test_what_is_asked_of_the_data_is_told_of_the_sources(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, "source" in answer.answer.text) == ("small_talk", True)


@pytest.mark.parametrize("asked", ["Which homes passed?", "Which care homes have passed?"])
def test_what_passed_is_good_or_better(asked: str, county: Service) -> None:
    assert "were rated Outstanding or Good" in county.ask(asked).answer.text
