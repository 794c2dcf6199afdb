"""Two comparisons, or two claims about groups, in one sentence: each half is checked by its own words."""

from __future__ import annotations

import pytest

from qa.service import Service


# Outstanding: Ripon 1, Thirsk 0, Malton 1. Good: Ripon 2, Thirsk 1, Malton 1. Requires improvement: Selby 2, Thirsk 1.
# Inadequate: Thirsk 1.
@pytest.mark.parametrize(
    ("question", "verdicts"),
    [
        ("Does Thirsk have fewer outstanding care homes than Ripon but more inadequate ones?", "Yes Yes"),
        ("Does Thirsk have more outstanding care homes than Ripon but fewer inadequate ones?", "No No"),
        ("Does Ripon have more good care homes than Thirsk but fewer inadequate ones?", "Yes Yes"),
        ("Does Ripon have fewer good care homes than Thirsk while having more inadequate ones?", "No No"),
        ("Are there fewer outstanding care homes in Thirsk than in Ripon but more good ones?", "Yes No"),
        ("Does Ripon have more outstanding care homes and more good ones than Thirsk?", "Yes Yes"),
        ("Does Thirsk have fewer outstanding care homes but more inadequate ones than Ripon?", "Yes Yes"),
        ("Is it true that Thirsk has fewer good care homes than Ripon and more that are inadequate?", "Yes Yes"),
        ("Thirsk has fewer outstanding care homes than Ripon yet more inadequate ones, right?", "Yes Yes"),
        ("Does Thirsk have fewer outstanding care homes than Ripon, and fewer good ones too?", "Yes Yes"),
    ],
)  # fmt: skip
def test_each_of_two_comparisons_has_its_own_direction(question: str, verdicts: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert [part.text.split(".")[0] for part in answer.parts] == verdicts.split(), answer.answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Are more care homes good than outstanding, or was it the other way round?", "Yes"),
        ("Are more care homes inadequate than good, or the other way round?", "No"),
        ("Are there more good care homes in Thirsk than in Ripon, or the other way round?", "No"),
        ("Does Ripon have more good care homes than Thirsk, or vice versa?", "Yes"),
        ("Did more care homes end up good than outstanding, or the other way round?", "Yes"),
        ("Are there more inadequate care homes in Thirsk than in Ripon, or vice versa?", "Yes"),
    ],
)
def test_the_other_way_round_is_the_same_comparison(question: str, verdict: str, county: Service) -> None:
    answer = county.ask(question)
    assert (answer.answer.text.split(".")[0], answer.understood.left_out) == (verdict, ())


def test_which_side_has_more_of_one_and_fewer_of_another(county: Service) -> None:
    answer = county.ask("Which has more good care homes but fewer inadequate ones, Ripon or Thirsk?")
    assert [part.text.split(" care homes")[0] for part in answer.parts] == [
        "Ripon has the higher number of",
        "Ripon has the lower number of",
    ], answer.answer.text


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "At least half of the care homes in each town are good or outstanding and no town has more than one inadequate: is that so?",
            "No. 2 of 4 towns have at least half", "Yes. None of the 4 towns has at least 2 care homes rated Inadequate",
        ),
        (
            "Is it right that every town has a good care home and no town has an inadequate one?",
            "No. 3 of 4 towns have a care home rated Good", "No. 1 of 4 towns has a care home rated Inadequate",
        ),
        (
            "Does every town have at least one good care home, and does no town have more than one inadequate one?",
            "No. 3 of 4 towns have a care home rated Good", "Yes. None of the 4 towns has at least 2 care homes rated Inadequate",
        ),
        (
            "Does every town have an outstanding care home and none more than two inadequate ones?",
            "No. 2 of 4 towns have a care home rated Outstanding", "Yes. None of the 4 towns has at least 3 care homes rated Inadequate",
        ),
        (
            "No town has more than one inadequate care home and every town has at least two good ones: is that so?",
            "Yes. None of the 4 towns has at least 2 care homes rated Inadequate", "No. 1 of 4 towns has at least 2 care homes rated Good",
        ),
        (
            "Are at least half of the care homes in every town good and is no town left with more than one inadequate?",
            "No. ", "Yes. None of the 4 towns has at least 2 care homes rated Inadequate",
        ),
    ],
)  # fmt: skip
def test_each_of_two_claims_about_groups_is_checked(
    question: str, first: str, second: str, county: Service
) -> None:
    answer = county.ask(question)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert [part.text[: len(told)] for part, told in zip(answer.parts, (first, second), strict=True)] == [
        first,
        second,
    ], answer.answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Does any town have at least two good care homes and no inadequate one?",
        "Is there any town with 2 or more care homes and not a single one below good?",
    ],
)
def test_two_conditions_on_the_same_groups_stay_one_claim(question: str, county: Service) -> None:
    assert len(county.ask(question).parts) < 2
