"""What a terminal shows: every fact with its date, every passage with its source, no line wider than asked,
nothing that steers.
"""

import dataclasses
import datetime

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import terminal
from qa.records import (
    Answer,
    AnswerText,
    Change,
    DocumentKind,
    FactSource,
    IndexState,
    PassageSource,
    QuotedPassage,
    RatingFact,
    Status,
    Understood,
)

DAY = datetime.date(2018, 3, 15)
FACT = RatingFact(
    id="f1",
    subject="Elm House",
    aspect="Overall",
    service=None,
    rating="Good",
    previous_rating="Requires Improvement",
    published=DAY,
    note=None,
    attributes={},
    source=FactSource("ratings.csv", "Ratings", "https://example.org/ratings", 2),
)


def passage(kind: DocumentKind = "original", page: int | None = None) -> QuotedPassage:
    source = PassageSource("report.txt", "A report", kind, None, "Findings", page, DAY, 0, 19, "0" * 12)
    return QuotedPassage("p1", 1, 2.5, "Staff were listened to.", None, (), source)


def answer(
    *facts: RatingFact,
    passages: tuple[QuotedPassage, ...] = (),
    total: int | None = None,
    status: Status = "answered",
    corrections: tuple[Change, ...] = (),
    suggestions: tuple[str, ...] = (),
    left_out: tuple[str, ...] = (),
    standalone: str = "",
) -> Answer:
    reading = {"measure": {"type": "count"}} if standalone else None
    understood = Understood(
        "look_up", standalone or "?", corrections=corrections, reading=reading, left_out=left_out
    )
    text = AnswerText("Elm House went from Requires Improvement to Good.", "facts", 0.9)
    state = IndexState("0" * 12, DAY)
    shown = len(facts) if total is None else total
    return Answer("?", status, text, facts, shown, (), (), (), passages, understood, suggestions, state)


def shown(record: Answer, width: int = 100) -> str:
    return click.unstyle("\n".join(terminal.answer_lines(record, width)))


def test_the_reading_and_what_was_left_out_are_told() -> None:
    assert shown(answer(FACT, standalone="Number of places", left_out=("by bus", "soon"))).splitlines()[
        1:3
    ] == [
        "Read as: Number of places",
        "Left out: “by bus”, “soon”.",
    ]


def test_what_the_passages_answer_has_no_reading_but_the_question() -> None:
    assert "Read as" not in shown(answer(passages=(passage(),)))


def test_the_answer_comes_first() -> None:
    assert shown(answer(FACT)).splitlines()[0] == "Elm House went from Requires Improvement to Good."


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "  Elm House  Requires Improvement → Good  15 March 2018"),
        ({"previous_rating": None}, "  Elm House  Good  15 March 2018"),
        ({"rating": None, "previous_rating": None}, "  Elm House  not rated  15 March 2018"),
        ({"aspect": "Safe", "previous_rating": None}, "  Elm House, Safe  Good  15 March 2018"),
        (
            {"service": "Older people", "previous_rating": None},
            "  Elm House, Older people  Good  15 March 2018",
        ),
        ({"published": None, "previous_rating": None}, "  Elm House  Good  date not published"),
    ],
)
def test_a_fact_is_told_with_its_change_and_date(changes: dict[str, str | None], line: str) -> None:
    assert line in shown(answer(dataclasses.replace(FACT, **changes))).splitlines()  # type: ignore[arg-type]


def test_facts_stand_in_columns() -> None:
    lines = shown(answer(FACT, dataclasses.replace(FACT, subject="The Old Rectory"))).splitlines()
    assert [line.index("Requires") for line in lines if "→" in line] == [19, 19]


def test_a_note_stands_below_its_fact_and_a_source_is_named_once() -> None:
    text = shown(answer(dataclasses.replace(FACT, note="Now closed."), FACT))
    assert "    Note: Now closed." in text
    assert text.count("Source: Ratings, ratings.csv, https://example.org/ratings") == 1


def test_facts_that_are_not_listed_are_counted() -> None:
    assert "and 41 more" in shown(answer(FACT, total=42))


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (passage(), ["  1. “Staff were listened to.”", "     A report, Findings, 15 March 2018, report.txt"]),
        (
            passage("digest"),
            ["  1. Staff were listened to.", "     Digest of: A report, Findings, 15 March 2018, report.txt"],
        ),
        (
            passage(page=3),
            ["  1. “Staff were listened to.”", "     A report, Findings, page 3, 15 March 2018, report.txt"],
        ),
    ],
)
def test_a_passage_is_told_with_its_source_and_a_digest_never_in_quotation_marks(
    quoted: QuotedPassage, expected: list[str]
) -> None:
    assert shown(answer(passages=(quoted,))).splitlines()[-2:] == expected


@pytest.mark.parametrize(
    ("status", "title"), [("answered", "Passages"), ("not_found", "The closest passages")]
)
def test_passages_of_an_unanswered_question_are_called_the_closest(status: Status, title: str) -> None:
    assert title in shown(answer(passages=(passage(),), status=status)).splitlines()


def test_corrections_and_next_questions_are_shown() -> None:
    text = shown(answer(corrections=(Change("Elmm", "Elm"),), suggestions=("Which are good?",)))
    assert "Read “Elmm” as “Elm”." in text
    assert text.endswith("Ask next\n  Which are good?")


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.split),
    width=st.integers(40, 120),
)
def test_no_name_steers_the_terminal_and_words_wrap_at_the_width(name: str, width: int) -> None:
    lines = shown(
        answer(dataclasses.replace(FACT, subject=name, note=name), passages=(passage(),)), width
    ).split("\n")
    assert all(line.isprintable() for line in lines)
    longest_word = max(map(len, terminal.printable(name).split()), default=0)
    assert max(map(len, lines)) <= max(
        width, longest_word + 12, len("  Source: https://example.org/ratings") + 2
    )
