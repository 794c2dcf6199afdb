"""Words that say again what the question says anyway are taken; where they would say more, they are not."""

from __future__ import annotations

import county
import pytest
from made_corpus import serve

from qa.service import Service


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(tmp_path_factory.mktemp("county"), county.rows(), county.HEADS)


@pytest.fixture(scope="module")
def two_councils(tmp_path_factory: pytest.TempPathFactory) -> Service:
    rows = [row for row in county.rows() if "Eastmarch" not in row]
    return serve(tmp_path_factory.mktemp("two"), rows, county.HEADS)


def _told(service: Service, question: str) -> str:
    answer = service.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), question
    return answer.answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which care homes are both in Ripon and rated good?", {"Dunmere Lodge", "Kestrane Court"}),
        ("Which care homes are both rated good and in Ripon?", {"Dunmere Lodge", "Kestrane Court"}),
        ("Which homes in Thirsk are both inadequate and run by Larkmoor Care?", {"Wilfreda House"}),
        ("List the care homes that are both run by Larkmoor Care and outstanding", {"Brackwater House"}),
        ("Which places are both surgeries and rated outstanding?", {"Park View Surgery"}),
        ("Which places are both outstanding and surgeries?", {"Park View Surgery"}),
        ("How many places in Thirsk are both outstanding and surgeries?", {"Park View Surgery"}),
        ("Which homes are both good for safe and in Malton?", {"Saltersgate"}),
    ],
)
def test_both_before_two_conditions_says_no_more_than_and(
    homes: Service, question: str, names: set[str]
) -> None:
    _told(homes, question)
    assert {fact.subject for fact in homes.ask(question).facts} == names


def test_both_before_two_kinds_is_about_a_group(homes: Service) -> None:
    text = _told(homes, "Which towns have both a care home and a surgery?")
    assert text.startswith("3 towns have both a care home and a GP practice")


@pytest.mark.parametrize(
    "question",
    [
        "For each of the two councils, how many care homes are good?",
        "How many care homes are good in each of the two councils?",
        "For both councils, how many care homes are good?",
        "For each of the two local authorities, how many good care homes are there?",
        "In each of the two councils, how many care homes are rated good?",
        "How many good care homes are there for each of the two councils?",
    ],
)
def test_the_two_councils_are_each_council(two_councils: Service, homes: Service, question: str) -> None:
    assert "Harlow Dale 2 and Overmoor 1" in _told(two_councils, question)
    assert homes.ask(question).status == "not_found"  # there are three


@pytest.mark.parametrize(
    "said",
    [
        "going by the share rated good",
        "judged by the share rated good",
        "by the share rated good",
        "judging by the percentage rated good",
        "measured by the share of good ones",
        "going by the proportion rated good",
    ],
)
def test_what_a_comparison_goes_by_makes_no_groups(homes: Service, said: str) -> None:
    text = _told(homes, f"Whose care homes are better, Larkmoor Care or Tolland Homes, {said}?")
    assert text.startswith("Tolland Homes has the higher share of care homes rated Good")


@pytest.mark.parametrize(
    "said",
    [
        "and none lower",
        "and none with less",
        "and nothing lower",
        "and nothing less",
        "and none below",
        "nothing worse",
    ],
)
def test_none_lower_after_every_key_question(homes: Service, said: str) -> None:
    question = f"Which care homes are good for all the key questions, {said}?"
    assert "Kestrane Court" in _told(homes, question)
    # of an overall rating it would say more: no key question is lower
    assert homes.ask(f"Which care homes are rated good, {said}?").status == "not_found"


@pytest.mark.parametrize(
    "said",
    [
        "together with how many each has",
        "along with how many each has",
        "with how many each has",
        "and how many each has",
        "along with the number each has",
        "and how many each had",
    ],
)
def test_how_many_each_has_is_told_with_the_order(homes: Service, said: str) -> None:
    text = _told(homes, f"Give the two towns with the most care homes, {said}.")
    assert text.startswith("Ripon and Thirsk (3 each) have the most care homes")


@pytest.mark.parametrize(
    "said",
    [
        "best two only",
        "top two only",
        "best two only please",
        "the top two only",
        "the best two only",
        "only the top two",
    ],
)
def test_only_so_many_of_an_order(homes: Service, said: str) -> None:
    text = _told(homes, f"Rank the councils by the percentage of care homes which are good, {said}")
    assert text.startswith(
        "Eastmarch (50%) and Harlow Dale (40%) have the highest share of care homes rated Good"
    )


@pytest.mark.parametrize(
    "said",
    [
        "in percentage terms and in plain numbers",
        "in percentage terms and in absolute numbers",
        "as a percentage and in plain numbers",
        "as a percentage and as raw numbers",
        "in percentage terms and in actual numbers",
        "in percentage terms and in absolute terms",
    ],
)
def test_by_share_and_by_number(homes: Service, said: str) -> None:
    text = _told(homes, f"Is Eastmarch better than Harlow Dale for good care homes, {said}?")
    assert "Yes. Eastmarch has the higher share" in text
    assert "No. Harlow Dale has the higher number" in text


@pytest.mark.parametrize(
    "said",
    [
        "with House in their title",
        "that have House in the title",
        "with House in their titles",
        "with House in its title",
        "which have House in their title",
        "that have House in their titles",
    ],
)
def test_a_title_is_a_name(homes: Service, said: str) -> None:
    question = f"Name the care homes {said}"
    _told(homes, question)
    assert {fact.subject for fact in homes.ask(question).facts} == {"Brackwater House", "Wilfreda House"}
