"""All others as a side of a comparison: "than the rest", "than elsewhere", "than in the rest of Harlow Dale"."""

import pytest

from qa.service import Service

# Homes good or better: Ripon 3 of 3, elsewhere 3 of 7; in Harlow Dale without Ripon 0 of 2. Larkmoor 2 of 4,
# the others 4 of 6.


@pytest.mark.parametrize("rest", ["elsewhere", "the rest", "everywhere else", "the others"])
def test_a_place_beside_all_others(rest: str, county: Service) -> None:
    text = county.ask(f"Is the share of homes rated good or better higher in Ripon than {rest}?").answer.text
    assert text.startswith("Yes. Ripon has the higher share")
    assert "Ripon 100% (3 of 3) and outside Ripon (postal town) 42.9% (3 of 7)" in text


@pytest.mark.parametrize(
    ("question", "begins", "told"),
    [
        (
            "Are there more good homes in Ripon than elsewhere?",
            "No.",
            "Ripon 2 and outside Ripon (postal town) 2",
        ),
        ("Do homes in Thirsk do better than the rest?", "No.", "71.4% (5 of 7) and Thirsk 33.3% (1 of 3)"),
        ("Do homes in Thirsk do worse than the rest?", "Yes.", "71.4% (5 of 7) and Thirsk 33.3% (1 of 3)"),
        (
            "Do Larkmoor Care homes fare worse than the rest in terms of share below good?",
            "Yes.",
            "Larkmoor Care Ltd 50% (2 of 4) and not run by Larkmoor Care Ltd 33.3% (2 of 6)",
        ),
        (
            "How does the share of good homes in Ripon compare with the rest?",
            "Ripon has the higher",
            "Ripon 66.7% (2 of 3) and outside Ripon (postal town) 28.6% (2 of 7)",
        ),
        (
            "Are there more homes in Ripon than in the rest of Harlow Dale?",
            "Yes. Ripon has the higher number",
            "Ripon 3 and places in Harlow Dale (council area) outside Ripon (postal town) 2",
        ),
    ],
)
def test_others_of_a_sort(question: str, begins: str, told: str, county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith(begins)
    assert told in answer.answer.text
    assert not answer.understood.left_out


@pytest.mark.parametrize(
    "question", ["Is Dunmere Lodge better than the rest?", "Are good homes better than the rest?"]
)
def test_the_rest_of_nothing_named_is_asked_about(question: str, county: Service) -> None:
    assert county.ask(question).status == "not_found"
