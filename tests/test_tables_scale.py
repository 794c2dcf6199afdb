from __future__ import annotations

import pytest

from qa.scale import CQC, Scale


@pytest.mark.parametrize(
    ("word", "canonical", "rank"),
    [
        ("Outstanding", "Outstanding", 0),
        ("good", "Good", 1),
        ("Requires Improvement", "Requires improvement", 2),
        ("  requires\u00a0 improvement ", "Requires improvement", 2),
        ("INADEQUATE", "Inadequate", 3),
        ("not rated", "Not rated", None),
        ("Regulations met", "Regulations met", None),
        ("Goodish", None, None),
        ("", None, None),
    ],
)
def test_words_are_known_in_any_case_and_spacing(word: str, canonical: str | None, rank: int | None) -> None:
    assert (CQC.canonical(word), CQC.rank(word)) == (canonical, rank)


def test_synonyms_stand_for_words_of_the_scale() -> None:
    scale = Scale(("Top", "Low"), ("None",), {"1": "top", "n/a": "None"})
    assert (scale.canonical("1"), scale.rank("1"), scale.canonical("N/A"), scale.rank("N/A")) == (
        "Top",
        0,
        "None",
        None,
    )


def test_scales_are_equal_by_their_words() -> None:
    assert Scale(("A", "B")) == Scale(("A", "B"))
    assert Scale(("A", "B")) != Scale(("B", "A"))
