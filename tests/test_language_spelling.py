"""Misspelt words and the known words that they may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.spelling import Speller

KNOWN = ["oxleas", "outstanding", "inadequate", "shropshire", "kent", "kind", "gents", "improvement"]
WORDS = st.text(alphabet="abcde", max_size=12)


def slips(one: str, two: str) -> int:
    """How many slips lie between two words, by the definition: of letters left out, added, changed or swapped
    with the next.
    """
    rows = [list(range(len(two) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            row.append(min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oxlaes", "oxleas"), ("oxlea", "oxleas"), ("oxxleas", "oxleas"), ("outstaning", "outstanding"), ("outstnading", "outstanding"),
        ("shropshir", "shropshire"), ("improvmnt", None), ("imprvement", "improvement"), ("improovemant", "improvement"),
        ("kint", "kent"), ("ken", None), ("pxleas", None), ("", None), ("harrogate", None),
    ],
)  # fmt: skip
def test_a_slip_is_forgiven_and_two_in_a_long_word(typed: str, meant: str | None) -> None:
    assert Speller(KNOWN).nearest(typed) == meant


def test_short_words_are_corrected_only_where_that_is_asked_for() -> None:
    assert Speller(["kent"], shortest=6).nearest("kennt") is None
    assert Speller(["kents"], shortest=6).nearest("kentes") == "kents"


@given(WORDS, st.lists(WORDS, max_size=20, unique=True))
def test_the_known_words_near_are_those_of_the_definition(word: str, known: list[str]) -> None:
    most = 0 if len(word) < 4 else 1 if len(word) < 10 else 2
    near = sorted(
        (slips(word, other), other) for other in known if other[:1] == word[:1] and slips(word, other) <= most
    )
    expected = [other for _, other in near] if most else []
    assert Speller(known).near(word, 20) == expected
    assert Speller(reversed(known)).near(word, 3) == expected[:3]
