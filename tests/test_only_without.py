""" "Is Kent the only council without …?" names all that have none."""

import pytest

from qa.service import Service

# Outstanding homes: Ripon 1, Malton 1; inadequate: Thirsk 1; good: Ripon 2, Thirsk 1, Malton 1. No home in
# Selby is good or outstanding.


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is Selby the only town without a good home?", "1 town has no care home rated Good: Selby"),
        ("Is Thirsk the only town with no good homes?", "1 town has no care home rated Good: Selby"),
        ("Is Selby the only town without a single outstanding home?", "2 towns have no care home rated"),
        (
            "Is Harlow Dale the only council that has no inadequate home?",
            "2 councils have no care home rated",
        ),
        (
            "Is Selby the only town in Harlow Dale with no outstanding home?",
            "1 town has no care home in Harlow Dale (council area) rated Outstanding: Selby",
        ),
    ],
)
def test_all_that_have_none_are_named(question: str, told: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith(told)
    assert not answer.understood.left_out


def test_the_only_one_with_some_is_a_claim(county: Service) -> None:
    assert county.ask("Is Thirsk the only town with an inadequate home?").answer.text.startswith("Yes.")
