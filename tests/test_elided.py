"""Questions that end where their predicate should be: “Is Ashgrove good?” – “Which homes in Ripon are?”."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.service import Service

GOOD_IN_RIPON = {"Dunmere Lodge", "Kestrane Court"}


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        ("Is Ashgrove good?", "which homes in Ripon are?", GOOD_IN_RIPON),
        ("Is Ashgrove good?", "and which homes in Ripon are?", GOOD_IN_RIPON),
        ("Is Ashgrove good?", "If not, which homes in Ripon are?", GOOD_IN_RIPON),
        ("Is Ashgrove good?", "which homes in Ripon aren't?", {"Brackwater House"}),
        ("Is Ashgrove good?", "which homes in Ripon are not?", {"Brackwater House"}),
        ("Is Wilfreda House inadequate?", "which others are?", set[str]()),
        ("Is Ashgrove good for caring?", "Which homes in Ripon were?", GOOD_IN_RIPON),
        ("How many homes in Thirsk require improvement?", "which homes in Selby do?", {"Olwen Manor", "Quennell Grange"}),
        ("Do most homes in Selby require improvement?", "Which surgeries do?", set[str]()),
        ("Is any home in Malton outstanding?", "which homes in Ripon are?", {"Brackwater House"}),
        ("What share of homes in Thirsk is good?", "which homes in Ripon are?", GOOD_IN_RIPON),
    ],
)  # fmt: skip
def test_whoever_it_is_true_of_is_told(before: str, question: str, told: set[str], county: Service) -> None:
    *_, asked = county.converse([before, question])
    assert {fact.subject for fact in asked.answer.facts} == told


@pytest.mark.parametrize(
    ("before", "question", "count"),
    [
        ("Is Ashgrove good?", "how many homes are?", 4),
        ("Is Ashgrove good?", "how many homes aren't?", 6),
        ("Are all homes in Ripon good?", "how many are?", 2),
        ("Is any home in Thirsk inadequate?", "how many in Selby are?", 0),
    ],
)
def test_how_many_it_is_true_of_is_counted(before: str, question: str, count: int, county: Service) -> None:
    *_, asked = county.converse([before, question])
    assert asked.answer.figures[0].value == count


@pytest.mark.parametrize(
    ("before", "question", "holds"),
    [
        ("Is Ashgrove good?", "Is Pinfold Rest?", True),
        ("Is Ashgrove good for safe?", "Is Wilfreda House?", False),
        ("Is any home in Ripon inadequate?", "are any in Thirsk?", True),
        ("How many homes in Ripon are outstanding?", "do any in Selby?", False),
        ("Is there an outstanding home in Ripon?", "is there one in Malton?", True),
        ("Is there an outstanding home in Ripon?", "are there any in Selby?", False),
        ("Is there a dentist in Ripon?", "is there one in Malton?", False),
        ("Is there a dentist in Ripon?", "are there any in Thirsk?", False),
    ],
)
def test_whether_it_is_true_of_another_is_told(
    before: str, question: str, holds: bool, county: Service
) -> None:
    *_, asked = county.converse([before, question])
    assert verdict(asked.answer) is holds


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is Ashgrove good, and which homes in Ripon are?", GOOD_IN_RIPON),
        ("Isn't Ashgrove outstanding, and which home in Malton is?", {"Saltersgate"}),
        ("I was told that Ashgrove is good. Is it? Which homes in Ripon are?", GOOD_IN_RIPON),
    ],
)
def test_a_second_half_has_the_predicate_of_the_first(question: str, told: set[str], county: Service) -> None:
    answer = county.ask(question)
    assert answer.answer.text.startswith("No.")
    assert {fact.subject for fact in answer.facts} == {"Ashgrove", *told}


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who runs Ashgrove?", "which homes do they run?"),
        ("Is Ashgrove good?", "how many homes are there?"),
        ("Is Ashgrove good?", "which homes do Tolland Homes have?"),
    ],
)
def test_a_question_with_a_predicate_keeps_it(before: str, question: str, county: Service) -> None:
    *_, asked = county.converse([before, question])
    assert "rated Good" not in asked.answer.understood.standalone


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("I heard that most homes in Selby require improvement. Do they?", True),
        ("All the homes in Ripon ended up outstanding. Did they?", False),
        ("Dunmere Lodge is good. Isn't it?", True),
        ("They say Dunmere Lodge is outstanding. Is it?", False),
        ("No home in Malton is inadequate. Is there?", True),
    ],
)
def test_a_short_question_behind_a_claim_asks_whether_it_is_true(
    question: str, holds: bool, county: Service
) -> None:
    assert verdict(county.ask(question)) is holds
