"""How sure a reading is: what its words and Queries look like, and what was found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_facts import GOOD, fact
from small_directory import small_directory

from qa.facts.result import Result
from qa.facts.run import run
from qa.question import query as q
from qa.question.certainty import LEAST, MOST, coefficients, confidence, in_view_of, signs_found
from qa.question.query import Query
from qa.question.read import read
from qa.question.reading import Reading
from qa.scale import CQC

TOWN = Query(q.Is("town", ("Leeds",)), q.Count())
LAST = "How many care homes are there in Leeds?"


def reading(text: str, *before: str) -> Reading:
    earlier: Reading | None = None
    for one in before:
        earlier = read(one, earlier, small_directory())
    return read(text, earlier, small_directory())


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        (LAST, "asks_count", 1),
        ("How many care hoems are there in Leeds?", "corrected", 1),
        ("How many care homes are there in Leeds zebra?", "left_out", 1),
        ("How many care homes are there in Leeds zbraxx?", "left_out", 0),
        ("How many care homes are not in Leeds?", "left_aside", 1),
        ("How many care homes are there?", "all_of_them", 0),
        ("How many places are there?", "all_of_them", 1),
        ("How is Quillbrook rated?", "name_untold", 2 / 3),
        ("How is Quillbrook Nursing Home rated?", "name_untold", 0),
        ("Which council has the most care homes?", "in_groups", 1),
        ("Which council has the most care homes?", "ranked", 1),
        ("Are all care homes good?", "asks_claim", 1),
        ("Are there more care homes in Leeds or in Norwich?", "compared", 1),
    ],
)
def test_a_reading_has_its_signs(text: str, sign: str, value: float) -> None:
    assert dict(reading(text).signs)[sign] == pytest.approx(value)


def test_a_follow_up_is_known_by_its_sign() -> None:
    assert dict(reading("And in Norwich?", LAST).signs)["follows"] == 1
    assert dict(reading(LAST, LAST).signs)["follows"] == 0


@pytest.mark.parametrize(
    ("sure", "less_sure"),
    [
        (LAST, "How many care homes are there in Leeds zebra?"),
        ("How is Quillbrook Nursing Home rated?", "How is Quillbrook rated?"),
    ],
)
def test_the_more_was_guessed_the_less_sure_it_is(sure: str, less_sure: str) -> None:
    assert reading(sure).confidence > reading(less_sure).confidence


def test_what_is_asked_in_canonical_english_is_certain_whatever_is_found() -> None:
    asked = reading("Number of care homes")
    assert asked.confidence == 1
    assert in_view_of(asked.confidence, TOWN, Result(figure=0.0)) == 1


def test_what_is_found_is_a_sign_too() -> None:
    held = small_directory().store
    some, none = (run(replace(TOWN, scope=q.Is("town", (town,))), held, CQC) for town in ("Leeds", "Wick"))
    assert signs_found(TOWN, some) == {"nothing_found": 0, "nothing_claimed": 0, "no_whole": 0}
    assert signs_found(TOWN, none) == {"nothing_found": 1, "nothing_claimed": 0, "no_whole": 0}
    claim = Query(claim=q.Claim(q.ALL, q.Rated((GOOD,))))
    assert signs_found(claim, Result(matching=0, whole=4, verdict=False)) == {
        "nothing_found": 0,
        "nothing_claimed": 1,
        "no_whole": 0,
    }
    assert signs_found(claim, Result(facts=(fact(),), matching=1, whole=4))["nothing_claimed"] == 0
    assert signs_found(Query(measure=q.Share(q.Rated((GOOD,)))), Result(whole=0, matching=0))["no_whole"] == 1


def test_every_coefficient_is_of_a_sign() -> None:
    kinds = {f"asks_{kind}" for kind in ("ratings", "values", "dates", "count", "share", "total", "claim")}
    found = {*dict(reading(LAST).signs), *signs_found(TOWN, Result()), *kinds}
    assert {*coefficients()} - {"constant"} <= found


@given(st.dictionaries(st.sampled_from(sorted(coefficients())), st.floats(0, 50)))
def test_a_confidence_is_never_beyond_its_bounds(told: dict[str, float]) -> None:
    assert LEAST <= confidence(told) <= MOST
    assert LEAST <= in_view_of(confidence(told), TOWN, Result()) <= MOST
