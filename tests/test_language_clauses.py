"""What a question tells beside what it asks is blanked out, and nothing moves."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.clauses import asked_part, only_leads, parts, sentences
from qa.records import Span

ROOT = Path(__file__).parents[1]
ENDS = ".?!;\n"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("My brother was there for ten years. Who runs it now?", "Who runs it now?"),
        ("I am a governor of a trust nearby. Might I ask what was found?", "Might I ask what was found?"),
        ("Hi, I chair a committee. Does the report say why?", "Does the report say why?"),
        (
            "hello i am student nurse, i must do a talk on monday, what made them better?",
            "what made them better?",
        ),
        (
            "As a carer I'd like to know what was learned about speaking up.",
            "what was learned about speaking up.",
        ),
        ("Can you tell me who was interviewed?", "who was interviewed?"),
        ("If I rang one of them up, would they say how?", "would they say how?"),
        ("we're deciding between Elm House and Oak House, which did better", "which did better"),
        ("Why did they improve? I need it for an essay.", "Why did they improve?"),
        ("All the ratings please, I'm putting together a paper", "All the ratings please"),
        (
            "The report came out in March. What does it say?",
            "The report came out in March. What does it say?",
        ),  # nothing of the asker
        (
            "what was St. Bride's Hospice rated",
            "what was St. Bride's Hospice rated",
        ),  # no sentence ends with "St."
        ("Who is Dr. Lelliott?", "Who is Dr. Lelliott?"),
        ("leadership", "leadership"),
        ("What does it say about food? everything pls", "What does it say about food?"),
        ("Why did they improve? Keep it short, thanks", "Why did they improve?"),
        ("what was found, in brief please?", "what was found,                ?"),
        ("tell me about the kitchen - quick summary", "about the kitchen -"),
        ("I have to cite this in my essay - full title please?", "full title please?"),
        ("What is the full version?", "What is the full version?"),  # how it is wanted stands behind a mark
        ("everything please", "everything please"),
        ("I want to know", "I want to know"),  # nothing else is asked
        ("", ""),
    ],
)
def test_what_is_asked(question: str, asked: str) -> None:
    assert asked_part(question).strip() == asked


@given(st.text(max_size=300))
def test_every_place_stays_where_it_is(question: str) -> None:
    kept = asked_part(question)
    assert len(kept) == len(question)
    assert all(left == right or left == " " for left, right in zip(kept, question, strict=True))


def plain_sentences(text: str) -> list[Span]:
    """The definition, a character at a time: a sentence goes on to a mark that ends one, and takes all the
    marks that follow.
    """
    found, start, at = list[Span](), 0, 0
    while at < len(text):
        if not ends_one(text, at):
            at += 1
            continue
        after = at
        while after < len(text) and text[after] in ENDS:
            after += 1
        if at > start:
            found.append(Span(start, after))
        else:  # marks before which there is nothing end nothing
            after = at + 1
        start = at = after
    return [*found, Span(start, at)] if at > start else found


def ends_one(text: str, at: int) -> bool:
    if text[at] not in ENDS:
        return False
    if text[at] != ".":
        return True
    within = re.match(r"\w", text[at + 1 : at + 2])
    return not within and not re.search(r"(?:^|\W)[A-Za-z]{1,2}$", text[:at])


def asked_questions() -> list[str]:
    files = [ROOT / "corpus" / "questions.jsonl", *sorted((ROOT / "tests" / "data").rglob("*.jsonl"))]
    lines = [
        json.loads(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    texts = [line["question"] for line in lines if isinstance(line.get("question"), str)]
    return texts + [
        line
        for file in (ROOT / "tests" / "data").glob("*.txt")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def test_the_sentences_of_all_questions_are_as_the_plain_definition_has_them() -> None:
    questions = asked_questions()
    assert len(questions) > 50
    for question in [*questions, " ".join(questions), "\n".join(questions)]:
        assert sentences(question) == plain_sentences(question)


@given(st.one_of(st.text(max_size=200), st.text(alphabet="aSt .?!;\n5é_", max_size=60)))
def test_the_sentences_of_any_text_are_as_the_plain_definition_has_them(text: str) -> None:
    assert sentences(text) == plain_sentences(text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What changed and who led it?", 2),
        ("What changed?", 1),
        ("What do governance and leadership have in common?", 1),
    ],
)
def test_a_compound_question_is_taken_apart_where_a_second_question_begins(
    question: str, expected: int
) -> None:
    assert len(parts(question)) == expected


@pytest.mark.parametrize(
    ("told", "leads"),
    [
        ("Can you tell me", True),
        ("  I would like to know   ", True),
        ("do you know", True),
        ("I live in Wem. Can you tell me", False),
        ("My mum asked: tell me", False),
        ("", False),
    ],
)
def test_words_that_lead_to_a_question_tell_nothing_beside_it(told: str, leads: bool) -> None:
    assert only_leads(told) is leads


@pytest.mark.parametrize("verb", ["were there others", "were they good", "we're told of more", "is it good"])
def test_a_second_question_is_no_tail_about_the_asker(verb: str) -> None:
    question = f"When was Elm House rated, and {verb}?"
    assert (asked_part(question).strip(" ?") == question.strip("?")) is not verb.startswith("we're")
