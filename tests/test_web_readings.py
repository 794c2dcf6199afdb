"""The reading of a question as chips: each offers changed questions that are read as it promises, and no others."""

from pathlib import Path

import pytest

from qa.records import FieldValue
from qa.service import Service
from qa.settings import Settings
from qa.web.readings import Chip, Readings, plain

TABLE = """Location ID,Location Name,Location Primary Inspection Category,Care Home,Domain,Latest Rating,Publication Date,Location City
1-1,Holly House,Residential social care,Y,Overall,Good,2024-01-02,Ludlow
1-1,Holly House,Residential social care,Y,Safe,Inadequate,2024-01-02,Ludlow
1-2,Rose Cottage,Residential social care,Y,Overall,Inadequate,2024-02-03,Telford
1-2,Rose Cottage,Residential social care,Y,Safe,Good,2024-02-03,Telford
1-3,Bridge Surgery,GP Practices,N,Overall,Good,2024-03-04,Telford
1-3,Bridge Surgery,GP Practices,N,Safe,Good,2024-03-04,Telford
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("directory")
    (folder / "ratings.csv").write_text(TABLE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.fixture(scope="module")
def shipped() -> Service:
    return Service.open(Settings.load({"cache": "none"}, {}))


def chips(service: Service, question: str) -> dict[str, Chip]:
    return {chip.label: chip for chip in Readings(service).changeable(service.ask(question))}


def test_each_part_of_the_reading_is_a_chip(directory: Service) -> None:
    found = chips(directory, "Which care homes in Ludlow are inadequate for safe?")
    assert {label: chip.value for label, chip in found.items()} == {
        "Town": "Ludlow",
        "Kind": "care homes",
        "Rated for": "Safe",
        "Rating": "Inadequate",
    }


def test_a_chip_offers_other_values_of_the_corpus_and_none_at_all(directory: Service) -> None:
    found = chips(directory, "Which care homes in Ludlow are good?")
    assert [option.label for option in found["Town"].options] == ["Telford", "Any town"]
    assert [option.label for option in found["Rating"].options] == ["Outstanding", "Requires improvement", "Inadequate", "Any rating"]


@pytest.mark.parametrize(
    "question",
    [
        "Which care homes in Ludlow are inadequate for safe?",
        "How many places in Telford are good?",
        "Which surgeries are good for safe?",
        "care homes rated good since 2023",
    ],
)
def test_every_offer_is_read_as_it_promises(directory: Service, question: str) -> None:
    answer = directory.ask(question)
    offered = 0
    for chip, part in zip(Readings(directory).changeable(answer), answer.understood.filters, strict=True):
        for option in chip.options:
            again = {(one.field, one.value.lower()) for one in directory.ask(option.question).understood.filters}
            others = {(one.field, one.value.lower()) for one in answer.understood.filters if one != part}
            assert again in (others, others | {(part.field, option.label.lower())})
            assert again != others | {(part.field, part.value.lower())}
            offered += 1
    assert offered


def test_what_a_reading_does_not_tell_is_not_lost_by_a_change(shipped: Service) -> None:
    found = chips(shipped, "Which trusts improved to good?")
    assert [option.question for option in found["Rating"].options if option.label == "Outstanding"] == [
        "Which trusts improved to outstanding?"
    ]
    assert all("improved" in option.question for chip in found.values() for option in chip.options)


@pytest.mark.parametrize("question", ["hello", "Why did these trusts improve?", "I want to kill myself", "What is Oxleas rated?"])
def test_what_was_not_narrowed_has_no_chips(shipped: Service, question: str) -> None:
    assert chips(shipped, question) == {}


def test_an_earlier_answer_shows_its_reading_without_a_choice(directory: Service) -> None:
    answer = directory.ask("Which care homes in Ludlow are good?")
    assert FieldValue("town", "Ludlow") in answer.understood.filters
    assert all(chip.options == () for chip in plain(answer))
    assert len(plain(answer)) == len(answer.understood.filters)
