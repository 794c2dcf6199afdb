"""Rules about groups with two conditions each: "are towns without a dentist also without a surgery?"."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Are towns without a dentist also without a surgery?",
            "No. 2 of 4 towns have no dentist and a GP practice: Thirsk and Malton.",
        ),
        (
            "Are all towns with no dentist also without a surgery?",
            "No. 2 of 4 towns have no dentist and a GP practice: Thirsk and Malton.",
        ),
        (
            "Do all towns without a dentist have a surgery?",
            "No. 1 of 4 towns has no dentist and no GP practice: Selby.",
        ),
        (
            "Does every town with a surgery have a dentist?",
            "No. 2 of 4 towns have a GP practice and no dentist: Thirsk and Malton.",
        ),
        (
            "Are towns with a dentist also with a surgery?",
            "Yes. None of the 4 towns has a dentist and no GP practice.",
        ),
        (
            "Does every town without an outstanding home have a good home?",
            "No. 1 of 4 towns has no care home rated Outstanding and no care home rated Good: Selby.",
        ),
        (
            "Do all towns with an inadequate home have a good home?",
            "Yes. None of the 4 towns has a care home rated Inadequate and no care home rated Good.",
        ),
        (
            "Does every town with an outstanding home have no inadequate home?",
            "Yes. None of the 4 towns has both a care home rated Outstanding and a care home rated Inadequate.",
        ),
        (
            "Are any towns without a dentist also without a surgery?",
            "Yes. 1 of 4 towns has no dentist and no GP practice: Selby.",
        ),
        (
            "Is there a town without a dentist and without a surgery?",
            "Yes. 1 of 4 towns has no dentist and no GP practice: Selby.",
        ),
        (
            "Are there towns without a dentist or a surgery?",
            "Yes. 1 of 4 towns has no dentist and no GP practice: Selby.",
        ),
        (
            "Is any town without both a dentist and a surgery?",
            "Yes. 1 of 4 towns has no dentist and no GP practice: Selby.",
        ),
        (
            "Do at least two towns without a dentist have a surgery?",
            "Yes. 2 of 4 towns have no dentist and a GP practice: Thirsk and Malton.",
        ),
        ("Which towns have no dentist and no surgery?", "1 town has no dentist and no GP practice: Selby."),
        (
            "Which towns have neither a dentist nor a surgery?",
            "1 town has no dentist and no GP practice: Selby.",
        ),
        (
            "How many towns have no dentist and no surgery?",
            "1 town has no dentist and no GP practice: Selby.",
        ),
    ],
)
def test_both_conditions_are_of_the_same_group(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "Do most towns without a dentist have a surgery?",
        "Do most towns with an outstanding home have a good home?",
        "Do all towns with at least two good homes have a surgery?",
        "Do all towns with both a good and an outstanding home have a surgery?",
        "Does every town with a care home have at least two surgeries?",
        "Are towns with a good home also without a surgery?",
    ],
)
def test_rules_that_are_not_understood_are_asked_again(question: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.status == "not_found"
    assert answer.answer.text.startswith("I did not understand")
