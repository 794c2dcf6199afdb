"""A second thing asked of the sides of a comparison: another figure, another rating, another key question,
or whether it is so of either, both or neither of them."""

from __future__ import annotations

import pytest

from qa.service import Service


# Ripon has 3 care homes: 1 outstanding, 2 good; Thirsk 3: 1 good, 1, 1 inadequate; Malton 2: 1 outstanding, 1 good.
@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        # the share after the number, and the other way round
        (
            "Ripon or Thirsk: who has more good care homes",
            "who has the bigger share?",
            "Ripon has the higher share of care homes rated Good: Ripon 66.7% (2 of 3) and Thirsk 33.3% (1 of 3)",
        ),
        (
            "Between Malton and Ripon, which has more outstanding care homes",
            "which has the higher proportion?",
            "Malton has the higher share of care homes rated Outstanding: Malton 50% (1 of 2) and Ripon 33.3%",
        ),
        (
            "Does Malton or Ripon have more care homes rated outstanding",
            "in which is the share smaller?",
            "Ripon has the lower share of care homes rated Outstanding: Ripon 33.3% (1 of 3) and Malton 50% (1 of 2)",
        ),
        (
            "Do care homes or GP practices have more good ratings",
            "which have the higher rate?",
            "Care homes have the higher share of places rated Good: care homes 40% (4 of 10) and GP practices 33.3%",
        ),
        (
            "Which has the higher share of good care homes, Ripon or Thirsk",
            "which has more of them?",
            "Ripon has the higher number of care homes rated Good: Ripon 2 and Thirsk 1",
        ),
        (
            "Has Ripon more good care homes than Thirsk",
            "does it have a bigger share?",
            "Yes. Ripon has the higher share of care homes rated Good",
        ),
        ("Does Ripon have more good care homes than Thirsk", "the bigger share?", "Ripon 66.7% (2 of 3)"),
        (
            "Which has more good care homes, Ripon, Malton or Thirsk",
            "who has the lowest percentage?",
            "Thirsk has the lowest share of care homes rated Good",
        ),
        # another rating
        (
            "Ripon or Thirsk: who has more good care homes",
            "who has fewer inadequate ones?",
            "Ripon has the lower number of care homes rated Inadequate: Ripon 0 and Thirsk 1",
        ),
        (
            "Compare Ripon and Thirsk on the share of good care homes",
            "tell me which has the higher share of inadequate ones",
            "Thirsk has the higher share of care homes rated Inadequate: Thirsk 33.3% (1 of 3) and Ripon 0%",
        ),
        # another key question
        (
            "Ripon or Thirsk: which has the higher share of good care homes",
            "which is better for safe?",
            "care homes rated Good for Safe",
        ),
        (
            "Ripon or Thirsk: which has the higher share of good care homes",
            "what about for safe?",
            "Ripon has the higher share of care homes rated Good for Safe: Ripon 66.7% (2 of 3) and Thirsk 33.3%",
        ),
        (
            "Saltersgate vs Yarrowby: which is better overall",
            "which does better on safe?",
            "Saltersgate is rated higher. Saltersgate in Malton was rated Good for Safe",
        ),
        (
            "Is Saltersgate better than Yarrowby overall",
            "is it better on safe?",
            "Yes. Saltersgate is rated higher. Saltersgate in Malton was rated Good for Safe",
        ),
    ],
)
def test_a_second_figure_is_of_the_same_sides(before: str, asked: str, told: str, county: Service) -> None:
    for answer in (county.ask(asked, [f"{before}?"]), county.ask(f"{before}, and {asked}")):
        assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
        assert told in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("has either any inadequate?", ["No. None of the 3 rated care homes in Ripon", "Yes. 1 of 3 rated"]),
        ("does either have an inadequate one?", ["in Ripon (postal town) was", "Wilfreda House"]),
        ("do both have a good one?", ["Yes. 2 of 3 rated care homes in Ripon", "Yes. 1 of 3 rated"]),
        (
            "do they both have outstanding ones?",
            ["Yes. 1 of 3", "No. None of the 3 rated care homes in Thirsk"],
        ),
        ("has neither an inadequate one?", ["Yes. None of the 3 rated care homes in Ripon", "No. 1 of 3"]),
        (
            "has either none that are inadequate?",
            ["Yes. None of the 3 rated care homes in Ripon", "No. 1 of 3"],
        ),
        ("are any inadequate?", ["Yes. 1 of 6 rated care homes in Ripon or Thirsk"]),
        ("are most of them good?", ["No. 3 of 6 rated care homes in Ripon or Thirsk"]),
    ],
)
def test_a_claim_is_checked_on_each_side(asked: str, told: list[str], county: Service) -> None:
    before = "Does Ripon have a higher share of good care homes than Thirsk"
    for answer in (county.ask(asked, [f"{before}?"]), county.ask(f"{before}, and {asked}")):
        assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
        assert [one for one in told if one not in answer.answer.text] == [], answer.answer.text


def test_a_share_of_nothing_said_is_not_dropped(county: Service) -> None:
    answer = county.ask("Which has more care homes, Ripon or Malton, and which has the higher share?")
    assert answer.understood.left_out == ("share",)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Which do best for good or outstanding: GP practices or care homes?",
            "GP practices have the higher share of places rated Good or Outstanding: GP practices 66.7% (2 of 3)",
        ),
        (
            "Do GP practices do better than care homes on good or outstanding?",
            "Yes. GP practices have the higher",
        ),
        (
            "Which town is best for good or outstanding care homes?",
            "Malton and Ripon (100% each) have the highest",
        ),
        ("Which town has the most good or outstanding care homes?", "Ripon (3) has the most care homes"),
        ("Are there more care homes and surgeries good or outstanding?", ""),
    ],
)
def test_good_or_outstanding_is_one_rating_beside_kinds(question: str, told: str, county: Service) -> None:
    assert told in county.ask(question).answer.text


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("What share of care homes in Ripon is good?", "what about for safe?", "2 of 3 care homes in Ripon"),
        (
            "How many care homes in Ripon are good?",
            "and for well-led?",
            "2 care homes in Ripon (postal town) were rated Good for Well-led",
        ),
        (
            "Are most care homes in Ripon good?",
            "and for safe?",
            "Yes. 2 of 3 rated care homes in Ripon (postal town) (66.7%) were rated Good for Safe",
        ),
        ("Which care homes in Ripon are good?", "and for safe?", "rated Good for Safe"),
    ],
)
def test_for_another_key_question_the_same_is_asked(
    before: str, asked: str, told: str, county: Service
) -> None:
    for answer in (county.ask(asked, [before]), county.ask(f"{before} {asked}")):
        assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
        assert told in answer.answer.text
        assert "Safe" in answer.answer.text or "Well-led" in answer.answer.text
