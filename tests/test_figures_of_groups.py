"""Questions and follow-ups about figures of groups: "top three only", "which has the most?" of the groups
counted, "how many good ones does each have?", and a share rather than a count."""

from __future__ import annotations

import pytest
from made_corpus import HEADS, row, serve

from qa.service import Service

GOOD, BAD = "Good", "Inadequate"
# town: brand, ratings
TOWNS = {
    "Leeds": ("Larkmoor", (GOOD, GOOD, GOOD, BAD, BAD)),
    "York": ("Larkmoor", (GOOD, BAD)),
    "Hull": ("Tolland", (GOOD, GOOD, BAD)),
    "Ripon": ("Wrenfield", (GOOD,)),
    "Selby": ("", (BAD, BAD, BAD, GOOD, GOOD, GOOD, GOOD)),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [
        [*row(100 * at + number, f"House {at}-{number}", rating, "01/02/2020", town=town), brand]
        for at, (town, (brand, ratings)) in enumerate(TOWNS.items(), 1)
        for number, rating in enumerate(ratings)
    ]
    return serve(tmp_path_factory.mktemp("corpus"), rows, (*HEADS, "Brand Name"))


def told(service: Service, *turns: str) -> str:
    answer = list(service.converse(list(turns)))[-1].answer
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    return answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Rank the towns having at least two care homes by the share that is inadequate, top two only.",
        "Rank the towns having at least two care homes by the share that is inadequate, top 2 only",
        "Towns with two or more care homes, ranked by the share that is inadequate, top two only",
    ],
)
def test_only_at_the_end_of_an_order_limits_it(service: Service, question: str) -> None:
    assert told(service, question).startswith("York (50%) and Selby (42.9%) have the highest share")


@pytest.mark.parametrize(
    "second",
    [
        "which has the most?",
        "which of them has the most?",
        "which is the biggest?",
        "which one has the most?",
        "and who has the most?",
    ],
)
@pytest.mark.parametrize("first", ["How many towns have", "Which towns have"])
def test_the_first_is_of_the_groups_counted(service: Service, first: str, second: str) -> None:
    assert told(service, f"{first} at most three care homes?", second).startswith("Hull (3)")


def test_the_first_of_the_groups_is_read_in_one_question(service: Service) -> None:
    text = told(service, "How many towns have at most three care homes, and which has the most?")
    assert text.startswith("3 towns have at most 3 care homes")
    assert "Hull (3)" in text


@pytest.mark.parametrize(
    "without",
    [
        "skip those without a brand",
        "leaving out those with no brand",
        "ignoring places without a brand",
        "ignoring those that have no brand",
        "excluding any without a brand",
        "leave out homes that don't have a brand",
    ],
)
def test_places_without_a_value_are_in_no_group(service: Service, without: str) -> None:
    assert told(service, f"Which brand has the most homes, {without}?").startswith("Larkmoor (7)")


@pytest.mark.parametrize(
    "second",
    [
        "how many good ones does each have?",
        "how many of each are good?",
        "how many in each are good?",
    ],
)
def test_a_number_is_told_for_each_that_was_told(service: Service, second: str) -> None:
    text = told(service, "Top two towns by number of homes", second)
    assert "Selby 4" in text
    assert "Leeds 3" in text
    assert "Hull" not in text


@pytest.mark.parametrize(
    "second",
    [
        "And as a share rather than a count?",
        "as a share instead of a number?",
        "and as a share, not a number?",
        "as a percentage rather than the number?",
        "by share rather than the number?",
        "and as a proportion instead of the total?",
        "as a share rather than a plain count?",
        "as a percentage rather than just a count",
    ],
)
def test_a_share_rather_than_a_count_ranks_again(service: Service, second: str) -> None:
    text = told(service, "Which town has the most inadequate homes?", second)
    assert text.startswith("York (50%) has the highest share")


@pytest.mark.parametrize("second", ["And as a share rather than a count?", "as a percentage, not a number"])
def test_a_share_rather_than_a_count_of_one_place(service: Service, second: str) -> None:
    assert told(service, "How many homes in Hull are inadequate?", second).startswith("33.3%: 1 of 3")


@pytest.mark.parametrize(
    "question",
    [
        "Which homes with the brand Larkmoor are inadequate? Split by town",
        "Which homes of Larkmoor are inadequate, by town?",
        "List the inadequate homes of Larkmoor broken down by town",
        "List the inadequate Larkmoor homes grouped by town",
        "Which Larkmoor homes are inadequate per town?",
        "Which Larkmoor homes are inadequate in each town?",
    ],
)
def test_places_asked_for_by_group_are_named_before_they_are_counted(service: Service, question: str) -> None:
    text = told(service, question)
    assert text.startswith("3 care homes of the brand Larkmoor were rated Inadequate"), text
    assert "House 2-1" in text
    assert "By town: Leeds 2 and York 1" in text


def test_towns_asked_for_are_not_listed_as_homes(service: Service) -> None:
    assert "House" not in told(service, "Which towns have inadequate homes?")
    assert "House" not in told(service, "How many homes are inadequate, split by town?")


def test_the_biggest_of_the_groups_told_is_the_one_with_the_most(county: Service) -> None:
    text = county.ask("How many providers have more than 2 care homes? Who's the biggest?").answer.text
    assert text.startswith("2 providers have at least 3 care homes")
    assert "Larkmoor Care Ltd (4) has the most care homes" in text
