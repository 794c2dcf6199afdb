"""Two kinds of place beside each other, each with its own rating: "more outstanding surgeries than inadequate
homes".
"""

import pytest

from qa.service import Service

# In the county: care homes 2 outstanding, 4 good, 3 requires improvement, 1 inadequate; GP practices 1, 1, 1
# and 0.
COUNTS = {
    "care homes": {"outstanding": 2, "good": 4, "inadequate": 1},
    "GP practices": {"outstanding": 1, "good": 1, "inadequate": 0},
}


@pytest.mark.parametrize("first", COUNTS)
@pytest.mark.parametrize("rating", ["outstanding", "good", "inadequate"])
@pytest.mark.parametrize("other", ["outstanding", "good", "inadequate"])
def test_each_kind_is_counted_with_its_own_rating(
    first: str, rating: str, other: str, county: Service
) -> None:
    second = next(kind for kind in COUNTS if kind != first)
    one, two = COUNTS[first][rating], COUNTS[second][other]
    answer = county.ask(f"Are there more {rating} {first} than {other} {second}?")
    assert answer.answer.text.startswith("Yes. " if one > two else "No. ")
    assert [figure.value for figure in answer.figures if figure.unit == "count"] == sorted(
        (one, two), reverse=True
    )


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "How many more good care homes than good GP practices are there?",
            "3 more: care homes 4 against GP practices 1",
        ),
        (
            "are there more good care homes than good GP practices in Thirsk?",
            "Yes. Care homes have the higher number",
        ),
        (
            "Compare outstanding care homes and good GP practices",
            "Care homes rated Outstanding have the higher number",
        ),
        (
            "Which are there more of, inadequate care homes or inadequate GP practices?",
            "Care homes have the higher number",
        ),
    ],
)
def test_they_are_compared_in_any_form(question: str, begins: str, county: Service) -> None:
    assert county.ask(question).answer.text.startswith(begins)
