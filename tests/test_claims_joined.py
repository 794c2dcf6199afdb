"""Two claims under one frame, "is it true that … and that …?": each is checked; and claims of what places
changed, which no rating tells."""

from __future__ import annotations

import pytest

from qa.language.clauses import cut, parts
from qa.service import Service


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that {one}, and that {other}?",
        "is it true that {one} and that {other}",
        "Does the report say that {one}, and also that {other}?",
        "Am I right that {one}, and that {other}?",
    ],
)
def test_each_claim_has_the_frame(question: str) -> None:
    frame = question.split(" {")[0]
    one, other = "every trust listened", "a poor rating spurred all of them on"
    asked = [f"{frame} {one}?", f"{frame} {other}?"]
    text = question.format(one=one, other=other)
    assert cut(text) == asked
    assert list(parts(text)) == asked


@pytest.mark.parametrize(
    "question",
    ["Is it true that all homes are good and that is all?", "Which homes are good and that are in Ripon?"],
)
def test_that_alone_is_no_second_claim(question: str) -> None:
    assert len(cut(question)) < 2 or "that is all" in cut(question)[1]


def test_each_claim_gets_its_verdict(county: Service) -> None:
    answer = county.ask("Is it true that Saltersgate is outstanding and that Ashgrove is inadequate?")
    assert [part.text.split()[0] for part in answer.parts] == ["Yes.", "No."]


def test_one_claim_is_of_the_tables_and_one_of_the_reports(trusts: Service) -> None:
    answer = trusts.ask("Is it right that Calderstones is outstanding, and that Mersey Care took it over?")
    rated, taken = [part.text for part in answer.parts]
    assert rated.startswith("Yes. Calderstones")
    assert "Mersey Care" in taken


@pytest.mark.parametrize(
    "asked",
    [
        "Was it all of the trusts that changed their systems and processes, or only some?",
        "Is it true that every trust changed its systems, and that many were spurred on by a poor rating?",
    ],
)
def test_what_trusts_changed_is_asked_of_the_reports(trusts: Service, asked: str) -> None:
    answer = trusts.ask(asked)
    assert answer.answer.basis == "passage"
    assert "most of the trusts" in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("How many homes in Ripon changed their menus?", {"menus", "changed"}),
        ("Did all homes in Thirsk improve their gardens?", {"gardens", "improve"}),
    ],
)
def test_a_change_of_things_is_no_change_of_ratings(county: Service, asked: str, left: set[str]) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.figures) == ("not_found", ())
    assert left <= set(answer.understood.left_out)
