"""Numbers in words and digits."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.numbers import find_numbers

COUNTS = {
    "twelve homes": 12, "a dozen": 12, "two dozen": 24, "half a dozen": 6, "a couple of homes": 2, "1,284 homes": 1284,
    "12,345,678": 12345678, "twenty-five": 25, "twenty five": 25, "a hundred": 100, "two hundred and fifty": 250,
    "three thousand": 3000, "two thousand and twelve": 2012, "3.5": Fraction(7, 2), "1.5 million": 1_500_000, "10k": 10_000,
    "one and a half": Fraction(3, 2), "zero": 0, "an 18-month delay": 18, "more than 20 of them": 20, "Only ONE home": 1,
}  # fmt: skip
PARTS = {
    "two thirds": (2, 3), "two-thirds": (2, 3), "half": (1, 2), "half of them": (1, 2), "one half": (1, 2), "a quarter of": (1, 4),
    "three quarters": (3, 4), "a third of": (1, 3), "a third?": (1, 3), "one third are good": (1, 3), "four fifths": (4, 5),
    "50%": (1, 2), "50 %": (1, 2), "50 per cent": (1, 2), "fifty percent": (1, 2), "99.5%": (199, 200), "one in five": (1, 5),
    "1 in every 10": (1, 10), "nine out of every ten": (9, 10), "2/3": (2, 3), "½": (1, 2),
    "a fifth or more of": (1, 5), "a third or less of the homes": (1, 3), "a tenth at least": (1, 10), "a third are good": (1, 3),
}  # fmt: skip
ORDINALS = {
    "the second most": 2,
    "3rd": 3,
    "21st": 21,
    "twenty-first": 21,
    "a third home": 3,
    "tenth": 10,
    "the first half": 1,
}
TIMES = {"twice as many": 2, "three times as many": 3, "3x": 3, "double": 2}
NONE = [
    "SW1 2AB",
    "12a High Street",
    "12.03.2020",
    "24/7",
    "31/02/2018",
    "2019/20",
    "which one",
    "no one",
    "the one in Leeds",
    "M1",
    "",
    "-",
]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        *((text, "count", value) for text, value in COUNTS.items()),
        *((text, "part", Fraction(*value)) for text, value in PARTS.items()),
        *((text, "ordinal", value) for text, value in ORDINALS.items()),
        *((text, "times", value) for text, value in TIMES.items()),
    ],
)
def test_a_number_is_read_with_its_kind(text: str, kind: str, value: int | Fraction) -> None:
    assert [(number.kind, number.value) for number in find_numbers(text)] == [(kind, value)]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_numbers(text) == ()


def test_a_year_is_not_what_one_is_in() -> None:
    assert [number.said for number in find_numbers("5 in 2019")] == ["5", "2019"]


@given(st.integers(0, 999_999_999))
def test_a_number_is_read_with_and_without_commas(number: int) -> None:
    assert [read.value for read in find_numbers(f"{number} and {number:,}")] == [number, number]


@given(st.text(alphabet="twohalf threequarters 1239.,/-%½ in of and\n", max_size=60))
def test_numbers_keep_their_place_in_any_text(text: str) -> None:
    numbers = find_numbers(text)
    assert all(text[number.start : number.end] == number.said for number in numbers)
    assert all(one.end <= two.start for one, two in itertools.pairwise(numbers))
