"""Groups sorted "worst first": by the share that is bounded, and without one by how good they are."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Councils where at least a third of care homes are below good, worst first",
            "Overmoor 66.7% and Harlow Dale 40%",
        ),
        (
            "Councils where at least a third of care homes are below good, best first please",
            "Harlow Dale 40% and Overmoor 66.7%",
        ),
        (
            "Councils with more than two care homes where over a quarter are below good, worst first",
            "Overmoor 66.7% and Harlow Dale 40%",
        ),
        (
            "Councils with at least 2 care homes, worst first",
            "Share of care homes rated Outstanding or Good: Overmoor 33.3%, Harlow Dale 60% and Eastmarch 100%",
        ),
        ("Number of inadequate care homes by council, worst first", "Overmoor"),
    ],
)
def test_worst_first_is_by_the_share_bounded(question: str, told: str, county: Service) -> None:
    assert told in county.ask(question).answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which care homes are the outright failing ones?", "Wilfreda House"),
        ("Which care homes are downright inadequate?", "Wilfreda House"),
        ("How many care homes are genuinely outstanding?", "2 care homes were rated Outstanding"),
        (
            "What share of care homes is below good, and which are the outright failing ones?",
            "Wilfreda House",
        ),
        ("Which care homes are rated good from 2020 or 2021?", "4 care homes were rated Good in ratings"),
    ],
)
def test_words_of_stress_and_years(question: str, told: str, county: Service) -> None:
    asked = county.ask(question)
    assert told in asked.answer.text
    assert not asked.understood.left_out
