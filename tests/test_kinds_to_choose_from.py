"""Questions that ask for one of several kinds of place: "which of care homes and dentists are most often
good?"."""

import pytest

from qa.service import Service

HOMES = (
    "Care homes have the higher share of places rated Good: care homes 40% (4 of 10) and GP practices 33.3%"
)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Which of care homes and surgeries are most often good?", HOMES),
        ("Among care homes and surgeries, which are most often good?", HOMES),
        ("Are care homes or surgeries most often good?", HOMES),
        ("Which is good most often, a care home or a surgery?", HOMES),
        ("Which are most often good: care homes or GP practices?", HOMES),
        ("Of care homes and surgeries, which are most often inadequate?", "Care homes have the higher share"),
        ("Which of care homes and surgeries are least often good?", "GP practices have the lower share"),
        (
            "Which of care homes and surgeries have the most good ratings?",
            "Care homes have the higher number",
        ),
        ("Which of care homes and surgeries is the best?", "GP practices have the higher share"),
        ("Which is worst, care homes or surgeries?", "Care homes have the lower share"),
        (
            "Which of care homes, surgeries and dentists are most often good?",
            "There is nothing to compare with for dentists, of places rated Good. care homes 40% (4 of 10)",
        ),
        ("Which of Ripon, Selby and Thirsk has good homes most often?", "Ripon has the highest share"),
        ("Which of the care homes and surgeries are good?", "4 care homes were rated Good."),
    ],
)
def test_kinds_are_compared(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)
