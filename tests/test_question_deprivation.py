"""The ends of a column of deciles of deprivation, by what people call them."""

from __future__ import annotations

import pytest
from made_facts import fact, vocabulary_of

from qa.facts.run import run
from qa.question.query import Measured, parts_of
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
