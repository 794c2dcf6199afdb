"""A pronoun after a comparison: "it" is the side that came out ahead, "they" are all that were compared."""

from __future__ import annotations

import pytest

from qa.question.better_side import either
from qa.question.query import Named
from qa.service import Service


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        # the better or worse of subjects
        ("Which is better, Yarrowby or Saltersgate?", "who runs it?", "Saltersgate is run by Tolland Homes."),
        ("Is Saltersgate or Yarrowby better?", "When was that one rated?", "6 July 2020"),
        ("Which is worse, Saltersgate or Yarrowby?", "who runs it?", "Yarrowby is run by Harrow Homes."),
        ("Is Yarrowby better than Saltersgate?", "who runs it?", "Yarrowby is run by Harrow Homes."),
        # both: they are level, or both are meant
        ("Which is better, Kestrane Court or Pinfold Rest?", "who runs it?", "Pinfold Rest is run by"),
        ("Which is better, Kestrane Court or Pinfold Rest?", "who runs it?", "Kestrane Court is run by"),
        ("Which is better, Yarrowby or Saltersgate?", "who runs them?", "Yarrowby is run by Harrow Homes."),
        ("Compare Yarrowby with Saltersgate.", "Who runs each?", "Saltersgate is run by Tolland Homes."),
        ("Is Saltersgate or Yarrowby better?", "When were they rated?", "6 August 2020"),
        # those that were counted on the side with more, or fewer
        (
            "Which has more outstanding care homes, Selby or Malton?",
            "what are they called?",
            "1 care home in Malton (postal town) was rated Outstanding: Saltersgate (published",
        ),
        (
            "Are there more inadequate care homes in Ripon or in Thirsk?",
            "which are they?",
            "Wilfreda House",
        ),
        ("Which of Thirsk and Malton has fewer care homes?", "name them", "Saltersgate"),
        (
            "Which has the higher share of good care homes, Thirsk or Ripon?",
            "and how many care homes does it have?",
            "3 care homes in Ripon",
        ),
        # those of both where they are level
        ("Does Selby have more care homes than Malton?", "name them", "4 care homes in Selby"),
    ],
)
def test_a_pronoun_is_the_side_ahead(before: str, asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked, [before])
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text
    if len(before.split()) > 3 and before.endswith("?"):
        together = county.ask(f"{before[:-1]}, and {asked}").answer.text
        assert told in together


@pytest.mark.parametrize("asked", ["which?", "and how many is that?"])
def test_what_the_comparison_said_is_said_again(asked: str, county: Service) -> None:
    before = "Which has more care homes, Selby or Thirsk?"
    assert county.ask(asked, [before]).answer.text == county.ask(before).answer.text


def test_two_compared_of_one_name_keep_a_label_each() -> None:
    two = [Named((3,), ("Rose Cottage",)), Named((7, 3), ("Rose Cottage", "Rose Cottage"))]
    together = either(two)
    assert isinstance(together, Named)
    assert (together.subjects, together.labels) == ((3, 7), ("Rose Cottage", "Rose Cottage"))
