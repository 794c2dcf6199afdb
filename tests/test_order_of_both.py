"""“Which of the two is better?”: of a share of poor ratings, the smaller; “… has more inadequate ones?” counts."""

from __future__ import annotations

import pytest

from qa.service import Service

# Care homes below good: Ripon 0 of 3, Selby 2 of 2, Thirsk 2 of 3; inadequate: Thirsk 1; good: Ripon 2, Thirsk 1.
POOR = ["What share of homes in Thirsk is below good?", "And in Selby?"]
GOOD = ["What share of homes in Thirsk is good?", "And in Ripon?"]


@pytest.mark.parametrize(
    ("before", "question", "begins"),
    [
        (POOR, "Which of the two is better?", "Thirsk has the lower share"),
        (POOR, "Which of the two is worse?", "Selby has the higher share"),
        (POOR, "Which of the two is best?", "Thirsk has the lower share"),
        (POOR, "Which of the two has the most?", "Selby has the higher share"),
        (GOOD, "Which of the two is better?", "Ripon has the higher share"),
        (GOOD, "Which of the two is worse?", "Thirsk has the lower share"),
        (GOOD, "And which of the two has more inadequate ones?", "Thirsk has the higher number"),
        (GOOD, "Which of the two has fewer inadequate ones?", "Ripon has the lower number"),
        (POOR, "Which of the two has more that are good?", "Thirsk has the higher number"),
    ],
)
def test_the_side_that_is_asked_for_comes_first(
    before: list[str], question: str, begins: str, county: Service
) -> None:
    *_, asked = county.converse([*before, question])
    assert asked.answer.answer.text.startswith(begins)


def test_no_phrase_goes_on_behind_a_comma(county: Service) -> None:
    asked = county.ask("need a care home in Ripon, good or better, rated since 2020 pls")
    assert {fact.subject for fact in asked.facts} == {"Dunmere Lodge", "Kestrane Court"}


def test_any_that_have_not_are_told(county: Service) -> None:
    first, second = county.ask(
        "How many homes in Ripon are good for safe, and are there any that are not?"
    ).parts
    assert first.text.startswith("2 care homes")
    assert second.text.startswith("Yes. 1 of 3")


@pytest.mark.parametrize(
    ("before", "question", "begins"),
    [
        (
            "How many more homes does Ripon have than Selby?",
            "are they better?",
            "Yes. Ripon has the higher share",
        ),
        (
            "Does Thirsk have more homes than Selby?",
            "and are they rated better?",
            "Yes. Thirsk has the higher share",
        ),
        (
            "Does Thirsk have more homes than Malton?",
            "which of the two is better?",
            "Malton has the higher share",
        ),
        ("Which has more homes, Thirsk or Malton?", "and which is worse?", "Thirsk has the lower share"),
    ],
)
def test_better_of_those_only_counted_is_how_good_they_are(
    before: str, question: str, begins: str, county: Service
) -> None:
    *_, asked = county.converse([before, question])
    assert asked.answer.answer.text.startswith(begins)
    *_, second = county.ask(f"{before.rstrip('?')}, and {question.removeprefix('and ')}").parts
    assert begins.removeprefix("Yes. ") in second.text


def test_a_number_for_each_place_is_not_dropped(county: Service) -> None:
    answer = county.ask("Name two good homes in Ripon and one in Thirsk.")
    assert answer.status != "answered"


def test_not_to_have_any_is_said_of_the_group(county: Service) -> None:
    text = county.ask("Which is the only town not to have a good care home?").answer.text
    assert text.startswith("1 town has no care home rated Good: Selby")


@pytest.mark.parametrize(
    ("earlier", "asked", "told"),
    [
        # Ripon has 1 outstanding of 3, Malton 1 of 2; Thirsk 1 inadequate of 3, Selby none of 2
        (("How many care homes in Ripon are outstanding?", "And Malton?"), "Which of the two has the higher percentage?", "Malton has the higher share"),
        (("How many care homes in Ripon are outstanding?",), "And Malton? Which has the higher percentage?", "Malton 50% (1 of 2)"),
        (("How many care homes in Selby are inadequate?", "And Thirsk?"), "Which of the two comes off worse as a percentage?", "Thirsk has the higher share"),
        (("Are there more outstanding care homes in Ripon or Malton?",), "Which of the two has the higher share?", "33.3% (1 of 3)"),
        # of what, nobody said
        (("How many care homes are there in Ripon?", "And Malton?"), "Which of the two has the higher percentage?", "I did not understand “percentage”"),
    ],
)  # fmt: skip
def test_a_share_asked_for_after_a_number_is_of_its_rating(
    earlier: tuple[str, ...], asked: str, told: str, county: Service
) -> None:
    *_, last = county.converse([*earlier, asked])
    assert told in last.answer.answer.text, last.answer.answer.text
