"""The ends of a column of deciles of deprivation, by what people call them."""

from __future__ import annotations

import pytest
from made_facts import fact, vocabulary_of

from qa.facts.run import run
from qa.question.query import Is, Measured, parts_of
from qa.question.read import read
from qa.scale import CQC

HELD = vocabulary_of(
    *(
        fact(
            f"Elm House {decile}",
            identifier=str(decile),
            kind="GP Practices",
            care_home="Y",
            imd_decile=str(decile),
        )
        for decile in (1, 1, 3, 5, 10)
    )
)


@pytest.mark.parametrize(
    ("text", "decile", "count"),
    [
        ("How many care homes are in the most deprived decile?", 1, 1),
        ("Which care homes are in the most deprived areas?", 1, 1),
        ("care homes in the most deprived 10% of areas", 1, 1),
        ("How many homes in the least deprived tenth are good?", 10, 1),
    ],
)
def test_an_end_of_the_deciles_is_that_decile(text: str, decile: int, count: int) -> None:
    reading = read(text, None, HELD)
    [query] = reading.queries
    assert Measured("imd_decile", decile, decile) in parts_of(query.scope)
    assert not reading.left_out
    assert run(query, HELD.store, CQC).total == count


def test_where_no_column_of_deciles_is_held_its_ends_are_not_understood() -> None:
    held = vocabulary_of(fact("Elm House", identifier="1", care_home="Y"))
    assert "deprived" in " ".join(
        read("How many care homes are in the most deprived decile?", None, held).left_out
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("How many care homes are in the two most deprived deciles?", 1, 2),
        ("In the two most deprived deciles (1 and 2), how many care homes are good?", 1, 2),
        ("care homes in the 3 most deprived deciles", 1, 3),
        ("care homes in the three most deprived deciles, 1 to 3", 1, 3),
        ("How many homes in the 3 least deprived deciles are good?", 8, 10),
        ("How many homes are in the two least deprived tenths (9 and 10)?", 9, 10),
    ],
)
def test_several_at_an_end_are_all_of_them(text: str, low: int, high: int) -> None:
    reading = read(text, None, HELD)
    [query] = reading.queries
    assert Measured("imd_decile", low, high) in parts_of(query.scope)
    assert not reading.left_out


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("How many care homes are in decile 1 or 3?", ("1", "3")),
        ("How many care homes are in deciles 1 and 3?", ("1", "3")),
        ("Which care homes in imd deciles 1, 3 and 5 are good?", ("1", "3", "5")),
        ("care homes in imd decile 1, 3 or 10", ("1", "3", "10")),
        ("In the most deprived areas (decile 1 or 3), how many homes are good?", ("1", "3")),
        ("In the least deprived areas (deciles 5 and 10), which homes are good?", ("5", "10")),
    ],
)
def test_several_numbers_of_a_column_are_any_of_them(text: str, values: tuple[str, ...]) -> None:
    reading = read(text, None, HELD)
    [query] = reading.queries
    assert Is("imd_decile", values) in parts_of(query.scope)
    assert not any(isinstance(part, Measured) for part in parts_of(query.scope))
    assert not reading.left_out


@pytest.mark.parametrize(
    "text",
    [
        "What share of care homes in decile 1 or 3 is good, against those in deciles 5 and 10?",
        "In the most deprived areas (decile 1 or 3), what share of homes is good, against those in deciles 5 and 10?",
        "Is the share of good care homes higher in deciles 1 and 3 than in deciles 5 and 10?",
        "Is the share of good homes lower in deciles 1 and 3 than in deciles 5 or 10?",
        "Compare the share of good homes in deciles 1 and 3 with deciles 5 and 10",
        "Which have the higher share of good homes, deciles 1 and 3 or deciles 5 and 10?",
    ],
)
def test_several_numbers_are_one_side_of_a_comparison(text: str) -> None:
    reading = read(text, None, HELD)
    [query] = reading.queries
    sides = [part for scope in (query.scope, *query.against) for part in parts_of(scope)]
    assert [part for part in sides if isinstance(part, Is) and part.field == "imd_decile"] == [
        Is("imd_decile", ("1", "3")),
        Is("imd_decile", ("5", "10")),
    ]
    assert not reading.left_out


def test_single_numbers_are_sides_of_their_own() -> None:
    [query] = read("Compare deciles 1 and 10 for good care homes", None, HELD).queries
    assert len(query.against) == 1


def test_a_number_that_counts_something_is_none_of_a_column() -> None:
    reading = read("Which homes in decile 1 and 3 surgeries are good?", None, HELD)
    assert "3" in reading.left_out or not any(
        Is("imd_decile", ("1", "3")) in parts_of(query.scope) for query in reading.queries
    )
