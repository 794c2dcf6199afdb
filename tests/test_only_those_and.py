"""What narrows the answer before, "only those rated in 2020", ahead of another question."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (
            [
                "How many care homes in Thirsk are there?",
                "Only those rated good, please – and how many would that be in Ripon?",
            ],
            ["1 care home in Thirsk", "2 care homes in Ripon"],
        ),
        (
            [
                "How many care homes in Malton are there?",
                "Just the ones rated since 2020, and how many is that in Selby?",
            ],
            ["2 care homes in Malton", "1 care home in Selby"],
        ),
        (
            ["Which care homes in Thirsk are there?", "Just those that are inadequate, and who runs them?"],
            ["Wilfreda House", "Larkmoor Care Ltd"],
        ),
    ],
)
def test_both_are_told(questions: list[str], told: list[str], county: Service) -> None:
    *_, last = county.converse(questions)
    assert [one for one in told if one not in last.answer.answer.text] == []
