"""Questions that open with a denial ask whether it is so: "Isn't Oak House good?" is "Is Oak House good?"."""

from __future__ import annotations

import pytest

from qa.service import Service

POSITIVE = [
    "Is Saltersgate outstanding?",
    "Is Saltersgate good?",
    "is saltersgate a care home",
    "Are most care homes good?",
    "Are all care homes in Ripon good for safe?",
    "Are there any outstanding homes in Thirsk?",
    "Is there a surgery in Selby?",
    "Are 5 care homes good?",
    "Do most care homes in Ripon do well?",
    "Does Ripon have more care homes than Thirsk?",
    "Does Tolland Homes run an outstanding care home?",
    "Has Saltersgate been rated?",
    "Was Saltersgate rated in 2020?",
    "Were all care homes in Thirsk rated in 2021?",
    "Is the home in Selby with the best rating good?",
]
DENIED = {
    "Is": "Isn't", "Are": "Aren't", "Do": "Don't", "Does": "Doesn't", "Has": "Hasn't", "Was": "Wasn't",
    "Were": "Weren't", "is": "isnt",
}  # fmt: skip


@pytest.mark.parametrize("opener", ["", "But ", "And "])
@pytest.mark.parametrize("asked", POSITIVE)
def test_a_denial_at_the_start_asks_whether_it_is_so(asked: str, opener: str, county: Service) -> None:
    verb, rest = asked.split(" ", 1)
    negative = f"{opener}{DENIED[verb].lower() if opener else DENIED[verb]} {rest}"
    assert county.ask(negative).answer.text == county.ask(asked).answer.text


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("How is Saltersgate rated?", "Isn't it good?", "No. Saltersgate"),
        ("How is Saltersgate rated?", "isn't that outstanding?", "Yes. Saltersgate"),
        # nothing is there that could be the subject: those that are not
        ("Which care homes are in Malton?", "aren't good?", "Saltersgate"),
        ("Which care homes are good?", "and which aren't?", "6 care homes were not rated Good"),
    ],
)
def test_a_denial_in_a_follow_up(before: str, asked: str, told: str, county: Service) -> None:
    assert told in county.ask(asked, [before]).answer.text


@pytest.mark.parametrize("asked", ["Don't list care homes in Ripon", "Don't include care homes"])
def test_what_is_not_to_be_done_is_no_question(asked: str, county: Service) -> None:
    assert county.ask(asked).status == "not_found"
