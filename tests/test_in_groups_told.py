"""Follow-ups about what is in the groups that were told: "how many of these homes are good?"."""

import pytest

from qa.service import Service

BEFORE = "Which towns have more than two homes?"  # Ripon and Thirsk


@pytest.mark.parametrize(
    ("before", "question", "begins"),
    [
        (BEFORE, "How many of these homes are good?", "3 care homes in Ripon or Thirsk"),
        (BEFORE, "How many of them are good?", "3 care homes in Ripon or Thirsk"),
        (BEFORE, "Which of those homes are good?", "3 care homes in Ripon or Thirsk"),
        (BEFORE, "What share of them is good?", "50%: 3 of 6 care homes in Ripon or Thirsk"),
        (BEFORE, "Are any of these homes inadequate?", "Yes. 1 of 6 rated care homes in Ripon or Thirsk"),
        (BEFORE, "Are all of those homes good?", "No. 3 of 6 rated care homes in Ripon or Thirsk"),
        (BEFORE, "Who runs these homes?", "6 care homes in Ripon or Thirsk"),
        (BEFORE, "How many of these homes are in Ripon?", "3 care homes in Ripon"),
        (BEFORE, "How many of these towns have a surgery?", "GP practices in Ripon or Thirsk"),
        (
            "Which towns have no inadequate home?",
            "How many of these homes are good?",
            "3 care homes in Ripon, Malton or Selby",
        ),
        (
            "Which towns have an inadequate home?",
            "How many of these homes are good?",
            "1 care home in Thirsk",
        ),
        (
            "Which towns have no inadequate home?",
            "Which of those have none requiring improvement?",
            "2 towns have no care home rated Inadequate and no care home",
        ),
        ("How many care homes are there in each town?", "How many of these homes are good?", "4 care homes"),
        ("Which towns have more than nine homes?", "How many of these homes are good?", "Which one do you"),
        (
            "Which providers have at least five homes?",
            "How many of their homes are good?",
            "Which one do you",
        ),
    ],
)
def test_those_in_the_groups_told_are_counted(
    before: str, question: str, begins: str, county: Service
) -> None:
    *_, last = county.converse([before, question])
    assert last.answer.answer.text.startswith(begins)
